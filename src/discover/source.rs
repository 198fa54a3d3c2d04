//! Where the bytes of an export file lie, and how to read them again.

use std::{
    fs::File,
    io::{self, BufReader, Cursor, Read},
    path::PathBuf,
    sync::Arc,
};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

/// What a single file may cost at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes that one compressed entry may inflate to.
    pub inflated_bytes: u64,
    /// Bytes of all archives inside archives, which are held in memory.
    pub nested_archive_bytes: u64,
    /// Archives inside archives.
    pub nesting: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Self { inflated_bytes: 16 << 30, nested_archive_bytes: 256 << 20, nesting: 3 }
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
        archive: PathBuf,
        /// Which entry, by its number in the archive.
        index: usize,
    },
    /// An entry of a ZIP that lies inside another ZIP.
    Nested {
        /// The bytes of the inner ZIP.
        archive: Arc<[u8]>,
        /// Which entry, by its number in the archive.
        index: usize,
    },
}

impl Source {
    /// Calls `read` with the decompressed bytes. A stream longer than the limit ends in an
    /// error instead of filling memory or time.
    pub fn with_bytes<T>(
        &self,
        limits: Limits,
        read: impl FnOnce(&mut dyn Read) -> io::Result<T>,
    ) -> io::Result<T> {
        let limit = limits.inflated_bytes;
        match self {
            Self::Path(path) => read(&mut File::open(path)?),
            Self::Gzip(path) => {
                let mut bytes = Bounded {
                    inner: MultiGzDecoder::new(File::open(path)?),
                    left: limit,
                    limit,
                };
                read(&mut bytes)
            }
            Self::Entry { archive, index } => {
                let mut archive = ZipArchive::new(BufReader::new(File::open(archive)?))?;
                let entry = archive.by_index(*index)?;
                read(&mut Bounded { inner: entry, left: limit, limit })
            }
            Self::Nested { archive, index } => {
                let mut archive = ZipArchive::new(Cursor::new(archive))?;
                let entry = archive.by_index(*index)?;
                read(&mut Bounded { inner: entry, left: limit, limit })
            }
        }
    }
}

/// A reader that refuses to give more than a number of bytes.
struct Bounded<R> {
    inner: R,
    left: u64,
    limit: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            let limit = self.limit >> 20;
            let words = "it inflates to more than";
            io::Error::other(format!("{words} {limit} MB, the limit max-inflated-mb"))
        })?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_longer_than_its_limit_is_an_error() {
        let mut bounded =
            Bounded { inner: io::repeat(b'a'), left: 100_000, limit: 100_000 };
        assert!(io::copy(&mut bounded, &mut io::sink()).is_err());
        let mut bounded =
            Bounded { inner: io::repeat(b'a').take(100), left: 100, limit: 100 };
        assert_eq!(io::copy(&mut bounded, &mut io::sink()).unwrap(), 100);
    }
}
