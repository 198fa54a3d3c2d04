//! Workbooks: each sheet is a table of text cells, each row knowing its number.
//!
//! A workbook cannot be streamed. What it may inflate to is bounded before anything is
//! parsed, since a small file may hold a mountain; cells are taken one by one, so that a
//! sheet that claims a million columns costs nothing.

mod weight;

use std::io::{self, Cursor, Read};

use super::{Layout, Limits, Row, RowFault, Shape, guard, listed::Listed, old_workbook};
use calamine::{
    Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, Xlsx,
};

/// A sheet as whoever looks for a header sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetHead {
    /// Its name.
    pub name: String,
    /// The workbook does not show it.
    pub is_hidden: bool,
    /// Its first rows, each with its number from 1.
    pub rows: Vec<(u64, Vec<String>)>,
    /// Why it cannot be read, if it cannot.
    pub fault: Option<String>,
}

/// One row of a sheet: its number and those of its cells that hold something.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SheetRow {
    line: u64,
    cells: Vec<(usize, Box<str>)>,
}

/// The widest a sheet can be, in every program that writes them.
const MOST_COLUMNS: usize = 16_384;

/// Rows of a sheet that are shown to whoever looks for its header.
const HEAD_ROWS: usize = 60;

/// Whether bytes begin as workbooks do: a ZIP, or the container of old binary ones.
pub fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xd0\xcf\x11\xe0")
}

/// The sheets of a workbook with their first rows.
pub fn sheet_heads(bytes: &mut dyn Read, limits: Limits) -> io::Result<Vec<SheetHead>> {
    guarded(|| heads(bytes, limits))
}

/// A file made to break the parser breaks the file, not the run.
fn guarded<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    guard::guarded(read).unwrap_or_else(|| Err(broken("it is damaged")))
}

fn heads(bytes: &mut dyn Read, limits: Limits) -> io::Result<Vec<SheetHead>> {
    let mut workbook = Workbook::open(bytes, limits.workbook_bytes)?;
    let sheets = workbook.sheets().to_vec();
    // Each sheet is read with the whole workbook around it.
    let work = workbook.bytes().saturating_mul(sheets.len() as u64);
    if limits.workbook_bytes.saturating_mul(WORKBOOKS) < work {
        let count = sheets.len();
        return Err(too_large(
            limits.workbook_bytes,
            &format!("its {count} sheets take more than {WORKBOOKS} times"),
        ));
    }
    let mut heads = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let mut rows = Gathered::new(limits.workbook_bytes, HEAD_ROWS);
        // A sheet of pictures or charts has no cells.
        let gathered = match sheet.typ {
            SheetType::WorkSheet => workbook.gather(&sheet.name, &mut rows),
            _ => Ok(()),
        };
        let rows = rows.finish();
        let rows = rows.into_iter().map(|row| (row.line, widened(&row.cells))).collect();
        heads.push(SheetHead {
            name: sheet.name,
            is_hidden: sheet.visible != SheetVisible::Visible,
            rows,
            fault: gathered.err().map(|error| error.to_string()),
        });
    }
    Ok(heads)
}

/// How many times the limit of a workbook all of its sheets may take, as each is read alone.
const WORKBOOKS: u64 = 16;

