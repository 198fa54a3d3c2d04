//! A public view as JSON Lines: an object a row, its keys in the order of the columns.

use std::io::{self, Write};

use super::{cannot_write, misfit};
use crate::{
    report::ReportError,
    store::{Cell, Column, ColumnKind, Store},
};

/// Writes all rows of a view, and counts them.
pub(super) fn write(
    store: &Store,
    view: &str,
    target: &mut dyn Write,
) -> Result<u64, ReportError> {
    let cannot = cannot_write(view);
    let columns = store.columns(view)?;
    let mut line = Vec::new();
    let mut rows = 0;
    store.each_row(view, |cells| {
        line.clear();
        for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
            line.push(if index == 0 { b'{' } else { b',' });
            serde_json::to_writer(&mut line, &column.name)
                .map_err(|error| cannot(error.into()))?;
            line.push(b':');
            value(column, cell, &mut line)?.map_err(&cannot)?;
        }
        line.extend_from_slice(b"}\n");
        rows += 1;
        target.write_all(&line).map_err(&cannot)
    })?;
    Ok(rows)
}

/// One value; a number that JSON has no word for is null.
fn value(
    column: &Column,
    cell: &Cell<'_>,
    line: &mut Vec<u8>,
) -> Result<io::Result<()>, ReportError> {
    let written = match (column.kind, cell) {
        (_, Cell::Null) => serde_json::to_writer(line, &()),
        (ColumnKind::Flag, Cell::Integer(flag @ 0..=1)) => {
            serde_json::to_writer(line, &(*flag == 1))
        }
        (ColumnKind::Flag, other) => return Err(misfit("flag", format!("{other:?}"))),
        (_, Cell::Integer(number)) => serde_json::to_writer(line, number),
        (_, Cell::Real(number)) => serde_json::to_writer(line, number),
        (_, Cell::Text(text)) => serde_json::to_writer(line, text),
    };
    Ok(written.map_err(io::Error::from))
}
