//! Rows by the hundred thousand: sixteen go in with one statement.
//!
//! A statement is begun and ended for each row otherwise, and finds the end of its table anew.
//! More than sixteen save nothing.

use rusqlite::{Statement, ToSql};

use super::{Store, StoreError, write_facts::writing};

/// Rows of a statement.
const ROWS: usize = 16;

/// The cells of a row, in the order of its statement.
pub(super) trait RowCells {
    /// How many they are.
    const COUNT: usize;

    /// Binds them, the first one at a number.
    fn bind(&self, statement: &mut Statement<'_>, first: usize) -> rusqlite::Result<()>;
}

macro_rules! row_cells {
    ($count:literal: $($cell:ident $at:tt),+) => {
        impl<$($cell: ToSql),+> RowCells for ($($cell,)+) {
            const COUNT: usize = $count;

            fn bind(
                &self,
                statement: &mut Statement<'_>,
                first: usize,
            ) -> rusqlite::Result<()> {
                $(statement.raw_bind_parameter(first + $at, &self.$at)?;)+
                Ok(())
            }
        }
    };
}

row_cells!(2: A 0, B 1);
row_cells!(3: A 0, B 1, C 2);
row_cells!(4: A 0, B 1, C 2, D 3);
row_cells!(5: A 0, B 1, C 2, D 3, E 4);
row_cells!(6: A 0, B 1, C 2, D 3, E 4, F 5);
row_cells!(7: A 0, B 1, C 2, D 3, E 4, F 5, G 6);
row_cells!(8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

impl Store {
    /// Adds rows by a statement that adds one.
    pub(super) fn insert_many<R: RowCells>(
        &self,
        one: &str,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<(), StoreError> {
        let mut rows = rows.into_iter();
        let mut waiting: Vec<R> = Vec::with_capacity(ROWS);
        let mut many = None;
        loop {
            waiting.clear();
            waiting.extend(rows.by_ref().take(ROWS));
            if waiting.len() < ROWS {
                break;
            }
            let many = match &mut many {
                Some(many) => many,
                none => none.insert(self.prepare(&of_many(one, R::COUNT))?),
            };
            let firsts = (1..).step_by(R::COUNT);
            let bound = firsts.zip(&waiting).try_for_each(|(at, row)| row.bind(many, at));
            bound.and_then(|()| many.raw_execute()).map_err(writing)?;
        }
        if waiting.is_empty() {
            return Ok(());
        }
        let mut one = self.prepare(one)?;
        for row in &waiting {
            row.bind(&mut one, 1).and_then(|()| one.raw_execute()).map_err(writing)?;
        }
        Ok(())
    }
}

/// The statement of one row, for sixteen of them.
fn of_many(one: &str, cells: usize) -> String {
    let (head, _) = one.split_once("values").expect("it adds values");
    let row = format!("({})", vec!["?"; cells].join(","));
    format!("{head}values {}", vec![row; ROWS].join(","))
}
