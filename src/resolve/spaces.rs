//! Which tables that are no CRM's own share their ids.
//!
//! Such tables may each number their records from 1. Two of them share their ids unless most
//! of the ids that both have, and of which both state something that can be compared, are of
//! other persons or deals; those that are apart so get systems of their own.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use self::stated::Stated;
use super::{Exports, leads, union_find::UnionFind};
use crate::{
    domain::{Ambiguity, Facts, LinkKind, Place, Subject, count},
    recognize::Registry,
};

mod stated;

/// The systems of tables whose ids are their own.
#[derive(Debug, Default)]
pub(super) struct Spaces<'a> {
    /// By kind of record and position of a file.
    systems: BTreeMap<(Subject, u32), String>,
    /// Kinds of record of which a system has several spaces.
    split: BTreeSet<(&'a str, Subject)>,
    /// The oldest files of the spaces that have an id of these; looked up and never walked.
    holders: FxHashMap<(&'a str, Subject, &'a str), Vec<u32>>,
    /// What was found, once for each pair of tables.
    pub(super) notes: Vec<Ambiguity>,
}

/// With how many others a table is compared for each of its ids: hundreds would make as many
/// pairs as their square.
const MOST_COMPARED: usize = 16;

/// Parts the name of a space from that of the system.
const MARK: char = ':';

/// The system that a space is of.
pub fn base_system(system: &str) -> &str {
    system.split(MARK).next().unwrap_or(system)
}

/// Whether a system is no vendor's, so that its tables need not know of each other.
pub fn is_nobodys(system: &str) -> bool {
    let registry = Registry::default();
    let mut vendors = registry.formats().iter().filter(|one| !one.crm().is_generic);
    !vendors.any(|format| leads::system(format.name) == system)
}

impl<'a> Spaces<'a> {
    /// Finds them from all facts at once.
    pub(super) fn find(exports: &Exports<'a>, facts: &'a Facts) -> Self {
        let mut files: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (at, file) in (0_u32..).zip(exports.files()) {
            files.entry(leads::system(&file.format)).or_default().push(at);
        }
        files.retain(|system, files| 1 < files.len() && is_nobodys(system));
        let mut spaces = Self::default();
        if files.is_empty() {
            return spaces;
        }
        let mut systems = vec![None; exports.files().len()];
        for (system, files) in files {
            for at in files {
                systems[at as usize] = Some(system);
            }
        }
        let contacts = facts.contacts.iter().enumerate();
        let contacts =
            contacts.map(|(at, one)| (Subject::Contact, one.place, &*one.remote_id, at));
        let deals = facts.deals.iter().enumerate();
        let deals =
            deals.map(|(at, one)| (Subject::Deal, one.place, &*one.remote_id, at));
        let mut rows: BTreeMap<(&str, Subject), Vec<Row<'_>>> = BTreeMap::new();
        for (about, place, id, at) in contacts.chain(deals) {
            let table = exports.position(place.source_file_id());
            if let Some(system) = systems[table] {
                let table = u32::try_from(table).unwrap_or(u32::MAX);
                rows.entry((system, about)).or_default().push(Row { id, table, at });
            }
        }
        for ((system, about), rows) in rows {
            let tables = Tables::new(exports, facts, about, rows);
            tables.part(exports, system, &mut spaces);
        }
        spaces
    }

    /// The system of a file's records of one kind, where it is not its format's.
    pub(super) fn system(&self, file: usize, about: Subject) -> Option<&str> {
        let file = u32::try_from(file).ok()?;
        self.systems.get(&(about, file)).map(String::as_str)
    }

    /// Whether tables of a system were found apart, for one kind of record.
    pub(super) fn is_split(&self, system: &str, about: Subject) -> bool {
        self.split.contains(&(system, about))
    }

