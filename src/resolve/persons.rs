//! Which identities are one person.
//!
//! Keys that name one person alone (profile, opaque id, e-mail, the CRM's own id) join at
//! once. Then full name with company joins, where it fits one person on each side and no
//! profile speaks against it. A name alone never joins.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Exports,
    members::Members,
    names,
    positions::Positions,
    records::{self, RecordKey, Records},
    union_find::UnionFind,
};
use crate::{
    domain::{
        Ambiguity, Facts, Identity, IdentityId, LinkKind, MemberIndex, PersonIndex,
        Place, Subject,
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

/// A connection of a member: who it is as that archive names them, and since when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Connected {
    pub(super) identity: IdentityId,
    pub(super) since: Option<jiff::civil::Date>,
    pub(super) place: Place,
}

/// Persons, with what the later steps of resolving need.
#[derive(Debug)]
pub(super) struct Resolving<'a> {
    pub(super) persons: Persons,
    /// Members and their connections, the newest export's row of each.
    pub(super) connections: BTreeMap<(PersonIndex, MemberIndex), Connected>,
    pub(super) ambiguities: Vec<Ambiguity>,
    identities: &'a [(IdentityId, Identity)],
    /// By identity: its set before names were looked at.
    strong: Vec<u32>,
    by_profile: FxHashMap<&'a str, u32>,
}

impl Resolving<'_> {
    /// The keys of an identity.
    pub(super) fn identity(&self, id: IdentityId) -> &Identity {
        &self.identities[self.persons.positions.of(id) as usize].1
    }

    /// Whether two identities are one person by keys alone, without their names.
    pub(super) fn is_strong(&self, one: IdentityId, other: IdentityId) -> bool {
        let positions = &self.persons.positions;
        self.strong[positions.of(one) as usize]
            == self.strong[positions.of(other) as usize]
    }

    /// Who is whose connection and since when.
    pub(super) fn connected(&self) -> Vec<super::Connected> {
        let all = self.connections.iter();
        all.map(|((person, member), one)| super::Connected {
            person: *person,
            member: *member,
            since: one.since,
        })
        .collect()
    }

    /// Each member as a person, where a file names them by their profile.
    pub(super) fn of_members(&self, members: &Members) -> Vec<Option<PersonIndex>> {
        let person = |profile: &str| {
            self.by_profile.get(profile).map(|at| self.persons.of[*at as usize])
        };
        members.list.iter().map(|member| person(member.profile.as_deref()?)).collect()
    }
}

/// Joins identities to persons.
pub(super) fn persons<'a>(
    exports: &Exports<'_>,
    members: &Members,
    facts: &'a Facts,
    records: &Records<'_>,
    ambiguities: &mut Vec<Ambiguity>,
) -> Resolving<'a> {
    let identities = facts.identities.as_slice();
    let positions = Positions::new(identities);
    let mut sets = UnionFind::new(identities.len());
    let by_profile = join_by_keys(identities, &mut sets);
    join_records(exports, facts, records, &positions, &mut sets);
    join_nameless_urls(exports, members, facts, &positions, &mut sets);
    let strong: Vec<u32> =
        (0_u32..).take(identities.len()).map(|at| sets.find(at)).collect();
    let profiles = strong
        .iter()
        .zip(identities)
        .filter_map(|(set, (_, identity))| Some((*set, identity.profile.as_deref()?)))
        .collect();
    let by_name = ByName {
        exports,
        facts,
        known: records,
        positions: &positions,
        strong: &strong,
        profiles,
    };
    by_name.join(&mut sets, ambiguities);
    let (of, count) = numbered(&mut sets, identities.len());
    let persons = Persons { positions, of, count };
    let connections = connections(exports, members, facts, &persons);
    Resolving {
        persons,
        connections,
        ambiguities: Vec::new(),
        identities,
        strong,
        by_profile,
    }
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

/// Joins by profile, opaque id and e-mail; gives the first identity of each profile.
fn join_by_keys<'a>(
    identities: &'a [(IdentityId, Identity)],
    sets: &mut UnionFind,
) -> FxHashMap<&'a str, u32> {
    let mut by_profile: FxHashMap<&str, u32> = FxHashMap::default();
    let mut by_member_id: FxHashMap<&str, u32> = FxHashMap::default();
    let mut by_email: FxHashMap<&str, u32> = FxHashMap::default();
    let shared = shared_addresses(identities);
    for (at, (_, identity)) in (0_u32..).zip(identities) {
        let mut join = |known: &mut FxHashMap<&'a str, u32>, key: &'a str| {
            sets.union(*known.entry(key).or_insert(at), at);
        };
        if let Some(profile) = identity.profile.as_deref() {
            join(&mut by_profile, profile);
        }
        if let Some(member_id) = identity.member_id.as_deref() {
            join(&mut by_member_id, member_id);
        }
        if let Some(address) = identity.email.as_deref()
            && email::is_personal(address)
            && !shared.contains(address)
        {
            join(&mut by_email, address);
        }
    }
    by_profile
}

