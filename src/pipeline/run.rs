//! A whole task, all or nothing.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};

use super::{
    Attribution, Event, Import, Imported, Inspection, Names, Observer, PipelineError,
    attribution::{Before, attribute_loaded},
    import::import_and_keep,
    inspect::inspect_again,
    prepare_report,
    pseudonyms::pseudonymize,
    retention::{Retention, purge},
};
use crate::{
    discover::{Limits, Looks},
    domain::{Facts, Loaded},
    normalize::Settings,
    report::Prepared,
    store::{Lock, ReportInput, Store, StoreError},
};

/// What every task needs to know of the world around it.
#[derive(Clone, Copy)]
pub struct Session<'a> {
    /// The database.
    pub database: &'a Path,
    /// The time of day: for the list of runs, and to tell which files have just changed.
    pub now: &'a (dyn Fn() -> Timestamp + Sync),
    /// What another run is told that finds the database held.
    pub holder: &'a str,
    /// How many threads read files.
    pub threads: usize,
    /// Shows how far it is.
    pub observer: Observer<'a>,
}

/// What is to be done; each part may be left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Task<'a> {
    /// Read these files and folders, with what the user says about them.
    pub import: Option<(&'a [PathBuf], &'a Settings, Limits)>,
    /// Days that personal data is kept; none for as long as the database.
    pub retention_days: Option<u32>,
    /// Rebuild touches, journeys, credits and scorecards.
    pub attribution: Option<&'a Attribution>,
    /// Write the report into this folder.
    pub out: Option<&'a Path>,
    /// The names that the report has.
    pub names: Names,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Finished {
    /// What the files are.
    pub inspection: Inspection,
    /// What was read of them.
    pub imported: Imported,
    /// What the report says; of a task without attribution and report none.
    pub report: Option<ReportInput>,
}

/// Clocks of disks and machines may differ by so much, and tick at most so slowly.
const JUST_NOW: SignedDuration = SignedDuration::from_mins(1);

/// Does a task: afterwards the database and the report are the new ones, or, if it fails or
/// is killed, the old ones.
pub fn run(task: &Task<'_>, session: &Session<'_>) -> Result<Finished, PipelineError> {
    let started_at = (session.now)();
    let mut finished = Finished::default();
    let mut known = Looks::new();
    // Paths that do not exist end the run before anything is created.
    if let Some((paths, settings, limits)) = task.import {
        known = Store::known_looks(session.database);
        let (registry, observer) = (&settings.registry, session.observer);
        finished.inspection = inspect_again(paths, registry, limits, &known, observer)?;
    }
    let _lock = Lock::take(session.database, session.holder)?;
    let is_new = !session.database.exists();
    let store = open(task, session.database)?;
    let retention = retention(task, &store)?;
    let run_id = store.begin_run(started_at, env!("CARGO_PKG_VERSION"))?;
    // What is written need not be read out again.
    let keeps = task.attribution.is_some();
    let mut kept = None;
    if let Some((_, settings, limits)) = task.import {
        let threads = session.threads;
        let own = Import { store: &store, run_id, settings, limits, threads };
        let inspection = &finished.inspection;
        (finished.imported, kept) =
            import_and_keep(&own, inspection, keeps, session.observer)?;
        let unchanged_before = started_at.checked_sub(JUST_NOW).unwrap_or(started_at);
        let looks = inspection.looks(&known, unchanged_before);
        if looks != known {
            store.replace_looks(&looks)?;
        }
        finished.inspection.unreadable.append(&mut finished.imported.unread);
    }
    let has_deleted = purge(&store, &retention, session.observer)?;
    kept = kept.filter(|_| !has_deleted);
    let mut made = BTreeMap::new();
    if let Some(attribution) = task.attribution {
        // Results are left as they are by a run that found nothing new; who asks for them
        // alone gets them made again.
        let standing = match task.import {
            Some(_) => store.tables_made_of(&attribution.fingerprint())?,
            None => None,
        };
        if let Some(tables) = standing {
            made = tables;
        } else {
            let observer = session.observer;
            if task.out.is_some() {
                store.keep_rows();
            }
            let told_by = task.import.map(|_| attribution.themes_fingerprint());
            let first_new_file = retention.first_new_file;
            let kept = Kept { facts: kept, is_all: is_new, told_by, first_new_file };
            attribute_and_compare(&store, run_id, kept, attribution, observer)?;
        }
    }
    // The report has the table of runs, this one included.
    let counts = serde_json::to_string(&finished.imported).unwrap_or_default();
    store.finish_run(run_id, (session.now)(), &counts)?;
    let prepared = prepare(task, &store, made, session, &mut finished)?;
    if has_deleted && !is_new {
        // Earlier runs left in free pages what is deleted now.
        store.commit_compacted()?;
    } else {
        store.commit_telling(&|minutes| (session.observer)(Event::Waits { minutes }))?;
    }
    if let Some(prepared) = prepared {
        prepared.publish()?;
    }
    Ok(finished)
}

