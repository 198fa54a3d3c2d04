//! Files become facts in the database: read on all threads, written by one, in an order that
//! does not depend on the threads.

use std::{
    io, mem,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
};

use super::{
    Event, Observer, PipelineError, archives,
    forgotten::{Filter, Forgotten},
    inspect::{Inspected, Inspection},
    refused, relabelled,
    units::{self, Looked, Unit},
    writing::{Ids, Writing},
};
use crate::{
    discover::{Limits, Unreadable},
    domain::{Facts, TextsByHash},
    normalize::{self, Batch, Outcome, Settings},
    recognize::{Known, Record, Verdict},
    resolve,
    store::{ImportedExport, Store, StoreError},
};

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Imported {
    /// Files that were read.
    pub files_read: u64,
    /// Files that were in the database already, or a second time among the paths.
    pub files_unchanged: u64,
    /// Known files of which nothing is taken.
    pub files_ignored: u64,
    /// Files that could not be used.
    pub files_rejected: u64,
    /// Rows below the headers.
    pub rows_read: u64,
    /// Rows that became facts.
    pub rows_kept: u64,
    /// Rows rejected whole.
    pub rows_rejected: u64,
    /// Cells and rows that were rejected.
    pub rejections: u64,
    /// Files that could be looked at, and not be read.
    #[serde(skip)]
    pub unread: Vec<Unreadable>,
}

impl std::ops::AddAssign<&Self> for Imported {
    fn add_assign(&mut self, other: &Self) {
        self.files_read += other.files_read;
        self.files_unchanged += other.files_unchanged;
        self.files_ignored += other.files_ignored;
        self.files_rejected += other.files_rejected;
        self.rows_read += other.rows_read;
        self.rows_kept += other.rows_kept;
        self.rows_rejected += other.rows_rejected;
        self.rejections += other.rejections;
        self.unread.extend_from_slice(&other.unread);
    }
}

/// What an import goes by.
#[derive(Clone, Copy, Debug)]
pub struct Import<'a> {
    /// The database, within its open transaction.
    pub store: &'a Store,
    /// The run's number.
    pub run_id: i64,
    /// What the user says about exports that do not say it themselves.
    pub settings: &'a Settings,
    /// What a single file may cost.
    pub limits: Limits,
    /// How many files are read at once.
    pub threads: usize,
}

/// Reads the files that are new into the database.
pub fn import(
    import: &Import<'_>,
    inspection: &Inspection,
    observer: Observer<'_>,
) -> Result<Imported, PipelineError> {
    import_and_keep(import, inspection, false, observer).map(|(imported, _)| imported)
}

