//! What was told of the texts of posts, so that none is told twice.

use rusqlite::named_params;

use super::{Store, StoreError, read_facts::get};
use crate::classify::{BY_HAND, Label, ToldThemes};

impl Store {
    /// The themes of the texts of posts, as the same classifier told them.
    pub fn told_themes(&self, told_by: &str) -> Result<ToldThemes, StoreError> {
        let told = self.rows_with(
            include_str!("sql/select_told_themes.sql"),
            named_params! { ":told_by": told_by, ":by_hand": BY_HAND },
            |row| {
                let (theme, confidence) = (get(row, 1)?, get(row, 2)?);
                let because = vec![get(row, 3)?];
                Ok((get(row, 0)?, Label { theme, confidence, because }))
            },
        )?;
        Ok(told.into_iter().collect())
    }
}
