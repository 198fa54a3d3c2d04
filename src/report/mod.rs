//! Tables become text, a page, and files for other tools.
//!
//! Everything is read from the database, so that the report can be written again at any
//! time. [`prepare`] writes all files aside, [`Prepared::publish`] renames them: a reader
//! never sees half of one, and a run that fails leaves the report of the one before.

mod advice;
mod answer;
mod csv_tables;
mod currencies;
pub mod export;
mod html;
mod lens;
mod money;
mod moved;
mod named;
mod own;
pub mod story;
mod syncing;
mod tables;
mod text;
mod words;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use syncing::{Aside, Syncing};
use tables::Tables;

use crate::{
    discover::hex,
    store::{ReportInput, Store, StoreError, sync_folder},
};

pub use moved::changes;
pub use text::{summary, summary_json};
pub use words::{first_words, harmless, steers};

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
    /// Somebody else's file stands where one of the report would.
    #[error(
        "{} is no file that Touchstone wrote, and stays",
        path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A file that is written cannot take the place of an earlier one.
    #[error("cannot put the new {} in its place", path.display())]
    Publish {
        /// The file.
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
    files: Vec<Aside>,
    made: Vec<(&'static str, String)>,
    kept: usize,
}

impl Prepared {
    /// How many files it has.
    pub fn files(&self) -> usize {
        self.files.len() + self.kept
    }

    /// What was written of the results alone: each table by its view, and the page, with the
    /// stamp of its file; and the SHA-256 of all else that the page shows.
    pub fn made(&self) -> &[(&'static str, String)] {
        &self.made
    }

    /// Gives every file its name, in place of the one of an earlier report.
    pub fn publish(self) -> Result<(), ReportError> {
        let mut last = None;
        for (aside, path) in self.files {
            if let Err(error) = aside.persist(&path) {
                return Err(ReportError::Publish { path, source: error.error });
            }
            last = Some(path);
        }
        // All of them stand in one folder.
        if let Some(path) = last {
            sync_folder(&path);
        }
        Ok(())
    }
}

/// Writes `report.html` and one CSV a view aside, in the folder where they will stand.
///
/// A file that `made` has the stamp of has not been touched since, and is kept. The readers,
/// if there are any, write tables while the page is made; rows that the store has kept need no
/// reader.
pub fn prepare(
    store: &Store,
    readers: Vec<Store>,
    is_pseudonymous: bool,
    folder: &Path,
    made: &BTreeMap<String, String>,
) -> Result<(Prepared, ReportInput), ReportError> {
    let cannot = |source| ReportError::Write { path: folder.to_path_buf(), source };
    create_folder(folder).map_err(cannot)?;
    remove_leftovers(folder).map_err(cannot)?;
    let standing = tables::standing(folder, made);
    let (tables, kept) = (Tables::new(folder, &standing), store.take_kept());
    let mut prepared = Prepared::default();
    let (input, page) = syncing::beside(|syncing| {
        rayon::in_place_scope(|scope| {
            for reader in readers {
                scope.spawn(|_| {
                    let reader = reader;
                    tables.write(&reader, &kept, syncing);
                });
            }
            tables.write_kept((store, &kept), syncing, scope)?;
            let mut input = store.report_input()?;
            input.is_pseudonymous = is_pseudonymous;
            let shown = hex(&Sha256::digest(format!("{input:?}")));
            let is_shown = made.get(PAGE_SHOWS) == Some(&shown);
            let page = if is_shown && standing.contains(PAGE) {
                None
            } else {
                store.read_page(&mut input)?;
                let page = page(&input, folder, syncing)?;
                let stamp = tables::stamp(page.0.as_file());
                prepared.made.extend(stamp.map(|stamp| (PAGE, stamp)));
                prepared.made.push((PAGE_SHOWS, shown));
                Some(page)
            };
            tables.write(store, &kept, syncing);
            Ok::<_, ReportError>((input, page))
        })
    })?;
    for table in tables.finish()? {
        match table {
            Some(table) => {
                prepared.files.push(table.file);
                prepared.made.extend(table.made);
            }
            None => prepared.kept += 1,
        }
    }
    match page {
        Some(page) => prepared.files.push(page),
        None => prepared.kept += 1,
    }
    Ok((prepared, input))
}

/// The page's name in its folder, and among what was made.
const PAGE: &str = "report.html";
/// What the page shows beside results, among what was made: rejections, notes, files.
const PAGE_SHOWS: &str = "page shows";

/// Draws the page.
fn page(
    input: &ReportInput,
    folder: &Path,
    syncing: &Syncing,
) -> Result<Aside, ReportError> {
    let page = html::page(input)?;
    let page = words::unsteered(&page);
    let path = folder.join(PAGE);
    syncing.aside(path.clone(), |file| {
        file.write_all(page.as_bytes())
            .map_err(|source| ReportError::Write { path, source })
    })
}

/// How the names of files begin that are not finished yet.
const ASIDE: &str = ".touchstone-";

/// Removes what a killed run left half written.
fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_aside = entry.file_name().to_string_lossy().starts_with(ASIDE);
        if is_aside && !is_held(&entry.path()) {
            match fs::remove_file(entry.path()) {
                // It has got its name, or somebody else has removed it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                removed => removed?,
            }
        }
    }
    Ok(())
}

/// Whether somebody is writing a file just now.
fn is_held(aside: &Path) -> bool {
    // A pipe is nobody's file, and would never open.
    if !fs::symlink_metadata(aside).is_ok_and(|found| found.is_file()) {
        return false;
    }
    let held = fs::File::open(aside).map(|file| file.try_lock());
    matches!(held, Ok(Err(fs::TryLockError::WouldBlock)))
}

/// Makes a folder that only its owner can enter; one that exists stays as it is.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let is_made = |path: &&Path| !path.as_os_str().is_empty() && !path.exists();
    let made: Vec<&Path> = folder.ancestors().take_while(is_made).collect();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)?;
    made.into_iter().for_each(sync_folder);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_writes_is_no_leftover() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join([ASIDE, name].concat());
        let held = fs::File::create(path("held")).unwrap();
        held.try_lock().unwrap();
        fs::write(path("left"), "half").unwrap();
        remove_leftovers(folder.path()).unwrap();
        assert_eq!([path("held").exists(), path("left").exists()], [true, false]);
        drop(held);
        remove_leftovers(folder.path()).unwrap();
        assert!(!path("held").exists());
    }
}
