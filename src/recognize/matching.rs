//! Headers against formats.

mod persons;

pub use persons::tells_documents;

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::{
    Column, FORMATS, Field, Format, Kind, Record, Registry, Takes,
    spelling::{Header, Reading, Spelling},
};

/// Which columns of a file hold which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    bound: Vec<(Field, usize, Kind)>,
}

impl Columns {
    /// Columns that a shape tells, of numbers and text.
    pub(super) fn of(columns: &[(Field, usize)]) -> Self {
        let bound = columns.iter().map(|(field, at)| (*field, *at, Kind::Text)).collect();
        Self { bound }
    }

    /// The preferred column of a field, from 0.
    pub fn first(&self, field: Field) -> Option<usize> {
        self.all(field).next()
    }

    /// All columns of a field, the preferred one first.
    pub fn all(&self, field: Field) -> impl Iterator<Item = usize> {
        self.bound
            .iter()
            .filter(move |(one, ..)| *one == field)
            .map(|(_, column, _)| *column)
    }

    /// All columns that hold anything, each with its field and kind, as declared.
    pub fn bound(&self) -> &[(Field, usize, Kind)] {
        &self.bound
    }
}

/// The format that lacks least for a table that fits none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The format.
    pub format: &'static str,
    /// Its columns that are there, as the format calls them.
    pub has: Vec<&'static str>,
    /// Its required columns that are missing, as the format calls them.
    pub lacks: Vec<&'static str>,
}

/// The formats whose required columns are all in the header, only those with the most
/// columns; several where they fit alike.
pub(super) fn best(registry: &Registry, cells: &[String]) -> Vec<Fitting> {
    if cells.len() < 2 {
        return Vec::new();
    }
    // A network has hundreds of files of one header.
    registry.seen.of(cells, || fitting(registry, cells))
}

/// A format that fits a header, with the columns that it finds there.
pub(super) type Fitting = (&'static Format, Columns);

/// Headers that were compared with all formats.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<FxHashMap<Box<[String]>, Vec<Fitting>>>);

impl Seen {
    /// Headers beyond so many, or wider than this, are compared anew.
    const MOST_HEADERS: usize = 1_000;
    const MOST_CELLS: usize = 500;

    fn of(&self, cells: &[String], find: impl FnOnce() -> Vec<Fitting>) -> Vec<Fitting> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(cells) {
            return known.clone();
        }
        let found = find();
        let mut seen = lock();
        if seen.len() < Self::MOST_HEADERS && cells.len() <= Self::MOST_CELLS {
            seen.insert(cells.into(), found.clone());
        }
        found
    }
}

/// What was seen is seen by one registry, as its formats stand.
impl Clone for Seen {
    fn clone(&self) -> Self {
        Self::default()
    }
}

fn fitting(registry: &Registry, cells: &[String]) -> Vec<Fitting> {
    let header = Header::of(cells);
    let exact = exact(registry, &header);
    // Files of LinkedIn's need no comparison, nor does what has the columns alone of which
    // nothing is taken.
    let is_of_crm = |(format, _): &Fitting| matches!(format.takes, Takes::Crm(..));
    let is_of_more = |(format, columns): &Fitting| {
        format.record().is_none() && columns.bound.len() < header.written.len()
    };
    let may_be_another = exact.iter().all(is_of_more);
    if !may_be_another && !exact.iter().any(is_of_crm) {
        return exact;
    }
    let (generic, others) = generic(registry, &header);
    let told = if may_be_another {
        let vendors = registry.formats().iter().copied();
        let vendors = vendors
            .filter(|format| !format.crm().is_generic && format.record().is_some())
            .filter_map(|format| bound(format, &header, Reading::Squeezed))
            // One name that only reads alike tells no vendor.
            .filter(|(_, columns)| 1 < columns.bound.len());
        let told = by_letters(fullest(vendors.collect()), generic, others);
        let is_kept = exact.iter().any(is_refusal) && !told.iter().all(are_followed);
        if width(&exact) < width(&told) && !is_kept { told } else { exact }
    } else if is_of_another_kind(&exact, &generic)
        || exact.iter().all(is_of_companies) && width(&exact) < others
        || exact.iter().all(is_of_release)
            && (persons::is_of_leads(&exact, &generic)
                || is_of_nobody(registry, &header, &exact, &generic))
    {
        generic
    } else {
        exact
    };
    told.into_iter().map(|one| with_usual_names(registry, &header, one)).collect()
}

