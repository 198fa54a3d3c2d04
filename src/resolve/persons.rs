//! Which identities are one person.
//!
//! Keys that name one person alone (profile, opaque id, e-mail, the CRM's own id) join at
//! once, and what the configuration says. Then a telephone number with the last name joins
//! records, then full name with the company's domain, then full name with company, where it
//! fits one person on each side and no profile speaks against it. A name alone never joins.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::{
    Exports, Known,
    by_name::ByName,
    connections::Connections,
    labels::Labelled,
    members::Members,
    names,
    near::Near,
    positions::Positions,
    records::{self, RecordKey},
    union_find::UnionFind,
};
use crate::{
    domain::{
        Ambiguity, Facts, Identities, Identity, IdentityId, LinkKind, MemberIndex,
        PersonIndex, Place, Subject,
    },
    normalize::email,
};

/// Which person each identity is.
#[derive(Debug, Default)]
pub struct Persons {
    positions: Positions,
    of: Vec<PersonIndex>,
    count: usize,
}

impl Persons {
    /// The person of an identity.
    pub fn of(&self, id: IdentityId) -> PersonIndex {
        self.of[self.positions.of(id) as usize]
    }

    /// How many persons there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// What it took to make two identities one person, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Taken {
    /// Keys that name one person alone, or a label.
    Keys,
    /// A telephone number and the last name.
    Phone,
    /// The full name and the domain of the company.
    Domain,
    /// The full name and the company.
    Company,
}

/// Persons, with what the later steps of resolving need.
#[derive(Debug)]
pub(super) struct Resolving<'a> {
    pub(super) persons: Persons,
    pub(super) connections: Connections<'a>,
    identities: &'a Identities,
    /// The records that a label says who they are.
    pub(super) labelled: BTreeSet<RecordKey>,
    /// Each member as a person, where a file names them by their profile.
    pub(super) of_members: Vec<Option<PersonIndex>>,
}

impl Resolving<'_> {
    /// The keys of an identity.
    pub(super) fn identity(&self, id: IdentityId) -> Identity<&str> {
        self.identities.at(self.persons.positions.of(id) as usize)
    }
}

/// What made persons of identities. It takes as much memory as persons, and leads alone ask.
#[derive(Debug)]
pub(super) struct Joins {
    /// By identity: its set once keys and labels had joined.
    by_keys: Vec<u32>,
    /// Then telephone numbers, where they joined anybody.
    by_phone: Option<Vec<u32>>,
    /// Then domains, where they joined anybody.
    by_domain: Option<Vec<u32>>,
    /// Sets of records whom their name and a company's domain joined; looked up and never
    /// walked.
    told_by_domain: FxHashSet<u32>,
}

impl Joins {
    /// What it took to make two identities one person.
    pub(super) fn taken(
        &self,
        persons: &Persons,
        one: IdentityId,
        other: IdentityId,
    ) -> Taken {
        let position = |id| persons.positions.of(id) as usize;
        let (one, other) = (position(one), position(other));
        let is_one = |stage: &Vec<u32>| stage[one] == stage[other];
        let (by_phone, by_domain) = (self.by_phone.as_ref(), self.by_domain.as_ref());
        let last = by_domain.or(by_phone).unwrap_or(&self.by_keys);
        if is_one(&self.by_keys) {
            Taken::Keys
        } else if by_phone.is_some_and(is_one) {
            Taken::Phone
        } else if is_one(last) || self.told_by_domain.contains(&last[one]) {
            Taken::Domain
        } else {
            Taken::Company
        }
    }
}

/// Joins identities to persons: by what names one person alone, by what the configuration
/// says, then by what is less sure.
pub(super) fn persons<'a>(
    known: Known<'_>,
    facts: &'a Facts,
    members: &Members,
    ambiguities: &mut Vec<Ambiguity>,
) -> (Resolving<'a>, Joins) {
    let identities = &facts.identities;
    let positions = Positions::new(identities);
    let (mut sets, mut of_members) =
        joined_by_keys(known, facts, members, (&positions, &|_| false));
    let labelled = Labelled::find(known, &positions, &mut sets, ambiguities);
    let is_alone = |at: u32| labelled.alone.contains(&at);
    if !labelled.alone.is_empty() {
        (sets, of_members) =
            joined_by_keys(known, facts, members, (&positions, &is_alone));
    }
    labelled.join(&mut sets);
    let by_keys = sets.all();
    let mut stage = |sets: &mut UnionFind, roots: &[u32], join: Join| {
        let apart = labelled.apart(sets);
        let near = Near {
            known,
            positions: &positions,
            sets: roots,
            apart: &apart,
            is_alone: &is_alone,
        };
        match join {
            Join::Phone => near.by_phone(sets, ambiguities),
            Join::Domain => near.by_domain(sets, ambiguities),
        }
        Some(sets.all()).filter(|all| all != roots)
    };
    let by_phone = stage(&mut sets, &by_keys, Join::Phone);
    let roots = by_phone.as_ref().unwrap_or(&by_keys);
    let by_domain = stage(&mut sets, roots, Join::Domain);
    let roots = by_domain.as_ref().unwrap_or(roots);
    let by_name = ByName {
        known,
        positions: &positions,
        sets: roots,
        with_profiles: &with_profiles(identities, roots),
        labelled: &labelled.sets(&mut sets),
        apart: &labelled.apart(&mut sets),
        is_alone: &is_alone,
    };
    let told_by_domain = by_name.join(&mut sets, ambiguities);
    let (of, count) = numbered(&mut sets, identities.len());
    let person = |at: u32| of[at as usize];
    let of_members = of_members.into_iter().map(|at| at.map(person)).collect();
    let persons = Persons { positions, of, count };
    let connections =
        Connections::new(known.exports, members, &facts.connections, &persons);
    let labelled = labelled.records;
    let resolving = Resolving { persons, connections, identities, labelled, of_members };
    (resolving, Joins { by_keys, by_phone, by_domain, told_by_domain })
}

