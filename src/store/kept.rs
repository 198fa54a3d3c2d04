//! Rows of the largest tables as they were written: a report that follows need not ask the
//! database for them, which costs more than to write them.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Seek, Write},
    mem,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::{Cell, Store, StoreError, folder_of, many::NewRow};
use crate::domain::packed;

/// Rows of views in parts, as [`Store::each_joined`] reads them.
#[derive(Debug, Default)]
pub struct Kept {
    by_view: BTreeMap<&'static str, KeptRows>,
    /// Where files may be, if anywhere.
    folder: Option<PathBuf>,
}

impl Kept {
    /// The rows of a view, where they were kept.
    pub fn of(&self, view: &str) -> Option<&KeptRows> {
        self.by_view.get(view)
    }

    fn rows_of(&mut self, view: &'static str) -> &mut KeptRows {
        let Self { by_view, folder } = self;
        by_view.entry(view).or_insert_with(|| KeptRows::within(folder.clone()))
    }
}

/// Rows of one view, all of one width.
#[derive(Debug, Default)]
pub struct KeptRows {
    width: usize,
    /// The first blocks, as long as there is room for them on the disk.
    disk: Disk,
    /// The others: a list that grows would be copied time and again.
    blocks: Vec<Block>,
}

/// Bytes after which a block ends with its row.
const BLOCK_BYTES: usize = 1 << 20;

/// Blocks in a file without a name, which is gone when nobody has it open any more.
#[derive(Debug, Default)]
struct Disk {
    /// Where the file may be; none where it cannot be written, or no further.
    folder: Option<PathBuf>,
    file: Option<Mutex<File>>,
    /// By block: the bytes of its cells and of its texts.
    sizes: Vec<[usize; 2]>,
}

/// Some rows in few bytes: most cells are small numbers.
#[derive(Debug, Default)]
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
    /// No rows yet, and a folder where files may be.
    fn within(folder: Option<PathBuf>) -> Self {
        Self { disk: Disk { folder, ..Disk::default() }, ..Self::default() }
    }

    /// Adds a row.
    pub(super) fn add<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        let has_room =
            |last: &mut Block| last.bytes.len() < BLOCK_BYTES || self.disk.takes(last);
        if !self.blocks.last_mut().is_some_and(has_room) {
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
    pub fn each<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.disk.each(|block| block.each(self.width, &mut each))?;
        self.blocks.iter().try_for_each(|block| block.each(self.width, &mut each))
    }
}

impl Disk {
    /// Takes what a block holds, which is empty then; false where there is no room.
    fn takes(&mut self, block: &mut Block) -> bool {
        let Some(folder) = &self.folder else { return false };
        if let Err(_no_room) = Self::write(&mut self.file, folder, block) {
            // What was written of it is behind all that is read.
            self.folder = None;
            return false;
        }
        self.sizes.push([block.bytes.len(), block.texts.len()]);
        block.bytes.clear();
        block.texts.clear();
        true
    }

    fn write(
        file: &mut Option<Mutex<File>>,
        folder: &Path,
        block: &Block,
    ) -> io::Result<()> {
        let file = match file {
            Some(file) => file,
            none => none.insert(Mutex::new(tempfile::tempfile_in(folder)?)),
        };
        let file = file.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.write_all(&block.bytes)?;
        file.write_all(block.texts.as_bytes())
    }

    /// Reads one block after the other.
    fn each<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(&Block) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        let lost = |source| StoreError::Kept { source };
        file.rewind().map_err(lost)?;
        let mut block = Block::default();
        for sizes in &self.sizes {
            block.read(&mut file, *sizes).map_err(lost)?;
            each(&block)?;
        }
        Ok(())
    }
}

impl Block {
    fn read(&mut self, file: &mut File, [bytes, texts]: [usize; 2]) -> io::Result<()> {
        self.bytes.resize(bytes, 0);
        file.read_exact(&mut self.bytes)?;
        let mut read = mem::take(&mut self.texts).into_bytes();
        read.resize(texts, 0);
        file.read_exact(&mut read)?;
        self.texts = String::from_utf8(read).map_err(io::Error::other)?;
        Ok(())
    }

    fn each<E>(
        &self,
        width: usize,
        each: &mut impl FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rest = Rest { bytes: &self.bytes, texts: &self.texts };
        let mut cells = vec![Cell::Null; width];
        while !rest.bytes.is_empty() {
            cells.fill_with(|| rest.cell());
            each(&cells)?;
        }
        Ok(())
    }

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
    /// Keeps, from now on, the rows of views in parts that are written: the many in files
    /// without names beside the database.
    pub fn keep_rows(&self) {
        // A database in memory has no place.
        let place = self.connection.path().filter(|place| !place.is_empty());
        let folder = place.map(|place| folder_of(Path::new(place)).to_path_buf());
        self.kept.replace(Some(Kept { folder, ..Kept::default() }));
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
        match kept.as_mut().map(|kept| kept.rows_of(view)) {
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
    fn files_may_be_where_the_database_is_and_of_one_in_memory_nowhere() {
        let kept_in = |store: &Store| {
            store.keep_rows();
            store.take_kept().folder
        };
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("new.db")).unwrap();
        let place = kept_in(&store).unwrap().canonicalize().unwrap();
        assert_eq!(place, folder.path().canonicalize().unwrap());
        assert_eq!(kept_in(&Store::scratch().unwrap()), None);
    }

    #[test]
    fn rows_are_read_as_they_were_kept() {
        let whole = [0, 1, -1, 63, -64, 64, i64::MAX - 2, i64::MAX, i64::MIN];
        let mut rows: Vec<[Cell<'_>; 3]> =
            whole.map(|one| [Cell::Integer(one), Cell::Null, Cell::Real(0.1)]).to_vec();
        rows.push([Cell::Text("Zoë"), Cell::Text(""), Cell::Real(f64::MIN_POSITIVE)]);
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("none");
        for (at, folder) in
            [Some(folder.path().into()), None, Some(gone)].into_iter().enumerate()
        {
            let mut kept = KeptRows::within(folder);
            // Also those of a second block and a third one, which the disk takes where it can.
            for row in rows.iter().cycle().take(250_000) {
                kept.add(*row);
            }
            let blocks = (kept.disk.sizes.len(), kept.blocks.len());
            assert!(if at == 0 { 1 < blocks.0 && blocks.1 == 1 } else { 2 < blocks.1 });
            for _ in 0..2 {
                let mut count = 0;
                kept.each(|row| {
                    assert_eq!(row, rows[count % rows.len()]);
                    count += 1;
                    Ok::<(), StoreError>(())
                })
                .unwrap();
                assert_eq!(count, 250_000);
            }
        }
    }
}
