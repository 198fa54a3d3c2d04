//! Do the posts that are liked earn? Rank correlations, and the overlap of the top tens.

use super::{
    Finding, FindingsInput, PostScore, exact, real,
    resample::{Association, associations, correlation},
    sentence::{chance, count, rank, too_little},
};
use crate::domain::{Metric, Post};

/// Fewer posts say nothing of an order.
const LEAST_POSTS: usize = 10;
/// Fewer posts with any credit leave the order to single deals.
const LEAST_CREDITED: usize = 5;
/// Fewer credited leads in the whole account carry no verdict either.
const LEAST_LEADS: f64 = 3.0;
/// With fewer posts the two top tens must overlap.
const LEAST_POSTS_OF_TENS: usize = 20;
const TEN: usize = 10;

const SPEARMAN: &str = "Spearman's rho";
const OVERLAP: &str = "posts in both top tens";

/// What posts are compared by.
struct Applause {
    /// Parts the random numbers of the questions.
    topic: u32,
    words: &'static str,
    /// Readers who leave these are touches themselves.
    makes_touches: bool,
    of: fn(&Post) -> Option<u64>,
    /// The names of the questions: to leads, and to revenue.
    to_leads: &'static str,
    to_revenue: Option<&'static str>,
}

const APPLAUSE: [Applause; 3] = [
    Applause {
        topic: 0,
        words: "reactions",
        makes_touches: true,
        of: |post| post.reactions,
        to_leads: "likes-vs-leads",
        to_revenue: Some("likes-vs-revenue"),
    },
    Applause {
        topic: 1,
        words: "comments",
        makes_touches: true,
        of: |post| post.comments,
        to_leads: "comments-vs-leads",
        to_revenue: None,
    },
    Applause {
        topic: 2,
        words: "impressions",
        makes_touches: false,
        of: |post| post.numbers.get(Metric::Impressions),
        to_leads: "impressions-vs-leads",
        to_revenue: None,
    },
];

/// Whether a model tells of themes: posts of one share what they bring, so there is as much
/// evidence as there are themes, and what takes each post for itself would be far too sure.
fn is_of_themes(model: &str) -> bool {
    model == "incremental"
}

/// Whether a model tells of themes and of none that its posts bring anything: their order is
/// then one of noise.
fn is_open(input: &FindingsInput<'_>, model: &str) -> bool {
    is_of_themes(model) && !input.themes.iter().any(|theme| theme.is_told)
}

/// Why nothing is told of such a model.
const NO_THEME: &str = "of no theme it is sure that its posts caused any leads";

/// A question put to one model.
struct Question<'a> {
    name: &'static str,
    model: &'static str,
    applause: &'a Applause,
    /// What is earned, in words.
    earned: &'static str,
    earnings: Vec<i64>,
    has_enough: bool,
}

/// The rank correlations, every question over all models: revenue first.
pub(super) fn correlations(input: &FindingsInput<'_>) -> Vec<Finding> {
    let mut revenue = Vec::new();
    let mut leads = Vec::new();
    for applause in &APPLAUSE {
        let known: Vec<(usize, i64)> = known(input.posts, applause.of);
        let likes: Vec<i64> = known.iter().map(|(_, likes)| *likes).collect();
        let questions = questions(input, applause, &known);
        let is_asked = |one: &Question<'_>| one.has_enough && !is_of_themes(one.model);
        let asked: Vec<Vec<i64>> = questions
            .iter()
            .filter(|one| is_asked(one))
            .map(|one| one.earnings.clone())
            .collect();
        let mut answers =
            associations(&likes, &asked, input.seed, applause.topic).into_iter();
        for question in &questions {
            let n = likes.len() as u64;
            let finding = if is_open(input, question.model) {
                of_no_theme(question, n)
            } else if is_of_themes(question.model) {
                let rho = || correlation(&likes, &question.earnings);
                of_themes(question, n, question.has_enough.then(rho).flatten())
            } else {
                let is_asked = is_asked(question);
                let answer = if is_asked { answers.next().flatten() } else { None };
                of_posts(question, n, answer)
            };
            let is_revenue = applause.to_revenue == Some(question.name);
            let list = if is_revenue { &mut revenue } else { &mut leads };
            list.push(finding);
        }
    }
    revenue.append(&mut leads);
    revenue
}

