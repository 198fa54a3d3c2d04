//! Whenever the power goes: the database is that before a command or that after it, a report
//! tells of no other, and what a command said that it did is done.
//!
//! The binary runs once while everything that it does to files is recorded. From the record
//! a disk of ours makes what could be found after a cut at any moment, and the binary goes on
//! from there. `POWER_CUTS=2000 cargo test --release --test it power` tries so many of each.
#![cfg(target_os = "linux")]

mod disk;
mod record;

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::BuildHasher as _,
};

use rustc_hash::FxBuildHasher;

use crate::binary::{Place, errors, files, samples};
use disk::{Chance, Disk, Fate, Found};
use record::Change;

/// How many states are tried of each command.
fn tries() -> usize {
    let tries = std::env::var("POWER_CUTS").ok();
    tries.map_or(5, |tries| tries.parse().unwrap())
}

/// The database's tables, and the files of a folder of reports.
#[derive(PartialEq)]
struct State {
    views: Option<String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl State {
    fn of(place: &Place, out: &str) -> Self {
        let is_whole = |name: &String| !name.starts_with(".touchstone-");
        let files = files(&place.path(out)).into_iter();
        let files = files.filter(|(name, _)| is_whole(name)).collect();
        Self { views: place.views(), files }
    }
}

/// A command that is cut off.
struct Cut<'a> {
    /// What is there before it.
    begin: &'a dyn Fn() -> Place,
    words: &'a [&'a str],
    /// Where it writes files beside the database.
    out: &'a str,
}

impl Cut<'_> {
    /// Records the command, and goes on from what a cut could leave of it.
    fn check(&self) {
        let place = (self.begin)();
        let start = disk::found(&place.path("."));
        let Some((output, changes)) = record::record(&place.command(self.words)) else {
            return record::leave_out();
        };
        assert!(output.status.success(), "{}", errors(&output));
        let whole = Disk::after(&start, &changes);
        let is_left = whole.after_cut(Fate::Kept) == disk::found(&place.path("."));
        assert!(is_left, "{:?}: the record is not all that was done", self.words);
        // What a run before it left half done is taken back by whoever looks.
        let at_start = Place::new();
        disk::place(&start, &at_start.path("."));
        let before = State::of(&at_start, self.out);
        let after = State::of(&place, self.out);
        assert_eq!(place.soundness(), "ok, dangling: false", "{:?}", self.words);
        each_cut(&start, &changes, |cut, fate, found| {
            let what = format!("{:?}, cut at {cut} of {}", self.words, changes.len());
            let what = format!("{what}, {fate:?}, behind {:?}", told(&changes[..cut]));
            let is_done = cut == changes.len();
            self.check_found(found, (&before, &after), is_done, &what);
        });
    }

    /// Looks at what was found, and does the command again.
    fn check_found(
        &self,
        found: &Found,
        (before, after): (&State, &State),
        is_done: bool,
        what: &str,
    ) {
        let place = Place::new();
        disk::place(found, &place.path("."));
        if place.database().exists() {
            let checked = place.run(&["check"]);
            assert!(checked.status.success(), "{what}: {}", errors(&checked));
            assert_eq!(place.soundness(), "ok, dangling: false", "{what}");
        }
        let state = State::of(&place, self.out);
        assert!(
            state.views == after.views || (state.views == before.views && !is_done),
            "{what}: the database is another"
        );
        let is_told = |name: &String| state.files.get(name) == after.files.get(name);
        for name in before.files.keys().chain(after.files.keys()) {
            let is_old = state.files.get(name) == before.files.get(name);
            assert!(is_old && !is_done || is_told(name), "{what}: {name} is another");
            let is_ahead = !is_old && state.views != after.views;
            assert!(!is_ahead, "{what}: {name} tells what the database has not");
        }
        let again = place.run(self.words);
        assert!(again.status.success(), "{what}: {}", errors(&again));
        let mut again = State::of(&place, self.out);
        assert!(again.views == after.views, "{what}: then other tables");
        // The list of runs tells when each was.
        let runs = after.files.get("runs.csv").cloned();
        again.files.extend(runs.map(|runs| ("runs.csv".to_owned(), runs)));
        assert!(again.files == after.files, "{what}: then other files");
        let names = files(&place.path(".")).into_iter().map(|(name, _)| name);
        let known = ["touchstone.db", "touchstone.db.lock", "touchstone.toml"];
        let left: Vec<_> = names.filter(|name| !known.contains(&&**name)).collect();
        assert!(left.is_empty(), "{what}: then {left:?}");
    }
}

/// The last things that were done.
fn told(changes: &[Change]) -> Vec<String> {
    let last = changes.iter().rev().take(3);
    last.map(|change| match change {
        Change::Write { path, offset, bytes } => {
            format!("{} bytes of {} at {offset}", bytes.len(), path.display())
        }
        other => format!("{other:?}"),
    })
    .collect()
}

