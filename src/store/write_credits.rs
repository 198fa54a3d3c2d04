//! Credits of both lenses, and what was fitted.

use rusqlite::named_params;

use super::{Store, StoreError, write_results::run};
use crate::{
    analyze::IncrementalLens,
    attribute::{Credits, incremental},
    domain::{DealIndex, LeadIndex, PostIndex, Word},
    resolve::Resolved,
};

impl Store {
    /// Adds the credits of all models, in the order of their names; what has no journey
    /// under a model goes to no post.
    pub(super) fn insert_credits(
        &self,
        resolved: &Resolved,
        credits: &[Credits],
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_model.sql"))?;
        for (id, one) in (1_i64..).zip(credits) {
            let is_incremental = one.model == incremental::NAME;
            let lens = if is_incremental { "incremental" } else { "credited" };
            run(&mut statement, (id, one.model, lens))?;
        }
        let mut by_name: Vec<(i64, &Credits)> = (1_i64..).zip(credits).collect();
        by_name.sort_by_key(|(_, one)| one.model);
        for (model, one) in by_name {
            self.insert_lead_credits(model, resolved, one)?;
            self.insert_deal_credits(model, resolved, one)?;
        }
        Ok(())
    }

    fn insert_lead_credits(
        &self,
        model: i64,
        resolved: &Resolved,
        credits: &Credits,
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_lead_credit.sql"))?;
        let mut rest = credits.leads.as_slice();
        for index in 0..resolved.leads.len() {
            let lead = LeadIndex::from_index(index);
            let count = rest.partition_point(|one| one.lead <= lead);
            let (own, later) = rest.split_at(count);
            rest = later;
            if own.is_empty() {
                run(&mut statement, (model, lead.row_id(), None::<i64>, 1.0))?;
            }
            for credit in own {
                let post = credit.post.map(PostIndex::row_id);
                run(&mut statement, (model, lead.row_id(), post, credit.share))?;
            }
        }
        Ok(())
    }

    fn insert_deal_credits(
        &self,
        model: i64,
        resolved: &Resolved,
        credits: &Credits,
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_deal_credit.sql"))?;
        let mut rest = credits.deals.as_slice();
        for (index, summary) in resolved.deals.iter().enumerate() {
            let deal = DealIndex::from_index(index);
            let count = rest.partition_point(|one| one.deal <= deal);
            let (own, later) = rest.split_at(count);
            rest = later;
            let Some(minor) = summary.amount_minor else { continue };
            if own.is_empty() {
                run(&mut statement, (model, deal.row_id(), None::<i64>, minor))?;
            }
            for credit in own {
                let post = credit.post.map(PostIndex::row_id);
                let values = (model, deal.row_id(), post, credit.credit_minor);
                run(&mut statement, values)?;
            }
        }
        Ok(())
    }

    /// Adds what the posts of each theme bring, and what was fitted.
    pub(super) fn insert_incremental(
        &self,
        lens: &IncrementalLens,
    ) -> Result<(), StoreError> {
        let mut statement =
            self.prepare(include_str!("sql/insert_incremental_theme.sql"))?;
        for (position, one) in (1_i64..).zip(&lens.themes) {
            let (told, revenue) = (one.effect.as_ref(), one.revenue);
            let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
            run(
                &mut statement,
                named_params! {
                    ":position": position, ":theme": one.theme,
                    ":posts": count(one.posts),
                    ":exposures": told.map(|told| count(told.exposures)),
                    ":leads": told.map(|told| told.leads),
                    ":leads_low": told.map(|told| told.leads_low),
                    ":leads_high": told.map(|told| told.leads_high),
                    ":p_value": told.map(|told| told.p_value),
                    ":q_value": told.map(|told| told.q_value),
                    ":placebo_p": told.and_then(|told| told.placebo_p),
                    ":inclusion": told.map(|told| told.inclusion),
                    ":revenue_minor": revenue.map(|revenue| revenue.minor),
                    ":revenue_low_minor": revenue.map(|revenue| revenue.low_minor),
                    ":revenue_high_minor": revenue.map(|revenue| revenue.high_minor),
                    ":currency": revenue.as_ref().map(|revenue| revenue.currency.code()),
                    ":verdict": one.verdict.word(),
                },
            )?;
        }
        let mut statement = self.prepare(include_str!("sql/insert_diagnostic.sql"))?;
        for point in &lens.points {
            run(&mut statement, (point.kind, &point.label, &point.x, point.y))?;
        }
        Ok(())
    }
}
