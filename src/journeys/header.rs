//! The header of a table of journeys.

use super::{
    JourneysError,
    csv_rows::{Cells, record_end},
};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Path,
    Conversions,
    Value,
    Nulls,
    Other,
}

const NAMES: [(&str, Column); 4] = [
    ("path", Column::Path),
    ("conversions", Column::Conversions),
    ("value", Column::Value),
    ("nulls", Column::Nulls),
];

/// Which column is which.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) delimiter: u8,
    pub(super) columns: Vec<Column>,
}

/// The header at the start of a text, and where the rows begin. The delimiter is the one
/// that makes its columns out.
pub(super) fn header(text: &[u8]) -> Result<(Header, usize), JourneysError> {
    let blank = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let begin =
        text[..blank].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let line = 1 + memchr::memchr_iter(b'\n', &text[..begin]).count() as u64;
    let mut nearest = None;
    for delimiter in *b",;\t|" {
        let end = record_end(text, begin, delimiter).unwrap_or(text.len());
        let cells = cells(&text[begin..end], delimiter);
        match columns(&cells) {
            Ok(columns) => return Ok((Header { delimiter, columns }, end)),
            Err(column) => {
                let error = JourneysError::NoColumn { line, column, header: cells };
                nearest.get_or_insert(error);
            }
        }
    }
    Err(nearest.expect("a delimiter was tried"))
}

fn cells(record: &[u8], delimiter: u8) -> Vec<String> {
    let mut cells = Cells::new(record, delimiter);
    let mut all = Vec::new();
    while let Some(cell) = cells.next() {
        all.push(String::from_utf8_lossy(&cell).trim().to_owned());
    }
    all
}

/// The columns by name, in any case and order; else the first one that lacks.
fn columns(cells: &[String]) -> Result<Vec<Column>, &'static str> {
    let mut columns = vec![Column::Other; cells.len()];
    for (name, column) in NAMES {
        match cells.iter().position(|cell| cell.to_lowercase() == name) {
            Some(at) => columns[at] = column,
            None if matches!(column, Column::Path | Column::Conversions) => {
                return Err(name);
            }
            None => {}
        }
    }
    Ok(columns)
}
