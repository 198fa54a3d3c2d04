//! The public views for other tools: CSV, JSON Lines, a workbook, Parquet.
//!
//! [`prepare`] writes all files aside and [`super::Prepared::publish`] renames them, as with
//! the report; [`write_one`] writes one view to wherever it is told. The same database gives
//! the same bytes.

mod json_lines;
mod parquet;
mod workbook;

use std::{
    io::{self, Seek, Write},
    path::{Path, PathBuf},
};

use super::{
    Prepared, ReportError, create_folder, csv_tables, remove_leftovers, syncing,
};
use crate::store::{Store, StoreError};

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// A file a view, comma-separated.
    Csv,
    /// A file a view, a JSON object a line.
    JsonLines,
    /// One workbook, a sheet a view.
    Workbook,
    /// A file a view, with typed columns.
    Parquet,
}

impl ExportFormat {
    /// What the names of its files end with.
    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Workbook => "xlsx",
            Self::Parquet => "parquet",
        }
    }
}

/// A view that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedView {
    /// The view's name.
    pub view: &'static str,
    /// The file that holds it; a workbook holds all.
    pub path: PathBuf,
    /// How many rows it has.
    pub rows: u64,
}

/// What was written, and what of it the format could not hold as it is.
#[derive(Debug, Default)]
pub struct Export {
    /// The views, in their order.
    pub views: Vec<ExportedView>,
    /// Sentences for whoever reads the files.
    pub notes: Vec<String>,
}

/// A table without its prefix is what people call it: `posts`, not `v_posts`.
pub fn plain_name(view: &str) -> &str {
    view.strip_prefix("v_").unwrap_or(view)
}

/// Writes views aside, in the folder where they will stand.
pub fn prepare(
    store: &Store,
    views: &[&'static str],
    format: ExportFormat,
    folder: &Path,
) -> Result<(Prepared, Export), ReportError> {
    let cannot = |source| ReportError::Write { path: folder.to_path_buf(), source };
    create_folder(folder).map_err(cannot)?;
    remove_leftovers(folder).map_err(cannot)?;
    store.begin_reading()?;
    let mut files = Vec::new();
    let mut export = Export::default();
    syncing::beside(|syncing| {
        if format == ExportFormat::Workbook {
            let path = folder.join("touchstone.xlsx");
            files.push(syncing.aside(path.clone(), |file| {
                export = workbook::write(store, views, file, &path)?;
                Ok(())
            })?);
            return Ok(());
        }
        for view in views.iter().copied() {
            let path = folder.join(format!("{}.{}", plain_name(view), format.ending()));
            files.push(syncing.aside(path.clone(), |file| {
                let rows = table(store, view, format, file)?;
                export.views.push(ExportedView { view, path, rows });
                Ok(())
            })?);
        }
        Ok(())
    })?;
    Ok((Prepared { files, ..Prepared::default() }, export))
}

/// Writes one view, and says what of it the format could not hold as it is.
pub fn write_one(
    store: &Store,
    view: &'static str,
    format: ExportFormat,
    target: &mut (dyn Write + Send),
) -> Result<Vec<String>, ReportError> {
    store.begin_reading()?;
    if format == ExportFormat::Workbook {
        // Its writer complains where whoever reads stops early, so it writes into a file.
        let cannot = cannot_write(view);
        let mut file = tempfile::tempfile().map_err(&cannot)?;
        let export = workbook::write(store, &[view], &mut file, Path::new(view))?;
        file.rewind().and_then(|()| io::copy(&mut file, target)).map_err(&cannot)?;
        return Ok(export.notes);
    }
    table(store, view, format, target)?;
    Ok(Vec::new())
}

fn table(
    store: &Store,
    view: &str,
    format: ExportFormat,
    target: &mut (dyn Write + Send),
) -> Result<u64, ReportError> {
    match format {
        ExportFormat::Csv => csv_tables::write(store, view, target),
        ExportFormat::JsonLines => json_lines::write(store, view, target),
        ExportFormat::Workbook | ExportFormat::Parquet => {
            parquet::write(store, view, target)
        }
    }
}

/// An error of a writer, with the table that it was about.
fn cannot_write(view: &str) -> impl Fn(io::Error) -> ReportError {
    move |source| ReportError::Write { path: plain_name(view).into(), source }
}

/// A cell that is not what its column holds.
fn misfit(what: &'static str, value: impl std::fmt::Display) -> ReportError {
    StoreError::Value { what, value: value.to_string() }.into()
}
