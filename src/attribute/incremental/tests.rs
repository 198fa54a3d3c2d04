use std::collections::BTreeMap;

use super::{
    fit, measure,
    risk::MemberRisk,
    simulate::{self, Plan, World},
    study::{Days, Period, Study, StudyConnection, StudyLead, StudyPost, WINDOW_DAYS},
    sums::Sums,
    *,
};
use crate::domain::{LeadIndex, MemberIndex, PersonIndex, PostIndex};

const QUICK: Effort = Effort { placebo_draws: 0, bootstrap_draws: 0 };

/// A small world of four members.
pub(super) fn small(world: World, seed: u64) -> Study {
    let plan = Plan {
        members: 4,
        connections: 1_200,
        people: 1_200,
        posts: 120,
        leads: 160.0,
        days: 200.0,
        ..Plan::new(world)
    };
    simulate::world(&plan, seed).0
}

fn near(value: f64, expected: f64, tolerance: f64) {
    let scale = expected.abs().max(1.0);
    assert!((value - expected).abs() <= tolerance * scale, "{value} is not {expected}");
}

/// Runs `check` with the parts of a fit of a small world.
fn with_lens(study: &Study, check: impl Fn(&Lens<'_>, &Encounters)) {
    let risk = Risk::new(study, &Sums::of(study));
    let encounters = Encounters::new(&risk, &study.posts);
    let baseline = Baseline::new(&risk, PRIORS);
    let exposures =
        profile::exposures(&encounters, risk.events.len(), study.themes.len());
    check(
        &Lens { baseline: &baseline, exposures: &exposures, weights: None },
        &encounters,
    );
}

#[test]
fn exposures_are_those_of_every_person_and_post() {
    let mut study = small(World::Effects, 3);
    // Members whose periods begin late have posts before them, and leads outside.
    study.periods[0] = study.periods[0]
        .map(|period| Period { start: period.start + 40.0, end: period.end - 20.25 });
    with_lens(&study, |lens, _| {
        for (tau, exposure) in profile::TAUS.into_iter().zip(lens.exposures) {
            let mut reached = vec![0.0; study.themes.len()];
            for post in &study.posts {
                reached[post.theme] += brute_force(&study, post, tau);
            }
            for (value, expected) in exposure.reached.iter().zip(reached) {
                near(*value, expected, 1e-9);
            }
        }
    });
}

fn left_at(study: &Study, person: PersonIndex) -> Days {
    let lead = study.leads.iter().find(|lead| lead.person == person);
    lead.map_or(f64::INFINITY, |lead| lead.created_at)
}

fn brute_force(study: &Study, post: &StudyPost, tau: Days) -> f64 {
    let Some(period) = study.periods[post.member.index()] else { return 0.0 };
    let of_member = study.connections.iter().filter(|one| one.member == post.member);
    let seen = of_member.filter(|one| one.connected_at <= post.posted_at).map(|one| {
        let from = post.posted_at.max(period.start);
        let to = left_at(study, one.person).min(period.end);
        let to = to.min(post.posted_at + WINDOW_DAYS);
        let left = |at: Days| libm::exp(-(at - post.posted_at) / tau);
        if from < to { left(from) - left(to) } else { 0.0 }
    });
    seen.sum()
}

#[test]
fn time_at_risk_is_that_of_every_person() {
    let study = small(World::Effects, 4);
    let risk = Risk::new(&study, &Sums::of(&study));
    let expected: f64 = (study.connections.iter())
        .map(|one| {
            let period = study.periods[one.member.index()].unwrap();
            let to = left_at(&study, one.person).min(period.end);
            (to - one.connected_at.max(period.start)).max(0.0)
        })
        .sum();
    near(risk.person_days().iter().sum(), expected, 1e-9);
    let days: f64 = risk.members.iter().flat_map(MemberRisk::person_days).sum();
    near(days, expected, 1e-9);
}

#[test]
fn newtons_method_ends_where_em_ends() {
    with_lens(&small(World::Effects, 5), |lens, _| {
        let likelihood = lens.likelihood(2);
        let quick = fit::fit(&likelihood, fit::start(&likelihood), 4, None);
        let mut slow = fit::start(&likelihood);
        for _ in 0..6_000 {
            slow = likelihood.em_step(&slow, &likelihood.point(&slow), None);
        }
        near(quick.log_likelihood, likelihood.point(&slow).value, 1e-7);
        for (quick, slow) in quick.parameters.leads.iter().zip(&slow.leads) {
            near(*quick, *slow, 2e-2);
        }
    });
}

/// The world in which everybody is connected to every member.
fn shared(mut study: Study) -> Study {
    let members = study.periods.len();
    let others = study.connections.clone().into_iter().flat_map(|one| {
        let others = (1..members).map(move |step| (one.member.index() + step) % members);
        others.map(move |member| StudyConnection {
            member: MemberIndex::from_index(member),
            ..one
        })
    });
    study.connections.extend(others);
    study
}

#[test]
fn newtons_method_is_at_work_where_members_share_their_leads() {
    with_lens(&shared(small(World::Effects, 5)), |lens, _| {
        let likelihood = lens.likelihood(2);
        // From the worst of starts to the maximum that EM reaches after thousands of steps.
        let (mut at, mut steps) = (fit::start(&likelihood), 0);
        let mut point = likelihood.point(&at);
        loop {
            let step = fit::newton(&likelihood, &at, &point, None).unwrap();
            if step.gain < 1e-6 {
                break;
            }
            (at, point) = fit::climb(&likelihood, &at, &point, &step).unwrap();
            steps += 1;
            assert!(steps < 40, "{step:?} after {steps} steps");
        }
        let mut slow = fit::start(&likelihood);
        for _ in 0..6_000 {
            slow = likelihood.em_step(&slow, &likelihood.point(&slow), None);
        }
        near(point.value, likelihood.point(&slow).value, 1e-7);
    });
}

#[test]
fn every_step_of_em_climbs() {
    with_lens(&small(World::Season, 6), |lens, _| {
        let likelihood = lens.likelihood(1);
        let mut at = fit::start(&likelihood);
        let mut point = likelihood.point(&at);
        for _ in 0..30 {
            at = likelihood.em_step(&at, &point, None);
            let next = likelihood.point(&at);
            assert!(point.value <= next.value);
            point = next;
        }
    });
}

#[test]
fn credits_add_up() {
    let study = small(World::Effects, 7);
    let found = measure(&study, QUICK).unwrap();
    let themes: BTreeMap<PostIndex, usize> =
        study.posts.iter().map(|post| (post.post, post.theme)).collect();
    let mut by_theme = vec![0.0; study.themes.len()];
    let mut by_lead: BTreeMap<LeadIndex, f64> = BTreeMap::new();
    for (lead, post, share) in found.credits.leads.of(0) {
        assert!(0.0 < share);
        *by_lead.entry(lead).or_default() += share;
        if let Some(post) = post {
            by_theme[themes[&post]] += share;
        }
    }
    assert_eq!(by_lead.len(), study.leads.len());
    for share in by_lead.values() {
        near(*share, 1.0, 1e-12);
    }
    for (theme, credited) in found.themes.iter().zip(by_theme) {
        near(credited, theme.leads, 1e-3);
        assert!(theme.leads_low <= theme.likely_leads);
        assert!(theme.likely_leads <= theme.leads_high);
    }
    let mut by_deal: BTreeMap<_, i64> = BTreeMap::new();
    for (deal, _, minor) in found.credits.deals.of(0) {
        *by_deal.entry(deal).or_default() += minor;
    }
    for deal in &study.deals {
        assert_eq!(by_deal[&deal.deal], deal.amount_minor.unwrap());
    }
}

#[test]
fn the_number_of_threads_and_the_order_of_connections_change_nothing() {
    let study = small(World::Effects, 8);
    let mut reversed = study.clone();
    reversed.connections.reverse();
    let effort = Effort { placebo_draws: 6, bootstrap_draws: 40 };
    let run = |study: &Study, threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        format!("{:?}", pool.install(|| measure(study, effort)).unwrap())
    };
    let expected = run(&study, 1);
    assert_eq!(run(&study, 4), expected);
    assert_eq!(run(&reversed, 2), expected);
}

