//! Worlds whose truth is known, to calibrate the model on.
//!
//! Members gain connections and post; a part of the connections reads; base rates, weekdays
//! and seasons bring leads of their own; each post brings some more, after a random lag. The
//! model is told none of this: the number of readers, the true lag and the shape of the
//! season are not those that it assumes.

use super::{
    exposure::count,
    random::{Draws, Purpose},
    study::{Days, Period, Study, StudyConnection, StudyDeal, StudyLead, StudyPost},
};
use crate::domain::{
    AmountKind, Currency, DealIndex, LeadIndex, Measure, MemberIndex, PersonIndex,
    PostIndex,
};

/// What kind of world it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// Some themes bring leads, others none.
    Effects,
    /// No post brings a lead.
    Nothing,
    /// As with effects, but a theme that brings little is posted in the high season.
    Season,
}

/// How large a world is, and what moves in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What kind of world it is.
    pub world: World,
    /// Members.
    pub members: usize,
    /// Connections, over all members.
    pub connections: usize,
    /// The people behind them; some are connected to several members where they are fewer.
    pub people: usize,
    /// Posts, over all members.
    pub posts: usize,
    /// Connected leads to be expected.
    pub leads: f64,
    /// The part of them that posts bring, where posts bring any.
    pub caused: f64,
    /// The mean of the true lag, which is exponential.
    pub lag_days: Days,
    /// How long the study lasts.
    pub days: Days,
    /// How far the season swings round 1.
    pub swing: f64,
}

impl Plan {
    /// Twenty members over a year and a half.
    pub fn new(world: World) -> Self {
        Self {
            world,
            members: 20,
            connections: 16_000,
            people: 16_000,
            posts: 1_600,
            leads: 800.0,
            caused: 0.38,
            lag_days: 9.0,
            days: 540.0,
            swing: if world == World::Season { 0.6 } else { 0.35 },
        }
    }
}

/// What is true of a world.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// By theme: the leads that its posts caused.
    pub caused: Vec<f64>,
    /// Leads that no post caused.
    pub uncaused: f64,
}

/// Themes with how often they are posted, and how much a post brings beside others.
const THEMES: [(&str, f64, f64); 8] = [
    ("personal", 0.22, 0.0),
    ("milestone", 0.10, 2.2),
    ("learning", 0.14, 1.6),
    ("client_story", 0.12, 2.6),
    ("market_update", 0.16, 0.4),
    ("promotion", 0.10, 0.0),
    ("inspiration", 0.10, 0.0),
    ("other", 0.06, 0.0),
];

/// The theme that is posted in the high season.
const SEASONAL: usize = 4;

/// How much weekdays differ, Monday first.
const WEEKDAYS: [f64; 7] = [1.3, 1.3, 1.2, 1.2, 1.0, 0.5, 0.5];

/// 2024-01-01.
const START: Days = 19_723.0;

/// Draws a world.
pub fn world(plan: &Plan, seed: u64) -> (Study, Truth) {
    let mut draws = Draws::new(seed, Purpose::Simulation, 0);
    let mut study = Study {
        periods: vec![
            Some(Period { start: START, end: START + plan.days });
            plan.members
        ],
        themes: THEMES.iter().map(|(name, ..)| (*name).into()).collect(),
        seed,
        ..Study::default()
    };
    let of_member =
        |draws: &mut Draws| MemberIndex::from_index(draws.below(plan.members));
    for index in 0..plan.connections {
        // Half of the network is older than the study.
        let since = draws.unit() * 2.0 - 1.0;
        study.connections.push(StudyConnection {
            member: of_member(&mut draws),
            person: PersonIndex::from_index(index % plan.people),
            connected_at: START + (since.max(0.0) * plan.days).floor(),
        });
    }
    for index in 0..plan.posts {
        let theme = pick(&mut draws);
        study.posts.push(StudyPost {
            post: PostIndex::from_index(index),
            member: of_member(&mut draws),
            posted_at: START + post_time(plan, theme, &mut draws),
            theme,
        });
    }
    let mut first = vec![None; plan.people];
    base_leads(plan, &study, &mut draws, &mut first);
    let effects = effects(plan, &mut draws);
    caused_leads(plan, &study, &effects, &mut draws, &mut first);
    let truth = truth(&mut study, &first);
    deals(&mut study, &mut draws);
    (study, truth)
}

/// One lead in four becomes a won deal.
fn deals(study: &mut Study, draws: &mut Draws) {
    let euro = Currency::from_code("EUR").unwrap_or(Currency::UNKNOWN);
    for lead in &study.leads {
        if draws.unit() < 0.25 {
            let thousands = i64::try_from(1 + draws.below(9)).unwrap_or(1);
            study.deals.push(StudyDeal {
                deal: DealIndex::from_index(study.deals.len()),
                persons: vec![lead.person],
                amount_minor: Some(thousands * 100_000),
                currency: euro,
                converted: None,
                measure: Measure { currency: euro, amount_kind: AmountKind::Revenue },
                is_won: true,
            });
        }
    }
}

/// The earliest lead of each person, and the theme that caused it.
type First = Vec<Option<(Days, Option<usize>)>>;

