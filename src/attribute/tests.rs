use proptest::prelude::*;

use super::*;
use crate::{
    domain::{
        AmountKind, Currency, DealIndex, DealStatus, LeadIndex, Place, Post, PostIndex,
        PostKind, PostName,
    },
    link::{Milestones, Owner},
};

fn touch(post: u32, kind: TouchKind, days_before: f64) -> JourneyTouch {
    JourneyTouch { post: Some(PostIndex::new(post)), kind, days_before }
}

fn journey(owner: Owner, touches: Vec<JourneyTouch>) -> Journey {
    Journey { owner, touches, milestones: None }
}

fn lead(index: usize, touches: Vec<JourneyTouch>) -> Journey {
    journey(Owner::Lead(LeadIndex::from_index(index)), touches)
}

/// The weights of a journey under a model, in hundredths of a percent.
fn weigh(name: &str, journey: &Journey, options: &Options) -> Vec<f64> {
    let model = MODELS.iter().find(|model| model.name == name).unwrap();
    let channels = Channels::default();
    let learning = Learning::new(&channels, &[], &Block::default(), &[], options);
    let weigh = (model.fit)(&learning);
    let weights = Crediting::new(journey, &KindWeights::default()).weights(&weigh);
    let total: f64 = weights.iter().sum();
    weights.iter().map(|weight| (weight / total * 1e4).round()).collect()
}

/// Credits without anybody who did not convert.
fn credited(
    leads: &[Journey],
    deal_journeys: &[Journey],
    deals: &[DealSummary],
) -> Credits {
    let themes = ["learning", "personal", "learning", "promotion"];
    let posts: Vec<_> = themes.into_iter().map(post).collect();
    let channels = Channels::of_posts(&posts);
    let nulls = rayon::iter::once(vec![touch(1, TouchKind::Reaction, 1.0)]);
    let cases = Cases {
        channels: &channels,
        lead_journeys: leads,
        lead_nulls: &null_paths(&channels, nulls),
        deal_journeys,
        deal_nulls: &Block::default(),
        deals,
        kinds: &KindWeights::default(),
    };
    credits(MODELS, &Options::default(), &cases).0
}

fn post(theme: &str) -> Post {
    let name = PostName { kind: PostKind::Share, group: 0, number: 1 };
    Post { theme: Some(theme.into()), ..Post::named(name) }
}

#[test]
fn each_model_weighs_as_it_says() {
    let three = vec![
        touch(1, TouchKind::Reaction, 21.0),
        touch(2, TouchKind::Comment, 14.0),
        touch(3, TouchKind::Reaction, 7.0),
    ];
    let check = |name, touches: &[JourneyTouch], expected: &[f64]| {
        let weights = weigh(name, &lead(0, touches.to_vec()), &Options::default());
        assert_eq!(weights, expected, "{name}");
    };
    check("first-touch", &three, &[10_000.0, 0.0, 0.0]);
    check("last-touch", &three, &[0.0, 0.0, 10_000.0]);
    check("last-non-reaction", &three, &[0.0, 10_000.0, 0.0]);
    check("linear", &three, &[3333.0, 3333.0, 3333.0]);
    check("time-decay", &three, &[1429.0, 2857.0, 5714.0]);
    check("position-based", &three, &[4000.0, 2000.0, 4000.0]);
    check("w-shaped", &three, &[4000.0, 2000.0, 4000.0]);
    check("full-path", &three, &[4000.0, 2000.0, 4000.0]);
    check("j-shaped", &three, &[2000.0, 2000.0, 6000.0]);
    check("inverse-j-shaped", &three, &[6000.0, 2000.0, 2000.0]);
    check("custom", &three, &[3333.0, 3333.0, 3333.0]);
    let reactions = [three[0], three[2]];
    check("last-non-reaction", &reactions, &[0.0, 10_000.0]);
    check("position-based", &reactions, &[5000.0, 5000.0]);
    check("j-shaped", &reactions, &[2500.0, 7500.0]);
    let five = [three[0], three[1], three[1], three[1], three[2]];
    check("position-based", &five, &[4000.0, 667.0, 667.0, 667.0, 4000.0]);
}

