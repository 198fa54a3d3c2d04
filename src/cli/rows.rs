//! `inspect --rows`: one file's table as it was decoded.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    io::{self, IsTerminal, Write},
    path::Path,
    process::ExitCode,
};

use touchstone::{
    decode::{
        Row,
        unknown::{Part, Told},
    },
    discover::Limits,
    pipeline::rows::{self, Read},
    recognize::Registry,
    report::harmless,
};

use super::{args::InspectFormat, failure::Failure, output::Output, progress::Progress};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Json,
}

impl Format {
    pub(super) fn of(typed: Option<InspectFormat>) -> Result<Self, Failure> {
        match typed {
            None | Some(InspectFormat::Csv) => Ok(Self::Csv),
            Some(InspectFormat::Json) => Ok(Self::Json),
            Some(InspectFormat::Text) => {
                Err(Failure::usage("rows are written as csv or json")
                    .hint("leave --format away for CSV"))
            }
        }
    }
}

/// Prints a file's table; what should be known of it goes to standard error.
pub(super) fn rows(
    path: &Path,
    format: Format,
    (registry, limits): (&Registry, Limits),
    progress: &Progress,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let mut failed = None;
    let read = {
        let is_shown = io::stdout().is_terminal();
        let mut writer = Writer::new(output.writer(), format, is_shown);
        let mut each = |part: Part<'_>| {
            writer.part(part).inspect_err(|error| failed = Some(error.kind()))
        };
        let read = rows::rows(path, registry, limits, &mut each);
        let ended = if read.is_ok() { writer.end() } else { Ok(()) };
        ended.map_err(|error| Failure::output(&error))?;
        read
    };
    if let Some(kind) = failed {
        return Err(Failure::output(&kind.into()));
    }
    for note in notes(&read?) {
        progress.note(&format!("note: {}", harmless(&note)));
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes rows as they come.
struct Writer<W: Write> {
    inner: Inner<W>,
    names: Vec<String>,
    count: u64,
    /// On a terminal, which a cell could steer.
    is_shown: bool,
}

enum Inner<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Json(W),
}

impl<W: Write> Writer<W> {
    fn new(writer: W, format: Format, is_shown: bool) -> Self {
        let inner = match format {
            Format::Csv => Inner::Csv(Box::new(
                csv::WriterBuilder::new()
                    .flexible(true)
                    .terminator(csv::Terminator::CRLF)
                    .from_writer(writer),
            )),
            Format::Json => Inner::Json(writer),
        };
        Self { inner, names: Vec::new(), count: 0, is_shown }
    }

    fn part(&mut self, part: Part<'_>) -> io::Result<()> {
        let is_shown = self.is_shown;
        match (&mut self.inner, part) {
            (Inner::Csv(writer), Part::Header(row) | Part::Row(row)) => {
                for cell in row.cells() {
                    writer.write_field(shown(cell, is_shown).as_bytes())?;
                }
                Ok(writer.write_record(None::<&[u8]>)?)
            }
            (Inner::Json(_), Part::Header(row)) => {
                self.names = distinct(row.cells());
                Ok(())
            }
            (Inner::Json(writer), Part::Row(row)) => {
                let is_first = self.count == 0;
                self.count += 1;
                writer.write_all(if is_first { b"[\n" } else { b",\n" })?;
                object(writer, &mut self.names, &row, is_shown)
            }
        }
    }

    fn end(&mut self) -> io::Result<()> {
        match &mut self.inner {
            Inner::Csv(writer) => writer.flush(),
            Inner::Json(writer) => {
                writer.write_all(if self.count == 0 { b"[]\n" } else { b"\n]\n" })
            }
        }
    }
}

/// A cell as it is, or without what would steer the terminal that shows it.
fn shown(cell: &str, is_shown: bool) -> Cow<'_, str> {
    if is_shown { Cow::Owned(harmless(cell)) } else { Cow::Borrowed(cell) }
}

