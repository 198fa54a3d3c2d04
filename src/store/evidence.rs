//! How touches are known, in words: many share theirs, so each stands once.

use rusqlite::CachedStatement;
use rustc_hash::FxHashMap;

use super::{Store, StoreError, write_facts::writing};

/// The numbers of words, of which those that are new are added.
pub(super) struct Evidence<'a> {
    insert: CachedStatement<'a>,
    /// Looked up and never walked.
    ids: FxHashMap<&'a str, i64>,
}

impl Store {
    pub(super) fn touch_evidence(&self) -> Result<Evidence<'_>, StoreError> {
        let insert = self.prepare(include_str!("sql/insert_touch_evidence.sql"))?;
        Ok(Evidence { insert, ids: FxHashMap::default() })
    }
}

impl<'a> Evidence<'a> {
    pub(super) fn id(&mut self, words: &'a str) -> Result<i64, StoreError> {
        if let Some(id) = self.ids.get(words) {
            return Ok(*id);
        }
        let id = self.insert.query_row([words], |row| row.get(0)).map_err(writing)?;
        self.ids.insert(words, id);
        Ok(id)
    }
}
