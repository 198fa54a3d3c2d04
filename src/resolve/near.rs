//! Records of one person that share no key, but a telephone number and a last name, or a
//! full name and a company's domain. What fits two is not joined, and said.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Known, deals, names, positions::Positions, union_find::UnionFind};
use crate::{
    domain::{Ambiguity, Contact, Identity, LinkKind, Subject, count},
    normalize::phone,
};

/// What near joins need to know of sets that keys have joined.
pub(super) struct Near<'a> {
    pub(super) known: Known<'a>,
    pub(super) positions: &'a Positions,
    /// By identity: its set.
    pub(super) sets: &'a [u32],
    /// Pairs of sets that are not one person.
    pub(super) apart: &'a BTreeSet<(u32, u32)>,
    /// Identities that join nobody by what they state.
    pub(super) is_alone: &'a dyn Fn(u32) -> bool,
}

/// The rows of sets.
type Sets<'a> = BTreeMap<u32, Vec<&'a Contact>>;

impl<'a> Near<'a> {
    /// Joins records of one telephone number and last name, where first names do not tell
    /// them apart.
    pub(super) fn by_phone(
        &self,
        sets: &mut UnionFind,
        ambiguities: &mut Vec<Ambiguity>,
    ) {
        let mut numbers: BTreeMap<String, BTreeMap<String, Firsts<'a>>> = BTreeMap::new();
        for (contact, at, identity) in self.contacts() {
            let own = self.numbers(contact);
            if own.is_empty() {
                continue;
            }
            let Some(name) = names::name_key(identity) else { continue };
            let (first, last) = name.rsplit_once(' ').unwrap_or(("", &name));
            let first = first.split(' ').next().unwrap_or_default();
            for number in own {
                let lasts = numbers.entry(number).or_default();
                let firsts = lasts.entry(last.to_owned()).or_default();
                let sets = firsts.entry(first.to_owned()).or_default();
                sets.entry(self.sets[at as usize]).or_default().push(contact);
            }
        }
        let mut edges = Vec::new();
        for lasts in numbers.values() {
            // A number of three names is an office's: only whole names tell who.
            let names = lasts.values().flat_map(BTreeMap::keys);
            let is_shared = 3 <= names.filter(|first| is_whole(first)).count();
            for firsts in lasts.values() {
                self.of_number(firsts, is_shared, &mut edges, ambiguities);
            }
        }
        self.apply(&edges, "telephone number and last name", sets, ambiguities);
    }

    /// Joins what has one number and one last name.
    fn of_number(
        &self,
        firsts: &Firsts<'a>,
        is_shared: bool,
        edges: &mut Vec<(u32, u32)>,
        ambiguities: &mut Vec<Ambiguity>,
    ) {
        let tells = |first: &str| !is_shared || is_whole(first);
        for (_, sets) in firsts.iter().filter(|(first, _)| tells(first)) {
            let own: Vec<u32> = sets.keys().copied().collect();
            edges.extend(own.windows(2).map(|pair| (pair[0], pair[1])));
        }
        let whole: Vec<_> = firsts.iter().filter(|(first, _)| is_whole(first)).collect();
        if let [(_, one), others @ ..] = whole.as_slice()
            && !others.is_empty()
        {
            let text = format!(
                "shares a telephone number and the last name with {} of another first name; \
                 taken as different persons",
                others.len()
            );
            let subject = self.called(one);
            ambiguities.push(Ambiguity::open(subject, text));
        }
        if is_shared {
            return;
        }
        for (first, sets) in firsts.iter().filter(|(first, _)| !is_whole(first)) {
            let fits: Vec<&Sets<'_>> = longer(firsts, first).collect();
            if 1 < fits.len() {
                let text = format!(
                    "telephone number and last name fit {} persons; joined to none",
                    fits.len()
                );
                let subject = self.called(sets);
                ambiguities.push(Ambiguity::open(subject, text));
            }
            let (Some(set), [one]) = (sets.keys().next(), fits.as_slice()) else {
                continue;
            };
            edges.extend(one.keys().next().map(|other| (*set, *other)));
        }
    }

