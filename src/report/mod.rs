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
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::store::{ReportInput, Store, StoreError, VIEWS};

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
#[derive(Debug)]
pub struct Prepared {
    files: Vec<(NamedTempFile, PathBuf)>,
}

impl Prepared {
    /// How many files it has.
    pub fn files(&self) -> usize {
        self.files.len()
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

/// Writes `report.html` and one CSV a view aside, in the folder where they will stand.
pub fn prepare(
    store: &Store,
    input: &ReportInput,
    folder: &Path,
) -> Result<Prepared, ReportError> {
    let cannot = |source| ReportError::Write { path: folder.to_path_buf(), source };
    create_folder(folder).map_err(cannot)?;
    remove_leftovers(folder).map_err(cannot)?;
    let mut files = Vec::new();
    for view in VIEWS {
        let name = view.trim_start_matches("v_");
        let path = folder.join(format!("{name}.csv"));
        files.push(aside(path, |file| csv_tables::write(store, view, file).map(|_| ()))?);
    }
    let page = html::page(input)?;
    let path = folder.join("report.html");
    files.push(aside(path.clone(), |file| {
        file.write_all(page.as_bytes())
            .map_err(|source| ReportError::Write { path, source })
    })?);
    Ok(Prepared { files })
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
