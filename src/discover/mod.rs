//! Folders and archives become export files, sorted and hashed.
//!
//! [`files`] walks what the user named; [`scan()`] reads a file once, end to end, and notes
//! what the later stages need to know about all of its bytes.

mod archive;
mod scan;
mod source;
mod walk;

use std::path::PathBuf;

pub use scan::{Scan, scan};
pub use source::{Limits, Source, Stamp};
pub use walk::{Named, files, named, open, shown_below};

/// A file that may hold an export, not read yet.
#[derive(Clone, Debug)]
pub struct ExportFile {
    /// How people find it again: the path inside the named folder or archive.
    pub name: String,
    /// The folder or archive that it came with, shared by the files of one archive.
    pub unit: String,
    /// How its bytes are read.
    pub source: Source,
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
