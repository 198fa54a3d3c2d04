//! Who ever engaged with the posts, lead or not.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::{Linking, engagement};
use crate::{
    domain::{ClaimKind, EngagementKind, MemberIndex, PersonIndex},
    normalize::company::{self, CompanyKey},
};

/// Everybody on a list of engagers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    /// By person.
    pub engagers: Vec<Engager>,
    /// How many posts have a list.
    pub posts_listed: u64,
}

/// A person who reacted or commented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Engager {
    /// Who.
    pub person: PersonIndex,
    /// The earliest time at which it may have been for the first time: a list without times
    /// says only that it was no earlier than the post.
    pub first_at: Option<Timestamp>,
    /// Posts reacted to.
    pub reactions: u64,
    /// Those of them for which the person's company and the member's own are both known.
    pub reactions_of_known_company: u64,
    /// Those of them where the two are one.
    pub reactions_of_own_company: u64,
}

/// All persons who engaged, each with what they did.
pub fn audience(linking: &Linking<'_>) -> Audience {
    let mut listed: Vec<(PersonIndex, EngagementKind, u32, i64)> =
        Vec::with_capacity(linking.facts.engagements.len());
    let posts = &linking.resolved.posts;
    engagement::for_each(linking, |person, post, engagement| {
        let posted_ms = posts[post.index()].posted_at.map(Timestamp::as_millisecond);
        let ms = engagement.happened_ms.or(posted_ms).or(engagement.listed_ms);
        listed.push((person, engagement.kind, post.0, ms.unwrap_or(i64::MAX)));
    });
    listed.sort_unstable();
    listed.dedup_by_key(|(person, kind, post, _)| (*person, *kind, *post));
    let employers = Employers::new(linking);
    let mut engagers = Vec::new();
    for group in listed.chunk_by(|a, b| a.0 == b.0) {
        let person = group[0].0;
        let first_ms = group.iter().map(|(.., ms)| *ms).min();
        let mut engager = Engager {
            person,
            first_at: first_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()),
            reactions: 0,
            reactions_of_known_company: 0,
            reactions_of_own_company: 0,
        };
        for (.., post, _) in
            group.iter().filter(|(_, kind, ..)| *kind == EngagementKind::Reaction)
        {
            let member = posts[*post as usize].member;
            let is_own = member.and_then(|member| employers.is_shared(member, person));
            engager.reactions += 1;
            engager.reactions_of_known_company += u64::from(is_own.is_some());
            engager.reactions_of_own_company += u64::from(is_own == Some(true));
        }
        engagers.push(engager);
    }
    let listed: BTreeSet<u32> = listed.iter().map(|(.., post, _)| *post).collect();
    Audience { engagers, posts_listed: listed.len() as u64 }
}

/// Where members and others work, or have worked.
struct Employers {
    /// By member.
    of_members: Vec<BTreeSet<CompanyKey>>,
    /// Looked up and never walked.
    of_persons: FxHashMap<PersonIndex, BTreeSet<CompanyKey>>,
}

impl Employers {
    fn new(linking: &Linking<'_>) -> Self {
        let mut of_members = vec![BTreeSet::new(); linking.resolved.members.len()];
        let claims = linking.facts.claims.iter();
        for claim in claims.filter(|claim| claim.kind == ClaimKind::Company) {
            let export = linking.exports.export(claim.place).export_id;
            if let Some(member) = linking.resolved.member_of_export.get(&export) {
                of_members[member.index()].extend(company::key(&claim.text));
            }
        }
        let mut of_persons: FxHashMap<PersonIndex, BTreeSet<CompanyKey>> =
            FxHashMap::default();
        if of_members.iter().all(BTreeSet::is_empty) {
            return Self { of_members, of_persons };
        }
        let mut has_engaged = vec![false; linking.resolved.persons.len()];
        engagement::for_each(linking, |person, _, _| has_engaged[person.index()] = true);
        for (id, identity) in &linking.facts.identities {
            let Some(text) = identity.company.as_deref() else { continue };
            let person = linking.resolved.persons.of(*id);
            if has_engaged[person.index()] {
                of_persons.entry(person).or_default().extend(company::key(text));
            }
        }
        Self { of_members, of_persons }
    }

    /// Whether a person works where the member does; none where either is unknown.
    fn is_shared(&self, member: MemberIndex, person: PersonIndex) -> Option<bool> {
        let own = &self.of_members[member.index()];
        let theirs = self.of_persons.get(&person)?;
        let is_known = !own.is_empty() && !theirs.is_empty();
        is_known.then(|| !own.is_disjoint(theirs))
    }
}
