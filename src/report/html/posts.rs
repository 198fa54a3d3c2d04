//! Posts with their texts: quiet earners, applause only, and the longer lists.

use super::{
    super::{money, words},
    glyph::{Glyph, Glyphs},
};
use crate::store::{PostLine, ReportInput};

/// Posts that all models judge the same, as cards.
pub(super) struct CardList {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) note: &'static str,
    pub(super) none: &'static str,
    pub(super) posts: Vec<Post>,
}

/// Posts in an order of their own, as a table.
pub(super) struct PostList {
    pub(super) title: &'static str,
    pub(super) note: &'static str,
    pub(super) posts: Vec<Post>,
}

/// A post.
pub(super) struct Post {
    pub(super) glyph: Glyph,
    pub(super) day: String,
    pub(super) member: String,
    pub(super) text: String,
    /// Empty where the post must not be found.
    pub(super) url: String,
    pub(super) reactions: String,
    pub(super) reactions_number: i64,
    pub(super) comments: String,
    pub(super) comments_number: i64,
    pub(super) leads: String,
    pub(super) leads_number: String,
    pub(super) won: String,
    pub(super) won_number: i64,
    /// Whether deals alone credit it: what touches came, came later than the leads.
    pub(super) is_later: bool,
    pub(super) verdict: String,
}

/// Quiet earners and applause-only posts.
pub(super) fn cards(
    input: &ReportInput,
    glyphs: &Glyphs,
    currency: &str,
) -> Vec<CardList> {
    // Where nothing was won, no post can be told to bring less than another.
    let is_told = !input.won.is_empty();
    let shown = |posts: &[PostLine]| -> Vec<Post> {
        let posts = posts.iter().filter(|_| is_told);
        posts.map(|line| post(line, input, (glyphs, currency, 420))).collect()
    };
    if input.counts.posts == 0 && input.page.quiet.is_empty() {
        return Vec::new();
    }
    let none = |not_won: &'static str, of_models: &'static str| {
        if !is_told {
            not_won
        } else if is_open(input) {
            TOO_LITTLE
        } else {
            of_models
        }
    };
    vec![
        CardList {
            id: "quiet",
            title: "Quiet earners",
            note: "Less applause than the middle post, more won revenue, under every model, for \
                   which one deal can be enough. Those that earned most first.",
            none: none(
                "Nothing was won yet, so nothing tells which posts earn.",
                "No post is a quiet earner under every model.",
            ),
            posts: shown(&input.page.quiet),
        },
        CardList {
            id: "applause",
            title: "Applause only",
            note: "More applause than the middle post, no more won revenue than it, under \
                   every model. Those that were applauded most first.",
            none: none(
                "Nothing was won yet, so nothing tells which posts bring applause alone.",
                "No post got applause only under every model.",
            ),
            posts: shown(&input.page.applause),
        },
    ]
}

/// What is said where no post can be told from another.
const TOO_LITTLE: &str = "Too little data: it takes ten posts whose reactions are known and not \
                          the same for all, three leads that posts had to do with, and three \
                          posts that earned something.";

/// Whether no post has a verdict of any model.
fn is_open(input: &ReportInput) -> bool {
    let has_none = |post: &PostLine| post.verdict.as_deref() == Some("too little data");
    input.earning.iter().chain(&input.liked).all(has_none)
}

/// The longer lists.
pub(super) fn lists(
    input: &ReportInput,
    glyphs: &Glyphs,
    currency: &str,
) -> Vec<PostList> {
    let shown = |posts: &[PostLine]| -> Vec<Post> {
        posts.iter().map(|line| post(line, input, (glyphs, currency, 160))).collect()
    };
    let lists = vec![
        PostList {
            title: "Posts that brought most leads",
            note: "Credited leads, from the least to the most over the models; no post is \
                   credited with won revenue. All posts stand in post_scorecard.csv.",
            posts: shown(&input.leading),
        },
        PostList {
            title: "Posts that earned most",
            note: "Credit of won deals, from the least to the most over the models; those \
                   whose least is most first. All posts stand in post_scorecard.csv.",
            posts: shown(&input.earning),
        },
        PostList {
            title: "Posts with the most reactions",
            note: "What neither analytics nor a list of engagers tells is unknown (–). All \
                   posts stand in posts.csv.",
            posts: shown(&input.liked),
        },
    ];
    lists.into_iter().filter(|list| !list.posts.is_empty()).collect()
}

fn post(
    line: &PostLine,
    input: &ReportInput,
    (glyphs, currency, letters): (&Glyphs, &str, usize),
) -> Post {
    let open = if input.won.is_empty() { "–" } else { "depends on the model" };
    Post {
        glyph: glyphs.of(line.theme.as_deref()).clone(),
        day: line
            .posted_at
            .as_deref()
            .and_then(|at| at.get(..10))
            .unwrap_or("")
            .to_owned(),
        member: line.member.clone().unwrap_or_default(),
        text: words::first_words(line.text.as_deref().unwrap_or(""), letters),
        url: if input.is_pseudonymous {
            String::new()
        } else {
            format!("https://www.linkedin.com/feed/update/{}", line.urn)
        },
        reactions: money::count(line.reactions),
        reactions_number: line.reactions.unwrap_or(-1),
        comments: money::count(line.comments),
        comments_number: line.comments.unwrap_or(-1),
        leads: money::leads(line.leads),
        leads_number: super::scale::short(line.leads.1),
        won: money::range(line.won_minor, currency),
        won_number: line.won_minor.0.midpoint(line.won_minor.1),
        is_later: line.leads.1 <= 0.0 && 0 < line.won_minor.1,
        verdict: line
            .verdict
            .clone()
            .filter(|_| !input.won.is_empty())
            .unwrap_or_else(|| open.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::WonTotal;

    #[test]
    fn where_no_post_can_be_told_from_another_what_it_takes_is_said() {
        let post = |verdict: Option<&str>| PostLine {
            reactions: Some(3),
            leads: (0.0, 1.0),
            won_minor: (0, 100),
            verdict: verdict.map(str::to_owned),
            ..PostLine::default()
        };
        let mut input = ReportInput::default();
        input.counts.posts = 1;
        let none = |input: &ReportInput| cards(input, &Glyphs::new(&[]), "EUR")[0].none;
        assert!(none(&input).starts_with("Nothing was won yet"));
        input.won = vec![WonTotal {
            currency: "EUR".to_owned(),
            amount_kind: "revenue".to_owned(),
            deals: 1,
            won_minor: 100,
            ..WonTotal::default()
        }];
        input.liked = vec![post(Some("too little data"))];
        assert_eq!(none(&input), TOO_LITTLE);
        input.earning = vec![post(None)];
        assert_eq!(none(&input), "No post is a quiet earner under every model.");
    }
}
