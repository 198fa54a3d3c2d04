//! Rows on their way into tables: each cell stands beside the name of its column, and statements
//! are made of the names.
//!
//! A statement is begun and ended for each row otherwise, and finds the end of its table anew:
//! sixteen rows go in with one. More than sixteen save nothing.

use rusqlite::{Statement, ToSql};

use super::{Store, StoreError, write_facts::writing};

/// Rows of a statement.
const ROWS: usize = 16;

/// A row that is about to be added.
pub(super) trait NewRow {
    /// The names of its columns, between commas.
    fn columns(&self) -> String;

    /// Binds its cells, in the order of their columns.
    fn bind(self, binding: &mut Binding<'_, '_>) -> rusqlite::Result<()>;
}

/// A row of a statement that is being bound.
pub(super) struct Binding<'a, 'statement> {
    statement: &'a mut Statement<'statement>,
    next: usize,
}

impl Binding<'_, '_> {
    /// Binds the next cell.
    pub(super) fn bind(&mut self, cell: impl ToSql) -> rusqlite::Result<()> {
        self.statement.raw_bind_parameter(self.next, cell)?;
        self.next += 1;
        Ok(())
    }
}

/// A new row: `row! { place: 7, text: "" }`. Its cells are made when they are bound.
macro_rules! row {
    ($($column:ident: $cell:expr),+ $(,)?) => {
        $crate::store::many::named(&[$(stringify!($column)),+], move |binding| {
            $(binding.bind(&$cell)?;)+
            Ok(())
        })
    };
}

pub(super) use row;

struct Named<B> {
    columns: &'static [&'static str],
    bind: B,
}

/// A row of named columns, which [`row!`] writes.
pub(super) fn named<B>(columns: &'static [&'static str], bind: B) -> impl NewRow
where
    B: FnOnce(&mut Binding<'_, '_>) -> rusqlite::Result<()>,
{
    Named { columns, bind }
}

impl<B> NewRow for Named<B>
where
    B: FnOnce(&mut Binding<'_, '_>) -> rusqlite::Result<()>,
{
    fn columns(&self) -> String {
        self.columns.join(", ")
    }

    fn bind(self, binding: &mut Binding<'_, '_>) -> rusqlite::Result<()> {
        (self.bind)(binding)
    }
}

impl Store {
    /// Adds rows to a table.
    pub(super) fn insert<R: NewRow>(
        &self,
        table: &str,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<(), StoreError> {
        let mut rows = rows.into_iter();
        let mut waiting: Vec<R> = Vec::with_capacity(ROWS);
        let mut many = None;
        loop {
            waiting.extend(rows.by_ref().take(ROWS));
            if waiting.len() < ROWS {
                break;
            }
            let many = match &mut many {
                Some(many) => many,
                none => {
                    none.insert(self.prepare(&insert_into(table, &waiting[0], ROWS))?)
                }
            };
            let firsts = (1..).step_by(many.parameter_count() / ROWS);
            let bound = firsts.zip(waiting.drain(..)).try_for_each(|(next, row)| {
                row.bind(&mut Binding { statement: many, next })
            });
            bound.and_then(|()| many.raw_execute()).map_err(writing)?;
        }
        let Some(first) = waiting.first() else { return Ok(()) };
        let mut one = self.prepare(&insert_into(table, first, 1))?;
        for row in waiting {
            let bound = row.bind(&mut Binding { statement: &mut one, next: 1 });
            bound.and_then(|()| one.raw_execute()).map_err(writing)?;
        }
        Ok(())
    }

    /// Adds a row to a table that numbers its rows; its number.
    pub(super) fn insert_numbered(
        &self,
        table: &str,
        row: impl NewRow,
    ) -> Result<i64, StoreError> {
        self.insert(table, [row])?;
        Ok(self.connection.last_insert_rowid())
    }
}

/// The statement that adds some rows like one.
fn insert_into(table: &str, row: &impl NewRow, rows: usize) -> String {
    let columns = row.columns();
    let row = format!("({})", vec!["?"; columns.split(',').count()].join(","));
    format!("insert into {table} ({columns}) values {}", vec![row; rows].join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::read_facts::get;

    #[test]
    fn cells_go_into_the_columns_beside_which_they_stand() {
        let store = Store::scratch().unwrap();
        // Two statements of sixteen, and three of one; the columns in no order of the table.
        let rows = (0..35).map(|at: i64| {
            row! {
                detail: format!("detail {at}"), kind: "kind", place: at, about: "about",
                object: format!("object {at}"), subject: at.to_string(),
            }
        });
        store.insert("statements", rows).unwrap();
        let sql = "select place || about || subject || kind || object || detail \
                   from statements order by place";
        let found: Vec<String> = store.rows(sql, |row| get(row, 0)).unwrap();
        let expected =
            (0..35).map(|at| format!("{at}about{at}kindobject {at}detail {at}"));
        assert!(found.into_iter().eq(expected));
    }
}
