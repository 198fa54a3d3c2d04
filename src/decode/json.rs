//! JSON: an array of records, or a record a line, as a table of flattened columns.
//!
//! Names inside names are joined by `/`, lists count from 0: `actor/name`,
//! `reactions/0/type`. Records stream; one alone is held in memory.

use std::{
    cell::Cell,
    collections::BTreeSet,
    fmt,
    io::{self, BufRead, BufReader, Read},
    rc::Rc,
};

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use super::{Layout, Row, RowFault, listed::Listed};

/// Text of one record; a longer one is refused, since it is held in memory.
const RECORD_BYTES: u64 = 8 << 20;
/// Columns that records may have, all told.
const MOST_COLUMNS: usize = 4096;

/// Whether bytes begin as JSON records do.
pub fn is_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match head.split_first() {
        Some((b'{', rest)) => {
            matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}'))
        }
        Some((b'[', rest)) => matches!(rest.trim_ascii_start().first(), Some(b'{')),
        _ => false,
    }
}

/// The columns of all records, in the order in which they come.
pub fn columns(bytes: &mut dyn Read) -> io::Result<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut columns = Vec::new();
    records(bytes, |_, record| {
        flatten("", record, &mut |name, _| {
            if columns.len() < MOST_COLUMNS && seen.insert(name.to_owned()) {
                columns.push(name.to_owned());
            }
        });
    })?;
    Ok(columns)
}

/// Calls `each` for every record.
pub(super) fn for_each(
    bytes: &mut dyn Read,
    layout: &Layout,
    mut each: impl FnMut(Result<Row<'_>, RowFault>),
) -> io::Result<()> {
    let mut listed = Listed::default();
    let width = layout.header.len();
    let column_of: std::collections::BTreeMap<&str, usize> = layout
        .header
        .iter()
        .enumerate()
        .map(|(column, name)| (name.as_str(), column))
        .collect();
    let mut cells: Vec<(usize, String)> = Vec::new();
    let fault = records(bytes, |line, record| {
        cells.clear();
        flatten("", record, &mut |name, text| {
            if let Some(&column) = column_of.get(name) {
                cells.push((column, text));
            }
        });
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        let cells = cells.iter().map(|(column, text)| (*column, text.as_str()));
        each(Ok(listed.row(line, width, cells)));
    })?;
    if let Some(fault) = fault {
        each(Err(fault));
    }
    Ok(())
}

/// Gives every record with its line, each with another; where the text is broken, what stands before is given
/// and the fault returned.
fn records(
    bytes: &mut dyn Read,
    mut each: impl FnMut(u64, &Value),
) -> io::Result<Option<RowFault>> {
    let mut bytes = BufReader::new(bytes);
    if bytes.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
        bytes.consume(3);
    }
    let is_list = loop {
        let Some(&first) = bytes.fill_buf()?.first() else { return Ok(None) };
        if !first.is_ascii_whitespace() {
            break first == b'[';
        }
        bytes.consume(1);
    };
    let counter = Rc::new(Counter {
        line: Cell::new(1),
        begins_at: Cell::new(None),
        left: Cell::new(RECORD_BYTES),
    });
    let reader = Counting { inner: bytes, counter: Rc::clone(&counter) };
    let mut last = 0;
    let mut each = |record: &Value| {
        let line = counter.begins_at.take().unwrap_or(counter.line.get());
        // Records that share a line count on from it, so that each has a place of its own.
        last = line.max(last + 1);
        each(last, record);
        counter.left.set(RECORD_BYTES);
    };
    let result = if is_list {
        let mut parser = serde_json::Deserializer::from_reader(reader);
        let list = List { each: &mut each };
        list.deserialize(&mut parser).and_then(|()| parser.end())
    } else {
        let parser = serde_json::Deserializer::from_reader(reader).into_iter::<Value>();
        let mut result = Ok(());
        for record in parser {
            match record {
                Ok(record) => each(&record),
                Err(error) => {
                    result = Err(error);
                    break;
                }
            }
        }
        result
    };
    match result {
        Ok(()) => Ok(None),
        Err(error) => Ok(Some(RowFault {
            line: counter.line.get(),
            text: String::new(),
            reason: format!(
                "the JSON is broken here, and nothing behind it can be read: {error}"
            ),
        })),
    }
}

