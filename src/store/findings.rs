//! What the data say of likes and business, as rows.

use super::{Store, StoreError, many::row};
use crate::analyze::Finding;

impl Store {
    /// Adds the findings of a run; [`Store::replace_known`] has removed those of the last.
    pub fn insert_findings(&self, findings: &[Finding]) -> Result<(), StoreError> {
        let findings = (0_i64..).zip(findings).map(|(position, one)| {
            row! {
                position: position, name: one.name, model: one.model,
                subject: one.subject, statistic: one.statistic, value: one.value,
                low: one.low, high: one.high, p_value: one.p_value,
                n: i64::try_from(one.n).unwrap_or(i64::MAX), sentence: one.sentence,
            }
        });
        self.insert("findings", findings)
    }
}