/// Joins of records that share no key.
#[derive(Clone, Copy)]
enum Join {
    Phone,
    Domain,
}

/// Joins by all that names one person alone, the profiles of each member among it; gives an
/// identity of each member. Those alone join nobody by what they state.
fn joined_by_keys(
    known: Known<'_>,
    facts: &Facts,
    members: &Members,
    (positions, is_alone): (&Positions, &dyn Fn(u32) -> bool),
) -> (UnionFind, Vec<Option<u32>>) {
    let mut sets = UnionFind::new(facts.identities.len());
    let first = join_by_keys(&facts.identities, is_alone, &mut sets);
    join_records(known, (positions, is_alone), &first.by_email, &mut sets);
    join_nameless_urls(known.exports, members, facts, positions, &mut sets);
    let mut of_members = vec![None; members.list.len()];
    for (profile, member) in &members.of_profile {
        if let Some(at) = first.by_profile.get(profile) {
            sets.union(*of_members[member.index()].get_or_insert(at), at);
        }
    }
    (sets, of_members)
}

/// By set: an identity of it that has a profile, where any has.
fn with_profiles(identities: &Identities, roots: &[u32]) -> Vec<u32> {
    let mut profiles: Vec<u32> = (0..).take(roots.len()).collect();
    for (at, (set, (_, identity))) in (0..).zip(roots.iter().zip(identities.iter())) {
        if identity.profile.is_some() {
            profiles[*set as usize] = at;
        }
    }
    profiles
}

/// Numbers the sets in the order of their first identity.
fn numbered(sets: &mut UnionFind, len: usize) -> (Vec<PersonIndex>, usize) {
    let mut of = Vec::with_capacity(len);
    let mut count = 0;
    for at in (0_u32..).take(len) {
        let root = sets.find(at);
        if root == at {
            of.push(PersonIndex::from_index(count));
            count += 1;
        } else {
            of.push(of[root as usize]);
        }
    }
    (of, count)
}

/// The first identity of each key; looked up and never walked.
struct First<'a> {
    by_profile: ByProfile<'a>,
    /// Addresses of one person alone.
    by_email: FxHashMap<&'a str, u32>,
}

/// The first identity of each profile, by the profile's hash: those of one hash have the next
/// ones that are free. Most identities have a profile, and it stands with them already.
struct ByProfile<'a> {
    identities: &'a Identities,
    by_hash: FxHashMap<u64, u32>,
}

impl<'a> ByProfile<'a> {
    fn new(identities: &'a Identities) -> Self {
        // A network names most of its persons more than once.
        let capacity = identities.len() / 2;
        let by_hash = FxHashMap::with_capacity_and_hasher(capacity, FxBuildHasher);
        Self { identities, by_hash }
    }

    /// Where a profile belongs, and the first identity that has it.
    fn find(&self, profile: &str) -> (u64, Option<u32>) {
        let mut hash = names::hash(profile);
        loop {
            let Some(first) = self.by_hash.get(&hash).copied() else {
                return (hash, None);
            };
            if self.identities.profile_at(first as usize) == Some(profile) {
                return (hash, Some(first));
            }
            hash = hash.wrapping_add(1);
        }
    }

    fn get(&self, profile: &str) -> Option<u32> {
        self.find(profile).1
    }

    /// The first identity of a profile, which this one is if there is no other.
    fn first(&mut self, profile: &str, at: u32) -> u32 {
        let (hash, first) = self.find(profile);
        first.unwrap_or_else(|| {
            self.by_hash.insert(hash, at);
            at
        })
    }
}

