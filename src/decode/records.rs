//! Records of delimited text: cells, and the line at which each record begins.

use std::{cell::RefCell, io, ops::Range};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{Quoting, encoding::Utf8Reader};

/// One record: its cells lie end to end in `text`.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) line: u64,
    pub(super) text: &'a [u8],
    /// Where each cell ends in `text`.
    pub(super) ends: &'a [usize],
    /// The file's last line end stands in it: a quote was never closed.
    pub(super) is_open: bool,
}

/// What the next record is.
pub(super) enum Next<'a> {
    Record(Record<'a>),
    /// A record that takes more than the limit, and was passed over.
    TooLong {
        /// The line at which it begins.
        line: u64,
        /// The limit was reached inside a quoted cell.
        is_quoted: bool,
        /// The file ends with it.
        is_last: bool,
    },
    End,
}

/// A delimiter, and how quotes are quoted.
type Dialect = (u8, Quoting);

thread_local! {
    /// Parsers for the next files, and the room for their input: to build one takes as long as
    /// to read a small file, and a clone forgets its tables.
    static SPARE: RefCell<Vec<(Dialect, Reader, Vec<u8>)>> =
        const { RefCell::new(Vec::new()) };
}

/// Parsers that a thread keeps.
const MOST_SPARE: usize = 8;

/// A parser of a dialect, at the begin of a text.
struct Parser {
    dialect: Dialect,
    /// None once it is given back.
    reader: Option<Reader>,
    input: Vec<u8>,
}

impl Parser {
    fn new(dialect: Dialect) -> Self {
        let spare = SPARE.with_borrow_mut(|spare| {
            let at = spare.iter().position(|(own, ..)| *own == dialect)?;
            let (_, reader, input) = spare.swap_remove(at);
            Some((reader, input))
        });
        let (reader, input) = spare.unwrap_or_else(|| {
            let (delimiter, quoting) = dialect;
            let escape = (quoting == Quoting::Backslash).then_some(b'\\');
            let reader = ReaderBuilder::new().delimiter(delimiter).escape(escape).build();
            (reader, vec![0; INPUT_BYTES])
        });
        Self { dialect, reader: Some(reader), input }
    }

    /// Parses a part of the input.
    fn read_record(
        &mut self,
        input: Range<usize>,
        text: &mut [u8],
        ends: &mut [usize],
    ) -> (ReadRecordResult, usize, usize, usize) {
        let reader = self.reader.as_mut().expect("it is there until the end");
        reader.read_record(&self.input[input], text, ends)
    }

    fn reader(&mut self) -> &mut Reader {
        self.reader.as_mut().expect("it is there until the end")
    }
}

impl Drop for Parser {
    fn drop(&mut self) {
        let Some(mut reader) = self.reader.take() else { return };
        reader.reset();
        SPARE.with_borrow_mut(|spare| {
            if spare.len() < MOST_SPARE {
                spare.push((self.dialect, reader, std::mem::take(&mut self.input)));
            }
        });
    }
}

const INPUT_BYTES: usize = 128 * 1024;

/// Streams records.
pub(super) struct Records<R> {
    reader: Utf8Reader<R>,
    parser: Parser,
    start: usize,
    end: usize,
    /// Line ends that stand between records, passed over here.
    lines_between: u64,
    /// Line ends that the parser saw and the file does not have.
    lines_made_up: u64,
    /// The last byte of the input.
    last_byte: u8,
    /// The last byte that was read is a carriage return, which ends a line of its own
    /// unless a line feed follows.
    is_after_return: bool,
    text: Vec<u8>,
    ends: Vec<usize>,
    most_bytes: usize,
}

impl<R: io::Read> Records<R> {
    pub(super) fn new(reader: Utf8Reader<R>, dialect: Dialect, most_bytes: u64) -> Self {
        Self {
            reader,
            most_bytes: usize::try_from(most_bytes).unwrap_or(usize::MAX),
            parser: Parser::new(dialect),
            start: 0,
            end: 0,
            lines_between: 0,
            lines_made_up: 0,
            last_byte: 0,
            is_after_return: false,
            text: vec![0; 4096],
            ends: vec![0; 64],
        }
    }