fn bound(
    format: &'static Format,
    header: &Header<'_>,
    reading: Reading,
) -> Option<Fitting> {
    Some((format, bind(format, header, reading).ok()?))
}

/// The formats of vendors that fit a header as it stands.
fn exact(registry: &Registry, header: &Header<'_>) -> Vec<Fitting> {
    // Two names that any table may have tell only one that has no others.
    let is_told = |(format, _): &Fitting| {
        let is_bare =
            matches!(format.takes, Takes::Nothing(_)) && format.columns.len() < 3;
        !(is_bare && format.name.starts_with("touchstone-")) || header.cells.len() < 3
    };
    let formats = registry.formats().iter().copied();
    let mut exact: Vec<Fitting> = formats
        .filter(|format| !format.crm().is_generic)
        .filter_map(|format| bound(format, header, Reading::Exact))
        .filter(is_told)
        .collect();
    // A refusal is for lists that would be read if they held more: any other wins.
    if !exact.iter().all(is_refusal) {
        exact.retain(|one| !is_refusal(one));
    }
    fullest(exact)
}

fn is_refusal((format, _): &Fitting) -> bool {
    matches!(format.takes, Takes::Refused(_))
}

/// Whether a table says how its people stand with whoever keeps it, as no list does that was
/// only gathered somewhere.
fn are_followed((_, columns): &Fitting) -> bool {
    const STANDING: [Field; 3] =
        [Field::LeadStatus, Field::IsConverted, Field::Lifecycle];
    STANDING.iter().any(|field| columns.first(*field).is_some())
}

/// The formats of nobody's own that fit a header, and how many columns one of persons has that
/// would, were the table not of something else.
fn generic(registry: &Registry, header: &Header<'_>) -> (Vec<Fitting>, usize) {
    let formats = registry.formats().iter().copied();
    let mut generic: Vec<Fitting> = formats
        .filter(|format| format.crm().is_generic)
        .filter_map(|format| bound(format, header, Reading::Generic))
        .collect();
    let leads = generic.iter().find(|one| persons::are_leads(one)).cloned();
    if let Some((_, leads)) = leads {
        generic.retain(|one| !persons::came_of(&leads, one));
    }
    let (others, generic) =
        generic.into_iter().partition(|one| persons::are_others(registry, header, one));
    let mut generic = fullest(generic);
    // Leads and contacts are one kind of record, so that nothing is chosen between them.
    generic.dedup_by_key(|(format, _)| format.record());
    (generic, width(&fullest(others)))
}

/// A generic format is for tables of nobody's own. Where more columns are those of one
/// vendor, only joined otherwise, the table is that vendor's; so are those that only seemed to
/// be of persons, by so many columns.
fn by_letters(
    vendors: Vec<Fitting>,
    generic: Vec<Fitting>,
    others: usize,
) -> Vec<Fitting> {
    let is_told = if generic.is_empty() {
        others < width(&vendors)
    } else {
        vendors.len() == 1 && width(&generic) < width(&vendors)
    };
    if is_told { vendors } else { generic }
}

fn is_of_companies((format, _): &Fitting) -> bool {
    format.record() == Some(Record::Account)
}

/// Whether a table has what a vendor's list of companies has, say, but much more of a deal.
fn is_of_another_kind(exact: &[Fitting], generic: &[Fitting]) -> bool {
    let is_other = |(format, _): &Fitting| {
        format.record() != Some(Record::ContactWithDeal)
            && generic.iter().all(|(other, _)| other.record() != format.record())
    };
    width(exact) < width(generic) && exact.iter().all(is_other)
}