    /// Joins records of several CRMs that have one full name and one domain of a company;
    /// where a CRM has two such, neither.
    pub(super) fn by_domain(
        &self,
        sets: &mut UnionFind,
        ambiguities: &mut Vec<Ambiguity>,
    ) {
        let found = self.of_name_and_domain();
        let affected: FxHashSet<u32> =
            found.values().flat_map(BTreeMap::keys).copied().collect();
        let mut systems: FxHashMap<u32, BTreeSet<&str>> = FxHashMap::default();
        for contact in &self.known.facts.contacts {
            let set = self.sets[self.positions.of(contact.identity) as usize];
            if affected.contains(&set) {
                systems.entry(set).or_default().insert(self.system(contact));
            }
        }
        let mut edges = Vec::new();
        for sets in found.values().filter(|sets| 1 < sets.len()) {
            let mut seen = BTreeSet::new();
            let mut all = sets.keys().flat_map(|set| &systems[set]);
            if all.all(|system| seen.insert(*system)) {
                let own: Vec<u32> = sets.keys().copied().collect();
                edges.extend(own.windows(2).map(|pair| (pair[0], pair[1])));
            } else {
                let text = format!(
                    "has the full name and company domain of {}; possibly one person, not \
                     joined",
                    count(sets.len() as u64 - 1, "other record", "other records")
                );
                let subject = self.called(sets);
                ambiguities.push(Ambiguity::open(subject, text));
            }
        }
        self.apply(&edges, "full name and company domain", sets, ambiguities);
    }

    /// The rows of one full name and one domain of a company, where they may be of several sets:
    /// nearly all are of one, which their hashes tell.
    fn of_name_and_domain(&self) -> BTreeMap<(String, String), Sets<'a>> {
        let keys = |contact: &Contact, identity: Identity<&str>| {
            let domains = self.domains(contact, identity).into_iter();
            let name = names::name_key(identity).filter(|name| name.contains(' '));
            let pairs =
                name.map(|name| domains.map(move |domain| (name.clone(), domain)));
            pairs.into_iter().flatten()
        };
        let mut hashes = Vec::new();
        for (contact, at, identity) in self.contacts() {
            let set = self.sets[at as usize];
            let own = keys(contact, identity).map(|key| names::hash(&key));
            hashes.extend(own.map(|hash| (hash, set, (contact, identity))));
        }
        hashes.sort_by_key(|(hash, set, _)| (*hash, *set));
        let mut found: BTreeMap<(String, String), Sets<'a>> = BTreeMap::new();
        let groups = hashes.chunk_by(|(one, ..), (other, ..)| one == other);
        for group in groups.filter(|group| group[0].1 != group[group.len() - 1].1) {
            for (hash, set, (contact, identity)) in group {
                let own = keys(contact, *identity);
                for key in own.filter(|key| names::hash(key) == *hash) {
                    let sets = found.entry(key).or_default();
                    sets.entry(*set).or_default().push(contact);
                }
            }
        }
        found
    }

    /// Joins, but for groups in which two profiles differ or a label speaks against it.
    fn apply(
        &self,
        edges: &[(u32, u32)],
        by: &str,
        sets: &mut UnionFind,
        ambiguities: &mut Vec<Ambiguity>,
    ) {
        if edges.is_empty() {
            return;
        }
        let mut tried = sets.clone();
        for (one, other) in edges {
            tried.union(*one, *other);
        }
        let mut groups: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for set in edges.iter().flat_map(|(one, other)| [one, other]) {
            groups.entry(tried.find(*set)).or_default().insert(sets.find(*set));
        }
        let apart = apart_groups(self.apart, &groups, &mut tried);
        let mut profiles: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
        for (set, (_, identity)) in
            self.sets.iter().zip(self.known.facts.identities.iter())
        {
            let root = tried.find(*set);
            if let Some(slug) = identity.profile
                && groups.contains_key(&root)
            {
                profiles.entry(root).or_default().insert(slug);
            }
        }
        let mut refused: BTreeSet<u32> = BTreeSet::new();
        for root in groups.keys() {
            let profiles = profiles.remove(root).unwrap_or_default();
            if 1 < profiles.len() {
                let names: Vec<&str> = profiles.iter().copied().collect();
                let subject = names.join(" and ");
                let text =
                    format!("{by} fit, but the LinkedIn profiles differ; not joined");
                ambiguities.push(Ambiguity::open(subject, text));
            }
            if 1 < profiles.len() || apart.contains(root) {
                refused.insert(*root);
            }
        }
        for (one, other) in edges {
            if !refused.contains(&tried.find(*one)) {
                sets.union(*one, *other);
            }
        }
    }

    /// The rows of leads and contacts that may join by what they state.
    fn contacts(&self) -> impl Iterator<Item = (&'a Contact, u32, Identity<&'a str>)> {
        let facts = self.known.facts;
        facts.contacts.iter().filter_map(|contact| {
            let at = self.positions.of(contact.identity);
            let identity = facts.identities.at(at as usize);
            (!(self.is_alone)(at)).then_some((contact, at, identity))
        })
    }

    fn numbers(&self, contact: &Contact) -> Vec<String> {
        let links = deals::links(self.known.facts, contact.place, LinkKind::Phone);
        let country = self.known.told.country;
        links.filter_map(|kept| phone::whole(kept, country)).collect()
    }

    /// The domains of the company that a record states: of its addresses, of its company,
    /// of its accounts.
    fn domains(&self, contact: &Contact, identity: Identity<&str>) -> BTreeSet<String> {
        let Known { exports, facts, records, .. } = self.known;
        let aliases = deals::links(facts, contact.place, LinkKind::AliasEmail);
        let addresses = identity.email.into_iter().chain(aliases);
        let mut found: BTreeSet<String> = addresses.filter_map(names::mail_key).collect();
        let own = names::company_keys(identity).into_iter();
        let of_accounts = records.companies_of(exports, facts, contact.place);
        let keys = own.chain(of_accounts);
        found.extend(keys.filter(|key| names::is_domain(key)));
        found
    }

    fn system(&self, contact: &Contact) -> &'a str {
        self.known.exports.system(contact.place, Subject::Contact)
    }

    /// How the first of several records is called, whichever file was read first.
    fn called(&self, sets: &Sets<'_>) -> Box<str> {
        let called = |contact: &&Contact| self.known.called(self.positions, contact);
        sets.values().flatten().map(called).min().unwrap_or_default().into()
    }
}

