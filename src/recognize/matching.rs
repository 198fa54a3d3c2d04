//! Headers against formats.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::{Field, Format, Kind, Registry, Takes, header};

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
    let folded: Vec<String> = cells.iter().map(|cell| header::fold(cell)).collect();
    let fitting: Vec<_> = registry
        .formats()
        .iter()
        .filter_map(|format| Some((*format, bind(format, cells, &folded).ok()?)))
        .collect();
    // A generic format is for tables of nobody's own, a refusal for lists that would be read
    // if they held more: any other wins.
    let level = |format: &Format| match format.takes {
        Takes::Crm(_, crm) if crm.is_generic => 0,
        Takes::Refused(_) => 1,
        _ => 2,
    };
    let highest = fitting.iter().map(|(format, _)| level(format)).max().unwrap_or(0);
    let fitting: Vec<_> =
        fitting.into_iter().filter(|(format, _)| level(format) == highest).collect();
    let most = fitting.iter().map(|(_, columns)| columns.bound.len()).max().unwrap_or(0);
    fitting.into_iter().filter(|(_, columns)| columns.bound.len() == most).collect()
}

/// Binds what a format knows of a header.
pub(super) fn bind_all(format: &Format, cells: &[String]) -> Columns {
    let folded: Vec<String> = cells.iter().map(|cell| header::fold(cell)).collect();
    bind(format, cells, &folded).unwrap_or(Columns { bound: Vec::new() })
}

/// The format that shares most with a header that fits none.
pub(super) fn nearest(registry: &Registry, cells: &[String]) -> Option<Nearest> {
    let folded: Vec<String> = cells.iter().map(|cell| header::fold(cell)).collect();
    let score = |nearest: &Nearest| {
        let (has, lacks) = (nearest.has.len(), nearest.lacks.len());
        has * 1000 / (has + lacks * 2)
    };
    registry
        .formats()
        .iter()
        .filter(|format| format.record().is_some())
        .filter_map(|format| {
            let lacks = bind(format, cells, &folded).err()?;
            let is_there = |names: &[&str]| {
                folded
                    .iter()
                    .any(|cell| names.iter().any(|name| header::fits(cell, name)))
            };
            let has: Vec<_> = format
                .columns
                .iter()
                .filter(|column| is_there(column.names))
                .map(|column| column.names[0])
                .collect();
            (!has.is_empty()).then_some(Nearest { format: format.name, has, lacks })
        })
        .reduce(|a, b| if score(&a) < score(&b) { b } else { a })
}

/// Other spellings of a header cell.
struct Others {
    loose: String,
    /// Without the currency at its end.
    amount: Option<String>,
}

impl Others {
    fn of(cell: &str) -> Self {
        let amount = header::currency(cell).map(|(words, _)| words);
        Self { loose: header::loose(cell), amount }
    }

    fn fits(&self, kind: Kind, name: &str) -> bool {
        let amount = self.amount.as_deref().filter(|_| kind == Kind::Amount);
        let fits = |name: &str| {
            header::fits(&self.loose, name)
                || amount.is_some_and(|words| header::fits(words, name))
        };
        if name.contains(['_', '-']) {
            fits(&name.replace(['_', '-'], " "))
        } else {
            fits(name)
        }
    }
}

/// Binds a format's columns to a header, or says which required ones are missing.
fn bind(
    format: &Format,
    cells: &[String],
    folded: &[String],
) -> Result<Columns, Vec<&'static str>> {
    // Tables of nobody's own may write `close_date` or `CloseDate` as well as `Close Date`,
    // and `Amount (EUR)` as well as `Amount`.
    let others: Vec<Others> = if format.crm().is_generic {
        cells.iter().map(|cell| Others::of(cell)).collect()
    } else {
        Vec::new()
    };
    let fits = |at: usize, column: &super::Column, name: &str| {
        header::fits(&folded[at], name)
            || others.get(at).is_some_and(|one| one.fits(column.kind, name))
    };
    let is_there = |column: &&super::Column| {
        column.names.iter().any(|name| (0..cells.len()).any(|at| fits(at, column, name)))
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
    let mut is_taken = vec![false; cells.len()];
    for column in format.columns {
        for name in column.names {
            // The exact spelling first: it decides between twins that differ in case.
            let exact = (0..cells.len()).filter(|&at| cells[at].trim() == *name);
            let alike = (0..cells.len()).filter(|&at| fits(at, column, name));
            for at in exact.chain(alike) {
                if !is_taken[at] {
                    is_taken[at] = true;
                    bound.push((column.field, at, column.kind));
                }
            }
        }
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
