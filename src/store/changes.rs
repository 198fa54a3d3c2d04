//! The results as they stand, to be compared with those of another run; what moved.

use rusqlite::{Row, named_params};

use super::{
    Store, StoreError,
    read_facts::{get, reading, text, text_or_null},
    write_credits::MOST_MODELS,
};
use crate::{
    analyze::{Change, ChangeKind, NewSources, State},
    domain::Word,
};

impl Store {
    /// Whether a run was finished before this one.
    pub fn has_results(&self) -> Result<bool, StoreError> {
        let deals = self.list_of("select count(*) from models", |row| row.get(0))?;
        Ok(deals.first().is_some_and(|count: &i64| 0 < *count))
    }

    /// Takes the results as they stand.
    pub fn snapshot(&self) -> Result<State, StoreError> {
        let models = include_str!("sql/select_shared_models.sql");
        let models: Vec<String> = self.list_of(models, |row| row.get(1))?;
        let count = models.len();
        let mut state = State::of(models);
        let leads = include_str!("sql/select_snapshot_leads.sql");
        self.each(leads, |row| {
            for (column, what) in [(2, "member"), (3, "match basis")] {
                if let Some(value) = text_or_null(row, column)? {
                    state.add(
                        ChangeKind::Lead,
                        [text(row, 0)?, text(row, 1)?, what],
                        value,
                    );
                }
            }
            Ok(())
        })?;
        let deals = include_str!("sql/select_snapshot_deals.sql");
        self.each(deals, |row| {
            let key = [text(row, 0)?, text(row, 1)?];
            state.add_deal(get(row, 6)?, key);
            let minor: Option<i64> = get(row, 3)?;
            let currency = text(row, 4)?;
            let amount = minor.map(|minor| format!("{minor} {currency}"));
            let values = [
                ("status", Some(text(row, 2)?)),
                ("amount", amount.as_deref()),
                ("closed at", text_or_null(row, 5)?),
            ];
            for (what, value) in values {
                if let Some(value) = value {
                    state.add(ChangeKind::Deal, [key[0], key[1], what], value);
                }
            }
            Ok(())
        })?;
        let joins = include_str!("sql/select_snapshot_joins.sql");
        self.each(joins, |row| {
            let what = format!("lead {}", text(row, 2)?);
            let key = [text(row, 0)?, text(row, 1)?, &what];
            state.add(ChangeKind::Deal, key, text(row, 3)?);
            Ok(())
        })?;
        self.each(include_str!("sql/select_findings.sql"), |row| {
            let (name, what, value) = finding(row).map_err(reading)?;
            state.add(ChangeKind::Finding, ["touchstone", &name, &what], &value);
            Ok(())
        })?;
        self.each(include_str!("sql/select_shared_urns.sql"), |row| {
            state.add_post(get(row, 0)?, text(row, 1)?);
            Ok(())
        })?;
        self.each(include_str!("sql/select_joined_deal_parts.sql"), |row| {
            let mut minor = [None; MOST_MODELS];
            for (model, minor) in minor[..count].iter_mut().enumerate() {
                *minor = get(row, 3 + model)?;
            }
            state.add_credits((get(row, 0)?, get(row, 1)?), minor);
            Ok(())
        })?;
        Ok(state)
    }

    /// The files that this run read first and that speak of a record, by kind and record.
    pub fn new_sources(&self, run_id: i64) -> Result<NewSources, StoreError> {
        let mut statement = self.prepare(include_str!("sql/select_new_sources.sql"))?;
        let rows = statement
            .query_map(named_params! { ":run_id": run_id }, |row| {
                let record = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok((record, row.get::<_, String>(3)?))
            })
            .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
            .map_err(|source| StoreError::Sql { doing: "reading", source })?;
        let mut sources = NewSources::new();
        for (record, file) in rows {
            sources.entry(record).or_default().insert(file);
        }
        Ok(sources)
    }

    /// Keeps what a run moved.
    pub fn insert_changes(
        &self,
        run_id: i64,
        changes: &[Change],
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_change.sql"))?;
        for change in changes {
            statement
                .execute(named_params! {
                    ":run_id": run_id, ":kind": change.kind.word(),
                    ":source_system": change.source_system,
                    ":remote_id": change.remote_id, ":what": change.what,
                    ":old_value": change.old_value, ":new_value": change.new_value,
                    ":source_file": change.source_file,
                })
                .map_err(|source| StoreError::Sql { doing: "writing", source })?;
        }
        Ok(())
    }

    /// What the runs after one moved, each change with its run.
    pub fn changes_since(&self, run_id: i64) -> Result<Vec<(i64, Change)>, StoreError> {
        let mut statement = self.prepare(include_str!("sql/select_changes_since.sql"))?;
        statement
            .query_map(named_params! { ":since": run_id }, |row| {
                let kind: String = row.get(1)?;
                let change = Change {
                    kind: ChangeKind::from_word(&kind).unwrap_or(ChangeKind::Deal),
                    source_system: row.get(2)?,
                    remote_id: row.get(3)?,
                    what: row.get(4)?,
                    old_value: row.get(5)?,
                    new_value: row.get(6)?,
                    source_file: row.get(7)?,
                };
                Ok((row.get(0)?, change))
            })
            .and_then(Iterator::collect)
            .map_err(|source| StoreError::Sql { doing: "reading", source })
    }

    /// The number of the last run; 0 where there was none.
    pub fn last_run(&self) -> Result<i64, StoreError> {
        let last =
            self.list_of(include_str!("sql/select_last_run.sql"), |row| row.get(0))?;
        Ok(last.first().copied().unwrap_or(0))
    }

    fn list_of<T>(
        &self,
        sql: &str,
        make: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        self.prepare(sql)?
            .query_map([], make)
            .and_then(Iterator::collect)
            .map_err(|source| StoreError::Sql { doing: "reading", source })
    }
}

/// A finding's name, what it measures, and what came out.
fn finding(row: &Row<'_>) -> rusqlite::Result<(String, String, String)> {
    let (model, subject): (Option<String>, Option<String>) = (row.get(8)?, row.get(9)?);
    let parts = [row.get(1)?, model, subject];
    let what: Vec<String> = parts.into_iter().flatten().collect();
    let number = |column| row.get(column).map(|one: Option<f64>| one.map(rounded));
    let value = match (number(2)?, number(3)?, number(4)?) {
        (Some(value), Some(low), Some(high)) => format!("{value} [{low}, {high}]"),
        (Some(value), ..) => value,
        (None, ..) => "too little data".to_owned(),
    };
    Ok((row.get(0)?, what.join(" "), value))
}

/// As precise as a report shows it: what moves less has not moved.
fn rounded(number: f64) -> String {
    let text = format!("{number:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}
