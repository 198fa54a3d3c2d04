//! Records of a text, streamed: each by the rule, and where it does not fit, mended.

use std::io;

use super::{
    dialect::Dialect,
    mend::{Profile, mended},
    split::{self, Cells, Way, Ways},
};
use crate::decode::encoding::Utf8Reader;

/// A quoted cell longer than this was never meant to be one.
const CELL_BYTES: usize = 1 << 20;
/// A line longer than this is no line of a table.
const LINE_BYTES: usize = 32 << 20;
const CHUNK_BYTES: usize = 128 * 1024;
/// Text that is read again, all told: a file in which nothing fits costs no more than this.
/// What comes then is read line by line.
const MENDED_BYTES: usize = 256 << 20;

/// A record, and how it was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) line: u64,
    /// Empty lines stand before it.
    pub(super) is_behind_gap: bool,
    pub(super) is_mended: bool,
    pub(super) cells: Cells,
}

/// Streams records.
pub(super) struct Records<R> {
    reader: Utf8Reader<R>,
    pub(super) dialect: Dialect,
    pub(super) profile: Profile,
    text: Vec<u8>,
    start: usize,
    is_whole: bool,
    line: u64,
    budget: usize,
}

impl<R: io::Read> Records<R> {
    pub(super) fn new(reader: Utf8Reader<R>, dialect: Dialect, profile: Profile) -> Self {
        Self {
            reader,
            dialect,
            profile,
            text: Vec::new(),
            start: 0,
            is_whole: false,
            line: 1,
            budget: MENDED_BYTES,
        }
    }

