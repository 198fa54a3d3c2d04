//! How a text that says nothing of itself is written: what separates its cells, what quotes
//! them, and how a quote stands inside quotes.
//!
//! Every candidate reads the first records. The one wins whose records are alike in width
//! and whose cells look like something: numbers, dates, words without separators in them.

use super::{
    kind::{Look, look},
    split::{self, Ways},
};
use crate::decode::Quoting;

/// How cells are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What separates cells.
    pub delimiter: u8,
    /// A space stands behind each delimiter and belongs to it.
    pub is_spaced: bool,
    /// What stands around cells that hold delimiters.
    pub quote: u8,
    /// How quotes stand inside quotes.
    pub quoting: Quoting,
}

impl Dialect {
    /// As RFC 4180 says.
    pub(super) const USUAL: Self = Self {
        delimiter: b',',
        is_spaced: false,
        quote: b'"',
        quoting: Quoting::Doubled,
    };
}

/// What separates cells in files that people have, the likeliest first. A space comes last:
/// words hold spaces too.
pub(super) const SEPARATORS: [u8; 8] = [b',', b';', b'\t', b'|', b'^', b'~', 0x1f, b' '];

/// Records that are looked at.
const MOST_RECORDS: usize = 400;

/// No byte of a text: what separates the cells of rows that have one.
const NOTHING: u8 = 0;

/// Quotes that are never closed, before a dialect is given up.
const MOST_OPEN: usize = 4;

/// Finds the dialect of a text from its beginning; `is_whole` says that it has no more.
pub(super) fn of(head: &[u8], is_whole: bool) -> Dialect {
    let lone = Dialect { delimiter: NOTHING, ..Dialect::USUAL };
    let mut best = (0.05, lone);
    for delimiter in SEPARATORS {
        for quote in [b'"', b'\''] {
            for quoting in [Quoting::Doubled, Quoting::Backslash] {
                let is_needed = quote == b'"' || head.contains(&quote);
                let is_meant = quoting == Quoting::Doubled || head.contains(&b'\\');
                if !is_needed || !is_meant || !head.contains(&delimiter) {
                    continue;
                }
                let dialect = Dialect { delimiter, is_spaced: false, quote, quoting };
                let score = Survey::of(head, dialect, is_whole).score(dialect);
                // By a hair: two candidates that read alike are one, and the first is meant.
                if best.0 + 1e-9 < score {
                    best = (score, dialect);
                }
            }
        }
    }
    let mut dialect = best.1;
    let survey = Survey::of(head, dialect, is_whole);
    dialect.is_spaced = dialect.delimiter != b' '
        && 0 < survey.spaced
        && survey.separated * 9 <= survey.spaced * 10;
    dialect
}

/// What the first records are like under a dialect.
struct Survey {
    widths: Vec<usize>,
    cells: f64,
    /// Cells that look like something.
    clean: f64,
    /// Those of them that are not just words.
    telling: f64,
    /// Filled cells behind a delimiter, and those of them with a space between.
    separated: usize,
    spaced: usize,
}

impl Survey {
    fn of(head: &[u8], dialect: Dialect, is_whole: bool) -> Self {
        let (mut cells, mut at, mut open) = (split::Cells::default(), 0, 0);
        let mut survey = Self {
            widths: Vec::new(),
            cells: 0.0,
            clean: 0.0,
            telling: 0.0,
            separated: 0,
            spaced: 0,
        };
        while at < head.len() && survey.widths.len() < MOST_RECORDS {
            let rest = &head[at..];
            let blank = split::line_end(rest);
            if 0 < blank {
                at += blank;
                continue;
            }
            let read =
                split::record(rest, dialect, is_whole, Ways::NONE, &mut cells, None);
            let Some(read) = read else {
                // Open to the end of what is seen: a broken record, and read on behind its
                // line, unless it is just the last one.
                if !is_whole && rest.len() * 2 < head.len() {
                    break;
                }
                survey.widths.push(0);
                open += 1;
                let line = memchr::memchr2(b'\n', b'\r', rest);
                match line {
                    Some(end) if open < MOST_OPEN => at += end,
                    _ => break,
                }
                continue;
            };
            at += read;
            survey.add(&cells, dialect);
        }
        survey
    }

    fn add(&mut self, cells: &split::Cells, dialect: Dialect) {
        self.widths.push(cells.len());
        for (index, (cell, is_quoted)) in cells.iter().enumerate() {
            self.cells += 1.0;
            if 0 < index && !cell.is_empty() {
                self.separated += 1;
                self.spaced += usize::from(cells.is_spaced(index));
            }
            let is_told = is_quoted || look(cell) != Look::Words;
            let is_clean = is_told || is_of_words(cell, dialect);
            self.clean += f64::from(u8::from(is_clean));
            self.telling += f64::from(u8::from(is_told && !cell.is_empty()));
        }
    }

    /// From 0 to 1: how alike the widths are, how many columns they make, and how many of
    /// the cells look like something.
    fn score(&self, dialect: Dialect) -> f64 {
        let width = usual(&self.widths);
        if width < 2 || self.cells < 1.0 {
            return 0.0;
        }
        let count = |one: &[usize]| one.iter().filter(|each| **each == width).count();
        let share = ratio(count(&self.widths), self.widths.len());
        let first = ratio(count(&self.widths[..self.widths.len().min(3)]), 3).max(0.1);
        let columns = 1.0 - 1.0 / f64::from(u32::try_from(width).unwrap_or(u32::MAX));
        let clean = self.clean / self.cells;
        // Words hold spaces: only cells that are more than words show that they separate.
        let telling =
            if dialect.delimiter == b' ' { self.telling / self.cells } else { 1.0 };
        share * columns * clean * clean * telling * (0.8 + 0.2 * first)
    }
}

/// Words without a sign in them that would separate, and no quotes around them.
fn is_of_words(cell: &[u8], dialect: Dialect) -> bool {
    let is_sign = |byte: &u8| {
        *byte != b' ' && *byte != dialect.delimiter && SEPARATORS.contains(byte)
    };
    let is_quote = |byte: Option<&u8>| matches!(byte, Some(b'"' | b'\''));
    !is_quote(cell.first())
        && !is_quote(cell.last())
        && !cell.contains(&b'"')
        && !cell.iter().any(is_sign)
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(part) / number(whole.max(1))
}

/// The width that most records have; of several that are as frequent, give or take a tenth,
/// the one that comes first.
pub(super) fn usual(widths: &[usize]) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    for width in widths {
        *counts.entry(*width).or_insert(0_usize) += 1;
    }
    let most = counts.values().max().copied().unwrap_or(0);
    let is_usual = |width: &&usize| most * 9 <= counts[*width] * 10;
    widths.iter().find(is_usual).copied().unwrap_or(0)
}
