//! The summary for a terminal: the answer first, then how sure one can be of it.

use super::{advice, lens, money};
use crate::{
    analyze::UNFITTED_MODEL,
    store::{PostLine, ReportInput},
};

/// Lines of posts that fit beside everything else.
const MOST_POSTS: usize = 5;

/// Letters of a post that say which one it is: so many at most, and at least.
const TEXT_WIDTH: usize = 46;
const LEAST_WIDTH: usize = 16;

/// The whole summary, ending in a line end; posts are cut so that their lines fit a terminal
/// of so many letters.
pub fn summary(input: &ReportInput, width: Option<usize>) -> String {
    let mut lines = answer(input);
    lines.push(String::new());
    lines.extend(posts("Earned most", &input.earning, input, width));
    lines.extend(posts("Got the most applause", &input.liked, input, width));
    lines.extend(themes(input));
    lines.push("From rows to credit".to_owned());
    for (step, reason, rows) in &input.funnel {
        let rows = money::grouped(rows.unsigned_abs());
        lines.push(match reason {
            None => format!("  {rows:>9}  {step}"),
            Some(reason) => format!("  {rows:>9}    not: {reason}"),
        });
    }
    if 0 < input.counts.ambiguities {
        let count = input.counts.ambiguities;
        lines.push(format!("  {count} joins were left open because more than one fits; see ambiguities.csv"));
    }
    lines.push(format!(
        "{} cells, rows or files were rejected{}",
        money::grouped(input.counts.rejections.unsigned_abs()),
        if input.counts.rejections == 0 { "" } else { "; see rejections.csv" }
    ));
    if input.is_pseudonymous {
        lines.push("Names are invented, and words of people left out.".to_owned());
    }
    let advice = advice::advice(input);
    if !advice.is_empty() {
        lines.push(String::new());
        lines.push("To know more".to_owned());
        lines.extend(advice.iter().map(|sentence| format!("  {sentence}")));
    }
    lines.join("\n") + "\n"
}

/// The same for programs: the answer's sentences and what they are made of.
pub fn summary_json(input: &ReportInput) -> serde_json::Value {
    serde_json::json!({
        "answer": answer(input),
        "advice": advice::advice(input),
        "models": input.models,
        "counts": input.counts,
        "won": input.won,
        "credited_won_minor": input.credited_won_minor,
        "earning": input.earning,
        "liked": input.liked,
        "themes": input.themes,
        "funnel": input
            .funnel
            .iter()
            .map(|(step, reason, rows)| {
                serde_json::json!({ "step": step, "reason": reason, "rows": rows })
            })
            .collect::<Vec<_>>(),
    })
}

/// Two or three sentences that answer the question, and what they do not rest on.
pub(super) fn answer(input: &ReportInput) -> Vec<String> {
    let mut lines = credited(input);
    let findings = input.page.findings.iter();
    let unfitted = findings.filter(|finding| finding.name == UNFITTED_MODEL);
    lines.extend(unfitted.map(|finding| finding.sentence.clone()));
    lines.extend(deleted(input));
    lines
}

fn credited(input: &ReportInput) -> Vec<String> {
    let Some(won) = input.won.first() else {
        return vec![
            if input.counts.leads == 0 {
                "There are no leads yet, so nothing can be credited to posts."
            } else if input.counts.deals == 0 {
                "There are no deals yet; leads are credited, revenue is not."
            } else {
                "No deal with an amount was won yet; leads are credited, revenue is not."
            }
            .to_owned(),
        ];
    };
    let mut lines = vec![format!(
        "Of {} won in {} deals, posts are credited with {} ({} models).",
        money::amount(won.won_minor, &won.currency),
        won.deals,
        money::range(input.credited_won_minor, &won.currency),
        input.counts.models
    )];
    for other in &input.won[1..] {
        lines.push(format!(
            "Beside that, {} won in {} deals ({}); never added to the others.",
            money::amount(other.won_minor, &other.currency),
            other.deals,
            other.amount_kind
        ));
    }
    lines.extend(lens::sentences(input));
    lines.push(
        "Credit goes only to touches that the data shows; silent readers leave none."
            .to_owned(),
    );
    lines
}

/// What the results do not know any more.
fn deleted(input: &ReportInput) -> Option<String> {
    let settings = &input.page.settings;
    let (_, day) = settings.iter().find(|(name, _)| name == "deleted-before")?;
    Some(format!(
        "Persons of whom nothing is stated since {day} were deleted, as the retention says: \
         their leads and deals count, and are credited to no post but by what is left."
    ))
}

