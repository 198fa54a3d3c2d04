//! Names of columns in the spellings that headers are compared with.

use std::{borrow::Cow, sync::LazyLock};

use rustc_hash::FxHashMap;

use super::{FORMATS, header};

/// A name of a column.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    /// In lower case.
    pub(super) folded: String,
    /// Its letters alone.
    pub(super) letters: String,
}

impl Spelling {
    /// How a name is spelled; made once for the formats of this release, of which every
    /// header that fits none meets every name.
    pub(super) fn of(name: &'static str) -> Cow<'static, Self> {
        static KNOWN: LazyLock<FxHashMap<&str, Spelling>> = LazyLock::new(|| {
            let columns = FORMATS.iter().flat_map(|format| format.columns);
            let names = columns.flat_map(|column| column.names);
            names.map(|name| (*name, Spelling::new(name))).collect()
        });
        KNOWN.get(name).map_or_else(|| Cow::Owned(Self::new(name)), Cow::Borrowed)
    }

    fn new(name: &str) -> Self {
        Self { folded: name.to_ascii_lowercase(), letters: header::squeezed(name) }
    }
}
