//! What would not have come without the posts, in sentences.

use super::{
    money,
    words::{capitalized, listed, signed},
};
use crate::{
    analyze::{Verdict, is_told},
    domain::Word,
    store::{FindingLine, IncrementalLine, ReportInput, ThemeLine},
};

/// How many leads the posts brought, silent readers included, and what kinds of posts earn
/// quietly or bring applause alone.
pub(super) fn sentences(input: &ReportInput) -> Vec<String> {
    let lines = &input.page.incremental;
    if lines.iter().all(|line| line.leads.is_none()) {
        return by_credit(input);
    }
    let mut sure: Vec<&IncrementalLine> =
        lines.iter().filter(|line| is_told(line.q_value, line.placebo_p)).collect();
    let most = |line: &IncrementalLine| line.leads.unwrap_or(0.0);
    sure.sort_by(|a, b| most(b).total_cmp(&most(a)));
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
    let is_doubtful = |line: &IncrementalLine| {
        is_told(line.q_value, None) && !is_told(line.q_value, line.placebo_p)
    };
    let doubtful =
        named(lines.iter().map(|line| (line.theme.as_str(), is_doubtful(line))));
    if !doubtful.is_empty() {
        told.push(format!(
            "For {} posts at other times would fit the leads as well, so that nothing is said \
             of them.",
            listed(&doubtful)
        ));
    }
    told.extend(judged(lines));
    told
}

/// What is left to say where no leads are told of any theme.
fn by_credit(input: &ReportInput) -> Vec<String> {
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
    told
}

/// What verdicts say of themes, by the leads that would not have come.
fn judged(lines: &[IncrementalLine]) -> Vec<String> {
    // Where leads were just told of a theme, applause is not all that it brings.
    let brings = |line: &&IncrementalLine| line.verdict == "applause only";
    let (modest, idle): (Vec<&IncrementalLine>, Vec<&IncrementalLine>) = lines
        .iter()
        .filter(brings)
        .partition(|line| is_told(line.q_value, line.placebo_p));
    let themes = |verdict: &str| {
        let is_so = |line: &IncrementalLine| match verdict {
            "applause only" => idle.iter().any(|own| own.theme == line.theme),
            verdict => line.verdict == verdict,
        };
        named(lines.iter().map(|line| (line.theme.as_str(), is_so(line))))
    };
    let mut told = verdicts(
        [
            "few reactions, and more such leads per post than the median theme (95 % sure)",
            FEWER,
        ],
        themes,
    );
    told.extend(more_applause(&modest));
    told
}

/// What a verdict of applause rests on.
const FEWER: &str =
    "many reactions, and fewer such leads per post than the median theme (95 % sure)";

/// Themes that bring much applause and fewer leads than others, though they bring some.
fn more_applause(lines: &[&IncrementalLine]) -> Option<String> {
    let names: Vec<String> = lines.iter().map(|line| shown(&line.theme)).collect();
    let each: Vec<String> = lines.iter().map(|line| leads(line)).collect();
    let (bring, them) = match names.len() {
        0 => return None,
        1 => ("brings", "it"),
        _ => ("bring", "them"),
    };
    Some(format!(
        "{} {bring} more applause than business: {FEWER}, though {} leads would not have come \
         without {them}.",
        capitalized(&listed(&names)),
        listed(&each)
    ))
}

