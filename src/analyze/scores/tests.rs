use super::*;
use crate::domain::{
    AmountKind, DealIndex, LeadIndex, PostIndex, PostKind, PostName, Word,
};

fn post(number: u64, reactions: Option<u64>, theme: &str) -> Post {
    Post {
        theme: Some(theme.into()),
        reactions,
        ..Post::named(PostName { kind: PostKind::Share, group: 0, number })
    }
}

/// A lead a post, and as many parts of a deal.
fn credits(posts: &[u32], deal: u32) -> Credits {
    let mut credits = Credits::none(["linear"]);
    for post in posts.iter().copied() {
        let (lead, credited) = (LeadIndex::new(post), Some(PostIndex::new(post)));
        credits.leads.push(lead, credited, [Some(1.0)]);
        credits.deals.push(DealIndex::new(deal), credited, [Some(100)]);
    }
    credits
}

fn deal(currency: &str) -> DealSummary {
    DealSummary {
        source_system: "hubspot".into(),
        remote_id: "1".into(),
        name: None,
        status: DealStatus::Won,
        amount_minor: Some(1),
        currency: Currency::from_code(currency).unwrap(),
        amount_kind: AmountKind::Revenue,
        converted: None,
        loan_minor: None,
        created_at: None,
        closed_at: None,
        place: crate::domain::Place::new(1, 1, 0),
        leads: Vec::new(),
    }
}

/// Scores by a lead and a part of a won deal for each of these posts.
fn scored(posts: &[Post], credited: &[u32]) -> Vec<PostScore> {
    let deals = [deal("EUR")];
    post_scores(posts, &deals, main_measure(&deals, None), &credits(credited, 0), 0)
}

fn words(themes: &[ThemeScore]) -> Vec<&'static str> {
    themes.iter().map(|theme| theme.verdict.word()).collect()
}

#[test]
fn likes_and_revenue_part_the_posts_in_four() {
    let posts: Vec<Post> = (0..12).map(|at| post(at, Some(at), "personal")).collect();
    let scores = scored(&posts, &[0, 1, 11]);
    let verdicts: Vec<_> = scores.iter().map(|score| score.verdict.word()).collect();
    assert_eq!(verdicts[0], "quiet earner");
    assert_eq!(verdicts[5], "neither");
    assert_eq!(verdicts[6], "applause only");
    assert_eq!(verdicts[11], "both");
    let ranks = engagement_ranks(&posts);
    assert_eq!((ranks[11], scores[11].revenue_rank), (Some(1), 1));
    assert_eq!((ranks[0], scores[5].revenue_rank), (Some(12), 4));
}

#[test]
fn engagement_that_all_have_tells_none_from_another() {
    let verdicts = |reactions: &dyn Fn(u64) -> u64| {
        let theme = |at: u64| ["a", "b", "c", "d"][usize::try_from(at / 3).unwrap()];
        let posts: Vec<Post> =
            (0..12).map(|at| post(at, Some(reactions(at)), theme(at))).collect();
        let scores = scored(&posts, &[0, 1, 2]);
        (scores[0].verdict.word(), words(&theme_scores(&posts, &scores))[0])
    };
    let (quiet, none) = ("quiet earner", "too little data");
    assert_eq!(verdicts(&|_| 7), (none, none));
    assert_eq!(verdicts(&|at| at % 3), (quiet, none), "themes are alike");
    assert_eq!(verdicts(&|at| 7 + at / 11), (quiet, quiet));
}

#[test]
fn a_theme_is_compared_by_the_posts_whose_engagement_is_known() {
    // Of the last theme nobody listed who engaged with most of its posts.
    let posts: Vec<Post> = (0..20)
        .map(|at| match at {
            0..4 => post(at, Some(4), "a"),
            4..8 => post(at, Some(6), "b"),
            8..11 => post(at, Some(12), "c"),
            _ => post(at, None, "c"),
        })
        .collect();
    let verdicts =
        |posts: &[Post]| words(&theme_scores(posts, &scored(posts, &[8, 9, 10, 11, 12])));
    assert_eq!(verdicts(&posts), ["neither", "neither", "both"]);
    // Two that are known are no kind of posts.
    let mut fewer = posts;
    fewer[10].reactions = None;
    assert_eq!(verdicts(&fewer), ["neither", "neither", "too little data"]);
}

