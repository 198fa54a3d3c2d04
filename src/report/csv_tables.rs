//! A public view as CSV.

use std::{
    io::{self, Write},
    ops::Range,
};

use super::{ReportError, tables::file_name, words::unsteered};
use crate::store::{Cell, Joined, KeptRows, Part, Store};

/// Writes all rows of a view under its column names, and counts them.
pub(super) fn write(
    store: &Store,
    view: &str,
    file: &mut dyn Write,
) -> Result<u64, ReportError> {
    if let Some(large) = Large::of(store, view)? {
        // Models are numbered from 1.
        let models = large.shared.places[0].len().saturating_sub(1);
        let mut lines = large.lines(file);
        store.each_joined(large.joined, models, |cells| lines.add(cells))?;
        return lines.table.end();
    }
    let mut table = Table::new(view, &head(store, view)?, file);
    store.each_row(view, |cells| {
        for cell in cells {
            table.cell(*cell);
        }
        table.end_line()
    })?;
    table.end()
}

/// The line of the columns' names.
fn head(store: &Store, view: &str) -> Result<Vec<u8>, ReportError> {
    let mut head = Vec::new();
    for name in store.view_columns(view)? {
        push(&mut head, Cell::Text(&name));
        head.push(b',');
    }
    head.pop();
    head.push(b'\n');
    Ok(head)
}

/// A view whose rows come in parts: what many of them share is written once and copied.
pub(super) struct Large<'v> {
    view: &'v str,
    head: Vec<u8>,
    joined: &'static Joined,
    shared: Shared,
}

impl<'v> Large<'v> {
    /// Reads what its rows share; none where a view comes whole.
    pub(super) fn of(store: &Store, view: &'v str) -> Result<Option<Self>, ReportError> {
        let Some(joined) = Joined::of(view) else { return Ok(None) };
        let columns = store.shared_columns(joined)?;
        let places = vec![Vec::new(); columns.len()];
        let mut shared = Shared { places, columns, written: Vec::new() };
        store.each_shared(joined, |list, number, cells| {
            shared.add(list, number, cells);
            Ok::<(), ReportError>(())
        })?;
        Ok(Some(Self { view, head: head(store, view)?, joined, shared }))
    }

    /// Writes the view of rows that were kept, and counts them.
    pub(super) fn write(
        &self,
        rows: &KeptRows,
        file: &mut dyn Write,
    ) -> Result<u64, ReportError> {
        let mut lines = self.lines(file);
        rows.each(|cells| lines.add(cells))?;
        lines.table.end()
    }

    fn lines<'a>(&'a self, file: &'a mut dyn Write) -> Lines<'a> {
        let table = Table::new(self.view, &self.head, file);
        Lines { large: self, table, sides: [Vec::new(), Vec::new()] }
    }
}

/// The lines of a large view, as they are written.
struct Lines<'a> {
    large: &'a Large<'a>,
    table: Table<'a>,
    /// What stands before a model's own cell and behind it.
    sides: [Vec<u8>; 2],
}

