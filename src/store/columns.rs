//! What the columns of a public view hold.

use super::{Store, StoreError, read_facts::get};

/// What all cells of a column are, but for those that are unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Whole numbers.
    Integer,
    /// Fractions.
    Real,
    /// Text.
    Text,
    /// 0 or 1.
    Flag,
    /// Days, as `2024-03-12`.
    Day,
    /// Days or instants in UTC, as [`crate::domain::Moment::text`] writes them.
    Moment,
}

/// A column of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

impl Store {
    /// The columns of a view, with what they hold.
    pub fn columns(&self, view: &str) -> Result<Vec<Column>, StoreError> {
        self.rows_with(include_str!("sql/select_view_columns.sql"), [view], |row| {
            let (name, declared): (String, String) = (get(row, 0)?, get(row, 1)?);
            let kind = kind(&name, &declared);
            Ok(Column { name, kind })
        })
    }
}

/// SQLite has neither days nor instants, so the name says what text and flags are; it
/// declares no type for most expressions, so that sums and places need their names too.
fn kind(name: &str, declared: &str) -> ColumnKind {
    let counts = ["posts", "reactions", "comments"];
    match declared {
        _ if name.ends_with("_at") => ColumnKind::Moment,
        _ if name.ends_with("_on") || name == "day" => ColumnKind::Day,
        _ if name.starts_with("is_") => ColumnKind::Flag,
        "INTEGER" | "INT" => ColumnKind::Integer,
        "REAL" => ColumnKind::Real,
        _ if name.ends_with("_minor") || name.ends_with("_line") => ColumnKind::Integer,
        _ if counts.contains(&name) => ColumnKind::Integer,
        _ if ["leads", "share"].contains(&name) => ColumnKind::Real,
        _ => ColumnKind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_the_database_has_no_type_for() {
        let check = |name, declared, expected| assert_eq!(kind(name, declared), expected);
        check("posted_at", "TEXT", ColumnKind::Moment);
        check("published_on", "TEXT", ColumnKind::Day);
        check("is_draft", "", ColumnKind::Flag);
        check("won_minor", "", ColumnKind::Integer);
        check("leads", "INTEGER", ColumnKind::Integer);
        check("leads", "", ColumnKind::Real);
        check("month", "", ColumnKind::Text);
    }
}