/// Joins by profile, opaque id and e-mail.
fn join_by_keys<'a>(
    identities: &'a Identities,
    is_alone: &dyn Fn(u32) -> bool,
    sets: &mut UnionFind,
) -> First<'a> {
    let mut by_profile = ByProfile::new(identities);
    let mut by_email = FxHashMap::default();
    let mut by_member_id: FxHashMap<&str, u32> = FxHashMap::default();
    let shared = shared_addresses(identities);
    let mut by_mailbox: FxHashMap<String, u32> = FxHashMap::default();
    let mut mailboxes: Vec<(String, u32)> = Vec::new();
    for (at, (_, identity)) in (0_u32..).zip(identities.iter()) {
        if is_alone(at) {
            continue;
        }
        if let Some(profile) = identity.profile {
            sets.union(by_profile.first(profile, at), at);
        }
        let mut join = |known: &mut FxHashMap<&'a str, u32>, key: &'a str| {
            sets.union(*known.entry(key).or_insert(at), at);
        };
        if let Some(member_id) = identity.member_id {
            join(&mut by_member_id, member_id);
        }
        if let Some(address) = identity.email
            && email::is_personal(address)
            && !shared.contains(address)
        {
            join(&mut by_email, address);
            mailboxes.extend(email::alias_key(address).map(|mailbox| (mailbox, at)));
        }
    }
    // Another spelling of an address leads to the same mailbox.
    for (mailbox, at) in mailboxes {
        if email::is_personal(&mailbox) && !shared.contains(mailbox.as_str()) {
            if let Some(other) = by_email.get(mailbox.as_str()) {
                sets.union(*other, at);
            }
            sets.union(*by_mailbox.entry(mailbox).or_insert(at), at);
        }
    }
    First { by_profile, by_email }
}

/// Addresses that stand on three or more names: a family's, an office's, a dummy.
fn shared_addresses(identities: &Identities) -> FxHashSet<&str> {
    const NAMES: usize = 3;
    let with_address = || {
        identities.iter().filter_map(|(_, identity)| Some((identity.email?, identity)))
    };
    let mut times: FxHashMap<&str, usize> = FxHashMap::default();
    for (address, _) in with_address() {
        *times.entry(address).or_default() += 1;
    }
    let mut names: FxHashMap<&str, BTreeSet<String>> = FxHashMap::default();
    for (address, identity) in with_address().filter(|(one, _)| NAMES <= times[one]) {
        let known = names.entry(address).or_default();
        if known.len() < NAMES {
            known.extend(names::name_key(identity));
        }
    }
    let shared = names.into_iter().filter(|(_, names)| NAMES <= names.len());
    shared.map(|(address, _)| address).collect()
}

/// Joins records of one CRM id, merged records, and records whose other addresses are
/// somebody's.
fn join_records(
    known: Known<'_>,
    (positions, is_alone): (&Positions, &dyn Fn(u32) -> bool),
    by_email: &FxHashMap<&str, u32>,
    sets: &mut UnionFind,
) {
    let Known { exports, facts, records, .. } = known;
    // Looked up and never walked.
    let mut by_id: FxHashMap<RecordKey, u32> = FxHashMap::default();
    let mut by_place: FxHashMap<Place, u32> = FxHashMap::default();
    for contact in &facts.contacts {
        let at = positions.of(contact.identity);
        let own =
            records::key(exports, contact.place, Subject::Contact, &contact.remote_id);
        let key = records.current(own);
        sets.union(*by_id.entry(key).or_insert(at), at);
        if !is_alone(at) {
            by_place.insert(contact.place, at);
        }
    }
    for link in facts.links.iter().filter(|one| one.kind == LinkKind::AliasEmail) {
        let (own, other) = (by_place.get(&link.place), by_email.get(&*link.text));
        if let (Some(&at), Some(&other)) = (own, other) {
            sets.union(at, other);
        }
    }
}

/// Older archives name connections without a URL: the same name since the same day, in
/// archives of one member, is the same connection.
fn join_nameless_urls(
    exports: &Exports<'_>,
    members: &Members,
    facts: &Facts,
    positions: &Positions,
    sets: &mut UnionFind,
) {
    let identity = |id: IdentityId| facts.identities.at(positions.of(id) as usize);
    let member = |place| members.of_export.get(&exports.export(place).export_id).copied();
    let affected: BTreeSet<MemberIndex> = facts
        .connections
        .iter()
        .filter(|one| one.identity.is_some_and(|id| identity(id).profile.is_none()))
        .filter_map(|one| member(one.place))
        .collect();
    if affected.is_empty() {
        return;
    }
    // By member, name and day: the identities of each export.
    let mut groups: BTreeMap<_, BTreeMap<i64, BTreeSet<u32>>> = BTreeMap::new();
    for one in &facts.connections {
        let (Some(member), Some(id), Some(day)) =
            (member(one.place), one.identity, one.connected_on)
        else {
            continue;
        };
        let name =
            affected.contains(&member).then(|| names::name_key(identity(id))).flatten();
        if let Some(name) = name {
            let export = exports.export(one.place).export_id;
            let group = groups.entry((member, name, day)).or_default();
            group.entry(export).or_default().insert(sets.find(positions.of(id)));
        }
    }
    for group in groups.values().filter(|group| group.values().all(|one| one.len() == 1))
    {
        let all: Vec<u32> = group.values().flatten().copied().collect();
        all.windows(2).for_each(|pair| sets.union(pair[0], pair[1]));
    }
}
