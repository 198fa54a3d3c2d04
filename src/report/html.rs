//! The page: one file, no network, opens by double click.

use askama::Template;

use super::{money, text};
use crate::store::{PostLine, ReportInput};

/// What the template shows; all text is escaped by it.
#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    input: &'a ReportInput,
    answer: Vec<String>,
    lists: Vec<PostList>,
    themes: Vec<ThemeRow>,
    version: &'static str,
}

struct PostList {
    title: &'static str,
    note: &'static str,
    rows: Vec<PostRow>,
}

struct PostRow {
    day: String,
    member: String,
    theme: String,
    text: String,
    url: String,
    likes: String,
    comments: String,
    leads: String,
    won: String,
    verdict: String,
}

struct ThemeRow {
    name: String,
    posts: i64,
    likes: String,
    leads: String,
    won: String,
    verdict: String,
    likes_percent: i64,
    won_percent: i64,
}

/// Makes the page.
pub(super) fn page(input: &ReportInput) -> Result<String, askama::Error> {
    let currency = input.won.first().map_or("XXX", |won| won.currency.as_str());
    let rows =
        |posts: &[PostLine]| posts.iter().map(|post| post_row(post, currency)).collect();
    let page = Page {
        input,
        answer: text::answer(input),
        lists: vec![
            PostList {
                title: "Posts that earned most",
                note: "Credit of won deals, from the least to the most over the models.",
                rows: rows(&input.earning),
            },
            PostList {
                title: "Posts with the most likes",
                note: "People on the lists of engagers; what no list names is unknown.",
                rows: rows(&input.liked),
            },
        ],
        themes: themes(input, currency),
        version: env!("CARGO_PKG_VERSION"),
    };
    page.render()
}

fn post_row(post: &PostLine, currency: &str) -> PostRow {
    PostRow {
        day: post
            .posted_at
            .as_deref()
            .and_then(|at| at.get(..10))
            .unwrap_or("")
            .to_owned(),
        member: post.member.clone().unwrap_or_default(),
        theme: post.theme.clone().unwrap_or_default(),
        text: text::first_words(post.text.as_deref().unwrap_or(""), 280),
        url: format!("https://www.linkedin.com/feed/update/{}", post.urn),
        likes: money::count(post.reactions),
        comments: money::count(post.comments),
        leads: money::leads(post.leads),
        won: money::range(post.won_minor, currency),
        verdict: post
            .verdict
            .clone()
            .unwrap_or_else(|| "depends on the model".to_owned()),
    }
}

/// Shares of all reactions beside shares of all credited revenue, in whole percent.
fn themes(input: &ReportInput, currency: &str) -> Vec<ThemeRow> {
    let middle = |(least, most): (i64, i64)| i128::from(least) + i128::from(most);
    let likes: i64 = input.themes.iter().filter_map(|theme| theme.reactions).sum();
    let won: i128 = input.themes.iter().map(|theme| middle(theme.won_minor).max(0)).sum();
    let percent = |part: i128, whole: i128| {
        i64::try_from((part.max(0) * 100 + whole / 2) / whole.max(1)).unwrap_or(0)
    };
    input
        .themes
        .iter()
        .map(|theme| ThemeRow {
            name: theme.theme.clone().unwrap_or_else(|| "no theme".to_owned()),
            posts: theme.posts,
            likes: money::count(theme.reactions),
            leads: money::leads(theme.leads),
            won: money::range(theme.won_minor, currency),
            verdict: theme
                .verdict
                .clone()
                .unwrap_or_else(|| "depends on the model".to_owned()),
            likes_percent: percent(theme.reactions.unwrap_or(0).into(), likes.into()),
            won_percent: percent(middle(theme.won_minor), won),
        })
        .collect()
}
