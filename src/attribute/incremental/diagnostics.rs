//! What a statistician asks to see: rates, seasons, leads by week, the lag's curve.

use super::{
    calendar::{Calendar, WEEKDAYS},
    credit::Shares,
    exposure::{Encounters, count},
    placebo::Placebo,
    profile::{self, Averaged, Lens, TAUS},
    result::{BaseRate, Diagnostics, LagDay, MonthFactor, TauFit, WeekFit},
    study::{Days, Study},
};
use crate::domain::MemberIndex;

/// Whole days of lag within the window.
pub(super) const LAG_DAYS: usize = 45;

/// Collects everything that was fitted.
pub(super) fn diagnostics(
    study: &Study,
    lens: &Lens<'_>,
    maximum: &Averaged,
    encounters: &Encounters,
    shares: &Shares,
    placebo: Placebo,
) -> Diagnostics {
    let calendar = &lens.baseline.risk.calendar;
    let scales = Scales::new(maximum, calendar);
    let brought = Brought::new(study, lens, maximum, encounters);
    Diagnostics {
        taus: taus(maximum),
        base_rates: base_rates(lens, maximum, &scales),
        weekdays: (0..WEEKDAYS)
            .map(|day| {
                scales.mean(maximum, |at, scale| at.weekdays[day] / scale.weekdays)
            })
            .collect(),
        months: (0..calendar.months())
            .map(|month| MonthFactor {
                month: calendar.month(month),
                factor: scales.mean(maximum, |at, scale| at.months[month] / scale.months),
            })
            .collect(),
        weeks: weeks(lens, maximum, &brought),
        lags: lags(encounters, shares, &brought, &placebo),
        placebo: placebo.ratios,
    }
}

fn taus(maximum: &Averaged) -> Vec<TauFit> {
    let posterior = maximum.posterior();
    let fits = TAUS.into_iter().zip(profile::priors()).enumerate();
    fits.map(|(index, (tau_days, prior))| TauFit {
        tau_days,
        prior,
        log_likelihood: maximum.fits[index].log_likelihood,
        posterior: posterior[index],
    })
    .collect()
}

/// The mean of the fitted factors, by τ: what they are divided by to have mean 1.
struct Scales(Vec<Scale>);

struct Scale {
    weekdays: f64,
    months: f64,
}

impl Scales {
    fn new(maximum: &Averaged, calendar: &Calendar) -> Self {
        let scale = |fit: &super::fit::Fit| {
            let at = &fit.parameters;
            let days =
                (0..calendar.days()).map(|day| at.months[calendar.cell_of_day(day).1]);
            Scale {
                weekdays: at.weekdays.iter().sum::<f64>() / count(WEEKDAYS),
                months: days.sum::<f64>() / count(calendar.days()),
            }
        };
        Self(maximum.fits.iter().map(scale).collect())
    }

    fn mean(
        &self,
        maximum: &Averaged,
        say: impl Fn(&super::likelihood::Parameters, &Scale) -> f64,
    ) -> f64 {
        let fits = maximum.posterior().into_iter().zip(&maximum.fits).zip(&self.0);
        fits.map(|((weight, fit), scale)| weight * say(&fit.parameters, scale)).sum()
    }
}

fn base_rates(lens: &Lens<'_>, maximum: &Averaged, scales: &Scales) -> Vec<BaseRate> {
    let members = lens.baseline.risk.members.iter().enumerate();
    members
        .filter(|(_, member)| member.period.is_some())
        .map(|(index, member)| BaseRate {
            member: MemberIndex::from_index(index),
            leads_per_day: scales.mean(maximum, |at, scale| {
                at.rates[index] * scale.weekdays * scale.months
            }),
            person_days: member.person_days().iter().sum(),
        })
        .collect()
}

/// Fitted leads that posts bring, by week and by lag.
struct Brought {
    weeks: Vec<f64>,
    lags: Vec<f64>,
}