fn keep(first: &mut First, person: usize, at: Days, cause: Option<usize>) {
    if first[person].is_none_or(|(known, _)| at < known) {
        first[person] = Some((at, cause));
    }
}

fn pick(draws: &mut Draws) -> usize {
    let mut rest = draws.unit();
    for (theme, (_, share, _)) in THEMES.iter().enumerate() {
        if rest < *share {
            return theme;
        }
        rest -= share;
    }
    0
}

/// The season at a time since the start: a wave of a year, its peak in spring.
fn season(plan: &Plan, since: Days) -> f64 {
    let turn = std::f64::consts::TAU * (since - 100.0) / 365.25;
    1.0 + plan.swing * libm::cos(turn)
}

/// The weekday and season at a time; 2024-01-01 is a Monday.
fn factor(plan: &Plan, since: Days) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a day of the study"
    )]
    let weekday = since.rem_euclid(7.0) as usize;
    WEEKDAYS[weekday] * season(plan, since)
}

fn post_time(plan: &Plan, theme: usize, draws: &mut Draws) -> Days {
    loop {
        let day = (draws.unit() * plan.days).floor();
        let at = day + 0.3 + 0.4 * draws.unit();
        let is_confounded = plan.world == World::Season && theme == SEASONAL;
        let high = (season(plan, at) - 1.0) / plan.swing;
        if !is_confounded || draws.unit() < (0.1 + high).clamp(0.0, 1.0) {
            return at;
        }
    }
}

/// Leads that come without posts: every member's connections have a rate of their own.
fn base_leads(plan: &Plan, study: &Study, draws: &mut Draws, first: &mut First) {
    let share = if plan.world == World::Nothing { 1.0 } else { 1.0 - plan.caused };
    // Three quarters of the person-days are at risk, as half the network joins late.
    let rate = plan.leads * share / (count(plan.connections) * plan.days * 0.75);
    let rates: Vec<f64> =
        (0..plan.members).map(|_| rate * (0.4 + 1.2 * draws.unit())).collect();
    let most = 1.3 * (1.0 + plan.swing);
    for one in &study.connections {
        let person = one.person.index();
        let rate = rates[one.member.index()] * most;
        let mut since = one.connected_at - START;
        loop {
            since += -libm::log(1.0 - draws.unit()) / rate;
            if plan.days <= since {
                break;
            }
            if draws.unit() * most < factor(plan, since) {
                keep(first, person, START + since, None);
                break;
            }
        }
    }
}

/// By theme: the leads that a post brings per connection.
fn effects(plan: &Plan, draws: &mut Draws) -> Vec<f64> {
    let strengths: Vec<f64> = THEMES
        .iter()
        .map(|(.., strength)| strength * (0.6 + 0.8 * draws.unit()))
        .collect();
    let mean: f64 =
        THEMES.iter().zip(&strengths).map(|((_, share, _), one)| share * one).sum();
    let caused =
        if plan.world == World::Nothing { 0.0 } else { plan.leads * plan.caused };
    let reached =
        count(plan.posts) * count(plan.connections) / count(plan.members) * 0.75;
    strengths.iter().map(|strength| caused * strength / (mean * reached)).collect()
}

/// Leads that posts bring. Half of the connections read, the others never do.
fn caused_leads(
    plan: &Plan,
    study: &Study,
    effects: &[f64],
    draws: &mut Draws,
    first: &mut First,
) {
    let mut readers: Vec<Vec<(Days, usize)>> = vec![Vec::new(); plan.members];
    for one in &study.connections {
        let person = one.person.index();
        if draws.unit() < 0.5 {
            readers[one.member.index()].push((one.connected_at, person));
        }
    }
    for post in &study.posts {
        // Posts of one theme differ among themselves.
        let effect = 2.0 * effects[post.theme] * (0.5 + draws.unit());
        let readers = &readers[post.member.index()];
        if effect <= 0.0 {
            continue;
        }
        // The gap to the next reader who becomes a lead is geometric.
        let mut at = 0.0;
        loop {
            at += 1.0 + (libm::log(1.0 - draws.unit()) / libm::log(1.0 - effect)).floor();
            if count(readers.len()) < at {
                break;
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a position in the list"
            )]
            let (connected_at, person) = readers[at as usize - 1];
            let lead_at = post.posted_at - plan.lag_days * libm::log(1.0 - draws.unit());
            if connected_at <= post.posted_at && lead_at < START + plan.days {
                keep(first, person, lead_at, Some(post.theme));
            }
        }
    }
}

fn truth(study: &mut Study, first: &First) -> Truth {
    let mut truth = Truth { caused: vec![0.0; THEMES.len()], uncaused: 0.0 };
    for (person, found) in first.iter().enumerate() {
        let Some((created_at, cause)) = *found else { continue };
        study.leads.push(StudyLead {
            lead: LeadIndex::from_index(study.leads.len()),
            person: PersonIndex::from_index(person),
            created_at,
        });
        match cause {
            Some(theme) => truth.caused[theme] += 1.0,
            None => truth.uncaused += 1.0,
        }
    }
    truth
}