/// Reads the files that are new into the database; what is written may be kept, in the order
/// of [`Store::load`]. Nothing is kept where something was taken back, or taken out.
pub(super) fn import_and_keep(
    import: &Import<'_>,
    inspection: &Inspection,
    keeps: bool,
    observer: Observer<'_>,
) -> Result<(Imported, Option<Facts>), PipelineError> {
    let store = import.store;
    let mut imported = Imported::default();
    let known_exports = store.imported_exports()?;
    let forgotten = Forgotten::load(store)?;
    let left = refused::take_out(store, inspection, &known_exports)?;
    refused::list(store, inspection, (&forgotten, &left), &mut imported)?;
    let mut is_taken_out = !left.is_empty();
    let mut fresh: Vec<(i64, Unit<'_>)> = Vec::new();
    let looked: Vec<Looked> = inspection.files.iter().map(Looked::of).collect();
    let readings = |unit: &Unit<'_>| {
        let files = unit.files.iter().map(|(at, _)| &inspection.files[*at].verdict);
        let mut readings: Vec<String> = files
            .filter_map(|verdict| match verdict {
                Verdict::Known(known) => {
                    Some(import.settings.fingerprint(known.format, &import.limits))
                }
                _ => None,
            })
            .collect();
        readings.sort_unstable();
        readings
    };
    let (found, twice) = units::distinct(units::units(&looked));
    imported.files_unchanged += twice;
    for unit in found {
        let before: Vec<_> = known_exports
            .iter()
            .filter(|one| one.content_key == unit.content_key)
            .collect();
        // The same once more, by a name that is newer: it is true on that day, too.
        let is_known = |one: &&ImportedExport| {
            one.readings == readings(&unit)
                && unit.named_on()
                    <= units::named_on(&one.name, one.exported_on.as_deref())
        };
        if before.iter().any(is_known) {
            imported.files_unchanged += unit.files.len() as u64;
            continue;
        }
        if let Some(before) = before.first() {
            store.delete_export(before.export_id)?;
            is_taken_out = true;
        }
        let mut export = unit.export();
        export.name = forgotten.without(&unit.name).into_owned();
        let export_id = store.insert_export(&export)?;
        fresh.push((export_id, unit));
    }
    let first_id = store.last_source_file()? + 1;
    let jobs = jobs(&fresh, first_id, inspection);
    let reading = Reading { import, forgotten: &forgotten, observer };
    let kept = (keeps && !is_taken_out).then(|| room(&jobs));
    let mut taken = Taken { imported, kept, texts: TextsByHash::default() };
    read_jobs(&reading, &jobs, &mut taken)?;
    let Taken { mut imported, mut kept, .. } = taken;
    let exports = jobs.iter().map(|job| (job.source_file_id, job.export_id)).collect();
    archives::take_out(store, &forgotten, &exports, &mut imported)?;
    let read = jobs.iter().map(|job| (job.source_file_id, job.inspected));
    if relabelled::take_out(store, inspection, read)? {
        kept = None;
    }
    if !imported.unread.is_empty() {
        store.remove_empty_exports()?;
        kept = None;
    }
    if let Some(kept) = &mut kept {
        kept.sort();
    }
    Ok((imported, kept))
}

/// One file to read, and the number it gets.
struct Job<'a> {
    source_file_id: u32,
    export_id: i64,
    inspected: &'a Inspected,
    known: &'a Known,
}

/// The files in the order in which they are read and written.
fn jobs<'a>(
    fresh: &[(i64, Unit<'_>)],
    first_id: u32,
    inspection: &'a Inspection,
) -> Vec<Job<'a>> {
    units::in_order(fresh, first_id)
        .into_iter()
        .filter_map(|(source_file_id, export_id, at)| {
            let inspected = &inspection.files[at];
            let Verdict::Known(known) = &inspected.verdict else { return None };
            Some(Job { source_file_id, export_id, inspected, known })
        })
        .collect()
}

/// Facts with room for what the files may tell that most of a network's rows stand in. Memory
/// that is not filled costs nothing; a list that grows is copied and cleared time and again.
fn room(jobs: &[Job<'_>]) -> Facts {
    // No row of these files is shorter than so many bytes.
    let rows = |record, least_bytes: u64| {
        let files = jobs.iter().filter(|job| job.known.format.record() == Some(record));
        let bytes: u64 = files.map(|job| job.inspected.whole.bytes).sum();
        usize::try_from(bytes / least_bytes).unwrap_or(0)
    };
    let engagements = rows(Record::Engager, 100);
    let connections = rows(Record::Connection, 20);
    let messages = rows(Record::Message, 60);
    let mut facts = Facts::default();
    // Where a system does not give it ahead of use, the lists grow as they do.
    facts.identities.reserve(engagements + connections + messages);
    drop(facts.connections.try_reserve(connections));
    drop(facts.post_names.try_reserve(rows(Record::GivenReaction, 60)));
    drop(facts.messages.try_reserve(messages));
    facts
}

/// What all readers of files share.
struct Reading<'a> {
    import: &'a Import<'a>,
    /// Whoever is left out.
    forgotten: &'a Forgotten,
    observer: Observer<'a>,
}

