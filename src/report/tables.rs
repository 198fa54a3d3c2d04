//! The tables of a report: one CSV a view, written by as many readers as there are.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::{PAGE, ReportError, aside, csv_tables};
use crate::{
    discover::hex,
    store::{Joined, Store, VIEWS},
};

/// Views that change from run to run, where the results stay.
const OF_RUNS: [&str; 4] = ["v_runs", "v_changes", "v_source_files", "v_rejections"];

/// A table that is written, but not under its name yet.
pub(super) struct Written {
    pub(super) file: (NamedTempFile, PathBuf),
    /// The view and the SHA-256 of what was written of it, where it is made of results alone.
    pub(super) made: Option<(&'static str, String)>,
}

/// Tables that readers share out among them.
pub(super) struct Tables<'a> {
    folder: &'a Path,
    /// Files that hold already what they would hold.
    standing: &'a BTreeSet<&'a str>,
    /// The largest first, so that none is left to a single reader at the end.
    views: Vec<&'static str>,
    next: AtomicUsize,
    /// By view; none for a table that is kept.
    written: Mutex<BTreeMap<&'static str, Result<Option<Written>, ReportError>>>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(folder: &'a Path, standing: &'a BTreeSet<&'a str>) -> Self {
        let mut views = VIEWS.to_vec();
        views.sort_by_key(|view| Joined::of(view).is_none());
        let (next, written) = (AtomicUsize::new(0), Mutex::default());
        Self { folder, standing, views, next, written }
    }

    /// Writes tables until none is left.
    pub(super) fn write(&self, store: &Store) {
        while let Some(view) = self.views.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let written = self.table(store, view);
            let mut all = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(view, written);
        }
    }

    /// All tables by view; none for those that are kept.
    pub(super) fn finish(self) -> Result<Vec<Option<Written>>, ReportError> {
        let written = self.written.into_inner().unwrap_or_else(PoisonError::into_inner);
        written.into_values().collect()
    }

    fn table(
        &self,
        store: &Store,
        view: &'static str,
    ) -> Result<Option<Written>, ReportError> {
        if self.standing.contains(view) {
            return Ok(None);
        }
        let path = self.folder.join(file_name(view));
        let mut sha256 = String::new();
        let file = aside(path, |file| {
            let mut hashed = Hashed { file, hash: Sha256::new() };
            csv_tables::write(store, view, &mut hashed)?;
            sha256 = hex(&hashed.hash.finalize());
            Ok(())
        })?;
        let made = (!OF_RUNS.contains(&view)).then_some((view, sha256));
        Ok(Some(Written { file, made }))
    }
}

/// Which files of a folder hold what was made: views by their names, and the page.
pub(super) fn standing<'a>(
    folder: &Path,
    made: &'a BTreeMap<String, String>,
) -> BTreeSet<&'a str> {
    let stands = |(made, sha256): &(&String, &String)| {
        let name = if *made == PAGE { PAGE.to_owned() } else { file_name(made) };
        holds(&folder.join(name), sha256)
    };
    made.par_iter().filter(stands).map(|(made, _)| made.as_str()).collect()
}

/// What the file of a view is called.
fn file_name(view: &str) -> String {
    format!("{}.csv", view.trim_start_matches("v_"))
}

/// A file whose bytes are hashed on their way.
struct Hashed<'a, W> {
    file: &'a mut W,
    hash: Sha256,
}

impl<W: Write> Write for Hashed<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Whether a file holds what has this SHA-256.
fn holds(path: &Path, sha256: &str) -> bool {
    let mut hashed = Hashed { file: &mut io::sink(), hash: Sha256::new() };
    let copied =
        fs::File::open(path).and_then(|mut file| io::copy(&mut file, &mut hashed));
    copied.is_ok() && hex(&hashed.hash.finalize()) == sha256
}
