//! What the readers of rows share: cells by field, dates and amounts by their column's
//! rules, identities and post names counted within the file.

mod fields;
mod notes;
mod values;

use std::{borrow::Cow, sync::Arc};

use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Batch, Outcome, Settings,
    cells::{header_currencies, not_understood, twins, yes_or_no},
    interned::{Interned, KeyHash},
    link, null,
    survey::Survey,
};
use crate::{
    decode::{PassedOver, Row},
    domain::{
        Currency, DealStatus, Identity, IdentityId, Place, PostName, PostNameId,
        Rejection, count,
    },
    recognize::{Crm, Field, Known, Record},
};

use self::notes::{no_profiles, told, unknown_statuses};
pub(super) use self::{fields::Fields, values::UNKNOWN_CURRENCIES};
pub(super) use super::cells::{person, read_instant};
pub(super) use crate::decode::shortened;

/// A person whom a row of the file named before.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownIdentity {
    pub(super) id: IdentityId,
    /// A profile or opaque id of LinkedIn's tells who it is.
    pub(super) has_profile: bool,
}

/// The state of one file while its rows are read.
pub(super) struct Context<'a> {
    pub(super) known: &'a Known,
    source_file_id: u32,
    given_currency: Option<Currency>,
    fields: Arc<Fields<'a>>,
    /// The currency that a column's header names.
    header_currency: Vec<Option<Currency>>,
    /// Columns of the same header as one before them, with that one.
    twins: Vec<(usize, usize)>,
    /// How deals stand at stages that the user's settings name.
    pub(super) stages: &'a std::collections::BTreeMap<String, DealStatus>,
    /// Stages that tell no status, each with how many deals are at it.
    pub(super) unknown_stages: std::collections::BTreeMap<Box<str>, u64>,
    /// Words of leads' statuses that nobody knows, each with how many leads have it.
    pub(super) unknown_statuses: std::collections::BTreeMap<Box<str>, u64>,
    /// How often records without an id were seen, by what stands for it.
    pub(super) nameless: FxHashMap<Box<str>, u32>,
    // Looked up and never walked, so their order cannot reach an output.
    pub(super) identities: Interned<Option<KnownIdentity>>,
    pub(super) post_urls: Interned<Option<PostNameId>>,
    /// The address that was looked up last: lists name one post in row after row.
    last_post_url: (String, Option<PostNameId>),
    /// The date that was read last; many rows of a list share theirs.
    last_date: Option<values::LastDate>,
    post_names: FxHashMap<PostName, PostNameId>,
    identity_count: u32,
    date_notes: std::collections::BTreeMap<&'static str, (u64, u64)>,
    notes: Vec<String>,
    newest_ms: Option<i64>,
    /// Names of one post that were kept together; looked up and never walked.
    pub(super) pairs: FxHashSet<(PostNameId, PostNameId)>,
    /// There are impressions of posts before and since April 2024.
    impressions: [bool; 2],
    pub(super) batch: Batch,
    pub(super) rows_read: u64,
    /// Rows with a note of their own that are counted at the end: no person, rounded, …
    counted: std::collections::BTreeMap<&'static str, u64>,
    /// By column for profiles: how many cells tell something else.
    pub(super) no_profiles: std::collections::BTreeMap<usize, u64>,
    /// By column, once it is asked for: whether it is one of profiles by its whole name.
    pub(super) of_profiles: std::collections::BTreeMap<usize, bool>,
    /// Profile URLs that may be the member's own, each with how often it was seen.
    pub(super) own_profiles: std::collections::BTreeMap<Box<str>, u32>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        known: &'a Known,
        source_file_id: u32,
        settings: &'a Settings,
        survey: &'a Survey,
    ) -> Self {
        Self {
            known,
            source_file_id,
            given_currency: settings.currency,
            fields: Arc::new(Fields::new(known, settings, survey)),
            header_currency: header_currencies(known),
            twins: match known.format.record() {
                // Two tables side by side, each with the same names.
                Some(Record::TopPosts) => Vec::new(),
                _ => twins(&known.layout.header),
            },
            stages: &settings.stages,
            unknown_stages: std::collections::BTreeMap::new(),
            unknown_statuses: std::collections::BTreeMap::new(),
            nameless: FxHashMap::default(),
            identities: Interned::default(),
            post_urls: Interned::default(),
            last_post_url: (String::new(), None),
            last_date: None,
            post_names: FxHashMap::default(),
            identity_count: 0,
            date_notes: std::collections::BTreeMap::new(),
            notes: not_understood(known),
            newest_ms: None,
            pairs: FxHashSet::default(),
            impressions: [false; 2],
            batch: Batch::default(),
            rows_read: 0,
            counted: std::collections::BTreeMap::new(),
            no_profiles: std::collections::BTreeMap::new(),
            of_profiles: std::collections::BTreeMap::new(),
            own_profiles: std::collections::BTreeMap::new(),
        }
    }

    /// The place of a row's `part`-th fact.
    pub(super) fn place(&self, row: &Row<'_>, part: u8) -> Place {
        Place::new(self.source_file_id, row.line, part)
    }

    /// The place of a fact that the whole file tells.
    pub(super) fn file_place(&self, line: u64, part: u8) -> Place {
        Place::new(self.source_file_id, line, part)
    }

    /// The header of a column.
    pub(super) fn header(&self, column: usize) -> &'a str {
        self.known.layout.header.get(column).map_or("", |name| name.trim())
    }

    /// What the CRM means whose export it is.
    pub(super) fn crm(&self) -> &'static Crm {
        self.known.format.crm()
    }

    /// Whether a row repeats the header.
    pub(super) fn is_header(&self, row: &Row<'_>) -> bool {
        let header = &self.known.layout.header;
        header.iter().enumerate().all(|(at, name)| row.cell(at).trim() == name.trim())
    }

    /// Notes the cells of columns of one header that differ; the first is taken.
    pub(super) fn note_twins(&mut self, row: &Row<'_>) {
        let differ = |&&(first, other): &&(usize, usize)| {
            let [one, two] = [first, other].map(|column| row.cell(column).trim());
            !one.is_empty() && !two.is_empty() && one != two
        };
        let number = self.twins.iter().filter(differ).count();
        if 0 < number {
            let words = "{cell differs|cells differ} between two columns of one name; the first \
                         was taken";
            self.note_counted(words, number as u64);
        }
    }

    /// Whether a column of the same header before this one has a cell that counts instead.
    pub(super) fn is_twin(&self, row: &Row<'_>, column: usize) -> bool {
        // They are in the order of the sheet.
        let found = self.twins.binary_search_by_key(&column, |(_, at)| *at);
        found.is_ok_and(|at| !row.cell(self.twins[at].0).trim().is_empty())
    }

    /// Whether the file has a column of this meaning.
    pub(super) fn has(&self, field: Field) -> bool {
        !self.fields.of(field).is_empty()
    }

    fn first(&self, field: Field) -> Option<usize> {
        self.fields.of(field).first().copied()
    }

    /// The preferred column's cell as it stands; empty where there is none.
    pub(super) fn raw<'r>(&self, row: &Row<'r>, field: Field) -> &'r str {
        self.fields.raw(row, field)
    }

    /// The first cell of a field that holds more than white space, trimmed.
    pub(super) fn text<'r>(&self, row: &Row<'r>, field: Field) -> Option<&'r str> {
        self.fields.text(row, field)
    }

    /// The first cell of a field that holds a value and no null word, trimmed.
    pub(super) fn value<'r>(&self, row: &Row<'r>, field: Field) -> Option<&'r str> {
        self.cells(row, field)
            .map(|(_, text)| text)
            .find(|text| !null::is_null_word(text))
    }

    /// The columns of a field that hold more than white space: each with its number.
    pub(super) fn cells<'r>(
        &self,
        row: &Row<'r>,
        field: Field,
    ) -> impl Iterator<Item = (usize, &'r str)> {
        self.fields.cells(row, field)
    }

    /// Yes or no; none where the cell says neither.
    pub(super) fn flag(&self, row: &Row<'_>, field: Field) -> Option<bool> {
        yes_or_no(self.text(row, field)?)
    }

    /// The words of a field whose line breaks some exports wrap in quotes.
    pub(super) fn unwrapped(&self, row: &Row<'_>, field: Field) -> String {
        let Some(column) = self.first(field) else {
            return String::new();
        };
        let text = row.cell(column);
        if self.fields.survey.is_wrapped(column) {
            text.replace("\"\n\"", "\n").replace("\"\r\n\"", "\r\n")
        } else {
            text.to_owned()
        }
    }

    /// Notes that something happened at an instant.
    pub(super) fn saw(&mut self, instant: Option<Timestamp>) {
        let newest = instant.map(Timestamp::as_millisecond);
        self.newest_ms = self.newest_ms.max(newest);
    }

    /// The number of the person that a row names; equal `parts` are one person, made by
    /// `make` when first seen. None where the parts name nobody.
    pub(super) fn identity<'p>(
        &mut self,
        parts: [&str; 4],
        make: impl FnOnce() -> Option<Identity<Cow<'p, str>>>,
    ) -> Option<IdentityId> {
        self.known_identity(KeyHash::of(&parts), parts, make).map(|known| known.id)
    }

    /// The same, by the hash of the parts, with what is known of the person.
    pub(super) fn known_identity<'p>(
        &mut self,
        hash: KeyHash,
        parts: [&str; 4],
        make: impl FnOnce() -> Option<Identity<Cow<'p, str>>>,
    ) -> Option<KnownIdentity> {
        let free = match self.identities.get(hash, &parts) {
            Ok(known) => return known,
            Err(free) => free,
        };
        let made = make().map(|identity| {
            self.identity_count += 1;
            let id = IdentityId::new(self.source_file_id, self.identity_count);
            let has_profile = identity.profile.is_some() || identity.member_id.is_some();
            self.batch.facts.identities.push(id, &identity);
            KnownIdentity { id, has_profile }
        });
        self.identities.insert(free, &parts, made);
        made
    }

    /// The number of the post that a URL names.
    pub(super) fn post_url(&mut self, url: &str) -> Option<PostNameId> {
        self.known_post_url(None, url)
    }

    /// The same, by the hash of the URL where that was told.
    pub(super) fn known_post_url(
        &mut self,
        told: Option<KeyHash>,
        url: &str,
    ) -> Option<PostNameId> {
        if self.last_post_url.0 == url {
            return self.last_post_url.1;
        }
        let hash = told.unwrap_or_else(|| KeyHash::of(&[url]));
        let id = match self.post_urls.get(hash, &[url]) {
            Ok(known) => known,
            Err(free) => {
                let id = link::post(url).map(|name| self.post_name(name));
                self.post_urls.insert(free, &[url], id);
                id
            }
        };
        url.clone_into(&mut self.last_post_url.0);
        self.last_post_url.1 = id;
        id
    }

    /// All that a row tells by itself, for whoever asks it elsewhere too.
    pub(super) fn fields(&self) -> &Arc<Fields<'a>> {
        &self.fields
    }

    /// The number of a post's name.
    pub(super) fn post_name(&mut self, name: PostName) -> PostNameId {
        let next = u32::try_from(self.post_names.len() + 1).unwrap_or(u32::MAX);
        let id = PostNameId::new(self.source_file_id, next);
        *self.post_names.entry(name).or_insert_with(|| {
            self.batch.facts.post_names.push((id, name));
            id
        })
    }

    /// All columns of a field, in the order of the sheet.
    pub(super) fn columns(&self, field: Field) -> Vec<usize> {
        let mut columns = self.fields.of(field).to_vec();
        columns.sort_unstable();
        columns
    }

    /// The first column of a field whose cell holds a value and no null word.
    pub(super) fn column_with_value(&self, row: &Row<'_>, field: Field) -> Option<usize> {
        let found = self.cells(row, field).find(|(_, text)| !null::is_null_word(text));
        found.map(|(column, _)| column)
    }

    /// Notes so many more of what is told once of the whole file; of the words see [`told`].
    pub(super) fn note_counted(&mut self, words: &'static str, number: u64) {
        *self.counted.entry(words).or_default() += number;
    }

    /// Says something about the file as a whole.
    pub(super) fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// Notes when a post with impressions appeared.
    pub(super) fn saw_impressions(&mut self, posted_at: Option<Timestamp>) {
        // Since then LinkedIn counts the views of reposts.
        const REPOSTS_COUNT_SINCE_MS: i64 = 1_711_929_600_000;
        let Some(posted_at) = posted_at else { return };
        let side = usize::from(REPOSTS_COUNT_SINCE_MS <= posted_at.as_millisecond());
        self.impressions[side] = true;
    }

    /// Rejects one cell; the row goes on without it.
    pub(super) fn reject_cell(&mut self, row: &Row<'_>, column: usize, reason: &str) {
        let header = self.known.layout.header.get(column).map(|name| name.trim());
        self.batch.rejections.push(Rejection {
            line: row.line,
            column: header.map(Into::into),
            text: shortened(row.cell(column)).into(),
            reason: reason.into(),
        });
    }

    /// Rejects a whole row.
    pub(super) fn reject_row(&mut self, line: u64, text: &str, reason: &str) {
        self.batch.rejections.push(Rejection {
            line,
            column: None,
            text: shortened(text).into(),
            reason: reason.into(),
        });
    }

    /// Adds what the table passed over to the notes.
    pub(super) fn note_passed_over(&mut self, passed_over: PassedOver) {
        let PassedOver { note_lines, footer_lines, collapsed_rows } = passed_over;
        if 0 < note_lines {
            let lines = count(note_lines, "line", "lines");
            self.notes.push(format!("{lines} of notes below the header"));
        }
        if 0 < footer_lines {
            let lines = count(footer_lines, "line", "lines");
            self.notes.push(format!("{lines} of a footer behind the last row"));
        }
        if 0 < collapsed_rows {
            let rows = count(collapsed_rows, "row", "rows");
            let were = if collapsed_rows == 1 { "was" } else { "were" };
            self.notes.push(format!(
                "{rows} stood inside one quoted cell and {were} read once more"
            ));
        }
    }

    /// Hands on what was gathered.
    pub(super) fn take_batch(&mut self) -> Batch {
        std::mem::take(&mut self.batch)
    }

    /// What is known of the file at its end.
    pub(super) fn outcome(self, rows_rejected: u64) -> Outcome {
        let mut notes = self.fields.survey.notes.clone();
        notes.extend(self.notes);
        if self.impressions == [true; 2] {
            notes.push(
                "impressions of posts before and since April 2024 do not compare: since then \
                 LinkedIn counts those of reposts"
                    .to_owned(),
            );
        }
        for (words, (number, line)) in self.date_notes {
            let first = if number == 1 { "" } else { "the first " };
            notes.push(format!("{}, {first}on line {line}", told(number, words)));
        }
        for (stage, count) in self.unknown_stages {
            let deals = if count == 1 { "deal is" } else { "deals are" };
            notes.push(if stage.is_empty() {
                format!(
                    "{count} {deals} at no stage, so that nothing tells open, won or lost"
                )
            } else {
                format!(
                    "{count} {deals} at \"{stage}\", which tells neither open, won nor \
                     lost; say it under [stages] in the configuration"
                )
            });
        }
        notes.extend(unknown_statuses(&self.unknown_statuses));
        notes.extend(no_profiles(&self.known.layout.header, &self.no_profiles));
        let counted = self.counted.into_iter().filter(|(_, number)| 0 < *number);
        notes.extend(counted.map(|(words, number)| told(number, words)));
        Outcome {
            rows_read: self.rows_read,
            rows_kept: self.rows_read - rows_rejected,
            rows_rejected,
            newest_ms: self.newest_ms,
            notes,
            fault: None,
        }
    }
}