#[test]
fn fitted_leads_add_up_to_those_observed() {
    let found = measure(&small(World::Effects, 9), QUICK).unwrap();
    let observed: u64 = found.diagnostics.weeks.iter().map(|week| week.observed).sum();
    assert_eq!(observed, found.counts.connected_leads);
    let weeks = found.diagnostics.weeks.iter();
    let fitted: f64 = weeks.map(|week| week.baseline + week.brought).sum();
    let observed = f64::from(u32::try_from(observed).unwrap());
    // The pseudo-leads of the priors pull a little.
    near(fitted, observed, 0.03);
    let likely: f64 = found.themes.iter().map(|theme| theme.likely_leads).sum();
    let lags = &found.diagnostics.lags;
    near(lags.iter().map(|lag| lag.fitted).sum(), likely, 1e-9);
    near(lags.iter().map(|lag| lag.credited).sum(), likely, 1e-3);
    let posterior: f64 = found.diagnostics.taus.iter().map(|tau| tau.posterior).sum();
    near(posterior, 1.0, 1e-12);
}

#[test]
fn too_little_data_is_refused_with_its_counts() {
    let mut few = small(World::Effects, 10);
    few.leads.truncate(29);
    let refused = measure(&few, QUICK).unwrap_err();
    assert_eq!(refused.counts.connected_leads, 29);
    let words =
        "too little data: 29 connected leads over 28.6 weeks; 30 leads and 8 weeks";
    assert!(refused.to_string().starts_with(words), "{refused}");
    let mut short = small(World::Effects, 10);
    for period in short.periods.iter_mut().flatten() {
        period.end = period.start + 55.0;
    }
    assert!(measure(&short, QUICK).is_err());
    assert!(measure(&Study::default(), QUICK).is_err());
}

