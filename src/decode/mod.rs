//! Bytes become a table of text cells, each row knowing its line.
//!
//! [`head`] makes text of a file's first bytes, [`first_records`] splits them for whoever
//! looks for a header; [`Table`] then streams the whole file, one row at a time.

mod encoding;
mod footer;
mod records;
mod table;

pub use encoding::{TextEncoding, head, text_encoding};
pub use records::first_records;
pub use table::{Row, RowFault, Table};

/// How quotes stand inside a quoted cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// Doubled, as RFC 4180 says: `"a ""word"""`.
    Doubled,
    /// Behind a backslash: `"a \"word\""`.
    Backslash,
}

/// Everything that must be known to read a file as a table.
#[derive(Clone, Debug)]
pub struct Layout {
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
}

/// The delimiters that exports use, the likeliest first.
pub const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
