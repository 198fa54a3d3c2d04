//! Files that belong together: one LinkedIn archive, or one file of another kind.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::inspect::{Inspected, why_not};
use crate::{
    discover::hex,
    recognize::{self, Known, Record, Takes, Verdict},
    resolve,
    store::NewExport,
};

/// A file that was looked at, in words that can be sent to another machine.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Looked {
    /// Its name.
    pub name: String,
    /// The folder or archive that it came with, as it is shown.
    pub unit: String,
    /// The same by where it lies.
    pub home: String,
    /// The workbook's name, where this is one of its sheets.
    pub workbook: Option<String>,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size, decompressed.
    pub bytes: u64,
    /// What it is.
    pub use_of: UseOf,
}

/// What a file that was looked at is good for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum UseOf {
    /// A known export.
    Known {
        /// It is a part of a LinkedIn archive.
        is_of_archive: bool,
        /// It is analytics, whose file names hold days.
        is_analytics: bool,
    },
    /// A known file of which nothing is taken.
    Ignored,
    /// It cannot be used, and why.
    Rejected(String),
}

impl Looked {
    /// What an inspection found.
    pub(super) fn of(one: &Inspected) -> Self {
        let use_of = match (&one.verdict, why_not(&one.verdict)) {
            (_, Some(reason)) => UseOf::Rejected(reason),
            (Verdict::Known(known), None) => UseOf::Known {
                is_of_archive: record(known).is_some_and(Record::is_of_archive),
                is_analytics: matches!(
                    record(known),
                    Some(Record::PostNumbers | Record::TopPosts)
                ),
            },
            _ => UseOf::Ignored,
        };
        Self {
            name: one.file.name.clone(),
            unit: one.file.unit.clone(),
            home: one.file.home.clone(),
            workbook: one.workbook.clone(),
            sha256: one.sha256.clone(),
            bytes: one.whole.bytes,
            use_of,
        }
    }
}

/// One LinkedIn archive, or one other file, that may be imported.
pub(super) struct Unit<'a> {
    pub(super) name: String,
    pub(super) content_key: String,
    pub(super) is_archive: bool,
    /// The files, each with its position among those that were looked at.
    pub(super) files: Vec<(usize, &'a Looked)>,
}

/// The record kind of a known file.
fn record(known: &Known) -> Option<Record> {
    match known.format.takes {
        Takes::Records(record) => Some(record),
        _ => None,
    }
}