/// Calls `each` with cuts that leave something different each: behind which change, what
/// becomes of what was not synced, and what is found.
fn each_cut(
    start: &Found,
    changes: &[Change],
    mut each: impl FnMut(usize, Fate, &Found),
) {
    let mut chance = Chance(0x007a_93e1);
    let draws = 1 + 4 * tries() / changes.len();
    // As many behind the last change as behind a change of the database's name or its
    // journal's, and as behind all the others.
    let mut groups = [const { Vec::new() }; 3];
    for cut in 0..=changes.len() {
        let group = match changes.get(cut) {
            None => 0,
            Some(_) if 0 < cut && names_database(&changes[cut - 1]) => 1,
            Some(_) => 2,
        };
        let fates = [
            Fate::Kept,
            Fate::Lost,
            Fate::NamesKept,
            Fate::BytesKept,
            Fate::NewestNameKept,
        ];
        groups[group].extend(fates.map(|fate| (cut, fate)));
        for _ in 0..draws {
            let seed = chance.below(1 << 40).try_into().unwrap();
            groups[group].push((cut, Fate::Chance(Chance(seed))));
        }
    }
    let mut known = BTreeSet::new();
    for group in (0..groups.len()).cycle().take(groups.len() * tries()) {
        let group = &mut groups[group];
        while known.len() < tries() && !group.is_empty() {
            let (cut, fate) = group.swap_remove(chance.below(group.len()));
            let found = Disk::after(start, &changes[..cut]).after_cut(fate);
            if known.insert(FxBuildHasher.hash_one((cut == changes.len(), &found))) {
                each(cut, fate, &found);
                break;
            }
        }
    }
}

/// Whether what may be a database's, or its journal's, gets or loses its name.
fn names_database(change: &Change) -> bool {
    let path = match change {
        Change::Rename { to, .. } => to,
        Change::Unlink { path } => path,
        _ => return false,
    };
    path.to_string_lossy().starts_with("touchstone.db")
}

/// What is typed.
fn words(line: &str) -> Vec<String> {
    let samples = samples();
    let samples = samples.to_str().unwrap();
    line.split_whitespace().map(|word| word.replace("SAMPLES", samples)).collect()
}

fn run(place: &Place, line: &str) {
    let words = words(line);
    let output = place.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(output.status.success(), "{}", errors(&output));
}

/// Cuts a command off, again and again, wherever it begins.
fn check_from(begin: &dyn Fn() -> Place, line: &str, out: &str) {
    let words = words(line);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Cut { begin, words: &words, out }.check();
}

/// Cuts off the last of some commands.
fn check(lines: &[&str], out: &str) {
    let (last, first) = lines.split_last().unwrap();
    let begin = || {
        let place = Place::new();
        for line in first {
            run(&place, line);
        }
        place
    };
    check_from(&begin, last, out);
}

const OUT: &str = "touchstone-report";
const FIRST: &str = "run --quiet --threads=2 SAMPLES/crm";
const SECOND: &str = "run --quiet --threads=2 SAMPLES/crm SAMPLES/engagement";

#[test]
fn a_first_run_survives_a_power_cut() {
    check(&[FIRST], OUT);
}

#[test]
fn a_run_on_a_database_that_exists_survives_a_power_cut() {
    check(&[FIRST, SECOND], OUT);
}

#[test]
fn forgetting_survives_a_power_cut() {
    check(&[FIRST, "forget bruno-bexfold-804@mail.example"], OUT);
}

#[test]
fn deleting_by_retention_survives_a_power_cut() {
    let keeps = "--retention=730 --as-of=2026-06-01";
    check(&[FIRST, &format!("{SECOND} {keeps}")], OUT);
}

#[test]
fn a_report_that_is_written_again_survives_a_power_cut() {
    let import = SECOND.replace("run", "import");
    check(&[FIRST, &import, "attribute --quiet", "report --quiet"], OUT);
    check(&[FIRST, "report --quiet --out new/folder"], "new/folder");
}

#[test]
fn exported_tables_survive_a_power_cut() {
    for format in ["csv", "json", "xlsx", "parquet"] {
        check(&[FIRST, &format!("export --format {format} --out out")], "out");
    }
}

/// What a cut leaves of a run on a database: half of it is changed, and the journal takes
/// that back; nothing where nothing can be recorded.
fn half_changed() -> Option<Found> {
    let place = Place::new();
    run(&place, FIRST);
    let start = disk::found(&place.path("."));
    let words = words(SECOND);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (_, changes) = record::record(&place.command(&words))?;
    let writes = (1..).zip(&changes).filter(|(_, change)| {
        matches!(change, Change::Write { path, .. } if path.ends_with("touchstone.db"))
    });
    let writes: Vec<usize> = writes.map(|(at, _)| at).collect();
    let cut = writes[writes.len() / 2];
    Some(Disk::after(&start, &changes[..cut]).after_cut(Fate::Kept))
}

#[test]
fn what_takes_back_a_run_that_was_cut_off_survives_another_cut() {
    let Some(found) = half_changed() else { return record::leave_out() };
    let begin = || {
        let place = Place::new();
        disk::place(&found, &place.path("."));
        assert!(place.path("touchstone.db-journal").exists());
        place
    };
    check_from(&begin, SECOND, OUT);
    check_from(&begin, "forget bruno-bexfold-804@mail.example", OUT);
    check_from(&begin, "report --quiet --out other", "other");
}

#[test]
fn the_journal_of_a_database_that_is_gone_spoils_no_new_one() {
    let Some(mut found) = half_changed() else { return record::leave_out() };
    found.remove(std::path::Path::new("touchstone.db"));
    let begin = || {
        let place = Place::new();
        disk::place(&found, &place.path("."));
        place
    };
    check_from(&begin, SECOND, OUT);
}