/// Likes against revenue in a sentence over all models, and in one by what would not have come;
/// nothing where neither can be told.
pub(super) fn likes(findings: &[FindingLine]) -> Option<String> {
    let lines = || findings.iter().filter(|line| line.name == "likes-vs-revenue");
    let is_incremental =
        |line: &&FindingLine| line.model.as_deref() == Some("incremental");
    let known = |line: &FindingLine| Some((line.low?, line.value?, line.high?));
    let credited: Vec<(f64, f64, f64)> =
        lines().filter(|line| !is_incremental(line)).filter_map(known).collect();
    let least =
        |of: fn(&(f64, f64, f64)) -> f64| credited.iter().map(of).reduce(f64::min);
    let most = |of: fn(&(f64, f64, f64)) -> f64| credited.iter().map(of).reduce(f64::max);
    let (low, high) = (least(|one| one.0)?, most(|one| one.2)?);
    let (from, to) = (least(|one| one.1)?, most(|one| one.1)?);
    let values = if to - from < 0.005 {
        signed(from)
    } else {
        [signed(from), signed(to)].join(" to ")
    };
    let (start, caveat) = if high < 0.0 {
        ("Posts with more reactions are credited with less won revenue", "")
    } else if 0.0 < low {
        (
            "Posts with more reactions are credited with more won revenue",
            "; in part because the reactions themselves are credited",
        )
    } else {
        ("Reactions do not tell which posts are credited with won revenue", "")
    };
    let models = lines().filter(|line| !is_incremental(line)).count();
    let counted = |models: usize| i64::try_from(models).unwrap_or(i64::MAX);
    let over = money::counted(counted(credited.len()), "model", "models");
    let of = match models - credited.len() {
        0 => String::new(),
        1 => " (1 other has too little data)".to_owned(),
        others => format!(" ({others} others have too little data)"),
    };
    let told = format!(
        "{start}: rank correlation {values} over {over}{of}, 95 % intervals within {} and \
         {}{caveat}.",
        signed(low),
        signed(high)
    );
    let caused = lines().find(is_incremental).and_then(|line| line.value).map(|value| {
        format!(
            " With revenue that would not have come without the posts it is {}, which is a \
             matter of themes and has no interval.",
            signed(value)
        )
    });
    Some(told + &caused.unwrap_or_default())
}

/// A theme's verdict: by the interval of what it brings, where the data tell one; else the
/// one that all models agree on.
pub(super) fn verdict(input: &ReportInput, theme: &ThemeLine) -> String {
    let own = own(input, theme);
    let credited = match theme.verdict.as_deref() {
        // Credit of what was won: where nothing was, it tells nothing.
        _ if input.won.is_empty() => "too little data",
        verdict => verdict.unwrap_or("depends on the model"),
    };
    own.map_or(credited, |line| &line.verdict).to_owned()
}

/// Why themes have no verdict, in brackets: by what is estimated of a theme, else by credit.
pub(super) fn too_little(input: &ReportInput) -> Option<String> {
    let is_open = |theme: &&ThemeLine| {
        theme.theme.is_some() && verdict(input, theme) == Verdict::TooLittleData.word()
    };
    let open = input.themes.iter().filter(is_open);
    let (estimated, credited): (Vec<_>, Vec<_>) =
        open.partition(|theme| own(input, theme).is_some());
    let either = "leads per post may lie on either side of the middle theme's";
    let why = match (estimated.is_empty(), credited.is_empty()) {
        _ if input.counts.leads == 0 => return None,
        (true, true) => return None,
        (false, true) => either.to_owned(),
        (false, false) => format!("{either}, or too little is known to compare"),
        (true, false) => "too little is known to compare".to_owned(),
    };
    Some(format!(" (too little data: {why})"))
}

/// A theme's name in words.
pub(super) fn shown(theme: &str) -> String {
    theme.replace('_', " ")
}

/// `client story 94 (75 to 116)`.
fn effect(line: &IncrementalLine) -> String {
    format!("{} {}", shown(&line.theme), leads(line))
}

/// `94 (75 to 116)`.
fn leads(line: &IncrementalLine) -> String {
    let whole = |number: Option<f64>| format!("{:.0}", number.unwrap_or(0.0));
    format!(
        "{} ({} to {})",
        whole(line.leads),
        whole(line.leads_low),
        whole(line.leads_high)
    )
}

/// What a theme's verdict rests on where the data tell it: the leads that would not have come
/// without its posts.
pub(super) fn caused(input: &ReportInput, theme: &ThemeLine) -> String {
    let own = own(input, theme);
    own.map_or_else(String::new, |line| format!("{} caused", leads(line)))
}