/// Writes the report aside, and reads what it says: behind the commit nothing is looked up that
/// may fail.
fn prepare(
    task: &Task<'_>,
    store: &Store,
    mut made: BTreeMap<String, String>,
    session: &Session<'_>,
    finished: &mut Finished,
) -> Result<Option<Prepared>, PipelineError> {
    let Some(folder) = task.out else {
        if task.attribution.is_some() {
            finished.report = Some(store.report_input()?);
        }
        return Ok(None);
    };
    if task.names == Names::Invented {
        store.make_forget_key()?;
        pseudonymize(store)?;
        // What stands there may have the true names.
        made.clear();
    }
    let (prepared, input) =
        prepare_report(store, folder, task.names, &made, session.observer)?;
    if task.names == Names::Real {
        for (made, stamp) in prepared.made() {
            store.insert_made_of(made, stamp)?;
        }
    }
    finished.report = Some(input);
    Ok(Some(prepared))
}

/// Opens the database; where the task may delete from it, as a copy.
fn open(task: &Task<'_>, database: &Path) -> Result<Store, StoreError> {
    if !database.exists() && task.import.is_some() {
        return Store::open(database);
    }
    let deletes = task.retention_days.is_some()
        || Store::open_to_read(database)?.deleted_before()?.is_some();
    if deletes { Store::open_to_erase(database) } else { Store::open_again(database) }
}

/// What the task may keep; what it deletes it overwrites, from now on.
fn retention<'a>(task: &Task<'a>, store: &Store) -> Result<Retention<'a>, PipelineError> {
    if task.retention_days.is_some() || store.deleted_before()?.is_some() {
        store.delete_without_trace()?;
    }
    Ok(Retention {
        days: task.retention_days,
        as_of: task.attribution.and_then(|attribution| attribution.as_of),
        told: task.attribution.map(|attribution| &attribution.told),
        first_new_file: store.last_source_file()? + 1,
    })
}

/// What this run has read and written, and what it may take over of the last one.
struct Kept {
    /// The facts; none where they were not kept, or not all of them stand as they were written.
    facts: Option<Facts>,
    /// There are no others.
    is_all: bool,
    /// What would tell themes anew that stand, where they may stay.
    told_by: Option<String>,
    /// The number that the first file would have that this run reads.
    first_new_file: u32,
}

/// Makes the results anew, and keeps what moved since the last ones.
fn attribute_and_compare(
    store: &Store,
    run_id: i64,
    kept: Kept,
    attribution: &Attribution,
    observer: Observer<'_>,
) -> Result<(), PipelineError> {
    let (before, loaded) = before_and_now(store, kept)?;
    let moved = attribute_loaded(store, loaded, before, attribution, observer)?;
    if let Some(moved) = moved {
        store.insert_changes(run_id, moved.changes())?;
        rayon::spawn(move || drop(moved));
    }
    Ok(())
}

/// What the last run left, and all facts. Those that stood there before are read
/// by several at once, as long as they may.
fn before_and_now(store: &Store, kept: Kept) -> Result<(Before, Loaded), StoreError> {
    let Kept { facts, is_all, told_by, first_new_file } = kept;
    let before = || {
        let state = store.has_results()?.then(|| store.snapshot()).transpose()?;
        let told = told_by.as_ref().map(|told_by| store.told_themes(told_by));
        let told = told.transpose()?.unwrap_or_default();
        Ok(Before { told, state, first_new_file })
    };
    let files = store.source_files()?;
    let threads = rayon::current_num_threads();
    let readers = match facts {
        Some(_) if !is_all && 1 < threads => store.readers_of_before(threads),
        _ => Vec::new(),
    };
    let (before, facts) = match facts {
        Some(facts) if is_all => (before()?, facts),
        Some(new) if !readers.is_empty() => {
            let mut old = None;
            let before = rayon::in_place_scope(|scope| {
                scope.spawn(|_| old = Some(Store::load_by(readers)));
                before()
            })?;
            let mut facts = old.expect("a scope ends when all in it has ended")?;
            facts.append(new);
            (before, facts)
        }
        facts => {
            drop(facts);
            (before()?, store.load()?.facts)
        }
    };
    debug_assert!(facts == store.load()?.facts, "what is kept is what is written");
    Ok((before, Loaded { files, facts }))
}
