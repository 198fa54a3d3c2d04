//! Averages over the mean lag τ, likelihood ratios, intervals, and which themes are in.

use rayon::prelude::*;

use super::{
    exposure::{Encounters, Exposure},
    fit::{self, Fit},
    likelihood::{Baseline, Likelihood, Parameters},
    risk::Risk,
    study::Days,
    sums::Sums,
};

/// The mean lags that are tried, in days.
pub(super) const TAUS: [Days; 5] = [4.0, 7.0, 10.0, 14.0, 21.0];

/// Twice the fall of the log likelihood at the ends of a 95 % interval.
const FALL: f64 = 3.841;

/// How near the root of the fall must come to its aim.
const CLOSE: f64 = 1e-3;

/// A likelihood e^30 times smaller than another adds nothing to it.
const NEGLIGIBLE: f64 = 30.0;

/// Steps of EM before Newton's from a start that nothing is known of, and from a near one.
const COLD: usize = 4;
const WARM: usize = 0;

/// The prior weights of the mean lags: log-normal, median 9 days, σ 0.6.
pub(super) fn priors() -> [f64; 5] {
    let density = TAUS.map(|tau| {
        let deviation = libm::log(tau / 9.0) / 0.6;
        libm::exp(-0.5 * deviation * deviation)
    });
    let total: f64 = density.iter().sum();
    density.map(|one| one / total)
}

/// The likelihood of each τ over the same posts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lens<'a> {
    pub(super) baseline: &'a Baseline<'a>,
    /// By τ.
    pub(super) exposures: &'a [Exposure],
    /// By event: how often it counts, in a bootstrap.
    pub(super) weights: Option<&'a [f64]>,
}

/// The maxima of all τ.
#[derive(Clone, Debug)]
pub(super) struct Averaged {
    /// By τ.
    pub(super) fits: Vec<Fit>,
    /// log Σ π_τ e^ℓ.
    pub(super) log_likelihood: f64,
}

impl Averaged {
    fn new(fits: Vec<Fit>) -> Self {
        let highest =
            fits.iter().map(|fit| fit.log_likelihood).fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = (fits.iter().zip(priors()))
            .map(|(fit, prior)| prior * libm::exp(fit.log_likelihood - highest))
            .sum();
        Self { log_likelihood: highest + libm::log(sum), fits }
    }

    /// By τ: its posterior weight.
    pub(super) fn posterior(&self) -> Vec<f64> {
        (self.fits.iter().zip(priors()))
            .map(|(fit, prior)| {
                prior * libm::exp(fit.log_likelihood - self.log_likelihood)
            })
            .collect()
    }

    /// The average of what every τ's fit says.
    fn mean(&self, say: impl Fn(&Fit) -> f64) -> f64 {
        let fits = self.posterior().into_iter().zip(&self.fits);
        fits.map(|(weight, fit)| weight * say(fit)).sum()
    }

    /// The most likely number of leads of a theme.
    pub(super) fn leads(&self, theme: usize) -> f64 {
        self.mean(|fit| fit.parameters.leads[theme])
    }
}

/// The posts' exposure for every τ.
pub(super) fn exposures(
    encounters: &Encounters,
    events: usize,
    themes: usize,
) -> Vec<Exposure> {
    TAUS.par_iter().map(|tau| Exposure::new(encounters, events, themes, *tau)).collect()
}

/// The posts' exposure for every τ, from what was summed lead by lead.
pub(super) fn exposures_of_leads(
    encounters: &Encounters,
    risk: &Risk,
    sums: &Sums,
    themes: usize,
) -> Vec<Exposure> {
    let of_tau = |tau| Exposure::of_leads(encounters, risk, sums, (tau, themes));
    (0..TAUS.len()).into_par_iter().map(of_tau).collect()
}

