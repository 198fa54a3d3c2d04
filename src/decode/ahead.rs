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
    /// What a row of a long text tells before its turn.
    type Told: Copy + Send;

    /// Takes a row, or a record that is none, with what the row told already.
    fn read(&mut self, record: Result<Row<'_>, RowFault>, told: Option<Self::Told>);

    /// What asks a row of a long text, by the thread that decodes it.
    fn teller(&self) -> impl Fn(&Row<'_>) -> Option<Self::Told> + Send + use<Self>;

    /// Learns what will come next, of a long text: what it needs for that can be on its way.
    fn expect(&mut self, _told: impl Iterator<Item = Self::Told>) {}
}

impl<F: FnMut(Result<Row<'_>, RowFault>)> Reader for F {
    type Told = ();

    fn read(&mut self, record: Result<Row<'_>, RowFault>, _told: Option<()>) {
        self(record);
    }

    fn teller(&self) -> impl Fn(&Row<'_>) -> Option<()> + Send + use<F> {
        |_| None
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
            rows(bytes, limits, layout, |record| reader.read(record, None))
        });
    }
    ahead(source, limits, layout, reader)
}

fn ahead<R: Reader>(
    source: &Source,
    limits: Limits,
    layout: &Layout,
    reader: &mut R,
) -> io::Result<PassedOver> {
    let tell = reader.teller();
    thread::scope(|scope| {
        let (full, pages) = mpsc::sync_channel::<Vec<Page<R::Told>>>(WAITING);
        let (empty, used) = mpsc::channel();
        let decoding = scope.spawn(move || {
            let (mut page, mut waiting) = (Page::default(), Vec::new());
            let passed_over = source.with_bytes(limits, |bytes| {
                rows(bytes, limits, layout, |record| {
                    let told = record.as_ref().ok().and_then(&tell);
                    page.add(record, told);
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
struct Page<T> {
    text: String,
    /// Where each cell ends, counted from the begin of its row.
    ends: Vec<usize>,
    records: Vec<(Kept, Option<T>)>,
}

/// One of them: how much it has of the page's text and ends.
enum Kept {
    Row { line: u64, bytes: usize, cells: usize },
    Fault(RowFault),
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { text: String::new(), ends: Vec::new(), records: Vec::new() }
    }
}

impl<T: Copy> Page<T> {
    fn add(&mut self, record: Result<Row<'_>, RowFault>, told: Option<T>) {
        let kept = match record {
            Ok(row) => {
                self.text.push_str(row.text);
                self.ends.extend_from_slice(row.ends);
                Kept::Row { line: row.line, bytes: row.text.len(), cells: row.ends.len() }
            }
            Err(fault) => Kept::Fault(fault),
        };
        self.records.push((kept, told));
    }

    fn is_full(&self) -> bool {
        PAGE_BYTES <= self.text.len() || PAGE_ROWS <= self.records.len()
    }

    /// Hands on all records, and forgets them.
    fn hand_on(&mut self, reader: &mut impl Reader<Told = T>) {
        let (mut text, mut ends) = (self.text.as_str(), self.ends.as_slice());
        for soon in self.records.chunks(SOON) {
            reader.expect(soon.iter().filter_map(|(_, told)| *told));
            for (kept, told) in soon {
                let record = match kept {
                    Kept::Row { line, bytes, cells } => {
                        let (row, rest) = text.split_at(*bytes);
                        let (own, others) = ends.split_at(*cells);
                        (text, ends) = (rest, others);
                        Ok(Row { line: *line, text: row, ends: own })
                    }
                    Kept::Fault(fault) => Err(fault.clone()),
                };
                reader.read(record, *told);
            }
        }
        self.records.clear();
        self.text.clear();
        self.ends.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::VecDeque, fmt::Write};

    use super::*;

    /// Lists what it reads, all rows of which it must have been told of.
    #[derive(Default)]
    struct Listing {
        list: Vec<String>,
        expected: VecDeque<u64>,
    }

    impl Reader for Listing {
        type Told = u64;

        fn read(&mut self, record: Result<Row<'_>, RowFault>, told: Option<u64>) {
            assert_eq!(told, record.as_ref().ok().map(|row| row.line));
            if told.is_some() {
                assert_eq!(self.expected.pop_front(), told);
            }
            list(&mut self.list, record);
        }

        fn teller(&self) -> impl Fn(&Row<'_>) -> Option<u64> + Send + use<> {
            |row| Some(row.line)
        }

        fn expect(&mut self, told: impl Iterator<Item = u64>) {
            self.expected.extend(told);
        }
    }

    fn list(list: &mut Vec<String>, row: Result<Row<'_>, RowFault>) {
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
            list(&mut here, row);
        });
        let passed_over = ahead(&source, limits, &layout, &mut beside);
        assert_eq!(passed_over.unwrap(), whole.unwrap());
        assert_eq!(here, beside.list);
        assert_eq!(here.len(), 20_000 - 20 + 1);
    }
}
