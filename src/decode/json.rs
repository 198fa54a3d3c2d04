//! JSON: an array of records, or a record a line, as a table of flattened columns. One object
//! around an array of records, as interfaces of CRMs answer, is that array.
//!
//! Names inside names are joined by `/`, lists count from 0: `actor/name`,
//! `reactions/0/type`. Records stream; one alone is held in memory, and one that is broken
//! costs no other.

use std::{
    collections::BTreeSet,
    io::{self, Read},
};

use serde_json::Value;

use super::{
    Layout, Row, RowFault, TextEncoding,
    listed::Listed,
    splitter::{Piece, Splitter},
};

/// Columns that records may have, all told.
const MOST_COLUMNS: usize = 65_536;

/// Whether a text begins as JSON records do.
pub fn is_json(head: &str) -> bool {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let second = || head[1..].trim_start().bytes().next();
    match head.bytes().next() {
        Some(b'{') => matches!(second(), Some(b'"' | b'}')),
        Some(b'[') => matches!(second(), Some(b'{')),
        _ => false,
    }
}

/// The encoding of JSON, which is UTF-8 unless a mark or its NULs say otherwise.
pub fn encoding(found: TextEncoding) -> TextEncoding {
    let is_told = found.encoding == encoding_rs::UTF_16LE
        || found.encoding == encoding_rs::UTF_16BE
        || found.is_certain;
    if is_told {
        return found;
    }
    TextEncoding { encoding: encoding_rs::UTF_8, is_certain: true, ..found }
}

/// The columns of all records, in the order in which they come; behind them those that never
/// hold anything.
pub fn columns(
    bytes: &mut dyn Read,
    encoding: TextEncoding,
    most_bytes: u64,
) -> io::Result<Vec<String>> {
    let (mut columns, mut bare) = (Vec::new(), Vec::new());
    let (mut seen, mut seen_bare) = (BTreeSet::new(), BTreeSet::new());
    records(bytes, encoding, most_bytes, |_, record| {
        let Ok(record) = record else { return };
        flatten("", record, &mut |name, text| {
            let (list, seen) = match text {
                Some(_) => (&mut columns, &mut seen),
                None => (&mut bare, &mut seen_bare),
            };
            if list.len() <= MOST_COLUMNS && !seen.contains(name) {
                seen.insert(name.to_owned());
                list.push(name.to_owned());
            }
        });
    })?;
    // What is nothing here and holds names inside there is no column.
    bare.retain(|name: &String| {
        let inside = format!("{name}/");
        let next = seen.range(inside.clone()..).next();
        !seen.contains(name) && !next.is_some_and(|next| next.starts_with(&inside))
    });
    columns.append(&mut bare);
    if MOST_COLUMNS < columns.len() {
        return Err(io::Error::other(format!(
            "its records have more than {MOST_COLUMNS} columns, all told"
        )));
    }
    Ok(columns)
}

/// Calls `each` for every record, and for what is none.
pub(super) fn for_each(
    bytes: &mut dyn Read,
    layout: &Layout,
    most_bytes: u64,
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
    records(bytes, layout.encoding, most_bytes, |line, record| {
        let record = match record {
            Ok(record) => record,
            Err(fault) => return each(Err(fault)),
        };
        cells.clear();
        flatten("", record, &mut |name, text| {
            if let Some((&column, text)) = column_of.get(name).zip(text) {
                cells.push((column, text));
            }
        });
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        let cells = cells.iter().map(|(column, text)| (*column, text.as_str()));
        each(Ok(listed.row(line, width, cells)));
    })
}

/// Gives every record with its line, each with another, and every text that is none.
fn records(
    bytes: &mut dyn Read,
    encoding: TextEncoding,
    most_bytes: u64,
    mut each: impl FnMut(u64, Result<&Value, RowFault>),
) -> io::Result<()> {
    let mut splitter = Splitter::new(bytes, encoding, most_bytes);
    let mut last = 0;
    let mut give = |line: u64, record: Result<&Value, String>, text: &[u8]| {
        // Records that share a line count on from it, so that each has a place of its own.
        last = line.max(last + 1);
        let record = record.map_err(|reason| RowFault {
            line: last,
            text: super::shortened(&String::from_utf8_lossy(text)),
            reason,
        });
        each(last, record);
    };
    // The first record is that array's envelope only where no other follows.
    let mut envelope: Option<(u64, Value)> = None;
    let mut may_be_one = !splitter.is_list()?;
    loop {
        let piece = splitter.next()?;
        if let Some((line, envelope)) = envelope.take() {
            match inside(&envelope).filter(|_| matches!(piece, Piece::End)) {
                Some(list) => list.iter().for_each(|record| give(line, Ok(record), b"")),
                None => give(line, Ok(&envelope), b""),
            }
        }
        match piece {
            Piece::End => return Ok(()),
            Piece::Fault { line, reason } => give(line, Err(reason), b""),
            Piece::Record { line, text } => match parsed(text) {
                Ok(record) if may_be_one && inside(&record).is_some() => {
                    envelope = Some((line, record));
                }
                Ok(record) => give(line, Ok(&record), text),
                Err(reason) => by_line(line, text, &reason, &mut give),
            },
        }
        may_be_one = false;
    }
}