    /// The next record, none at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Found>> {
        let Some(gaps) = self.skip_line_ends()? else { return Ok(None) };
        let mut found =
            Found { line: self.line, is_behind_gap: gaps, ..Found::default() };
        let (strict, strict_len) = self.by_the_rule()?;
        let width = self.profile.width;
        let line_len = self.line_len()?;
        let strict = match strict {
            Some(cells)
                if (cells.len() == width || width == 0)
                    && !(0 < cells.stray
                        && line_len < strict_len
                        && self.swallows(line_len, strict_len)) =>
            {
                found.cells = cells;
                self.pass(strict_len);
                return Ok(Some(found));
            }
            strict => strict,
        };
        let line = &self.text[self.start..self.start + line_len];
        if line_len * 8 <= self.budget {
            self.budget -= line_len * 8;
            let is_wide = strict.as_ref().is_some_and(|cells| width < cells.len());
            let mut cells = mended(line, self.dialect, &self.profile, is_wide);
            let mut length = line_len;
            if cells.is_none() && line_len < strict_len && strict_len * 8 <= self.budget {
                self.budget -= strict_len * 8;
                let all = &self.text[self.start..self.start + strict_len];
                cells = mended(all, self.dialect, &self.profile, is_wide);
                length = strict_len;
            }
            if let Some(cells) = cells {
                found.cells = cells;
                found.is_mended = true;
                self.pass(length);
                return Ok(Some(found));
            }
        }
        match strict {
            Some(cells)
                if strict_len <= line_len || !self.swallows(line_len, strict_len) =>
            {
                found.cells = cells;
                self.pass(strict_len);
            }
            _ => {
                found.cells = self.line_alone(line_len);
                self.check(&found.cells)?;
                self.pass(line_len);
            }
        }
        Ok(Some(found))
    }

    /// The record by the rule and its length; none where a quote is never closed.
    fn by_the_rule(&mut self) -> io::Result<(Option<Cells>, usize)> {
        let mut cells = Cells::default();
        loop {
            let mut rest = &self.text[self.start..];
            if self.budget < CELL_BYTES
                && let Some(end) = memchr::memchr2(b'\n', b'\r', rest)
            {
                rest = &rest[..rest.len().min(end + 2)];
            }
            let read = split::record(
                rest,
                self.dialect,
                self.is_whole,
                Ways::NONE,
                &mut cells,
                None,
            );
            if let Some(length) = read {
                return Ok((Some(cells), length));
            }
            self.check(&cells)?;
            let has_line = memchr::memchr2(b'\n', b'\r', rest).is_some();
            let is_spent = self.budget < CELL_BYTES;
            if self.is_whole || (has_line && (CELL_BYTES <= rest.len() || is_spent)) {
                self.budget = self.budget.saturating_sub(rest.len());
                return Ok((None, 0));
            }
            self.grow()?;
        }
    }

    /// Fails where a record has more cells than one of a table.
    fn check(&self, cells: &Cells) -> io::Result<()> {
        if cells.len() <= split::MOST_CELLS {
            return Ok(());
        }
        let (line, most) = (self.line, split::MOST_CELLS);
        Err(io::Error::other(format!(
            "line {line} has more than {most} cells: it is no table"
        )))
    }

    /// The length of the line at hand, with its end.
    fn line_len(&mut self) -> io::Result<usize> {
        loop {
            let rest = &self.text[self.start..];
            match memchr::memchr2(b'\n', b'\r', rest) {
                Some(end) if end + 1 < rest.len() || self.is_whole => {
                    return Ok(end + split::line_end(&rest[end..]));
                }
                None if self.is_whole => return Ok(rest.len()),
                _ => self.grow()?,
            }
        }
    }

    /// Whether a record by the rule runs over lines that are rows by themselves: then a
    /// stray quote swallowed them.
    fn swallows(&self, line_len: usize, strict_len: usize) -> bool {
        let all = &self.text[self.start..self.start + strict_len];
        let (mut at, mut cells) = (line_len, Cells::default());
        while at < all.len() {
            let rest = &all[at..];
            let end = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
            let read = split::record(
                &rest[..end],
                self.dialect,
                true,
                Ways::NONE,
                &mut cells,
                None,
            );
            if read == Some(end) && cells.len() == self.profile.width {
                return true;
            }
            at += end + split::line_end(&rest[end..]).max(1);
        }
        false
    }

    /// A line by itself; quotes that do not close in it are letters.
    fn line_alone(&self, line_len: usize) -> Cells {
        let line = &self.text[self.start..self.start + line_len];
        let mut ways: Vec<(usize, Way)> = Vec::new();
        let mut cells = Cells::default();
        loop {
            let mut choices = Vec::new();
            let read = split::record(
                line,
                self.dialect,
                true,
                Ways(&ways),
                &mut cells,
                Some(&mut choices),
            );
            if read.is_some() {
                return cells;
            }
            let open = choices
                .iter()
                .rev()
                .find(|choice| choice.1 == Way::Letter && !ways.contains(choice));
            match open {
                Some(choice) if ways.len() < 64 => ways.push(*choice),
                _ => {
                    let as_it_is = Dialect { quote: 0, ..self.dialect };
                    split::record(line, as_it_is, true, Ways::NONE, &mut cells, None);
                    return cells;
                }
            }
        }
    }

    /// Passes over line ends; says whether whole empty lines were among them, none at the
    /// end of the file.
    fn skip_line_ends(&mut self) -> io::Result<Option<bool>> {
        let mut has_gap = false;
        loop {
            let rest = &self.text[self.start..];
            let length = split::line_end(rest);
            if length == 0 && !rest.is_empty() {
                return Ok(Some(has_gap));
            }
            if length == rest.len() && !self.is_whole {
                self.grow()?;
                continue;
            }
            if rest.is_empty() {
                return Ok(None);
            }
            has_gap = true;
            self.pass(length);
        }
    }

    /// Goes on behind a piece of text.
    fn pass(&mut self, length: usize) {
        let passed = &self.text[self.start..self.start + length];
        let feeds = memchr::memchr_iter(b'\n', passed).count();
        let returns = memchr::memchr_iter(b'\r', passed)
            .filter(|at| passed.get(at + 1) != Some(&b'\n'))
            .count();
        self.line += (feeds + returns) as u64;
        self.start += length;
    }

    fn grow(&mut self) -> io::Result<()> {
        if LINE_BYTES < self.text.len() - self.start {
            let limit = LINE_BYTES >> 20;
            let line = self.line;
            return Err(io::Error::other(format!(
                "line {line} does not end within {limit} MB: it is no table"
            )));
        }
        self.text.drain(..self.start);
        self.start = 0;
        let filled = self.text.len();
        // What is open so far is read again; to read twice as much keeps that cheap.
        self.text.resize(filled + CHUNK_BYTES.max(filled), 0);
        let mut end = filled;
        while end < self.text.len() {
            match self.reader.read(&mut self.text[end..])? {
                0 => {
                    self.is_whole = true;
                    break;
                }
                more => end += more,
            }
            if self.text.len() - end < 4 {
                break;
            }
        }
        self.text.truncate(end);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Quoting, TextEncoding};

    #[test]
    fn a_line_of_more_cells_than_a_table_has_is_read_no_further() {
        let text = format!("a,b\n{}\n", ",".repeat(split::MOST_CELLS));
        let utf8 = TextEncoding {
            encoding: encoding_rs::UTF_8,
            is_certain: true,
            drops_nul: false,
        };
        let dialect = Dialect {
            delimiter: b',',
            quote: b'"',
            quoting: Quoting::Doubled,
            is_spaced: false,
        };
        let reader = Utf8Reader::new(text.as_bytes(), utf8);
        let mut records = Records::new(reader, dialect, Profile::default());
        assert_eq!(records.next().unwrap().unwrap().cells.len(), 2);
        let said = records.next().unwrap_err().to_string();
        assert!(said.starts_with("line 2 has more than 1048576 cells"), "{said}");
    }
}
