//! Tables become text, a page, and files for other tools.
//!
//! Everything is read from the database, so that the report can be written again at any
//! time. [`prepare`] writes all files aside, [`Prepared::publish`] renames them: a reader
//! never sees half of one, and a run that fails leaves the report of the one before.

mod advice;
mod csv_tables;
pub mod export;
mod html;
mod lens;
mod money;
pub mod story;
mod text;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::{
    discover::hex,
    store::{ReportInput, Store, StoreError, VIEWS},
};

pub use text::{harmless, summary, summary_json};

/// An error while writing the report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A file cannot be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
    /// The page cannot be made.
    #[error("cannot make the page")]
    Page(#[from] askama::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A report that is written whole, but not under its names yet.
#[derive(Debug, Default)]
pub struct Prepared {
    files: Vec<(NamedTempFile, PathBuf)>,
    tables: Vec<(&'static str, String)>,
    kept: usize,
}

impl Prepared {
    /// How many files it has.
    pub fn files(&self) -> usize {
        self.files.len() + self.kept
    }

    /// The tables that were written of the results alone: view and SHA-256.
    pub fn tables(&self) -> &[(&'static str, String)] {
        &self.tables
    }

    /// Gives every file its name, in place of the one of an earlier report.
    pub fn publish(self) -> Result<(), ReportError> {
        for (aside, path) in self.files {
            aside
                .persist(&path)
                .map_err(|error| ReportError::Write { path, source: error.error })?;
        }
        Ok(())
    }
}

/// Views that change from run to run, where the results stay.
const OF_RUNS: [&str; 4] = ["v_runs", "v_changes", "v_source_files", "v_rejections"];

/// Writes `report.html` and one CSV a view aside, in the folder where they will stand. A
/// table that stands there already, with the SHA-256 that `made` has for its view, is kept.
pub fn prepare(
    store: &Store,
    input: &ReportInput,
    folder: &Path,
    made: &BTreeMap<String, String>,
) -> Result<Prepared, ReportError> {
    let cannot = |source| ReportError::Write { path: folder.to_path_buf(), source };
    create_folder(folder).map_err(cannot)?;
    remove_leftovers(folder).map_err(cannot)?;
    let mut prepared = Prepared::default();
    for view in VIEWS {
        let name = view.trim_start_matches("v_");
        let path = folder.join(format!("{name}.csv"));
        if made.get(view).is_some_and(|sha256| holds(&path, sha256)) {
            prepared.kept += 1;
            continue;
        }
        let mut sha256 = String::new();
        prepared.files.push(aside(path, |file| {
            let mut hashed = Hashed { file, hash: Sha256::new() };
            csv_tables::write(store, view, &mut hashed)?;
            sha256 = hex(&hashed.hash.finalize());
            Ok(())
        })?);
        if !OF_RUNS.contains(&view) {
            prepared.tables.push((view, sha256));
        }
    }
    let page = html::page(input)?;
    let path = folder.join("report.html");
    prepared.files.push(aside(path.clone(), |file| {
        file.write_all(page.as_bytes())
            .map_err(|source| ReportError::Write { path, source })
    })?);
    Ok(prepared)
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

/// How the names of files begin that are not finished yet.
const ASIDE: &str = ".touchstone-";

/// Removes what a killed run left half written.
fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(ASIDE) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Writes a file that only its owner can read beside the place where it will stand.
fn aside(
    path: PathBuf,
    write: impl FnOnce(&mut io::BufWriter<&fs::File>) -> Result<(), ReportError>,
) -> Result<(NamedTempFile, PathBuf), ReportError> {
    let cannot = |source| ReportError::Write { path: path.clone(), source };
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let aside =
        tempfile::Builder::new().prefix(ASIDE).tempfile_in(folder).map_err(cannot)?;
    let mut buffer = io::BufWriter::new(aside.as_file());
    write(&mut buffer)?;
    buffer.flush().map_err(cannot)?;
    drop(buffer);
    Ok((aside, path))
}

/// Makes a folder that only its owner can enter; one that exists stays as it is.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}
