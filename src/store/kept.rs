//! Rows of the largest tables as they were written: a report that follows need not read them
//! back, which costs more than to write them.

use std::{cell::RefCell, collections::BTreeMap};

use super::{Cell, Store, StoreError, many::NewRow};
use crate::domain::packed;

/// Rows of views in parts, as [`Store::each_joined`] reads them.
#[derive(Debug, Default)]
pub struct Kept {
    by_view: BTreeMap<&'static str, KeptRows>,
}

impl Kept {
    /// The rows of a view, where they were kept.
    pub fn of(&self, view: &str) -> Option<&KeptRows> {
        self.by_view.get(view)
    }
}

/// Rows of one view, all of one width.
#[derive(Debug, Default)]
pub struct KeptRows {
    width: usize,
    /// A list that grows would be copied time and again.
    blocks: Vec<Block>,
}

/// Bytes after which a block ends with its row.
const BLOCK_BYTES: usize = 1 << 20;

/// Some rows in few bytes: most cells are small numbers.
#[derive(Debug)]
struct Block {
    bytes: Vec<u8>,
    texts: String,
}

/// What begins a cell; above are whole numbers themselves, those below 0 between the others.
const NULL: u64 = 0;
const REAL: u64 = 1;
const TEXT: u64 = 2;
const WIDE: u64 = 3;
const WHOLE: u64 = 4;

impl KeptRows {
    /// Adds a row.
    pub(super) fn add<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        let has_room = |block: &Block| block.bytes.len() < BLOCK_BYTES;
        if !self.blocks.last().is_some_and(has_room) {
            let bytes = Vec::with_capacity(BLOCK_BYTES + BLOCK_BYTES / 16);
            self.blocks.push(Block { bytes, texts: String::new() });
        }
        let Some(block) = self.blocks.last_mut() else { return };
        self.width = 0;
        for cell in cells {
            self.width += 1;
            block.add(cell);
        }
    }

    /// Calls `each` with every row, in the order in which they were added.
    pub fn each<E>(
        &self,
        mut each: impl FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut cells = vec![Cell::Null; self.width];
        for Block { bytes, texts } in &self.blocks {
            let mut rest = Rest { bytes, texts };
            while !rest.bytes.is_empty() {
                cells.fill_with(|| rest.cell());
                each(&cells)?;
            }
        }
        Ok(())
    }
}

impl Block {
    fn add(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Null => self.push(NULL),
            Cell::Integer(whole) => self.push_whole(whole),
            Cell::Real(real) => {
                self.push(REAL);
                self.bytes.extend_from_slice(&real.to_le_bytes());
            }
            Cell::Text(text) => {
                self.push(TEXT);
                self.push(text.len() as u64);
                self.texts.push_str(text);
            }
        }
    }

    fn push_whole(&mut self, whole: i64) {
        if let Some(number) = packed::folded(whole).checked_add(WHOLE) {
            self.push(number);
        } else {
            self.push(WIDE);
            self.bytes.extend_from_slice(&whole.to_le_bytes());
        }
    }

    fn push(&mut self, number: u64) {
        packed::put(&mut self.bytes, number);
    }
}

/// What is not read yet.
struct Rest<'a> {
    bytes: &'a [u8],
    texts: &'a str,
}

impl<'a> Rest<'a> {
    fn cell(&mut self) -> Cell<'a> {
        match packed::take(&mut self.bytes) {
            NULL => Cell::Null,
            REAL => Cell::Real(f64::from_le_bytes(packed::take_eight(&mut self.bytes))),
            TEXT => {
                let length = packed::take(&mut self.bytes);
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                let (text, rest) = self.texts.split_at(length);
                self.texts = rest;
                Cell::Text(text)
            }
            WIDE => {
                Cell::Integer(i64::from_le_bytes(packed::take_eight(&mut self.bytes)))
            }
            number => Cell::Integer(packed::unfolded(number - WHOLE)),
        }
    }
}

impl Store {
    /// Keeps, from now on, the rows of views in parts that are written.
    pub fn keep_rows(&self) {
        self.kept.replace(Some(Kept::default()));
    }

    /// What was kept; nothing where nothing was to be.
    pub fn take_kept(&self) -> Kept {
        self.kept.take().unwrap_or_default()
    }

    /// Adds rows to a table, and keeps what a view has of each.
    pub(super) fn insert_and_keep<R, N: NewRow>(
        &self,
        (table, rows): (&str, impl Iterator<Item = R>),
        new_row: impl Fn(R) -> N,
        (view, keep): (&'static str, impl Fn(&R, &mut KeptRows)),
    ) -> Result<(), StoreError> {
        let mut kept = self.kept.borrow_mut();
        match kept.as_mut().map(|kept| kept.by_view.entry(view).or_default()) {
            Some(kept) => {
                let rows = rows.inspect(|row| keep(row, kept));
                self.insert(table, rows.map(new_row))
            }
            None => self.insert(table, rows.map(new_row)),
        }
    }
}

/// Where a store keeps rows, if it does.
pub(super) type Keeping = RefCell<Option<Kept>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_they_were_kept() {
        let whole = [0, 1, -1, 63, -64, 64, i64::MAX - 2, i64::MAX, i64::MIN];
        let mut rows: Vec<[Cell<'_>; 3]> =
            whole.map(|one| [Cell::Integer(one), Cell::Null, Cell::Real(0.1)]).to_vec();
        rows.push([Cell::Text("Zoë"), Cell::Text(""), Cell::Real(f64::MIN_POSITIVE)]);
        let mut kept = KeptRows::default();
        // Also those of a second block.
        for row in rows.iter().cycle().take(100_000) {
            kept.add(*row);
        }
        assert!(1 < kept.blocks.len());
        let mut read = Vec::new();
        kept.each(|row| {
            read.push(format!("{row:?}"));
            Ok::<(), ()>(())
        })
        .unwrap();
        assert_eq!(read.len(), 100_000);
        for (at, read) in read.iter().enumerate() {
            assert_eq!(*read, format!("{:?}", rows[at % rows.len()]));
        }
    }
}