/// Where the parser is: its line, that of the record's first bracket, and what the record
/// may still take.
struct Counter {
    line: Cell<u64>,
    begins_at: Cell<Option<u64>>,
    left: Cell<u64>,
}

/// Counts lines as the parser takes bytes, which it does one at a time.
struct Counting<R> {
    inner: R,
    counter: Rc<Counter>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        for byte in &buffer[..count] {
            let line = self.counter.line.get();
            match byte {
                b'\n' => self.counter.line.set(line + 1),
                b'{' if self.counter.begins_at.get().is_none() => {
                    self.counter.begins_at.set(Some(line));
                }
                _ => {}
            }
        }
        let left = self.counter.left.get().checked_sub(count as u64);
        let left = left.ok_or_else(|| {
            let limit = RECORD_BYTES >> 20;
            io::Error::other(format!("one record takes more than {limit} MB"))
        })?;
        self.counter.left.set(left);
        Ok(count)
    }
}

/// A list whose records are handed on one by one.
struct List<'a> {
    each: &'a mut dyn FnMut(&Value),
}

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(record) = list.next_element::<Value>()? {
            (self.each)(&record);
        }
        Ok(())
    }
}

/// Gives every value with its path; nothing is no value.
fn flatten(path: &str, value: &Value, each: &mut dyn FnMut(&str, String)) {
    let inner = |name: &str| {
        if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
    };
    match value {
        Value::Null => {}
        Value::Bool(flag) => each(path, flag.to_string()),
        Value::Number(number) => each(path, number.to_string()),
        Value::String(text) => each(path, text.clone()),
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                flatten(&inner(&index.to_string()), value, each);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                flatten(&inner(name), value, each);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Container, Layout};

    fn read(text: &str) -> Vec<String> {
        let header = columns(&mut text.as_bytes()).unwrap();
        let layout = Layout { container: Container::Json, ..Layout::utf8(header, 0) };
        let mut rows = vec![layout.header.join("|")];
        for_each(&mut text.as_bytes(), &layout, |row| {
            rows.push(match row {
                Ok(row) => {
                    format!("{}: {}", row.line, row.cells().collect::<Vec<_>>().join("|"))
                }
                Err(fault) => format!("{}! broken", fault.line),
            });
        })
        .unwrap();
        rows
    }

    #[test]
    fn lists_and_lines_of_records_become_the_same_rows() {
        let list = "\u{feff}[\n{\"a\": {\"b\": 1, \"c\": [true, \"x\"]}},\n\n{\"a\": null, \"d\": \"y\"}]\n";
        assert_eq!(read(list), ["a/b|a/c/0|a/c/1|d", "2: 1|true|x|", "4: |||y"]);
        let lines = "{\"a\": 1}\n{\"b\": 2}\n";
        assert_eq!(read(lines), ["a|b", "1: 1|", "2: |2"]);
    }

    #[test]
    fn what_stands_before_a_fault_is_read() {
        assert_eq!(
            read("[{\"a\": 1},\n{\"a\": 2},\n{\"a\""),
            ["a", "1: 1", "2: 2", "3! broken"]
        );
        assert_eq!(read("[]"), [""]);
    }

    #[test]
    fn a_record_stands_at_the_line_at_which_it_begins() {
        assert_eq!(read("[{\"a\":1},{\"a\":2}]"), ["a", "1: 1", "2: 2"]);
        let text = "[\n {\n  \"a\": 1\n },\n {\n  \"a\": {\"b\": 2}\n }\n]\n";
        assert_eq!(read(text), ["a|a/b", "2: 1|", "5: |2"]);
    }
}