/// Posts of which the number is known, by position.
fn known(posts: &[Post], of: fn(&Post) -> Option<u64>) -> Vec<(usize, i64)> {
    let number = |(at, post)| Some((at, i64::try_from(of(post)?).unwrap_or(i64::MAX)));
    posts.iter().enumerate().filter_map(number).collect()
}

fn questions<'a>(
    input: &FindingsInput<'_>,
    applause: &'a Applause,
    known: &[(usize, i64)],
) -> Vec<Question<'a>> {
    let mut questions = Vec::new();
    for (model, scores) in input.scores {
        let of = |earned: fn(&PostScore) -> i64| -> Vec<i64> {
            known.iter().map(|(at, _)| earned(&scores[*at])).collect()
        };
        let credited: f64 = scores.iter().map(|score| score.leads).sum();
        let has_posts = |earnings: &[i64]| {
            let earning = earnings.iter().filter(|one| **one != 0).count();
            LEAST_POSTS <= known.len() && LEAST_CREDITED <= earning
        };
        let mut ask = |name, earned, earnings: Vec<i64>| {
            let has_enough = has_posts(&earnings) && LEAST_LEADS <= credited;
            questions.push(Question {
                name,
                model,
                applause,
                earned,
                earnings,
                has_enough,
            });
        };
        if let Some(name) = applause.to_revenue {
            ask(name, "won revenue", of(|score| score.won_minor));
        }
        ask(applause.to_leads, "leads", of(|score| millionths(score.leads)));
    }
    questions
}

/// Sums of shares in whole millionths, so that no rounding in their last digit parts equals.
#[expect(clippy::cast_possible_truncation, reason = "leads are far below 2^40")]
fn millionths(leads: f64) -> i64 {
    (leads * 1e6).round() as i64
}

fn of_posts(question: &Question<'_>, n: u64, answer: Option<Association>) -> Finding {
    let Some(answer) = answer else { return untold(question, n) };
    let sentence = words_of(question, &count(n, "post", "posts"), answer);
    Finding {
        p_value: Some(answer.p_value),
        ..told(question, n, sentence).with_bounds(answer.rho, answer.bounds)
    }
}

/// What is known of themes alone says nothing of how sure the order of posts is.
fn of_themes(question: &Question<'_>, n: u64, rho: Option<f64>) -> Finding {
    let Some(rho) = rho else { return untold(question, n) };
    let how = if rho < 0.0 { "less" } else { "more" };
    let sentence = format!(
        "Over {}, those with more {} bring {how} {} under the {} model (rank correlation {}); \
         posts of a theme share what they bring, so how sure that is cannot be told from posts.",
        count(n, "post", "posts"),
        question.applause.words,
        question.earned,
        question.model,
        rank(rho)
    );
    told(question, n, sentence).with_bounds(rho, None)
}

fn of_no_theme(question: &Question<'_>, n: u64) -> Finding {
    let (words, earned) = (question.applause.words, question.earned);
    let sentence = too_little(&format!(
        "{NO_THEME}, so nothing can be said about {words} and {earned} under the {} model",
        question.model
    ));
    told(question, n, sentence)
}

fn untold(question: &Question<'_>, n: u64) -> Finding {
    let (words, earned) = (question.applause.words, question.earned);
    let sentence = too_little(&format!(
        "{} with known {words}, too few of them with credited {earned}, so nothing can be said \
         about {words} and {earned} under the {} model",
        count(n, "post", "posts"),
        question.model
    ));
    told(question, n, sentence)
}

fn told(question: &Question<'_>, n: u64, sentence: String) -> Finding {
    let mut finding = Finding::new(question.name, SPEARMAN, n, sentence);
    finding.model = Some(question.model);
    finding
}

