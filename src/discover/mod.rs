//! Folders and archives become export files, sorted and hashed.
//!
//! [`files`] walks what the user named; [`scan()`] reads a file once, end to end, and notes
//! what the later stages need to know about all of its bytes.

mod archive;
mod gzip;
mod scan;
mod source;
mod stamp;
mod walk;

use std::path::PathBuf;

use sha2::{Digest, Sha256};

pub use gzip::Gzip;
pub use scan::{Looks, Scan, Whole, read_head, scan};
pub use source::{Limits, Source};
pub use stamp::Stamp;
pub use walk::{Named, files, named, open, root_names, shown_below};

/// A file that may hold an export, not read yet.
#[derive(Clone, Debug)]
pub struct ExportFile {
    /// How people find it again: the path inside the named folder or archive.
    pub name: String,
    /// The folder or archive that it came with, as it is shown.
    pub unit: String,
    /// The same by where it lies, shared by the files of one archive and by no others.
    pub home: String,
    /// How its bytes are read.
    pub source: Source,
    /// The file on disk as it was before anything of it was read.
    pub stamp: Stamp,
}

impl ExportFile {
    /// Whether the file on disk is still the one that was found.
    pub fn is_unchanged(&self) -> bool {
        self.source.stamp() == self.stamp
    }

    /// Names all that decides what a look at all of its bytes finds: the same hash, the same
    /// finding. None for what is held in memory.
    pub fn look_key(&self, limits: Limits) -> Option<[u8; 32]> {
        let release = env!("CARGO_PKG_VERSION");
        let stamp = self.stamp.words()?;
        let place = match &self.source {
            Source::Path(_) => "whole".to_owned(),
            Source::Gzip(_) => "inflated".to_owned(),
            Source::Entry { index, .. } => format!("entry {index}"),
            Source::Nested { .. } => return None,
        };
        let words = format!("{release}\n{limits:?}\n{stamp}\n{place}");
        Some(Sha256::digest(words).into())
    }
}

/// A thing named by the user, or found in a folder, that cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its name, as in [`ExportFile::name`].
    pub name: String,
    /// What is wrong, as a sentence without a full stop.
    pub reason: String,
}

/// All that was found, each list sorted by name.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The files to look at.
    pub files: Vec<ExportFile>,
    /// What could not be opened.
    pub unreadable: Vec<Unreadable>,
    /// Bytes of archives inside archives that are held in memory.
    nested_bytes: u64,
}

/// A path named by the user that does not exist.
#[derive(Debug, thiserror::Error)]
#[error("{}: there is no such file or folder", path.display())]
pub struct Missing {
    /// The path as it was given.
    pub path: PathBuf,
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes everything");
        text
    })
}
