//! The same import, spread over machines: each file is looked at and read where there is
//! room, and what was read is brought together in one place.
//!
//! [`look`] says what a file is, [`plan`] numbers all files as [`super::import()`] would,
//! [`read`] reads one of them, and [`collect`] makes the database.

use std::{io, path::PathBuf};

use super::{
    Attribution, Imported, Inspected, PipelineError, Session, attribute,
    inspect::inspect_found,
    units::{self, Looked, Unit, UseOf},
    writing::{Ids, Writing},
};
use crate::{
    discover::{self, Found, Limits, Looks, Named},
    domain::Rejection,
    normalize::{self, Batch, Settings},
    recognize::{Registry, Verdict},
    store::{FACT_TABLES, Lock, NewExport, Rows, Store, StoreError},
};

/// What a file on disk holds.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Look {
    /// Its tables: one, or those of an archive or a workbook.
    pub files: Vec<Looked>,
    /// What could not be opened, and why.
    pub unreadable: Vec<(String, String)>,
}

/// A table that is to be read.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Planned {
    /// Its number.
    pub source_file_id: u32,
    /// The number of its export.
    pub export_id: i64,
    /// Its name.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The position of the look that found it.
    pub look: usize,
    /// Its size, decompressed.
    pub bytes: u64,
}

/// What an import of many files is to do.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Plan {
    /// The exports, numbered from 1.
    pub exports: Vec<NewExport>,
    /// The tables to read, in the order of their numbers.
    pub files: Vec<Planned>,
    /// The files that cannot be used, and why.
    pub rejected: Vec<(String, String)>,
    /// What is counted before anything is read.
    pub counted: Imported,
}

/// An error that ends a spread import; nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum SpreadError {
    /// A database that would have to be new.
    #[error("{}: there is a file already; name another, or move it away", path.display())]
    Exists {
        /// The path.
        path: PathBuf,
    },
    /// A file that is no longer what it was when it was looked at.
    #[error("{name}: the file changed while it was imported; import again")]
    Changed {
        /// Its name.
        name: String,
    },
    /// A file that cannot be read to its end, or changed meanwhile.
    #[error("{name}: it cannot be read: {reason}")]
    Unreadable {
        /// Its name.
        name: String,
        /// Why not.
        reason: String,
    },
    /// What ends other runs too.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
}

impl From<StoreError> for SpreadError {
    fn from(error: StoreError) -> Self {
        Self::Pipeline(error.into())
    }
}