fn words_of(question: &Question<'_>, posts: &str, answer: Association) -> String {
    let (words, earned) = (question.applause.words, question.earned);
    let bounds = answer.bounds.map_or(String::new(), |(low, high)| {
        format!(", between {} and {}", rank(low), rank(high))
    });
    let numbers = format!(
        "(rank correlation {}{bounds}; {})",
        rank(answer.rho),
        chance(answer.p_value)
    );
    let model = question.model;
    if 0.05 <= answer.p_value {
        return format!(
            "Over {posts}, {words} do not tell which ones bring {earned} under the {model} model \
             {numbers}."
        );
    }
    if answer.rho < 0.0 {
        return format!(
            "Over {posts}, those with more {words} bring less {earned} under the {model} \
             model {numbers}."
        );
    }
    // A touch-based model sees the readers who react: part of the agreement is its own.
    let caveat = if question.applause.makes_touches {
        format!(
            " This model gives credit for {words} themselves, which helps them to agree."
        )
    } else {
        String::new()
    };
    format!(
        "Over {posts}, those with more {words} bring more {earned} under the {model} \
         model {numbers}.{caveat}"
    )
}

/// How many of the ten most liked posts are among the ten that earned most, by model; of
/// equals the earlier post is in the ten.
pub(super) fn top_ten_overlaps(input: &FindingsInput<'_>) -> Vec<Finding> {
    let known = known(input.posts, |post| post.reactions);
    let liked = top_ten(&known);
    let overlap = |(model, scores): &(&'static str, &[PostScore])| {
        let won: Vec<(usize, i64)> =
            known.iter().map(|(at, _)| (*at, scores[*at].won_minor)).collect();
        let earning = won.iter().filter(|(_, minor)| 0 < *minor).count();
        let n = known.len() as u64;
        let mut finding = if is_open(input, model) {
            let sentence = too_little(&format!(
                "{NO_THEME}, so nothing can be said about the posts that earned most under the \
                 {model} model"
            ));
            Finding::new("top-ten-overlap", OVERLAP, n, sentence)
        } else if LEAST_POSTS_OF_TENS <= known.len() && TEN <= earning {
            let earned = top_ten(&won);
            let both = liked.iter().filter(|at| earned.contains(at)).count() as u64;
            overlapping(model, n, both)
        } else {
            let sentence = too_little(&format!(
                "{} with known reactions, {earning} of which earned anything under the {model} model; \
                 it takes {LEAST_POSTS_OF_TENS} and {TEN}",
                count(n, "post", "posts")
            ));
            Finding::new("top-ten-overlap", OVERLAP, n, sentence)
        };
        finding.model = Some(model);
        finding
    };
    input.scores.iter().map(overlap).collect()
}

/// The positions of the ten highest.
fn top_ten(values: &[(usize, i64)]) -> Vec<usize> {
    let mut order = values.to_vec();
    order.sort_by_key(|(at, value)| (std::cmp::Reverse(*value), *at));
    order.into_iter().take(TEN).map(|(at, _)| at).collect()
}

fn overlapping(model: &str, n: u64, both: u64) -> Finding {
    let ten = TEN as u64;
    let p_value = exact::hypergeometric_tail(n, ten, ten, both);
    let found = match both {
        0 => "None of the ten most liked posts is".to_owned(),
        1 => "One of the ten most liked posts is".to_owned(),
        _ => format!("Of the ten most liked posts, {both} are"),
    };
    // As many as lie around the mean of a blind draw.
    let (least, rest) = (ten * ten / n, ten * ten % n);
    let by_chance = match (least, rest) {
        (least, 0) => least.to_string(),
        (0, _) => "none or 1".to_owned(),
        (least, _) => format!("{least} or {}", least + 1),
    };
    let sentence = format!(
        "{found} among the ten that earned most under the {model} model; by chance it would be \
         {by_chance} of {}.",
        count(n, "post", "posts")
    );
    let finding = Finding::new("top-ten-overlap", OVERLAP, n, sentence);
    Finding { p_value: Some(p_value), ..finding.with_bounds(real(both), None) }
}
