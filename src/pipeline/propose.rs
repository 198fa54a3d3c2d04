//! A format of the user's own for a table that no format fits.

use std::io;

use super::{
    inspect::{Inspected, again},
    rows,
};
use crate::{
    decode::{Row, unknown::Part},
    discover::Limits,
    propose::{self, Proposal},
    recognize::{Registry, Verdict},
};

/// Rows that are looked at.
const ROWS: usize = 1000;

/// Proposes a format for a table that no format fits, or several alike; none where too little
/// can be guessed, or where a format would not find the table's header.
pub fn propose(
    inspected: &Inspected,
    registry: &Registry,
    limits: Limits,
) -> Option<Proposal> {
    let own_header = match &inspected.verdict {
        Verdict::Unknown(unknown) => Some(&unknown.header),
        Verdict::Ambiguous(_) => None,
        Verdict::Known(_) | Verdict::Ignored(_) | Verdict::Refused(_) => return None,
    };
    let (header, rows) = sample(inspected, registry, limits);
    let file = inspected.workbook.as_ref().unwrap_or(&inspected.file.name);
    let name = (&*inspected.file.name, &**file);
    let fits = |proposal: &Proposal| {
        let mut registry = registry.clone();
        registry.add(&proposal.own).is_ok()
            && matches!(
                again(inspected, &registry, limits),
                Some(Verdict::Known(known)) if known.format.name == proposal.own.name
            )
    };
    let by_rows = propose::format(registry, name, &header, &rows).filter(fits);
    // The header as recognition sees it may be another: a line, not several joined.
    by_rows.or_else(|| {
        let own_header = own_header.filter(|own| **own != header)?;
        let proposal = propose::format(registry, name, own_header, &rows).filter(fits)?;
        let is_headless = header.is_empty() && !rows.is_empty();
        Some(if is_headless { proposal.of_data() } else { proposal })
    })
}

/// The header and the first rows of a table.
fn sample(
    inspected: &Inspected,
    registry: &Registry,
    limits: Limits,
) -> (Vec<String>, Vec<Vec<String>>) {
    let (mut header, mut rows) = (Vec::new(), Vec::new());
    let sheet = inspected.workbook.as_ref().and_then(|workbook| {
        inspected.file.name.strip_prefix(workbook.as_str())?.strip_prefix('/')
    });
    let own = |row: Row<'_>| row.cells().map(str::to_owned).collect();
    let mut each = |part: Part<'_>| {
        match part {
            Part::Header(row) => header = own(row),
            Part::Row(row) => rows.push(own(row)),
        }
        if rows.len() < ROWS { Ok(()) } else { Err(io::Error::other("enough")) }
    };
    // What breaks off is told elsewhere; what came before is good for a guess.
    drop(rows::read(&inspected.file, registry, limits, sheet, &mut each));
    (header, rows)
}
