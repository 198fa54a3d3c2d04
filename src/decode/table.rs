//! A file as rows of text cells under one header.

use std::io;

use super::{
    Layout, Limits, Quoting,
    encoding::Utf8Reader,
    first_records,
    footer::Trailing,
    records::{self, Next, Records},
};

/// One row, as wide as the header.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The line at which it begins, from 1.
    pub line: u64,
    pub(super) text: &'a str,
    pub(super) ends: &'a [usize],
}

impl<'a> Row<'a> {
    /// The text of a column, from 0; empty where the row has no such column.
    pub fn cell(&self, column: usize) -> &'a str {
        let Some(&end) = self.ends.get(column) else { return "" };
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end).unwrap_or("")
    }

    /// How much all cells take.
    pub fn bytes(&self) -> u64 {
        self.text.len() as u64
    }

    /// All cells, in order.
    pub fn cells(&self) -> impl Iterator<Item = &'a str> {
        let row = *self;
        (0..row.ends.len()).map(move |column| row.cell(column))
    }
}

/// A record that is no row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The line at which the record begins.
    pub line: u64,
    /// Its text, cut to what a person would look at.
    pub text: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Streams the rows of a file; memory does not grow with it.
pub struct Table<R> {
    records: Records<R>,
    most_bytes: u64,
    delimiter: u8,
    width: usize,
    is_cut: bool,
    quoting: Quoting,
    /// No full row was seen yet, so lines of words may still be notes.
    is_before_rows: bool,
    is_over: bool,
    /// Lines of one cell between header and first row, passed over.
    pub note_lines: u64,
    /// Rows that stood whole inside one quoted cell.
    pub collapsed_rows: u64,
    /// Lines of words behind the last row that say who made the report; passed over.
    pub footer_lines: u64,
    trailing: Trailing,
}

impl<R: io::Read> Table<R> {
    /// Opens a table behind its header.
    pub fn open(bytes: R, limits: Limits, layout: &Layout) -> io::Result<Self> {
        let reader = Utf8Reader::new(bytes, layout.encoding);
        let dialect = (layout.delimiter, layout.quoting);
        let mut records = Records::new(reader, dialect, limits.record_bytes);
        loop {
            match records.next()? {
                Next::Record(record) if record.line < layout.header_line => {}
                _ => break,
            }
        }
        Ok(Self {
            records,
            most_bytes: limits.record_bytes,
            delimiter: layout.delimiter,
            width: layout.header.len(),
            is_cut: layout.is_cut,
            quoting: layout.quoting,
            is_before_rows: true,
            is_over: false,
            note_lines: 0,
            collapsed_rows: 0,
            footer_lines: 0,
            trailing: Trailing::default(),
        })
    }