impl Lines<'_> {
    /// Adds a row, or those of all models.
    fn add(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError> {
        let Large { joined, shared, .. } = self.large;
        if joined.has_column_a_model {
            return self.add_models(cells);
        }
        for (part, cell) in joined.parts.iter().zip(cells) {
            match part {
                Part::Shared(list) => {
                    self.table.begin_cell();
                    shared.push(&mut self.table.text, *list, *cell);
                }
                Part::Own => self.table.cell(*cell),
            }
        }
        self.table.end_line()
    }

    /// Adds a line for each model that has a cell. What stands before that and behind it is the
    /// same for all of them.
    fn add_models(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError> {
        let Large { joined, shared, .. } = self.large;
        // Neither the model's own number nor one for the own cell stands among the numbers.
        let (numbers, of_models) = cells.split_at(joined.parts.len() - 2);
        let [before, behind] = &mut self.sides;
        before.clear();
        behind.clear();
        let mut numbers = numbers.iter();
        let mut side = &mut *before;
        for part in &joined.parts[1..] {
            side.push(b',');
            match part {
                Part::Shared(list) => {
                    let number = numbers.next().copied().unwrap_or(Cell::Null);
                    shared.push(side, *list, number);
                }
                Part::Own => side = &mut *behind,
            }
        }
        let table = &mut self.table;
        for (model, own) in (1..).zip(of_models).filter(|(_, own)| **own != Cell::Null) {
            shared.push(&mut table.text, 0, Cell::Integer(model));
            table.text.extend_from_slice(before);
            push(&mut table.text, *own);
            table.text.extend_from_slice(behind);
            table.end_line()?;
        }
        Ok(())
    }
}

/// Cells that many rows share, as they are written, by list and number.
struct Shared {
    /// By list and number, which are few more than there are rows.
    places: Vec<Vec<Range<usize>>>,
    written: Vec<u8>,
    /// By list: how many columns it has.
    columns: Vec<usize>,
}

impl Shared {
    fn add(&mut self, list: usize, number: i64, cells: &[Cell<'_>]) {
        let start = self.written.len();
        for (at, cell) in cells.iter().enumerate() {
            if 0 < at {
                self.written.push(b',');
            }
            push(&mut self.written, *cell);
        }
        let Ok(number) = usize::try_from(number) else { return };
        let places = self.places.get_mut(list).expect("a list has columns");
        if places.len() <= number {
            places.resize(number + 1, 0..0);
        }
        places[number] = start..self.written.len();
    }

    /// Adds all columns of a list's row to a line; where there is none, all of them empty.
    fn push(&self, line: &mut Vec<u8>, list: usize, number: Cell<'_>) {
        if let Some(cells) = self.row(list, number) {
            line.extend_from_slice(cells);
        } else {
            let commas = self.columns[list].saturating_sub(1);
            line.resize(line.len() + commas, b',');
        }
    }

    /// The cells of a row, where the list has it.
    fn row(&self, list: usize, number: Cell<'_>) -> Option<&[u8]> {
        let Cell::Integer(number) = number else { return None };
        let place = self.places[list].get(usize::try_from(number).ok()?)?;
        (!place.is_empty()).then(|| &self.written[place.clone()])
    }
}

/// Lines are handed on together: one by one they cost as much to hash as to write.
const WAITING_BYTES: usize = 64 * 1024;

/// A table that is being written, line by line.
struct Table<'a> {
    view: &'a str,
    file: &'a mut dyn Write,
    /// Lines that the file does not have yet.
    text: Vec<u8>,
    /// The line has a cell, which may be empty.
    is_begun: bool,
    rows: u64,
}

impl<'a> Table<'a> {
    fn new(view: &'a str, head: &[u8], file: &'a mut dyn Write) -> Self {
        Self { view, file, text: head.to_vec(), is_begun: false, rows: 0 }
    }

    fn begin_cell(&mut self) {
        if self.is_begun {
            self.text.push(b',');
        }
        self.is_begun = true;
    }

    fn cell(&mut self, cell: Cell<'_>) {
        self.begin_cell();
        push(&mut self.text, cell);
    }

    fn end_line(&mut self) -> Result<(), ReportError> {
        self.text.push(b'\n');
        self.is_begun = false;
        self.rows += 1;
        if self.text.len() < WAITING_BYTES { Ok(()) } else { self.hand_on() }
    }

    fn hand_on(&mut self) -> Result<(), ReportError> {
        let written = self.file.write_all(&self.text);
        self.text.clear();
        written.map_err(|source| self.cannot(source))
    }

    /// Writes what is left, and counts the rows.
    fn end(mut self) -> Result<u64, ReportError> {
        self.hand_on()?;
        self.file.flush().map_err(|source| self.cannot(source))?;
        Ok(self.rows)
    }

    fn cannot(&self, source: io::Error) -> ReportError {
        ReportError::Write { path: file_name(self.view).into(), source }
    }
}

/// Adds a cell as CSV has it.
fn push(line: &mut Vec<u8>, cell: Cell<'_>) {
    match cell {
        Cell::Null => {}
        Cell::Integer(whole) => push_integer(line, whole),
        Cell::Real(real) => push_real(line, real),
        Cell::Text(text) if is_plain(text) => line.extend_from_slice(text.as_bytes()),
        Cell::Text(text) => {
            let text = &*unsteered(text);
            let mark = if is_formula(text) { "'" } else { "" };
            if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
                line.extend_from_slice(mark.as_bytes());
                line.extend_from_slice(text.as_bytes());
                return;
            }
            line.push(b'"');
            line.extend_from_slice(mark.as_bytes());
            for byte in text.bytes() {
                if byte == b'"' {
                    line.push(b'"');
                }
                line.push(byte);
            }
            line.push(b'"');
        }
    }
}

