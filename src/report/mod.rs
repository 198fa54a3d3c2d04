//! Tables become text, CSV and a page.
//!
//! Everything is read from the database, so that the report can be written again at any
//! time. Files are written aside and renamed: a reader never sees half of one.

mod csv_tables;
mod html;
mod money;
mod text;

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::store::{ReportInput, Store, StoreError, VIEWS};

pub use text::summary;

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

/// Writes `report.html` and one CSV a view; the number of files.
pub fn write(
    store: &Store,
    input: &ReportInput,
    folder: &Path,
) -> Result<usize, ReportError> {
    let cannot = |source| ReportError::Write { path: folder.to_path_buf(), source };
    create_folder(folder).map_err(cannot)?;
    for view in VIEWS {
        let name = view.trim_start_matches("v_");
        let path = folder.join(format!("{name}.csv"));
        replace(&path, |file| csv_tables::write(store, view, file))?;
    }
    let page = html::page(input)?;
    replace(&folder.join("report.html"), |file| {
        let path = folder.join("report.html");
        file.write_all(page.as_bytes())
            .map_err(|source| ReportError::Write { path, source })
    })?;
    Ok(VIEWS.len() + 1)
}

/// Writes a file aside and gives it its name when it is whole; only its owner can read it.
fn replace(
    path: &Path,
    write: impl FnOnce(&mut io::BufWriter<&fs::File>) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let cannot = |source| ReportError::Write { path: path.to_path_buf(), source };
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let aside = tempfile::NamedTempFile::new_in(folder).map_err(cannot)?;
    let mut buffer = io::BufWriter::new(aside.as_file());
    write(&mut buffer)?;
    buffer.flush().map_err(cannot)?;
    drop(buffer);
    aside.persist(path).map_err(|error| cannot(error.error))?;
    Ok(())
}

/// Makes a folder that only its owner can enter; one that exists stays as it is.
fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}
