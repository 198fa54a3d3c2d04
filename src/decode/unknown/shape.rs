//! What the rows of a table are, and what is none of them: preamble, header, footer, the
//! next table.

use super::{
    dialect::{self, Dialect},
    kind::{Look, look},
    mend::Profile,
    records::{Found, Records},
    split::Cells,
};
use crate::decode::{TextEncoding, encoding::Utf8Reader};

/// The first records among which a header is looked for.
const MOST_PREAMBLE: usize = 25;
/// Lines that a header may have.
const MOST_HEADER: usize = 5;
/// A longer tail of lines is no footer.
pub(super) const MOST_FOOTER: usize = 40;

/// How a table lies in its file.
pub(super) struct Shape {
    pub(super) profile: Profile,
    /// Records before the header.
    pub(super) preamble: usize,
    /// Records of the header.
    pub(super) header: usize,
    /// The header's cells, once it is read.
    pub(super) names: Vec<String>,
}

/// The first line `sep=;` that Excel reads and other programs write; what follows it.
pub(super) fn declared_separator(text: &[u8]) -> (Option<u8>, &[u8]) {
    let Some([delimiter, rest @ ..]) = text.strip_prefix(b"sep=") else {
        return (None, text);
    };
    match rest {
        [b'\r' | b'\n', ..] => (Some(*delimiter), rest),
        _ => (None, text),
    }
}

/// The first records of a text, each as it will be read later.
pub(super) fn first_records(text: &[u8], dialect: Dialect, is_whole: bool) -> Vec<Found> {
    let utf8 =
        TextEncoding { encoding: encoding_rs::UTF_8, is_certain: true, drops_nul: false };
    let read = |profile: Profile| {
        let mut records = Records::new(Utf8Reader::new(text, utf8), dialect, profile);
        let mut first = Vec::new();
        while let Ok(Some(found)) = records.next() {
            first.push(found);
        }
        // The last one may be cut where the sample is.
        if !is_whole && 1 < first.len() {
            first.pop();
        }
        first
    };
    let strict = read(Profile::default());
    let widths: Vec<usize> = strict.iter().map(|found| found.cells.len()).collect();
    let width = dialect::usual(&widths);
    let cells: Vec<Cells> = strict.into_iter().map(|found| found.cells).collect();
    read(Profile::of(&cells, width))
}

impl Shape {
    /// Finds out how a table lies from its first records.
    pub(super) fn of(first: &[Found], header_line: Option<u64>) -> Self {
        let widths: Vec<usize> = first.iter().map(|found| found.cells.len()).collect();
        let width = dialect::usual(&widths);
        let cells: Vec<Cells> = first.iter().map(|found| found.cells.clone()).collect();
        let profile = Profile::of(&cells, width);
        let mut shape = Self { profile, preamble: 0, header: 0, names: Vec::new() };
        shape.preamble = match header_line {
            Some(line) => first.iter().take_while(|found| found.line < line).count(),
            None => shape.preamble_of(first),
        };
        let rest = &first[shape.preamble..];
        shape.header = rest
            .iter()
            .take(MOST_HEADER)
            .enumerate()
            .take_while(|(index, found)| {
                shape.is_header(&found.cells) && (*index == 0 || !found.is_behind_gap)
            })
            .count();
        // A table of words alone shows no header; its first line is taken for one.
        if shape.header == 0 && shape.told() == 0 {
            shape.header =
                usize::from(rest.first().is_some_and(|found| is_named(&found.cells)));
        }
        if header_line.is_some() {
            shape.header = shape.header.max(1);
        }
        // Rows of words in a table of numbers would all be headers.
        if shape.header == rest.len() {
            shape.header = shape.header.min(1);
        }
        shape
    }

    /// How many columns look like something.
    fn told(&self) -> usize {
        self.profile.looks.iter().flatten().count()
    }

