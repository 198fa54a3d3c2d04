//! The maximum of the likelihood for one mean lag τ: EM, sped up by Newton's method.
//!
//! Newton's steps are taken where they raise the likelihood, steps of EM where they do not,
//! so every step climbs and the end is EM's own.

use super::{
    calendar::WEEKDAYS,
    exposure::count,
    likelihood::{Likelihood, Parameters, Point, Step},
};

/// Relative gain, made or promised by Newton's step, at which a fit ends.
const LEAST_GAIN: f64 = 1e-9;

/// What Newton's step may promise where leads are held and it is taken unseen: so near its
/// maximum the likelihood is nearly a parabola, and gives what that promises.
const UNSEEN_GAIN: f64 = 1e-3;

/// Steps after which a fit ends at the latest.
const MOST_STEPS: usize = 500;

/// How far the likelihood is bent downward, in turn, until it has a maximum near.
const DAMPINGS: [f64; 4] = [0.0, 0.25, 1.0, 4.0];

/// A maximum.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    pub(super) parameters: Parameters,
    pub(super) log_likelihood: f64,
    /// By theme: how the likelihood rises with its leads, all else as it is, and how it bends
    /// downward, where that was last seen.
    pub(super) slopes: Vec<(f64, f64)>,
}

impl Fit {
    fn new(parameters: Parameters, log_likelihood: f64, seen: &Point) -> Self {
        let themes = 0..parameters.leads.len();
        let slopes = themes.map(|theme| (seen.slope(theme), seen.curve(theme))).collect();
        Self { parameters, log_likelihood, slopes }
    }
}

/// Where a fit begins that nothing is known of: a third of the leads come from posts.
pub(super) fn start(likelihood: &Likelihood<'_>) -> Parameters {
    let baseline = likelihood.baseline;
    let reached: f64 = likelihood.exposure.reached.iter().sum();
    let brought = count(baseline.risk.events.len()) / 3.0;
    let share = |reached_by_theme: &f64| {
        if 0.0 < reached { brought * reached_by_theme / reached } else { 0.0 }
    };
    Parameters {
        rates: vec![baseline.pooled_rate * 2.0 / 3.0; baseline.members()],
        weekdays: vec![1.0; WEEKDAYS],
        months: vec![1.0; baseline.months],
        leads: likelihood.exposure.reached.iter().map(share).collect(),
    }
}

/// Climbs from parameters to the maximum, after some steps of EM; `held` names the theme
/// whose leads stay as they are, where only the height of the maximum is asked for.
pub(super) fn fit(
    likelihood: &Likelihood<'_>,
    start: Parameters,
    em_steps: usize,
    held: Option<usize>,
) -> Fit {
    let mut at = start;
    let mut point = likelihood.point(&at);
    for step in 0..MOST_STEPS {
        let least_gain = LEAST_GAIN * point.value.abs();
        let newton =
            (em_steps <= step).then(|| newton(likelihood, &at, &point, held)).flatten();
        if let Some(step) = &newton {
            if step.gain <= least_gain {
                break;
            }
            if held.is_some() && step.gain <= UNSEEN_GAIN {
                return Fit::new(at.moved(step, 1.0), point.value + step.gain, &point);
            }
        }
        let climbed = newton.and_then(|step| climb(likelihood, &at, &point, &step));
        let (next, next_point) = climbed.unwrap_or_else(|| {
            let next = likelihood.em_step(&at, &point, held);
            let next_point = likelihood.point(&next);
            (next, next_point)
        });
        let gain = next_point.value - point.value;
        (at, point) = (next, next_point);
        if em_steps <= step && gain <= least_gain {
            break;
        }
    }
    Fit::new(at, point.value, &point)
}

/// Newton's step over the themes that may move; one that would fall below 0 goes to 0, and
/// the others move as fits that.
pub(super) fn newton(
    likelihood: &Likelihood<'_>,
    at: &Parameters,
    point: &Point,
    held: Option<usize>,
) -> Option<Step> {
    // At 0, a theme moves only if that is uphill.
    let mut fixed: Vec<Option<f64>> = (at.leads.iter().enumerate())
        .map(|(theme, leads)| {
            let stays = *leads == 0.0 && point.slope(theme) <= 0.0;
            (held == Some(theme) || stays).then_some(0.0)
        })
        .collect();
    loop {
        let damped = |damping: &f64| likelihood.newton_step(at, point, &fixed, *damping);
        let step = DAMPINGS.iter().find_map(damped)?;
        let mut falls = false;
        for ((fixed, leads), step) in fixed.iter_mut().zip(&at.leads).zip(&step.leads) {
            if fixed.is_none() && leads + step < 0.0 {
                (*fixed, falls) = (Some(-leads), true);
            }
        }
        if !falls {
            return Some(step);
        }
    }
}

/// The longest of some parts of a step that raises the likelihood.
pub(super) fn climb(
    likelihood: &Likelihood<'_>,
    at: &Parameters,
    point: &Point,
    step: &Step,
) -> Option<(Parameters, Point)> {
    [1.0, 0.5, 0.25, 0.0625].into_iter().find_map(|part| {
        let next = at.moved(step, part);
        let next_point = likelihood.point(&next);
        (point.value < next_point.value).then_some((next, next_point))
    })
}
