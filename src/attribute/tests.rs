use proptest::prelude::*;

use super::*;
use crate::domain::{AmountKind, Currency, DealStatus, Place};

fn touch(post: u32, kind: TouchKind, days_before: f64) -> JourneyTouch {
    JourneyTouch { post: Some(PostIndex(post)), kind, days_before, weight: 1.0 }
}

fn weigh(name: &str, touches: Vec<JourneyTouch>) -> Vec<f64> {
    let model = MODELS.iter().find(|model| model.name == name).unwrap();
    let journey = Journey { owner: Owner::Lead(LeadIndex(0)), touches };
    (model.fit)(&[], &Options::default())(&journey)
}

#[test]
fn each_model_weighs_as_it_says() {
    let journey = || {
        vec![
            touch(1, TouchKind::Reaction, 21.0),
            touch(2, TouchKind::Comment, 14.0),
            touch(3, TouchKind::Reaction, 7.0),
        ]
    };
    let check =
        |name, expected: [f64; 3]| assert_eq!(weigh(name, journey()), expected, "{name}");
    check("first-touch", [1.0, 0.0, 0.0]);
    check("last-touch", [0.0, 0.0, 1.0]);
    check("last-non-reaction", [0.0, 1.0, 0.0]);
    check("linear", [1.0, 1.0, 1.0]);
    check("time-decay", [0.25, 0.5, 1.0]);
    check("position-based", [0.4, 0.2, 0.4]);
    let reactions =
        vec![touch(1, TouchKind::Reaction, 2.0), touch(2, TouchKind::Reaction, 1.0)];
    assert_eq!(weigh("last-non-reaction", reactions.clone()), [0.0, 1.0]);
    assert_eq!(weigh("position-based", reactions), [0.5, 0.5]);
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
        loan_minor: None,
        created_at: None,
        closed_at: None,
        place: Place::new(1, 1, 0),
        leads: Vec::new(),
    }
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
    fn credits_add_up_under_every_model(touches in any_touches(), minor in -1_000_000_i64..1_000_000) {
        let lead = Journey { owner: Owner::Lead(LeadIndex(0)), touches: touches.clone() };
        let of_deal = Journey { owner: Owner::Deal(DealIndex(0)), touches };
        for credits in credits(MODELS, &Options::default(), &[lead], &[of_deal], &[deal(minor)]) {
            let shares: f64 = credits.leads.iter().map(|credit| credit.share).sum();
            prop_assert!((shares - 1.0).abs() < 1e-12, "{}: {shares}", credits.model);
            prop_assert!(credits.leads.iter().all(|credit| 0.0 < credit.share));
            let amount: i64 = credits.deals.iter().map(|credit| credit.credit_minor).sum();
            prop_assert_eq!(amount, minor, "{}", credits.model);
        }
    }

    #[test]
    fn one_touch_takes_all_under_every_model(days in 0.0_f64..4000.0, minor in -1000_i64..1000) {
        let touches = vec![touch(3, TouchKind::Reaction, days)];
        let of_deal = Journey { owner: Owner::Deal(DealIndex(0)), touches };
        for credits in credits(MODELS, &Options::default(), &[], &[of_deal], &[deal(minor)]) {
            let expected =
                [DealCredit { deal: DealIndex(0), post: Some(PostIndex(3)), credit_minor: minor }];
            prop_assert_eq!(credits.deals.as_slice(), expected);
        }
    }

    #[test]
    fn the_order_of_journeys_changes_no_credit(journeys in prop::collection::vec(any_touches(), 1..6)) {
        let all: Vec<Journey> = journeys.into_iter().enumerate().map(|(index, touches)| {
            Journey { owner: Owner::Lead(LeadIndex::from_index(index)), touches }
        }).collect();
        let mut reversed = all.clone();
        reversed.reverse();
        let sorted = |journeys: &[Journey]| {
            let mut credits = credits(MODELS, &Options::default(), journeys, &[], &[]);
            for one in &mut credits {
                one.leads.sort_by_key(|credit| (credit.lead, credit.post));
            }
            credits.into_iter().map(|one| one.leads).collect::<Vec<_>>()
        };
        prop_assert_eq!(sorted(&all), sorted(&reversed));
    }
}
