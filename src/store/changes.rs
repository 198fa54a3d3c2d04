//! The results as they stand, to be compared with those of another run; what moved.

use rusqlite::named_params;

use super::{
    Store, StoreError,
    many::row,
    read_facts::{get, text, text_or_null, word},
    write_credits::MOST_MODELS,
};
use crate::{
    analyze::{Change, State},
    domain::Word,
};

impl Store {
    /// Whether a run was finished before this one.
    pub fn has_results(&self) -> Result<bool, StoreError> {
        let deals = self.rows("select count(*) from models", |row| get(row, 0))?;
        Ok(deals.first().is_some_and(|count: &i64| 0 < *count))
    }

    /// Takes the results as they stand.
    pub fn snapshot(&self) -> Result<State, StoreError> {
        let models = include_str!("sql/select_shared_models.sql");
        let models: Vec<String> = self.rows(models, |row| get(row, 1))?;
        let count = models.len();
        let mut state = State::of(models);
        let leads = include_str!("sql/select_snapshot_leads.sql");
        self.each(leads, [], |row| {
            let (member, basis) = (text_or_null(row, 2)?, text_or_null(row, 3)?);
            state.add_lead([text(row, 0)?, text(row, 1)?], member, basis);
            Ok(())
        })?;
        let deals = include_str!("sql/select_snapshot_deals.sql");
        self.each(deals, [], |row| {
            let (minor, currency): (Option<i64>, _) = (get(row, 3)?, text(row, 4)?);
            let amount = minor.map(|minor| (minor, currency));
            let values = (text(row, 2)?, amount, text_or_null(row, 5)?);
            state.add_deal(get(row, 6)?, [text(row, 0)?, text(row, 1)?], values);
            Ok(())
        })?;
        let joins = include_str!("sql/select_snapshot_joins.sql");
        self.each(joins, [], |row| {
            let key = [text(row, 0)?, text(row, 1)?];
            state.add_join(key, [text(row, 2)?, text(row, 3)?], text(row, 4)?);
            Ok(())
        })?;
        self.each(include_str!("sql/select_findings.sql"), [], |row| {
            let what =
                [Some(text(row, 1)?), text_or_null(row, 8)?, text_or_null(row, 9)?];
            let numbers = [get(row, 2)?, get(row, 3)?, get(row, 4)?];
            state.add_finding(text(row, 0)?, what, numbers);
            Ok(())
        })?;
        self.each(include_str!("sql/select_shared_urns.sql"), [], |row| {
            state.add_post(get(row, 0)?, text(row, 1)?);
            Ok(())
        })?;
        self.each(include_str!("sql/select_joined_deal_parts.sql"), [], |row| {
            let mut minor = [None; MOST_MODELS];
            for (model, minor) in minor[..count].iter_mut().enumerate() {
                *minor = get(row, 3 + model)?;
            }
            state.add_credits((get(row, 0)?, get(row, 1)?), minor);
            Ok(())
        })?;
        Ok(state)
    }

    /// Keeps what a run moved.
    pub fn insert_changes(
        &self,
        run_id: i64,
        changes: impl Iterator<Item = Change>,
    ) -> Result<(), StoreError> {
        let changes = changes.map(|change| {
            row! {
                run_id: run_id, kind: change.kind.word(),
                source_system: change.source_system, remote_id: change.remote_id,
                what: change.what, old_value: change.old_value,
                new_value: change.new_value, source_file: change.source_file,
            }
        });
        self.insert("changes", changes)
    }

    /// What the runs after one moved, each change with its run.
    pub fn changes_since(&self, run_id: i64) -> Result<Vec<(i64, Change)>, StoreError> {
        let sql = include_str!("sql/select_changes_since.sql");
        self.rows_with(sql, named_params! { ":since": run_id }, |row| {
            let change = Change {
                kind: word(row, 1, "kind of change")?,
                source_system: get(row, 2)?,
                remote_id: get(row, 3)?,
                what: get(row, 4)?,
                old_value: get(row, 5)?,
                new_value: get(row, 6)?,
                source_file: get(row, 7)?,
            };
            Ok((get(row, 0)?, change))
        })
    }

    /// The number of the last run; 0 where there was none.
    pub fn last_run(&self) -> Result<i64, StoreError> {
        let last =
            self.rows(include_str!("sql/select_last_run.sql"), |row| get(row, 0))?;
        Ok(last.first().copied().unwrap_or(0))
    }
}