#[test]
fn milestones_have_their_parts() {
    let check = |name, count, before_lead, before_deal, expected: &[f64]| {
        let touches = vec![touch(1, TouchKind::Comment, 1.0); count];
        let mut journey = journey(Owner::Deal(DealIndex::new(0)), touches);
        journey.milestones = Some(Milestones { before_lead, before_deal });
        assert_eq!(weigh(name, &journey, &Options::default()), expected, "{name}");
    };
    let (lead, deal) = (Some(1), Some(3));
    check("w-shaped", 5, lead, deal, &[3000.0, 3000.0, 500.0, 3000.0, 500.0]);
    check("full-path", 5, lead, deal, &[2250.0, 2250.0, 1000.0, 2250.0, 2250.0]);
    // Milestones that coincide add up.
    check("w-shaped", 3, Some(0), Some(2), &[6000.0, 1000.0, 3000.0]);
    check("full-path", 3, Some(0), Some(2), &[4500.0, 1000.0, 4500.0]);
    // Without a rest the others are the whole.
    check("w-shaped", 2, Some(0), Some(1), &[6667.0, 3333.0]);
    // No touch came before the lead.
    check("w-shaped", 3, None, Some(0), &[8571.0, 714.0, 714.0]);
}

#[test]
fn custom_weights_are_by_position_and_kind() {
    let mut options = Options::default();
    options.custom = Custom { first: 0.2, middle: 0.4, last: 0.4, ..options.custom };
    options.custom.kinds.set(TouchKind::Reaction, 0.5);
    let journey = lead(
        0,
        vec![
            touch(1, TouchKind::Reaction, 3.0),
            touch(2, TouchKind::Comment, 2.0),
            touch(3, TouchKind::Comment, 1.0),
        ],
    );
    assert_eq!(weigh("custom", &journey, &options), [1111.0, 4444.0, 4444.0]);
    options.custom.kinds = KindWeights::default();
    options.custom.kinds.set(TouchKind::Comment, 0.0);
    assert_eq!(weigh("custom", &journey, &options), [10_000.0, 0.0, 0.0]);
    options.custom.kinds.set(TouchKind::Reaction, 0.0);
    assert_eq!(weigh("custom", &journey, &options), [3333.0, 3333.0, 3333.0]);
}

#[test]
fn a_touch_weighs_what_its_theme_loses_by_removal() {
    // Of the three leads two met a learning post and all a personal one, which one person
    // met without becoming a lead: P = 3/4, without learning 1/4, without personal 0.
    let touches = |posts: &[u32]| {
        posts.iter().map(|one| touch(*one, TouchKind::Comment, 1.0)).collect::<Vec<_>>()
    };
    let leads =
        [lead(0, touches(&[1, 0])), lead(1, touches(&[1, 2])), lead(2, touches(&[1]))];
    let all = credited(&leads, &[], &[]);
    let share = |model: &str, lead: u32, post: u32| {
        let at = all.models.iter().position(|one| one.name == model).unwrap();
        let wanted = (LeadIndex::new(lead), Some(PostIndex::new(post)));
        let mut given = all.leads.of(at);
        given.find(|one| (one.0, one.1) == wanted).map_or(0.0, |(.., share)| share)
    };
    // Removal effects: personal 1, learning 2/3.
    assert!((share("markov", 0, 1) - 0.6).abs() < 1e-12);
    assert!((share("markov", 0, 0) - 0.4).abs() < 1e-12);
    assert_eq!(share("markov", 2, 1).to_bits(), 1.0_f64.to_bits());
    // Shapley: personal 1 + 1/2 + 1/2, learning 1/2 + 1/2.
    assert!((share("shapley", 1, 1) - 2.0 / 3.0).abs() < 1e-12);
}

#[test]
fn a_model_that_does_not_exist_is_named() {
    let error = models(&["linear".into(), "lineer".into()]).err().unwrap();
    assert_eq!(error.to_string(), "there is no model \"lineer\"");
    assert_eq!(models(&["all".into()]).unwrap().len(), MODELS.len());
}

fn deal(minor: i64) -> DealSummary {
    DealSummary {
        source_system: "hubspot".into(),
        remote_id: "1".into(),
        name: None,
        status: DealStatus::Won,
        amount_minor: Some(minor),
        currency: Currency::UNKNOWN,
        amount_kind: AmountKind::Revenue,
        converted: None,
        loan_minor: None,
        created_at: None,
        closed_at: None,
        place: Place::new(1, 1, 0),
        leads: Vec::new(),
    }
}

#[test]
fn where_parts_tie_the_earlier_touch_gets_the_cent() {
    let touches =
        |count: u32| (0..count).map(|at| touch(at, TouchKind::Comment, 1.0)).collect();
    let check = |name: &str, count, milestones, minor, expected: &[i64]| {
        let at = MODELS.iter().position(|one| one.name == name).unwrap();
        let mut journey = journey(Owner::Deal(DealIndex::new(0)), touches(count));
        journey.milestones = milestones;
        let credits = credited(&[], &[journey], &[deal(minor)]);
        let given: Vec<i64> = credits.deals.of(at).map(|(.., minor)| minor).collect();
        assert_eq!(given, expected, "{name}");
    };
    check("inverse-j-shaped", 2, None, 1_234_550, &[925_913, 308_637]);
    check("j-shaped", 2, None, 2, &[1, 1]);
    check("position-based", 4, None, 5, &[2, 1, 0, 2]);
    let milestones = Some(Milestones { before_lead: Some(1), before_deal: Some(2) });
    check("w-shaped", 4, milestones, 5, &[2, 2, 1, 0]);
    check("full-path", 4, milestones, 2, &[1, 1, 0, 0]);
}