/// Calls `each` for every row below the header of the layout's sheet. What was read before
/// a fault is given.
pub(super) fn for_each(
    bytes: &mut dyn Read,
    limits: Limits,
    layout: &Layout,
    (sheet, shape): (usize, Shape),
    mut each: impl FnMut(Result<Row<'_>, RowFault>),
) -> io::Result<()> {
    let (rows, gathered) = sheet_rows(bytes, limits, sheet)?;
    let mut listed = Listed::default();
    let width = layout.header.len();
    if shape == Shape::Pairs {
        let values: Vec<(usize, String)> = rows
            .iter()
            .filter(|row| layout.header_line <= row.line)
            .map(value_of)
            .enumerate()
            .collect();
        let cells = values.iter().map(|(column, text)| (*column, text.as_str()));
        each(Ok(listed.row(layout.header_line, width, cells)));
        return gathered;
    }
    for row in rows.iter().filter(|row| layout.header_line < row.line) {
        let cells = row.cells.iter().map(|(column, text)| (*column, &**text));
        each(Ok(listed.row(row.line, width, cells)));
    }
    gathered
}

/// Calls `each` for every row of a sheet that holds anything, with its number.
pub(super) fn for_each_row(
    bytes: &mut dyn Read,
    limits: Limits,
    sheet: usize,
    mut each: impl FnMut(u64, Vec<String>),
) -> io::Result<()> {
    let (rows, gathered) = sheet_rows(bytes, limits, sheet)?;
    for row in &rows {
        each(row.line, widened(&row.cells));
    }
    gathered
}

/// The rows of a sheet that hold anything, and the fault at which they break off.
fn sheet_rows(
    bytes: &mut dyn Read,
    limits: Limits,
    sheet: usize,
) -> io::Result<(Vec<SheetRow>, io::Result<()>)> {
    guarded(|| {
        let mut workbook = Workbook::open(bytes, limits.workbook_bytes)?;
        let name = workbook.sheets().get(sheet).map(|sheet| sheet.name.clone());
        let name = name.ok_or_else(|| broken("it has fewer sheets than before"))?;
        let mut rows = Gathered::new(limits.workbook_bytes, usize::MAX);
        let gathered = workbook.gather(&name, &mut rows);
        Ok((rows.finish(), gathered))
    })
}

/// Labels in the first column and values in the second, as a header.
pub fn pairs_header(rows: &[(u64, Vec<String>)]) -> Vec<String> {
    rows.iter().map(|(_, cells)| cells.first().cloned().unwrap_or_default()).collect()
}

fn value_of(row: &SheetRow) -> String {
    let value = row.cells.iter().find(|(column, _)| *column == 1);
    value.map(|(_, text)| text.to_string()).unwrap_or_default()
}

fn widened(cells: &[(usize, Box<str>)]) -> Vec<String> {
    let width = cells.last().map_or(0, |(column, _)| column + 1);
    let mut row = vec![String::new(); width];
    for (column, text) in cells {
        row[*column] = text.to_string();
    }
    row
}

fn broken(reason: &str) -> io::Error {
    io::Error::other(format!("the workbook cannot be read: {reason}"))
}

fn too_large(limit: u64, what: &str) -> io::Error {
    let limit = limit >> 20;
    broken(&format!(
        "{what} {limit} MB, the limit max-workbook-mb; save its sheets as CSV and name \
         those files"
    ))
}

/// A workbook of today, or of the old binary kind, and what it inflates to.
enum Workbook {
    New(Box<Xlsx<Cursor<Vec<u8>>>>, u64),
    Old(Box<Xls<Cursor<Vec<u8>>>>, u64),
}

impl Workbook {
    /// Opens a workbook, once it is sure that it fits into memory.
    fn open(bytes: &mut dyn Read, limit: u64) -> io::Result<Self> {
        let mut whole = Vec::new();
        bytes.take(limit + 1).read_to_end(&mut whole)?;
        if limit < whole.len() as u64 {
            return Err(too_large(limit, "it is larger than"));
        }
        if whole.starts_with(b"PK") {
            let inflated = weight::inflated(&whole, limit)?;
            let workbook = Xlsx::new(Cursor::new(whole)).map_err(|error| says(&error))?;
            return Ok(Self::New(Box::new(workbook), inflated));
        }
        match old_workbook::fits(&whole, limit) {
            Some(true) => {}
            Some(false) => return Err(too_large(limit, "its cells take more than")),
            None => return Err(broken("it is damaged, or no workbook")),
        }
        let size = whole.len() as u64;
        let workbook = Xls::new(Cursor::new(whole)).map_err(|error| says(&error))?;
        Ok(Self::Old(Box::new(workbook), size))
    }

    fn sheets(&self) -> &[calamine::Sheet] {
        match self {
            Self::New(workbook, _) => workbook.sheets_metadata(),
            Self::Old(workbook, _) => workbook.sheets_metadata(),
        }
    }

    fn bytes(&self) -> u64 {
        match self {
            Self::New(_, bytes) | Self::Old(_, bytes) => *bytes,
        }
    }

    /// Gathers the rows of a sheet that hold anything.
    fn gather(&mut self, name: &str, rows: &mut Gathered) -> io::Result<()> {
        match self {
            Self::New(workbook, _) => {
                let mut reader = workbook
                    .worksheet_cells_reader(name)
                    .map_err(|error| says(&error))?;
                while let Some(cell) = reader.next_cell().map_err(|error| says(&error))? {
                    if !rows.add(cell.get_position(), text_of_ref(cell.get_value()))? {
                        break;
                    }
                }
            }
            Self::Old(workbook, _) => {
                let range =
                    workbook.worksheet_range(name).map_err(|error| says(&error))?;
                let (first_row, first_column) = range.start().unwrap_or((0, 0));
                let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
                for (row, column, data) in range.used_cells() {
                    let position = (
                        first_row.saturating_add(at(row)),
                        first_column.saturating_add(at(column)),
                    );
                    if !rows.add(position, text_of(data))? {
                        break;
                    }
                }
            }
        }
        Ok(())
    }
}

fn says(error: &dyn std::error::Error) -> io::Error {
    broken(&error.to_string())
}

/// What a cell takes beside its text.
const CELL_BYTES: u64 = 48;
/// What a row takes beside its cells.
const ROW_BYTES: u64 = 96;

/// Rows while their cells come in.
struct Gathered {
    rows: Vec<SheetRow>,
    left: u64,
    limit: u64,
    most: usize,
}

impl Gathered {
    /// Gathers at most so many rows, whose cells may take so much.
    fn new(limit: u64, most: usize) -> Self {
        Self { rows: Vec::new(), left: limit, limit, most }
    }

    /// Adds a cell that holds anything; false once there are more rows than wanted.
    fn add(&mut self, (row, column): (u32, u32), text: String) -> io::Result<bool> {
        if text.trim().is_empty() {
            return Ok(true);
        }
        let (line, column) = (u64::from(row) + 1, column as usize);
        if MOST_COLUMNS <= column {
            return Err(broken(&format!("it has a cell in column {}", column + 1)));
        }
        let is_new = self.rows.last().is_none_or(|last| last.line != line);
        let cost = text.len() as u64 + CELL_BYTES + u64::from(is_new) * ROW_BYTES;
        self.left = self
            .left
            .checked_sub(cost)
            .ok_or_else(|| too_large(self.limit, "its cells take more than"))?;
        if is_new {
            if self.most <= self.rows.len() {
                return Ok(false);
            }
            self.rows.push(SheetRow { line, cells: Vec::new() });
        }
        if let Some(last) = self.rows.last_mut() {
            last.cells.push((column, text.into()));
        }
        Ok(true)
    }

    /// The rows by number. A hostile file may give its cells in any order, and twice.
    fn finish(mut self) -> Vec<SheetRow> {
        self.rows.sort_by_key(|row| row.line);
        self.rows.dedup_by(|next, kept| {
            let is_same = next.line == kept.line;
            if is_same {
                kept.cells.append(&mut next.cells);
            }
            is_same
        });
        for row in &mut self.rows {
            row.cells.sort_by_key(|(column, _)| *column);
            row.cells.dedup_by_key(|(column, _)| *column);
        }
        self.rows
    }
}

fn text_of_ref(data: &DataRef<'_>) -> String {
    match data {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text)
        | DataRef::DateTimeIso(text)
        | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag_text(*flag),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn text_of(data: &Data) -> String {
    match data {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            text.clone()
        }
        Data::Bool(flag) => flag_text(*flag),
        Data::DateTime(moment) => moment_text(moment),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

fn flag_text(flag: bool) -> String {
    if flag { "TRUE".to_owned() } else { "FALSE".to_owned() }
}

/// A number as a spreadsheet shows it: it keeps 15 digits, and what stands behind them was
/// never there.
fn number_text(number: f64) -> String {
    const FIFTEEN_DIGITS: f64 = 1e15;
    if number.abs() < FIFTEEN_DIGITS || !number.is_finite() {
        return number.to_string();
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let text = rounded.to_string();
    let kept = text.len().min(15 + usize::from(number < 0.0));
    let (digits, rest) = text.split_at(kept);
    format!("{digits}{}", "0".repeat(rest.len()))
}

/// A date cell in ISO form, without the time where it has none.
fn moment_text(moment: &ExcelDateTime) -> String {
    if !moment.is_datetime() {
        return number_text(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second, milli) == (0, 0, 0, 0) {
        return date;
    }
    if milli == 0 {
        return format!("{date} {hour:02}:{minute:02}:{second:02}");
    }
    format!("{date} {hour:02}:{minute:02}:{second:02}.{milli:03}")
}

#[cfg(test)]
mod tests;
