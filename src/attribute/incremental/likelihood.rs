//! The likelihood for one mean lag τ, with its first and second derivatives.
//!
//! ℓ = Σ_leads log h_i(t_i) − Σ_m μ_m Σ_wq s_w s_q B_mwq − Σ_θ x_θ
//!     + log prior of μ and s
//!
//! where h_i = s_w s_q Σ_m μ_m + Σ_θ x_θ G_iθ / C_θ. A lead that several members were
//! connected to met the posts of each. The derivatives are taken in log μ, log s and x.

use super::{
    calendar::WEEKDAYS,
    exposure::{Exposure, count},
    linear::{self, Logs, Matrix},
    risk::Risk,
};

/// Pseudo-leads that hold a member's base rate to the mean of all, and each factor of the
/// season to 1: gamma priors, so that a month without a lead is no month without hope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Priors {
    pub(super) rate: f64,
    pub(super) weekday: f64,
    pub(super) month: f64,
}

/// What is the same for every τ and every place of the posts.
#[derive(Clone, Debug)]
pub(super) struct Baseline<'a> {
    pub(super) risk: &'a Risk,
    /// `[member][weekday][month]`.
    pub(super) person_days: Vec<f64>,
    pub(super) months: usize,
    /// Leads per person-day, over all members.
    pub(super) pooled_rate: f64,
    pub(super) priors: Priors,
}

impl<'a> Baseline<'a> {
    pub(super) fn new(risk: &'a Risk, priors: Priors) -> Self {
        let person_days = risk.person_days();
        let total: f64 = person_days.iter().sum();
        let months = risk.calendar.months();
        let pooled_rate = count(risk.events.len()) / total.max(1.0);
        Self { risk, person_days, months, pooled_rate, priors }
    }

    pub(super) fn members(&self) -> usize {
        self.risk.members.len()
    }

    /// Person-days of a member: a row of months for each weekday.
    fn rows(&self, member: usize) -> std::slice::ChunksExact<'_, f64> {
        let cells = WEEKDAYS * self.months;
        self.person_days[member * cells..(member + 1) * cells].chunks_exact(self.months)
    }
}

/// The parameters on their natural scale.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parameters {
    /// By member: leads per person-day.
    pub(super) rates: Vec<f64>,
    pub(super) weekdays: Vec<f64>,
    pub(super) months: Vec<f64>,
    /// By theme: x_θ.
    pub(super) leads: Vec<f64>,
}

/// A step from parameters, in log μ, log s and x.
#[derive(Clone, Debug)]
pub(super) struct Step {
    rates: Vec<f64>,
    weekdays: Vec<f64>,
    months: Vec<f64>,
    pub(super) leads: Vec<f64>,
    /// What the likelihood gains by it where it is a parabola.
    pub(super) gain: f64,
}

impl Parameters {
    /// Where these parameters go when the way from others to them is `part` times as long:
    /// the rates and factors by their logarithms. The leads of the themes that either lacks
    /// stay at 0.
    pub(super) fn beyond(&self, from: &Self, part: f64) -> Self {
        let scaled = |to: &[f64], from: &[f64]| {
            let log_ratio = |to: &f64, from: &f64| libm::log(to / from);
            to.iter()
                .zip(from)
                .map(|(to, from)| from * libm::exp(part * log_ratio(to, from)))
                .collect()
        };
        let leads = self.leads.iter().zip(&from.leads);
        Self {
            rates: scaled(&self.rates, &from.rates),
            weekdays: scaled(&self.weekdays, &from.weekdays),
            months: scaled(&self.months, &from.months),
            leads: leads.map(|(to, from)| (from + part * (to - from)).max(0.0)).collect(),
        }
    }

    /// The parameters a part of a step further; no theme's leads fall below 0.
    pub(super) fn moved(&self, step: &Step, part: f64) -> Self {
        let scaled = |values: &[f64], steps: &[f64]| {
            let pairs = values.iter().zip(steps);
            pairs
                .map(|(value, step)| value * libm::exp((part * step).clamp(-3.0, 3.0)))
                .collect()
        };
        let leads = self.leads.iter().zip(&step.leads);
        Self {
            rates: scaled(&self.rates, &step.rates),
            weekdays: scaled(&self.weekdays, &step.weekdays),
            months: scaled(&self.months, &step.months),
            leads: leads.map(|(value, step)| (value + part * step).max(0.0)).collect(),
        }
    }
}

