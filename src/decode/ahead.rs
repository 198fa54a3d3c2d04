//! Long texts, decoded by a thread of their own while another makes something of the rows.

use std::{io, panic, sync::mpsc, thread};

use super::{Container, Layout, PassedOver, Row, RowFault, rows};
use crate::discover::{Limits, Source};

/// A shorter text is decoded sooner than a thread takes turns with others.
const LEAST_BYTES: u64 = 4 << 20;
/// Text that is handed over at once, and rows: so much as a core keeps near.
const PAGE_BYTES: usize = 128 * 1024;
const PAGE_ROWS: usize = 4 * 1024;
/// Pages that are handed over together, and how often they may wait: to wake another thread
/// for every page costs more than to fill it.
const PAGES_AT_ONCE: usize = 8;
const WAITING: usize = 2;
/// Rows that are known to come soon.
const SOON: usize = 32;

/// Whoever reads the rows of a file.
pub trait Reader {
    /// Takes a row, or a record that is none.
    fn read(&mut self, record: Result<Row<'_>, RowFault>);

    /// Learns what will come next, of a long text: what it needs for that can be on its way.
    fn expect(&mut self, _records: &[Result<Row<'_>, RowFault>]) {}
}

impl<F: FnMut(Result<Row<'_>, RowFault>)> Reader for F {
    fn read(&mut self, record: Result<Row<'_>, RowFault>) {
        self(record);
    }
}

/// Hands on every row of a source and every record that is none, as [`rows`] does.
pub fn rows_of(
    source: &Source,
    limits: Limits,
    layout: &Layout,
    reader: &mut impl Reader,
) -> io::Result<PassedOver> {
    let is_single = rayon::current_num_threads() == 1;
    if layout.container != Container::Text || layout.bytes < LEAST_BYTES || is_single {
        return source.with_bytes(limits, |bytes| {
            rows(bytes, limits, layout, |record| reader.read(record))
        });
    }
    ahead(source, limits, layout, reader)
}

fn ahead(
    source: &Source,
    limits: Limits,
    layout: &Layout,
    reader: &mut impl Reader,
) -> io::Result<PassedOver> {
    thread::scope(|scope| {
        let (full, pages) = mpsc::sync_channel::<Vec<Page>>(WAITING);
        let (empty, used) = mpsc::channel();
        let decoding = scope.spawn(move || {
            let (mut page, mut waiting) = (Page::default(), Vec::new());
            let passed_over = source.with_bytes(limits, |bytes| {
                rows(bytes, limits, layout, |row| {
                    page.add(row);
                    if page.is_full() {
                        let next = used.try_recv().unwrap_or_default();
                        waiting.push(std::mem::replace(&mut page, next));
                    }
                    if PAGES_AT_ONCE <= waiting.len() {
                        drop(full.send(std::mem::take(&mut waiting)));
                    }
                })
            });
            waiting.push(page);
            drop(full.send(waiting));
            passed_over
        });
        for mut page in pages.into_iter().flatten() {
            page.hand_on(reader);
            // The last ones are not used again.
            drop(empty.send(page));
        }
        decoding.join().unwrap_or_else(|fault| panic::resume_unwind(fault))
    })
}

/// Rows that are handed over together, one behind the other.
#[derive(Default)]
struct Page {
    text: String,
    /// Where each cell ends, counted from the begin of its row.
    ends: Vec<usize>,
    records: Vec<Kept>,
}

/// One of them: how much it has of the page's text and ends.
enum Kept {
    Row { line: u64, bytes: usize, cells: usize },
    Fault(RowFault),
}

impl Page {
    fn add(&mut self, record: Result<Row<'_>, RowFault>) {
        let kept = match record {
            Ok(row) => {
                self.text.push_str(row.text);
                self.ends.extend_from_slice(row.ends);
                Kept::Row { line: row.line, bytes: row.text.len(), cells: row.ends.len() }
            }
            Err(fault) => Kept::Fault(fault),
        };
        self.records.push(kept);
    }

    fn is_full(&self) -> bool {
        PAGE_BYTES <= self.text.len() || PAGE_ROWS <= self.records.len()
    }

    /// Hands on all records, and forgets them.
    fn hand_on(&mut self, reader: &mut impl Reader) {
        let (mut text, mut ends) = (self.text.as_str(), self.ends.as_slice());
        let mut records = self.records.drain(..).map(|kept| match kept {
            Kept::Row { line, bytes, cells } => {
                let (row, rest) = text.split_at(bytes);
                let (own, others) = ends.split_at(cells);
                (text, ends) = (rest, others);
                Ok(Row { line, text: row, ends: own })
            }
            Kept::Fault(fault) => Err(fault),
        });
        let mut soon = Vec::with_capacity(SOON);
        loop {
            soon.extend(records.by_ref().take(SOON));
            if soon.is_empty() {
                break;
            }
            reader.expect(&soon);
            soon.drain(..).for_each(|record| reader.read(record));
        }
        drop(records);
        self.text.clear();
        self.ends.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::VecDeque, fmt::Write};

    use super::*;

    /// Lists what it reads, all of which it must have been told of.
    #[derive(Default)]
    struct Listing {
        list: Vec<String>,
        expected: VecDeque<u64>,
    }

    impl Reader for Listing {
        fn read(&mut self, record: Result<Row<'_>, RowFault>) {
            assert_eq!(self.expected.pop_front(), Some(line(&record)));
            told(&mut self.list, record);
        }

        fn expect(&mut self, records: &[Result<Row<'_>, RowFault>]) {
            self.expected.extend(records.iter().map(line));
        }
    }

    fn line(record: &Result<Row<'_>, RowFault>) -> u64 {
        record.as_ref().map_or_else(|fault| fault.line, |row| row.line)
    }

    fn told(list: &mut Vec<String>, row: Result<Row<'_>, RowFault>) {
        list.push(match row {
            Ok(row) => format!("{} {:?}", row.line, row.cells().collect::<Vec<_>>()),
            Err(fault) => format!("{fault:?}"),
        });
    }

    #[test]
    fn a_thread_of_its_own_changes_nothing() {
        let mut text = "a,b\nNotes:\n\n".to_owned();
        for number in 0..20_000 {
            match number % 1000 {
                7 => text.push_str("only one\n"),
                8 => text.push_str("\"inside, \"\"one\"\" cell\"\n"),
                9 => text.push('\n'),
                _ => writeln!(text, "{number},\"two\nlines {number}\"").unwrap(),
            }
        }
        text.push_str("1,\"cut");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long.csv");
        std::fs::write(&path, &text).unwrap();
        let (source, limits) = (Source::Path(path), Limits::default());
        let header = vec!["a".to_owned(), "b".to_owned()];
        let layout = Layout { is_cut: true, ..Layout::utf8(header, 1) };
        let (mut here, mut beside) = (Vec::new(), Listing::default());
        let whole = rows(&mut text.as_bytes(), limits, &layout, |row| {
            told(&mut here, row);
        });
        let passed_over = ahead(&source, limits, &layout, &mut beside);
        assert_eq!(passed_over.unwrap(), whole.unwrap());
        assert_eq!(here, beside.list);
        assert_eq!(here.len(), 20_000 - 20 + 1);
    }
}