impl Lens<'_> {
    /// The likelihood of one τ.
    pub(super) fn likelihood(&self, tau: usize) -> Likelihood<'_> {
        Likelihood {
            baseline: self.baseline,
            exposure: &self.exposures[tau],
            weights: self.weights,
        }
    }

    /// The maximum for every τ.
    pub(super) fn maximum(&self) -> Averaged {
        let fit = |tau| {
            let likelihood = self.likelihood(tau);
            let start = fit::start(&likelihood);
            fit::fit(&likelihood, start, COLD, None)
        };
        Averaged::new((0..TAUS.len()).into_par_iter().map(fit).collect())
    }

    /// The maximum for every τ, found from one that is near.
    pub(super) fn maximum_from(&self, near: &Averaged) -> Averaged {
        let fit = |tau: usize| {
            let start = near.fits[tau].parameters.clone();
            fit::fit(&self.likelihood(tau), start, WARM, None)
        };
        Averaged::new((0..TAUS.len()).into_par_iter().map(fit).collect())
    }

    /// 2 (max L − L(θ, 0)).
    pub(super) fn ratio(&self, maximum: &Averaged, theme: usize) -> f64 {
        if maximum.fits.iter().all(|fit| fit.parameters.leads[theme] == 0.0) {
            return 0.0;
        }
        Profile::new(self, maximum, theme).fall(0.0)
    }

    /// Where 2 (max L − L(θ, x)) = 3.841, bounded at 0.
    pub(super) fn interval(
        &self,
        maximum: &Averaged,
        theme: usize,
        ratio: f64,
    ) -> (f64, f64) {
        let estimate = maximum.leads(theme);
        let profile = || Profile::new(self, maximum, theme);
        let level = estimate * (FALL / ratio).sqrt();
        let low = || {
            if ratio <= FALL {
                return 0.0;
            }
            let zero = Seen { distance: estimate, rate: ratio / estimate };
            profile().end(estimate, (-1.0, estimate), level, zero)
        };
        let high = || {
            let slope = maximum.mean(|fit| fit.slopes[theme].0);
            let curve = maximum.mean(|fit| fit.slopes[theme].1);
            let slope = if estimate == 0.0 { (-2.0 * slope).max(0.0) } else { 0.0 };
            let from = if 1.0 < ratio { level } else { fallen(slope, curve) };
            let begin = Seen { distance: 0.0, rate: slope };
            profile().end(estimate, (1.0, f64::INFINITY), from, begin)
        };
        rayon::join(low, high)
    }
}

/// The likelihood with the leads of one theme held, at one place after the other.
struct Profile<'a> {
    lens: &'a Lens<'a>,
    maximum: &'a Averaged,
    theme: usize,
    /// The τ by the weight of their maxima, the heaviest first, with its logarithm.
    order: Vec<(usize, f64)>,
    /// By τ: where the last fit ended.
    last: Vec<Option<Parameters>>,
}

impl<'a> Profile<'a> {
    fn new(lens: &'a Lens<'a>, maximum: &'a Averaged, theme: usize) -> Self {
        let weight = |(fit, prior): (&Fit, f64)| fit.log_likelihood + libm::log(prior);
        let weights = maximum.fits.iter().zip(priors()).map(weight);
        let mut order: Vec<(usize, f64)> = weights.enumerate().collect();
        order.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        Self { lens, maximum, theme, order, last: vec![None; TAUS.len()] }
    }

    /// 2 (max L − L(θ, leads)).
    fn fall(&mut self, leads: f64) -> f64 {
        let (&(heaviest, most), others) =
            self.order.split_first().expect("there are several τ");
        let first = self.fit(heaviest, leads);
        let mut highest = self.part((heaviest, most), &first);
        let mut parts = vec![highest];
        let mut last = vec![(heaviest, first)];
        // Nowhere is a τ likelier than at its maximum, and the others follow in order.
        let others =
            &others[..others.partition_point(|(_, most)| highest - NEGLIGIBLE <= *most)];
        let fits = others.par_iter().map(|(tau, _)| self.fit(*tau, leads));
        for (&(tau, most), fit) in others.iter().zip(fits.collect::<Vec<Fit>>()) {
            if most < highest - NEGLIGIBLE {
                break;
            }
            let part = self.part((tau, most), &fit);
            highest = highest.max(part);
            parts.push(part);
            last.push((tau, fit));
        }
        for (tau, fit) in last {
            self.last[tau] = Some(fit.parameters);
        }
        let sum: f64 = parts.iter().map(|part| libm::exp(part - highest)).sum();
        (2.0 * (self.maximum.log_likelihood - highest - libm::log(sum))).max(0.0)
    }

    fn fit(&self, tau: usize, leads: f64) -> Fit {
        let likelihood = self.lens.likelihood(tau);
        fit::fit(&likelihood, self.start(tau, leads), WARM, Some(self.theme))
    }

