//! Averages over the mean lag τ, likelihood ratios, intervals, and which themes are in.

use rayon::prelude::*;

use super::{
    exposure::{Encounters, Exposure},
    fit::{self, Fit},
    likelihood::{Baseline, Likelihood, Parameters},
    study::Days,
};

/// The mean lags that are tried, in days.
pub(super) const TAUS: [Days; 5] = [4.0, 7.0, 10.0, 14.0, 21.0];

/// Twice the fall of the log likelihood at the ends of a 95 % interval.
const FALL: f64 = 3.841;

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
    pub(super) fn mean(&self, say: impl Fn(&Parameters) -> f64) -> f64 {
        let fits = self.posterior().into_iter().zip(&self.fits);
        fits.map(|(weight, fit)| weight * say(&fit.parameters)).sum()
    }

    /// The most likely number of leads of a theme.
    pub(super) fn leads(&self, theme: usize) -> f64 {
        self.mean(|parameters| parameters.leads[theme])
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

    /// The maximum with the leads of one theme held, found from one that is near.
    pub(super) fn held(&self, theme: usize, leads: f64, near: &Averaged) -> Averaged {
        let fit = |tau: usize| {
            let mut start = near.fits[tau].parameters.clone();
            start.leads[theme] = leads;
            fit::fit(&self.likelihood(tau), start, WARM, Some(theme))
        };
        Averaged::new((0..TAUS.len()).into_par_iter().map(fit).collect())
    }

    /// 2 (max L − L(θ, 0)).
    pub(super) fn ratio(&self, maximum: &Averaged, theme: usize) -> f64 {
        if maximum.fits.iter().all(|fit| fit.parameters.leads[theme] == 0.0) {
            return 0.0;
        }
        let without = self.held(theme, 0.0, maximum);
        (2.0 * (maximum.log_likelihood - without.log_likelihood)).max(0.0)
    }

    /// Where 2 (max L − L(θ, x)) = 3.841, bounded at 0.
    pub(super) fn interval(
        &self,
        maximum: &Averaged,
        theme: usize,
        ratio: f64,
    ) -> (f64, f64) {
        let estimate = maximum.leads(theme);
        let ends: Vec<f64> = [false, true]
            .into_par_iter()
            .map(|is_high| {
                if is_high {
                    self.high(maximum, theme, estimate)
                } else if ratio <= FALL {
                    0.0
                } else {
                    self.crossing(maximum, theme, (estimate, 0.0), (0.0, ratio.sqrt()))
                }
            })
            .collect();
        (ends[0], ends[1])
    }

    /// The end above the estimate.
    fn high(&self, maximum: &Averaged, theme: usize, estimate: f64) -> f64 {
        let mut near = (estimate, 0.0);
        let mut width = 2.0 * estimate.max(1.0).sqrt();
        for _ in 0..60 {
            let leads = estimate + width;
            let depth = self.depth(maximum, theme, leads);
            if FALL.sqrt() <= depth {
                return self.crossing(maximum, theme, near, (leads, depth));
            }
            near = (leads, depth);
            width *= 1.5;
        }
        near.0
    }

    /// The root of the likelihood's fall, which is nearly linear in the leads.
    fn depth(&self, maximum: &Averaged, theme: usize, leads: f64) -> f64 {
        let held = self.held(theme, leads, maximum);
        (2.0 * (maximum.log_likelihood - held.log_likelihood)).max(0.0).sqrt()
    }

    /// Where the depth is that of an end, between leads above it and leads below it, by
    /// false position (Illinois).
    fn crossing(
        &self,
        maximum: &Averaged,
        theme: usize,
        (mut inside, inside_depth): (f64, f64),
        (mut outside, outside_depth): (f64, f64),
    ) -> f64 {
        let aim = FALL.sqrt();
        let (mut below, mut above) = (inside_depth - aim, outside_depth - aim);
        for _ in 0..40 {
            let leads = inside - below * (outside - inside) / (above - below);
            let miss = self.depth(maximum, theme, leads) - aim;
            if miss.abs() < 1e-3 {
                return leads;
            }
            if miss < 0.0 {
                (inside, below) = (leads, miss);
                above *= 0.5;
            } else {
                (outside, above) = (leads, miss);
                below *= 0.5;
            }
        }
        f64::midpoint(inside, outside)
    }
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
