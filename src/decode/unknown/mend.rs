//! Records that do not fit their table, read once more against the rule.
//!
//! A stray quote, a quote nobody doubled, a delimiter that is missing before a quote, a row
//! written in another dialect: where one such reading gives a row as wide as the table, it is
//! meant. Of several the one wins whose cells look most like their columns.

use super::{
    dialect::{Dialect, SEPARATORS},
    kind::{Look, look},
    split::{self, Cells, Way, Ways},
};
use crate::decode::Quoting;

/// What the rows of a table are like.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    /// How many cells a row has.
    pub(super) width: usize,
    /// How the cells of each column look, where most look alike and are no words.
    pub(super) looks: Vec<Option<Look>>,
}

impl Profile {
    /// Learns from records.
    pub(super) fn of(records: &[Cells], width: usize) -> Self {
        let fitting: Vec<&Cells> =
            records.iter().filter(|cells| cells.len() == width).collect();
        let looks = (0..width).map(|column| dominant(&fitting, column)).collect();
        Self { width, looks }
    }

    /// How many columns look like something, and how many of these a record has right and
    /// how many wrong. An empty cell is neither.
    pub(super) fn judge(&self, cells: &Cells) -> (usize, usize, usize) {
        let (mut told, mut right, mut wrong) = (0, 0, 0);
        for (column, expected) in self.looks.iter().enumerate() {
            let Some(expected) = expected else { continue };
            told += 1;
            match look(cells.cell(column)) {
                Look::Empty => {}
                found if found == *expected => right += 1,
                _ => wrong += 1,
            }
        }
        (told, right, wrong)
    }
}

/// The look that two of three filled cells of a column have, unless it is that of words.
fn dominant(records: &[&Cells], column: usize) -> Option<Look> {
    const LOOKS: [Look; 5] =
        [Look::Number, Look::Date, Look::Time, Look::Address, Look::Flag];
    let mut counts = [0_usize; LOOKS.len()];
    let mut filled = 0;
    for cells in records {
        let found = look(cells.cell(column));
        filled += usize::from(found != Look::Empty);
        if let Some(at) = LOOKS.iter().position(|one| *one == found) {
            counts[at] += 1;
        }
    }
    let (at, most) = counts
        .iter()
        .enumerate()
        .max_by_key(|(at, count)| (**count, LOOKS.len() - at))?;
    (0 < *most && filled * 2 <= most * 3).then(|| LOOKS[at])
}

/// Decisions that are tried one by one, and two by two.
const MOST_SINGLE: usize = 64;
const MOST_PAIRED: usize = 12;

/// The best reading so far.
struct Best<'a> {
    profile: &'a Profile,
    /// By the rule the record is wider than the table.
    is_wide: bool,
    found: Option<(usize, Cells)>,
}

impl Best<'_> {
    /// Reads a text that ends with its record; keeps what fits the table best.
    fn attempt(&mut self, text: &[u8], dialect: Dialect, ways: &[(usize, Way)]) {
        let mut cells = Cells::default();
        let read = split::record(text, dialect, true, Ways(ways), &mut cells, None);
        if read != Some(text.len()) || cells.len() != self.profile.width {
            return;
        }
        let (told, right, wrong) = self.profile.judge(&cells);
        // A stray quote spoils one cell; more that look wrong show that cells have moved.
        // A header looks wrong all over; cells of one that is wide are not thrown together.
        if 1 < wrong && (told != wrong || self.is_wide) {
            return;
        }
        let score = (right + self.profile.width).saturating_sub(wrong);
        if self.found.as_ref().is_none_or(|(best, _)| *best < score) {
            self.found = Some((score, cells));
        }
    }
}

/// Reads a text, which ends with its record, in all ways that are worth a try.
pub(super) fn mended(
    text: &[u8],
    dialect: Dialect,
    profile: &Profile,
    is_wide: bool,
) -> Option<Cells> {
    if profile.width < 2 {
        return None;
    }
    let mut best = Best { profile, is_wide, found: None };
    let choices = choices(text, dialect);
    for choice in &choices {
        best.attempt(text, dialect, std::slice::from_ref(choice));
    }
    if best.found.is_none() && choices.len() <= MOST_PAIRED {
        for (index, first) in choices.iter().enumerate() {
            for second in &choices[index + 1..] {
                best.attempt(text, dialect, &[*first, *second]);
            }
        }
    }
    if best.found.is_none() {
        other_dialects(text, dialect, &mut best);
    }
    best.found.map(|(_, cells)| cells)
}

/// The decisions that a text leaves open. A quote that never closes is one of them, and what
/// follows once it is a letter is found behind it.
fn choices(text: &[u8], dialect: Dialect) -> Vec<(usize, Way)> {
    let mut cells = Cells::default();
    let mut all: Vec<(usize, Way)> = Vec::new();
    let mut ways: Vec<(usize, Way)> = Vec::new();
    for _ in 0..4 {
        let mut found = Vec::new();
        let read =
            split::record(text, dialect, true, Ways(&ways), &mut cells, Some(&mut found));
        for choice in found {
            if all.len() < MOST_SINGLE && !all.contains(&choice) {
                all.push(choice);
            }
        }
        let open = all.iter().rev().find(|choice| !ways.contains(choice)).copied();
        match (read, open) {
            (None, Some((at, Way::Letter))) => ways.push((at, Way::Letter)),
            _ => break,
        }
    }
    all
}

/// A single row may be written in another dialect than its file.
fn other_dialects(text: &[u8], dialect: Dialect, best: &mut Best<'_>) {
    let quote = if dialect.quote == b'"' { b'\'' } else { b'"' };
    let quoting = match dialect.quoting {
        Quoting::Doubled => Quoting::Backslash,
        Quoting::Backslash => Quoting::Doubled,
    };
    best.attempt(text, Dialect { quoting, ..dialect }, &[]);
    best.attempt(text, Dialect { quote, ..dialect }, &[]);
    // Two cells are soon found by any delimiter.
    if best.found.is_some() || best.profile.width < 3 {
        return;
    }
    for delimiter in SEPARATORS {
        if delimiter == dialect.delimiter {
            continue;
        }
        let other = Dialect { delimiter, is_spaced: false, ..dialect };
        let mut alone = Best { found: None, ..*best };
        alone.attempt(text, other, &[]);
        let Some((score, cells)) = alone.found else { continue };
        let (told, right, wrong) = best.profile.judge(&cells);
        // Words are full of spaces: their number says nothing, what they look like does.
        if (delimiter == b' ' && !(1 < told && told <= right + 1)) || right < wrong {
            continue;
        }
        best.found = Some((score, cells));
        return;
    }
}
