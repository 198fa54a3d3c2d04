//! One file's table as it was decoded, whatever it is.

use std::{io, path::Path};

use super::PipelineError;
use crate::{
    decode::{
        self, Container, Layout,
        unknown::{self, Each, Hint, Part, Told},
        workbook::{self, SheetHead},
    },
    discover::{self, ExportFile, Limits, Scan},
    recognize::{self, Registry, Verdict},
};

/// What a table told beside its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// What was passed over or mended.
    pub told: Told,
    /// The sheet that was read, and the other sheets of the workbook.
    pub sheets: Option<(String, Vec<String>)>,
    /// The file holds nothing.
    pub is_empty: bool,
}

/// Calls `each` for the header of a file's table, where there is one, and for every row.
pub fn rows(
    path: &Path,
    registry: &Registry,
    limits: Limits,
    each: Each<'_>,
) -> Result<Read, PipelineError> {
    let found = discover::files(&[path.to_path_buf()], limits)?;
    let named = |reason: String| PipelineError::NoTable {
        path: path.display().to_string(),
        reason,
    };
    if let Some(one) = found.unreadable.first() {
        return Err(named(one.reason.clone()));
    }
    let file = match found.files.as_slice() {
        [] => return Err(named("there is no file in it".to_owned())),
        [file] => file,
        several => {
            let count = several.len();
            return Err(named(format!("it holds {count} files; name one of them")));
        }
    };
    read(file, registry, limits, None, each).map_err(|error| named(error.to_string()))
}

/// Calls `each` for the parts of a file's table; of a workbook's sheet of that name, else of
/// the one with the most cells.
pub(super) fn read(
    file: &ExportFile,
    registry: &Registry,
    limits: Limits,
    sheet: Option<&str>,
    each: Each<'_>,
) -> io::Result<Read> {
    let source = &file.source;
    let scan = source.with_bytes(limits, |bytes| discover::scan(bytes))?;
    if scan.whole.bytes == 0 {
        return Ok(Read { is_empty: true, ..Read::default() });
    }
    let encoding = decode::text_encoding(&scan);
    if decode::json::is_json(&decode::head(&scan, encoding)) {
        return json(file, limits, decode::json::encoding(encoding), each);
    }
    if workbook::is_workbook(&scan.head) {
        let heads =
            source.with_bytes(limits, |bytes| workbook::sheet_heads(bytes, limits))?;
        let named = heads.iter().position(|head| Some(head.name.as_str()) == sheet);
        let at = named.unwrap_or_else(|| chosen(&heads));
        let told =
            source.with_bytes(limits, |bytes| unknown::sheet(bytes, limits, at, each))?;
        let name = |head: &SheetHead| head.name.clone();
        let others = heads.iter().enumerate().filter(|(index, _)| *index != at);
        let others = others.map(|(_, head)| name(head)).collect();
        let sheets = heads.get(at).map(|head| (name(head), others));
        return Ok(Read { told, sheets, is_empty: false });
    }
    if let Some(reason) = recognize::not_a_table(&scan.head) {
        return Err(io::Error::other(format!("it is {reason}")));
    }
    let hint = hint(file, registry, &scan);
    let told = source
        .with_bytes(limits, |bytes| unknown::rows(bytes, &scan, encoding, hint, each))?;
    Ok(Read { told, ..Read::default() })
}

/// Of a known export it is known where its header stands.
fn hint(file: &ExportFile, registry: &Registry, scan: &Scan) -> Hint {
    match recognize::file(registry, &file.name, scan) {
        Verdict::Known(known) if known.layout.container == Container::Text => Hint {
            delimiter: Some(known.layout.delimiter),
            header_line: Some(known.layout.header_line),
        },
        _ => Hint::default(),
    }
}

/// The sheet with the most cells, but none that is hidden unless all are.
fn chosen(heads: &[SheetHead]) -> usize {
    let cells = |head: &SheetHead| -> usize {
        head.rows.iter().map(|(_, cells)| cells.len()).sum()
    };
    let by_size = heads.iter().enumerate().rev();
    by_size
        .max_by_key(|(_, head)| (!head.is_hidden, cells(head)))
        .map_or(0, |(index, _)| index)
}

fn json(
    file: &ExportFile,
    limits: Limits,
    encoding: decode::TextEncoding,
    each: Each<'_>,
) -> io::Result<Read> {
    let columns = file.source.with_bytes(limits, |bytes| {
        decode::json::columns(bytes, encoding, limits.record_bytes)
    })?;
    let layout =
        Layout { container: Container::Json, encoding, ..Layout::utf8(columns, 0) };
    unknown::header(&layout.header, each)?;
    let mut outcome = Ok(());
    file.source.with_bytes(limits, |bytes| {
        decode::rows(bytes, limits, &layout, |row| {
            if outcome.is_ok() {
                outcome = match row {
                    Ok(row) => each(Part::Row(row)),
                    Err(fault) => Err(io::Error::other(format!(
                        "line {}: {}",
                        fault.line, fault.reason
                    ))),
                };
            }
        })
    })?;
    outcome?;
    let told = Told { header_lines: Some((1, 1)), ..Told::default() };
    Ok(Read { told, ..Read::default() })
}