/// Whether a format is none of the user's own, which knows best what its table is.
fn is_of_release((format, _): &Fitting) -> bool {
    FORMATS.iter().any(|one| one.name == format.name)
}

/// Whether a vendor's format finds none of its ids in a table, and less than one of nobody's own
/// does: its ids are what makes a table one of that vendor's.
fn is_of_nobody(
    registry: &Registry,
    header: &Header<'_>,
    exact: &[Fitting],
    generic: &[Fitting],
) -> bool {
    const IDS: [Field; 4] =
        [Field::RemoteId, Field::ParentId, Field::ContactIds, Field::AccountIds];
    exact.iter().all(|one| {
        let has_id = one.1.bound.iter().any(|(field, ..)| IDS.contains(field));
        let (format, columns) = with_usual_names(registry, header, one.clone());
        let is_same = |(other, _): &Fitting| other.record() == format.record();
        !has_id && generic.iter().all(is_same) && columns.bound.len() < width(generic)
    })
}

/// How many columns those that fit have bound.
fn width(fitting: &[Fitting]) -> usize {
    fitting.first().map_or(0, |(_, columns)| columns.bound.len())
}

/// A vendor's columns under names that are not the vendor's but the usual ones: of fields
/// that the vendor has, and for which no other column stands.
fn with_usual_names(
    registry: &Registry,
    header: &Header<'_>,
    (format, mut columns): Fitting,
) -> Fitting {
    if format.crm().is_generic || !matches!(format.takes, Takes::Crm(..)) {
        return (format, columns);
    }
    let is_told: Vec<Field> = columns.bound.iter().map(|(field, ..)| *field).collect();
    let is_wanted = |field: Field| {
        !is_told.contains(&field)
            && field != Field::Unused
            && format.columns.iter().any(|column| column.field == field)
    };
    let mut is_taken = vec![false; header.cells.len()];
    columns.bound.iter().for_each(|(_, at, _)| is_taken[*at] = true);
    let usual = registry.formats().iter();
    for usual in usual.filter(|it| it.crm().is_generic && it.record() == format.record())
    {
        let mut bound = Vec::new();
        let mut is_seen = is_taken.clone();
        take(usual, header, Reading::Generic, &mut is_seen, &mut bound);
        take_bare(usual, header, &mut is_seen, &mut bound);
        for (field, at, kind) in bound.into_iter().filter(|(field, ..)| is_wanted(*field))
        {
            if !std::mem::replace(&mut is_taken[at], true) {
                columns.bound.push((field, at, kind));
            }
        }
    }
    (format, columns)
}

/// Those that bind most columns.
fn fullest(fitting: Vec<Fitting>) -> Vec<Fitting> {
    let most = fitting.iter().map(|(_, columns)| columns.bound.len()).max().unwrap_or(0);
    fitting.into_iter().filter(|(_, columns)| columns.bound.len() == most).collect()
}

/// Binds what a format knows of a header.
pub(super) fn bind_all(format: &Format, cells: &[String]) -> Columns {
    let header = Header::of(cells);
    let readings = if format.crm().is_generic {
        [Reading::Generic].as_slice()
    } else {
        &[Reading::Exact, Reading::Squeezed]
    };
    readings
        .iter()
        .find_map(|reading| bind(format, &header, *reading).ok())
        .unwrap_or(Columns { bound: Vec::new() })
}