/// What interfaces call the list that they answer with.
const LISTS: [&str; 8] =
    ["data", "results", "records", "items", "value", "values", "elements", "rows"];

/// The records of an array of objects that is called as answers are, or has nothing beside it.
fn inside(record: &Value) -> Option<&Vec<Value>> {
    let is_list = |value: &Value| {
        let mut list = value.as_array().into_iter().flatten().peekable();
        list.peek().is_some() && list.all(Value::is_object)
    };
    let fields = record.as_object()?;
    let is_answer = |name: &str| fields.len() == 1 || LISTS.contains(&name);
    let mut lists =
        fields.iter().filter(|(name, value)| is_answer(name) && is_list(value));
    let (_, list) = lists.next()?;
    if lists.next().is_none() { list.as_array() } else { None }
}

/// One record as a value; half of a character, as `\ud83d` alone is, becomes a mark, and a
/// number that no float holds a text, so that it alone is rejected.
fn parsed(text: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(text).or_else(|error| {
        let whole = quoted_where_too_large(&without_halves(text));
        serde_json::from_slice(&whole).map_err(|_| {
            // The place is one inside the record, which says little.
            let words = error.to_string();
            let reason = words.split(" at line ").next().unwrap_or(&words);
            format!("the record is no JSON: {reason}")
        })
    })
}

/// A record that is broken may have swallowed others: those of a line each are found.
fn by_line(
    line: u64,
    text: &[u8],
    reason: &str,
    give: &mut impl FnMut(u64, Result<&Value, String>, &[u8]),
) {
    let lines = || (line..).zip(text.split(|byte| *byte == b'\n'));
    let record = |text: &[u8]| {
        let text = text.trim_ascii();
        parsed(text.strip_suffix(b",").unwrap_or(text)).ok().filter(Value::is_object)
    };
    let mut others = lines().skip(1).filter(|(_, text)| text.starts_with(b"{"));
    if !others.any(|(_, text)| record(text).is_some()) {
        give(line, Err(reason.to_owned()), text);
        return;
    }
    for (line, text) in lines().filter(|(_, text)| !text.trim_ascii().is_empty()) {
        match record(text) {
            Some(record) => give(line, Ok(&record), text),
            None => give(line, Err(reason.to_owned()), text),
        }
    }
}

/// The text without escapes that stand for half of a character.
fn without_halves(text: &[u8]) -> Vec<u8> {
    const MARK: &[u8] = b"\\ufffd";
    let unit = |at: usize| -> Option<u16> {
        let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut whole = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let length = match (unit(at), unit(at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                whole.extend_from_slice(MARK);
                at += 6;
                continue;
            }
            // A backslash takes the byte behind it along, so that none counts twice.
            _ if text[at] == b'\\' => 2.min(text.len() - at),
            _ => 1,
        };
        whole.extend_from_slice(&text[at..at + length]);
        at += length;
    }
    whole
}

/// The text with numbers in quotes that no float holds, such as `1e999`.
fn quoted_where_too_large(text: &[u8]) -> Vec<u8> {
    let is_of_number = |byte: &u8| {
        byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E')
    };
    let mut whole = Vec::with_capacity(text.len());
    let mut at = 0;
    let mut is_quoted = false;
    while at < text.len() {
        let rest = &text[at..];
        let length = match rest[0] {
            b'\\' if is_quoted => 2.min(rest.len()),
            b'"' => {
                is_quoted = !is_quoted;
                1
            }
            byte if !is_quoted && (byte == b'-' || byte.is_ascii_digit()) => {
                rest.iter().take_while(|byte| is_of_number(byte)).count()
            }
            _ => 1,
        };
        let token = &rest[..length];
        let number = std::str::from_utf8(token).ok().map(str::parse::<f64>);
        let is_too_large =
            matches!(number, Some(Ok(number)) if !is_quoted && number.is_infinite());
        let marks: &[u8] = if is_too_large { b"\"" } else { b"" };
        whole.extend_from_slice(marks);
        whole.extend_from_slice(token);
        whole.extend_from_slice(marks);
        at += length;
    }
    whole
}

