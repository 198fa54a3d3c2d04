//! The tables of facts as columns, for whoever carries them elsewhere and back.

use super::{
    RESULT_TABLES, Store, StoreError,
    many::{Binding, NewRow},
    read_facts::{get, reading},
};

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

/// Rows that are taken at once.
const ROWS_AT_ONCE: usize = 50_000;

/// Numbers that a database gives to its own rows, and another gives anew.
const OWN_NUMBERS: [&str; 2] = ["rejection_id", "note_id"];

/// Tables whose rows have no number of the database's own.
const WITHOUT_ROW_IDS: [&str; 5] =
    ["made_of", "post_aliases", "deal_leads", "settings", "model_agreement"];

/// The cells of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Whole numbers.
    Integers(Vec<Option<i64>>),
    /// Numbers with a fraction.
    Reals(Vec<Option<f64>>),
    /// Text.
    Texts(Vec<Option<String>>),
}

/// Rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The columns by name, all of one length.
    pub columns: Vec<(String, Cells)>,
}

impl Rows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |(_, cells)| match cells {
            Cells::Integers(list) => list.len(),
            Cells::Reals(list) => list.len(),
            Cells::Texts(list) => list.len(),
        })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }
}

/// One of the rows.
struct Nth<'a> {
    rows: &'a Rows,
    at: usize,
}

impl NewRow for Nth<'_> {
    fn columns(&self) -> String {
        self.rows.names().join(", ")
    }

    fn bind(self, binding: &mut Binding<'_, '_>) -> rusqlite::Result<()> {
        self.rows.columns.iter().try_for_each(|(_, cells)| match cells {
            Cells::Integers(list) => binding.bind(list[self.at]),
            Cells::Reals(list) => binding.bind(list[self.at]),
            Cells::Texts(list) => binding.bind(&list[self.at]),
        })
    }
}

fn known(table: &str) -> Result<&'static str, StoreError> {
    let mut found = FACT_TABLES.iter().chain(&RESULT_TABLES);
    found
        .find(|known| **known == table)
        .copied()
        .ok_or(StoreError::Value { what: "table", value: table.to_owned() })
}

impl Store {
    /// The columns of a table, empty.
    fn empty_rows(&self, table: &str) -> Result<Rows, StoreError> {
        let columns = self.rows_with(
            include_str!("sql/select_view_columns.sql"),
            [table],
            |row| {
                let (name, declared): (String, String) = (get(row, 0)?, get(row, 1)?);
                let cells = match declared.to_ascii_lowercase().as_str() {
                    "integer" => Cells::Integers(Vec::new()),
                    "real" => Cells::Reals(Vec::new()),
                    _ => Cells::Texts(Vec::new()),
                };
                Ok((name, cells))
            },
        )?;
        let is_kept =
            |column: &(String, Cells)| !OWN_NUMBERS.contains(&column.0.as_str());
        Ok(Rows { columns: columns.into_iter().filter(is_kept).collect() })
    }

    /// Takes all rows out of a table of facts or results, some at a time, in the order in which
    /// they were written.
    pub fn take_rows(
        &self,
        table: &str,
        each: &mut dyn FnMut(Rows),
    ) -> Result<(), StoreError> {
        let table = known(table)?;
        let none = self.empty_rows(table)?;
        // Tables without row ids are in the order of their keys already.
        let order = if WITHOUT_ROW_IDS.contains(&table) { "" } else { " order by rowid" };
        let sql = format!("select {} from {table}{order}", none.names().join(", "));
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query([]).map_err(reading)?;
        let mut taken = none.clone();
        let mut is_any = false;
        while let Some(row) = rows.next().map_err(reading)? {
            for (at, (_, cells)) in taken.columns.iter_mut().enumerate() {
                match cells {
                    Cells::Integers(list) => list.push(get(row, at)?),
                    Cells::Reals(list) => list.push(get(row, at)?),
                    Cells::Texts(list) => list.push(get(row, at)?),
                }
            }
            if ROWS_AT_ONCE <= taken.len() {
                each(std::mem::replace(&mut taken, none.clone()));
            }
            is_any = true;
        }
        if !taken.is_empty() {
            each(taken);
        }
        if is_any {
            self.execute(&format!("delete from {table}"))?;
        }
        Ok(())
    }

