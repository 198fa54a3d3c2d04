//! Where the fields of a file stand, and how their cells read: all that a row tells by itself.

use jiff::tz::TimeZone;

use crate::{
    decode::Row,
    domain::Moment,
    normalize::{
        Settings,
        date::{self, DateRules},
        null,
        survey::Survey,
    },
    recognize::{Field, Kind, Known, Zone},
};

/// The columns of a file, and how their cells read.
pub(in crate::normalize) struct Fields<'a> {
    /// By field: its columns, the preferred one first.
    of: Vec<Vec<usize>>,
    kinds: Vec<Kind>,
    zone: TimeZone,
    pub(super) survey: &'a Survey,
}

impl<'a> Fields<'a> {
    pub(super) fn new(known: &Known, settings: &Settings, survey: &'a Survey) -> Self {
        let mut of = vec![Vec::new(); Field::COUNT];
        let mut kinds = vec![Kind::Text; known.layout.header.len()];
        // Of two fields of a column, the first says how it reads.
        for &(field, column, kind) in known.columns.bound().iter().rev() {
            of[field as usize].insert(0, column);
            if let Some(slot) = kinds.get_mut(column) {
                *slot = kind;
            }
        }
        let zone = match known.format.dates.zone {
            Zone::Utc => TimeZone::UTC,
            Zone::Given => settings.zone.clone(),
            Zone::Named(zone) => {
                TimeZone::get(zone).unwrap_or_else(|_| settings.zone.clone())
            }
        };
        Self { of, kinds, zone, survey }
    }

    /// The columns of a field.
    pub(super) fn of(&self, field: Field) -> &[usize] {
        &self.of[field as usize]
    }

    /// The preferred column's cell as it stands; empty where there is none.
    pub(in crate::normalize) fn raw<'r>(&self, row: &Row<'r>, field: Field) -> &'r str {
        self.of(field).first().map_or("", |column| row.cell(*column))
    }

    /// The first cell of a field that holds more than white space, trimmed.
    pub(in crate::normalize) fn text<'r>(
        &self,
        row: &Row<'r>,
        field: Field,
    ) -> Option<&'r str> {
        self.cells(row, field).map(|(_, text)| text).next()
    }

    /// The columns of a field that hold more than white space: each with its number.
    pub(super) fn cells<'r>(
        &self,
        row: &Row<'r>,
        field: Field,
    ) -> impl Iterator<Item = (usize, &'r str)> {
        let row = *row;
        (self.of(field).iter())
            .map(move |column| (*column, row.cell(*column).trim()))
            .filter(|(_, text)| !text.is_empty())
    }

    /// The column whose cell is taken: the preferred one that holds a value.
    pub(super) fn taken(&self, row: &Row<'_>, field: Field) -> Option<usize> {
        let holds = |column: &usize| !null::is_null_word(row.cell(*column));
        let columns = self.of(field);
        columns.iter().copied().find(holds).or(columns.first().copied())
    }

    /// How a column's cells read.
    pub(super) fn kind(&self, column: usize) -> Kind {
        self.kinds.get(column).copied().unwrap_or(Kind::Text)
    }

    /// How the dates of a column read.
    pub(super) fn date_rules(&self, column: usize, is_day: bool) -> DateRules<'_> {
        let is_day = is_day || self.kind(column) == Kind::Day;
        DateRules { column: self.survey.dates(column), zone: &self.zone, is_day }
    }

    /// The date of a field, where nothing is to be said of it.
    pub(in crate::normalize) fn plain_moment(
        &self,
        row: &Row<'_>,
        field: Field,
    ) -> Option<Moment> {
        let column = self.taken(row, field)?;
        let read = date::read(row.cell(column), &self.date_rules(column, false));
        read.ok()?.filter(|read| read.note.is_none()).map(|read| read.moment)
    }
}
