//! Which export is newer, told by what the exports say, and whose ids its records have.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{
    leads::system,
    spaces::{Spaces, base_system},
};
use crate::{
    domain::{Ambiguity, ExportInfo, Facts, Moment, Place, SourceFile, Subject},
    recognize::Field,
};

/// The files by number, with the order of their age.
#[derive(Debug)]
pub struct Exports<'a> {
    files: &'a [SourceFile],
    /// By file number: the position in the list.
    positions: Vec<Option<u32>>,
    /// By position: a higher rank is newer; equal ages are told apart by the day in the name,
    /// then by content.
    ranks: Vec<u32>,
    /// By position: the newest instant that the export records.
    ages: Vec<Option<i64>>,
    /// By position: the day in the file's name.
    days: Vec<Option<Date>>,
    spaces: Spaces<'a>,
}

impl<'a> Exports<'a> {
    /// Ranks the files, and finds which of them share their ids.
    pub fn of(files: &'a [SourceFile], facts: &'a Facts) -> Self {
        let mut exports = Self::new(files);
        exports.spaces = Spaces::find(&exports, facts);
        exports
    }

    /// Ranks the files. Whoever asks for systems of records needs [`Exports::of`].
    pub fn new(files: &'a [SourceFile]) -> Self {
        let last = files.iter().map(|file| file.source_file_id).max().unwrap_or(0);
        let mut positions = vec![None; last as usize + 1];
        for (at, file) in (0_u32..).zip(files) {
            positions[file.source_file_id as usize] = Some(at);
        }
        let ages = ages(files);
        let days: Vec<Option<Date>> =
            files.iter().map(|file| day_in(&file.name)).collect();
        let mut order: Vec<usize> = (0..files.len()).collect();
        order.sort_by(|&a, &b| {
            let content = |at: usize| (&files[at].export.content_key, &files[at].sha256);
            let key = |at: usize| (ages[at], days[at], content(at));
            key(a).cmp(&key(b)).then_with(|| files[a].name.cmp(&files[b].name))
        });
        let mut ranks = vec![0; files.len()];
        for (rank, at) in (0_u32..).zip(order) {
            ranks[at] = rank;
        }
        let spaces = Spaces::default();
        Self { files, positions, ranks, ages, days, spaces }
    }