/// Adds a number's digits; a run writes millions of them, so no formatter is asked.
fn push_integer(line: &mut Vec<u8>, number: i64) {
    let mut digits = [0; 20];
    let (mut at, mut rest) = (digits.len(), number.unsigned_abs());
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        line.push(b'-');
    }
    line.extend_from_slice(&digits[at..]);
}

/// Adds a number that may have a fraction; most have none.
fn push_real(line: &mut Vec<u8>, number: f64) {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "asked for where it is whole")]
    let whole = number as i64;
    let is_negative_zero = number == 0.0 && number.is_sign_negative();
    if number.fract() == 0.0 && number.abs() < EXACT && !is_negative_zero {
        return push_integer(line, whole);
    }
    let written = if is_tiny(number) {
        line.write_fmt(format_args!("{number:e}"))
    } else {
        line.write_fmt(format_args!("{number}"))
    };
    written.expect("memory takes everything");
}

/// Whether a text is written as it is: all of it is ASCII that neither parts cells nor steers,
/// and it begins no formula.
fn is_plain(text: &str) -> bool {
    let is_other = |byte| !(b' '..=b'~').contains(&byte) || matches!(byte, b',' | b'"');
    // All bytes, without an end in between: so many are looked at at once.
    !text.bytes().fold(false, |any, byte| any | is_other(byte)) && !is_formula(text)
}

/// Whether a number would be a row of noughts without an exponent.
fn is_tiny(number: f64) -> bool {
    number != 0.0 && number.abs() < 1e-4
}

/// Text that a spreadsheet would take for a formula; it gets an apostrophe in front.
pub(super) fn is_formula(text: &str) -> bool {
    // Some take the wide forms of East Asian keyboards for the same signs.
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_written_as_they_are() {
        for number in [0, 7, -7, 10, 123_456_789, i64::MAX, i64::MIN] {
            let mut line = Vec::new();
            push(&mut line, Cell::Integer(number));
            assert_eq!(line, number.to_string().into_bytes());
        }
    }

    #[test]
    fn real_numbers_that_are_whole_are_written_as_the_formatter_does() {
        let numbers = [0.0, -0.0, 1.0, -3.0, 0.5, 9e15, 9.1e15, 1e300, f64::NAN];
        for number in numbers.into_iter().chain([f64::INFINITY, f64::NEG_INFINITY]) {
            let mut line = Vec::new();
            push(&mut line, Cell::Real(number));
            assert_eq!(String::from_utf8_lossy(&line), number.to_string());
        }
    }

    #[test]
    fn every_text_is_read_as_it_was_but_for_what_steers() {
        let texts =
            ["", "a b", "a,b", "a\"b", "=1", "-x", "é", "a\nb", "\u{7f}", "~", "x=1"];
        for text in texts {
            let mut line = b"first,".to_vec();
            push(&mut line, Cell::Text(text));
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_slice());
            let read = reader.records().next().unwrap().unwrap();
            let mark = if is_formula(text) { "'" } else { "" };
            assert_eq!(&read[1], format!("{mark}{}", unsteered(text)), "{text:?}");
        }
    }

    #[test]
    fn only_tiny_numbers_need_an_exponent() {
        assert!(is_tiny(-3.75e-46));
        assert!(!is_tiny(0.0) && !is_tiny(0.25));
    }

    #[test]
    fn formulas_are_told_by_their_first_sign() {
        assert!(is_formula("=1+1") && is_formula("@here") && is_formula("＝1"));
        assert!(!is_formula("one = two") && !is_formula(""));
    }
}
