//! The profile that a cell of a CRM names.

use super::{
    link::{self, PersonKey},
    null,
};

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
    // Nor does a name go on in another line.
    let behind = behind.split(['\n', '\r']).next().unwrap_or("");
    let Some(c) = behind.chars().next() else { return false };
    let next = &behind[c.len_utf8()..];
    match c {
        '(' | '[' | '{' | '<' => !is_other(next),
        '"' | '\'' | ')' | ']' | '}' | '>' => next.starts_with(char::is_alphanumeric),
        c if c.is_whitespace() || c == ',' => goes_on(next),
        _ => false,
    }
}

/// Whether a name may go on behind a blank or a comma: with a word, also behind what stands in
/// brackets or quotes.
fn goes_on(text: &str) -> bool {
    const GROUPS: [(char, char); 9] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('"', '"'),
        ('\'', '\''),
        ('\u{201c}', '\u{201d}'),
        ('\u{201e}', '\u{201c}'),
        ('\u{2018}', '\u{2019}'),
    ];
    let next = text.trim_start_matches(|c: char| c.is_whitespace() || ",.&".contains(c));
    let mut groups = GROUPS.iter();
    let behind = groups.find_map(|(open, close)| {
        next.strip_prefix(*open)?.split_once(*close).map(|(_, behind)| behind)
    });
    let next = behind.map_or(next, str::trim_start);
    let next = match next.split_once(char::is_whitespace) {
        Some(("and" | "or" | "und" | "oder" | "et" | "ou" | "y" | "o", behind)) => behind,
        _ => next,
    };
    next.starts_with(char::is_alphanumeric) && !is_other(next)
}

/// Whether a text begins with what is no part of a name: an address of the web or of e-mail, a
/// label such as `Twitter:`, or `n/a`.
fn is_other(text: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || ",;|()<>[]".contains(c);
    let word = text.split(ends).next().unwrap_or("");
    let is_page = |(host, _): (&str, &str)| host.contains(['.', ':']);
    let is_host =
        |(_, last): (&str, &str)| 1 < last.len() && last.chars().all(char::is_alphabetic);
    word.contains('@')
        || word.ends_with(':')
        || word.split_once('/').is_some_and(is_page)
        || word.rsplit_once('.').is_some_and(is_host)
        || (null::is_null_word(word) && !word.chars().all(char::is_alphabetic))
}
