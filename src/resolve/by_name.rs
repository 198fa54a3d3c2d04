//! Records of a CRM and people of LinkedIn who bear one full name and work at one company.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Known,
    names::{self, hash},
    positions::Positions,
    union_find::UnionFind,
};
use crate::domain::{Ambiguity, Identity, IdentityId};

/// The join by full name and company.
pub(super) struct ByName<'a> {
    pub(super) known: Known<'a>,
    pub(super) positions: &'a Positions,
    /// By identity: its set.
    pub(super) sets: &'a [u32],
    /// By set: an identity of it that has a profile, where any has.
    pub(super) with_profiles: &'a [u32],
    /// Sets of records that a label says who they are; looked up and never walked.
    pub(super) labelled: &'a FxHashSet<u32>,
    /// Pairs of sets that are not one person.
    pub(super) apart: &'a BTreeSet<(u32, u32)>,
    /// Identities that join nobody by what they state.
    pub(super) is_alone: &'a (dyn Fn(u32) -> bool + Sync),
}

/// The hash of a name, and where who bears it stands in their list.
type Bearer = (u64, u32);

/// How many names are gone through side by side before what they tell is let go.
const NAMES_AT_ONCE: usize = 4096;

/// What a record is joined in.
struct Joining<'a> {
    by_domain: &'a mut FxHashSet<u32>,
    sets: &'a mut UnionFind,
}

/// The key of the company whose domain stands in the address.
fn mail_domain(identity: Identity<&str>) -> Option<String> {
    names::mail_key(identity.email?)
}

/// A set without a CRM record.
#[derive(Default)]
struct Person {
    companies: BTreeSet<String>,
    files: BTreeSet<u32>,
}

/// The sets of one full name.
#[derive(Default)]
struct Namesakes {
    /// Sets with a CRM record: their companies, and the newest record, to speak of.
    records: BTreeMap<u32, (BTreeSet<String>, usize)>,
    /// Sets without.
    people: BTreeMap<u32, Person>,
}

/// The sets of one full name by each of their companies.
struct ByCompany<'a> {
    records: FxHashMap<&'a str, Vec<u32>>,
    people: FxHashMap<&'a str, Vec<u32>>,
}

impl<'a> ByCompany<'a> {
    fn new(found: &'a Namesakes) -> Self {
        let records = found.records.iter().map(|(set, (companies, _))| (*set, companies));
        let people = found.people.iter().map(|(set, person)| (*set, &person.companies));
        Self { records: by_company(records), people: by_company(people) }
    }

    /// Those of a record's companies that others have, too: the rest say nothing of anybody.
    fn shared<'b>(&self, companies: &'b BTreeSet<String>) -> Vec<&'b String> {
        let is_shared = |company: &&String| {
            let records = self.records.get(company.as_str());
            self.people.contains_key(company.as_str())
                || records.is_some_and(|sets| 1 < sets.len())
        };
        companies.iter().filter(is_shared).collect()
    }
}

/// What those of one full name come to who are of one company.
struct Judged {
    /// Sets without a CRM record, in their order.
    people: Vec<u32>,
    /// Whether these may be one person.
    is_one: bool,
    /// How many sets with a record there are.
    rivals: usize,
}

fn by_company<'a>(
    sets: impl Iterator<Item = (u32, &'a BTreeSet<String>)>,
) -> FxHashMap<&'a str, Vec<u32>> {
    let mut found: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for (set, companies) in sets {
        for company in companies {
            found.entry(company).or_default().push(set);
        }
    }
    found
}

/// The sets of any of some companies, each once, in their order.
fn of_any<'a>(
    sets: &FxHashMap<&str, Vec<u32>>,
    companies: impl IntoIterator<Item = &'a String>,
) -> Vec<u32> {
    let found = companies.into_iter().filter_map(|company| sets.get(company.as_str()));
    let mut found: Vec<u32> = found.flatten().copied().collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The records and the people of each hash that both have; they stand by hash.
fn groups<'a>(
    records: &'a [Bearer],
    mut people: &'a [Bearer],
) -> impl Iterator<Item = (&'a [Bearer], &'a [Bearer])> {
    let is_same = |one: &Bearer, other: &Bearer| one.0 == other.0;
    records.chunk_by(is_same).filter_map(move |records| {
        let name = records[0].0;
        let rest = &people[people.partition_point(|(one, _)| *one < name)..];
        let (own, rest) = rest.split_at(rest.partition_point(|(one, _)| *one == name));
        people = rest;
        (!own.is_empty()).then_some((records, own))
    })
}

