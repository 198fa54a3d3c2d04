//! The first lines of a file tell which known export it is, or none, or several.
//!
//! [`file()`] gives the verdict. The known exports are declarations under `formats`, in one
//! ordered list; a new one is a file there and a line in that list, or an [`Own`] format of
//! the configuration. All required columns must be present; the format with the most
//! columns wins; a tie is said, not decided.

mod by_name;
mod containers;
mod crm;
mod field;
mod format;
mod formats;
mod header;
mod matching;
mod own;
mod own_files;
mod registry;
mod spelling;
mod things;
mod words;

pub use by_name::member_number;
pub use containers::{json, workbook};
pub use crm::{Crm, Ids, NameOrder, Rows, StatusWords};
pub use field::{AMOUNTS, CLOSED, Field};
pub use format::{Amounts, Column, DateOrder, Dates, Format, Kind, Record, Takes, Zone};
pub use formats::{FORMATS, own_table};
pub use header::{
    currency as header_currency, fits as word_fits, fold as fold_header,
    loose as loose_header, squeezed as squeeze_header,
};
use matching::Fitting;
pub use matching::{Columns, Nearest, tells_documents};
pub use own::{DEAL_FIELDS, OWN_KINDS, Own, OwnKind};
pub use own_files::is_page;
pub use registry::Registry;

use crate::{
    decode::{self, Container, DELIMITERS, Layout, Quoting, TextEncoding},
    discover::Scan,
};

/// What a file is.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// A known export, with all that is needed to read it.
    Known(Box<Known>),
    /// A known file of which nothing is taken, and what it holds.
    Ignored(&'static str),
    /// Not usable, and why.
    Refused(String),
    /// Several formats fit alike: their names.
    Ambiguous(Vec<&'static str>),
    /// A table that no format fits.
    Unknown(Unknown),
}

/// A recognized file.
#[derive(Clone, Debug)]
pub struct Known {
    /// Which export it is.
    pub format: &'static Format,
    /// How its text is laid out.
    pub layout: Layout,
    /// Which column holds what.
    pub columns: Columns,
}

/// A table that no format fits.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// Its likeliest header.
    pub header: Vec<String>,
    /// The format that lacks least, if any column of one is there.
    pub nearest: Option<Nearest>,
}

/// The first lines among which a header is looked for.
const MOST_PREAMBLE_RECORDS: usize = 25;

/// Whether a header says what persons are to whoever keeps the table, as `Customer` does: such
/// may be companies, too.
pub fn is_role(header: &str) -> bool {
    spelling::Header::of(&[header.to_owned()]).is_about(0, things::ROLES)
}

/// Recognizes a scanned file by its content; its name only tells apart files that have the
/// same header.
pub fn file(registry: &Registry, name: &str, scan: &Scan) -> Verdict {
    if let Some(what) = own_files::ignored(name, &scan.head) {
        return Verdict::Ignored(what);
    }
    if let Some(reason) = not_a_table(&scan.head) {
        return if by_name::is_article(name) {
            containers::article()
        } else {
            Verdict::Refused(reason.to_owned())
        };
    }
    if let Some(what) = by_name::talks_with_a_machine(name) {
        return Verdict::Ignored(what);
    }
    let encoding = decode::text_encoding(scan);
    let head = decode::head(scan, encoding);
    let found = candidates(registry, &head);
    judged(registry, name, (found, &head), (scan, encoding))
}

/// Recognizes a scanned file of which only a begin of the first bytes is at hand, a thousand at
/// least; none where those behind it could tell otherwise.
pub fn by_begin(registry: &Registry, name: &str, scan: &Scan) -> Option<Verdict> {
    let encoding = decode::text_encoding(scan);
    let head = decode::head(scan, encoding);
    let is_text = not_a_table(&scan.head).is_none() && !decode::json::is_json(&head);
    if !is_text || !encoding.is_certain || by_name::talks_with_a_machine(name).is_some() {
        return None;
    }
    let found = candidates(registry, &head);
    let is_settled = found.is_settled;
    is_settled.then(|| judged(registry, name, (found, &head), (scan, encoding)))
}

/// What a table is that some formats fit, or none.
fn judged(
    registry: &Registry,
    name: &str,
    (mut found, head): (Candidates, &str),
    (scan, encoding): (&Scan, TextEncoding),
) -> Verdict {
    found.fitting.retain(|(format, _)| !formats::is_misnamed(format, name));
    // What only its name tells apart is no table of nobody's own, unless of money.
    let is_any = |(format, columns): &Fitting| {
        let is_of_money = columns.first(Field::Amount).is_some();
        format.crm().is_generic && !is_of_money
    };
    if found.fitting.iter().all(is_any)
        && let Some(what) = by_name::ignored(name)
    {
        return Verdict::Ignored(what);
    }
    if found.fitting.is_empty() {
        return no_format(registry, name, head, (scan, encoding));
    }
    // A header that fills all that was looked at goes on behind it.
    let ends = [b'\n', b'\r'].map(|end| memchr::memchr_iter(end, &scan.head).count());
    let lines = ends[0].max(ends[1]) as u64;
    if (scan.head.len() as u64) < scan.whole.bytes && lines < found.header_line {
        let limit = scan.head.len() >> 10;
        return Verdict::Refused(format!("its header does not end within {limit} KB"));
    }
    let layout = Layout {
        container: Container::Text,
        encoding,
        delimiter: found.delimiter,
        quoting: Quoting::Doubled,
        has_backslash_quote: scan.whole.has_backslash_quote,
        header_line: found.header_line,
        header: found.header,
        is_cut: scan.whole.has_open_quote,
        bytes: scan.whole.bytes,
    };
    verdict(&found.fitting, layout)
}

