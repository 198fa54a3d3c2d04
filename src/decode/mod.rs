//! Bytes become a table of text cells, each row knowing its line.
//!
//! [`head`] makes text of a file's first bytes, [`first_records`] splits them for whoever
//! looks for a header; [`Table`] then streams the whole file, one row at a time. Sheets of
//! workbooks and JSON records are tables too: [`rows`] reads whatever a layout describes.

mod ahead;
mod article;
mod encoding;
mod footer;
pub mod guard;
pub mod json;
mod listed;
mod old_workbook;
mod records;
mod splitter;
mod table;
pub mod unknown;
pub mod workbook;

use std::io::{self, Read};

use crate::discover::Limits;

pub use ahead::{Reader, rows_of};
pub use encoding::{TextEncoding, head, text_encoding};
pub use listed::Listed;
pub use records::first_records;
pub use table::{Row, RowFault, Table, shortened};

/// How quotes stand inside a quoted cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// Doubled, as RFC 4180 says: `"a ""word"""`.
    Doubled,
    /// Behind a backslash: `"a \"word\""`.
    Backslash,
}

/// What holds the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Delimited text.
    Text,
    /// A sheet of a workbook, by its position, and how it lies there.
    Sheet(usize, Shape),
    /// JSON records.
    Json,
    /// An article of an archive: a web page that is one row.
    Article,
}

/// How a table lies in a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A header, and a record a row.
    Rows,
    /// Labels in the first column, one record in the second.
    Pairs,
}

/// What was passed over between rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// Lines of one cell between header and first row.
    pub note_lines: u64,
    /// Lines of a footer behind the last row.
    pub footer_lines: u64,
    /// Rows that stood whole inside one quoted cell.
    pub collapsed_rows: u64,
}

/// Calls `each` for every row below the header and every record that is none.
pub fn rows(
    bytes: &mut dyn Read,
    limits: Limits,
    layout: &Layout,
    each: impl FnMut(Result<Row<'_>, RowFault>),
) -> io::Result<PassedOver> {
    match layout.container {
        Container::Text => {
            let mut table = Table::open(bytes, limits, layout)?;
            table.for_each(each)?;
            return Ok(PassedOver {
                note_lines: table.note_lines,
                footer_lines: table.footer_lines,
                collapsed_rows: table.collapsed_rows,
            });
        }
        Container::Sheet(sheet, shape) => {
            workbook::for_each(bytes, limits, layout, (sheet, shape), each)?;
        }
        Container::Json => json::for_each(bytes, layout, limits.record_bytes, each)?,
        Container::Article => {
            let mut each = each;
            article::for_each(bytes, |row| each(Ok(row)))?;
        }
    }
    Ok(PassedOver::default())
}

/// Everything that must be known to read a file as a table.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What holds the rows.
    pub container: Container,
    /// How bytes become text.
    pub encoding: TextEncoding,
    /// What separates cells.
    pub delimiter: u8,
    /// How quotes are quoted.
    pub quoting: Quoting,
    /// A quote stands behind a backslash somewhere, so that the other quoting may be meant.
    pub has_backslash_quote: bool,
    /// The line of the header, from 1.
    pub header_line: u64,
    /// The header's cells, as they stand there.
    pub header: Vec<String>,
    /// The file ends inside a quoted cell.
    pub is_cut: bool,
    /// How much text there is; 0 where it is no text.
    pub bytes: u64,
}

impl Layout {
    /// Plain text in UTF-8 under a header, separated by commas.
    pub fn utf8(header: Vec<String>, header_line: u64) -> Self {
        Self {
            container: Container::Text,
            encoding: TextEncoding {
                encoding: encoding_rs::UTF_8,
                is_certain: true,
                drops_nul: false,
            },
            delimiter: b',',
            quoting: Quoting::Doubled,
            has_backslash_quote: false,
            header_line,
            header,
            is_cut: false,
            bytes: 0,
        }
    }

    /// What separates the cells, as a word; for sheets and JSON what holds them.
    pub fn delimiter_word(&self) -> &'static str {
        match (self.container, self.delimiter) {
            (Container::Sheet(..), _) => "sheet",
            (Container::Json, _) => "json",
            (Container::Article, _) => "page",
            (Container::Text, b',') => "comma",
            (Container::Text, b'\t') => "tab",
            (Container::Text, b';') => "semicolon",
            (Container::Text, _) => "pipe",
        }
    }
}

/// The delimiters that exports use, the likeliest first.
pub const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