impl ByName<'_> {
    /// Joins; the sets of records that a company's domain told of.
    pub(super) fn join(
        &self,
        sets: &mut UnionFind,
        ambiguities: &mut Vec<Ambiguity>,
    ) -> FxHashSet<u32> {
        let mut by_domain = FxHashSet::default();
        let apart: FxHashSet<u32> =
            self.apart.iter().flat_map(|(one, other)| [*one, *other]).collect();
        let mut records = self.records();
        records.par_sort_unstable();
        let mut people = self.people(&records.iter().map(|(name, _)| *name).collect());
        people.par_sort_unstable();
        let groups: Vec<_> = groups(&records, &people).collect();
        for groups in groups.chunks(NAMES_AT_ONCE) {
            let namesakes = groups.par_iter().flat_map_iter(|(records, people)| {
                self.namesakes(records, people).into_values()
            });
            for found in namesakes.collect::<Vec<_>>() {
                let joined = Joining { by_domain: &mut by_domain, sets: &mut *sets };
                self.join_namesakes(&found, &apart, joined, ambiguities);
            }
        }
        by_domain
    }

    /// Joins records with the people who bear their name.
    fn join_namesakes(
        &self,
        found: &Namesakes,
        apart: &FxHashSet<u32>,
        Joining { by_domain, sets }: Joining<'_>,
        ambiguities: &mut Vec<Ambiguity>,
    ) {
        let at_companies = ByCompany::new(found);
        // Of those of one name and company all come to the same; never walked.
        let mut known: FxHashMap<Vec<&String>, Judged> = FxHashMap::default();
        for (&record, (companies, contact)) in &found.records {
            let shared = at_companies.shared(companies);
            let judge = |apart| self.judge((found, &at_companies), &shared, apart);
            let own = apart.contains(&record).then(|| judge(Some(record)));
            let judged = match &own {
                Some(judged) => judged,
                None => known.entry(shared.clone()).or_insert_with(|| judge(None)),
            };
            let joined = Joining { by_domain: &mut *by_domain, sets: &mut *sets };
            let record = (record, companies, *contact);
            self.join_record((found, judged), record, joined, ambiguities);
        }
    }

    /// Records and the people of LinkedIn whose names have one hash, by their names.
    fn namesakes(
        &self,
        records: &[Bearer],
        people: &[Bearer],
    ) -> BTreeMap<String, Namesakes> {
        let Known { facts, .. } = self.known;
        let mut namesakes: BTreeMap<String, Namesakes> = BTreeMap::new();
        for (_, index) in records {
            self.add_record(*index as usize, &mut namesakes);
        }
        for (_, at) in people {
            let identity = facts.identities.at(*at as usize);
            let name = names::name_key(identity);
            let Some(found) = name.and_then(|name| namesakes.get_mut(&name)) else {
                continue;
            };
            let person = found.people.entry(self.sets[*at as usize]).or_default();
            person.companies.extend(names::company_keys(identity));
            person.companies.extend(mail_domain(identity));
            person.files.insert(facts.identities.id_at(*at as usize).source_file_id());
        }
        namesakes
    }

    /// The records that no connection is known for yet, with the hashes of their names.
    fn records(&self) -> Vec<Bearer> {
        let Known { facts, .. } = self.known;
        let mut is_connected = vec![false; self.sets.len()];
        for id in facts.connections.iter().filter_map(|one| one.identity) {
            is_connected[self.set(id) as usize] = true;
        }
        let mut records = Vec::new();
        for (index, contact) in (0_u32..).zip(&facts.contacts) {
            let at = self.positions.of(contact.identity);
            let set = self.sets[at as usize];
            if is_connected[set as usize]
                || self.labelled.contains(&set)
                || (self.is_alone)(at)
            {
                continue;
            }
            let name = names::name_key(facts.identities.at(at as usize));
            records.extend(name.map(|name| (hash(&name), index)));
        }
        records
    }

    fn add_record(&self, index: usize, namesakes: &mut BTreeMap<String, Namesakes>) {
        let Known { exports, facts, records, .. } = self.known;
        let contact = &facts.contacts[index];
        let at = self.positions.of(contact.identity) as usize;
        let identity = facts.identities.at(at);
        let Some(name) = names::name_key(identity) else { return };
        let known = &mut namesakes.entry(name).or_default().records;
        let record =
            known.entry(self.sets[at]).or_insert_with(|| (BTreeSet::new(), index));
        let spoken_of = facts.contacts[record.1].place;
        if exports.rank(spoken_of) < exports.rank(contact.place) {
            record.1 = index;
        }
        record.0.extend(names::company_keys(identity));
        record.0.extend(mail_domain(identity));
        record.0.extend(records.companies_of(exports, facts, contact.place));
    }

    /// The people of LinkedIn whose names have one of some hashes: that hash, and where they
    /// stand among identities.
    fn people(&self, names: &FxHashSet<u64>) -> Vec<Bearer> {
        if names.is_empty() {
            return Vec::new();
        }
        let Known { facts, .. } = self.known;
        let mut has_record = vec![false; self.sets.len()];
        for contact in &facts.contacts {
            has_record[self.set(contact.identity) as usize] = true;
        }
        let named = |at: u32| {
            if has_record[self.sets[at as usize] as usize] {
                return None;
            }
            let name = hash(&names::name_key(facts.identities.at(at as usize))?);
            names.contains(&name).then_some((name, at))
        };
        let all = u32::try_from(self.sets.len()).expect("fewer than 2^32 identities");
        (0..all).into_par_iter().filter_map(named).collect()
    }

    fn set(&self, id: IdentityId) -> u32 {
        self.sets[self.positions.of(id) as usize]
    }

    /// Who and what of a name is of any of some companies, without those who are not the
    /// person of a record.
    fn judge(
        &self,
        (found, at_companies): (&Namesakes, &ByCompany<'_>),
        companies: &[&String],
        record: Option<u32>,
    ) -> Judged {
        let companies = || companies.iter().copied();
        let mut people = of_any(&at_companies.people, companies());
        if let Some(record) = record {
            people.retain(|set| {
                !self.apart.contains(&(record.min(*set), record.max(*set)))
            });
        }
        let persons: Vec<(u32, &Person)> =
            people.iter().map(|set| (*set, &found.people[set])).collect();
        let is_one = self.is_one_person(&persons);
        let rivals = of_any(&at_companies.records, companies()).len();
        Judged { people, is_one, rivals }
    }

    fn join_record(
        &self,
        (found, judged): (&Namesakes, &Judged),
        (record, companies, contact): (u32, &BTreeSet<String>, usize),
        Joining { by_domain, sets }: Joining<'_>,
        ambiguities: &mut Vec<Ambiguity>,
    ) {
        let Judged { people, is_one, rivals } = judged;
        let mut note = |text: String| {
            let contact = &self.known.facts.contacts[contact];
            let subject = self.known.called(self.positions, contact);
            ambiguities.push(Ambiguity::open(subject, text));
        };
        if people.is_empty() {
            if !found.people.is_empty() {
                let count = found.people.len();
                note(format!(
                    "bears the name of {count} on LinkedIn, but no company says that it is the \
                     same person; not joined"
                ));
            }
        } else if !is_one {
            let count = people.len();
            note(format!(
                "name and company fit {count} people on LinkedIn; joined to none"
            ));
        } else if 1 < *rivals {
            note(format!(
                "name and company are those of {rivals} records; none was joined"
            ));
        } else if self.has_other_profile(record, people) {
            note(
                "name and company fit, but the LinkedIn profiles differ; not joined"
                    .to_owned(),
            );
        } else {
            for &set in people {
                let mut shared = companies.intersection(&found.people[&set].companies);
                if shared.any(|company| names::is_domain(company)) {
                    by_domain.insert(record);
                }
                sets.union(record, set);
            }
        }
    }

    /// Whether sets of one name and company may be one person: at most one has a profile,
    /// and no file names two of them.
    fn is_one_person(&self, people: &[(u32, &Person)]) -> bool {
        let mut profiles = people.iter().filter_map(|(set, _)| self.profile(*set));
        let first = profiles.next();
        let mut files = BTreeSet::new();
        let mut named = people.iter().flat_map(|(_, person)| &person.files);
        named.all(|file| files.insert(*file)) && profiles.all(|one| Some(one) == first)
    }

    /// Whether a record and the person it would join have a profile each.
    fn has_other_profile(&self, record: u32, people: &[u32]) -> bool {
        let has = |set: u32| self.profile(set).is_some();
        has(record) && people.iter().any(|set| has(*set))
    }

    /// A profile of a set.
    fn profile(&self, set: u32) -> Option<&str> {
        let at = self.with_profiles[set as usize] as usize;
        self.known.facts.identities.profile_at(at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn companies() -> impl Strategy<Value = BTreeSet<String>> {
        prop::collection::btree_set("[a-d]", 0..3)
    }

    proptest! {
        #[test]
        fn sets_of_a_company_are_those_that_share_one(
            records in prop::collection::btree_map(0_u32..9, companies(), 0..9),
            people in prop::collection::btree_map(9_u32..18, companies(), 0..9),
            own in companies(),
        ) {
            let fits = |other: &BTreeSet<String>| !own.is_disjoint(other);
            let fitting = |all: &BTreeMap<u32, BTreeSet<String>>| -> Vec<u32> {
                let fitting = all.iter().filter(|(_, companies)| fits(companies));
                fitting.map(|(set, _)| *set).collect()
            };
            let (fit_records, fit_people) = (fitting(&records), fitting(&people));
            let person = |companies| Person { companies, ..Person::default() };
            let found = Namesakes {
                records: records.into_iter().map(|(set, own)| (set, (own, 0))).collect(),
                people: people.into_iter().map(|(set, own)| (set, person(own))).collect(),
            };
            let by_company = ByCompany::new(&found);
            prop_assert_eq!(of_any(&by_company.records, &own), fit_records);
            prop_assert_eq!(of_any(&by_company.people, &own), &fit_people[..]);
            let shared = by_company.shared(&own);
            prop_assert_eq!(of_any(&by_company.people, shared), fit_people);
        }
    }
}
