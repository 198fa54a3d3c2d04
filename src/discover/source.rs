//! Where the bytes of an export file lie, and how to read them again.

use std::{
    fs::File,
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};

use zip::ZipArchive;

use super::{Gzip, Stamp};

/// What a single file may cost at most. Each limit is a setting.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes that one compressed entry may inflate to.
    pub inflated_bytes: u64,
    /// How many times its size a compressed file, with all its entries, may inflate to;
    /// small ones may take [`Limits::SMALL_BYTES`].
    pub inflation: u64,
    /// Bytes of all archives inside archives, which are held in memory.
    pub nested_archive_bytes: u64,
    /// Archives inside archives.
    pub nesting: u8,
    /// Bytes that a workbook may inflate to, and that its cells may take.
    pub workbook_bytes: u64,
    /// Bytes that one row, or one JSON record, may take.
    pub record_bytes: u64,
    /// Bytes of a cell that is read; a longer one is left out.
    pub cell_bytes: u64,
    /// Rejections of one file that are listed; the others are counted.
    pub rejections: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            inflated_bytes: 16 << 30,
            inflation: 100,
            nested_archive_bytes: 256 << 20,
            nesting: 3,
            workbook_bytes: 256 << 20,
            record_bytes: 32 << 20,
            cell_bytes: 64 << 10,
            rejections: 1_000_000,
        }
    }
}

impl Limits {
    /// What a compressed file may inflate to, however small it is.
    pub const SMALL_BYTES: u64 = 256 << 20;

    /// Bytes that a compressed file of a size may inflate to, all told.
    pub(super) fn budget(self, compressed_bytes: u64) -> u64 {
        compressed_bytes.saturating_mul(self.inflation).max(Self::SMALL_BYTES)
    }

    /// Says that something used up its budget.
    pub(super) fn over_budget(self, what: &str) -> String {
        let small = Self::SMALL_BYTES >> 20;
        format!(
            "{what} inflates to more than {} times its size and {small} MB, the limit \
             max-inflation; unpack it and name the folder",
            self.inflation
        )
    }
}

/// Where the bytes of an export file lie.
#[derive(Clone, Debug)]
pub enum Source {
    /// A plain file.
    Path(PathBuf),
    /// A file compressed with gzip.
    Gzip(PathBuf),
    /// An entry of a ZIP on disk.
    Entry {
        /// The ZIP.
        archive: ZipArchive<DiskFile>,
        /// Which entry, by its number in the archive.
        index: usize,
    },
    /// An entry of a ZIP that lies inside another ZIP.
    Nested {
        /// The inner ZIP.
        archive: ZipArchive<Cursor<Arc<[u8]>>>,
        /// Which entry, by its number in the archive.
        index: usize,
    },
}

impl Source {
    /// Tells whether the file on disk is still the same, later.
    pub fn stamp(&self) -> Stamp {
        match self {
            Self::Path(path) | Self::Gzip(path) => Stamp::of(path),
            Self::Entry { archive, .. } => Stamp::of(archive.clone().into_inner().path()),
            Self::Nested { .. } => Stamp::IN_MEMORY,
        }
    }

    /// Calls `read` with the decompressed bytes. A stream longer than the limit ends in an
    /// error instead of filling memory or time.
    pub fn with_bytes<T>(
        &self,
        limits: Limits,
        read: impl FnOnce(&mut dyn Read) -> io::Result<T>,
    ) -> io::Result<T> {
        match self {
            Self::Path(path) => read(&mut File::open(path)?),
            Self::Gzip(path) => {
                let file = File::open(path)?;
                let budget = limits.budget(file.metadata()?.len());
                let inner = Gzip::new(file);
                read(&mut Bounded::new(inner, limits, budget, limits.over_budget("it")))
            }
            Self::Entry { archive, index } => {
                with_entry(&mut archive.clone(), *index, limits, read)
            }
            Self::Nested { archive, index } => {
                with_entry(&mut archive.clone(), *index, limits, read)
            }
        }
    }
}

/// Reads an entry, which was admitted by the size that it claims, and gives no more.
fn with_entry<R: Read + Seek, T>(
    archive: &mut ZipArchive<R>,
    index: usize,
    limits: Limits,
    read: impl FnOnce(&mut dyn Read) -> io::Result<T>,
) -> io::Result<T> {
    let entry = archive.by_index(index)?;
    let claimed = entry.size();
    let reason =
        format!("it inflates to more than the {claimed} bytes that its archive claims");
    read(&mut Bounded::new(entry, limits, claimed, reason))
}

/// A reader that refuses to give more than a number of bytes.
struct Bounded<R> {
    inner: R,
    left: u64,
    /// What is said where there are more.
    reason: String,
}

impl<R> Bounded<R> {
    /// Gives `most` bytes, or what one compressed file may take where that is less.
    fn new(inner: R, limits: Limits, most: u64, reason: String) -> Self {
        let limit = limits.inflated_bytes;
        if most <= limit {
            return Self { inner, left: most, reason };
        }
        let megabytes = limit >> 20;
        let reason =
            format!("it inflates to more than {megabytes} MB, the limit max-inflated-mb");
        Self { inner, left: limit, reason }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| io::Error::other(self.reason.clone()))?;
        Ok(count)
    }
}

/// A file that is opened when it is read. A clone reads on its own, so that all entries of
/// an archive share one directory, however many there are.
#[derive(Debug)]
pub struct DiskFile {
    path: Arc<Path>,
    at: u64,
    open: Option<BufReader<File>>,
}

impl DiskFile {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.into(), at: 0, open: None }
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn file(&mut self) -> io::Result<&mut BufReader<File>> {
        if self.open.is_none() {
            let mut file = BufReader::new(File::open(&self.path)?);
            file.seek(SeekFrom::Start(self.at))?;
            self.open = Some(file);
        }
        self.open.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Clone for DiskFile {
    fn clone(&self) -> Self {
        Self { path: Arc::clone(&self.path), at: self.at, open: None }
    }
}

impl Read for DiskFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file()?.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for DiskFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.file()?.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_longer_than_its_limit_is_an_error() {
        let mut bounded =
            Bounded { inner: io::repeat(b'a'), left: 100_000, reason: String::new() };
        assert!(io::copy(&mut bounded, &mut io::sink()).is_err());
        let mut bounded = Bounded {
            inner: io::repeat(b'a').take(100),
            left: 100,
            reason: String::new(),
        };
        assert_eq!(io::copy(&mut bounded, &mut io::sink()).unwrap(), 100);
    }
}