    /// The file of a place.
    pub fn file(&self, place: Place) -> &'a SourceFile {
        &self.files[self.position(place.source_file_id())]
    }

    /// The export of a place.
    pub fn export(&self, place: Place) -> &'a ExportInfo {
        &self.file(place).export
    }

    /// The CRM, or other vendor, of a place's file, for one kind of record; a table of nobody's
    /// whose ids are its own is a CRM of its own.
    pub fn system(&self, place: Place, about: Subject) -> &str {
        let own = self.spaces.system(self.position(place.source_file_id()), about);
        own.unwrap_or_else(|| system(&self.file(place).format))
    }

    /// The system of the record whose id a place names; none where several have it, and
    /// nothing tells which is meant.
    pub fn holder(&self, place: Place, about: Subject, id: &str) -> Option<&str> {
        let file = self.position(place.source_file_id());
        self.spaces.holder((system(&self.file(place).format), file), about, id)
    }

    /// Whether tables of a system were found apart, so that one id may be of several records.
    pub fn is_split(&self, system: &str, about: Subject) -> bool {
        self.spaces.is_split(base_system(system), about)
    }

    /// All systems that a name means, for one kind of record.
    pub(super) fn systems_of(&self, system: &str, about: Subject) -> BTreeSet<String> {
        self.spaces.of(system, about)
    }

    /// What was found of tables whose ids are their own.
    pub(super) fn notes_of_spaces(&self) -> &[Ambiguity] {
        &self.spaces.notes
    }

    /// The age of a place's file; a higher rank is newer. Lines of one file keep their
    /// order, the later one counting as newer.
    pub fn rank(&self, place: Place) -> (u32, Place) {
        (self.ranks[self.position(place.source_file_id())], place)
    }

    /// The age of a file, by its position; a higher rank is newer.
    pub(super) fn rank_of(&self, file: u32) -> u32 {
        self.ranks[file as usize]
    }

    /// What tells whether a place's file is newer than another: its age, then the day in its
    /// name. Of equal ones nothing does.
    pub(super) fn age_and_day(&self, place: Place) -> (Option<i64>, Option<Date>) {
        let position = self.position(place.source_file_id());
        (self.ages[position], self.days[position])
    }

    /// When a row was last true, in Unix milliseconds: when the CRM changed its record, else
    /// the newest instant that its export records.
    pub fn changed_ms(&self, place: Place, changed_at: Option<Moment>) -> Option<i64> {
        let changed = changed_at.map(|moment| moment.start().as_millisecond());
        changed.or_else(|| self.ages[self.position(place.source_file_id())])
    }

    /// The day in the name of a place's file, which tells exports apart that record the same.
    pub(super) fn named_on(&self, place: Place) -> Option<Date> {
        self.days[self.position(place.source_file_id())]
    }

    /// Whether the header of a place's file has a field, so that an empty cell says
    /// something.
    pub(super) fn has_field(&self, place: Place, field: Field) -> bool {
        let name = field.name();
        self.file(place).fields.iter().any(|own| &**own == name)
    }

    /// All files.
    pub(super) fn files(&self) -> &'a [SourceFile] {
        self.files
    }

    /// The newest instant that any export records, in Unix milliseconds.
    pub fn newest_ms(&self) -> Option<i64> {
        self.files
            .iter()
            .filter_map(|file| file.newest_ms.max(exported_ms(&file.export)))
            .max()
    }

    /// The day in an archive's name, else the newest instant that its files record.
    pub(super) fn age(&self, file: &SourceFile) -> Option<i64> {
        self.ages[self.position(file.source_file_id)]
    }

    /// The position of a file in the list.
    pub(super) fn position(&self, source_file_id: u32) -> usize {
        let position = self.positions.get(source_file_id as usize).copied().flatten();
        position.expect("every place is in an imported file") as usize
    }
}

/// By file: the day in its archive's name, else the newest instant that the archive's files
/// record.
fn ages(files: &[SourceFile]) -> Vec<Option<i64>> {
    let mut newest: BTreeMap<i64, Option<i64>> = BTreeMap::new();
    for file in files {
        let known = newest.entry(file.export.export_id).or_default();
        *known = file.newest_ms.max(*known);
    }
    let age = |file: &SourceFile| {
        exported_ms(&file.export).or_else(|| newest[&file.export.export_id])
    };
    files.iter().map(age).collect()
}

/// The last day in a name that is written like `2026-01-31`.
pub(crate) fn day_in(name: &str) -> Option<Date> {
    const FORM: &[u8] = b"0000-00-00";
    let is_digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
    let bytes = name.as_bytes();
    let mut days = bytes.windows(FORM.len()).enumerate().filter_map(|(at, window)| {
        let fits = window.iter().zip(FORM).all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            other => byte == other,
        });
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let is_longer = is_digit(before) || is_digit(bytes.get(at + FORM.len()));
        let text = str::from_utf8(window).ok().filter(|_| fits && !is_longer)?;
        text.parse().ok()
    });
    days.next_back()
}

fn exported_ms(export: &ExportInfo) -> Option<i64> {
    let day = Moment::from_text(export.exported_on.as_deref()?)?;
    Some(day.start().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_last_day() {
        let day = |name| day_in(name).map(|day| day.to_string());
        let expected = Some("2025-02-28".to_owned());
        assert_eq!(day("hubspot-crm-exports-all-deals-2025-02-28.csv"), expected);
        assert_eq!(day("2025-01-31/deals_2025-02-28 (1).csv"), expected);
        for name in ["deals.csv", "12025-02-28.csv", "2025-02-281", "2025-02-30", "ü-02"]
        {
            assert_eq!(day(name), None, "{name}");
        }
    }
}
