//! How many leads would not have come without the posts, though most readers leave no trace.
//!
//! A person i, connected to a member m and not yet a lead, has at time t the hazard
//!
//! ```text
//! h_i(t) = μ_m s(t) + Σ α_θ(p) g(t − t_p)
//! ```
//!
//! summed over the posts p of m with t_p ≤ t < t_p + 45 days that i was connected in time
//! for. μ_m is the member's base rate, s(t) a factor for the weekday times one for the month
//! (mean 1), α_θ the leads that one post of theme θ causes per connection, and
//! g(x) = e^(−x/τ)/τ. Everything is averaged over τ by posterior weight: choosing the best τ
//! would find effects that are not there.

#![expect(clippy::doc_markdown, reason = "formulas read best as formulas")]

mod study;
mod gather;
mod sums;
mod calendar;
mod risk;
mod exposure;
mod linear;
mod likelihood;
mod fit;
mod profile;
mod random;
mod credit;
mod placebo;
mod bootstrap;
mod diagnostics;
mod result;
pub mod simulate;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use self::{
    credit::Shares,
    exposure::{Encounters, Exposure},
    likelihood::{Baseline, Priors},
    profile::{Averaged, Lens},
    risk::Risk,
};

pub use exposure::Met;
pub use gather::{connections, study, study_alone};
pub use result::{
    BaseRate, Counts, Diagnostics, Incremental, LagDay, MonthFactor, Revenue, TauFit,
    ThemeEffect, TooLittleData, WeekFit,
};
pub use study::{
    Days, MOST_THEMES, OTHER, Period, Study, StudyConnection, StudyDeal, StudyLead,
    StudyPost, WINDOW_DAYS,
};
pub use sums::{Joined, LeadEncounters, LeadSums, Summing, Sums};

/// Connected leads that a study needs.
pub const LEAST_LEADS: u64 = 30;

/// Weeks that posts, connections and CRM must overlap.
pub const LEAST_WEEKS: u64 = 8;

/// The model's name among the credits.
pub const NAME: &str = "incremental";

/// One pseudo-lead each: enough that nothing is impossible, too little to sway.
const PRIORS: Priors = Priors { rate: 1.0, weekday: 1.0, month: 1.0 };

/// How much is computed beside the estimates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// How often posts are shifted.
    pub placebo_draws: u32,
    /// How often leads are drawn anew for the bounds of revenue.
    pub bootstrap_draws: u32,
}

impl Default for Effort {
    fn default() -> Self {
        Self { placebo_draws: 200, bootstrap_draws: 400 }
    }
}

/// Fits the model, or says that the data cannot carry it.
pub fn measure(study: &Study, effort: Effort) -> Result<Incremental, TooLittleData> {
    let sums = Sums::of(study);
    let risk = Risk::new(study, &sums);
    let encounters = Encounters::new(&risk, &study.posts);
    let (events, themes) = (risk.events.len(), study.themes.len());
    let exposures = profile::exposures(&encounters, events, themes);
    let counts = counts(study, &sums, &risk, &encounters);
    fitted((study, counts), &risk, &encounters, &exposures, effort)
}

/// Fits the model to what connections come to, wherever they were added up; the study's own
/// do not count.
pub fn measure_sums(
    study: &Study,
    sums: &Sums,
    effort: Effort,
) -> Result<Incremental, TooLittleData> {
    let risk = Risk::new(study, sums);
    let encounters = Encounters::of_leads(&risk, &study.posts, sums);
    let themes = study.themes.len();
    let exposures = profile::exposures_of_leads(&encounters, &risk, sums, themes);
    let counts = counts(study, sums, &risk, &encounters);
    fitted((study, counts), &risk, &encounters, &exposures, effort)
}

