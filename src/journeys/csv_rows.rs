//! Rows of a table of journeys, by bytes.

use std::borrow::Cow;

use super::{
    header::{Column, Header},
    names::split,
    numbers::{Numbers, Part, number},
};

/// The cells of a text, one after another.
pub(super) struct Cells<'t> {
    text: &'t [u8],
    at: usize,
    delimiter: u8,
    /// The last cell ended its record, or there was none yet.
    is_at_start: bool,
}

impl<'t> Cells<'t> {
    pub(super) fn new(text: &'t [u8], delimiter: u8) -> Self {
        Self { text, at: 0, delimiter, is_at_start: true }
    }

    /// The next cell; none at the end of the text.
    #[inline]
    pub(super) fn next(&mut self) -> Option<Cow<'t, [u8]>> {
        if self.text.len() <= self.at && self.is_at_start {
            return None;
        }
        if self.text.get(self.at) == Some(&b'"') {
            return Some(self.quoted());
        }
        Some(Cow::Borrowed(self.plain()))
    }

    /// Goes to the end of a cell and of its delimiter.
    #[inline]
    fn plain(&mut self) -> &'t [u8] {
        let rest = &self.text[self.at..];
        let end = memchr::memchr2(self.delimiter, b'\n', rest);
        let length = end.unwrap_or(rest.len());
        self.is_at_start = end.is_none_or(|end| rest[end] == b'\n');
        self.at += length + usize::from(end.is_some());
        let cell = &rest[..length];
        if self.is_at_start { cell.strip_suffix(b"\r").unwrap_or(cell) } else { cell }
    }

    /// A cell in quotes, in which two stand for one; what follows them belongs to it.
    fn quoted(&mut self) -> Cow<'t, [u8]> {
        let begin = self.at + 1;
        let end = closing(self.text, begin).unwrap_or(self.text.len());
        self.at = (end + 1).min(self.text.len());
        let inner = &self.text[begin..end];
        let after = self.plain();
        if after.is_empty() && !inner.contains(&b'"') {
            return Cow::Borrowed(inner);
        }
        let mut cell = Vec::with_capacity(inner.len());
        let mut is_second = false;
        for byte in inner {
            is_second = *byte == b'"' && !is_second;
            if !is_second {
                cell.push(*byte);
            }
        }
        cell.extend_from_slice(after);
        Cow::Owned(cell)
    }
}

/// The quote that ends a quoted cell, which begins after its opening one.
fn closing(text: &[u8], begin: usize) -> Option<usize> {
    let mut at = begin;
    loop {
        at += memchr::memchr(b'"', text.get(at..)?)?;
        if text.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// Where the record that begins here ends; none if the text ends before.
pub(super) fn record_end(text: &[u8], begin: usize, delimiter: u8) -> Option<usize> {
    let mut at = begin;
    loop {
        if text.get(at) == Some(&b'"') {
            at = closing(text, at + 1)? + 1;
        }
        at += memchr::memchr2(delimiter, b'\n', text.get(at..)?)? + 1;
        if text[at - 1] == b'\n' {
            return Some(at);
        }
    }
}

/// Reads rows, `begin` bytes into the text of their part.
pub(super) fn read(text: &str, begin: usize, header: &Header, part: &mut Part) {
    let mut channels = Vec::new();
    let mut cells = Cells::new(text.as_bytes(), header.delimiter);
    loop {
        let at = cells.at;
        match row(&mut cells, header, part, &mut channels) {
            Ok(true) => {}
            Ok(false) => return,
            Err(reason) => {
                // Too many cells shift the others, so that what they say misleads.
                let reason = miscount(&text.as_bytes()[at..], header).unwrap_or(reason);
                part.refuse(begin + at, reason);
                let end = record_end(text.as_bytes(), at, header.delimiter);
                (cells.at, cells.is_at_start) = (end.unwrap_or(text.len()), true);
            }
        }
    }
}

/// Reads a row, if there is one.
fn row(
    cells: &mut Cells<'_>,
    header: &Header,
    part: &mut Part,
    channels: &mut Vec<u32>,
) -> Result<bool, String> {
    let mut numbers = Numbers::default();
    let mut count = 0;
    while let Some(cell) = cells.next() {
        if count == 0 && cells.is_at_start && cell.trim_ascii().is_empty() {
            // A blank line.
            return Ok(true);
        }
        let column = header.columns.get(count).copied().unwrap_or(Column::Other);
        if column != Column::Other {
            let text =
                std::str::from_utf8(&cell).expect("delimiters part whole characters");
            match column {
                Column::Path => part.number(split(text), channels)?,
                Column::Conversions => numbers.conversions = number("conversions", text)?,
                Column::Value if !cell.is_empty() => {
                    numbers.value = number("value", text)?;
                }
                Column::Nulls if !cell.is_empty() => {
                    numbers.nulls = number("nulls", text)?;
                }
                Column::Value | Column::Nulls | Column::Other => {}
            }
        }
        count += 1;
        if cells.is_at_start {
            break;
        }
    }
    if count == 0 {
        return Ok(false);
    }
    if count != header.columns.len() {
        // The caller counts them, for all rows that are refused.
        return Err(String::new());
    }
    part.push(channels, &numbers)?;
    Ok(true)
}

/// What is wrong with the number of cells of a record.
fn miscount(text: &[u8], header: &Header) -> Option<String> {
    let mut cells = Cells::new(text, header.delimiter);
    let mut count = 0;
    while cells.next().is_some() {
        count += 1;
        if cells.is_at_start {
            break;
        }
    }
    let columns = header.columns.len();
    let delimiter = char::from(header.delimiter);
    (count != columns).then(|| {
        format!(
            "{count} cells where the header has {columns}; a name with {delimiter:?} in it \
             needs quotes"
        )
    })
}
