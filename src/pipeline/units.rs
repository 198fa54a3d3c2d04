//! Files that belong together: one LinkedIn archive, or one file of another kind.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::inspect::{Inspected, Inspection, hex};
use crate::recognize::{self, Known, Record, Takes, Verdict};

/// One LinkedIn archive, or one other file, that may be imported.
pub(super) struct Unit<'a> {
    pub(super) name: String,
    pub(super) content_key: String,
    pub(super) is_archive: bool,
    pub(super) files: Vec<(&'a Inspected, &'a Known)>,
}

/// The record kind of a known file.
fn record(known: &Known) -> Option<Record> {
    match known.format.takes {
        Takes::Records(record) => Some(record),
        _ => None,
    }
}

/// Gathers the known files to exports, those of one folder of a LinkedIn archive to one.
pub(super) fn units(inspection: &Inspection) -> Vec<Unit<'_>> {
    let mut archives: BTreeMap<&str, Vec<(&Inspected, &Known)>> = BTreeMap::new();
    let mut units = Vec::new();
    for one in &inspection.files {
        let Verdict::Known(known) = &one.verdict else { continue };
        if record(known).is_some_and(Record::is_of_archive) {
            archives.entry(&one.file.unit).or_default().push((one, known));
        } else {
            units.push(Unit {
                name: one.file.name.clone(),
                content_key: one.sha256.clone(),
                is_archive: false,
                files: vec![(one, known)],
            });
        }
    }
    for (folder, files) in archives {
        let mut hashes: Vec<&str> =
            files.iter().map(|(one, _)| one.sha256.as_str()).collect();
        hashes.sort_unstable();
        let content_key = hex(&Sha256::digest(hashes.join("\n").as_bytes()));
        let name = if folder.is_empty() { files[0].0.file.name.as_str() } else { folder };
        let name = name.to_owned();
        units.push(Unit { name, content_key, is_archive: true, files });
    }
    units.sort_by(|a, b| (&a.name, &a.content_key).cmp(&(&b.name, &b.content_key)));
    units
}

/// The day in the name of a LinkedIn archive, month first.
pub(super) fn exported_on(name: &str) -> Option<String> {
    let at = name.to_ascii_lowercase().rfind("linkedindataexport_")?;
    let day = name.get(at + "linkedindataexport_".len()..)?.get(..10)?;
    let mut parts = day.split('-');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let date = jiff::civil::Date::new(
        year.parse().ok()?,
        month.parse().ok()?,
        day.parse().ok()?,
    );
    date.ok().map(|date| date.to_string())
}

/// The member's number in the names of an archive's files.
pub(super) fn member_number(unit: &Unit<'_>) -> Option<u64> {
    unit.files.iter().find_map(|(one, _)| recognize::member_number(&one.file.name))
}