    /// Reads the next record.
    pub(super) fn next(&mut self) -> io::Result<Next<'_>> {
        if !self.skip_line_ends()? {
            return Ok(Next::End);
        }
        let line = self.parser.reader().line() + self.lines_between - self.lines_made_up;
        let (mut text_len, mut ends_len) = (0, 0);
        loop {
            if self.start == self.end {
                self.fill()?;
            }
            let is_at_end = self.start == self.end;
            let (result, read, written, ended) = self.parser.read_record(
                self.start..self.end,
                &mut self.text[text_len..],
                &mut self.ends[ends_len..],
            );
            self.start += read;
            text_len += written;
            ends_len += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.most_bytes <= self.text.len() => {
                    return self.too_long(line);
                }
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull
                    if self.most_bytes <= self.ends.len() * 8 =>
                {
                    return self.too_long(line);
                }
                ReadRecordResult::OutputEndsFull => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::Record => {
                    self.is_after_return =
                        0 < self.start && self.parser.input[self.start - 1] == b'\r';
                    return Ok(Next::Record(Record {
                        line,
                        text: &self.text[..text_len],
                        ends: &self.ends[..ends_len],
                        // Outside quotes a line end would have ended it.
                        is_open: is_at_end && matches!(self.last_byte, b'\n' | b'\r'),
                    }));
                }
                ReadRecordResult::End => return Ok(Next::End),
            }
        }
    }

    /// Passes over the rest of a record that takes too much.
    fn too_long(&mut self, line: u64) -> io::Result<Next<'_>> {
        // A line break that is not there ends the record, unless a quote is open. A clone of
        // the parser would tell without it, but does not keep its state.
        let (result, ..) =
            self.parser.reader().read_record(b"\n", &mut [0; 8], &mut [0; 8]);
        if matches!(result, ReadRecordResult::Record) {
            self.skip_line()?;
            let is_last = self.is_at_end()?;
            return Ok(Next::TooLong { line, is_quoted: false, is_last });
        }
        self.lines_made_up += 1;
        loop {
            if self.start == self.end {
                self.fill()?;
            }
            let (result, read, ..) = self.parser.read_record(
                self.start..self.end,
                &mut self.text,
                &mut self.ends,
            );
            self.start += read;
            let is_last = match result {
                ReadRecordResult::Record => self.is_at_end()?,
                ReadRecordResult::End => true,
                _ => continue,
            };
            return Ok(Next::TooLong { line, is_quoted: true, is_last });
        }
    }

    /// Passes over the rest of a line, and its end.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let rest = &self.parser.input[self.start..self.end];
            if let Some(at) = memchr::memchr(b'\n', rest) {
                self.start += at + 1;
                return Ok(());
            }
            self.fill()?;
            if self.start == self.end {
                return Ok(());
            }
        }
    }

    /// Passes over empty lines before a record, so that the record's own line is known;
    /// false at the end of the file.
    fn skip_line_ends(&mut self) -> io::Result<bool> {
        loop {
            while self.start < self.end {
                let byte = self.parser.input[self.start];
                let is_alone = std::mem::take(&mut self.is_after_return);
                self.lines_between += u64::from(byte == b'\n' || is_alone);
                match byte {
                    b'\n' => {}
                    b'\r' => self.is_after_return = true,
                    _ => return Ok(true),
                }
                self.start += 1;
            }
            self.fill()?;
            if self.start == self.end {
                return Ok(false);
            }
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.start = 0;
        self.end = self.reader.read(&mut self.parser.input)?;
        if let Some(last) = self.parser.input[..self.end].last() {
            self.last_byte = *last;
        }
        Ok(())
    }

    /// Whether all bytes have been read.
    pub(super) fn is_at_end(&mut self) -> io::Result<bool> {
        Ok(!self.skip_line_ends()?)
    }
}