/// One τ's likelihood.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likelihood<'a> {
    pub(super) baseline: &'a Baseline<'a>,
    pub(super) exposure: &'a Exposure,
    /// By event: how often it counts; once each where none are given.
    pub(super) weights: Option<&'a [f64]>,
}

/// The likelihood at a point, the expected counts of EM, and a quadratic fit.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) value: f64,
    /// Leads of each member, weekday and month that the parameters give to the baseline.
    rates: Vec<f64>,
    weekdays: Vec<f64>,
    months: Vec<f64>,
    /// Leads that they give to each theme, for each lead that the theme has.
    pulls: Vec<f64>,
    /// What the baseline expects for each member, weekday and month.
    expected_rates: Vec<f64>,
    expected_weekdays: Vec<f64>,
    expected_months: Vec<f64>,
    /// Minus the second derivatives: of the members (a diagonal), of the members with the
    /// rest, and of the rest (weekdays, months, themes). Only the lower triangle is kept.
    members: Vec<f64>,
    mixed: Matrix,
    rest: Matrix,
}

impl Likelihood<'_> {
    fn themes(&self) -> usize {
        self.exposure.reached.len()
    }

    fn weight(&self, event: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[event])
    }

    /// The hazard's part without posts, for an event.
    fn base(&self, at: &Parameters, event: usize) -> f64 {
        let one = &self.baseline.risk.events[event];
        let mut rate = 0.0;
        for member in self.baseline.risk.members_of(one) {
            rate += at.rates[*member as usize];
        }
        rate * at.weekdays[one.weekday] * at.months[one.month]
    }

    /// By event: the hazard.
    pub(super) fn hazards(&self, at: &Parameters) -> Vec<f64> {
        let hazard = |event| {
            self.base(at, event) + linear::dot(self.exposure.row(event), &at.leads)
        };
        (0..self.baseline.risk.events.len()).map(hazard).collect()
    }

    fn prior(&self, at: &Parameters) -> f64 {
        let gamma = |strength: f64, value: f64| strength * (libm::log(value) - value);
        let Baseline { priors, pooled_rate, .. } = self.baseline;
        let rates: f64 =
            at.rates.iter().map(|rate| gamma(priors.rate, rate / pooled_rate)).sum();
        let weekdays: f64 =
            at.weekdays.iter().map(|factor| gamma(priors.weekday, *factor)).sum();
        let months: f64 =
            at.months.iter().map(|factor| gamma(priors.month, *factor)).sum();
        rates + weekdays + months
    }

    /// The likelihood and its derivatives.
    pub(super) fn point(&self, at: &Parameters) -> Point {
        let size = WEEKDAYS + self.baseline.months + self.themes();
        let members = self.baseline.members();
        let mut point = Point {
            value: 0.0,
            rates: vec![0.0; members],
            weekdays: vec![0.0; WEEKDAYS],
            months: vec![0.0; self.baseline.months],
            pulls: vec![0.0; self.themes()],
            expected_rates: vec![0.0; members],
            expected_weekdays: vec![0.0; WEEKDAYS],
            expected_months: vec![0.0; self.baseline.months],
            members: vec![0.0; members],
            mixed: Matrix::new(members, size),
            rest: Matrix::new(size, size),
        };
        let expected = self.add_expected(at, &mut point);
        let logs = self.add_events(at, &mut point);
        point.value = logs - expected - at.leads.iter().sum::<f64>() + self.prior(at);
        point
    }

    /// What the baseline expects, which curves the likelihood in log μ and log s.
    fn add_expected(&self, at: &Parameters, point: &mut Point) -> f64 {
        let months = self.baseline.months;
        let mut total = 0.0;
        let mut of_months = vec![0.0; months];
        let mut seasons = Matrix::new(WEEKDAYS, months);
        for (member, rate) in at.rates.iter().enumerate() {
            let mut of_member = 0.0;
            let mixed = point.mixed.row_mut(member);
            for (weekday, row) in self.baseline.rows(member).enumerate() {
                let scale = rate * at.weekdays[weekday];
                let of_weekday =
                    linear::set_products(&mut of_months, row, &at.months, scale);
                linear::add_scaled(&mut mixed[WEEKDAYS..], &of_months, 1.0);
                linear::add_scaled(seasons.row_mut(weekday), &of_months, 1.0);
                mixed[weekday] += of_weekday;
                point.expected_weekdays[weekday] += of_weekday;
                of_member += of_weekday;
            }
            point.expected_rates[member] = of_member;
            let prior = self.baseline.priors.rate * rate / self.baseline.pooled_rate;
            point.members[member] = of_member + prior;
            total += of_member;
        }
        for (weekday, factor) in at.weekdays.iter().enumerate() {
            let prior = self.baseline.priors.weekday * factor;
            point.rest.add(weekday, weekday, point.expected_weekdays[weekday] + prior);
            linear::add_scaled(&mut point.expected_months, seasons.row(weekday), 1.0);
            for (month, expected) in seasons.row(weekday).iter().enumerate() {
                point.rest.add(WEEKDAYS + month, weekday, *expected);
            }
        }
        for (month, factor) in at.months.iter().enumerate() {
            let (prior, index) = (self.baseline.priors.month * factor, WEEKDAYS + month);
            point.rest.add(index, index, point.expected_months[month] + prior);
        }
        total
    }

    /// The events: E-step of EM, and what each takes from the curvature.
    fn add_events(&self, at: &Parameters, point: &mut Point) -> f64 {
        let first_theme = WEEKDAYS + self.baseline.months;
        let mut logs = Logs::default();
        let mut pull = vec![0.0; self.themes()];
        for (index, event) in self.baseline.risk.events.iter().enumerate() {
            let weight = self.weight(index);
            if weight == 0.0 {
                continue;
            }
            let row = self.exposure.row(index);
            let base = self.base(at, index);
            let hazard = base + linear::dot(row, &at.leads);
            logs.add(hazard, weight);
            let scale = 1.0 / hazard;
            let none = base * scale;
            pull.fill(0.0);
            linear::add_scaled(&mut pull, row, scale);
            let (weekday, month) = (event.weekday, WEEKDAYS + event.month);
            let curve = weight * none * (1.0 - none);
            point.rest.add(weekday, weekday, -curve);
            point.rest.add(month, month, -curve);
            point.rest.add(month, weekday, -curve);
            for (theme, value) in pull.iter().enumerate() {
                let weighted = weight * value;
                let crossed = point.rest.row_mut(first_theme + theme);
                crossed[weekday] += weighted * none;
                crossed[month] += weighted * none;
                linear::add_scaled(
                    &mut crossed[first_theme..=first_theme + theme],
                    &pull,
                    weighted,
                );
                point.pulls[theme] += weighted;
            }
            point.weekdays[event.weekday] += weight * none;
            point.months[event.month] += weight * none;
            let season = at.weekdays[event.weekday] * at.months[event.month] * scale;
            for &member in self.baseline.risk.members_of(event) {
                let member = member as usize;
                let share = at.rates[member] * season;
                point.rates[member] += weight * share;
                point.members[member] -= weight * share * (1.0 - none);
                let mixed = point.mixed.row_mut(member);
                mixed[weekday] -= weight * share * (1.0 - none);
                mixed[month] -= weight * share * (1.0 - none);
                linear::add_scaled(&mut mixed[first_theme..], &pull, weight * share);
            }
        }
        logs.sum()
    }

    /// One step of EM from a point: leads go to what explains them, and each parameter
    /// becomes leads over exposure.
    pub(super) fn em_step(
        &self,
        at: &Parameters,
        point: &Point,
        held: Option<usize>,
    ) -> Parameters {
        let Baseline { priors, pooled_rate, .. } = *self.baseline;
        let mut next = at.clone();
        for (member, rate) in next.rates.iter_mut().enumerate() {
            let exposure = point.expected_rates[member] / at.rates[member];
            *rate = (point.rates[member] + priors.rate)
                / (exposure + priors.rate / pooled_rate);
        }
        let (weekdays, _) = self.exposures(&next);
        for (weekday, factor) in next.weekdays.iter_mut().enumerate() {
            *factor = (point.weekdays[weekday] + priors.weekday)
                / (weekdays[weekday] + priors.weekday);
        }
        let (_, months) = self.exposures(&next);
        for (month, factor) in next.months.iter_mut().enumerate() {
            *factor =
                (point.months[month] + priors.month) / (months[month] + priors.month);
        }
        for (theme, leads) in next.leads.iter_mut().enumerate() {
            if held != Some(theme) {
                *leads *= point.pulls[theme];
            }
        }
        next
    }

    /// What the baseline expects for a factor of 1, by weekday and by month.
    fn exposures(&self, at: &Parameters) -> (Vec<f64>, Vec<f64>) {
        let mut weekdays = vec![0.0; WEEKDAYS];
        let mut months = vec![0.0; self.baseline.months];
        for (member, rate) in at.rates.iter().enumerate() {
            for (weekday, row) in self.baseline.rows(member).enumerate() {
                weekdays[weekday] += rate * linear::dot(row, &at.months);
                linear::add_scaled(&mut months, row, rate * at.weekdays[weekday]);
            }
        }
        (weekdays, months)
    }

    /// The step of Newton's method, in log μ, log s and x, where some themes' part of it is
    /// fixed; none where the likelihood does not curve downward.
    ///
    /// Where a rate or factor is to rise, the likelihood curves by its logarithm less than
    /// by itself, and by itself always downward: the greater curve is taken. Their
    /// difference is the slope, so that both are one at the maximum. Members who share a
    /// lead curve it together; each takes the whole of that curve, which is never less and
    /// is the same where all of them move alike, so that rates and season still trade off.
    /// `damping` bends rates and seasons further, by so many times the leads expected of each.
    pub(super) fn newton_step(
        &self,
        at: &Parameters,
        point: &Point,
        fixed: &[Option<f64>],
        damping: f64,
    ) -> Option<Step> {
        let Baseline { priors, pooled_rate, months, .. } = *self.baseline;
        let size = WEEKDAYS + months + self.themes();
        let mut gradient = Vec::with_capacity(size);
        for (weekday, factor) in at.weekdays.iter().enumerate() {
            let surplus = point.weekdays[weekday] - point.expected_weekdays[weekday];
            gradient.push(surplus + priors.weekday * (1.0 - factor));
        }
        for (month, factor) in at.months.iter().enumerate() {
            let surplus = point.months[month] - point.expected_months[month];
            gradient.push(surplus + priors.month * (1.0 - factor));
        }
        gradient.extend((0..self.themes()).map(|theme| point.slope(theme)));
        let of_members: Vec<f64> = (at.rates.iter().enumerate())
            .map(|(member, rate)| {
                let surplus = point.rates[member] - point.expected_rates[member];
                surplus + priors.rate * (1.0 - rate / pooled_rate)
            })
            .collect();
        let mut rest = point.rest.clone();
        let seasons = point.expected_weekdays.iter().chain(&point.expected_months);
        for (index, (slope, expected)) in gradient.iter().zip(seasons).enumerate() {
            rest.add(index, index, slope.max(0.0) + damping * expected);
        }
        let curves: Vec<f64> = (point.members.iter().zip(&of_members))
            .zip(&point.expected_rates)
            .map(|((curve, slope), expected)| curve + slope.max(0.0) + damping * expected)
            .collect();
        // Taken so, the members meet each other nowhere and are solved for one by one.
        let mut gain = 0.0;
        for (member, curve) in curves.iter().enumerate() {
            gain += of_members[member] * of_members[member] / curve;
            let mixed = point.mixed.row(member);
            linear::add_scaled(&mut gradient, mixed, -of_members[member] / curve);
            for (row, value) in mixed.iter().enumerate() {
                linear::add_scaled(&mut rest.row_mut(row)[..=row], mixed, -value / curve);
            }
        }
        for (theme, part) in fixed.iter().enumerate() {
            if let Some(part) = part {
                rest.fix(&mut gradient, WEEKDAYS + months + theme, *part);
            }
        }
        let slope = gradient.clone();
        linear::solve(&mut rest, &mut gradient)?;
        gain += linear::dot(&slope, &gradient);
        // A theme on its way to 0 promises what no parabola tells.
        if fixed.iter().flatten().any(|part| *part != 0.0) {
            gain = f64::INFINITY;
        }
        let rates = (of_members.iter().zip(&curves).enumerate())
            .map(|(member, (slope, curve))| {
                (slope - linear::dot(point.mixed.row(member), &gradient)) / curve
            })
            .collect();
        let leads = gradient.split_off(WEEKDAYS + months);
        let months = gradient.split_off(WEEKDAYS);
        Some(Step { rates, weekdays: gradient, months, leads, gain: 0.5 * gain })
    }
}

impl Point {
    /// The first derivative in a theme's leads.
    pub(super) fn slope(&self, theme: usize) -> f64 {
        self.pulls[theme] - 1.0
    }

    /// Minus the second derivative in a theme's leads.
    pub(super) fn curve(&self, theme: usize) -> f64 {
        let at = WEEKDAYS + self.months.len() + theme;
        self.rest.row(at)[at]
    }
}
