//! A public view as CSV.

use std::io::Write;

use super::ReportError;
use crate::store::{Cell, Store};

/// Writes all rows of a view under its column names.
pub(super) fn write(
    store: &Store,
    view: &str,
    file: &mut impl Write,
) -> Result<(), ReportError> {
    let mut table = csv::Writer::from_writer(file);
    let cannot = |error: csv::Error| ReportError::Write {
        path: format!("{view}.csv").into(),
        source: error.into(),
    };
    table.write_record(store.view_columns(view)?).map_err(cannot)?;
    store.each_row(view, |cells| {
        for cell in cells {
            let text = match cell {
                Cell::Null => String::new(),
                Cell::Integer(number) => number.to_string(),
                Cell::Real(number) => number.to_string(),
                Cell::Text(text) => harmless(text),
            };
            table.write_field(text).map_err(cannot)?;
        }
        table.write_record(None::<&[u8]>).map_err(cannot)
    })?;
    table.flush().map_err(|source| ReportError::Write { path: view.into(), source })?;
    Ok(())
}

/// Text that a spreadsheet would take for a formula gets an apostrophe in front.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_harmless_text() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@here"), "'@here");
        assert_eq!(harmless("one = two"), "one = two");
    }
}