impl<'a> Records<&'a [u8]> {
    /// The records of a text.
    pub(super) fn of_text(text: &'a str, dialect: Dialect, most_bytes: u64) -> Self {
        let encoding = super::TextEncoding {
            encoding: encoding_rs::UTF_8,
            is_certain: true,
            drops_nul: false,
        };
        let reader = Utf8Reader::new(text.as_bytes(), encoding);
        Self::new(reader, dialect, most_bytes)
    }
}

/// Splits the start of a text into its first records, each with its line; the last one may
/// be cut where the text is.
pub fn first_records(text: &str, delimiter: u8, most: usize) -> Vec<(u64, Vec<String>)> {
    let mut records = Records::of_text(text, (delimiter, Quoting::Doubled), u64::MAX);
    let mut first = Vec::new();
    while first.len() < most {
        let Ok(Next::Record(record)) = records.next() else { break };
        first.push((record.line, cells(record)));
    }
    first
}

/// A record's cells as strings.
pub(super) fn cells(record: Record<'_>) -> Vec<String> {
    let mut start = 0;
    record
        .ends
        .iter()
        .map(|&end| {
            let cell = String::from_utf8_lossy(&record.text[start..end]).into_owned();
            start = end;
            cell
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_knows_the_line_it_begins_at() {
        let check = |text: &str, expected: &[(u64, &[&str])]| {
            let expected: Vec<(u64, Vec<String>)> = expected
                .iter()
                .map(|(line, cells)| {
                    (*line, cells.iter().map(ToString::to_string).collect())
                })
                .collect();
            assert_eq!(first_records(text, b',', 99), expected, "{text:?}");
        };
        check("a,b\n1,2\n", &[(1, &["a", "b"]), (2, &["1", "2"])]);
        check(
            "a,b\r\n1,2\r\n3,4",
            &[(1, &["a", "b"]), (2, &["1", "2"]), (3, &["3", "4"])],
        );
        check("\n\r\na\n\n\nb", &[(3, &["a"]), (6, &["b"])]);
        check(
            "a\n\"x\ny\r\nz\",2\nb\n",
            &[(1, &["a"]), (2, &["x\ny\r\nz", "2"]), (5, &["b"])],
        );
        check("\"a \"\"b\"\"\",\n,\n", &[(1, &["a \"b\"", ""]), (2, &["", ""])]);
        check("a\r1\r\r2\r", &[(1, &["a"]), (2, &["1"]), (4, &["2"])]);
        check("a\rb\nc\r\nd", &[(1, &["a"]), (2, &["b"]), (3, &["c"]), (4, &["d"])]);
        check("", &[]);
        check("\n\n", &[]);
    }

    #[test]
    fn a_record_that_takes_too_much_is_passed_over() {
        let check = |text: &str, expected: &[&str]| {
            let mut records = Records::of_text(text, (b',', Quoting::Doubled), 4096);
            let mut seen = Vec::new();
            loop {
                seen.push(match records.next().unwrap() {
                    Next::End => break,
                    Next::Record(record) => format!("{}", record.line),
                    Next::TooLong { line, is_quoted, is_last } => {
                        format!("{line} {is_quoted} {is_last}")
                    }
                });
            }
            assert_eq!(seen, expected);
        };
        let long = "x".repeat(300_000);
        check(&format!("a\n{long}\nb\n"), &["1", "2 false false", "3"]);
        check(&format!("a\n{long}"), &["1", "2 false true"]);
        check(&format!("a\n\"{long}\nb\n"), &["1", "2 true true"]);
        check(&format!("a\n\"{long}\n\"\nb\n"), &["1", "2 true false", "4"]);
        check(&format!("a\n{}\nb\n", ",".repeat(9000)), &["1", "2 false false", "3"]);
    }
}
