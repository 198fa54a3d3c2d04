//! Bounds of revenue: leads drawn anew, with replacement, and the model refitted; never
//! narrower than what the interval of the leads comes to.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    exposure::count,
    profile::{Averaged, Lens},
    random::{Draws, Purpose},
    study::Study,
};
use crate::domain::{Measure, PersonIndex};

/// The amount that an event stands for in won deals.
struct Worth {
    event: usize,
    measured: Measure,
    minor: f64,
}

/// By theme and measure: the ends of the 95 % interval of the most likely revenue, without
/// regard to how far a theme is believed in, as with the interval of its leads, which is
/// given by theme.
///
/// The draws alone tell who of the leads bought. How many of them the posts brought they tell
/// too narrowly where the best estimate is none or next to none: it is that of most draws.
pub(super) fn bounds(
    study: &Study,
    lens: &Lens<'_>,
    maximum: &Averaged,
    draws: u32,
    leads: &[(f64, f64)],
) -> BTreeMap<(usize, Measure), (f64, f64)> {
    let worths = worths(study, lens);
    if worths.is_empty() || draws == 0 {
        return BTreeMap::new();
    }
    let revenues: Vec<BTreeMap<(usize, Measure), f64>> = (0..draws)
        .into_par_iter()
        .map(|draw| revenue(study, lens, maximum, &worths, draw))
        .collect();
    let mut by_key: BTreeMap<(usize, Measure), Vec<f64>> = BTreeMap::new();
    for (key, minor) in revenues.into_iter().flatten() {
        by_key.entry(key).or_default().push(minor);
    }
    let mut bounds: BTreeMap<_, _> =
        by_key.into_iter().map(|(key, revenues)| (key, ends(revenues))).collect();
    for ((theme, measured), (low, high)) in &mut bounds {
        let of_measure = worths.iter().filter(|worth| worth.measured == *measured);
        let of_measure: Vec<&Worth> = of_measure.collect();
        let at = |leads| revenue_at(lens, maximum, &of_measure, (*theme, leads));
        // More leads of which more was taken back than won bring less.
        let (least, most) = leads[*theme];
        let (least, most) = (at(least), at(most));
        (*low, *high) = (low.min(least).min(most), high.max(least).max(most));
    }
    bounds
}

/// The revenue of a theme where its posts bring so many leads.
fn revenue_at(
    lens: &Lens<'_>,
    maximum: &Averaged,
    worths: &[&Worth],
    (theme, leads): (usize, f64),
) -> f64 {
    let of_tau = |(tau, posterior): (usize, f64)| {
        let mut parameters = maximum.fits[tau].parameters.clone();
        parameters.leads[theme] = leads;
        let hazards = lens.likelihood(tau).hazards(&parameters);
        let brought = worths.iter().map(|worth| {
            let intensity = lens.exposures[tau].row(worth.event)[theme];
            worth.minor * intensity * leads / hazards[worth.event]
        });
        posterior * brought.sum::<f64>()
    };
    maximum.posterior().into_iter().enumerate().map(of_tau).sum()
}

/// What one draw of leads makes of the revenue.
fn revenue(
    study: &Study,
    lens: &Lens<'_>,
    maximum: &Averaged,
    worths: &[Worth],
    draw: u32,
) -> BTreeMap<(usize, Measure), f64> {
    let events = lens.baseline.risk.events.len();
    let mut draws = Draws::new(study.seed, Purpose::Bootstrap, draw);
    let mut weights = vec![0.0; events];
    for _ in 0..events {
        weights[draws.below(events)] += 1.0;
    }
    let lens = Lens { weights: Some(&weights), ..*lens };
    let refitted = lens.maximum_from(maximum);
    let mut revenue: BTreeMap<(usize, Measure), f64> = BTreeMap::new();
    for worth in worths {
        for theme in 0..study.themes.len() {
            revenue.entry((theme, worth.measured)).or_default();
        }
    }
    for (tau, posterior) in refitted.posterior().into_iter().enumerate() {
        let parameters = &refitted.fits[tau].parameters;
        let hazards = lens.likelihood(tau).hazards(parameters);
        for worth in worths.iter().filter(|worth| 0.0 < weights[worth.event]) {
            let scale =
                posterior * weights[worth.event] * worth.minor / hazards[worth.event];
            let row = lens.exposures[tau].row(worth.event);
            for (theme, (intensity, leads)) in
                row.iter().zip(&parameters.leads).enumerate()
            {
                *revenue.entry((theme, worth.measured)).or_default() +=
                    scale * intensity * leads;
            }
        }
    }
    revenue
}

/// The won amounts of each event: a deal's is shared by its persons alike.
fn worths(study: &Study, lens: &Lens<'_>) -> Vec<Worth> {
    let events = &lens.baseline.risk.events;
    // Looked up and never walked.
    let of_person: FxHashMap<PersonIndex, usize> =
        events.iter().enumerate().map(|(index, event)| (event.person, index)).collect();
    let mut worths = Vec::new();
    for deal in study.deals.iter().filter(|deal| deal.is_won) {
        let amount = deal.converted.map(|money| money.minor).or(deal.amount_minor);
        let Some(amount) = amount else { continue };
        #[expect(clippy::cast_precision_loss, reason = "bounds are no exact sums")]
        let minor = amount as f64 / count(deal.persons.len());
        let found = deal.persons.iter().filter_map(|person| of_person.get(person));
        worths.extend(found.map(|event| Worth {
            event: *event,
            measured: deal.measure,
            minor,
        }));
    }
    worths
}

/// The 2.5th and 97.5th percentile.
fn ends(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let tail = values.len() / 40;
    (values[tail], values[values.len() - 1 - tail])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_forty_lies_beyond_each_end() {
        let values: Vec<f64> = (0..400).rev().map(f64::from).collect();
        assert_eq!(ends(values), (10.0, 389.0));
        assert_eq!(ends(vec![3.0]), (3.0, 3.0));
    }
}