/// The format that shares most with a header that fits none: columns by their names, for
/// what fits half the headers there are tells nothing.
pub(super) fn nearest(registry: &Registry, cells: &[String]) -> Option<Nearest> {
    const FEWEST: usize = 2;
    let header = Header::of(cells);
    let score = |nearest: &Nearest| {
        let (has, lacks) = (nearest.has.len(), nearest.lacks.len());
        (has * 1000 / (has + lacks * 2), has)
    };
    let formats = registry.formats().iter().filter(|format| format.record().is_some());
    formats
        .filter_map(|format| {
            let reading = if format.crm().is_generic {
                Reading::Generic
            } else {
                Reading::Squeezed
            };
            let lacks = bind(format, &header, reading).err()?;
            let is_there = |column: &&Column| {
                let mut names = column.names.iter().filter(|name| !name.contains('*'));
                names.any(|name| header.has(reading, column.kind, name))
            };
            let has: Vec<_> = format
                .columns
                .iter()
                .filter(is_there)
                .map(|column| column.names[0])
                .collect();
            let is_near = FEWEST <= has.len();
            is_near.then_some(Nearest { format: format.name, has, lacks })
        })
        .reduce(|a, b| if score(&a) < score(&b) { b } else { a })
}

/// Binds a format's columns to a header, or says which required ones are missing.
fn bind(
    format: &Format,
    header: &Header<'_>,
    reading: Reading,
) -> Result<Columns, Vec<&'static str>> {
    let is_there = |column: &&Column| {
        column.names.iter().any(|name| header.has(reading, column.kind, name))
    };
    let required = format.columns.iter().filter(|column| column.is_required);
    let lacks: Vec<_> = required
        .filter(|column| !is_there(column))
        .map(|column| column.names[0])
        .collect();
    if !lacks.is_empty() {
        return Err(lacks);
    }
    let mut bound = Vec::new();
    let mut is_taken = vec![false; header.cells.len()];
    take(format, header, reading, &mut is_taken, &mut bound);
    match reading {
        Reading::Exact => {
            take(format, header, Reading::Squeezed, &mut is_taken, &mut bound);
        }
        Reading::Generic => {
            take_bare(format, header, &mut is_taken, &mut bound);
            if format.record() == Some(Record::Deal) {
                persons::by_number(header, &is_taken, &mut bound);
            }
        }
        Reading::Squeezed => {}
    }
    let has = |field: &Field| bound.iter().any(|(one, ..)| one == field);
    let unmet = format.crm().needs.iter().filter(|group| !group.iter().any(has));
    let name_of = |field: &Field| {
        format
            .columns
            .iter()
            .find(|column| column.field == *field)?
            .names
            .first()
            .copied()
    };
    let mut lacks: Vec<_> =
        unmet.filter_map(|group| group.iter().find_map(name_of)).collect();
    let own = format.crm().own;
    if !own.iter().any(|name| header.has(reading, Kind::Text, name)) {
        lacks.extend(own.first());
    }
    if lacks.is_empty() { Ok(Columns { bound }) } else { Err(lacks) }
}

/// Binds the cells that fit and are not taken yet.
fn take(
    format: &Format,
    header: &Header<'_>,
    reading: Reading,
    is_taken: &mut [bool],
    bound: &mut Vec<(Field, usize, Kind)>,
) {
    for column in format.columns {
        for name in column.names {
            // The exact spelling first: it decides between twins that differ in case.
            let exact = header.by_cell.get(*name).into_iter().flatten().copied();
            let alike = header.fitting(reading, column.kind, name);
            for at in exact.chain(alike) {
                if !is_taken[at] {
                    is_taken[at] = true;
                    bound.push((column.field, at, column.kind));
                }
            }
        }
    }
}

/// Binds the cells that fit once the thing that the table is about is left out of them.
fn take_bare(
    format: &Format,
    header: &Header<'_>,
    is_taken: &mut [bool],
    bound: &mut Vec<(Field, usize, Kind)>,
) {
    let bare = header.bare(format.crm().things);
    for column in format.columns {
        for name in column.names {
            for &at in bare.get(&Spelling::of(name).letters).into_iter().flatten() {
                if !is_taken[at] {
                    is_taken[at] = true;
                    bound.push((column.field, at, column.kind));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