/// Writes a row under the names of its columns, in their order.
fn object(
    writer: &mut impl Write,
    names: &mut Vec<String>,
    row: &Row<'_>,
    is_shown: bool,
) -> io::Result<()> {
    writer.write_all(b"  {")?;
    for (column, cell) in row.cells().enumerate() {
        if names.len() <= column {
            let with_one_more =
                names.iter().map(String::as_str).chain([""]).map(str::to_owned);
            let named: Vec<String> = with_one_more.collect();
            *names = distinct(named.iter().map(String::as_str));
        }
        if 0 < column {
            writer.write_all(b", ")?;
        }
        serde_json::to_writer(&mut *writer, &shown(&names[column], is_shown))?;
        writer.write_all(b": ")?;
        serde_json::to_writer(&mut *writer, &shown(cell, is_shown))?;
    }
    writer.write_all(b"}")
}

/// A name for every column: `column 3` where it has none, `Name (2)` where another has it.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let names: Vec<&str> = names.collect();
    let given: BTreeSet<&str> = names.iter().copied().collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut distinct = Vec::with_capacity(names.len());
    for (column, name) in names.into_iter().enumerate() {
        let wanted = if name.trim().is_empty() {
            format!("column {}", column + 1)
        } else {
            name.to_owned()
        };
        let is_free = |name: &str| !taken.contains(name);
        let chosen = if is_free(&wanted) && (wanted == name || !given.contains(&*wanted))
        {
            wanted
        } else {
            let numbered = (2..).map(|number| format!("{wanted} ({number})"));
            let mut free =
                numbered.filter(|one| is_free(one) && !given.contains(one.as_str()));
            free.next().unwrap_or(wanted)
        };
        taken.insert(chosen.clone());
        distinct.push(chosen);
    }
    distinct
}

/// What should be known of a table that was read.
fn notes(read: &Read) -> Vec<String> {
    let mut notes = Vec::new();
    if read.is_empty {
        notes.push("the file is empty".to_owned());
        return notes;
    }
    if let Some((sheet, others)) = &read.sheets
        && !others.is_empty()
    {
        notes.push(format!(
            "this is the sheet {sheet}; the workbook also has {}",
            others.join(", ")
        ));
    }
    let told: &Told = &read.told;
    match told.header_lines {
        None => notes.push("no line names the columns".to_owned()),
        Some((first, last)) if first < last => {
            notes.push(format!(
                "lines {first} to {last} are one header, joined by column"
            ));
        }
        Some(_) => {}
    }
    let mut count = |count: u64, what: &str| {
        if 0 < count {
            notes.push(format!("{count} {what}"));
        }
    };
    count(told.preamble_rows, "rows before the table were passed over");
    count(told.footer_rows, "rows behind the table were passed over");
    count(told.repeated_headers, "times the header stands again between rows");
    let (mended, line) = told.mended;
    count(mended, &format!("rows fit only by another reading, the first on line {line}"));
    let (ragged, line) = told.ragged;
    count(ragged, &format!("rows have more or fewer cells, the first on line {line}"));
    if let Some(line) = told.next_table {
        notes.push(format!(
            "another table begins on line {line}; it is not printed: save it as a file"
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_gets_a_name_of_its_own() {
        let check = |names: &[&str], expected: &[&str]| {
            assert_eq!(distinct(names.iter().copied()), expected);
        };
        check(&["a", "b"], &["a", "b"]);
        check(&["a", "a", "a (2)", ""], &["a", "a (3)", "a (2)", "column 4"]);
        check(&["", "column 1"], &["column 1 (2)", "column 1"]);
    }

    #[test]
    fn a_cell_steers_no_terminal_and_is_whole_elsewhere() {
        let cell = "a\u{1b}[2J\u{202e}b";
        assert_eq!(shown(cell, true), "a[2Jb");
        assert_eq!(shown(cell, false), cell);
    }
}
