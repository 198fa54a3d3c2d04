//! Whether the laws hold in a database.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Store, StoreError,
    read_facts::{cells, get},
    rows::placed_tables,
};
use crate::domain::{Currency, Money};

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
    ("every row is kept or rejected", include_str!("sql/check_rows.sql")),
];

impl Store {
    /// Checks the file itself, then law by law.
    pub fn check(&self) -> Result<Vec<LawCheck>, StoreError> {
        let mut checks = vec![
            LawCheck { law: "the file is whole", broken: self.damage()? },
            LawCheck {
                law: "every view is the schema's",
                broken: self.replaced_views()?,
            },
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
        let law = "every fact knows its file";
        checks.push(LawCheck { law, broken: self.unfiled()? });
        let law = "a post's scorecard is the sum of its credits";
        checks.push(LawCheck { law, broken: self.wrong_scores()? });
        Ok(checks)
    }

    /// Files that places are in and no list has; engagements with names of another file.
    fn unfiled(&self) -> Result<Vec<String>, StoreError> {
        const RESULTS: [&str; 4] = ["touches", "leads", "deals", "inferred_comments"];
        let mut files: BTreeSet<i64> = BTreeSet::new();
        for table in placed_tables().iter().chain(&RESULTS) {
            let sql = format!(
                "select distinct place >> 41 as source_file_id from {table} where \
                 source_file_id not in (select source_file_id from source_files) order by 1"
            );
            files.extend(self.rows(&sql, |row| get::<i64>(row, 0))?);
        }
        let told = |file| format!("facts come from file {file}, which is in no list");
        let mut broken: Vec<String> = files.into_iter().map(told).collect();
        let engagements = include_str!("sql/check_engagements.sql");
        broken.extend(self.rows(engagements, |row| get::<String>(row, 0))?);
        broken.truncate(20);
        Ok(broken)
    }

    /// Scorecards that are not what their credits come to, as totals count them.
    fn wrong_scores(&self) -> Result<Vec<String>, StoreError> {
        let mut converted = self.converted_credits()?;
        let unlike: Vec<(String, String, i64, i64)> =
            self.rows(include_str!("sql/check_scores.sql"), cells)?;
        let mut broken = Vec::new();
        for (model, urn, won, credited) in unlike {
            let key = (model, urn);
            let credited = credited + converted.remove(&key).unwrap_or(0);
            if won != credited {
                let (model, urn) = key;
                broken.push(format!(
                    "{model}: the scorecard of {urn} says {won} won, its credits {credited}"
                ));
            }
        }
        let left = converted.into_iter().filter(|(_, minor)| *minor != 0);
        broken.extend(left.map(|((model, urn), minor)| {
            format!("{model}: the scorecard of {urn} lacks {minor} of converted credits")
        }));
        let of_leads = include_str!("sql/check_lead_scores.sql");
        broken.extend(self.rows(of_leads, |row| get::<String>(row, 0))?);
        broken.truncate(20);
        Ok(broken)
    }

    /// By model and post: the credits of won deals that are converted.
    fn converted_credits(&self) -> Result<BTreeMap<(String, String), i64>, StoreError> {
        let credits: Vec<(String, i64, Option<String>, i64, i64)> =
            self.rows(include_str!("sql/check_converted_credits.sql"), |row| {
                let counted = (get(row, 3)?, get(row, 4)?);
                Ok((get(row, 0)?, get(row, 1)?, get(row, 2)?, counted.0, counted.1))
            })?;
        let mut sums = BTreeMap::new();
        for of_deal in credits.chunk_by(|one, next| (&one.0, one.1) == (&next.0, next.1))
        {
            let (model, .., minor) = &of_deal[0];
            let counted = Money { minor: *minor, currency: Currency::UNKNOWN };
            let parts: Vec<i64> = of_deal.iter().map(|one| one.3).collect();
            for ((_, _, urn, ..), part) in of_deal.iter().zip(counted.like(&parts)) {
                if let Some(urn) = urn {
                    *sums.entry((model.clone(), urn.clone())).or_default() += part;
                }
            }
        }
        Ok(sums)
    }

    /// Damage, and words and numbers that no column may hold.
    fn damage(&self) -> Result<Vec<String>, StoreError> {
        let mut found: Vec<String> = self
            .prepare("pragma integrity_check(20)")?
            .query_map([], |row| row.get(0))
            .and_then(Iterator::collect)
            .map_err(|source| StoreError::Sql { doing: "checking", source })?;
        found.retain(|words| words != "ok");
        Ok(found)
    }

    /// Views of the schema that are gone, or that somebody made anew in other words.
    fn replaced_views(&self) -> Result<Vec<String>, StoreError> {
        let own = self.views()?;
        let told = |(view, sql): (String, String)| match own.get(&view) {
            None => Some(format!("{view} is not there")),
            Some(other) if *other != sql => {
                Some(format!("{view} is not the view that this release makes"))
            }
            Some(_) => None,
        };
        Ok(Self::scratch()?.views()?.into_iter().filter_map(told).collect())
    }

    /// What makes each view, by its name.
    fn views(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let sql = include_str!("sql/select_view_definitions.sql");
        Ok(self.rows(sql, cells)?.into_iter().collect())
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