    /// The system of the record of an id, which a row of a file names: that of the file's own
    /// space where this has the id, none where several others have it, and nothing tells which
    /// is meant.
    pub(super) fn holder<'own>(
        &'own self,
        (base, file): (&'own str, usize),
        about: Subject,
        id: &str,
    ) -> Option<&'own str> {
        let own = self.system(file, about);
        let Some(holders) = self.holders.get(&(base, about, id)) else {
            return Some(own.unwrap_or(base));
        };
        let system = |file: &u32| self.system(*file as usize, about);
        match (holders.as_slice(), own) {
            (_, Some(_)) if holders.iter().any(|file| system(file) == own) => own,
            ([only], _) => Some(system(only).unwrap_or(base)),
            _ => None,
        }
    }

    /// All systems that a name means, for one kind of record: its own, and its spaces.
    pub(super) fn of(&self, system: &str, about: Subject) -> BTreeSet<String> {
        let own = self.systems.iter().filter(|((kind, _), _)| *kind == about);
        let spaces = own.map(|(_, name)| name).filter(|it| base_system(it) == system);
        [system.to_owned()].into_iter().chain(spaces.cloned()).collect()
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
struct Row<'a> {
    id: &'a str,
    /// The position of its file, then its number among the tables.
    table: u32,
    /// Where it is among the facts of its kind.
    at: usize,
}

/// How many of the ids that two sets of tables have are of the same, and of others.
#[derive(Clone, Copy, Default)]
struct Votes {
    same: usize,
    others: usize,
    /// Those of the others that differ in more than one thing.
    strangers: usize,
}

/// The tables of one system and one kind of record, the oldest first.
struct Tables<'a> {
    facts: &'a Facts,
    about: Subject,
    /// Their files, as positions.
    files: Vec<u32>,
    /// By id.
    rows: Vec<Row<'a>>,
}

impl<'a> Tables<'a> {
    fn new(
        exports: &Exports<'_>,
        facts: &'a Facts,
        about: Subject,
        mut rows: Vec<Row<'a>>,
    ) -> Self {
        let mut files: Vec<u32> = rows.iter().map(|row| row.table).collect();
        files.dedup();
        files.sort_by_key(|file| exports.rank_of(*file));
        let numbers: FxHashMap<u32, u32> = files.iter().copied().zip(0..).collect();
        for row in &mut rows {
            row.table = numbers[&row.table];
        }
        rows.sort_by_key(|row| (row.id, row.table));
        Self { facts, about, files, rows }
    }

    /// Gives tables that are apart systems of their own.
    fn part(&self, exports: &Exports<'a>, system: &'a str, spaces: &mut Spaces<'a>) {
        let mut sets = UnionFind::new(self.files.len());
        let votes = self.join(exports, &mut sets);
        let unlike: Vec<_> =
            votes.iter().filter(|(_, votes)| votes.same < votes.others).collect();
        if unlike.is_empty() {
            return;
        }
        let apart: BTreeSet<u32> =
            unlike.iter().flat_map(|((one, other), _)| [*one, *other]).collect();
        let undecided = votes.iter().filter(|(_, votes)| votes.same + votes.others == 0);
        let undecided = undecided.map(|(pair, _)| *pair);
        let doubtful = join_undecided(undecided, &apart, &mut sets);
        let name =
            |table: u32| &*exports.files()[self.files[table as usize] as usize].name;
        let mut called: BTreeMap<u32, String> = BTreeMap::new();
        let mut times: BTreeMap<String, u32> = BTreeMap::new();
        for table in &apart {
            let own = table_name(name(*table));
            let times = times.entry(own.clone()).or_default();
            *times += 1;
            let number = if *times == 1 { String::new() } else { format!("-{times}") };
            called.insert(sets.find(*table), format!("{system}{MARK}{own}{number}"));
        }
        for (file, set) in self.files.iter().zip(sets.all()) {
            let own = called.get(&set);
            spaces.systems.extend(own.map(|own| ((self.about, *file), own.clone())));
        }
        self.hold(exports, system, &sets.all(), spaces);
        let called: BTreeMap<u32, &str> =
            apart.iter().map(|it| (*it, &*called[&sets.find(*it)])).collect();
        let pairs: Vec<(u32, u32, Votes)> =
            unlike.iter().map(|((one, other), votes)| (*one, *other, **votes)).collect();
        spaces.notes.extend(note_apart(self.about, &called, &pairs, &name));
        spaces.notes.extend(note_doubtful(&doubtful, &name));
    }