/// The formats that fit best, and where.
#[derive(Default)]
struct Candidates {
    /// More than one only where they fit alike.
    fitting: Vec<Fitting>,
    delimiter: u8,
    header_line: u64,
    header: Vec<String>,
    /// The header stands before a record that may be cut, and is looked for nowhere else first:
    /// whatever follows, it is found.
    is_settled: bool,
}

fn candidates(registry: &Registry, head: &str) -> Candidates {
    let declared = head.strip_prefix("sep=").and_then(|rest| rest.bytes().next());
    for (tried, delimiter) in declared.into_iter().chain(DELIMITERS).enumerate() {
        let records = decode::first_records(head, delimiter, MOST_PREAMBLE_RECORDS);
        for (at, (line, cells)) in records.iter().enumerate() {
            let fitting = matching::best(registry, cells);
            if !fitting.is_empty() {
                return Candidates {
                    fitting,
                    delimiter,
                    header_line: *line,
                    header: cells.clone(),
                    is_settled: tried == 0 && at + 1 < records.len(),
                };
            }
        }
    }
    Candidates::default()
}

/// What a table is by the formats that fit it alike, one at least.
fn verdict(found: &[Fitting], layout: Layout) -> Verdict {
    let [(format, columns)] = found else {
        let mut names: Vec<_> = found.iter().map(|(format, _)| format.name).collect();
        names.sort_unstable();
        return Verdict::Ambiguous(names);
    };
    match format.takes {
        Takes::Nothing(what) => Verdict::Ignored(what),
        Takes::Refused(reason) => Verdict::Refused(reason.to_owned()),
        Takes::Records(_) | Takes::Crm(..) => {
            let columns = columns.clone();
            Verdict::Known(Box::new(Known { format, layout, columns }))
        }
    }
}

/// A file whose header fits no format: known by its name, words, or a table of its own.
fn no_format(
    registry: &Registry,
    name: &str,
    head: &str,
    (scan, encoding): (&Scan, TextEncoding),
) -> Verdict {
    if let Some(what) = by_name::ignored(name) {
        return Verdict::Ignored(what);
    }
    if head.trim().is_empty() {
        let is_empty = scan.whole.bytes == 0;
        let reason =
            if is_empty { "the file is empty" } else { "there is no text in it" };
        return Verdict::Refused(reason.to_owned());
    }
    if encoding.drops_nul && is_binary(&scan.head) {
        return Verdict::Refused("no text, and no table".to_owned());
    }
    let widest = DELIMITERS
        .iter()
        .filter_map(|&delimiter| {
            let first = decode::first_records(head, delimiter, MOST_PREAMBLE_RECORDS);
            first
                .into_iter()
                .map(|(_, cells)| cells)
                .reduce(|a, b| if a.len() < b.len() { b } else { a })
        })
        .reduce(|a, b| if a.len() < b.len() { b } else { a })
        .unwrap_or_default();
    if widest.len() < 2 {
        return Verdict::Refused("it is text, but no table".to_owned());
    }
    let nearest = matching::nearest(registry, &widest);
    Verdict::Unknown(Unknown { header: widest, nearest })
}

/// Whether many bytes are such as no text has, as in programs.
fn is_binary(head: &[u8]) -> bool {
    let is_of_none = |byte: &&u8| byte.is_ascii_control() && !byte.is_ascii_whitespace();
    head.len() < head.iter().filter(is_of_none).count() * 10
}

/// Whether a text begins with the lines that e-mails begin with.
fn is_email(head: &[u8]) -> bool {
    let end = memchr::memmem::find(head, b"\n\n")
        .or_else(|| memchr::memmem::find(head, b"\r\n\r\n"));
    let lines = head[..end.unwrap_or(head.len())].split(|byte| *byte == b'\n');
    let is_of_header = |line: &[u8]| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        // A long line goes on in the next, behind a blank.
        let goes_on = line.starts_with(b" ") || line.starts_with(b"\t");
        goes_on || name.len() < line.len() && !name.is_empty() && name.iter().all(is_name)
    };
    let has = |name: &[u8]| {
        lines.clone().any(|line| {
            line.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
        })
    };
    has(b"from:") && has(b"subject:") && lines.clone().all(is_of_header)
}

/// What files are that begin so.
const BINARY: [(&[u8], &str); 5] = [
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database, not a table"),
];

/// Says what a file is that cannot be a table of text, whatever its name.
pub fn not_a_table(head: &[u8]) -> Option<&'static str> {
    let start = head.trim_ascii_start();
    let lower: Vec<u8> = start.iter().take(64).map(u8::to_ascii_lowercase).collect();
    if lower.starts_with(b"<html") || lower.starts_with(b"<!doctype") {
        let lower = head.to_ascii_lowercase();
        let has = |words: &[u8]| memchr::memmem::find(&lower, words).is_some();
        return Some(if has(b"<table") && !has(b"password") {
            "a table within a web page (as Salesforce's .xls is): open it in a spreadsheet \
             and save it as CSV or XLSX"
        } else {
            "a web page, not a table; export the file again, the link may have asked to sign in"
        });
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some("a workbook");
    }
    if head.starts_with(b"\x1f\x8b") {
        return Some(
            "compressed with gzip inside an archive; unpack the archive and name the folder",
        );
    }
    if let Some((_, what)) = BINARY.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what);
    }
    if is_email(head) {
        return Some("an e-mail");
    }
    if lower.starts_with(b"{") || lower.starts_with(b"[{") || lower.starts_with(b"[\n") {
        return Some("JSON, but no list of records");
    }
    None
}
