//! Posts named somewhere in running text.

use super::{LinkTarget, Url, decoded, post, target};

use crate::domain::PostName;

/// The posts whose LinkedIn URL or URN stands in a text, also inside the query of another
/// URL; in order, each once.
pub fn posts_in(text: &str) -> Vec<PostName> {
    let mut found = Vec::new();
    if !may_name_posts(text.as_bytes()) {
        return found;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\'' | '|');
    for word in text.split(ends) {
        let word = word.trim_matches(['(', ')', '[', ']', ',', '.', ';', '!', ':', '*']);
        let is_url = Url::of(word).is_some_and(|url| !url.is_short);
        if let Some(LinkTarget::Post(name)) = target(word) {
            add(&mut found, name);
        } else if !is_url {
            urns(&decoded(word), &mut found);
        }
    }
    found
}

/// A quick look that most texts do not pass.
fn may_name_posts(text: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = memchr::memchr3(b'u', b'U', b'l', &text[from..]) {
        let rest = &text[from + at..];
        let starts = |word: &[u8]| {
            rest.get(..word.len()).is_some_and(|front| front.eq_ignore_ascii_case(word))
        };
        if starts(b"urn") || starts(b"linkedin.com") {
            return true;
        }
        from += at + 1;
    }
    memchr::memmem::find(text, b"LinkedIn.com").is_some()
        || memchr::memmem::find(text, b"LINKEDIN.COM").is_some()
}

/// No URN of a post is longer, in bytes; a word of many is gone through once.
const LONGEST_URN: usize = 100;

/// URNs of posts inside a word, such as the campaign of a link.
fn urns(word: &str, found: &mut Vec<PostName>) {
    let lower = word.to_ascii_lowercase();
    for (at, _) in lower.match_indices("urn:li:") {
        let is_within = |byte: &u8| byte.is_ascii_alphanumeric() || b":-_".contains(byte);
        let within = word.as_bytes()[at..].iter().take(LONGEST_URN);
        let end = at + within.take_while(|byte| is_within(byte)).count();
        if let Some(name) = post::urn(word[at..end].trim_end_matches(['-', ':'])) {
            add(found, name);
        }
    }
}

fn add(found: &mut Vec<PostName>, name: PostName) {
    if !found.contains(&name) {
        found.push(name);
    }
}