impl Brought {
    fn new(
        study: &Study,
        lens: &Lens<'_>,
        maximum: &Averaged,
        encounters: &Encounters,
    ) -> Self {
        let calendar = &lens.baseline.risk.calendar;
        let mut brought =
            Self { weeks: vec![0.0; calendar.weeks()], lags: vec![0.0; LAG_DAYS] };
        for (tau, weight) in maximum.posterior().into_iter().enumerate() {
            let leads = &maximum.fits[tau].parameters.leads;
            for reach in &encounters.posts {
                if leads[reach.theme] == 0.0 {
                    continue;
                }
                let effect = weight * leads[reach.theme]
                    / lens.exposures[tau].reached[reach.theme];
                let posted_at = study.posts[reach.post].posted_at;
                let mut add = |from: Days, scale: f64| {
                    brought.add(
                        calendar,
                        TAUS[tau],
                        posted_at,
                        (from, reach.closes),
                        scale,
                    );
                };
                add(reach.opens, effect * count(reach.at_risk));
                for pair in encounters.pairs_of(reach) {
                    add(pair.lag, -effect);
                }
            }
        }
        brought
    }

    /// Spreads what a post brings from one lag to another, day by day.
    fn add(
        &mut self,
        calendar: &Calendar,
        tau: Days,
        posted_at: Days,
        (from, to): (Days, Days),
        scale: f64,
    ) {
        let (mut lag, mut left) = (from, libm::exp(-from / tau));
        while lag < to {
            let next = (lag.floor() + 1.0).min(to);
            let next_left = libm::exp(-next / tau);
            let mass = scale * (left - next_left);
            self.lags[whole_days(lag)] += mass;
            let (day, _) = calendar.position(posted_at + f64::midpoint(lag, next));
            let week = (day / WEEKDAYS).min(self.weeks.len() - 1);
            self.weeks[week] += mass;
            (lag, left) = (next, next_left);
        }
    }
}

/// Observed against fitted leads, by week.
fn weeks(lens: &Lens<'_>, maximum: &Averaged, brought: &Brought) -> Vec<WeekFit> {
    let risk = lens.baseline.risk;
    let calendar = &risk.calendar;
    let mut weeks: Vec<WeekFit> = (brought.weeks.iter().enumerate())
        .map(|(week, brought)| WeekFit {
            starts_on: calendar.date(week * WEEKDAYS),
            observed: 0,
            baseline: 0.0,
            brought: *brought,
        })
        .collect();
    for event in &risk.events {
        weeks[calendar.position(event.at).0 / WEEKDAYS].observed += 1;
    }
    let days: Vec<Vec<f64>> =
        risk.members.iter().map(super::risk::MemberRisk::person_days).collect();
    for (weight, fit) in maximum.posterior().into_iter().zip(&maximum.fits) {
        let at = &fit.parameters;
        for day in 0..calendar.days() {
            let (weekday, month) = calendar.cell_of_day(day);
            let rate: f64 =
                at.rates.iter().zip(&days).map(|(rate, days)| rate * days[day]).sum();
            let expected = rate * at.weekdays[weekday] * at.months[month];
            weeks[day / WEEKDAYS].baseline += weight * expected;
        }
    }
    weeks
}

/// Pairs and leads by days from post to lead.
fn lags(
    encounters: &Encounters,
    shares: &Shares,
    brought: &Brought,
    placebo: &Placebo,
) -> Vec<LagDay> {
    let draws = placebo.ratios.first().map_or(0, Vec::len);
    let mut lags: Vec<LagDay> = (0..LAG_DAYS)
        .map(|day| LagDay {
            day: day as u64,
            pairs: 0,
            placebo_pairs: (0 < draws).then(|| placebo.pairs[day]),
            credited: 0.0,
            fitted: brought.lags[day],
        })
        .collect();
    for (pair, share) in encounters.pairs.iter().zip(&shares.pairs) {
        let lag = &mut lags[whole_days(pair.lag)];
        lag.pairs += 1;
        lag.credited += share;
    }
    lags
}

/// The whole days of a lag within the window.
pub(super) fn whole_days(lag: Days) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a lag lies within the window"
    )]
    let days = lag as usize;
    days.min(LAG_DAYS - 1)
}
