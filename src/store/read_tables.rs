//! The public views, row by row.

use rusqlite::types::ValueRef;

use super::{Store, StoreError};

/// The public views, in the order of their content.
pub const VIEWS: [&str; 13] = [
    "v_posts",
    "v_leads",
    "v_deals",
    "v_touches",
    "v_lead_credits",
    "v_deal_credits",
    "v_post_scorecard",
    "v_theme_scorecard",
    "v_funnel",
    "v_rejections",
    "v_source_files",
    "v_runs",
    "v_ambiguities",
];

/// One cell of a view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Unknown.
    Null,
    /// A whole number.
    Integer(i64),
    /// A fraction.
    Real(f64),
    /// Text.
    Text(&'a str),
}

impl Store {
    /// The columns of a view.
    pub fn view_columns(&self, view: &str) -> Result<Vec<String>, StoreError> {
        let statement = self.prepare(&format!("select * from {view}"))?;
        Ok(statement.column_names().map(str::to_owned).collect())
    }

    /// Calls `each` with every row of a view, in its order.
    pub fn each_row<E: From<StoreError>>(
        &self,
        view: &str,
        mut each: impl FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |source| StoreError::Sql { doing: "reading", source };
        let mut statement = self.prepare(&format!("select * from {view}"))?;
        let count = statement.column_count();
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let mut cells = Vec::with_capacity(count);
            for column in 0..count {
                cells.push(match row.get_ref(column).map_err(failed)? {
                    ValueRef::Null | ValueRef::Blob(_) => Cell::Null,
                    ValueRef::Integer(number) => Cell::Integer(number),
                    ValueRef::Real(number) => Cell::Real(number),
                    ValueRef::Text(text) => {
                        Cell::Text(std::str::from_utf8(text).unwrap_or("\u{fffd}"))
                    }
                });
            }
            each(&cells)?;
        }
        Ok(())
    }
}