    /// Makes sets of tables that share their ids; what was found of pairs of sets that share
    /// some ids all the same, by their oldest tables.
    fn join(
        &self,
        exports: &Exports<'_>,
        sets: &mut UnionFind,
    ) -> BTreeMap<(u32, u32), Votes> {
        // Exports of one list, which may be hundreds, have names that are alike, and each is
        // compared with the one before it alone.
        let name = |file: &u32| unnumbered(&exports.files()[*file as usize].name);
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let alike: Vec<usize> = self
            .files
            .iter()
            .map(|file| {
                let next = numbers.len();
                *numbers.entry(name(file)).or_insert(next)
            })
            .collect();
        let is_alike =
            |one: u32, other: u32| alike[one as usize] == alike[other as usize];
        for ((one, other), votes) in self.votes(&sets.all(), 1, &is_alike) {
            // One id that states another name, or another address, is of somebody who married or
            // moved.
            let is_one_changed = votes.others == 1 && votes.strangers == 0;
            if votes.others <= votes.same || is_one_changed {
                sets.union(one, other);
            }
        }
        loop {
            let votes = self.votes(&sets.all(), MOST_COMPARED, &|_, _| true);
            let same = votes
                .iter()
                .filter(|(_, votes)| 0 < votes.same && votes.others <= votes.same);
            let same: Vec<(u32, u32)> = same.map(|(pair, _)| *pair).collect();
            if same.is_empty() {
                return votes;
            }
            for (one, other) in same {
                sets.union(one, other);
            }
        }
    }

    /// Compares what sets of tables state of the ids that they share: each with so many of
    /// those before it that make a pair.
    fn votes(
        &self,
        sets: &[u32],
        limit: usize,
        is_pair: &dyn Fn(u32, u32) -> bool,
    ) -> BTreeMap<(u32, u32), Votes> {
        // Looked up and never walked.
        let mut all: FxHashMap<(u32, u32), Votes> = FxHashMap::default();
        for rows in self.rows.chunk_by(|one, other| one.id == other.id) {
            let set = |row: &Row<'_>| sets[row.table as usize];
            if rows.iter().all(|row| set(row) == set(&rows[0])) {
                continue;
            }
            let mut stated: BTreeMap<u32, Stated> = BTreeMap::new();
            for row in rows {
                stated.entry(set(row)).or_default().add(self.facts, self.about, row.at);
            }
            let stated: Vec<(u32, Stated)> = stated.into_iter().collect();
            for (at, (set, own)) in stated.iter().enumerate() {
                let others = stated[..at].iter().rev();
                let others =
                    others.filter(|(other, _)| is_pair(*other, *set)).take(limit);
                for (other, others) in others {
                    let votes = all.entry((*other, *set)).or_default();
                    match own.is_same(others) {
                        Some(true) => votes.same += 1,
                        Some(false) => {
                            votes.others += 1;
                            votes.strangers += usize::from(own.is_stranger(others));
                        }
                        None => {}
                    }
                }
            }
        }
        all.into_iter().collect()
    }

    /// Notes in whose space each id is, those that records had before among them.
    fn hold(
        &self,
        exports: &Exports<'_>,
        system: &'a str,
        sets: &[u32],
        spaces: &mut Spaces<'a>,
    ) {
        spaces.split.insert((system, self.about));
        let numbers: FxHashMap<u32, u32> = self.files.iter().copied().zip(0..).collect();
        let table = |place: Place| {
            let file = u32::try_from(exports.position(place.source_file_id())).ok()?;
            numbers.get(&file).copied()
        };
        let is_former =
            |kind| matches!(kind, LinkKind::MergedId | LinkKind::ConvertedContact);
        let former = self.facts.links.iter().filter(|link| is_former(link.kind));
        let former = former.filter_map(|link| Some((&*link.text, table(link.place)?)));
        for (id, table) in self.rows.iter().map(|row| (row.id, row.table)).chain(former) {
            let file = self.files[sets[table as usize] as usize];
            let known = spaces.holders.entry((system, self.about, id)).or_default();
            let system = |file| spaces.systems.get(&(self.about, file));
            if !known.iter().any(|known| system(*known) == system(file)) {
                known.push(file);
            }
        }
    }
}

