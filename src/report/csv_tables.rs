//! A public view as CSV.

use std::{
    fmt::{Display, Write as _},
    io::{self, Write},
};

use super::ReportError;
use crate::store::{Cell, Store};

/// Writes all rows of a view under its column names, and counts them.
pub(super) fn write(
    store: &Store,
    view: &str,
    file: &mut dyn Write,
) -> Result<u64, ReportError> {
    let mut table = csv::Writer::from_writer(file);
    let cannot = |error: csv::Error| ReportError::Write {
        path: format!("{}.csv", view.trim_start_matches("v_")).into(),
        source: match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        },
    };
    table.write_record(store.view_columns(view)?).map_err(cannot)?;
    let (mut made, mut rows) = (String::new(), 0);
    store.each_row(view, |cells| {
        for cell in cells {
            made.clear();
            let text = match cell {
                Cell::Null => "",
                Cell::Integer(number) => written(&mut made, number),
                Cell::Real(number) if is_tiny(*number) => {
                    written(&mut made, &format_args!("{number:e}"))
                }
                Cell::Real(number) => written(&mut made, number),
                Cell::Text(text) if is_formula(text) => {
                    written(&mut made, &format_args!("'{text}"))
                }
                Cell::Text(text) => text,
            };
            table.write_field(text).map_err(cannot)?;
        }
        rows += 1;
        table.write_record(None::<&[u8]>).map_err(cannot)
    })?;
    table.flush().map_err(|source| ReportError::Write { path: view.into(), source })?;
    Ok(rows)
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

/// Writes into a text that is used again for every cell.
fn written<'a>(text: &'a mut String, value: &dyn Display) -> &'a str {
    write!(text, "{value}").expect("a string takes everything");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

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