#[test]
fn a_lead_of_two_members_met_the_posts_of_both() {
    let period = Some(Period { start: 0.0, end: 100.0 });
    let connection = |member, connected_at| StudyConnection {
        member: MemberIndex::new(member),
        person: PersonIndex::new(1),
        connected_at,
    };
    let post = |post, member, posted_at| StudyPost {
        post: PostIndex::new(post),
        member: MemberIndex::new(member),
        posted_at,
        theme: 0,
    };
    let lead = |lead, person, created_at| StudyLead {
        lead: LeadIndex::new(lead),
        person: PersonIndex::new(person),
        created_at,
    };
    let study = Study {
        periods: vec![period; 2],
        themes: vec!["a".into()],
        connections: vec![connection(0, 0.0), connection(1, 20.0)],
        // Before the connection, after the lead, and longer ago than the window: unseen.
        posts: vec![
            post(0, 0, 2.0),
            post(1, 0, 30.0),
            post(2, 1, 40.0),
            post(3, 1, 10.0),
            post(4, 0, 61.0),
        ],
        leads: vec![lead(0, 1, 60.0), lead(1, 2, 50.0)],
        ..Study::default()
    };
    with_lens(&study, |lens, encounters| {
        let lags: Vec<f64> = encounters.pairs.iter().map(|pair| pair.lag).collect();
        assert_eq!(lags, [30.0, 20.0]);
        assert_eq!(lens.baseline.risk.event_members, [0, 1]);
        let at_risk: Vec<usize> =
            encounters.posts.iter().map(|post| post.at_risk).collect();
        assert_eq!(at_risk, [1, 1, 1, 0, 0]);
    });
    let refused = measure(&study, QUICK).unwrap_err();
    assert_eq!((refused.counts.connected_leads, refused.counts.outside_network), (1, 1));
}

#[test]
fn the_truth_of_simulated_worlds_is_found() {
    let mut covered = 0;
    let mut distances = Vec::new();
    for (world, seed) in [(World::Effects, 1), (World::Effects, 2), (World::Season, 3)] {
        let (study, truth) = simulate::world(&Plan::new(world), seed);
        let found = measure(&study, QUICK).unwrap();
        let total = truth.uncaused + truth.caused.iter().sum::<f64>();
        let mut none = total - truth.uncaused;
        let mut distance = 0.0;
        for (theme, caused) in found.themes.iter().zip(&truth.caused) {
            distance += (theme.leads - caused).abs();
            none -= theme.leads;
            covered += u32::from((theme.leads_low..=theme.leads_high).contains(caused));
        }
        distances.push((distance + none.abs()) / (2.0 * total));
    }
    distances.sort_by(f64::total_cmp);
    assert!(distances[1] < 0.09, "{distances:?}");
    assert!(20 <= covered, "{covered} of 24 intervals hold the truth");
}