fn posts(
    title: &str,
    posts: &[PostLine],
    input: &ReportInput,
    width: Option<usize>,
) -> Vec<String> {
    if posts.is_empty() {
        return Vec::new();
    }
    let currency = input.won.first().map_or("XXX", |won| won.currency.as_str());
    let posts = &posts[..posts.len().min(MOST_POSTS)];
    let numbers: Vec<String> = posts
        .iter()
        .map(|post| {
            format!(
                "{:>5} likes  {:>11} leads  {}",
                money::count(post.reactions),
                money::leads(post.leads),
                money::range(post.won_minor, currency)
            )
        })
        .collect();
    let beside = numbers.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    // The day, its margin, and the gaps beside the text.
    let room = width.map_or(TEXT_WIDTH, |width| width.saturating_sub(beside + 16));
    let room = room.clamp(LEAST_WIDTH, TEXT_WIDTH);
    let mut lines = vec![title.to_owned()];
    for (post, numbers) in posts.iter().zip(numbers) {
        let day = post.posted_at.as_deref().and_then(|at| at.get(..10)).unwrap_or("");
        let text = first_words(post.text.as_deref().unwrap_or(&post.urn), room);
        lines.push(format!("  {day:10}  {text:room$}  {numbers}"));
    }
    lines.push(String::new());
    lines
}

fn themes(input: &ReportInput) -> Vec<String> {
    if !input.themes.iter().any(|theme| theme.theme.is_some()) {
        return Vec::new();
    }
    let currency = input.won.first().map_or("XXX", |won| won.currency.as_str());
    let mut lines = vec!["Themes".to_owned()];
    for theme in &input.themes {
        lines.push(format!(
            "  {:14} {:>4} posts  {:>6} likes  {:>14} leads  {}  {}",
            theme.theme.as_deref().map_or_else(|| "(no theme)".to_owned(), lens::shown),
            theme.posts,
            money::count(theme.reactions),
            money::leads(theme.leads),
            money::range(theme.won_minor, currency),
            lens::verdict(input, theme),
        ));
    }
    lines.push(String::new());
    lines
}

/// A text in one line, without what would steer a terminal or turn the direction.
pub fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !steers(*c))
        .collect()
}

/// The first words of a text in one line, without control and direction characters.
pub(super) fn first_words(text: &str, width: usize) -> String {
    let words = harmless(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(width - 1) {
        Some((end, _)) if width < words.chars().count() => format!("{}…", &words[..end]),
        _ => words,
    }
}

/// Whether a character steers a terminal, or turns the direction of what stands behind it.
pub fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_many_lines_shows_its_first_words() {
        assert_eq!(first_words("Two\n lines", 20), "Two lines");
        assert_eq!(first_words("12345 7890", 6), "12345…");
        assert_eq!(first_words("\u{1b}[31mred\u{202e}", 20), "[31mred");
    }

    #[test]
    fn lines_of_posts_fit_the_terminal() {
        let post = PostLine {
            urn: "urn:li:share:1".to_owned(),
            member: None,
            posted_at: Some("2024-03-12T09:14:55Z".to_owned()),
            theme: None,
            text: Some("word ".repeat(30)),
            reactions: Some(5),
            comments: None,
            leads: (1.0, 2.5),
            won_minor: (0, 1_234_500),
            verdict: None,
        };
        let input = ReportInput { earning: vec![post], ..ReportInput::default() };
        let width = |terminal| {
            let text = summary(&input, terminal);
            let line = text.lines().find(|line| line.contains("word")).unwrap();
            line.chars().count()
        };
        assert_eq!(width(Some(90)), 90);
        assert_eq!(width(Some(1000)), width(None));
        assert!(width(Some(20)) < width(Some(90)));
    }

    #[test]
    fn a_model_that_could_not_be_fitted_stands_in_the_answer() {
        let finding = crate::store::FindingLine {
            name: UNFITTED_MODEL.to_owned(),
            statistic: "states".to_owned(),
            value: None,
            low: None,
            high: None,
            p_value: None,
            n: 12_000,
            sentence: "The model markov could not be fitted.".to_owned(),
            model: Some("markov".to_owned()),
            subject: None,
        };
        let mut input = ReportInput::default();
        input.page.findings = vec![finding];
        let text = summary(&input, None);
        assert!(text.contains("The model markov could not be fitted."), "{text}");
    }

    #[test]
    fn without_deals_it_says_so() {
        let input = ReportInput::default();
        assert!(summary(&input, None).starts_with("There are no leads yet"));
    }
}