fn own<'a>(input: &'a ReportInput, theme: &ThemeLine) -> Option<&'a IncrementalLine> {
    input.page.incremental.iter().find(|line| {
        line.leads.is_some() && Some(line.theme.as_str()) == theme.theme.as_deref()
    })
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
                "Client story is a quiet earner: few reactions, and more such leads per post than \
                 the median theme (95 % sure).",
                "Inspiration and personal bring applause only: many reactions, and fewer such \
                 leads per post than the median theme (95 % sure).",
            ]
        );
        input.page.incremental[0] = line("inspiration", 25.0, 0.001, "applause only");
        let told = sentences(&input);
        assert!(told[2].starts_with("Personal brings applause only: many "), "{told:?}");
        assert_eq!(
            told[3],
            "Inspiration brings more applause than business: many reactions, and fewer such leads \
             per post than the median theme (95 % sure), though 25 (12 to 50) leads would not \
             have come without it."
        );
        input.page.incremental[0] = line("inspiration", 0.0, 0.5, "applause only");
        input.page.incremental[2].placebo_p = Some(0.4);
        assert_eq!(
            sentences(&input)[1],
            "For client story posts at other times would fit the leads as well, so that nothing \
             is said of them."
        );
        input.page.incremental = vec![line("personal", 1.0, 0.4, "too little data")];
        assert!(sentences(&input)[0].starts_with("The data cannot tell whether"));
        input.page.incremental = vec![line("personal", 0.0, 0.5, "applause only")];
        assert!(sentences(&input)[0].starts_with("The data show no leads"));
    }

    #[test]
    fn what_keeps_themes_from_a_verdict_is_said_once() {
        let theme = |name: &str| ThemeLine {
            theme: Some(name.to_owned()),
            posts: 3,
            reactions: Some(1),
            comments: None,
            leads: (0.0, 0.0),
            won_minor: (0, 0),
            verdict: Some("too little data".to_owned()),
        };
        let mut input =
            ReportInput { themes: vec![theme("other")], ..Default::default() };
        assert_eq!(too_little(&input), None);
        input.counts.leads = 1;
        let told = |input: &ReportInput| too_little(input).unwrap();
        assert_eq!(told(&input), " (too little data: too little is known to compare)");
        input.page.incremental = vec![line("other", 1.0, 0.4, "too little data")];
        let start = " (too little data: leads per post may lie on either side of the \
                     middle theme's";
        assert_eq!(told(&input), format!("{start})"));
        input.themes.push(theme("personal"));
        let end = ", or too little is known to compare)";
        assert_eq!(told(&input), format!("{start}{end}"));
        input.page.incremental =
            ["other", "personal"].map(|name| line(name, 1.0, 0.4, "both")).into();
        assert_eq!(too_little(&input), None);
    }

    #[test]
    fn likes_say_no_more_than_all_intervals_do() {
        let line = |model: &str, value: Option<f64>| FindingLine {
            name: "likes-vs-revenue".to_owned(),
            statistic: "Spearman's rho".to_owned(),
            value,
            low: value.map(|value| value - 0.1),
            high: value.map(|value| value + 0.1),
            p_value: None,
            n: 71,
            sentence: String::new(),
            model: Some(model.to_owned()),
            subject: None,
        };
        let told = |values: &[f64]| {
            let lines = values.iter().map(|value| line("linear", Some(*value)));
            likes(&lines.collect::<Vec<_>>()).unwrap()
        };
        assert_eq!(
            told(&[-0.4, -0.3]),
            "Posts with more reactions are credited with less won revenue: rank correlation −0.40 \
             to −0.30 over 2 models, 95 % intervals within −0.50 and −0.20."
        );
        assert!(told(&[-0.4, -0.05]).starts_with("Reactions do not tell"));
        assert!(told(&[0.4]).ends_with("the reactions themselves are credited."));
        assert_eq!(likes(&[line("linear", None)]), None);
        let untold = [line("linear", Some(0.4)), line("markov", None)];
        let told = likes(&untold).unwrap();
        assert!(told.contains(" over 1 model (1 other has too little data), "), "{told}");
        let both = [line("linear", Some(0.4)), line("incremental", Some(-0.3))];
        let both = likes(&both).unwrap();
        assert!(both.contains(" would not have come without the posts it is −0.30, "));
    }
}
