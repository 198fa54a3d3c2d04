//! The formats that a run knows: those of this release, and what the configuration adds.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{
    Column, Crm, FORMATS, Field, Format, Takes,
    matching::Seen,
    own::{self, Own},
};
use crate::discover::hex;

/// The formats that a run knows, in order.
#[derive(Clone, Debug)]
pub struct Registry {
    formats: Vec<&'static Format>,
    /// What the configuration says of a format, as a short hash.
    marks: BTreeMap<&'static str, String>,
    pub(super) seen: Seen,
}

impl Default for Registry {
    fn default() -> Self {
        Self { formats: FORMATS.to_vec(), marks: BTreeMap::new(), seen: Seen::default() }
    }
}

impl Registry {
    /// The formats, in the order in which they are listed.
    pub fn formats(&self) -> &[&'static Format] {
        &self.formats
    }

    /// Names what the configuration says of a format, so that a file that was read by
    /// other words is read again; none where it says nothing.
    pub fn mark(&self, format: &Format) -> Option<&str> {
        self.marks.get(format.name).map(String::as_str)
    }

    /// Adds a format of the user's own, or says why it is none.
    pub fn add(&mut self, own: &Own) -> Result<(), String> {
        if self.formats.iter().any(|format| format.name == own.name) {
            return Err(format!("there is a format \"{}\" already", own.name));
        }
        if let Some(fault) = own.fault() {
            return Err(fault);
        }
        let format = own.format();
        self.note(format.name, &format!("{own:?}"));
        self.formats.push(format);
        Ok(())
    }

    /// Adds header names to a field of one format, or of all that are nobody's own.
    pub fn add_names(
        &mut self,
        format: Option<&str>,
        field: Field,
        names: &[String],
    ) -> Result<(), String> {
        let mut is_known = false;
        for at in 0..self.formats.len() {
            let known = self.formats[at];
            let is_meant =
                format.map_or(known.crm().is_generic, |name| name == known.name);
            if !is_meant || !known.columns.iter().any(|column| column.field == field) {
                continue;
            }
            is_known = true;
            self.formats[at] = with_names(known, field, names);
            self.note(known.name, &format!("{field:?} {names:?}"));
        }
        if is_known { Ok(()) } else { Err(format!("there is no field {}", field.word())) }
    }

    fn note(&mut self, name: &'static str, words: &str) {
        let before = self.marks.get(name).map_or("", String::as_str);
        let hash = Sha256::digest(format!("{before} {words}").as_bytes());
        self.marks.insert(name, hex(&hash[..8]));
        self.seen = Seen::default();
    }
}

/// The same format with more names for a field, behind its own. They tell the vendor, too, where
/// only headers of the vendor's own do.
fn with_names(format: &Format, field: Field, names: &[String]) -> &'static Format {
    let added = own::kept_names(names.iter().map(String::as_str));
    let mut is_first = true;
    let columns: Vec<Column> = format
        .columns
        .iter()
        .map(|column| {
            let mut all = column.names.to_vec();
            if column.field == field && std::mem::take(&mut is_first) {
                all.extend(added);
            }
            Column {
                field: column.field,
                names: own::kept(all),
                kind: column.kind,
                is_required: column.is_required,
            }
        })
        .collect();
    let takes = match format.takes {
        Takes::Crm(record, crm) if !crm.own.is_empty() => {
            let own = own::kept([crm.own, added].concat());
            Takes::Crm(record, own::kept(Crm { own, ..*crm }))
        }
        takes => takes,
    };
    own::kept(Format {
        name: format.name,
        summary: format.summary,
        takes,
        columns: own::kept(columns),
        dates: format.dates,
        amounts: format.amounts,
    })
}
