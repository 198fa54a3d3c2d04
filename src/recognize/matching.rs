//! Headers against formats.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::{
    Column, Field, Format, Kind, Record, Registry, Takes, header, spelling::Spelling,
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
    let bound = |reading: Reading, format: &&'static Format| {
        Some((*format, bind(format, &header, reading).ok()?))
    };
    let formats = || registry.formats().iter();
    let is_generic = |format: &&&'static Format| format.crm().is_generic;
    // Two names that any table may have tell only one that has no others.
    let is_told = |(format, _): &Fitting| {
        let is_bare =
            matches!(format.takes, Takes::Nothing(_)) && format.columns.len() < 3;
        !(is_bare && format.name.starts_with("touchstone-")) || cells.len() < 3
    };
    let mut exact: Vec<Fitting> = formats()
        .filter(|format| !is_generic(format))
        .filter_map(|format| bound(Reading::Exact, format))
        .filter(is_told)
        .collect();
    // A refusal is for lists that would be read if they held more: any other wins.
    let is_refusal = |(format, _): &Fitting| matches!(format.takes, Takes::Refused(_));
    if !exact.iter().all(is_refusal) {
        exact.retain(|one| !is_refusal(one));
    }
    let exact = fullest(exact);
    // What nothing is taken from needs no comparison, and neither do files of LinkedIn's.
    let is_of_crm = |(format, _): &Fitting| matches!(format.takes, Takes::Crm(..));
    if !exact.is_empty() && !exact.iter().any(is_of_crm) {
        return exact;
    }
    let generic: Vec<Fitting> = formats()
        .filter(is_generic)
        .filter_map(|format| bound(Reading::Generic, format))
        .collect();
    let mut generic = fullest(generic);
    generic.retain(|one| !are_deals(registry, &header, one));
    // Leads and contacts are one kind of record, so that nothing is chosen between them.
    generic.dedup_by_key(|(format, _)| format.record());
    let told = if exact.is_empty() {
        let vendors = formats()
            .filter(|format| !is_generic(format) && format.record().is_some())
            .filter_map(|format| bound(Reading::Squeezed, format));
        by_letters(fullest(vendors.collect()), generic)
    } else if is_of_another_kind(&exact, &generic) {
        generic
    } else {
        exact
    };
    told.into_iter().map(|one| with_usual_names(registry, &header, one)).collect()
}

/// A generic format is for tables of nobody's own. Where more columns are those of one
/// vendor, only joined otherwise, the table is that vendor's.
fn by_letters(vendors: Vec<Fitting>, generic: Vec<Fitting>) -> Vec<Fitting> {
    let is_told = vendors.len() == 1 && width(&generic) < width(&vendors);
    if is_told || generic.is_empty() { vendors } else { generic }
}

/// Whether a table has what a vendor's list of companies has, say, but much more of a deal.
fn is_of_another_kind(exact: &[Fitting], generic: &[Fitting]) -> bool {
    let is_other = |(format, _): &Fitting| {
        format.record() != Some(Record::ContactWithDeal)
            && generic.iter().all(|(other, _)| other.record() != format.record())
    };
    width(exact) < width(generic) && exact.iter().all(is_other)
}