#[test]
fn a_list_of_comments_alone_makes_no_applause_look_small() {
    let with = |reactions: Option<u64>, comments: Option<u64>| Post {
        comments,
        ..post(1, reactions, "a")
    };
    let mixed = [with(Some(7), None), with(None, Some(1)), with(Some(2), Some(3))];
    assert_eq!(engaged(&mixed), [Some(7), None, Some(5)]);
    assert_eq!(engaged(&mixed[1..2]), [Some(1)]);
}

#[test]
fn too_few_leads_or_posts_carry_no_verdict() {
    let posts: Vec<Post> = (0..12).map(|at| post(at, Some(at), "personal")).collect();
    let check = |posts: &[Post], credited: &[u32]| {
        let scores = scored(posts, credited);
        assert!(scores.iter().all(|score| score.verdict == Verdict::TooLittleData));
    };
    check(&posts, &[0, 1]);
    check(&posts[..9], &[0, 1, 2]);
}

#[test]
fn where_few_posts_earned_or_a_theme_has_few_posts_there_is_no_verdict() {
    let theme = |at: usize| ["a", "b", "c", "d"][at / 3];
    let posts: Vec<Post> =
        (0..10).map(|at| post(at as u64, Some(at as u64), theme(at))).collect();
    let verdicts = |credited: &[u32]| {
        let scores = scored(&posts, credited);
        (scores[9].verdict.word(), words(&theme_scores(&posts, &scores)))
    };
    let none = "too little data";
    assert_eq!(verdicts(&[0, 0, 1]), (none, vec![none; 4]));
    let (of_post, of_themes) = verdicts(&[0, 1, 2]);
    assert_eq!(of_post, "applause only");
    assert_eq!(of_themes, ["quiet earner", "neither", "applause only", none]);
}

#[test]
fn no_total_mixes_currencies() {
    let deals = [deal("USD"), deal("USD"), deal("EUR")];
    let measure = main_measure(&deals, None).unwrap();
    assert_eq!(measure.currency.code(), "USD");
    let posts = [post(1, None, "personal")];
    let in_euro = credits(&[0], 2);
    let scores = post_scores(&posts, &deals, Some(measure), &in_euro, 0);
    assert_eq!(scores[0].won_minor, 0);
}

#[test]
fn what_was_won_in_another_currency_is_no_lack_of_revenue() {
    let theme = |at: u64| ["a", "b", "c", "d"][usize::try_from(at / 3).unwrap()];
    let posts: Vec<Post> = (0..12).map(|at| post(at, Some(at), theme(at))).collect();
    let deals = [deal("USD"), deal("USD"), deal("EUR")];
    let mut credits = credits(&[0, 1, 2], 0);
    for post in [3, 11] {
        credits.deals.push(DealIndex::new(2), Some(PostIndex::new(post)), [Some(100)]);
    }
    let measure = main_measure(&deals, None);
    let scores = post_scores(&posts, &deals, measure, &credits, 0);
    let verdicts: Vec<_> = scores.iter().map(|score| score.verdict.word()).collect();
    let none = "too little data";
    assert_eq!([verdicts[3], verdicts[11]], [none, none]);
    assert_eq!([verdicts[4], verdicts[10]], ["neither", "applause only"]);
    let themes = words(&theme_scores(&posts, &scores));
    assert_eq!(themes, ["quiet earner", none, "applause only", none]);
}

#[test]
fn unknown_engagement_is_not_zero() {
    let posts = [post(1, None, "personal"), post(2, Some(3), "learning")];
    let scores = post_scores(&posts, &[], None, &credits(&[], 0), 0);
    assert_eq!(engagement_ranks(&posts), [None, Some(1)]);
    let themes = theme_scores(&posts, &scores);
    assert_eq!((themes[0].reactions, themes[1].reactions), (Some(3), None));
}
