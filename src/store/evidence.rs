//! How touches are known, in words: many share theirs, so each stands once.

use std::{fmt::Display, hash::Hash};

use rusqlite::CachedStatement;
use rustc_hash::FxHashMap;

use super::{Store, StoreError, write_facts::writing};

/// The numbers of evidence, of which that is added whose words are new.
pub(super) struct Evidence<'a, Known: ?Sized> {
    insert: CachedStatement<'a>,
    /// Looked up and never walked.
    ids: FxHashMap<&'a Known, i64>,
}

impl Store {
    pub(super) fn touch_evidence<Known: ?Sized>(
        &self,
    ) -> Result<Evidence<'_, Known>, StoreError> {
        let insert = self.prepare(include_str!("sql/insert_touch_evidence.sql"))?;
        Ok(Evidence { insert, ids: FxHashMap::default() })
    }
}

impl<'a, Known: Display + Eq + Hash + ?Sized> Evidence<'a, Known> {
    pub(super) fn id(&mut self, known: &'a Known) -> Result<i64, StoreError> {
        if let Some(id) = self.ids.get(known) {
            return Ok(*id);
        }
        let words = known.to_string();
        let id = self.insert.query_row([words], |row| row.get(0)).map_err(writing)?;
        self.ids.insert(known, id);
        Ok(id)
    }
}
