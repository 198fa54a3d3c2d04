//! The incremental model, fitted to what was resolved.

use jiff::Timestamp;

use super::Attribution;
use crate::{
    analyze,
    attribute::{
        Credits,
        incremental::{self, Incremental, Study, Sums, TooLittleData},
    },
    domain::Measure,
    resolve::Resolved,
};

/// What would not have come without the posts, or that the data cannot tell.
pub(super) struct Measured {
    /// What totals are made of.
    pub(super) measure: Option<Measure>,
    pub(super) study: Study,
    pub(super) found: Result<Incremental, TooLittleData>,
    /// The credits of what was found.
    pub(super) credits: Option<Credits>,
}

impl Measured {
    pub(super) fn new(
        resolved: &Resolved,
        attribution: &Attribution,
        as_of: Timestamp,
    ) -> Self {
        let study = incremental::study(resolved, as_of, attribution.options.seed);
        let found = incremental::measure(&study, attribution.effort);
        Self::found(resolved, attribution, study, found)
    }

    /// From what connections come to, wherever they were added up.
    pub(super) fn of_sums(
        resolved: &Resolved,
        attribution: &Attribution,
        study: Study,
        sums: &Sums,
    ) -> Self {
        let found = incremental::measure_sums(&study, sums, attribution.effort);
        Self::found(resolved, attribution, study, found)
    }

    fn found(
        resolved: &Resolved,
        attribution: &Attribution,
        study: Study,
        mut found: Result<Incremental, TooLittleData>,
    ) -> Self {
        let empty = Credits::none([incremental::NAME]);
        let found_credits = found.as_mut().ok().map(|found| &mut found.credits);
        let credits = found_credits.map(|own| std::mem::replace(own, empty));
        let measure = analyze::main_measure(&resolved.deals, attribution.rates.to());
        Self { measure, study, found, credits }
    }

    /// How much was looked at.
    pub(super) fn counts(&self) -> [(&'static str, u64); 3] {
        let found = self.found.as_ref();
        let studied = found.map_or_else(|none| none.counts, |found| found.counts);
        [
            ("connected leads", studied.connected_leads),
            ("posts", studied.posts),
            ("themes", found.map_or(0, |found| found.themes.len() as u64)),
        ]
    }
}