/// What was taken from files.
struct Taken {
    imported: Imported,
    /// All that was written, where it is kept.
    kept: Option<Facts>,
    /// The texts of the identities that are kept.
    texts: TextsByHash,
}

/// What a reader hands to the writer.
enum Part {
    Batch(Box<Batch>),
    Done(io::Result<Outcome>),
}

/// Batches of one file that may wait for the writer, and text that is no less than one: a
/// network has thousands of little files, and room for what waits is made for each.
const WAITING_BATCHES: u64 = 32;
const BATCH_BYTES: u64 = 256 * 1024;
/// Files that may be read ahead of the writer, and how many of them it lets readers go on at
/// once: to wake a reader for every little file costs more than to write it.
const WAITING_FILES: usize = 256;
const FILES_AT_ONCE: usize = 32;

/// Reads files and writes them, in their order.
fn read_jobs(
    reading: &Reading<'_>,
    jobs: &[Job<'_>],
    taken: &mut Taken,
) -> Result<(), StoreError> {
    let total: u64 = jobs.iter().map(|job| job.inspected.whole.bytes).sum();
    (reading.observer)(Event::Begin { stage: "import", total });
    if 1 < reading.import.threads {
        side_by_side(reading, jobs, taken)?;
    } else {
        one_by_one(reading, jobs, taken)?;
    }
    let imported = &taken.imported;
    let counts = [
        ("files read", imported.files_read),
        ("unchanged", imported.files_unchanged),
        ("ignored", imported.files_ignored),
        ("rejected", imported.files_rejected),
        ("rows read", imported.rows_read),
        ("rows kept", imported.rows_kept),
        ("rejections", imported.rejections),
    ];
    (reading.observer)(Event::End { stage: "import", counts: &counts });
    Ok(())
}

/// Writes each part of a file as soon as it is read: a single thread does both.
fn one_by_one(
    reading: &Reading<'_>,
    jobs: &[Job<'_>],
    taken: &mut Taken,
) -> Result<(), StoreError> {
    let Reading { import: Import { settings, limits, .. }, forgotten, .. } = reading;
    for job in jobs {
        let mut written = Written::new(reading, job, taken);
        let mut result = Ok(());
        let mut emit = |batch| {
            if result.is_ok() {
                result = written.batch(batch);
            }
        };
        let outcome = read_job(forgotten, job, *limits, settings, &mut emit);
        result.and_then(|()| written.done(job.inspected.unchanged(outcome)))?;
        reading.is_done(job);
    }
    Ok(())
}

/// Reads files on all threads while this one writes them.
fn side_by_side(
    reading: &Reading<'_>,
    jobs: &[Job<'_>],
    taken: &mut Taken,
) -> Result<(), StoreError> {
    // A reader takes its job's sender with it: should it panic, the writer does not wait.
    let (senders, receivers): (Vec<_>, Vec<_>) = jobs
        .iter()
        .map(Job::waiting)
        .map(mpsc::sync_channel::<Part>)
        .map(|(sender, receiver)| (Mutex::new(Some(sender)), receiver))
        .unzip();
    let next = AtomicUsize::new(0);
    let Import { settings, limits, threads, .. } = *reading.import;
    let forgotten = reading.forgotten;
    let (ticket, tickets) = mpsc::sync_channel::<()>(WAITING_FILES);
    let work = || {
        loop {
            // A ticket first, a job then: a reader with a job that waits for a ticket would
            // keep the writer waiting, which alone gives tickets back. The writer is gone
            // where it failed.
            if ticket.send(()).is_err() {
                break;
            }
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(at) else { break };
            let sender = senders[at].lock().ok().and_then(|mut sender| sender.take());
            let Some(sender) = sender else { break };
            let mut emit = |batch| drop(sender.send(Part::Batch(Box::new(batch))));
            let outcome = read_job(forgotten, job, limits, settings, &mut emit);
            drop(sender.send(Part::Done(job.inspected.unchanged(outcome))));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
        let mut write = || -> Result<(), StoreError> {
            for (count, (job, parts)) in (1..).zip(jobs.iter().zip(&receivers)) {
                Written::new(reading, job, taken).all(parts)?;
                if count % FILES_AT_ONCE == 0 {
                    // There is one for each file that was written.
                    tickets.iter().take(FILES_AT_ONCE).for_each(|()| {});
                }
                reading.is_done(job);
            }
            Ok(())
        };
        let result = write();
        // Readers that wait for a writer that failed must not wait for ever.
        drop(receivers);
        drop(tickets);
        result
    })
}

impl Reading<'_> {
    fn is_done(&self, job: &Job<'_>) {
        (self.observer)(Event::Advance { count: job.inspected.whole.bytes });
    }
}

impl Job<'_> {
    /// Parts that may wait for the writer: the last batch and the outcome at least, so that
    /// the reader of a little file goes on to the next.
    fn waiting(&self) -> usize {
        let batches = self.inspected.whole.bytes / BATCH_BYTES;
        usize::try_from(2 + batches.min(WAITING_BATCHES)).unwrap_or(2)
    }
}

/// Reads one file, but what it says of persons who are to be forgotten.
fn read_job(
    forgotten: &Forgotten,
    job: &Job<'_>,
    limits: Limits,
    settings: &Settings,
    emit: &mut dyn FnMut(Batch),
) -> io::Result<Outcome> {
    let (source, id) = (&job.inspected.file.source, job.source_file_id);
    if forgotten.is_empty() {
        return normalize::file(source, limits, job.known, id, settings, emit);
    }
    let mut filter = Filter::new(forgotten, resolve::system(job.known.format.name));
    let mut clean = |mut batch: Batch| {
        filter.clean(&mut batch);
        emit(batch);
    };
    let outcome = normalize::file(source, limits, job.known, id, settings, &mut clean);
    outcome.map(|mut outcome| {
        for note in &mut outcome.notes {
            if let Some(clean) = forgotten.redacted(note) {
                *note = clean;
            }
        }
        outcome.notes.extend(filter.note());
        outcome
    })
}

/// A file of which parts are written.
struct Written<'a> {
    writing: Writing<'a>,
    taken: &'a mut Taken,
}

