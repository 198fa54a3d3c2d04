//! Who ever engaged with the posts, lead or not.

use std::num::NonZeroU32;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    Engagements, Linking,
    engagement::{Listed, is_same},
};
use crate::{
    domain::{
        ClaimKind, EngagementKind, Identities, MemberIndex, PersonIndex, Post, UnixMs,
    },
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

impl Audience {
    /// What a person did; none who is on no list.
    pub fn engager(&self, person: PersonIndex) -> Option<&Engager> {
        let at = self.engagers.binary_search_by_key(&person, |one| one.person).ok()?;
        self.engagers.get(at)
    }
}

/// A person who reacted or commented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Engager {
    /// Who.
    pub person: PersonIndex,
    /// The earliest time at which it may have been for the first time: a list without times
    /// says only that it was no earlier than the post.
    pub first_ms: Option<UnixMs>,
    /// Posts reacted to.
    pub reactions: u32,
    /// Those of them for which the person's company and the member's own are both known.
    pub reactions_of_known_company: u32,
    /// Those of them where the two are one.
    pub reactions_of_own_company: u32,
}

/// All persons who engaged, each with what they did.
pub fn audience(
    posts: &[Post],
    employers: &Employers,
    engagements: &Engagements,
) -> Audience {
    let of_one = |engaging: &mut Engaging, own: &[Listed]| {
        for of_one in own.chunk_by(is_same) {
            let first_ms =
                of_one.iter().map(|one| one.ms().map_or(i64::MAX, UnixMs::get)).min();
            let member = posts[of_one[0].post.index()].member;
            engaging.add(member, of_one[0].kind(), first_ms.unwrap_or(i64::MAX));
        }
        let mut engager = Engager::new(own[0].person);
        for one in engaging.sums() {
            engager.add(&one, employers);
        }
        engager
    };
    Audience {
        engagers: engagements.by_person().map_init(Engaging::default, of_one).collect(),
        posts_listed: engagements.posts_listed(),
    }
}

/// What one person did with the posts of one member, or of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Engaged {
    /// Whose posts.
    pub member: Option<MemberIndex>,
    /// The earliest instant, in Unix milliseconds; the greatest where nothing tells it.
    pub first_ms: i64,
    /// Posts reacted to.
    pub reactions: u32,
}

/// Adds up what one person did, by member.
#[derive(Debug, Default)]
pub struct Engaging {
    /// In the order of members, who are few.
    sums: Vec<Engaged>,
}

impl Engaging {
    /// Adds an engagement with a post of the member's; each kind and post comes once.
    pub fn add(&mut self, member: Option<MemberIndex>, kind: EngagementKind, ms: i64) {
        let at = self.sums.binary_search_by_key(&member, |sum| sum.member);
        let at = at.unwrap_or_else(|at| {
            self.sums.insert(at, Engaged { member, first_ms: i64::MAX, reactions: 0 });
            at
        });
        let sum = &mut self.sums[at];
        sum.first_ms = sum.first_ms.min(ms);
        sum.reactions += u32::from(kind == EngagementKind::Reaction);
    }

    /// What it comes to; nothing is left of it, so that the next person can be added.
    pub fn sums(&mut self) -> impl Iterator<Item = Engaged> {
        self.sums.drain(..)
    }
}

impl Engager {
    /// A person of whom nothing is known yet.
    pub fn new(person: PersonIndex) -> Self {
        Self {
            person,
            first_ms: None,
            reactions: 0,
            reactions_of_known_company: 0,
            reactions_of_own_company: 0,
        }
    }

    /// Adds what the person did with the posts of one member.
    pub fn add(&mut self, one: &Engaged, employers: &Employers) {
        let first_ms = UnixMs::new(one.first_ms).filter(|ms| ms.timestamp().is_some());
        self.first_ms = self.first_ms.into_iter().chain(first_ms).min();
        let is_own =
            one.member.and_then(|member| employers.is_shared(member, self.person));
        self.reactions += one.reactions;
        self.reactions_of_known_company +=
            if is_own.is_some() { one.reactions } else { 0 };
        self.reactions_of_own_company +=
            if is_own == Some(true) { one.reactions } else { 0 };
    }
}

/// A company's number.
type Company = NonZeroU32;

/// Where members and others work, or have worked.
#[derive(Debug)]
pub struct Employers {
    /// By member, sorted.
    of_members: Vec<Vec<Company>>,
    /// By person, most of whom have no more than one.
    of_persons: Vec<Option<Company>>,
    /// The others, sorted.
    others: Vec<(PersonIndex, Company)>,
}

impl Employers {
    /// The companies of all members and persons.
    pub fn new(linking: &Linking<'_>, identities: &Identities) -> Self {
        let Linking { resolved, facts, exports } = *linking;
        let mut companies = Companies::default();
        let mut of_members: Vec<Vec<Company>> = vec![Vec::new(); resolved.members.len()];
        for claim in facts.claims.iter().filter(|one| one.kind == ClaimKind::Company) {
            let export = exports.export(claim.place).export_id;
            if let Some(member) = resolved.member_of_export.get(&export) {
                of_members[member.index()].extend(companies.number(&claim.text));
            }
        }
        let mut of_persons = vec![None; resolved.persons.len()];
        let mut others = Vec::new();
        // Of nobody else anything is asked.
        if of_members.iter().any(|own| !own.is_empty()) {
            for (id, identity) in identities.iter() {
                let Some(own) = identity.company.and_then(|text| companies.number(text))
                else {
                    continue;
                };
                let person = resolved.persons.of(id);
                let first = of_persons[person.index()].get_or_insert(own);
                if *first != own {
                    others.push((person, own));
                }
            }
        }
        for own in &mut of_members {
            own.sort_unstable();
        }
        others.sort_unstable();
        others.dedup();
        Self { of_members, of_persons, others }
    }

    /// Whether a person works where the member does; none where either is unknown.
    fn is_shared(&self, member: MemberIndex, person: PersonIndex) -> Option<bool> {
        let own = &self.of_members[member.index()];
        let first = self.of_persons[person.index()].filter(|_| !own.is_empty())?;
        let from = self.others.partition_point(|(other, _)| *other < person);
        let others = self.others[from..].iter().take_while(|(other, _)| *other == person);
        let mut theirs = others.map(|(_, company)| *company).chain([first]);
        Some(theirs.any(|one| own.binary_search(&one).is_ok()))
    }
}

/// Companies as numbers; looked up and never walked.
#[derive(Default)]
struct Companies<'a> {
    by_text: FxHashMap<&'a str, Option<Company>>,
    by_key: FxHashMap<CompanyKey, Company>,
}

impl<'a> Companies<'a> {
    /// The number of the company that a text names.
    fn number(&mut self, text: &'a str) -> Option<Company> {
        let by_key = &mut self.by_key;
        *self.by_text.entry(text).or_insert_with(|| {
            let next = u32::try_from(by_key.len() + 1).ok().and_then(Company::new);
            let next = next.expect("fewer than 2^32 companies");
            Some(*by_key.entry(company::key(text)?).or_insert(next))
        })
    }
}