/// By first name: the sets of rows.
type Firsts<'a> = BTreeMap<String, Sets<'a>>;

/// Whether a first name is written out.
fn is_whole(first: &str) -> bool {
    1 < first.chars().count()
}

/// What first names hold that begin with another: they stand right behind it.
fn longer<'a, T>(
    firsts: &'a BTreeMap<String, T>,
    first: &'a str,
) -> impl Iterator<Item = &'a T> {
    let behind = (Bound::Excluded(first), Bound::Unbounded);
    let behind = firsts.range::<str, _>(behind);
    behind.take_while(move |(other, _)| other.starts_with(first)).map(|(_, held)| held)
}

/// The groups, by root, in which a pair of sets is apart.
fn apart_groups(
    apart: &BTreeSet<(u32, u32)>,
    groups: &BTreeMap<u32, BTreeSet<u32>>,
    tried: &mut UnionFind,
) -> BTreeSet<u32> {
    let mut is_in = |(one, other): &(u32, u32)| {
        let root = tried.find(*one);
        let group = groups.get(&root)?;
        (group.contains(one) && group.contains(other)).then_some(root)
    };
    apart.iter().filter_map(&mut is_in).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn first_names_that_begin_so_are_found_among_all(
            names in prop::collection::btree_set("[ab\u{e9}]{0,3}", 0..12),
        ) {
            let firsts: BTreeMap<String, String> =
                names.iter().map(|name| (name.clone(), name.clone())).collect();
            for first in &names {
                let begins = |other: &&String| *other != first && other.starts_with(&**first);
                let expected: Vec<&String> = names.iter().filter(begins).collect();
                prop_assert_eq!(longer(&firsts, first).collect::<Vec<_>>(), expected);
            }
        }

        #[test]
        fn groups_are_apart_that_hold_both_of_a_pair(
            edges in prop::collection::vec((0_u32..20, 0_u32..20), 1..12),
            apart in prop::collection::btree_set((0_u32..20, 0_u32..20), 0..12),
        ) {
            let mut tried = UnionFind::new(20);
            for (one, other) in &edges {
                tried.union(*one, *other);
            }
            let mut groups: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
            for set in edges.iter().flat_map(|(one, other)| [*one, *other]) {
                groups.entry(tried.find(set)).or_default().insert(set);
            }
            let holds = |group: &BTreeSet<u32>| {
                apart.iter().any(|(one, other)| group.contains(one) && group.contains(other))
            };
            let expected: BTreeSet<u32> = groups
                .iter()
                .filter(|(_, group)| holds(group))
                .map(|(root, _)| *root)
                .collect();
            prop_assert_eq!(apart_groups(&apart, &groups, &mut tried), expected);
        }
    }
}
