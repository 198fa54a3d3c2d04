//! Which export is newer, told by what the exports say.

use crate::domain::{ExportInfo, Moment, Place, SourceFile};

/// The files by number, with the order of their age.
#[derive(Debug)]
pub struct Exports<'a> {
    files: &'a [SourceFile],
    /// By file number: the position in the list.
    positions: Vec<Option<u32>>,
    /// By position: a higher rank is newer; equal ages are told apart by content.
    ranks: Vec<u32>,
    /// By position: the newest instant that the export records.
    ages: Vec<Option<i64>>,
}

impl<'a> Exports<'a> {
    /// Ranks the files.
    pub fn new(files: &'a [SourceFile]) -> Self {
        let last = files.iter().map(|file| file.source_file_id).max().unwrap_or(0);
        let mut positions = vec![None; last as usize + 1];
        for (at, file) in (0_u32..).zip(files) {
            positions[file.source_file_id as usize] = Some(at);
        }
        let ages: Vec<Option<i64>> = files.iter().map(|file| age(files, file)).collect();
        let mut order: Vec<usize> = (0..files.len()).collect();
        order.sort_by(|&a, &b| {
            let key =
                |at: usize| (ages[at], &files[at].export.content_key, &files[at].sha256);
            key(a).cmp(&key(b)).then_with(|| files[a].name.cmp(&files[b].name))
        });
        let mut ranks = vec![0; files.len()];
        for (rank, at) in (0_u32..).zip(order) {
            ranks[at] = rank;
        }
        Self { files, positions, ranks, ages }
    }

    /// The file of a place.
    pub fn file(&self, place: Place) -> &'a SourceFile {
        &self.files[self.position(place.source_file_id())]
    }

    /// The export of a place.
    pub fn export(&self, place: Place) -> &'a ExportInfo {
        &self.file(place).export
    }

    /// The age of a place's file; a higher rank is newer. Lines of one file keep their
    /// order, the later one counting as newer.
    pub fn rank(&self, place: Place) -> (u32, Place) {
        (self.ranks[self.position(place.source_file_id())], place)
    }

    /// When a row was last true, in Unix milliseconds: when the CRM changed its record, else
    /// the newest instant that its export records.
    pub fn changed_ms(&self, place: Place, changed_at: Option<Moment>) -> Option<i64> {
        let changed = changed_at.map(|moment| moment.start().as_millisecond());
        changed.or_else(|| self.ages[self.position(place.source_file_id())])
    }

    /// Whether the header of a place's file has a field, so that an empty cell says
    /// something.
    pub(super) fn has_field(&self, place: Place, field: &str) -> bool {
        self.file(place).fields.iter().any(|own| &**own == field)
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
        age(self.files, file)
    }

    fn position(&self, source_file_id: u32) -> usize {
        let position = self.positions.get(source_file_id as usize).copied().flatten();
        position.expect("every place is in an imported file") as usize
    }
}

/// The day in an archive's name, else the newest instant that its files record.
fn age(files: &[SourceFile], file: &SourceFile) -> Option<i64> {
    exported_ms(&file.export).or_else(|| {
        files
            .iter()
            .filter(|other| other.export.export_id == file.export.export_id)
            .filter_map(|other| other.newest_ms)
            .max()
    })
}

fn exported_ms(export: &ExportInfo) -> Option<i64> {
    let day = Moment::from_text(export.exported_on.as_deref()?)?;
    Some(day.start().as_millisecond())
}