#[test]
fn where_posts_do_nothing_they_get_next_to_nothing() {
    let (study, _) = simulate::world(&Plan::new(World::Nothing), 4);
    let found =
        measure(&study, Effort { placebo_draws: 19, bootstrap_draws: 0 }).unwrap();
    let credited: f64 = found.themes.iter().map(|theme| theme.leads).sum();
    let leads = f64::from(u32::try_from(study.leads.len()).unwrap());
    assert!(credited < 0.08 * leads, "{credited} of {leads}");
    assert!(found.themes.iter().all(|theme| 0.01 < theme.q_value));
    for theme in &found.themes {
        let placebo_p = theme.placebo_p.unwrap();
        assert!((0.05..=1.0).contains(&placebo_p));
    }
}

#[test]
fn revenue_is_as_unsure_as_the_leads_that_bring_it() {
    let study = small(World::Nothing, 4);
    let effort = Effort { placebo_draws: 0, bootstrap_draws: 20 };
    let found = measure(&study, effort).unwrap();
    let won: i64 = study.deals.iter().filter_map(|deal| deal.amount_minor).sum();
    let each = won / i64::try_from(study.leads.len()).unwrap();
    let mut doubtful = 0;
    for theme in found.themes.iter().filter(|theme| theme.likely_leads < 0.1) {
        let most = theme.revenue.iter().map(|one| one.high_minor).max().unwrap();
        #[expect(clippy::cast_possible_truncation, reason = "some leads")]
        let leads = theme.leads_high as i64;
        // Who of them bought is chance, so an eighth of what so many leads buy will do.
        assert!(each * leads / 8 < most, "{each} for {leads} leads, at most {most}");
        doubtful += 1;
    }
    assert!(0 < doubtful);
}

#[test]
fn a_lead_at_the_very_time_of_a_post_met_it() {
    let mut study = small(World::Effects, 3);
    let post = study.posts[60];
    let is_in_time = |one: &&StudyConnection| {
        let created_at = left_at(&study, one.person);
        one.member == post.member
            && one.connected_at <= post.posted_at
            && (post.posted_at..f64::INFINITY).contains(&created_at)
    };
    let person = study.connections.iter().find(is_in_time).unwrap().person;
    let lead = study.leads.iter_mut().find(|lead| lead.person == person).unwrap();
    lead.created_at = post.posted_at;
    let own = lead.lead;
    with_lens(&study, |lens, encounters| {
        let at_once = encounters.pairs.iter().filter(|pair| pair.lag == 0.0);
        let leads = at_once.map(|pair| lens.baseline.risk.events[pair.event()].lead);
        assert_eq!(leads.collect::<Vec<_>>(), [own]);
        for (tau, exposure) in profile::TAUS.into_iter().zip(lens.exposures) {
            let of_theme = study.posts.iter().filter(|one| one.theme == post.theme);
            let expected = of_theme.map(|one| brute_force(&study, one, tau)).sum();
            near(exposure.reached[post.theme], expected, 1e-9);
        }
    });
}

#[test]
fn what_was_taken_back_is_as_unsure_as_what_was_won() {
    let effort = Effort { placebo_draws: 0, bootstrap_draws: 20 };
    let mut study = small(World::Nothing, 4);
    let won = measure(&study, effort).unwrap();
    for deal in &mut study.deals {
        deal.amount_minor = deal.amount_minor.map(|minor| -minor);
    }
    let lost = measure(&study, effort).unwrap();
    for (won, lost) in won.themes.iter().zip(&lost.themes) {
        for (won, lost) in won.revenue.iter().zip(&lost.revenue) {
            let ends = (won.low_minor, won.high_minor);
            assert_eq!(ends, (-lost.high_minor, -lost.low_minor));
        }
    }
}

#[test]
fn a_theme_that_nobody_could_read_is_no_question() {
    let mut study = small(World::Effects, 3);
    let found = measure(&study, QUICK).unwrap();
    study.themes.push("unseen".into());
    let with_unseen = measure(&study, QUICK).unwrap();
    let (unseen, seen) = with_unseen.themes.split_last().unwrap();
    assert!(!unseen.is_seen());
    for (one, other) in found.themes.iter().zip(seen) {
        near(one.q_value, other.q_value, 1e-6);
    }
}
