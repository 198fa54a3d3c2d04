//! Headers and names of columns in the spellings in which they are compared.

use std::{borrow::Cow, sync::LazyLock};

use rustc_hash::FxHashMap;

use super::{FORMATS, Kind, header};

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

/// How header cells are compared with a format's names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Folded.
    Exact,
    /// By their letters: `lead_source` and `LeadSource` are `Lead Source`.
    Squeezed,
    /// As tables of nobody's own write them: `Amount (EUR)` as well as `Amount`, `Deal Stage`
    /// as well as `Stage`.
    Generic,
}

/// Where words stand in a header; looked up and never walked, so that a table of a hundred
/// thousand columns costs no more than its columns and the names together.
pub(super) type Places = FxHashMap<String, Vec<usize>>;

/// A header in all its spellings.
pub(super) struct Header<'a> {
    pub(super) cells: &'a [String],
    folded: Vec<String>,
    squeezed: Vec<String>,
    /// Without the currency at the end.
    amounts: Vec<Option<String>>,
    /// The cells that say anything.
    pub(super) written: Vec<usize>,
    pub(super) by_cell: Places,
    by_folded: Places,
    by_squeezed: Places,
    by_amount: Places,
}

impl<'a> Header<'a> {
    pub(super) fn of(cells: &'a [String]) -> Self {
        let all = |spell: fn(&str) -> String| cells.iter().map(|it| spell(it)).collect();
        let amount = |cell: &String| {
            header::currency(cell).map(|(words, _)| header::squeezed(&words))
        };
        let folded: Vec<String> = all(header::fold);
        let squeezed: Vec<String> = all(|cell| header::squeezed(&header::fold(cell)));
        let amounts: Vec<Option<String>> = cells.iter().map(amount).collect();
        let written = (0..cells.len()).filter(|at| !folded[*at].is_empty()).collect();
        Self {
            cells,
            written,
            by_cell: places(cells.iter().map(|cell| Some(cell.trim()))),
            by_folded: places(folded.iter().map(|words| Some(words.as_str()))),
            by_squeezed: places(squeezed.iter().map(|words| Some(words.as_str()))),
            by_amount: places(amounts.iter().map(Option::as_deref)),
            folded,
            squeezed,
            amounts,
        }
    }

    /// Where the words stand that cells are without the things that a table is about.
    pub(super) fn bare(&self, things: &[&str]) -> Places {
        let mut found = Places::default();
        for &at in &self.written {
            let mut bare = header::bare(&self.squeezed[at], things);
            let amount = self.amounts[at].iter();
            bare.extend(amount.flat_map(|words| header::bare(words, things)));
            for words in bare {
                found.entry(words).or_default().push(at);
            }
        }
        found
    }

    /// The words of one cell without the things that a table is about.
    pub(super) fn bare_of(
        &self,
        at: usize,
        things: &[&str],
    ) -> impl Iterator<Item = String> {
        header::bare(&self.squeezed[at], things).into_iter()
    }

    /// Whether one cell is one of some things.
    pub(super) fn is_one_of(&self, at: usize, things: &[&str]) -> bool {
        things.contains(&self.squeezed[at].as_str())
    }

    /// Whether one cell is one of some things, or says something of it.
    pub(super) fn is_about(&self, at: usize, things: &[&str]) -> bool {
        self.is_one_of(at, things) || self.bare_of(at, things).next().is_some()
    }

    /// Whether any cell fits a name.
    pub(super) fn has(&self, reading: Reading, kind: Kind, name: &'static str) -> bool {
        !self.fitting(reading, kind, name).is_empty()
    }

    /// The cells that fit a name, in order.
    pub(super) fn fitting(
        &self,
        reading: Reading,
        kind: Kind,
        name: &'static str,
    ) -> Vec<usize> {
        let of = |cells: &[String], places: &Places, name: &str| -> Vec<usize> {
            if name.contains('*') {
                let written = self.written.iter().copied();
                return written.filter(|at| header::fits(&cells[*at], name)).collect();
            }
            places.get(name).cloned().unwrap_or_default()
        };
        let spelling = Spelling::of(name);
        let mut found = of(&self.folded, &self.by_folded, &spelling.folded);
        if reading != Reading::Exact {
            let letters = &spelling.letters;
            found.extend(of(&self.squeezed, &self.by_squeezed, letters));
            if reading == Reading::Generic && kind == Kind::Amount {
                found.extend(self.by_amount.get(letters).into_iter().flatten());
            }
            found.sort_unstable();
            found.dedup();
        }
        found
    }
}

/// Where each word stands that is one.
fn places<'a>(words: impl Iterator<Item = Option<&'a str>>) -> Places {
    let mut places = Places::default();
    for (at, words) in words.enumerate() {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            places.entry(words.to_owned()).or_default().push(at);
        }
    }
    places
}