/// Addresses that stand on three or more names: a family's, an office's, a dummy.
fn shared_addresses(identities: &[(IdentityId, Identity)]) -> FxHashSet<&str> {
    let mut names: FxHashMap<&str, BTreeSet<String>> = FxHashMap::default();
    for (_, identity) in identities {
        let Some(address) = identity.email.as_deref() else { continue };
        let known = names.entry(address).or_default();
        if known.len() < 3
            && let Some(name) = names::name_key(identity)
        {
            known.insert(name);
        }
    }
    let shared = names.into_iter().filter(|(_, names)| 3 <= names.len());
    shared.map(|(address, _)| address).collect()
}

/// Joins records of one CRM id, merged records, and records whose other addresses are
/// somebody's.
fn join_records(
    exports: &Exports<'_>,
    facts: &Facts,
    records: &Records<'_>,
    positions: &Positions,
    sets: &mut UnionFind,
) {
    // Looked up and never walked.
    let mut by_id: FxHashMap<RecordKey, u32> = FxHashMap::default();
    let mut by_place: FxHashMap<Place, u32> = FxHashMap::default();
    for contact in &facts.contacts {
        let at = positions.of(contact.identity);
        let own =
            records::key(exports, contact.place, Subject::Contact, &contact.remote_id);
        let key = records.current(own);
        sets.union(*by_id.entry(key).or_insert(at), at);
        by_place.insert(contact.place, at);
    }
    let mut by_email: FxHashMap<&str, u32> = FxHashMap::default();
    let has_aliases = facts.links.iter().any(|link| link.kind == LinkKind::AliasEmail);
    if has_aliases {
        let identities = facts.identities.as_slice();
        let shared = shared_addresses(identities);
        let is_own = |one: &&str| email::is_personal(one) && !shared.contains(one);
        for (at, (_, identity)) in (0_u32..).zip(identities) {
            if let Some(address) = identity.email.as_deref().filter(is_own) {
                by_email.entry(address).or_insert(at);
            }
        }
    }
    for link in &facts.links {
        let Some(&at) = by_place.get(&link.place) else { continue };
        let other = match link.kind {
            LinkKind::AliasEmail => by_email.get(&*link.text),
            _ => None,
        };
        if let Some(&other) = other {
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
    let identity = |id: IdentityId| &facts.identities[positions.of(id) as usize].1;
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

/// The connections of members, each person once: the newest export's row.
fn connections(
    exports: &Exports<'_>,
    members: &Members,
    facts: &Facts,
    persons: &Persons,
) -> BTreeMap<(PersonIndex, MemberIndex), Connected> {
    let mut list: BTreeMap<(PersonIndex, MemberIndex), Connected> = BTreeMap::new();
    for one in &facts.connections {
        let Some(&member) = members.of_export.get(&exports.export(one.place).export_id)
        else {
            continue;
        };
        let Some(identity) = one.identity else { continue };
        let (since, place) = (one.connected_on, one.place);
        let connected = Connected { identity, since, place };
        list.entry((persons.of(identity), member))
            .and_modify(|known| {
                if exports.rank(known.place) < exports.rank(place) {
                    *known = connected;
                }
            })
            .or_insert(connected);
    }
    list
}

/// The join by full name and company.
struct ByName<'a> {
    exports: &'a Exports<'a>,
    facts: &'a Facts,
    known: &'a Records<'a>,
    positions: &'a Positions,
    strong: &'a [u32],
    /// A profile of each set that has one; looked up and never walked.
    profiles: FxHashMap<u32, &'a str>,
}

/// A set without a CRM record.
#[derive(Default)]
struct Person {
    companies: BTreeSet<String>,
    files: BTreeSet<i64>,
}

/// The sets of one full name.
#[derive(Default)]
struct Namesakes {
    /// Sets with a CRM record: their companies, and the newest record, to speak of.
    records: BTreeMap<u32, (BTreeSet<String>, usize)>,
    /// Sets without.
    people: BTreeMap<u32, Person>,
}

impl ByName<'_> {
    fn join(&self, sets: &mut UnionFind, ambiguities: &mut Vec<Ambiguity>) {
        let mut namesakes = self.records();
        self.add_people(&mut namesakes);
        for found in namesakes.values() {
            for (&record, (companies, contact)) in &found.records {
                self.join_record(found, record, companies, *contact, sets, ambiguities);
            }
        }
    }

    /// The records that no connection is known for yet, by name.
    fn records(&self) -> BTreeMap<String, Namesakes> {
        let connected: FxHashSet<u32> = self
            .facts
            .connections
            .iter()
            .filter_map(|one| {
                Some(self.strong[self.positions.of(one.identity?) as usize])
            })
            .collect();
        let mut namesakes: BTreeMap<String, Namesakes> = BTreeMap::new();
        for (index, contact) in self.facts.contacts.iter().enumerate() {
            let at = self.positions.of(contact.identity) as usize;
            let identity = &self.facts.identities[at].1;
            let set = self.strong[at];
            if connected.contains(&set) {
                continue;
            }
            if let Some(name) = names::name_key(identity) {
                let records = &mut namesakes.entry(name).or_default().records;
                let record =
                    records.entry(set).or_insert_with(|| (BTreeSet::new(), index));
                let spoken_of = self.facts.contacts[record.1].place;
                if self.exports.rank(spoken_of) < self.exports.rank(contact.place) {
                    record.1 = index;
                }
                record.0.extend(names::company_keys(identity));
                let companies =
                    self.known.companies_of(self.exports, self.facts, contact.place);
                record.0.extend(companies);
            }
        }
        namesakes
    }

    /// The people of LinkedIn who bear one of these names.
    fn add_people(&self, namesakes: &mut BTreeMap<String, Namesakes>) {
        let records: FxHashSet<u32> = self
            .facts
            .contacts
            .iter()
            .map(|one| self.positions.of(one.identity))
            .collect();
        let with_record: FxHashSet<u32> =
            records.iter().map(|at| self.strong[*at as usize]).collect();
        for (at, (_, identity)) in (0_u32..).zip(&self.facts.identities) {
            let set = self.strong[at as usize];
            if records.contains(&at) || with_record.contains(&set) {
                continue;
            }
            if let Some(name) = names::name_key(identity)
                && let Some(found) = namesakes.get_mut(&name)
            {
                let person = found.people.entry(set).or_default();
                person.companies.extend(names::company_keys(identity));
                person.files.insert(self.facts.identities[at as usize].0.0 >> 32);
            }
        }
    }

    fn join_record(
        &self,
        found: &Namesakes,
        record: u32,
        companies: &BTreeSet<String>,
        contact: usize,
        sets: &mut UnionFind,
        ambiguities: &mut Vec<Ambiguity>,
    ) {
        let fits = |other: &BTreeSet<String>| !companies.is_disjoint(other);
        let people: Vec<(u32, &Person)> = found
            .people
            .iter()
            .filter(|(_, person)| fits(&person.companies))
            .map(|(set, person)| (*set, person))
            .collect();
        let rivals = found.records.iter().filter(|(_, (other, _))| fits(other)).count();
        let mut note = |text: String| {
            let contact = &self.facts.contacts[contact];
            let identity =
                &self.facts.identities[self.positions.of(contact.identity) as usize].1;
            let name = identity.full_name.as_deref().unwrap_or("");
            let system = super::leads::system(&self.exports.file(contact.place).format);
            let subject = format!("{name} ({system} {})", contact.remote_id).into();
            ambiguities.push(Ambiguity { subject, text: text.into() });
        };
        if people.is_empty() {
            if !found.people.is_empty() {
                let count = found.people.len();
                note(format!(
                    "bears the name of {count} on LinkedIn, but no company says that it is the \
                     same person; not joined"
                ));
            }
        } else if !self.is_one_person(&people) {
            let count = people.len();
            note(format!(
                "name and company fit {count} people on LinkedIn; joined to none"
            ));
        } else if 1 < rivals {
            note(format!(
                "name and company are those of {rivals} records; none was joined"
            ));
        } else if self.has_other_profile(record, &people) {
            note(
                "name and company fit, but the LinkedIn profiles differ; not joined"
                    .to_owned(),
            );
        } else {
            for (set, _) in people {
                sets.union(record, set);
            }
        }
    }

    /// Whether sets of one name and company may be one person: at most one has a profile,
    /// and no file names two of them.
    fn is_one_person(&self, people: &[(u32, &Person)]) -> bool {
        let profiles: BTreeSet<_> =
            people.iter().filter_map(|(set, _)| self.profiles.get(set)).collect();
        let mut files = BTreeSet::new();
        let mut named = people.iter().flat_map(|(_, person)| &person.files);
        named.all(|file| files.insert(*file)) && profiles.len() < 2
    }

    /// Whether a record and the person it would join have a profile each.
    fn has_other_profile(&self, record: u32, people: &[(u32, &Person)]) -> bool {
        self.profiles.contains_key(&record)
            && people.iter().any(|(set, _)| self.profiles.contains_key(set))
    }
}
