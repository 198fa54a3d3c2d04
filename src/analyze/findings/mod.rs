//! What the data say of likes and business, each with its bounds and one plain sentence.
//!
//! Every finding is a pure function of the facts and the seed. What the data cannot carry
//! has no numbers, and says what is missing.

mod correlation;
mod exact;
mod persons;
pub(super) mod rank;
mod resample;
mod sentence;
mod study;
mod survival;
mod themes;

use jiff::Timestamp;

use super::PostScore;
use crate::{
    attribute::{
        PathsError, Unfitted,
        incremental::{Counts, Study},
    },
    domain::{DealSummary, Lead, Measure, Place, Post, SourceEvidence},
    link::{Audience, Trace},
};

pub use sentence::TOO_LITTLE;
pub use themes::bounds_of_share;

/// The name of the finding that a model could not be fitted.
pub const UNFITTED_MODEL: &str = "unfitted-model";

/// What findings are made of.
#[derive(Clone, Copy)]
pub struct FindingsInput<'a> {
    /// The posts.
    pub posts: &'a [Post],
    /// By model, with its name: the scores of all posts.
    pub scores: &'a [(&'static str, &'a [PostScore])],
    /// The leads.
    pub leads: &'a [Lead],
    /// The deals.
    pub deals: &'a [DealSummary],
    /// What totals are made of.
    pub measure: Option<Measure>,
    /// By lead: what its touches came to.
    pub traces: &'a [Trace],
    /// Who ever engaged.
    pub audience: &'a Audience,
    /// By place: what leads and the CRM say of their sources.
    pub evidence: &'a [SourceEvidence],
    /// By lead: the newest row of each record that it is.
    pub lead_places: &'a [Vec<Place>],
    /// By lead: the campaigns that the person answered.
    pub campaigns: &'a [Vec<SourceEvidence>],
    /// What posts of each theme caused; empty where the incremental model did not run or
    /// refused.
    pub themes: &'a [ThemeLeads],
    /// What the incremental model was fitted to.
    pub study: &'a Study,
    /// What it looked at, and what lay outside.
    pub studied: Counts,
    /// It did not refuse.
    pub is_measured: bool,
    /// The instant up to which leads are counted.
    pub as_of: Timestamp,
    /// What random draws come from.
    pub seed: u64,
    /// The models that could not be fitted.
    pub unfitted: &'a [Unfitted],
}

/// Leads that would not have come without the posts of a theme.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeLeads {
    /// The theme.
    pub theme: Box<str>,
    /// How many.
    pub leads: f64,
    /// The lower 95 % bound.
    pub leads_low: f64,
    /// The upper 95 % bound.
    pub leads_high: f64,
    /// The data tell that there are any.
    pub is_told: bool,
}

/// One thing that the data say, or cannot say.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which question it answers.
    pub name: &'static str,
    /// The attribution model that it rests on.
    pub model: Option<&'static str>,
    /// The theme that it is about.
    pub subject: Option<String>,
    /// What the value measures.
    pub statistic: &'static str,
    /// The value; none where the data cannot carry it.
    pub value: Option<f64>,
    /// The lower 95 % bound.
    pub low: Option<f64>,
    /// The upper 95 % bound.
    pub high: Option<f64>,
    /// How often chance alone does as much.
    pub p_value: Option<f64>,
    /// How many posts, persons, leads, deals or reactions it rests on.
    pub n: u64,
    /// What it says, in plain words.
    pub sentence: String,
}

impl Finding {
    /// A finding without numbers.
    fn new(
        name: &'static str,
        statistic: &'static str,
        n: u64,
        sentence: String,
    ) -> Self {
        Self {
            name,
            model: None,
            subject: None,
            statistic,
            value: None,
            low: None,
            high: None,
            p_value: None,
            n,
            sentence,
        }
    }

    fn with_bounds(self, value: f64, bounds: Option<(f64, f64)>) -> Self {
        let (low, high) = bounds.unzip();
        Self { value: Some(value), low, high, ..self }
    }
}

/// All findings, in the order of the questions.
pub fn findings(input: &FindingsInput<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = input.unfitted.iter().map(unfitted).collect();
    found.extend(correlation::correlations(input));
    found.extend(correlation::top_ten_overlaps(input));
    found.extend(persons::silent_buyers(input));
    found.extend(persons::idle_likers(input));
    found.extend(persons::said_and_tracked(input));
    found.push(persons::time_to_lead(input));
    found.extend(themes::applause_index(input));
    found.extend(study::studied_leads(input));
    found.extend(study::joined_themes(input));
    found
}

/// A model that counts as linear does, and why.
fn unfitted(one: &Unfitted) -> Finding {
    let PathsError::TooManyStates { states, limit, .. } = one.reason;
    let sentence = format!(
        "The model {} could not be fitted, so touches count alike under it, as under linear: \
         {states} themes and sources are more than the {limit} for which a chain that loops \
         this long is solved.",
        one.model
    );
    let finding = Finding::new(UNFITTED_MODEL, "states", states as u64, sentence);
    Finding { model: Some(one.model), ..finding }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
