//! The parts of one file, as they are written.

use std::{collections::BTreeSet, io};

use super::{Imported, inspect::Inspected};
use crate::{
    discover::{Limits, Unreadable},
    domain::Rejection,
    normalize::{Batch, Outcome},
    recognize::Known,
    store::{NewSourceFile, Store, StoreError},
};

/// The numbers that a file goes by.
#[derive(Clone, Copy)]
pub(super) struct Ids {
    pub(super) file: u32,
    pub(super) export: i64,
    pub(super) run: i64,
}

/// One file that is being written.
pub(super) struct Writing<'a> {
    store: &'a Store,
    ids: Ids,
    fingerprint: String,
    /// The file's name, without what is forgotten.
    pub(super) name: String,
    inspected: &'a Inspected,
    known: &'a Known,
    rejections: u64,
    /// Rejections that may be listed still.
    left: u64,
    unlisted: u64,
}

impl<'a> Writing<'a> {
    pub(super) fn new(
        store: &'a Store,
        ids: Ids,
        limits: Limits,
        fingerprint: String,
        (inspected, known): (&'a Inspected, &'a Known),
    ) -> Self {
        let left = limits.rejections;
        let name = inspected.file.name.clone();
        let (rejections, unlisted) = (0, 0);
        Self {
            store,
            ids,
            fingerprint,
            name,
            inspected,
            known,
            rejections,
            left,
            unlisted,
        }
    }

    /// Writes some of its rows.
    pub(super) fn batch(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.store.insert_facts(&batch.facts, &batch.unused)?;
        let count = batch.rejections.len();
        let listed = usize::try_from(self.left).map_or(count, |left| left.min(count));
        self.reject(&batch.rejections[..listed])?;
        self.left -= listed as u64;
        self.unlisted += (count - listed) as u64;
        self.rejections += count as u64;
        Ok(())
    }

    /// Takes back what was written of a file that could not be read.
    pub(super) fn take_back(
        self,
        error: &io::Error,
        imported: &mut Imported,
    ) -> Result<(), StoreError> {
        self.store.delete_file_facts(self.ids.file)?;
        let reason = format!("it cannot be read: {error}; nothing of it was taken");
        self.store.insert_rejections(None, &self.name, &[whole(reason.clone())])?;
        imported.files_rejected += 1;
        imported.unread.push(Unreadable { name: self.name, reason });
        Ok(())
    }

    /// Writes what is known of it once it is read.
    pub(super) fn done(
        mut self,
        outcome: &Outcome,
        imported: &mut Imported,
    ) -> Result<(), StoreError> {
        if let Some(fault) = outcome.broken_off() {
            self.reject(&[fault])?;
            self.rejections += 1;
        }
        if 0 < self.unlisted {
            let unlisted = self.unlisted;
            self.reject(&[whole(format!(
                "{unlisted} more rejections of this file are not listed, the limit \
                 max-rejections"
            ))])?;
        }
        imported.files_read += 1;
        imported.rejections += self.rejections;
        imported.rows_read += outcome.rows_read;
        imported.rows_kept += outcome.rows_kept;
        imported.rows_rejected += outcome.rows_rejected;
        self.store.insert_notes(self.ids.file, &outcome.notes)?;
        self.insert_source_file(outcome)
    }

    fn reject(&self, rejections: &[Rejection]) -> Result<(), StoreError> {
        let (id, name) = (self.ids.file, &self.name);
        self.store.insert_rejections(Some(id), name, rejections)
    }

    fn insert_source_file(&self, outcome: &Outcome) -> Result<(), StoreError> {
        let layout = &self.known.layout;
        self.store.insert_source_file(&NewSourceFile {
            source_file_id: self.ids.file,
            export_id: self.ids.export,
            run_id: self.ids.run,
            name: &self.name,
            format: self.known.format.name,
            sha256: &self.inspected.sha256,
            encoding: layout.encoding.encoding.name(),
            delimiter: layout.delimiter_word(),
            reading: &self.fingerprint,
            fields: &fields(self.known),
            rows_read: outcome.rows_read,
            rows_kept: outcome.rows_kept,
            rows_rejected: outcome.rows_rejected,
            newest_ms: outcome.newest_ms,
        })
    }
}

/// A rejection of no row in particular.
fn whole(reason: String) -> Rejection {
    Rejection { line: 0, column: None, text: "".into(), reason: reason.into() }
}

/// The fields that a file's header has, by name.
fn fields(known: &Known) -> String {
    let names: BTreeSet<&str> =
        known.columns.bound().iter().map(|(field, ..)| field.name()).collect();
    names.into_iter().collect::<Vec<_>>().join(" ")
}
