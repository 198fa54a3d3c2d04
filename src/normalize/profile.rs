//! The profile that a cell of a CRM names.

use super::link::{self, PersonKey};

/// The first profile that a cell names, also with words or brackets around it; none where its
/// name may go on behind them.
pub(super) fn named(cell: &str) -> Option<&str> {
    let ends = |c: char| c.is_whitespace() || "<>()[]{}\"'|;,".contains(c);
    let mut at = 0;
    let words = cell.split_inclusive(ends).map(|part| {
        let word = part.strip_suffix(ends).unwrap_or(part);
        let behind = &cell[at + word.len()..];
        at += part.len();
        (word, behind)
    });
    let mut persons = words.filter(|(word, _)| link::person(word).is_some());
    let (word, behind) = persons.next()?;
    (!is_cut(word, behind)).then_some(word)
}

/// Whether a text is meant as the URL of a profile: of LinkedIn's, and nothing else there.
pub(super) fn is_meant(cell: &str) -> bool {
    let lower = cell.to_ascii_lowercase();
    let is_url = lower.contains("linkedin.com")
        || ["in/", "/in/"].iter().any(|path| lower.starts_with(path));
    is_url && (link::target(cell).is_none() || link::person(cell).is_some())
}

/// Whether the name at the end of a URL goes on with what stands behind it, as in
/// `/in/John Smith` and `/in/o'neil`, so that it would be another person's.
fn is_cut(url: &str, behind: &str) -> bool {
    let Some(PersonKey::Profile(slug)) = link::person(url) else { return false };
    // A slash or a query has ended the name.
    if link::person(&format!("{url}x")) == Some(PersonKey::Profile(slug)) {
        return false;
    }
    let is_word = |text: &str| text.starts_with(char::is_alphanumeric);
    let is_between = |c: char| c.is_whitespace() || c == ',';
    let next = behind.trim_start_matches(is_between);
    match behind.chars().next() {
        Some(c @ ('(' | '[' | '{' | '<')) => !is_web(&behind[c.len_utf8()..]),
        Some(c @ ('"' | '\'' | ')' | ']' | '}' | '>')) => {
            is_word(&behind[c.len_utf8()..])
        }
        Some(c) if is_between(c) => is_word(next) && !is_web(next),
        _ => false,
    }
}

/// Whether a text begins with an address of the web or of e-mail.
fn is_web(text: &str) -> bool {
    let word = text.split(char::is_whitespace).next().unwrap_or("");
    let is_page = |(host, _): (&str, &str)| host.contains(['.', ':']);
    word.contains('@') || word.split_once('/').is_some_and(is_page)
}
