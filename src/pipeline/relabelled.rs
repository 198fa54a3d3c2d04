//! Labels that were changed where they lie: what a file of them says takes the place of what
//! it said before.
//!
//! They are the user's own word and no export of what happened, so that a line that is gone
//! is taken back.

use std::collections::BTreeSet;

use super::inspect::{Inspected, Inspection};
use crate::{
    discover::ExportFile,
    domain::SourceFile,
    recognize::{Record, Verdict},
    store::{Store, StoreError},
};

/// What is said of a file that took the place of another.
const NOTE: &str = "its labels take the place of those that the file had before";

/// Takes out what files of labels said before they were changed: what has the name of one of
/// the files that were `read`, labels some of the same posts, and no file says any more. Names
/// depend on the folder that was named: what leads to where the file lies is its name, and of
/// several the longest is. Gives whether there was any.
pub(super) fn take_out<'a>(
    store: &Store,
    inspection: &Inspection,
    read: impl Iterator<Item = (u32, &'a Inspected)>,
) -> Result<bool, StoreError> {
    let is_of_labels = |(_, one): &(u32, &Inspected)| {
        matches!(&one.verdict, Verdict::Known(known)
            if known.format.record() == Some(Record::Label))
    };
    let read: Vec<_> = read.filter(is_of_labels).collect();
    let mut is_taken_out = false;
    if read.is_empty() {
        return Ok(is_taken_out);
    }
    let files = store.source_files()?;
    let now: BTreeSet<&str> =
        inspection.files.iter().map(|one| one.sha256.as_str()).collect();
    for (id, one) in read {
        let posts = store.labelled_posts(id)?;
        let is_before = |file: &&SourceFile| {
            leads_to(&file.name, &one.file)
                && !now.contains(&*file.sha256)
                && is_alone(&files, file)
        };
        let mut before = Vec::new();
        for file in files.iter().filter(is_before) {
            if !store.labelled_posts(file.source_file_id)?.is_disjoint(&posts) {
                before.push(file);
            }
        }
        let longest = before.iter().map(|file| file.name.len()).max();
        before.retain(|file| Some(file.name.len()) == longest);
        for file in &before {
            store.delete_export(file.export.export_id)?;
        }
        if !before.is_empty() {
            store.insert_notes(id, &[NOTE.to_owned()])?;
            is_taken_out = true;
        }
    }
    Ok(is_taken_out)
}

/// Whether a name is that of a file, whichever folder was named: the end of its path.
fn leads_to(name: &str, file: &ExportFile) -> bool {
    let own = file.name.rsplit('/').next().unwrap_or_default();
    let path = format!("{}/{own}", file.home).replace('\\', "/");
    let folders = path.strip_suffix(name);
    name == file.name || folders.is_some_and(|folders| folders.ends_with('/'))
}

/// Whether a file is all of its export, as a sheet of a workbook is not.
fn is_alone(files: &[SourceFile], file: &SourceFile) -> bool {
    let is_beside = |other: &&SourceFile| other.export.export_id == file.export.export_id;
    files.iter().filter(is_beside).count() == 1
}
