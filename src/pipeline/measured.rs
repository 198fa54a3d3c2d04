//! The incremental model, fitted to what was resolved.

use jiff::Timestamp;

use super::Attribution;
use crate::{
    analyze::{self, IncrementalLens, PostScore},
    attribute::{
        Credits,
        incremental::{self, Counts, Incremental, Study, Sums, TooLittleData},
    },
    domain::{Measure, Post},
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
    /// What was found, as tables.
    pub(super) lens: IncrementalLens,
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
        Self { measure, study, found, credits, lens: IncrementalLens::default() }
    }

    /// Makes the tables, and takes from the scores of its own credits the verdicts that the
    /// data cannot carry.
    pub(super) fn judge(
        &mut self,
        posts: &[Post],
        credits: &Credits,
        post_scores: &mut [Vec<PostScore>],
    ) {
        let Self { measure, study, found, .. } = self;
        // Engagement is the same under all models.
        let first = post_scores.first().map_or(&[][..], Vec::as_slice);
        let themes = analyze::theme_scores(posts, first);
        self.lens = analyze::incremental_lens(study, found, &themes, *measure);
        for (model, scores) in credits.models.iter().zip(post_scores) {
            if model.name == incremental::NAME {
                self.lens.settle_posts(study, posts, scores);
            }
        }
    }

    /// What was looked at, and what lay outside.
    pub(super) fn studied(&self) -> Counts {
        self.found.as_ref().map_or_else(|none| none.counts, |found| found.counts)
    }

    /// How much was looked at.
    pub(super) fn counts(&self) -> [(&'static str, u64); 3] {
        let Counts { connected_leads, posts, .. } = self.studied();
        let themes = self.found.as_ref().map_or(0, |found| found.themes.len() as u64);
        [("connected leads", connected_leads), ("posts", posts), ("themes", themes)]
    }
}
