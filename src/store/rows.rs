//! The tables of facts as columns, for whoever carries them elsewhere and back.

use rusqlite::{params_from_iter, types::Value};

use super::{Store, StoreError};

/// The tables that hold what one file states, with the file itself; behind the first five
/// a row's place tells its file.
pub const FACT_TABLES: [&str; 27] = [
    "source_files",
    "rejections",
    "notes",
    "identities",
    "post_names",
    "member_claims",
    "connections",
    "shares",
    "own_comments",
    "given_reactions",
    "messages",
    "message_recipients",
    "message_posts",
    "invitations",
    "engagements",
    "labels",
    "contacts",
    "accounts",
    "statements",
    "deal_records",
    "record_links",
    "source_evidence",
    "post_numbers",
    "name_pairs",
    "ad_days",
    "lead_forms",
    "articles",
];

/// The tables of facts whose rows have a place.
pub(super) fn placed_tables() -> &'static [&'static str] {
    &FACT_TABLES[5..]
}

/// Numbers that a database gives to its own rows, and another gives anew.
const OWN_NUMBERS: [&str; 2] = ["rejection_id", "note_id"];

/// The cells of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cells {
    /// Whole numbers.
    Integers(Vec<Option<i64>>),
    /// Text.
    Texts(Vec<Option<String>>),
}

/// Rows of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The columns by name, all of one length.
    pub columns: Vec<(String, Cells)>,
}

impl Rows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |(_, cells)| match cells {
            Cells::Integers(list) => list.len(),
            Cells::Texts(list) => list.len(),
        })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn value(&self, column: usize, row: usize) -> Value {
        match &self.columns[column].1 {
            Cells::Integers(list) => list[row].map_or(Value::Null, Value::Integer),
            Cells::Texts(list) => list[row].clone().map_or(Value::Null, Value::Text),
        }
    }
}

fn known(table: &str) -> Result<&'static str, StoreError> {
    let found = FACT_TABLES.iter().find(|known| **known == table);
    found
        .copied()
        .ok_or(StoreError::Value { what: "table of facts", value: table.to_owned() })
}

impl Store {
    /// The columns of a table of facts, empty.
    fn empty_rows(&self, table: &str) -> Result<Rows, StoreError> {
        let columns =
            self.list(include_str!("sql/select_view_columns.sql"), [table], |row| {
                let (name, declared): (String, String) = (row.get(0)?, row.get(1)?);
                let cells = if declared.eq_ignore_ascii_case("integer") {
                    Cells::Integers(Vec::new())
                } else {
                    Cells::Texts(Vec::new())
                };
                Ok((name, cells))
            })?;
        let is_kept =
            |column: &(String, Cells)| !OWN_NUMBERS.contains(&column.0.as_str());
        Ok(Rows { columns: columns.into_iter().filter(is_kept).collect() })
    }

    /// Takes all rows out of a table of facts, in the order in which they were written.
    pub fn take_rows(&self, table: &str) -> Result<Rows, StoreError> {
        let table = known(table)?;
        let mut taken = self.empty_rows(table)?;
        let names: Vec<&str> =
            taken.columns.iter().map(|(name, _)| name.as_str()).collect();
        let sql = format!("select {} from {table} order by rowid", names.join(", "));
        let reading = |source| StoreError::Sql { doing: "reading", source };
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query([]).map_err(reading)?;
        while let Some(row) = rows.next().map_err(reading)? {
            for (at, (_, cells)) in taken.columns.iter_mut().enumerate() {
                match cells {
                    Cells::Integers(list) => list.push(row.get(at).map_err(reading)?),
                    Cells::Texts(list) => list.push(row.get(at).map_err(reading)?),
                }
            }
        }
        if !taken.is_empty() {
            self.execute(&format!("delete from {table}"))?;
        }
        Ok(taken)
    }

    /// Adds rows to a table of facts.
    pub fn insert_rows(&self, table: &str, rows: &Rows) -> Result<(), StoreError> {
        let table = known(table)?;
        let expected = self.empty_rows(table)?;
        for (name, _) in &rows.columns {
            if !expected.columns.iter().any(|(known, _)| known == name) {
                return Err(StoreError::Value {
                    what: "column of facts",
                    value: format!("{table}.{name}"),
                });
            }
        }
        let names: Vec<&str> =
            rows.columns.iter().map(|(name, _)| name.as_str()).collect();
        let marks = vec!["?"; names.len()].join(", ");
        let sql = format!("insert into {table} ({}) values ({marks})", names.join(", "));
        let mut statement = self.prepare(&sql)?;
        for row in 0..rows.len() {
            let values = (0..names.len()).map(|column| rows.value(column, row));
            super::write_facts::run(&mut statement, params_from_iter(values))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(cells: &[&str]) -> Cells {
        Cells::Texts(cells.iter().map(|cell| Some((*cell).to_owned())).collect())
    }

    #[test]
    fn rows_come_back_as_they_were_given() {
        let store = Store::scratch().unwrap();
        let places = Cells::Integers(vec![Some(9), Some(8)]);
        let rows = Rows {
            columns: vec![
                ("place".to_owned(), places),
                ("kind".to_owned(), texts(&["a", "b"])),
                ("text".to_owned(), texts(&["ä", ""])),
            ],
        };
        store.insert_rows("record_links", &rows).unwrap();
        assert_eq!(store.take_rows("record_links").unwrap(), rows);
        assert!(store.take_rows("record_links").unwrap().is_empty());
    }

    #[test]
    fn other_tables_and_columns_are_refused() {
        let store = Store::scratch().unwrap();
        let none = Rows { columns: Vec::new() };
        assert!(store.insert_rows("runs", &none).is_err());
        let rows = Rows { columns: vec![("other".to_owned(), texts(&["a"]))] };
        let error = store.insert_rows("notes", &rows).unwrap_err();
        assert!(error.to_string().contains("notes.other"), "{error}");
    }

    #[test]
    fn every_table_of_facts_is_there_and_has_a_place_or_not() {
        let store = Store::scratch().unwrap();
        for table in FACT_TABLES {
            let rows = store.take_rows(table).unwrap();
            assert!(!rows.columns.is_empty(), "{table}");
            let has_place = rows.columns.iter().any(|(name, _)| name == "place");
            assert_eq!(has_place, placed_tables().contains(&table), "{table}");
        }
    }
}
