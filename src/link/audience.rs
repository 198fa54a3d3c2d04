//! Who ever engaged with the posts, lead or not.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rayon::prelude::*;
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
    listed.par_sort_unstable();
    listed.dedup_by_key(|(person, kind, post, _)| (*person, *kind, *post));
    let mut has_engaged = vec![false; linking.resolved.persons.len()];
    for (person, ..) in &listed {
        has_engaged[person.index()] = true;
    }
    let employers = Employers::new(linking, &has_engaged);
    let of_one = |group: &[(PersonIndex, EngagementKind, u32, i64)]| {
        let member = |post: u32| posts[post as usize].member;
        let of_person = group.iter().map(|(_, kind, post, ms)| (*kind, *post, *ms));
        let mut engager = Engager::new(group[0].0);
        for one in engaged(of_person, member) {
            engager.add(&one, &employers);
        }
        engager
    };
    let engagers = listed.par_chunk_by(|a, b| a.0 == b.0).map(of_one).collect();
    let listed: BTreeSet<u32> = listed.iter().map(|(.., post, _)| *post).collect();
    Audience { engagers, posts_listed: listed.len() as u64 }
}

/// What one person did with the posts of one member, or of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Engaged {
    /// Whose posts.
    pub member: Option<MemberIndex>,
    /// The earliest instant, in Unix milliseconds; the greatest where nothing tells it.
    pub first_ms: i64,
    /// Posts reacted to.
    pub reactions: u64,
}

/// Adds up what one person did, by member: kind, post and instant of each engagement, each
/// kind and post once.
pub fn engaged(
    engagements: impl Iterator<Item = (EngagementKind, u32, i64)>,
    member: impl Fn(u32) -> Option<MemberIndex>,
) -> Vec<Engaged> {
    let mut by_member: BTreeMap<Option<MemberIndex>, Engaged> = BTreeMap::new();
    for (kind, post, ms) in engagements {
        let member = member(post);
        let sum = by_member.entry(member).or_insert(Engaged {
            member,
            first_ms: i64::MAX,
            reactions: 0,
        });
        sum.first_ms = sum.first_ms.min(ms);
        sum.reactions += u64::from(kind == EngagementKind::Reaction);
    }
    by_member.into_values().collect()
}

impl Engager {
    /// A person of whom nothing is known yet.
    pub fn new(person: PersonIndex) -> Self {
        Self {
            person,
            first_at: None,
            reactions: 0,
            reactions_of_known_company: 0,
            reactions_of_own_company: 0,
        }
    }

    /// Adds what the person did with the posts of one member.
    pub fn add(&mut self, one: &Engaged, employers: &Employers) {
        let first_at = Timestamp::from_millisecond(one.first_ms).ok();
        self.first_at = self.first_at.into_iter().chain(first_at).min();
        let is_own =
            one.member.and_then(|member| employers.is_shared(member, self.person));
        self.reactions += one.reactions;
        self.reactions_of_known_company +=
            if is_own.is_some() { one.reactions } else { 0 };
        self.reactions_of_own_company +=
            if is_own == Some(true) { one.reactions } else { 0 };
    }
}

/// Where members and others work, or have worked.
#[derive(Debug)]
pub struct Employers {
    /// By member.
    of_members: Vec<BTreeSet<CompanyKey>>,
    /// Looked up and never walked.
    of_persons: FxHashMap<PersonIndex, BTreeSet<CompanyKey>>,
}

impl Employers {
    /// The companies of all members, and of the persons who are marked.
    pub fn new(linking: &Linking<'_>, is_wanted: &[bool]) -> Self {
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
        for (id, identity) in &linking.facts.identities {
            let Some(text) = identity.company.as_deref() else { continue };
            let person = linking.resolved.persons.of(*id);
            if is_wanted[person.index()] {
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
