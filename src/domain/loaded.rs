//! Everything that was imported.

use super::{Facts, SourceFile};

/// All files and their facts.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The files, by number.
    pub files: Vec<SourceFile>,
    /// The facts of all files, by place.
    pub facts: Facts,
}
