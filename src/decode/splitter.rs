//! Cuts the records out of a JSON text without reading what stands in them.

use std::io::{self, Read};

use super::{TextEncoding, encoding::Utf8Reader};

/// What an object takes in memory, beside its text.
const OBJECT_BYTES: u64 = 640;
/// What a value takes in memory, beside its text.
const VALUE_BYTES: u64 = 32;

/// What stands next in a text.
pub(super) enum Piece<'a> {
    /// A record, whole if its brackets are.
    Record {
        /// The line at which it begins, from 1.
        line: u64,
        /// Its bytes.
        text: &'a [u8],
    },
    /// What is no record, and is passed over.
    Fault {
        /// The line at which it begins, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    End,
}

/// Streams records: those of a list, or one after the other.
pub(super) struct Splitter<'a> {
    reader: Utf8Reader<&'a mut dyn Read>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    line: u64,
    text: Vec<u8>,
    most_bytes: u64,
    is_list: Option<bool>,
    is_over: bool,
    /// The text ended inside a record.
    is_cut: bool,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(
        bytes: &'a mut dyn Read,
        encoding: TextEncoding,
        most_bytes: u64,
    ) -> Self {
        Self {
            reader: Utf8Reader::new(bytes, encoding),
            buffer: vec![0; 64 * 1024],
            start: 0,
            end: 0,
            line: 1,
            text: Vec::new(),
            most_bytes,
            is_list: None,
            is_over: false,
            is_cut: false,
        }
    }

    /// Whether the records are those of a list.
    pub(super) fn is_list(&mut self) -> io::Result<bool> {
        self.first()?;
        Ok(self.is_list == Some(true))
    }

    /// The next record.
    pub(super) fn next(&mut self) -> io::Result<Piece<'_>> {
        if self.is_over {
            return Ok(Piece::End);
        }
        let first = self.first()?;
        let line = self.line;
        let Some(first) = first else {
            self.is_over = true;
            if self.is_list != Some(true) || self.is_cut {
                return Ok(Piece::End);
            }
            let reason = "the list does not end: the file was cut off here".to_owned();
            return Ok(Piece::Fault { line, reason });
        };
        if self.is_list == Some(true) && first == b']' {
            self.is_over = true;
            self.step();
            if self.first()?.is_none() {
                return Ok(Piece::End);
            }
            let reason = "text stands behind the end of the list, and is not read";
            return Ok(Piece::Fault { line: self.line, reason: reason.to_owned() });
        }
        if self.record()? {
            return Ok(Piece::Record { line, text: &self.text });
        }
        let limit = self.most_bytes >> 20;
        let reason =
            format!("the record takes more than {limit} MB, the limit max-record-mb");
        Ok(Piece::Fault { line, reason })
    }

    /// Passes over what stands between records; the byte at which the next begins.
    fn first(&mut self) -> io::Result<Option<u8>> {
        while let Some(byte) = self.peek()? {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {}
                b',' if self.is_list == Some(true) => {}
                b'[' if self.is_list.is_none() => self.is_list = Some(true),
                _ => {
                    self.is_list.get_or_insert(false);
                    return Ok(Some(byte));
                }
            }
            self.step();
        }
        Ok(None)
    }

    /// Takes a record, up to where its brackets are closed; false where it is too large.
    fn record(&mut self) -> io::Result<bool> {
        self.text.clear();
        let (mut depth, mut is_quoted, mut is_escaped) = (0_u64, false, false);
        let mut cost = 0;
        while let Some(byte) = self.peek()? {
            let is_bare = depth == 0 && !is_quoted && 0 < cost;
            if is_bare && matches!(byte, b',' | b']' | b' ' | b'\t' | b'\r' | b'\n') {
                break;
            }
            self.step();
            cost += 1;
            if cost <= self.most_bytes {
                self.text.push(byte);
            }
            if is_quoted {
                is_quoted = is_escaped || byte != b'"';
                is_escaped = !is_escaped && byte == b'\\';
                continue;
            }
            match byte {
                b'"' => is_quoted = true,
                b',' => cost += VALUE_BYTES,
                b'{' | b'[' => {
                    depth += 1;
                    cost += if byte == b'{' { OBJECT_BYTES } else { VALUE_BYTES };
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        self.is_cut = 0 < depth || is_quoted;
        Ok(cost <= self.most_bytes)
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.start == self.end {
            self.start = 0;
            self.end = self.reader.read(&mut self.buffer)?;
        }
        Ok(self.buffer[..self.end].get(self.start).copied())
    }

    /// Passes the byte that was seen last.
    fn step(&mut self) {
        self.line += u64::from(self.buffer[self.start] == b'\n');
        self.start += 1;
    }
}