/// Gives every value with its path; none where there is nothing.
fn flatten(path: &str, value: &Value, each: &mut dyn FnMut(&str, Option<String>)) {
    let inner = |name: &str| {
        if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
    };
    match value {
        Value::Null => each(path, None),
        Value::Bool(flag) => each(path, Some(flag.to_string())),
        Value::Number(number) => each(path, Some(number.to_string())),
        Value::String(text) => each(path, Some(text.clone())),
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
        let layout = Layout { container: Container::Json, ..Layout::utf8(vec![], 0) };
        let header = columns(&mut text.as_bytes(), layout.encoding, 1 << 20).unwrap();
        let layout = Layout { header, ..layout };
        let mut rows = vec![layout.header.join("|")];
        for_each(&mut text.as_bytes(), &layout, 1 << 20, |row| {
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
    fn a_number_that_no_float_holds_costs_no_other_cell() {
        let list = "[{\"a\": 1e999, \"b\": \"1e999\\\" -1e999\", \"c\": [2, -3E+400]}]";
        assert_eq!(read(list), ["a|b|c/0|c/1", "1: 1e999|1e999\" -1e999|2|-3E+400"]);
        assert_eq!(read("[{\"a\": 1e999x}]"), ["", "1! broken"]);
    }

    #[test]
    fn lists_and_lines_of_records_become_the_same_rows() {
        let list = "\u{feff}[\n{\"a\": {\"b\": 1, \"c\": [true, \"x\"]}},\n\n{\"a\": null, \"d\": \"y\"}]\n";
        assert_eq!(read(list), ["a/b|a/c/0|a/c/1|d", "2: 1|true|x|", "4: |||y"]);
        let lines = "{\"a\": 1}\n{\"b\": 2}\n";
        assert_eq!(read(lines), ["a|b", "1: 1|", "2: |2"]);
    }

    #[test]
    fn what_is_nothing_in_every_record_is_a_column() {
        let lines =
            "{\"a\": null, \"b\": 1, \"c\": null}\n{\"a\": 2, \"c\": {\"d\": 3}}\n";
        assert_eq!(read(lines), ["b|a|c/d", "1: 1||", "2: |2|3"]);
        assert_eq!(read("{\"a\": null, \"b\": 1}\n"), ["b|a", "1: 1|"]);
    }

    #[test]
    fn an_array_of_records_in_an_envelope_is_the_table() {
        let rows = ["a|b/c", "1: 1|x", "2: 2|y"];
        let list =
            "[{\"a\": 1, \"b\": {\"c\": \"x\"}}, {\"a\": 2, \"b\": {\"c\": \"y\"}}]";
        assert_eq!(read(&format!("{{\"results\": {list}}}")), rows);
        assert_eq!(read(&format!("{{\"done\": true, \"data\": {list}}}\n")), rows);
        let paging = format!("{{\"data\": {list}, \"paging\": {{\"next\": null}}}}");
        assert_eq!(read(&paging), rows);
        let pages = "\"additional_data\": {\"start\": 0, \"limit\": 9, \"more\": false}";
        assert_eq!(read(&format!("{{\"data\": {list}, {pages}}}")), rows);
        // A record may have a list of its own.
        let record = "{\"a\": 1, \"b\": 2, \"c\": [{\"d\": 3}]}";
        assert_eq!(read(record), ["a|b|c/0/d", "1: 1|2|3"]);
        // Several are records, and so are those of a list.
        let two = "{\"b\": [{\"c\": 1, \"d\": 2}]}\n{\"b\": [{\"c\": 3, \"d\": 4}]}\n";
        assert_eq!(read(two), ["b/0/c|b/0/d", "1: 1|2", "2: 3|4"]);
        let one = "[{\"b\": [{\"c\": 1, \"d\": 2}]}]";
        assert_eq!(read(one), ["b/0/c|b/0/d", "1: 1|2"]);
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

    #[test]
    fn a_broken_record_costs_no_other() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        for bad in ["oops", "\"\\x\"", "\"a\" \"b\"", "[1,,2]", deep.as_str()] {
            let list = format!("[{{\"a\": 1}},\n{{\"a\": {bad}}},\n{{\"a\": 3}}]");
            assert_eq!(read(&list), ["a", "1: 1", "2! broken", "3: 3"], "{bad}");
        }
        for bad in ["{\"a\": oops", "{\"a\": \"oops", "{", "}", "{\"a\": [1, 2}", "x"] {
            let lines = format!("{{\"a\": 1}}\n{bad}\n{{\"a\": 3}}\n{{\"a\": 4}}\n");
            assert_eq!(read(&lines), ["a", "1: 1", "2! broken", "3: 3", "4: 4"], "{bad}");
        }
        assert_eq!(read("[{\"a\": 1}] x"), ["a", "1: 1", "2! broken"]);
    }

    #[test]
    fn half_a_character_is_no_fault() {
        let text = r#"[{"a": "x\ud83d"}, {"a": "\ud83d\ude00"}, {"a": "\\ud83d"}]"#;
        assert_eq!(read(text), ["a", "1: x\u{fffd}", "2: 😀", "3: \\ud83d"]);
    }

    #[test]
    fn a_record_that_takes_too_much_is_refused_alone() {
        let maps = format!("[{}]", vec!["{\"\":0}"; 3000].join(","));
        let long = format!("\"{}\"", "x".repeat(2 << 20));
        for large in [maps, long] {
            let list = format!("[{{\"a\": 1}}, {{\"a\": {large}}}, {{\"a\": 3}}]");
            assert_eq!(read(&list), ["a", "1: 1", "2! broken", "3: 3"]);
        }
    }
}
