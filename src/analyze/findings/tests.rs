use super::*;
use crate::{
    analyze::Verdict,
    domain::{
        AmountKind, Currency, DealBasis, DealLead, DealStatus, EvidenceKind, LeadIndex,
        LeadStatus, Moment, PersonIndex, Place, PostKind, PostName,
    },
    link::Engager,
};

fn day(day: i64) -> Timestamp {
    Timestamp::from_second(day * 86_400).unwrap()
}

fn post(number: u64) -> Post {
    Post {
        theme: Some(
            if number.is_multiple_of(2) { "personal" } else { "learning" }.into(),
        ),
        reactions: Some(number),
        ..Post::named(PostName { kind: PostKind::Share, group: 0, number })
    }
}

fn score(won_minor: i64) -> PostScore {
    PostScore {
        leads: if won_minor == 0 { 0.0 } else { 1.0 },
        pipeline_minor: 0,
        won_minor,
        revenue_rank: 0,
        has_other_won: false,
        verdict: Verdict::TooLittleData,
    }
}

/// The lead of the person of the same number, since day 100.
fn lead(number: u32) -> Lead {
    Lead {
        source_system: "hubspot".into(),
        remote_id: number.to_string().into(),
        person: PersonIndex::new(number),
        full_name: None,
        profile: None,
        company: None,
        created_at: Some(Moment::Instant(day(100))),
        status: LeadStatus::Open,
        lead_source: None,
        self_reported: None,
        member: None,
        matched: None,
        place: Place::new(1, u64::from(number) + 1, 0),
    }
}

fn deal(lead: u32, amount_minor: i64) -> DealSummary {
    DealSummary {
        source_system: "hubspot".into(),
        remote_id: lead.to_string().into(),
        name: None,
        status: DealStatus::Won,
        amount_minor: Some(amount_minor),
        currency: Currency::from_code("EUR").unwrap(),
        amount_kind: AmountKind::Revenue,
        converted: None,
        loan_minor: None,
        created_at: None,
        closed_at: None,
        place: Place::new(1, 1, 0),
        leads: vec![DealLead {
            lead: LeadIndex::new(lead),
            basis: DealBasis::ContactId,
            confidence: 1.0,
        }],
    }
}

fn engager(person: u32, first_day: i64, reactions: u32) -> Engager {
    Engager {
        person: PersonIndex::new(person),
        first_ms: Some(day(first_day).into()),
        reactions,
        reactions_of_known_company: 0,
        reactions_of_own_company: 0,
    }
}

/// Thirty posts of which the least liked earn; ten leads and deals, and a refund; three persons engaged
/// before they became a lead, one after it, ten never became one.
fn check(test: impl FnOnce(&[Finding])) {
    check_with(&[], test);
}

/// The same, with what rows say of where leads came from.
fn check_with(evidence: &[SourceEvidence], test: impl FnOnce(&[Finding])) {
    check_created(Moment::Instant(day(100)), evidence, test);
}

/// The same, of leads that were created otherwise.
fn check_created(
    created_at: Moment,
    evidence: &[SourceEvidence],
    test: impl FnOnce(&[Finding]),
) {
    check_told(&|_| Some(created_at), true, evidence, test);
}

