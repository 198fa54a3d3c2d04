//! A file of journeys in bounded blocks, whose parts are read in parallel.

use std::io::Read;

use rayon::prelude::*;

use super::{
    BadRow, Journeys, JourneysError, MOST_BAD_ROWS,
    csv_rows::{self, record_end},
    header::{Header, header},
    json_rows,
    names::Names,
    numbers::{Fault, Part},
};
use crate::attribute::{Block, Paths};

/// Bytes read at a time; a record may be as long.
const BLOCK: usize = 32 << 20;
/// Bytes that are a task, about.
const PART: usize = 1 << 20;

/// Reads journeys: a table with the columns `path`, `conversions`, and perhaps `value` and
/// `nulls`, or, where the file begins with `{`, an object a line with fields of the same names,
/// whose `path` may be a list.
pub fn read(mut reader: impl Read) -> Result<Journeys, JourneysError> {
    let mut buffer = Vec::new();
    let mut is_end = fill(&mut reader, &mut buffer)?;
    let mut begin = if buffer.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let first = buffer[begin..].iter().find(|byte| !byte.is_ascii_whitespace());
    let is_table = first != Some(&b'{');
    let mut reading = Reading { line: 1, ..Reading::default() };
    if is_table {
        let (header, end) = header(&buffer[begin..])?;
        reading.line += lines(&buffer[begin..begin + end]);
        reading.header = Some(header);
        begin += end;
    }
    loop {
        let text = &buffer[begin..];
        let parts = reading.parts(text, is_end);
        let end = begin + parts.last().map_or(0, |(_, end)| *end);
        if end == begin && !is_end {
            let reason = "a record of over 32 MB; is a quote left open?".to_owned();
            reading.refuse(reading.line, reason);
            return reading.journeys();
        }
        reading.add(text, &parts);
        if is_end {
            return reading.journeys();
        }
        buffer.drain(..end);
        begin = 0;
        is_end = fill(&mut reader, &mut buffer)?;
    }
}

/// Reads on until the buffer is full; says whether the file ended.
fn fill(reader: &mut impl Read, buffer: &mut Vec<u8>) -> Result<bool, JourneysError> {
    let wanted = BLOCK - buffer.len();
    let found = reader.take(wanted as u64).read_to_end(buffer)?;
    Ok(found < wanted)
}

fn lines(text: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', text).count() as u64
}

/// What is read so far.
#[derive(Debug, Default)]
struct Reading {
    /// Of a table.
    header: Option<Header>,
    /// The line that comes next.
    line: u64,
    names: Names,
    blocks: Vec<Block>,
    journeys: Journeys,
    /// The first rows that cannot be used, and how many there are.
    bad: Vec<BadRow>,
    refused: u64,
}

impl Reading {
    /// The parts of a block that hold whole records.
    fn parts(&self, text: &[u8], is_end: bool) -> Vec<(usize, usize)> {
        let delimiter = match &self.header {
            Some(header) if memchr::memchr(b'"', text).is_some() => {
                Some(header.delimiter)
            }
            _ => None,
        };
        let mut parts = Vec::new();
        let mut begin = 0;
        while begin < text.len() {
            let end = match delimiter {
                Some(delimiter) => quoted_end(text, begin, delimiter),
                None => plain_end(text, begin),
            };
            let end = if is_end { end.or(Some(text.len())) } else { end };
            let Some(end) = end else { break };
            parts.push((begin, end));
            begin = end;
        }
        parts
    }

    /// Reads the parts of a block and adds them in their order.
    fn add(&mut self, text: &[u8], parts: &[(usize, usize)]) {
        let header = self.header.as_ref();
        let read: Vec<Part> = parts
            .par_iter()
            .map(|(begin, end)| read_part(&text[*begin..*end], header))
            .collect();
        for (mut part, (begin, _)) in read.into_iter().zip(parts) {
            let listed = part.faults.len() as u64;
            for Fault { at, reason } in std::mem::take(&mut part.faults) {
                self.refuse(self.line + lines(&text[*begin..begin + at]), reason);
            }
            self.refused += part.refused - listed;
            self.merge(part);
        }
    }

    /// Notes a row that cannot be used; no journeys are made of the others then.
    fn refuse(&mut self, line: u64, reason: String) {
        self.refused += 1;
        if self.bad.len() < MOST_BAD_ROWS {
            self.bad.push(BadRow { line, reason });
        }
    }

    fn merge(&mut self, mut part: Part) {
        let names = part.names.all().iter().map(|name| self.names.number(name)).collect();
        part.block.set_names(names);
        if self.refused == 0 {
            self.blocks.push(part.block);
        }
        self.line += part.lines;
        self.journeys.rows += part.rows;
        self.journeys.conversions += part.totals.conversions;
        self.journeys.value += part.totals.value;
        self.journeys.nulls += part.totals.nulls;
    }

    /// All of them, the channels in the order of their names.
    fn journeys(mut self) -> Result<Journeys, JourneysError> {
        if 0 < self.refused {
            return Err(JourneysError::Rows { rows: self.bad, count: self.refused });
        }
        if self.journeys.rows == 0 {
            return Err(JourneysError::Empty);
        }
        let (channels, places) = self.names.sorted();
        for block in &mut self.blocks {
            for name in block.names_mut() {
                *name = places[*name as usize];
            }
        }
        let paths = Paths::from_blocks(channels.len(), self.blocks);
        Ok(Journeys { channels, paths, ..self.journeys })
    }
}

fn read_part(text: &[u8], header: Option<&Header>) -> Part {
    let mut part = Part { lines: lines(text), ..Part::default() };
    let read = |text: &str, begin, part: &mut Part| match header {
        Some(header) => csv_rows::read(text, begin, header, part),
        None => json_rows::read(text, begin, part),
    };
    let mut begin = 0;
    loop {
        let rest = &text[begin..];
        let at = match std::str::from_utf8(rest) {
            Ok(text) => {
                read(text, begin, &mut part);
                return part;
            }
            Err(error) => error.valid_up_to(),
        };
        // The line that cannot be read goes, those before and behind it are looked at.
        let start = memchr::memrchr(b'\n', &rest[..at]).map_or(0, |end| end + 1);
        if let Ok(before) = std::str::from_utf8(&rest[..start]) {
            read(before, begin, &mut part);
        }
        part.refuse(begin + at, "the text is not UTF-8".to_owned());
        let end = memchr::memchr(b'\n', &rest[at..]);
        begin += end.map_or(rest.len(), |end| at + end + 1);
    }
}

/// The first line end after so many bytes, else the last one.
fn plain_end(text: &[u8], begin: usize) -> Option<usize> {
    let after = (begin + PART).min(text.len());
    match memchr::memchr(b'\n', &text[after..]) {
        Some(at) => Some(after + at + 1),
        None => memchr::memrchr(b'\n', &text[begin..]).map(|at| begin + at + 1),
    }
}

/// The first end of a record after so many bytes, else the last one; a line may end within
/// quotes.
fn quoted_end(text: &[u8], begin: usize, delimiter: u8) -> Option<usize> {
    let mut end = begin;
    while end < begin + PART {
        match record_end(text, end, delimiter) {
            Some(next) => end = next,
            None => break,
        }
    }
    (begin < end).then_some(end)
}