fn any_touches() -> impl Strategy<Value = Vec<JourneyTouch>> {
    let one = (0_u32..5, 0_usize..3, 0.0_f64..4000.0).prop_map(|(post, kind, days)| {
        let kinds = [TouchKind::Reaction, TouchKind::Comment, TouchKind::Message];
        touch(post, kinds[kind], days)
    });
    prop::collection::vec(one, 1..12).prop_map(|mut touches| {
        touches.sort_by(|a, b| b.days_before.total_cmp(&a.days_before));
        touches
    })
}

proptest! {
    #[test]
    fn credits_add_up_under_every_model(
        touches in any_touches(),
        minor in -1_000_000_i64..1_000_000,
        steps in (0_usize..14, 0_usize..14),
    ) {
        let lead = lead(0, touches.clone());
        let mut of_deal = journey(Owner::Deal(DealIndex::new(0)), touches);
        let within = |position| (position < of_deal.touches.len()).then_some(position);
        let (before_lead, before_deal) = (within(steps.0), within(steps.1));
        of_deal.milestones = Some(Milestones { before_lead, before_deal });
        let credits = credited(&[lead], &[of_deal], &[deal(minor)]);
        for (at, model) in MODELS.iter().enumerate() {
            let shares: f64 = credits.leads.of(at).map(|(.., share)| share).sum();
            prop_assert!((shares - 1.0).abs() < 1e-12, "{}: {shares}", model.name);
            prop_assert!(credits.leads.of(at).all(|(.., share)| 0.0 < share));
            let amount: i64 = credits.deals.of(at).map(|(.., minor)| minor).sum();
            prop_assert_eq!(amount, minor, "{}", model.name);
        }
    }

    #[test]
    fn one_touch_takes_all_under_every_model(days in 0.0_f64..4000.0, minor in -1000_i64..1000) {
        let touches = vec![touch(3, TouchKind::Reaction, days)];
        let of_deal = journey(Owner::Deal(DealIndex::new(0)), touches);
        let credits = credited(&[], &[of_deal], &[deal(minor)]);
        for at in 0..MODELS.len() {
            let given: Vec<_> = credits.deals.of(at).collect();
            prop_assert_eq!(given, [(DealIndex::new(0), Some(PostIndex::new(3)), minor)]);
        }
    }

    #[test]
    fn the_order_of_journeys_changes_no_credit(journeys in prop::collection::vec(any_touches(), 1..6)) {
        let all: Vec<Journey> =
            journeys.into_iter().enumerate().map(|(index, touches)| lead(index, touches)).collect();
        let mut reversed = all.clone();
        reversed.reverse();
        let sorted = |journeys: &[Journey]| {
            let credits = credited(journeys, &[], &[]);
            let of_model = |at| {
                let mut given: Vec<_> = credits.leads.of(at).collect();
                given.sort_by_key(|(lead, post, _)| (*lead, *post));
                given
            };
            (0..MODELS.len()).map(of_model).collect::<Vec<_>>()
        };
        prop_assert_eq!(sorted(&all), sorted(&reversed));
    }
}

#[test]
fn a_model_that_cannot_be_fitted_is_told_and_counts_touches_alike() {
    const REASON: PathsError =
        PathsError::TooManyStates { order: 1, states: 12_000, limit: 10_000 };
    static UNFITTED: Model = Model {
        name: "unfitted",
        summary: "",
        needs: Needs::Order,
        by_channel: Some(|_, _| Err(REASON)),
        fit: |_| Box::new(|_| Vec::new()),
    };
    let touches =
        vec![touch(0, TouchKind::Reaction, 2.0), touch(1, TouchKind::Comment, 1.0)];
    let journeys = [lead(0, touches)];
    let posts = [post("learning"), post("personal")];
    let cases = Cases {
        channels: &Channels::of_posts(&posts),
        lead_journeys: &journeys,
        lead_nulls: &Block::default(),
        deal_journeys: &[],
        deal_nulls: &Block::default(),
        deals: &[],
        kinds: &KindWeights::default(),
    };
    let (credits, unfitted) = credits(&[&UNFITTED], &Options::default(), &cases);
    let shares: Vec<f64> = credits.leads.of(0).map(|(.., share)| share).collect();
    assert_eq!(shares, [0.5, 0.5]);
    assert_eq!(unfitted, [Unfitted { model: "unfitted", reason: REASON }]);
}
