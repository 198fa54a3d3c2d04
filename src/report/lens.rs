//! What would not have come without the posts, in sentences.

use super::words::{capitalized, listed};
use crate::store::{IncrementalLine, ReportInput, ThemeLine};

/// False findings among those that are told, at most.
const MOST_FALSE: f64 = 0.05;

/// How many leads the posts brought, silent readers included, and what kinds of posts earn
/// quietly or bring applause alone.
pub(super) fn sentences(input: &ReportInput) -> Vec<String> {
    let lines = &input.page.incremental;
    if lines.iter().all(|line| line.leads.is_none()) {
        let mut told = vec![
            "There is too little data to say how many leads would not have come without the \
             posts."
                .to_owned(),
        ];
        let credited = |verdict: &str| {
            named(input.themes.iter().map(|theme| {
                (
                    theme.theme.as_deref().unwrap_or(""),
                    theme.verdict.as_deref() == Some(verdict),
                )
            }))
        };
        told.extend(verdicts(
            [
                "few reactions, and much credit under every model",
                "many reactions, and little credit under every model",
            ],
            credited,
        ));
        return told;
    }
    let mut sure: Vec<&IncrementalLine> = lines
        .iter()
        .filter(|line| line.q_value.is_some_and(|q| q < MOST_FALSE))
        .collect();
    let leads = |line: &IncrementalLine| line.leads.unwrap_or(0.0);
    sure.sort_by(|a, b| leads(b).total_cmp(&leads(a)));
    let is_open = lines.iter().all(|line| line.verdict == "too little data");
    let mut told = vec![if sure.is_empty() && is_open {
        "The data cannot tell whether any leads would not have come without the posts."
            .to_owned()
    } else if sure.is_empty() {
        "The data show no leads that would not have come without the posts.".to_owned()
    } else {
        let each: Vec<String> = sure.iter().map(|line| effect(line)).collect();
        format!(
            "Leads that would not have come without the posts, silent readers included (95 % \
             intervals): {}.",
            each.join(", ")
        )
    }];
    let judged = |verdict: &str| {
        named(lines.iter().map(|line| (line.theme.as_str(), line.verdict == verdict)))
    };
    told.extend(verdicts(
        [
            "few reactions, and surely more such leads per post than the middle theme",
            "many reactions, and surely fewer such leads per post than the middle theme",
        ],
        judged,
    ));
    told
}

/// A theme's verdict: by the interval of what it brings, where the data tell one; else the
/// one that all models agree on.
pub(super) fn verdict(input: &ReportInput, theme: &ThemeLine) -> String {
    let own = input.page.incremental.iter().find(|line| {
        line.leads.is_some() && Some(line.theme.as_str()) == theme.theme.as_deref()
    });
    let credited = match theme.verdict.as_deref() {
        // Credit of what was won: where nothing was, it tells nothing.
        _ if input.won.is_empty() => "too little data",
        verdict => verdict.unwrap_or("depends on the model"),
    };
    own.map_or(credited, |line| &line.verdict).to_owned()
}

/// A theme's name in words.
pub(super) fn shown(theme: &str) -> String {
    theme.replace('_', " ")
}

/// `client story 94 (75 to 116)`.
fn effect(line: &IncrementalLine) -> String {
    let whole = |number: Option<f64>| format!("{:.0}", number.unwrap_or(0.0));
    format!(
        "{} {} ({} to {})",
        shown(&line.theme),
        whole(line.leads),
        whole(line.leads_low),
        whole(line.leads_high)
    )
}

fn named<'a>(themes: impl Iterator<Item = (&'a str, bool)>) -> Vec<String> {
    let kept = themes.filter(|(name, is_so)| *is_so && !name.is_empty());
    kept.map(|(name, _)| shown(name)).collect()
}

/// What kinds of posts earn quietly or bring applause alone, in words of what that means.
fn verdicts(
    [quiet, applause]: [&str; 2],
    themes: impl Fn(&str) -> Vec<String>,
) -> Vec<String> {
    let say = |one: &str, many: &str, how: &str, verdict: &str| {
        let names = themes(verdict);
        let is = if names.len() == 1 { one } else { many };
        let names = (!names.is_empty()).then(|| capitalized(&listed(&names)))?;
        Some(format!("{names} {is}: {how}."))
    };
    [
        say("is a quiet earner", "are quiet earners", quiet, "quiet earner"),
        say("brings applause only", "bring applause only", applause, "applause only"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(theme: &str, leads: f64, q_value: f64, verdict: &str) -> IncrementalLine {
        IncrementalLine {
            theme: theme.to_owned(),
            posts: 10,
            leads: Some(leads),
            leads_low: Some(leads / 2.0),
            leads_high: Some(leads * 2.0),
            p_value: Some(q_value),
            q_value: Some(q_value),
            placebo_p: None,
            revenue_minor: None,
            revenue_low_minor: None,
            revenue_high_minor: None,
            currency: None,
            verdict: verdict.to_owned(),
        }
    }

    #[test]
    fn only_what_is_sure_is_told_with_its_interval() {
        let mut input = ReportInput::default();
        assert!(sentences(&input)[0].starts_with("There is too little data"));
        input.page.incremental = vec![
            line("inspiration", 0.0, 0.5, "applause only"),
            line("personal", 1.0, 0.4, "applause only"),
            line("client_story", 32.0, 0.001, "quiet earner"),
        ];
        assert_eq!(
            sentences(&input),
            [
                "Leads that would not have come without the posts, silent readers included (95 \
                 % intervals): client story 32 (16 to 64).",
                "Client story is a quiet earner: few reactions, and surely more such leads per \
                 post than the middle theme.",
                "Inspiration and personal bring applause only: many reactions, and surely fewer \
                 such leads per post than the middle theme.",
            ]
        );
        input.page.incremental = vec![line("personal", 1.0, 0.4, "too little data")];
        assert!(sentences(&input)[0].starts_with("The data cannot tell whether"));
        input.page.incremental = vec![line("personal", 0.0, 0.5, "applause only")];
        assert!(sentences(&input)[0].starts_with("The data show no leads"));
    }
}