/// Whether a table that names no person says what something is worth: deals without their
/// stage are no leads.
fn are_deals(
    registry: &Registry,
    header: &Header<'_>,
    (format, columns): &Fitting,
) -> bool {
    const PERSON: [Field; 6] = [
        Field::Email,
        Field::FullName,
        Field::FirstName,
        Field::LastName,
        Field::ProfileUrl,
        Field::Phone,
    ];
    let is_person = columns.bound.iter().any(|(field, ..)| PERSON.contains(field));
    let is_of_deals = |one: &&&'static Format| {
        one.crm().is_generic && one.record() == Some(Record::Deal)
    };
    let columns =
        registry.formats().iter().filter(is_of_deals).flat_map(|one| one.columns);
    let mut amounts = columns.filter(|column| column.kind == Kind::Amount);
    format.record() == Some(Record::Contact)
        && !is_person
        && amounts.any(|column| {
            let mut names = column.names.iter().filter(|name| !name.contains('*'));
            names.any(|name| header.has(Reading::Generic, column.kind, name))
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

/// How header cells are compared with a format's names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Folded.
    Exact,
    /// By their letters: `lead_source` and `LeadSource` are `Lead Source`.
    Squeezed,
    /// As tables of nobody's own write them: `Amount (EUR)` as well as `Amount`, `Deal Stage`
    /// as well as `Stage`.
    Generic,
}

/// Where words stand in a header; looked up and never walked, so that a table of a hundred
/// thousand columns costs no more than its columns and the names together.
type Places = FxHashMap<String, Vec<usize>>;

/// A header in all its spellings.
struct Header<'a> {
    cells: &'a [String],
    folded: Vec<String>,
    squeezed: Vec<String>,
    /// Without the currency at the end.
    amounts: Vec<Option<String>>,
    /// The cells that say anything.
    written: Vec<usize>,
    by_cell: Places,
    by_folded: Places,
    by_squeezed: Places,
    by_amount: Places,
}

impl<'a> Header<'a> {
    fn of(cells: &'a [String]) -> Self {
        let all = |spell: fn(&str) -> String| cells.iter().map(|it| spell(it)).collect();
        let amount = |cell: &String| {
            header::currency(cell).map(|(words, _)| header::squeezed(&words))
        };
        let folded: Vec<String> = all(header::fold);
        let squeezed: Vec<String> = all(|cell| header::squeezed(&header::fold(cell)));
        let amounts: Vec<Option<String>> = cells.iter().map(amount).collect();
        let written = (0..cells.len()).filter(|at| !folded[*at].is_empty()).collect();
        Self {
            cells,
            written,
            by_cell: places(cells.iter().map(|cell| Some(cell.trim()))),
            by_folded: places(folded.iter().map(|words| Some(words.as_str()))),
            by_squeezed: places(squeezed.iter().map(|words| Some(words.as_str()))),
            by_amount: places(amounts.iter().map(Option::as_deref)),
            folded,
            squeezed,
            amounts,
        }
    }

    /// Where the words stand that cells are without the things that a table is about.
    fn bare(&self, things: &[&str]) -> Places {
        let mut found = Places::default();
        for &at in &self.written {
            let mut bare = header::bare(&self.squeezed[at], things);
            let amount = self.amounts[at].iter();
            bare.extend(amount.flat_map(|words| header::bare(words, things)));
            for words in bare {
                found.entry(words).or_default().push(at);
            }
        }
        found
    }

    /// Whether any cell fits a name.
    fn has(&self, reading: Reading, kind: Kind, name: &'static str) -> bool {
        !self.fitting(reading, kind, name).is_empty()
    }

    /// The cells that fit a name, in order.
    fn fitting(&self, reading: Reading, kind: Kind, name: &'static str) -> Vec<usize> {
        let of = |cells: &[String], places: &Places, name: &str| -> Vec<usize> {
            if name.contains('*') {
                let written = self.written.iter().copied();
                return written.filter(|at| header::fits(&cells[*at], name)).collect();
            }
            places.get(name).cloned().unwrap_or_default()
        };
        let spelling = Spelling::of(name);
        let mut found = of(&self.folded, &self.by_folded, &spelling.folded);
        if reading != Reading::Exact {
            let letters = &spelling.letters;
            found.extend(of(&self.squeezed, &self.by_squeezed, letters));
            if reading == Reading::Generic && kind == Kind::Amount {
                found.extend(self.by_amount.get(letters).into_iter().flatten());
            }
            found.sort_unstable();
            found.dedup();
        }
        found
    }
}

/// Where each word stands that is one.
fn places<'a>(words: impl Iterator<Item = Option<&'a str>>) -> Places {
    let mut places = Places::default();
    for (at, words) in words.enumerate() {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            places.entry(words.to_owned()).or_default().push(at);
        }
    }
    places
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
        Reading::Generic => take_bare(format, header, &mut is_taken, &mut bound),
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
    let lacks: Vec<_> =
        unmet.filter_map(|group| group.iter().find_map(name_of)).collect();
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