impl<'a> Written<'a> {
    fn new(reading: &Reading<'a>, job: &Job<'a>, taken: &'a mut Taken) -> Self {
        let Import { store, run_id, limits, settings, .. } = *reading.import;
        let Job { source_file_id, export_id, inspected, known } = *job;
        let fingerprint = settings.fingerprint(known.format, &limits);
        let ids = Ids { file: source_file_id, export: export_id, run: run_id };
        let mut writing =
            Writing::new(store, ids, limits, fingerprint, (inspected, known));
        writing.name = reading.forgotten.without(&inspected.file.name).into_owned();
        Self { writing, taken }
    }

    /// Writes its parts as they come.
    fn all(mut self, parts: &mpsc::Receiver<Part>) -> Result<(), StoreError> {
        for part in parts {
            match part {
                Part::Batch(batch) => self.batch(*batch)?,
                Part::Done(outcome) => return self.done(outcome),
            }
        }
        Ok(())
    }

    fn batch(&mut self, batch: Batch) -> Result<(), StoreError> {
        self.writing.batch(&batch)?;
        if let Some(kept) = &mut self.taken.kept {
            let mut facts = batch.facts;
            let identities = mem::take(&mut facts.identities);
            kept.identities.append_sharing(&identities, &mut self.taken.texts);
            kept.append(facts);
        }
        Ok(())
    }

    fn done(self, outcome: io::Result<Outcome>) -> Result<(), StoreError> {
        match outcome {
            Ok(outcome) => self.writing.done(&outcome, &mut self.taken.imported),
            Err(error) => self.writing.take_back(&error, &mut self.taken.imported),
        }
    }
}