    /// How many records stand before the table.
    fn preamble_of(&self, first: &[Found]) -> usize {
        let width = self.profile.width;
        let is_sparse = |found: &Found| match width {
            0 | 1 => false,
            2 => found.cells.len() < 2,
            _ => found.cells.filled() * 3 <= width,
        };
        let seen = &first[..first.len().min(MOST_PREAMBLE)];
        let is_whole =
            |found: &Found| found.cells.len() == width && found.cells.filled() == width;
        let is_named = |found: &Found| is_whole(found) && self.is_header(&found.cells);
        if let Some(mut before) = seen.iter().position(is_named)
            && !seen[..before].iter().any(is_whole)
        {
            // Its upper lines may leave columns out.
            while let Some(above) = before.checked_sub(1)
                && !seen[before].is_behind_gap
                && seen[above].cells.len() == width
                && self.is_header(&seen[above].cells)
            {
                before = above;
            }
            return before;
        }
        let sparse = seen.iter().take_while(|found| is_sparse(found)).count();
        let is_told = seen[..sparse].iter().any(|found| found.cells.len() != width)
            || seen.get(sparse).is_some_and(|found| found.is_behind_gap)
            || (self.told() == 0 && sparse < seen.len());
        if is_told && sparse < seen.len() { sparse } else { 0 }
    }

    /// Whether a record names columns: words above columns that hold none.
    fn is_header(&self, cells: &Cells) -> bool {
        let (mut told, mut words) = (0, 0);
        for (column, expected) in self.profile.looks.iter().enumerate() {
            if expected.is_none() {
                continue;
            }
            told += 1;
            match look(cells.cell(column)) {
                Look::Words => words += 1,
                Look::Empty => {}
                _ => return false,
            }
        }
        0 < words && told <= words * 2 && self.profile.width <= cells.filled() * 3
    }

    /// Whether a record is the header once more, as files have it that were put together.
    pub(super) fn is_header_again(&self, cells: &Cells) -> bool {
        1 < self.names.len()
            && cells.len() == self.names.len()
            && cells
                .iter()
                .zip(&self.names)
                .all(|((cell, _), name)| cell == name.as_bytes())
    }

    /// Whether a record begins another table: it has another width and names columns, and
    /// what follows is as wide as it is.
    pub(super) fn begins_another(&self, found: &Found, next: Option<&Found>) -> bool {
        let width = found.cells.len();
        let Some(next) = next else { return false };
        if width < 2 || width == self.profile.width || found.is_mended {
            return false;
        }
        let shared = found
            .cells
            .iter()
            .filter(|(cell, _)| {
                !cell.is_empty() && self.names.iter().any(|name| name.as_bytes() == *cell)
            })
            .count();
        if self.names.len().min(width) <= shared * 2 && 1 < shared {
            return true;
        }
        let is_told = (0..width).any(|column| {
            look(found.cells.cell(column)) == Look::Words
                && !matches!(look(next.cells.cell(column)), Look::Words | Look::Empty)
        });
        next.cells.len() == width && !next.is_mended && is_named(&found.cells) && is_told
    }

    /// Whether a record may be a line of words behind the table: alone in its row, and
    /// behind an empty line or another such.
    pub(super) fn may_be_footer(&self, found: &Found, is_behind_such: bool) -> bool {
        2 < self.profile.width
            && found.cells.filled() < 2
            && found.cells.len() < self.profile.width
            && (found.is_behind_gap || is_behind_such)
    }
}

/// Whether all cells are words, and all differ.
fn is_named(cells: &Cells) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    cells.iter().all(|(cell, _)| look(cell) == Look::Words && seen.insert(cell))
}

/// The cells of several lines of a header, joined by column.
pub(super) fn joined(lines: &[Found]) -> Vec<String> {
    let width = lines.iter().map(|found| found.cells.len()).max().unwrap_or(0);
    (0..width)
        .map(|column| {
            let parts = lines.iter().map(|found| {
                String::from_utf8_lossy(found.cells.cell(column)).into_owned()
            });
            if lines.len() == 1 {
                return parts.collect();
            }
            let parts: Vec<String> = parts
                .map(|part| part.trim().to_owned())
                .filter(|part| !part.is_empty())
                .collect();
            parts.join(" ")
        })
        .collect()
}
