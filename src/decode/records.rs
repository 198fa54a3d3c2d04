//! Records of delimited text: cells, and the line at which each record begins.

use std::io;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{Quoting, encoding::Utf8Reader};

/// Text longer than this without an end is no record; a quote was left open.
pub(super) const RECORD_BYTES: usize = 32 << 20;

/// One record: its cells lie end to end in `text`.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) line: u64,
    pub(super) text: &'a [u8],
    /// Where each cell ends in `text`.
    pub(super) ends: &'a [usize],
}

/// What the next record is.
pub(super) enum Next<'a> {
    Record(Record<'a>),
    /// From this line on, more than the limit without the end of a record.
    TooLong {
        line: u64,
    },
    End,
}

/// Makes the parser of a dialect.
fn parser(delimiter: u8, quoting: Quoting) -> Reader {
    let escape = (quoting == Quoting::Backslash).then_some(b'\\');
    ReaderBuilder::new().delimiter(delimiter).escape(escape).build()
}

/// Streams records.
pub(super) struct Records<R> {
    reader: Utf8Reader<R>,
    parser: Reader,
    input: Vec<u8>,
    start: usize,
    end: usize,
    /// Line ends that stand between records, passed over here.
    lines_between: u64,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: io::Read> Records<R> {
    pub(super) fn new(reader: Utf8Reader<R>, delimiter: u8, quoting: Quoting) -> Self {
        Self {
            reader,
            parser: parser(delimiter, quoting),
            input: vec![0; 128 * 1024],
            start: 0,
            end: 0,
            lines_between: 0,
            text: vec![0; 4096],
            ends: vec![0; 64],
        }
    }

    /// Reads the next record. After [`Next::TooLong`] nothing more can be read.
    pub(super) fn next(&mut self) -> io::Result<Next<'_>> {
        if !self.skip_line_ends()? {
            return Ok(Next::End);
        }
        let line = self.parser.line() + self.lines_between;
        let (mut text_len, mut ends_len) = (0, 0);
        loop {
            if self.start == self.end {
                self.fill()?;
            }
            let (result, read, written, ended) = self.parser.read_record(
                &self.input[self.start..self.end],
                &mut self.text[text_len..],
                &mut self.ends[ends_len..],
            );
            self.start += read;
            text_len += written;
            ends_len += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if RECORD_BYTES <= self.text.len() => {
                    return Ok(Next::TooLong { line });
                }
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull
                    if RECORD_BYTES <= self.ends.len() * 8 =>
                {
                    return Ok(Next::TooLong { line });
                }
                ReadRecordResult::OutputEndsFull => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::Record => {
                    return Ok(Next::Record(Record {
                        line,
                        text: &self.text[..text_len],
                        ends: &self.ends[..ends_len],
                    }));
                }
                ReadRecordResult::End => return Ok(Next::End),
            }
        }
    }

    /// Passes over empty lines before a record, so that the record's own line is known;
    /// false at the end of the file.
    fn skip_line_ends(&mut self) -> io::Result<bool> {
        loop {
            while self.start < self.end {
                match self.input[self.start] {
                    b'\n' => self.lines_between += 1,
                    b'\r' => {}
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
        self.end = self.reader.read(&mut self.input)?;
        Ok(())
    }

    /// Whether all bytes have been read.
    pub(super) fn is_at_end(&mut self) -> io::Result<bool> {
        Ok(!self.skip_line_ends()?)
    }
}

/// Splits the start of a text into its first records, each with its line; the last one may
/// be cut where the text is.
pub fn first_records(text: &str, delimiter: u8, most: usize) -> Vec<(u64, Vec<String>)> {
    let encoding = super::TextEncoding {
        encoding: encoding_rs::UTF_8,
        is_certain: true,
        drops_nul: false,
    };
    let reader = Utf8Reader::new(text.as_bytes(), encoding);
    let mut records = Records::new(reader, delimiter, Quoting::Doubled);
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
        check("", &[]);
        check("\n\n", &[]);
    }
}
