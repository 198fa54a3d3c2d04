//! Whether the laws hold in a database.

use super::{Store, StoreError};

/// A law, and where it is broken.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LawCheck {
    /// The law.
    pub law: &'static str,
    /// The first cases against it; none where it holds.
    pub broken: Vec<String>,
}

/// The laws, each with a query for the cases against it.
const LAWS: &[(&str, &str)] = &[
    (
        "the credits of a deal add up to its amount, under every model",
        include_str!("sql/check_deal_credits.sql"),
    ),
    ("the shares of a lead add up to one", include_str!("sql/check_lead_credits.sql")),
    (
        "a post's scorecard is the sum of its credits",
        include_str!("sql/check_scores.sql"),
    ),
    ("every row is kept or rejected", include_str!("sql/check_rows.sql")),
    ("every fact knows its file", include_str!("sql/check_places.sql")),
];

impl Store {
    /// Checks the file itself, then law by law.
    pub fn check(&self) -> Result<Vec<LawCheck>, StoreError> {
        let mut checks = vec![
            LawCheck { law: "the file is whole", broken: self.damage()? },
            LawCheck {
                law: "nothing refers to what is not there",
                broken: self.dangling()?,
            },
        ];
        for (law, sql) in LAWS {
            let broken = self
                .prepare(sql)?
                .query_map([], |row| row.get(0))
                .and_then(Iterator::collect)
                .map_err(|source| StoreError::Sql { doing: "checking", source })?;
            checks.push(LawCheck { law, broken });
        }
        Ok(checks)
    }

    fn damage(&self) -> Result<Vec<String>, StoreError> {
        let mut found: Vec<String> = self
            .prepare("pragma integrity_check(20)")?
            .query_map([], |row| row.get(0))
            .and_then(Iterator::collect)
            .map_err(|source| StoreError::Sql { doing: "checking", source })?;
        found.retain(|words| words != "ok");
        Ok(found)
    }

    fn dangling(&self) -> Result<Vec<String>, StoreError> {
        let mut found: Vec<String> = self
            .prepare("pragma foreign_key_check")?
            .query_map([], |row| {
                let (table, id): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
                let other: String = row.get(2)?;
                let id = id.map(|id| id.to_string()).unwrap_or_default();
                Ok(format!("{table} {id} refers to a row of {other} that is not there"))
            })
            .and_then(Iterator::collect)
            .map_err(|source| StoreError::Sql { doing: "checking", source })?;
        found.truncate(20);
        Ok(found)
    }
}
