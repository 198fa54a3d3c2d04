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
    let mut workbooks: BTreeMap<(&str, &str), Vec<(&Inspected, &Known)>> =
        BTreeMap::new();
    let mut units = Vec::new();
    for one in &inspection.files {
        let Verdict::Known(known) = &one.verdict else { continue };
        if record(known).is_some_and(Record::is_of_archive) {
            archives.entry(archive_of(&one.file.unit)).or_default().push((one, known));
        } else if let Some(workbook) = &one.workbook {
            workbooks.entry((workbook, &one.sha256)).or_default().push((one, known));
        } else {
            units.push(Unit {
                name: one.file.name.clone(),
                content_key: one.sha256.clone(),
                is_archive: false,
                files: vec![(one, known)],
            });
        }
    }
    for ((name, sha256), files) in workbooks {
        units.push(Unit {
            name: name.to_owned(),
            content_key: sha256.to_owned(),
            is_archive: false,
            files,
        });
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

/// The archive that a folder is of: articles lie two folders down.
fn archive_of(folder: &str) -> &str {
    let folder = folder.strip_suffix("/Articles").unwrap_or(folder);
    folder.strip_suffix("/Articles").unwrap_or(folder)
}

/// The day that an export's name gives as its own: month first in the name of a LinkedIn
/// archive; the last day, or the milliseconds, in those of analytics.
pub(super) fn exported_on(unit: &Unit<'_>) -> Option<String> {
    if unit.is_archive {
        return archived_on(&unit.name);
    }
    let is_analytics = unit.files.iter().any(|(_, known)| {
        matches!(record(known), Some(Record::PostNumbers | Record::TopPosts))
    });
    is_analytics.then(|| counted_to(&unit.name)).flatten()
}

fn archived_on(name: &str) -> Option<String> {
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

/// `Content_2024-02-01_2024-04-30_Name.xlsx`, `page_content_1711000000000.xls`.
fn counted_to(name: &str) -> Option<String> {
    let own = name.rsplit('/').next().unwrap_or(name);
    let parts = || own.split(['_', '.', ' ']);
    let days = parts().filter_map(|part| part.parse::<jiff::civil::Date>().ok());
    let stamps = parts()
        .filter(|part| part.len() == 13)
        .filter_map(|part| part.parse().ok())
        .filter_map(|ms| jiff::Timestamp::from_millisecond(ms).ok())
        .map(|at| jiff::tz::Offset::UTC.to_datetime(at).date());
    days.chain(stamps).max().map(|day| day.to_string())
}

/// The member's number in the names of an archive's files.
pub(super) fn member_number(unit: &Unit<'_>) -> Option<u64> {
    unit.files.iter().find_map(|(one, _)| recognize::member_number(&one.file.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_analytics_hold_the_day_they_count_to() {
        let check = |name, expected| assert_eq!(counted_to(name).as_deref(), expected);
        check("x/Content_2024-02-01_2024-04-30_A B.xlsx", Some("2024-04-30"));
        check("AggregateAnalytics_A B_2026-01-01_2026-03-31.xlsx", Some("2026-03-31"));
        check("page_content_1711000000000.xls", Some("2024-03-21"));
        check("PostAnalytics.xlsx", None);
    }

    #[test]
    fn articles_are_of_the_archive_above_them() {
        assert_eq!(archive_of("Complete/Articles/Articles"), "Complete");
        assert_eq!(archive_of("Complete"), "Complete");
    }
}
