//! Cells that take more than any cell of an export does are left out of their rows.

use super::context::Context;
use crate::decode::{Listed, Row};

/// Leaves long cells out of a row, which is put together anew in `kept`; those that would
/// have been read are rejected.
pub(super) fn leave_out<'a>(
    context: &mut Context<'_>,
    row: Row<'a>,
    most_bytes: u64,
    kept: &'a mut Listed,
) -> Row<'a> {
    if row.bytes() <= most_bytes {
        return row;
    }
    let is_long = |cell: &str| most_bytes < cell.len() as u64;
    let limit = most_bytes >> 10;
    let reason = format!("takes more than {limit} KB, the limit max-cell-kb");
    let known = context.known;
    for &(_, column, _) in known.columns.bound() {
        if is_long(row.cell(column)) {
            context.reject_cell(&row, column, &reason);
        }
    }
    let cells = row.cells().enumerate().filter(|(_, cell)| !is_long(cell));
    kept.row(row.line, row.cells().count(), cells)
}
