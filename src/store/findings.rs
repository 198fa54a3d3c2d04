//! What the data say of likes and business, as rows.

use rusqlite::named_params;

use super::{Store, StoreError};
use crate::analyze::Finding;

impl Store {
    /// Adds the findings of a run; [`Store::replace_known`] has removed those of the last.
    pub fn insert_findings(&self, findings: &[Finding]) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_finding.sql"))?;
        for (position, one) in (0_i64..).zip(findings) {
            statement
                .execute(named_params! {
                    ":position": position, ":name": one.name, ":model": one.model,
                    ":subject": one.subject, ":statistic": one.statistic,
                    ":value": one.value, ":low": one.low, ":high": one.high,
                    ":p_value": one.p_value,
                    ":n": i64::try_from(one.n).unwrap_or(i64::MAX),
                    ":sentence": one.sentence,
                })
                .map_err(|source| StoreError::Sql { doing: "writing", source })?;
        }
        Ok(())
    }
}