fn fitted(
    (study, counts): (&Study, Counts),
    risk: &Risk,
    encounters: &Encounters,
    exposures: &[Exposure],
    effort: Effort,
) -> Result<Incremental, TooLittleData> {
    let least_weeks = f64::from(u32::try_from(LEAST_WEEKS).unwrap_or(u32::MAX));
    if counts.connected_leads < LEAST_LEADS || counts.weeks < least_weeks {
        return Err(TooLittleData { counts });
    }
    let baseline = Baseline::new(risk, PRIORS);
    let lens = Lens { baseline: &baseline, exposures, weights: None };
    let maximum = lens.maximum();
    let mut themes = effects(study, &lens, &maximum, encounters);
    let inclusions: Vec<f64> = themes.iter().map(|theme| theme.inclusion).collect();
    let shares = Shares::new(&lens, &maximum, encounters);
    let credits = credit::credits(study, &lens, encounters, &shares, &inclusions);
    let revenue = credit::revenue(study, &credits);
    let ends: Vec<_> =
        themes.iter().map(|theme| (theme.leads_low, theme.leads_high)).collect();
    let draws = effort.bootstrap_draws;
    let bounds = bootstrap::bounds(study, &lens, &maximum, draws, &ends);
    for ((theme, measured), (low, high)) in bounds {
        let minor = revenue.get(&(theme, measured)).copied().unwrap_or(0);
        let (low_minor, high_minor) = (whole(low).min(minor), whole(high).max(minor));
        let revenue = Revenue { measure: measured, minor, low_minor, high_minor };
        themes[theme].revenue.push(revenue);
    }
    let draws = effort.placebo_draws;
    let placebo = placebo::placebo(study, &lens, &maximum, encounters, draws);
    for (theme, ratios) in themes.iter_mut().zip(&placebo.ratios) {
        theme.placebo_p = placebo::p_value(ratios, theme.likelihood_ratio);
    }
    let diagnostics =
        diagnostics::diagnostics(study, &lens, &maximum, encounters, &shares, placebo);
    Ok(Incremental { themes, credits, counts, diagnostics })
}

#[expect(clippy::cast_possible_truncation, reason = "amounts lie within 64 bits")]
fn whole(minor: f64) -> i64 {
    minor.round() as i64
}

fn counts(study: &Study, sums: &Sums, risk: &Risk, encounters: &Encounters) -> Counts {
    let outside = study.leads.len() - sums.leads.len();
    let longest =
        study.periods.iter().flatten().map(|period| period.length()).fold(0.0, f64::max);
    Counts {
        connected_leads: risk.events.len() as u64,
        outside_network: outside as u64,
        outside_period: (study.leads.len() - outside - risk.events.len()) as u64,
        other_records: study.other_leads.len() as u64,
        connections: risk.members.iter().map(|member| member.connections() as u64).sum(),
        undated_connections: study.undated_connections,
        posts: encounters.posts.len() as u64,
        outside_posts: (study.posts.len() - encounters.posts.len()) as u64,
        weeks: longest / 7.0,
    }
}

fn effects(
    study: &Study,
    lens: &Lens<'_>,
    maximum: &Averaged,
    encounters: &Encounters,
) -> Vec<ThemeEffect> {
    let found: Vec<(f64, (f64, f64))> = (0..study.themes.len())
        .into_par_iter()
        .map(|theme| {
            let ratio = lens.ratio(maximum, theme);
            (ratio, lens.interval(maximum, theme, ratio))
        })
        .collect();
    let mut effects = Vec::new();
    for (index, theme) in study.themes.iter().enumerate() {
        let (ratio, (leads_low, leads_high)) = found[index];
        let likely_leads = maximum.leads(index);
        let inclusion = profile::inclusion(ratio);
        let posts = encounters.posts.iter().filter(|post| post.theme == index);
        effects.push(ThemeEffect {
            theme: theme.clone(),
            posts: posts.clone().count() as u64,
            exposures: posts.map(|post| post.at_risk as u64).sum(),
            leads: inclusion * likely_leads,
            leads_low,
            leads_high,
            likely_leads,
            likelihood_ratio: ratio,
            p_value: profile::p_value(ratio),
            q_value: 1.0,
            placebo_p: None,
            inclusion,
            revenue: Vec::new(),
        });
    }
    // What nobody could read is not asked about.
    let mut asked: Vec<_> = effects.iter_mut().filter(|theme| theme.is_seen()).collect();
    let p_values: Vec<f64> = asked.iter().map(|theme| theme.p_value).collect();
    for (theme, q_value) in asked.iter_mut().zip(profile::q_values(&p_values)) {
        theme.q_value = q_value;
    }
    effects
}