/// The same, of leads of which each was created otherwise, and of themes that are told or not.
fn check_told(
    created_at: &dyn Fn(u32) -> Option<Moment>,
    is_told: bool,
    evidence: &[SourceEvidence],
    test: impl FnOnce(&[Finding]),
) {
    let posts: Vec<Post> = (0..30).map(post).collect();
    let scores: Vec<PostScore> =
        (0..30).map(|at| score((12 - at).max(0) * 100)).collect();
    let created = |number| Lead { created_at: created_at(number), ..lead(number) };
    let leads: Vec<Lead> = (0..10).map(created).collect();
    let mut deals: Vec<DealSummary> = (0..10).map(|at| deal(at, 1000)).collect();
    deals.push(deal(9, -400));
    let mut engagers = vec![engager(0, 90, 1), engager(1, 80, 1), engager(2, 70, 1)];
    let morning = jiff::SignedDuration::from_hours(9);
    engagers.push(Engager {
        first_ms: Some((day(110) + morning).into()),
        ..engager(3, 110, 1)
    });
    engagers.extend((20..30).map(|person| engager(person, 50, 2)));
    let theme = |theme: &str, leads| ThemeLeads {
        theme: theme.into(),
        leads,
        leads_low: leads / 2.0,
        leads_high: leads * 1.5,
        is_told,
    };
    // Every lead is two records.
    let rows = |lead: u64| [1, 2].map(|file| Place::new(file, lead + 1, 0));
    let places: Vec<Vec<Place>> = (0..10).map(|lead| rows(lead).to_vec()).collect();
    let audience = Audience { engagers, posts_listed: 30 };
    test(&findings(&FindingsInput {
        posts: &posts,
        scores: &[("linear", &scores), ("incremental", &scores)],
        leads: &leads,
        deals: &deals,
        measure: crate::analyze::main_measure(&deals, None),
        traces: &[],
        audience: &audience,
        evidence,
        lead_places: &places,
        campaigns: &vec![Vec::new(); leads.len()],
        themes: &[theme("learning", 18.0), theme("personal", 2.0)],
        study: &Study::default(),
        is_measured: true,
        studied: Counts {
            connected_leads: 31,
            outside_network: 8,
            other_records: 1,
            undated_connections: 1,
            ..Counts::default()
        },
        as_of: day(200),
        seed: 1,
        unfitted: &[Unfitted {
            model: "markov",
            reason: PathsError::TooManyStates { order: 1, states: 12_000, limit: 10_000 },
        }],
    }));
}

fn named<'a>(found: &'a [Finding], name: &str) -> Vec<&'a Finding> {
    found.iter().filter(|one| one.name == name).collect()
}

#[test]
fn a_model_that_could_not_be_fitted_is_said() {
    check(|found| {
        let [one] = named(found, UNFITTED_MODEL)[..] else { panic!("one could not") };
        assert_eq!((one.model, one.n), (Some("markov"), 12_000));
        assert!(one.sentence.starts_with("The model markov could not"), "{one:?}");
    });
}

#[test]
fn what_any_record_of_a_lead_says_of_its_source_counts() {
    // The second record of each tells both.
    let said = |lead: u64, part, kind, text: &str| SourceEvidence {
        place: Place::new(2, lead + 1, part),
        kind,
        column: "source".into(),
        text: text.into(),
    };
    let of_lead = |lead: u64| {
        let tracked = if lead < 8 { "LinkedIn" } else { "Google" };
        [
            said(lead, 0, EvidenceKind::SelfReported, "LinkedIn"),
            said(lead, 1, EvidenceKind::Tracked, tracked),
        ]
    };
    let evidence: Vec<SourceEvidence> = (0..10).flat_map(of_lead).collect();
    check_with(&evidence, |found| {
        let [said, tracked] = named(found, "said-vs-tracked")[..] else {
            panic!("both are told")
        };
        assert_eq!((said.n, said.value), (10, Some(0.8)), "{said:?}");
        assert_eq!((tracked.n, tracked.value), (8, Some(1.0)), "{tracked:?}");
    });
}

#[test]
fn who_engaged_on_the_day_of_the_lead_may_have_done_so_before() {
    let silent = |created_at| {
        let mut share = None;
        check_created(created_at, &[], |found| {
            share = named(found, "silent-buyers")[1].value;
        });
        share
    };
    assert_eq!(silent(Moment::Instant(day(110))), Some(0.7));
    assert_eq!(silent(Moment::Day(Moment::Instant(day(110)).day())), Some(0.6));
}

#[test]
fn who_became_a_lead_nobody_knows_when_may_have_engaged_later() {
    // Of the first two, who engaged, no day is known; of the sixth, who did not, neither.
    let undated = |number| match number {
        0 | 1 | 5 => None,
        _ => Some(Moment::Instant(day(100))),
    };
    check_told(&undated, true, &[], |found| {
        let silent = named(found, "silent-buyers")[1];
        assert_eq!((silent.value, silent.n), (Some(7.0 / 8.0), 8));
        let end = " 2 won deals of people who engaged and became leads nobody knows when tell \
                   nothing.";
        assert!(silent.sentence.ends_with(end), "{}", silent.sentence);
    });
}