    /// What a fit of a τ adds to the likelihood, by its prior.
    fn part(&self, (tau, most): (usize, f64), fit: &Fit) -> f64 {
        most - self.maximum.fits[tau].log_likelihood + fit.log_likelihood
    }

    /// Where a fit begins: on the line from the maximum through the last fit.
    fn start(&self, tau: usize, leads: f64) -> Parameters {
        let maximum = &self.maximum.fits[tau].parameters;
        let from = maximum.leads[self.theme];
        let mut start = match &self.last[tau] {
            Some(last) if 1e-3 < (last.leads[self.theme] - from).abs() => {
                let part = (leads - from) / (last.leads[self.theme] - from);
                last.beyond(maximum, part)
            }
            _ => maximum.clone(),
        };
        start.leads[self.theme] = leads;
        start
    }

    /// The end of the interval on one side of the estimate (1 above it, -1 below), which is
    /// within some distance, sought from another.
    fn end(
        &mut self,
        estimate: f64,
        (side, within): (f64, f64),
        from: f64,
        mut last: Seen,
    ) -> f64 {
        let (mut inside, mut outside) = (0.0, within);
        let mut distance = from;
        for _ in 0..60 {
            let fall = self.fall(estimate + side * distance);
            if (fall.sqrt() - FALL.sqrt()).abs() < CLOSE {
                break;
            }
            let bound = if fall < FALL { &mut inside } else { &mut outside };
            *bound = distance;
            let seen = Seen { distance, rate: fall / distance };
            let aimed = seen.aimed(last);
            last = seen;
            distance = if inside < aimed && aimed < outside {
                aimed.min(30.0 * distance)
            } else if outside.is_finite() {
                f64::midpoint(inside, outside)
            } else {
                2.0 * distance
            };
        }
        estimate + side * distance
    }
}

/// A distance from the estimate, and the likelihood's fall there for each lead of it.
#[derive(Clone, Copy, Debug)]
struct Seen {
    distance: f64,
    rate: f64,
}

impl Seen {
    /// The distance at which an end is by this and another: the fall is nearly a parabola
    /// that begins at the estimate, level there unless that is 0.
    fn aimed(self, other: Self) -> f64 {
        let curve = (self.rate - other.rate) / (self.distance - other.distance);
        fallen(self.rate - curve * self.distance, curve)
    }
}

/// Where a parabola through 0 with this slope and curve has fallen to an end.
fn fallen(slope: f64, curve: f64) -> f64 {
    2.0 * FALL / (slope + (slope * slope + 4.0 * curve * FALL).sqrt())
}

/// ½ P(χ²₁ > ratio), for the null lies on the boundary.
pub(super) fn p_value(ratio: f64) -> f64 {
    0.5 * libm::erfc((0.5 * ratio).sqrt())
}

/// How far a theme is believed to bring leads at all.
pub(super) fn inclusion(ratio: f64) -> f64 {
    1.0 / (1.0 + libm::exp(1.0 - 0.5 * ratio))
}

/// Benjamini and Hochberg's q for each of some p-values.
pub(super) fn q_values(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*b].total_cmp(&p_values[*a]));
    let total = super::exposure::count(p_values.len());
    let mut q_values = vec![0.0; p_values.len()];
    let (mut least, mut rank) = (1.0_f64, total);
    for index in order {
        least = least.min(p_values[index] * total / rank);
        q_values[index] = least;
        rank -= 1.0;
    }
    q_values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-4, "{value} is not {expected}");
    }

    #[test]
    fn p_values_are_half_of_chi_square() {
        near(p_value(0.0), 0.5);
        near(p_value(2.7055), 0.05);
        near(p_value(3.8415), 0.025);
        near(p_value(10.8276), 0.0005);
    }

    #[test]
    fn q_values_are_those_of_benjamini_and_hochberg() {
        let q = q_values(&[0.01, 0.02, 0.03, 0.5]);
        for (value, expected) in q.iter().zip([0.04, 0.04, 0.04, 0.5]) {
            near(*value, expected);
        }
        assert!(q_values(&[]).is_empty());
    }

    #[test]
    fn a_theme_without_evidence_is_hardly_in() {
        near(inclusion(0.0), 0.26894);
        near(inclusion(2.0), 0.5);
        near(inclusion(20.0), 0.99988);
    }
}
