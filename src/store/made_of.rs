//! What results and tables were made of, so that what would be the same is not made again.

use std::collections::BTreeMap;

use super::{Store, StoreError, read_facts::cells, write_facts::run};

/// What the results are called among the things that were made.
const RESULTS: &str = "results";

/// And the themes of posts, which stand whatever is imported.
const THEMES: &str = "themes";

/// And the settings alone, which do so too.
const SETTINGS: &str = "settings";

impl Store {
    /// The stamps of all that was written of the results as they stand, by view or name; none
    /// where the results were made of other facts or with other settings.
    pub fn tables_made_of(
        &self,
        settings: &str,
    ) -> Result<Option<BTreeMap<String, String>>, StoreError> {
        let mut made = self.made_of()?;
        made.remove(THEMES);
        made.remove(SETTINGS);
        Ok((made.remove(RESULTS).as_deref() == Some(settings)).then_some(made))
    }

    /// The settings of the last results, whatever has become of their facts since.
    pub fn last_settings(&self) -> Result<Option<String>, StoreError> {
        Ok(self.made_of()?.remove(SETTINGS))
    }

    fn made_of(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let made = self.rows(include_str!("sql/select_made_of.sql"), cells)?;
        Ok(made.into_iter().collect())
    }

    /// Notes with which settings the last results were made.
    pub fn insert_last_settings(&self, settings: &str) -> Result<(), StoreError> {
        self.insert_made_of(SETTINGS, settings)
    }

    /// Notes of which settings and release the results were made.
    pub fn insert_results_made_of(&self, settings: &str) -> Result<(), StoreError> {
        self.insert_made_of(RESULTS, settings)
    }

    /// Notes what told the themes.
    pub fn insert_themes_told_by(&self, told_by: &str) -> Result<(), StoreError> {
        self.insert_made_of(THEMES, told_by)
    }

    /// Notes the stamp of what was made.
    pub fn insert_made_of(&self, made: &str, made_of: &str) -> Result<(), StoreError> {
        run(&mut self.prepare(include_str!("sql/insert_made_of.sql"))?, (made, made_of))
    }

    /// The facts are others now: nothing is made of them yet, but themes are told of texts.
    pub fn delete_made_of(&self) -> Result<(), StoreError> {
        self.execute(include_str!("sql/delete_made_of.sql"))
    }
}