    /// Calls `each` for every row and every record that is none, to the end of the file.
    pub fn for_each(
        &mut self,
        mut each: impl FnMut(Result<Row<'_>, RowFault>),
    ) -> io::Result<()> {
        while !self.is_over {
            self.step(&mut each)?;
        }
        Ok(())
    }

    fn step(
        &mut self,
        each: &mut impl FnMut(Result<Row<'_>, RowFault>),
    ) -> io::Result<()> {
        let is_cut = self.is_cut && self.quoting == Quoting::Doubled;
        let record = match self.records.next()? {
            Next::End => {
                self.is_over = true;
                self.end(each);
                return Ok(());
            }
            Next::TooLong { line, is_quoted, is_last } => {
                self.is_over = is_last;
                let reason = too_long(self.most_bytes, is_quoted, is_last);
                each(Err(RowFault { line, text: String::new(), reason }));
                return Ok(());
            }
            Next::Record(record) => record,
        };
        let Ok(text) = simdutf8::basic::from_utf8(record.text) else {
            let reason = "the row is not valid text in its encoding".to_owned();
            let text = shortened(&records::cells(record).join(","));
            each(Err(RowFault { line: record.line, text, reason }));
            return Ok(());
        };
        let row = Row { line: record.line, text, ends: record.ends };
        let mut may_be_open = record.is_open;
        // Only the last record can be the one that was cut off; look before it is used.
        let kept;
        let row = if is_cut {
            kept = (row.line, text.to_owned(), row.ends.to_vec());
            may_be_open = self.records.is_at_end()?;
            Row { line: kept.0, text: &kept.1, ends: &kept.2 }
        } else {
            row
        };
        let limits = (self.width, self.most_bytes);
        let open = may_be_open.then(|| OpenQuote::new(&row, self.delimiter, limits));
        if let Some(open) = open.flatten() {
            self.trailing.release().for_each(|fault| each(Err(fault)));
            each(Err(fault(&row, NEVER_CLOSED.to_owned())));
            open.rows(each);
            return Ok(());
        }
        let width = row.ends.len();
        let has_rest = (self.width..width).any(|column| !row.cell(column).is_empty());
        if self.width <= width && !has_rest {
            self.trailing.release().for_each(|fault| each(Err(fault)));
            let is_cut_off = is_cut && may_be_open;
            each(if is_cut_off { Err(fault(&row, CUT.to_owned())) } else { Ok(row) });
            self.is_before_rows = false;
            return Ok(());
        }
        if width == 1 && 1 < self.width {
            let line = row.line;
            if let Some(cells) = collapsed(&row, self.delimiter, self.width) {
                self.collapsed_rows += 1;
                self.trailing.release().for_each(|fault| each(Err(fault)));
                let (text, ends) = end_to_end(&cells);
                each(Ok(Row { line, text: &text, ends: &ends }));
                return Ok(());
            }
            if self.is_before_rows {
                self.note_lines += 1;
                return Ok(());
            }
        }
        let reason = other_width(width, self.width);
        ragged(&mut self.trailing, fault(&row, reason), width, each);
        Ok(())
    }

    /// The lines of one cell behind the last row are a footer where one says so.
    fn end(&mut self, each: &mut impl FnMut(Result<Row<'_>, RowFault>)) {
        self.footer_lines = self.trailing.footer_lines();
        self.trailing.release().for_each(|fault| each(Err(fault)));
    }
}

const CUT: &str = "the file ends inside a quoted cell: it was cut off here";
const NEVER_CLOSED: &str = "a quote opens in this row and is never closed; the row is left out, \
                            and what follows is read anew";

/// The lines that a quote swallowed which is never closed: they stand in the last cell of the
/// last record.
struct OpenQuote<'a> {
    lines: &'a str,
    /// The line of the quote.
    line: u64,
    delimiter: u8,
    width: usize,
    most_bytes: u64,
}

impl<'a> OpenQuote<'a> {
    /// Finds them; none where they are no rows, as the words of a post that is cut off.
    fn new(
        row: &Row<'a>,
        delimiter: u8,
        (width, most_bytes): (usize, u64),
    ) -> Option<Self> {
        // Words are rows of a single column.
        if width < 2 {
            return None;
        }
        let start = row.ends.iter().rev().nth(1).copied().unwrap_or(0);
        let (before, swallowed) = row.text.split_at(start);
        let (_, lines) = swallowed.split_once('\n')?;
        let breaks = before.bytes().filter(|byte| *byte == b'\n').count();
        let line = row.line + u64::try_from(breaks).unwrap_or(0);
        let open = Self { lines, line, delimiter, width, most_bytes };
        let (mut records, mut rows) = (0_u64, 0_u64);
        open.rows(&mut |row: Result<Row<'_>, RowFault>| {
            records += 1;
            rows += u64::from(row.is_ok());
        });
        (records < 2 * rows).then_some(open)
    }

    /// Reads them anew, one at a time.
    fn rows(&self, each: &mut impl FnMut(Result<Row<'_>, RowFault>)) {
        let dialect = (self.delimiter, Quoting::Doubled);
        let mut records = Records::of_text(self.lines, dialect, self.most_bytes);
        loop {
            let record = match records.next() {
                Ok(Next::Record(record)) => record,
                Ok(Next::TooLong { line, is_quoted, is_last }) => {
                    let reason = too_long(self.most_bytes, is_quoted, is_last);
                    let line = self.line + line;
                    each(Err(RowFault { line, text: String::new(), reason }));
                    if is_last {
                        return;
                    }
                    continue;
                }
                Ok(Next::End) | Err(_) => return,
            };
            let Ok(text) = simdutf8::basic::from_utf8(record.text) else { return };
            let row = Row { line: self.line + record.line, text, ends: record.ends };
            let width = row.ends.len();
            let is_row = width == self.width;
            let other = || fault(&row, other_width(width, self.width));
            each(if is_row { Ok(row) } else { Err(other()) });
        }
    }
}

/// Cells as one text, and where each ends in it.
fn end_to_end(cells: &[String]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut end = |cell: &String| {
        text.push_str(cell);
        text.len()
    };
    let ends = cells.iter().map(&mut end).collect();
    (text, ends)
}

/// The cells of a row that stands as a whole in one cell.
fn collapsed(row: &Row<'_>, delimiter: u8, width: usize) -> Option<Vec<String>> {
    let is_several = row.text.as_bytes().contains(&delimiter);
    let most = if is_several { 2 } else { 0 };
    let [(_, cells)] = first_records(row.text, delimiter, most).try_into().ok()?;
    (cells.len() == width).then_some(cells)
}

fn other_width(width: usize, expected: usize) -> String {
    format!("the row has {width} cells, the header {expected}")
}

/// Says that a record takes too much, and how much of the file it took along.
fn too_long(most_bytes: u64, is_quoted: bool, is_last: bool) -> String {
    let limit = most_bytes >> 20;
    let why = if is_quoted { "a quote is open" } else { "no line ends" };
    let rest =
        if is_last { "nothing behind it can be read" } else { "it was passed over" };
    format!("the row takes more than {limit} MB, the limit max-record-mb: {why}; {rest}")
}

/// A record that is no row; one of a single cell may be a line of a footer.
fn ragged(
    trailing: &mut Trailing,
    fault: RowFault,
    width: usize,
    each: &mut impl FnMut(Result<Row<'_>, RowFault>),
) {
    let kept = if width == 1 { trailing.keep(fault) } else { Some(fault) };
    if let Some(fault) = kept {
        trailing.release().for_each(|before| each(Err(before)));
        each(Err(fault));
    }
}

/// What is wrong with a row, with as many of its cells as are shown.
fn fault(row: &Row<'_>, reason: String) -> RowFault {
    let mut text = String::new();
    for (at, cell) in row.cells().enumerate() {
        if MOST_SHOWN * 4 < text.len() {
            break;
        }
        text.extend([if at == 0 { "" } else { "," }, cell]);
    }
    RowFault { line: row.line, text: shortened(&text), reason }
}

/// Characters of a text that are shown.
const MOST_SHOWN: usize = 200;

/// At most 200 characters, with a sign where more were.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover;

    fn read(text: &str, header_line: u64, header: &[&str]) -> (Vec<String>, u64, u64) {
        read_within(Limits::default(), text, header_line, header)
    }

    fn read_within(
        limits: Limits,
        text: &str,
        header_line: u64,
        header: &[&str],
    ) -> (Vec<String>, u64, u64) {
        let scan = discover::scan(&mut text.as_bytes()).unwrap();
        let header = header.iter().map(ToString::to_string).collect();
        let layout = Layout {
            is_cut: scan.whole.has_open_quote,
            ..Layout::utf8(header, header_line)
        };
        let mut table = Table::open(text.as_bytes(), limits, &layout).unwrap();
        let mut rows = Vec::new();
        let each = |row: Result<Row<'_>, RowFault>| {
            rows.push(match row {
                Ok(row) => {
                    format!("{}: {}", row.line, row.cells().collect::<Vec<_>>().join("|"))
                }
                Err(fault) => format!("{}! {}", fault.line, fault.reason),
            });
        };
        table.for_each(each).unwrap();
        (rows, table.note_lines, table.collapsed_rows)
    }

    #[test]
    fn rows_stand_behind_the_preamble() {
        let text = "Notes:\n\"Some \"\"words\"\",\nin two lines\"\n\na,b\n1,2\n3,4";
        assert_eq!(read(text, 5, &["a", "b"]).0, ["6: 1|2", "7: 3|4"]);
    }

    #[test]
    fn notes_behind_the_header_are_passed_over_and_counted() {
        let (rows, note_lines, _) =
            read("a,b\nNotes:\n\"Words.\"\n\n1,2\n", 1, &["a", "b"]);
        assert_eq!((rows, note_lines), (vec!["5: 1|2".to_owned()], 2));
    }

    #[test]
    fn a_row_inside_one_cell_is_read_once_more() {
        let text = "a,b,c\n1,2,3\n\"4,\"\"5, five\"\",6\"\nonly words\n";
        let (rows, _, collapsed) = read(text, 1, &["a", "b", "c"]);
        let expected =
            ["2: 1|2|3", "3: 4|5, five|6", "4! the row has 1 cells, the header 3"];
        assert_eq!((rows, collapsed), (expected.map(str::to_owned).to_vec(), 1));
    }

    #[test]
    fn a_footer_is_passed_over_where_it_says_that_it_is_one() {
        let read = |text| read(text, 1, &["a", "b"]).0;
        let footer = "a,b\n1,2\n\nMy report\n\"Copyright (c) 2025\"\nGenerated By: me\n";
        assert_eq!(read(footer), ["2: 1|2"]);
        let words = read("a,b\n1,2\n\nMy report\n");
        assert_eq!(words[1], "4! the row has 1 cells, the header 2");
        let between = read("a,b\n1,2\nCopyright\n3,4\n");
        assert_eq!(between[1], "3! the row has 1 cells, the header 2");
    }

    #[test]
    fn ragged_rows_are_faults_but_empty_cells_at_the_end_are_not() {
        let (rows, ..) = read("a,b\n1,2,\n1\n1,2,3\n", 1, &["a", "b"]);
        assert_eq!(rows[0], "2: 1|2|");
        assert_eq!(rows[2], "4! the row has 3 cells, the header 2");
        assert_eq!(rows[1], "3! the row has 1 cells, the header 2");
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn a_quote_that_is_never_closed_loses_only_its_row() {
        let never = |line: u64| format!("{line}! {NEVER_CLOSED}");
        let check = |text: &str, expected: &[&str]| {
            let (rows, ..) = read(text, 1, &["a", "b", "c"]);
            let expected: Vec<String> = expected
                .iter()
                .map(|row| {
                    row.strip_prefix('!')
                        .map_or((*row).to_owned(), |line| never(line.parse().unwrap()))
                })
                .collect();
            assert_eq!(rows, expected, "{text:?}");
        };
        let rest = "4,5,6\n7,8,9\n1\n2,3,4\n";
        let rows =
            ["4: 4|5|6", "5: 7|8|9", "6! the row has 1 cells, the header 3", "7: 2|3|4"];
        let read = |first| [&["2: 1|2|3", first][..], &rows].concat();
        // In the middle, the first and the last column.
        check(&format!("a,b,c\n1,2,3\n1,\"2,3\n{rest}"), &read("!3"));
        check(&format!("a,b,c\n1,2,3\n\"1,2,3\n{rest}"), &read("!3"));
        check(&format!("a,b,c\n1,2,3\n1,2,\"3\n{rest}"), &read("!3"));
        // The first row of all.
        check("a,b,c\n\"1,2,3\n4,5,6\n", &["!2", "3: 4|5|6"]);
        // A quote that is closed is none of these, whatever its lines look like.
        let closed = "a,b,c\n1,2,\"3\n4,5,6\n7,8,9\n\"";
        check(closed, &["2: 1|2|3\n4,5,6\n7,8,9\n"]);
        check(&format!("{closed}\n"), &["2: 1|2|3\n4,5,6\n7,8,9\n"]);
        // The words of a post are no rows.
        let (rows, ..) = tests::read("a,b\n1,\"words\nmore\nand more", 1, &["a", "b"]);
        assert_eq!(rows, ["2! the file ends inside a quoted cell: it was cut off here"]);
    }

    #[test]
    fn a_row_behind_a_quote_that_is_never_closed_is_bounded_as_any_other() {
        let commas = ",".repeat(4000);
        let text = format!("a,b,c\n1,2,\"3\n4,5,6\n7,8,9\n{commas}\n1,2,3\n");
        let limits = Limits { record_bytes: 16 << 10, ..Limits::default() };
        let (rows, ..) = read_within(limits, &text, 1, &["a", "b", "c"]);
        let too_long = format!("5! {}", too_long(16 << 10, false, false));
        let never = format!("2! {NEVER_CLOSED}");
        assert_eq!(rows, [&*never, "3: 4|5|6", "4: 7|8|9", &too_long, "6: 1|2|3"]);
    }

    #[test]
    fn a_file_cut_inside_a_cell_loses_only_its_last_row() {
        let (rows, ..) = read("a,b\n1,2\n3,\"four and", 1, &["a", "b"]);
        assert_eq!(rows[0], "2: 1|2");
        assert_eq!(rows[1], "3! the file ends inside a quoted cell: it was cut off here");
    }
}
