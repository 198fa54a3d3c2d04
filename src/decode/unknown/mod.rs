//! Tables of which nothing is known: how they are written is found out, and every row comes
//! out as it stands.
//!
//! [`rows`] finds the dialect from the first bytes, then the width of the rows, what is
//! preamble, and how many lines the header has; then the whole file streams. Nothing is
//! dropped in silence: what was passed over or mended is counted in [`Told`].

mod dialect;
mod kind;
mod mend;
mod records;
mod shape;
mod split;

use std::io::{self, Read};

pub use dialect::Dialect;

use super::{Row, TextEncoding, encoding::Utf8Reader, head, listed::Listed, workbook};
use crate::discover::{Limits, Scan};
use records::{Found, Records};
use shape::Shape;
use split::Cells;

/// What is known of a table before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint {
    /// What separates its cells.
    pub delimiter: Option<u8>,
    /// The line of its header, from 1.
    pub header_line: Option<u64>,
}

/// What a reader of rows should be told beside the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The lines of the header, from and to; none where the table has none.
    pub header_lines: Option<(u64, u64)>,
    /// Lines of words before the table, passed over.
    pub preamble_rows: u64,
    /// Lines of words behind the table, passed over.
    pub footer_rows: u64,
    /// Headers that stand again between the rows, passed over.
    pub repeated_headers: u64,
    /// Rows that were read against the rule, so that they fit; the first such line.
    pub mended: (u64, u64),
    /// Rows with more or fewer cells than the others; the first such line.
    pub ragged: (u64, u64),
    /// The line at which another table begins, which is not read.
    pub next_table: Option<u64>,
}

/// What comes out of a table.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// The header, before all rows.
    Header(Row<'a>),
    /// A row, as wide as the others, or wider.
    Row(Row<'a>),
}

/// Takes the parts of a table one by one; an error of its own ends the reading.
pub type Each<'a> = &'a mut dyn FnMut(Part<'_>) -> io::Result<()>;

/// Calls `each` for the header of a text, where there is one, and for every row.
pub fn rows(
    bytes: &mut dyn Read,
    scan: &Scan,
    encoding: TextEncoding,
    hint: Hint,
    each: Each<'_>,
) -> io::Result<Told> {
    let text = head(scan, encoding);
    let text = text.trim_start_matches('\u{feff}');
    let is_whole = scan.head.len() as u64 == scan.whole.bytes;
    let (declared, sample) = shape::declared_separator(text.as_bytes());
    let mut dialect = dialect::of(sample, is_whole);
    if let Some(delimiter) = hint.delimiter.or(declared)
        && delimiter != dialect.delimiter
    {
        dialect = Dialect { delimiter, is_spaced: false, ..dialect };
    }
    let first = shape::first_records(sample, dialect, is_whole);
    let shape = Shape::of(&first, hint.header_line);
    let mut records =
        Records::new(Utf8Reader::new(bytes, encoding), dialect, shape.profile.clone());
    if declared.is_some() {
        records.next()?;
    }
    Table::new(shape, || records.next()).run(each)
}

/// Calls `each` for the header of a sheet, where there is one, and for every row.
pub fn sheet(
    bytes: &mut dyn Read,
    limits: Limits,
    sheet: usize,
    each: Each<'_>,
) -> io::Result<Told> {
    let mut all: Vec<Found> = Vec::new();
    workbook::for_each_row(bytes, limits, sheet, |line, cells| {
        let is_behind_gap = all.last().is_some_and(|before| before.line + 1 < line);
        let cells = Cells::of(cells);
        all.push(Found { line, is_behind_gap, is_mended: false, cells });
    })?;
    let shape = Shape::of(&all[..all.len().min(HEAD_ROWS)], None);
    let mut all = all.into_iter();
    let mut told = Table::new(shape, || Ok(all.next())).run(each)?;
    // A sheet has no cells behind the last filled one; that is no fault of its rows.
    told.ragged = (0, 0);
    Ok(told)
}

/// Gives the header of a table whose columns are known.
pub fn header(names: &[String], each: Each<'_>) -> io::Result<()> {
    let cells = names.iter().map(String::as_str).enumerate();
    each(Part::Header(Listed::default().row(1, names.len(), cells)))
}

/// Rows of a sheet that show how it lies.
const HEAD_ROWS: usize = 1000;

struct Table<F> {
    next: F,
    shape: Shape,
    told: Told,
    listed: Listed,
}

impl<F: FnMut() -> io::Result<Option<Found>>> Table<F> {
    fn new(shape: Shape, next: F) -> Self {
        Self { next, shape, told: Told::default(), listed: Listed::default() }
    }

    fn run(mut self, each: Each<'_>) -> io::Result<Told> {
        for _ in 0..self.shape.preamble {
            self.told.preamble_rows += u64::from((self.next)()?.is_some());
        }
        self.header(each)?;
        let mut kept: Vec<Found> = Vec::new();
        let mut next = (self.next)()?;
        while let Some(found) = next {
            next = (self.next)()?;
            if self.shape.is_header_again(&found.cells) {
                self.told.repeated_headers += 1;
                // What stood alone above it is its title.
                self.told.footer_rows += kept.drain(..).count() as u64;
                continue;
            }
            if self.shape.begins_another(&found, next.as_ref()) {
                self.told.next_table = Some(found.line);
                break;
            }
            let may_be_footer = self.shape.may_be_footer(&found, !kept.is_empty());
            if may_be_footer && kept.len() < shape::MOST_FOOTER {
                kept.push(found);
                continue;
            }
            for before in kept.drain(..) {
                self.row(&before, each)?;
            }
            self.row(&found, each)?;
        }
        self.told.footer_rows += kept.len() as u64;
        Ok(self.told)
    }

    /// Reads the lines of the header and gives them as one.
    fn header(&mut self, each: Each<'_>) -> io::Result<()> {
        let mut lines: Vec<Found> = Vec::new();
        for _ in 0..self.shape.header {
            lines.extend((self.next)()?);
        }
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return Ok(());
        };
        self.told.header_lines = Some((first.line, last.line));
        for found in lines.iter().filter(|found| found.is_mended) {
            count(&mut self.told.mended, found.line);
        }
        let names = shape::joined(&lines);
        let cells = names.iter().map(String::as_str).enumerate();
        let width = self.shape.profile.width;
        each(Part::Header(self.listed.row(first.line, width, cells)))?;
        self.shape.names = names;
        Ok(())
    }

    fn row(&mut self, found: &Found, each: Each<'_>) -> io::Result<()> {
        let width = self.shape.profile.width;
        if found.is_mended {
            count(&mut self.told.mended, found.line);
        } else if found.cells.len() != width {
            count(&mut self.told.ragged, found.line);
        }
        let cells: Vec<_> =
            found.cells.iter().map(|(cell, _)| String::from_utf8_lossy(cell)).collect();
        let cells = cells.iter().map(AsRef::as_ref).enumerate();
        // A header may have more columns than most rows.
        let width = width.max(self.shape.names.len());
        each(Part::Row(self.listed.row(found.line, width, cells)))
    }
}

/// Counts a line, and keeps the first.
fn count((count, first): &mut (u64, u64), line: u64) {
    *count += 1;
    if *first == 0 {
        *first = line;
    }
}

#[cfg(test)]
mod tests;
