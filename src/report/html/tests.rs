use super::*;
use crate::store::{
    AgreementLine, FindingLine, JourneyStep, MonthLine, PostLine, PostMark, ThemeLine,
    WonJourney, WonTotal,
};

const HOSTILE: &str =
    "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'";

fn post(text: &str) -> PostLine {
    PostLine {
        urn: "urn:li:share:1".to_owned(),
        member: Some(text.to_owned()),
        posted_at: Some("2024-03-12T09:14:55Z".to_owned()),
        theme: Some(text.to_owned()),
        text: Some(text.to_owned()),
        reactions: Some(3),
        comments: None,
        leads: (0.0, 1.0),
        won_minor: (0, 100),
        verdict: None,
    }
}

fn mark(at: i64, text: &str) -> PostMark {
    PostMark {
        urn: format!("urn:li:share:{at}"),
        theme: Some(text.to_owned()),
        engagement: Some(at % 97),
        words: Some(text.chars().take(90).collect()),
        won_minor: (at % 89, at % 89 + at % 7),
        leads: (0.0, 1.0),
    }
}

fn journey(at: i64, text: &str, touches: usize) -> WonJourney {
    let step = JourneyStep {
        touched_at: "2024-03-12T09:14:55Z".parse().ok(),
        kind: "comment".to_owned(),
        person: Some(text.to_owned()),
        post_urn: Some("urn:li:share:1".to_owned()),
        words: Some(text.to_owned()),
        evidence: text.to_owned(),
        source_file: "linkedin/someone/Complete_LinkedInDataExport.zip/Comments.csv"
            .to_owned(),
        source_line: 12,
    };
    WonJourney {
        deal_id: at,
        source_system: "hubspot".to_owned(),
        remote_id: text.to_owned(),
        name: Some(text.to_owned()),
        amount_minor: 100,
        currency: "EUR".to_owned(),
        created_at: None,
        closed_at: None,
        is_joined: true,
        touches: vec![step; touches],
        credits: vec![("urn:li:share:1".to_owned(), 0, 100)],
    }
}

/// A network in which every text is the same.
fn input(text: &str, posts: i64, lines: usize) -> ReportInput {
    let own = || text.to_owned();
    let mut input = ReportInput {
        models: vec!["linear".to_owned(), "markov".to_owned()],
        won: vec![WonTotal {
            currency: "EUR".to_owned(),
            amount_kind: "revenue".to_owned(),
            deals: 500,
            won_minor: 1_000,
            followed: 500,
            ..WonTotal::default()
        }],
        earning: vec![post(text); 20],
        liked: vec![post(text); 20],
        themes: vec![ThemeLine {
            theme: Some(own()),
            posts,
            reactions: Some(1),
            comments: None,
            leads: (0.0, 1.0),
            won_minor: (0, 100),
            verdict: None,
        }],
        funnel: vec![(own(), None, 5), (own(), Some(own()), 3)],
        rejections: vec![[own(), own(), own(), own(), own()]; lines],
        files: vec![(own(), own(), 1, 2); lines],
        ambiguities: vec![(own(), own()); lines],
        joined: vec![(own(), own()); lines],
        notes: vec![(own(), own()); lines],
        ..ReportInput::default()
    };
    input.page.marks = (0..posts).map(|at| mark(at, text)).collect();
    input.page.quiet = vec![post(text); 10];
    input.page.applause = vec![post(text); 10];
    input.page.journeys = (0..100).map(|at| journey(at, text, 40)).collect();
    input.page.months =
        vec![MonthLine { month: "2024-03".to_owned(), posts: 1, ..MonthLine::default() }];
    input.page.members = (0..200)
        .map(|_| MemberLine {
            name: own(),
            posts: 300,
            reactions: Some(5),
            comments: None,
            leads: 9,
            credited_leads: (0.0, 1.0),
            won_minor: (0, 100),
        })
        .collect();
    input.page.agreement = vec![AgreementLine {
        model: "linear".to_owned(),
        other_model: "markov".to_owned(),
        posts: 4,
        correlation: Some(0.5),
        moved_minor: 40,
        currency: "EUR".to_owned(),
    }];
    input.page.findings = vec![FindingLine {
        name: own(),
        statistic: own(),
        value: Some(0.5),
        low: None,
        high: None,
        p_value: None,
        n: 3,
        sentence: own(),
        model: None,
        subject: Some(own()),
    }];
    input.page.settings = vec![(own(), own())];
    input
}

#[test]
fn what_posts_hold_is_shown_as_text() {
    let page = page(&input(HOSTILE, 50, 10)).unwrap();
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    assert_eq!(page.matches("</title></script").count(), 0);
    assert!(!page.contains("<img") && page.contains("alert(1)"));
}

#[test]
fn the_page_asks_nothing_of_a_network() {
    let page = page(&input("words", 50, 10)).unwrap();
    let policy = policy::policy(STYLE, SCRIPT).replace('\'', "&#39;");
    assert!(page.contains(&policy), "{policy}");
    for remote in ["src=\"http", "url(http", "@import", "<link rel=\"stylesheet"] {
        assert!(!page.contains(remote), "{remote}");
    }
}

#[test]
fn a_page_without_anything_is_made_too() {
    let page = page(&ReportInput::default()).unwrap();
    assert!(page.contains("There are no leads yet"));
    assert!(page.contains("nothing to draw"));
}

#[test]
fn the_page_of_200_members_is_below_two_megabytes() {
    let text =
        "How a client got into her own home despite complications, told at length. "
            .repeat(4);
    let page = page(&input(&text, 60_000, 5_000)).unwrap();
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
}

#[test]
fn where_models_disagree_the_page_warns() {
    let page = page(&input("words", 5, 1)).unwrap();
    assert!(page.contains("The choice of model decides part of the answer"));
}

#[test]
fn where_all_verdicts_agree_the_page_does_not_warn() {
    let mut input = input("words", 5, 1);
    input.themes[0].verdict = Some("both".to_owned());
    let page = page(&input).unwrap();
    assert!(page.contains("decides how much single posts are credited with"));
    assert!(!page.contains("<b>Mind:</b>"));
}

#[test]
fn what_deals_alone_credit_says_why_it_has_no_leads() {
    let mut input = input("words", 5, 1);
    input.counts.posts = 5;
    assert!(!page(&input).unwrap().contains("met after the lead came"));
    input.page.quiet[0].leads = (0.0, 0.0);
    assert!(page(&input).unwrap().contains("met after the lead came, before the deal"));
}

#[test]
fn where_nothing_is_credited_the_first_screen_says_what_to_do_next() {
    let mut input = input("words", 5, 1);
    input.counts.posts = 5;
    for mark in &mut input.page.marks {
        (mark.won_minor, mark.leads) = ((0, 0), (0.0, 0.0));
    }
    let page = page(&input).unwrap();
    assert!(!page.contains("class=\"plot\""));
    let (before, _) = page.split_once("<nav").unwrap();
    assert!(before.contains("No post is credited with won revenue yet"));
    assert!(before.contains("To know more"));
}