/// Tables of which nothing compares belong to the one that shares ids with them; those that
/// share ids with several, with these.
fn join_undecided(
    pairs: impl Iterator<Item = (u32, u32)>,
    apart: &BTreeSet<u32>,
    sets: &mut UnionFind,
) -> BTreeMap<u32, BTreeSet<u32>> {
    let mut beside = Vec::new();
    for (one, other) in pairs {
        match (apart.contains(&one), apart.contains(&other)) {
            (false, false) => sets.union(one, other),
            (true, false) => beside.push((other, one)),
            (false, true) => beside.push((one, other)),
            (true, true) => {}
        }
    }
    let mut found: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (free, other) in beside {
        found.entry(sets.find(free)).or_default().insert(other);
    }
    found.retain(|free, others| {
        let only = others.first().filter(|_| others.len() == 1);
        if let Some(only) = only {
            sets.union(*free, *only);
        }
        1 < others.len()
    });
    found
}

/// Says which tables are apart: of each of them once, with the oldest other.
fn note_apart<'a>(
    about: Subject,
    called: &BTreeMap<u32, &str>,
    pairs: &[(u32, u32, Votes)],
    name: &dyn Fn(u32) -> &'a str,
) -> Vec<Ambiguity> {
    let what = if about == Subject::Deal { "deals" } else { "people" };
    let of =
        |table| pairs.iter().position(|(one, other, _)| [one, other].contains(&table));
    let said: BTreeSet<usize> = called.keys().filter_map(of).collect();
    let said = said.into_iter().map(|at| {
        let (one, other, Votes { same, others, .. }) = pairs[at];
        let verb = if others == 1 { "names" } else { "name" };
        let text = format!(
            "{others} of {} that both have {verb} different {what}: each counts its own, \
             as {} and {}; [[copy]] in the configuration says that one holds copies of the \
             other",
            count((same + others) as u64, "id", "ids"),
            called[&one],
            called[&other]
        );
        Ambiguity::open(format!("{} and {}", name(one), name(other)), text)
    });
    said.collect()
}

/// Says which tables belong to one of several, and nothing tells to which.
fn note_doubtful<'a>(
    doubtful: &BTreeMap<u32, BTreeSet<u32>>,
    name: &dyn Fn(u32) -> &'a str,
) -> Vec<Ambiguity> {
    let said = doubtful.iter().map(|(table, others)| {
        let others: Vec<&str> = others.iter().map(|other| name(*other)).collect();
        let text = format!(
            "has ids of {}, which name different records, and nothing that could be compared: \
             taken as of none of them",
            others.join(" and of ")
        );
        Ambiguity::open(name(*table), text)
    });
    said.collect()
}

/// A file's name without what tells one export of a list from the next.
pub(super) fn unnumbered(name: &str) -> String {
    name.chars().filter(|one| one.is_alphabetic() || *one == '/').collect()
}

/// What a table is called, whatever its folder, its kind of file and its day.
fn table_name(name: &str) -> String {
    let mut parts = name.rsplit('/');
    let last = parts.next().unwrap_or(name);
    // A sheet stands behind its workbook.
    let book = parts.next().filter(|book| !last.contains('.') && book.contains('.'));
    let texts = book.into_iter().chain([last]);
    let stems = texts.map(|text| text.rsplit_once('.').map_or(text, |(stem, _)| stem));
    let text = stems.collect::<Vec<&str>>().join(" ").to_lowercase();
    let words = text.split(|one: char| !one.is_alphabetic());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "table".to_owned() } else { words.join("-") }
}

#[cfg(test)]
mod tests;