/// Gathers the known files to exports, those of one folder of a LinkedIn archive to one.
pub(super) fn units(looked: &[Looked]) -> Vec<Unit<'_>> {
    let mut archives: BTreeMap<&str, Vec<(usize, &Looked)>> = BTreeMap::new();
    let mut workbooks: BTreeMap<(&str, &str), Vec<(usize, &Looked)>> = BTreeMap::new();
    let mut units = Vec::new();
    for (at, one) in looked.iter().enumerate() {
        let UseOf::Known { is_of_archive, .. } = one.use_of else { continue };
        if is_of_archive {
            archives.entry(archive_of(&one.home)).or_default().push((at, one));
        } else if let Some(workbook) = &one.workbook {
            workbooks.entry((workbook, &one.sha256)).or_default().push((at, one));
        } else {
            units.push(Unit {
                name: one.name.clone(),
                content_key: one.sha256.clone(),
                is_archive: false,
                files: vec![(at, one)],
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
    for files in archives.into_values() {
        let mut hashes: Vec<&str> =
            files.iter().map(|(_, one)| one.sha256.as_str()).collect();
        hashes.sort_unstable();
        let content_key = hex(&Sha256::digest(hashes.join("\n").as_bytes()));
        let shown = files.iter().map(|(_, one)| archive_of(&one.unit));
        // Of files that were named one by one, the folder may tell the day.
        let home = archive_of(&files[0].1.home).rsplit(['/', '\\']).next();
        let home = home.filter(|home| archived_on(home).is_some());
        let name = shown
            .chain(home)
            .find(|name| !name.is_empty())
            .unwrap_or(&files[0].1.name)
            .to_owned();
        units.push(Unit { name, content_key, is_archive: true, files });
    }
    units.sort_by(|a, b| (&a.name, &a.content_key).cmp(&(&b.name, &b.content_key)));
    units
}

/// What names tell of the age of exports that hold the same, as `resolve::Exports` ranks them:
/// the day of an archive or of analytics, then any that is written like `2026-01-31`.
pub(super) type NamedOn = (Option<String>, Option<Date>);

/// What an export's name tells of its age.
pub(super) fn named_on(name: &str, exported_on: Option<&str>) -> NamedOn {
    (exported_on.map(str::to_owned), resolve::day_in(name))
}

/// Of units that hold the same the one whose name is the newest, and how many files the others
/// have.
pub(super) fn distinct(units: Vec<Unit<'_>>) -> (Vec<Unit<'_>>, u64) {
    let mut newest: BTreeMap<String, (NamedOn, usize)> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        let day = unit.named_on();
        let is_older = |(known, _): &(NamedOn, usize)| day <= *known;
        if !newest.get(&unit.content_key).is_some_and(is_older) {
            newest.insert(unit.content_key.clone(), (day, at));
        }
    }
    let mut left = 0;
    let mut kept = Vec::new();
    for (at, unit) in units.into_iter().enumerate() {
        if newest[&unit.content_key].1 == at {
            kept.push(unit);
        } else {
            left += unit.files.len() as u64;
        }
    }
    (kept, left)
}

impl Unit<'_> {
    /// What its name tells of its age.
    pub(super) fn named_on(&self) -> NamedOn {
        named_on(&self.name, exported_on(self).as_deref())
    }

    /// How the database knows it.
    pub(super) fn export(&self) -> NewExport {
        NewExport {
            name: self.name.clone(),
            content_key: self.content_key.clone(),
            is_archive: self.is_archive,
            exported_on: exported_on(self),
            member_number: member_number(self),
        }
    }
}

/// The files of exports in the order in which they are read and written, with the number
/// and the export of each: the small ones first, so that the largest does not keep the
/// others waiting. Files of equal size stand by name and content, so that the numbers do
/// not depend on the order of the paths.
pub(super) fn in_order(
    fresh: &[(i64, Unit<'_>)],
    first_id: u32,
) -> Vec<(u32, i64, usize)> {
    let mut files: Vec<(i64, usize, &Looked)> = fresh
        .iter()
        .flat_map(|(export_id, unit)| {
            unit.files.iter().map(|(at, looked)| (*export_id, *at, *looked))
        })
        .collect();
    files.sort_by_key(|(_, _, one)| (one.bytes, &one.name, &one.sha256));
    let numbered = (first_id..).zip(files);
    numbered.map(|(id, (export_id, at, _))| (id, export_id, at)).collect()
}

/// The archive that a folder is of: articles lie two folders down.
fn archive_of(folder: &str) -> &str {
    let folder = folder.strip_suffix("/Articles").unwrap_or(folder);
    folder.strip_suffix("/Articles").unwrap_or(folder)
}

/// The day that an export's name gives as its own: month first in the name of a LinkedIn
/// archive; the last day, or the milliseconds, in those of analytics.
fn exported_on(unit: &Unit<'_>) -> Option<String> {
    if unit.is_archive {
        return archived_on(&unit.name);
    }
    let is_analytics = unit
        .files
        .iter()
        .any(|(_, one)| matches!(one.use_of, UseOf::Known { is_analytics: true, .. }));
    is_analytics.then(|| counted_to(&unit.name)).flatten()
}

fn archived_on(name: &str) -> Option<String> {
    let at = name.to_ascii_lowercase().rfind("linkedindataexport_")?;
    let day = name.get(at + "linkedindataexport_".len()..)?.get(..10)?;
    let mut parts = day.split('-');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    date.ok().map(|date| date.to_string())
}

/// `Content_2024-02-01_2024-04-30_Name.xlsx`, `page_content_1711000000000.xls`.
fn counted_to(name: &str) -> Option<String> {
    let own = name.rsplit('/').next().unwrap_or(name);
    let parts = || own.split(['_', '.', ' ']);
    let days = parts().filter_map(|part| part.parse::<Date>().ok());
    let stamps = parts()
        .filter(|part| part.len() == 13)
        .filter_map(|part| part.parse().ok())
        .filter_map(|ms| jiff::Timestamp::from_millisecond(ms).ok())
        .map(|at| jiff::tz::Offset::UTC.to_datetime(at).date());
    days.chain(stamps).max().map(|day| day.to_string())
}

/// The member's number in the names of an archive's files.
fn member_number(unit: &Unit<'_>) -> Option<u64> {
    unit.files.iter().find_map(|(_, one)| recognize::member_number(&one.name))
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
