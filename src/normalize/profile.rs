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
        c if c.is_whitespace() || c == ',' => goes_on(behind),
        _ => false,
    }
}

/// Whether a name may go on behind a blank or a comma: with a word, also behind what stands in
/// brackets or quotes. A label such as `Twitter:` ends it behind a comma, and so does what is
/// no part of a name, or begins with a digit, in brackets.
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
    let is_listed = text[..text.len() - next.len()].contains(',');
    if is_listed && first_word(next).ends_with(':') {
        return false;
    }
    let mut groups = GROUPS.iter();
    let group =
        groups.find_map(|(open, close)| next.strip_prefix(*open)?.split_once(*close));
    let is_remark = |(inside, _): (&str, &str)| {
        inside.starts_with(|c: char| c.is_ascii_digit()) || is_other(inside)
    };
    if group.is_some_and(is_remark) {
        return false;
    }
    let next = group.map_or(next, |(_, behind)| behind.trim_start());
    let next = match next.split_once(char::is_whitespace) {
        Some(("and" | "or" | "und" | "oder" | "et" | "ou" | "y" | "o", behind)) => behind,
        _ => next,
    };
    next.starts_with(char::is_alphanumeric) && !is_other(next)
}

fn first_word(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || ",;|()<>[]".contains(c);
    text.split(ends).next().unwrap_or("")
}

/// Whether a text begins with what is no part of a name: an address of the web or of e-mail, or
/// `n/a`.
fn is_other(text: &str) -> bool {
    let word = first_word(text);
    // `j.smith` and `St.Clair` are names, and so may be `x.org`; `x.org/` is none.
    let is_host = |host: &str| {
        let parts = host.rsplit_once('.');
        parts.is_some_and(|(_, last)| {
            1 < last.len() && last.chars().all(char::is_lowercase)
        })
    };
    let is_long = |host: &str| host.rsplit('.').skip(1).any(|part| 2 < part.len());
    let is_page = |(host, _): (&str, &str)| host.contains(':') || is_host(host);
    word.contains('@')
        || word.split_once('/').is_some_and(is_page)
        || (is_host(word) && is_long(word))
        || (null::is_no_address(word) && !word.chars().all(char::is_alphabetic))
}