fn no_events(_: super::Event<'_>) {}

/// Looks at a file on disk.
pub fn look(named: &Named, registry: &Registry, limits: Limits) -> Look {
    let mut found = Found::default();
    discover::open(named, limits, &mut found);
    let inspection = inspect_found(found, registry, limits, &Looks::new(), &no_events);
    let unreadable = inspection.unreadable.into_iter();
    Look {
        files: inspection.files.iter().map(Looked::of).collect(),
        unreadable: unreadable.map(|one| (one.name, one.reason)).collect(),
    }
}

/// Plans the import of all files that were looked at.
pub fn plan(looks: &[Look]) -> Plan {
    let mut all: Vec<(usize, &Looked)> = looks
        .iter()
        .enumerate()
        .flat_map(|(at, look)| look.files.iter().map(move |one| (at, one)))
        .collect();
    all.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
    let files: Vec<Looked> = all.iter().map(|(_, one)| (*one).clone()).collect();
    let mut plan = Plan::default();
    plan.rejected.extend(looks.iter().flat_map(|look| look.unreadable.clone()));
    plan.rejected.sort();
    for one in &files {
        match &one.use_of {
            UseOf::Rejected(reason) => {
                plan.rejected.push((one.name.clone(), reason.clone()));
            }
            UseOf::Ignored => plan.counted.files_ignored += 1,
            UseOf::Known { .. } => {}
        }
    }
    plan.counted.files_rejected = plan.rejected.len() as u64;
    let mut fresh: Vec<(i64, Unit<'_>)> = Vec::new();
    let (found, twice) = units::distinct(units::units(&files));
    plan.counted.files_unchanged += twice;
    for (export_id, unit) in (1..).zip(found) {
        plan.exports.push(unit.export());
        fresh.push((export_id, unit));
    }
    let planned = |(source_file_id, export_id, at): (u32, i64, usize)| {
        let Looked { name, sha256, bytes, .. } = files[at].clone();
        Planned { source_file_id, export_id, name, sha256, look: all[at].0, bytes }
    };
    plan.files = units::in_order(&fresh, 1).into_iter().map(planned).collect();
    plan
}

/// Facts that are handed on at once.
const FACTS_AT_ONCE: usize = 50_000;

/// Reads the planned tables of a file on disk and hands their rows on, by table.
pub fn read(
    named: &Named,
    planned: &[Planned],
    settings: &Settings,
    limits: Limits,
    each: &mut dyn FnMut(&'static str, Rows),
) -> Result<Imported, SpreadError> {
    let mut found = Found::default();
    discover::open(named, limits, &mut found);
    let known = Looks::new();
    let inspection = inspect_found(found, &settings.registry, limits, &known, &no_events);
    let store = Store::scratch()?;
    let mut imported = Imported::default();
    for one in planned {
        let is_it = |file: &&Inspected| {
            (&file.file.name, &file.sha256) == (&one.name, &one.sha256)
        };
        let changed = || SpreadError::Changed { name: one.name.clone() };
        let inspected = inspection.files.iter().find(is_it).ok_or_else(changed)?;
        read_one(&store, one, inspected, (settings, limits), &mut imported, each)?;
    }
    hand_on(&store, each)?;
    Ok(imported)
}

fn read_one(
    store: &Store,
    planned: &Planned,
    inspected: &Inspected,
    (settings, limits): (&Settings, Limits),
    imported: &mut Imported,
    each: &mut dyn FnMut(&'static str, Rows),
) -> Result<(), SpreadError> {
    let Verdict::Known(known) = &inspected.verdict else { return Ok(()) };
    let Planned { source_file_id, export_id, .. } = *planned;
    let ids = Ids { file: source_file_id, export: export_id, run: 1 };
    let fingerprint = settings.fingerprint(known.format, &limits);
    let mut writing = Writing::new(store, ids, limits, fingerprint, (inspected, known));
    let mut written: Result<(), StoreError> = Ok(());
    let mut waiting = 0;
    let mut emit = |batch: Batch| {
        waiting += batch.len();
        if written.is_ok() {
            written = writing.batch(&batch);
        }
        if FACTS_AT_ONCE <= waiting && written.is_ok() {
            written = hand_on(store, each);
            waiting = 0;
        }
    };
    let source = &inspected.file.source;
    let outcome =
        normalize::file(source, limits, known, source_file_id, settings, &mut emit);
    written?;
    let unreadable = |error: io::Error| SpreadError::Unreadable {
        name: planned.name.clone(),
        reason: error.to_string(),
    };
    let outcome = inspected.unchanged(outcome).map_err(unreadable)?;
    writing.done(&outcome, imported)?;
    Ok(())
}

/// Hands on what a scratch database holds.
fn hand_on(
    store: &Store,
    each: &mut dyn FnMut(&'static str, Rows),
) -> Result<(), StoreError> {
    for table in FACT_TABLES {
        store.take_rows(table, &mut |rows| each(table, rows))?;
    }
    Ok(())
}

/// Makes a new database of a plan and the rows that were read by it, and attributes, unless
/// the rows of results are among those inserted: the database is whole, or not there.
pub fn collect<E>(
    session: &Session<'_>,
    plan: &Plan,
    imported: &Imported,
    attribution: Option<&Attribution>,
    insert: impl FnOnce(&Store) -> Result<(), E>,
) -> Result<Imported, E>
where
    E: From<SpreadError>,
{
    let begin = || -> Result<(Lock, Store, i64), SpreadError> {
        let path = session.database;
        if path.exists() {
            return Err(SpreadError::Exists { path: path.to_path_buf() });
        }
        let lock = Lock::take(path, session.holder)?;
        let store = Store::open(path)?;
        let run_id = store.begin_run((session.now)(), env!("CARGO_PKG_VERSION"))?;
        for (name, reason) in &plan.rejected {
            let (text, reason) = ("".into(), reason.as_str().into());
            let rejection = Rejection { line: 0, column: None, text, reason };
            store.insert_rejections(None, name, &[rejection])?;
        }
        for export in &plan.exports {
            store.insert_export(export)?;
        }
        Ok((lock, store, run_id))
    };
    let (_lock, store, run_id) = begin()?;
    insert(&store)?;
    let mut counted = plan.counted.clone();
    counted += imported;
    let finish = || -> Result<(), SpreadError> {
        if let Some(attribution) = attribution {
            attribute(&store, attribution, session.observer)?;
        }
        let counts = serde_json::to_string(&counted).unwrap_or_default();
        store.finish_run(run_id, (session.now)(), &counts)?;
        store.commit()?;
        Ok(())
    };
    finish()?;
    Ok(counted)
}
