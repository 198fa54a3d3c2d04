//! Labels that were changed where they lie: what a file of them says takes the place of what
//! it said before.
//!
//! They are the user's own word and no export of what happened, so that a line that is gone
//! is taken back.

use std::collections::BTreeSet;

use super::inspect::{Inspected, Inspection};
use crate::{
    domain::SourceFile,
    recognize::{Record, Verdict},
    store::{Store, StoreError},
};

/// What is said of a file that took the place of another.
const NOTE: &str = "its labels take the place of those that the file had before";

/// Takes out what files of labels said before they were changed: what has the name of one of
/// the files that were `read`, labels some of the same posts, and no file says any more. Names
/// depend on the folder that was named: where none is the same, one alone that is so but for
/// folders in front is. Gives whether there was any.
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
            is_below(&file.name, &one.file.name)
                && !now.contains(&*file.sha256)
                && is_alone(&files, file)
        };
        let mut before = Vec::new();
        for file in files.iter().filter(is_before) {
            if !store.labelled_posts(file.source_file_id)?.is_disjoint(&posts) {
                before.push(file);
            }
        }
        let is_same = |file: &&SourceFile| *file.name == *one.file.name;
        if before.iter().any(is_same) {
            before.retain(is_same);
        } else if 1 < before.len() {
            continue;
        }
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

/// Whether two names are the same, but for folders in front of one.
fn is_below(one: &str, other: &str) -> bool {
    let ends = |long: &str, short| {
        long.strip_suffix(short)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    };
    ends(one, other) || ends(other, one)
}

/// Whether a file is all of its export, as a sheet of a workbook is not.
fn is_alone(files: &[SourceFile], file: &SourceFile) -> bool {
    let is_beside = |other: &&SourceFile| other.export.export_id == file.export.export_id;
    files.iter().filter(is_beside).count() == 1
}