    /// Adds rows to a table of facts or results.
    pub fn insert_rows(&self, table: &str, rows: &Rows) -> Result<(), StoreError> {
        let table = known(table)?;
        if table == "touches"
            && let Some(rows) = self.with_evidence_ids(rows)?
        {
            return self.insert_rows(table, &rows);
        }
        let expected = self.empty_rows(table)?;
        for (name, _) in &rows.columns {
            if !expected.columns.iter().any(|(known, _)| known == name) {
                return Err(StoreError::Value {
                    what: "column",
                    value: format!("{table}.{name}"),
                });
            }
        }
        self.insert(table, (0..rows.len()).map(|at| Nth { rows, at }))
    }

    /// The same touches where their evidence stands in its words.
    fn with_evidence_ids(&self, rows: &Rows) -> Result<Option<Rows>, StoreError> {
        let (in_words, others): (Vec<_>, Vec<_>) =
            rows.columns.iter().partition(|(name, _)| name == "evidence");
        let [(_, Cells::Texts(words))] = in_words.as_slice() else { return Ok(None) };
        let mut evidence = self.touch_evidence()?;
        let ids: Result<Vec<_>, StoreError> = words
            .iter()
            .map(|words| words.as_deref().map(|words| evidence.id(words)).transpose())
            .collect();
        let mut rows = Rows { columns: others.into_iter().cloned().collect() };
        rows.columns.push(("evidence_id".to_owned(), Cells::Integers(ids?)));
        Ok(Some(rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(cells: &[&str]) -> Cells {
        Cells::Texts(cells.iter().map(|cell| Some((*cell).to_owned())).collect())
    }

    fn taken(store: &Store, table: &str) -> Vec<Rows> {
        let mut taken = Vec::new();
        store.take_rows(table, &mut |rows| taken.push(rows)).unwrap();
        taken
    }

    #[test]
    fn many_rows_come_back_some_at_a_time() {
        let store = Store::scratch().unwrap();
        let numbers = |numbers: std::ops::Range<i64>| Rows {
            columns: vec![(
                "lead_id".to_owned(),
                Cells::Integers(numbers.map(Some).collect()),
            )],
        };
        let many = i64::try_from(ROWS_AT_ONCE).unwrap() + 1;
        store.insert_rows("lead_shares", &numbers(0..many)).unwrap();
        let taken = taken(&store, "lead_shares");
        let lengths: Vec<usize> = taken.iter().map(Rows::len).collect();
        assert_eq!(lengths, [ROWS_AT_ONCE, 1]);
        assert_eq!(taken[1].columns[0], numbers(many - 1..many).columns[0]);
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
        assert_eq!(taken(&store, "record_links"), [rows]);
        assert_eq!(taken(&store, "record_links"), []);
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
    fn every_table_of_results_is_there_and_gives_its_rows() {
        let store = Store::scratch().unwrap();
        for table in RESULT_TABLES {
            assert!(!store.empty_rows(table).unwrap().columns.is_empty(), "{table}");
            assert_eq!(taken(&store, table), [], "{table}");
        }
        let rows = Rows {
            columns: vec![
                ("lead_id".to_owned(), Cells::Integers(vec![Some(1)])),
                ("share_2".to_owned(), Cells::Reals(vec![Some(0.1)])),
            ],
        };
        store.insert_rows("lead_shares", &rows).unwrap();
        let taken = taken(&store, "lead_shares");
        let share = taken[0].columns.iter().find(|(name, _)| name == "share_2").unwrap();
        assert_eq!(share.1, Cells::Reals(vec![Some(0.1)]));
    }

    #[test]
    fn every_table_of_facts_is_there_and_has_a_place_or_not() {
        let store = Store::scratch().unwrap();
        for table in FACT_TABLES {
            let rows = store.empty_rows(table).unwrap();
            assert!(!rows.columns.is_empty(), "{table}");
            let has_place = rows.columns.iter().any(|(name, _)| name == "place");
            assert_eq!(has_place, placed_tables().contains(&table), "{table}");
        }
    }
}
