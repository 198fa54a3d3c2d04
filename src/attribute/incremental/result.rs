//! What the model says.

use jiff::civil::Date;

use super::study::Days;
use crate::{
    attribute::Credits,
    domain::{Measure, MemberIndex},
};

/// Everything that the model says.
#[derive(Clone, Debug)]
pub struct Incremental {
    /// By theme, in the order of the study.
    pub themes: Vec<ThemeEffect>,
    /// The leads' and deals' shares by post, as model `incremental`.
    pub credits: Credits,
    /// What was looked at, and what lay outside.
    pub counts: Counts,
    /// What was fitted, for whoever wants to check it.
    pub diagnostics: Diagnostics,
}

/// What the posts of one theme bring.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeEffect {
    /// The theme.
    pub theme: Box<str>,
    /// Its posts whose window meets their member's period.
    pub posts: u64,
    /// Connections at risk when a post appeared, over all its posts.
    pub exposures: u64,
    /// Leads that would not have come without the posts: the most likely number, times how
    /// far the theme is believed in.
    pub leads: f64,
    /// The lower end of the 95 % interval of the number of leads.
    pub leads_low: f64,
    /// The upper end.
    pub leads_high: f64,
    /// The most likely number of leads.
    pub likely_leads: f64,
    /// Twice the log of how much likelier the data are with the theme than without.
    pub likelihood_ratio: f64,
    /// How often chance alone gives such a ratio.
    pub p_value: f64,
    /// The share of false findings among themes that are as sure as this one.
    pub q_value: f64,
    /// How often shifted posts give such a ratio; none where no placebo was asked for.
    pub placebo_p: Option<f64>,
    /// How far the theme is believed in, from 0 to 1.
    pub inclusion: f64,
    /// Won revenue, by what it measures; none where no bootstrap was asked for.
    pub revenue: Vec<Revenue>,
}

impl ThemeEffect {
    /// Whether anybody is known who could read a post of the theme: without, there is nothing
    /// to tell.
    pub fn is_seen(&self) -> bool {
        0 < self.posts && 0 < self.exposures
    }
}

/// Won revenue that posts of a theme bring, in one currency and kind of amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revenue {
    /// The currency and kind of amount.
    pub measure: Measure,
    /// Whole minor units.
    pub minor: i64,
    /// The lower end of the 95 % bootstrap interval.
    pub low_minor: i64,
    /// The upper end.
    pub high_minor: i64,
}

/// What was looked at, and what lay outside.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Leads that were a member's connection, within the member's period.
    pub connected_leads: u64,
    /// Leads that are no connection of any member: outside the network.
    pub outside_network: u64,
    /// Connected leads outside the period, or made before the connection.
    pub outside_period: u64,
    /// Records that are no event: later ones of the same person, or without a time.
    pub other_records: u64,
    /// Connections at risk at some time.
    pub connections: u64,
    /// Connections that no day is known of.
    pub undated_connections: u64,
    /// Posts whose window meets their member's period.
    pub posts: u64,
    /// Posts outside.
    pub outside_posts: u64,
    /// The longest period of a member, in weeks.
    pub weeks: f64,
}

/// The data cannot tell.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "too little data: {} connected leads over {:.1} weeks; {} leads and {} weeks are needed",
    counts.connected_leads,
    counts.weeks,
    super::LEAST_LEADS,
    super::LEAST_WEEKS
)]
pub struct TooLittleData {
    /// What there is.
    pub counts: Counts,
}

/// What was fitted.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    /// The likelihood by τ.
    pub taus: Vec<TauFit>,
    /// By member with a period: the base rate.
    pub base_rates: Vec<BaseRate>,
    /// The factor of each weekday, Monday first; 1 in the mean.
    pub weekdays: Vec<f64>,
    /// The factor of each month of the study; 1 in the mean over its days.
    pub months: Vec<MonthFactor>,
    /// Observed against fitted leads.
    pub weeks: Vec<WeekFit>,
    /// By days from post to lead.
    pub lags: Vec<LagDay>,
    /// By theme of the study, then by draw: the likelihood ratios of shifted posts.
    pub placebo: Vec<Vec<f64>>,
}

/// How well one mean lag explains the leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TauFit {
    /// The mean lag τ.
    pub tau_days: Days,
    /// Its weight before the data.
    pub prior: f64,
    /// The highest log likelihood.
    pub log_likelihood: f64,
    /// Its weight after the data.
    pub posterior: f64,
}

/// Leads that come without posts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BaseRate {
    /// Whose connections.
    pub member: MemberIndex,
    /// Leads per connection and day.
    pub leads_per_day: f64,
    /// Connections' days at risk.
    pub person_days: f64,
}

/// How much likelier a lead is in a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonthFactor {
    /// The first day of the month.
    pub month: Date,
    /// The factor.
    pub factor: f64,
}

/// One week of the study.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeekFit {
    /// Its first day.
    pub starts_on: Date,
    /// Connected leads.
    pub observed: u64,
    /// Fitted leads that come without posts.
    pub baseline: f64,
    /// Fitted leads that posts bring.
    pub brought: f64,
}

/// Leads so many days after a post.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LagDay {
    /// Whole days from post to lead.
    pub day: u64,
    /// Pairs of a post and a later lead among those who could see it.
    pub pairs: u64,
    /// The same with shifted posts, in the mean; none where no placebo was asked for.
    pub placebo_pairs: Option<f64>,
    /// Leads that the fit gives to posts at this lag.
    pub credited: f64,
    /// Leads that the lag's curve expects there.
    pub fitted: f64,
}