#[test]
fn where_no_theme_is_told_its_posts_have_no_order() {
    let values = |is_told, name: &str| {
        let mut values = Vec::new();
        let created_at = |_| Some(Moment::Instant(day(100)));
        check_told(&created_at, is_told, &[], |found| {
            let own = named(found, name).into_iter();
            let own = own.filter(|one| one.model == Some("incremental"));
            values.extend(own.map(|one| (one.value.is_some(), one.sentence.clone())));
        });
        let [value] = &values[..] else { panic!("{values:?}") };
        value.clone()
    };
    for name in ["likes-vs-revenue", "likes-vs-leads", "top-ten-overlap"] {
        assert!(values(true, name).0, "{name}");
        let (has_value, sentence) = values(false, name);
        let start =
            "Too little data: of no theme it is sure that its posts caused any leads";
        assert!(!has_value && sentence.starts_with(start), "{sentence}");
    }
}

#[test]
fn posts_that_are_liked_less_and_earn_more_show_it() {
    check(|found| {
        let one = named(found, "likes-vs-revenue")[0];
        assert_eq!(one.model, Some("linear"));
        assert!(one.value.unwrap() < -0.8, "{one:?}");
        assert!(one.low < one.value && one.value < one.high && one.high < Some(0.0));
        assert!(one.p_value.unwrap() < 0.001);
        assert!(one.sentence.contains("bring less won revenue"), "{}", one.sentence);
        let overlap = named(found, "top-ten-overlap")[0];
        assert_eq!((overlap.value, overlap.p_value), (Some(0.0), Some(1.0)));
        let start = "None of the ten most liked posts is among the ten that earned most under \
                     the linear model; by chance it would be ";
        assert!(overlap.sentence.starts_with(start), "{}", overlap.sentence);
    });
}

#[test]
fn what_no_data_carry_has_no_number_and_says_so() {
    check(|found| {
        for name in ["comments-vs-leads", "impressions-vs-leads", "said-vs-tracked"] {
            for one in named(found, name) {
                assert_eq!((one.value, one.low, one.p_value), (None, None, None));
                assert!(one.sentence.starts_with("Too little data"), "{}", one.sentence);
            }
            assert!(!named(found, name).is_empty());
        }
    });
}

#[test]
fn whoever_engaged_only_afterwards_bought_in_silence() {
    check(|found| {
        let silent = named(found, "silent-buyers");
        assert_eq!(silent.len(), 2);
        assert!(silent.iter().all(|one| one.value == Some(0.7) && one.n == 10));
        assert!(silent[0].sentence.contains("of won revenue comes from"));
        assert!(silent[1].sentence.contains("of won deals come from"));
    });
}

#[test]
fn reactions_of_persons_who_never_became_a_lead_are_idle() {
    check(|found| {
        let idle = named(found, "idle-likers");
        assert_eq!((idle[0].value, idle[0].n), (Some(20.0 / 24.0), 24));
        assert_eq!((idle[1].value, idle[1].n), (None, 0));
    });
}

#[test]
fn a_theme_with_more_likes_than_leads_is_applause() {
    check(|found| {
        let index = named(found, "applause-index");
        assert_eq!(index[1].subject.as_deref(), Some("personal"));
        let applause = 210.0 / 435.0;
        assert!((index[1].value.unwrap() - (applause - 0.1)).abs() < 1e-12);
        assert!(Some(0.0) < index[1].low && index[0].high < Some(0.0));
    });
}

#[test]
fn the_time_to_a_lead_needs_leads() {
    check(|found| {
        let one = named(found, "time-to-lead")[0];
        assert_eq!((one.value, one.n), (None, 13));
        assert!(one.sentence.contains("3 of whom became a lead"), "{}", one.sentence);
    });
}
