//! Large views in parts: their rows as numbers, and the cells that many rows share.
//!
//! A view of a million rows repeats the cells of a few thousand posts. Read as the view, each
//! is looked up and copied a million times; read in parts, once.

use rusqlite::{Row, types::ValueRef};

use super::{Cell, Store, StoreError};

/// Where some columns of a view come from; each takes the next cell of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All columns of a list of shared cells; the row's cell is the number there, or null.
    Shared(usize),
    /// The row's cell itself.
    Own,
}

/// A view in parts.
#[derive(Clone, Copy, Debug)]
pub struct Joined {
    view: &'static str,
    /// The lists of shared cells, each with its number first.
    shared: &'static [&'static str],
    rows: &'static str,
    /// In the order of the columns.
    pub parts: &'static [Part],
    /// A row of the statement is one of the view for each model that has a cell: the first
    /// part is the model, and behind the numbers of the other lists stands a cell a model.
    pub has_column_a_model: bool,
}

const MODELS: &str = include_str!("sql/select_shared_models.sql");
const LEADS: &str = include_str!("sql/select_shared_leads.sql");
const URNS: &str = include_str!("sql/select_shared_urns.sql");

const JOINED: [Joined; 4] = [
    Joined {
        view: "v_touches",
        shared: &[
            LEADS,
            URNS,
            include_str!("sql/select_shared_evidence.sql"),
            include_str!("sql/select_shared_source_files.sql"),
        ],
        rows: include_str!("sql/select_joined_touches.sql"),
        parts: &[
            Part::Shared(0),
            Part::Shared(1),
            Part::Own,
            Part::Own,
            Part::Own,
            Part::Shared(2),
            Part::Shared(3),
            Part::Own,
        ],
        has_column_a_model: false,
    },
    Joined {
        view: "v_lead_credits",
        shared: &[MODELS, LEADS, URNS],
        rows: include_str!("sql/select_joined_lead_shares.sql"),
        parts: &[Part::Shared(0), Part::Shared(1), Part::Shared(2), Part::Own],
        has_column_a_model: true,
    },
    Joined {
        view: "v_deal_credits",
        shared: &[
            MODELS,
            include_str!("sql/select_shared_deals.sql"),
            include_str!("sql/select_shared_themes.sql"),
            include_str!("sql/select_shared_currencies.sql"),
        ],
        rows: include_str!("sql/select_joined_deal_parts.sql"),
        parts: &[
            Part::Shared(0),
            Part::Shared(1),
            Part::Shared(2),
            Part::Own,
            Part::Shared(3),
        ],
        has_column_a_model: true,
    },
    Joined {
        view: "v_post_scorecard",
        shared: &[
            MODELS,
            include_str!("sql/select_shared_posts.sql"),
            include_str!("sql/select_shared_measure.sql"),
            include_str!("sql/select_shared_verdicts.sql"),
        ],
        rows: include_str!("sql/select_joined_post_scores.sql"),
        parts: &[
            Part::Shared(0),
            Part::Shared(1),
            Part::Own,
            Part::Own,
            Part::Own,
            Part::Shared(2),
            Part::Own,
            Part::Own,
            Part::Shared(3),
        ],
        has_column_a_model: false,
    },
];

impl Joined {
    /// The parts of a view, where it is large enough to have some.
    pub fn of(view: &str) -> Option<&'static Self> {
        JOINED.iter().find(|one| one.view == view)
    }
}

impl Store {
    /// How many columns each list of shared cells has.
    pub fn shared_columns(&self, joined: &Joined) -> Result<Vec<usize>, StoreError> {
        let columns = |sql: &&str| Ok(self.prepare(sql)?.column_count() - 1);
        joined.shared.iter().map(columns).collect()
    }

    /// Calls `each` with every row of a list of shared cells: the list, the row's number, its
    /// cells.
    pub fn each_shared<E: From<StoreError>>(
        &self,
        joined: &Joined,
        mut each: impl FnMut(usize, i64, &[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        for (list, sql) in joined.shared.iter().enumerate() {
            self.each_of(sql, |cells| match cells.split_first() {
                Some((Cell::Integer(number), cells)) => each(list, *number, cells),
                _ => Ok(()),
            })?;
        }
        Ok(())
    }

    /// Calls `each` with every row of a view in parts, in the view's order; of those with a
    /// cell a model, with the cells of so many models.
    pub fn each_joined<E: From<StoreError>>(
        &self,
        joined: &Joined,
        models: usize,
        each: impl FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let columns = joined.has_column_a_model.then(|| joined.parts.len() - 2 + models);
        self.each_cells(joined.rows, columns, each)
    }

    /// Calls `each` with every row of a statement.
    pub(super) fn each_of<E: From<StoreError>>(
        &self,
        sql: &str,
        each: impl FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_cells(sql, None, each)
    }

    /// The same with the first columns alone, where it is said how many.
    fn each_cells<E: From<StoreError>>(
        &self,
        sql: &str,
        columns: Option<usize>,
        mut each: impl FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |source| StoreError::Sql { doing: "reading", source };
        let mut statement = self.prepare(sql)?;
        let count = columns.unwrap_or_else(|| statement.column_count());
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let mut cells = [Cell::Null; MOST_COLUMNS];
            let cells = cells.get_mut(..count).expect("no statement is wider");
            for (column, cell) in cells.iter_mut().enumerate() {
                *cell = self::cell(row, column)?;
            }
            each(cells)?;
        }
        Ok(())
    }
}

/// More columns than any statement has.
const MOST_COLUMNS: usize = 32;

fn cell<'a>(row: &'a Row<'_>, column: usize) -> Result<Cell<'a>, StoreError> {
    let value = row
        .get_ref(column)
        .map_err(|source| StoreError::Sql { doing: "reading", source })?;
    Ok(match value {
        ValueRef::Null | ValueRef::Blob(_) => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(text) => {
            Cell::Text(std::str::from_utf8(text).unwrap_or("\u{fffd}"))
        }
    })
}
