//! The names of posts in URNs and URLs.

use super::{Url, decoded, has_prefix};
use crate::domain::{PostKind, PostName};

const KINDS: [PostKind; 4] =
    [PostKind::Share, PostKind::UgcPost, PostKind::GroupPost, PostKind::Activity];

/// A URN that names a post, or that wraps one that does: a comment, a reaction, an update.
pub(super) fn urn(text: &str) -> Option<PostName> {
    let rest = has_prefix(text, "urn:li:").then(|| &text["urn:li:".len()..])?;
    let (kind, value) = rest.split_once(':')?;
    if let Some(name) = named(kind, value.trim_end_matches('/')) {
        return Some(name);
    }
    let inside = value.strip_prefix('(')?;
    match kind.to_ascii_lowercase().as_str() {
        "comment" | "fsd_comment" | "fsd_reaction" | "fsd_update" | "fs_updatev2"
        | "fs_feedupdate" | "fsd_socialdetail" => {
            inside.trim_end_matches(')').split(',').find_map(|part| {
                let part = part.trim_start_matches('(');
                urn(part).or_else(|| named_pair(part))
            })
        }
        _ => None,
    }
}

/// The post that a URL names: the path wins over the query.
pub(super) fn in_url(url: &Url<'_>) -> Option<PostName> {
    in_path(url.path).or_else(|| in_query(url.query))
}

fn in_path(path: &str) -> Option<PostName> {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    while let Some(part) = parts.next() {
        if part.eq_ignore_ascii_case("posts") {
            return in_slug(&decoded(parts.next()?));
        }
        if part.eq_ignore_ascii_case("groups") {
            let group = parts.next()?.parse().ok()?;
            let is_post = parts.next()?.eq_ignore_ascii_case("posts");
            let number = is_post.then(|| parts.next()).flatten()?;
            return post_name(PostKind::GroupPost, group, number);
        }
        let part = decoded(part);
        if let Some(name) = urn(&part).or_else(|| named_pair(&part)) {
            return Some(name);
        }
    }
    None
}

/// `updateEntityUrn` and `highlightedUpdateUrn` name a post.
pub(super) fn in_query(query: &str) -> Option<PostName> {
    query.split(['&', ';']).find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        let is_named = key.eq_ignore_ascii_case("updateEntityUrn")
            || key.eq_ignore_ascii_case("highlightedUpdateUrn")
            || key.eq_ignore_ascii_case("shareUrn");
        is_named.then(|| urn(&decoded(value))).flatten()
    })
}

/// The last kind and number in `<who>_<words>-activity-<number>-<four characters>`.
fn in_slug(slug: &str) -> Option<PostName> {
    let mut found = None;
    for kind in
        [PostKind::Share, PostKind::UgcPost, PostKind::Activity, PostKind::GroupPost]
    {
        let word = kind.word();
        let mut from = 0;
        while let Some(at) = find(slug, word, from) {
            from = at + word.len();
            let is_word = at == 0 || matches!(slug.as_bytes()[at - 1], b'-' | b'_');
            let Some(behind) = slug[from..].strip_prefix('-').filter(|_| is_word) else {
                continue;
            };
            let length = behind.bytes().take_while(u8::is_ascii_digit).count();
            let is_whole =
                matches!(behind.as_bytes().get(length), None | Some(b'-' | b'/'));
            let name =
                post_name(kind, 0, &behind[..length]).filter(|_| is_whole && 5 < length);
            if let Some(name) = name
                && found.is_none_or(|(last, _)| last < at)
            {
                found = Some((at, name));
            }
        }
    }
    found.map(|(_, name)| name)
}

/// Where a word begins in a text, without regard to case.
fn find(text: &str, word: &str, from: usize) -> Option<usize> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    (from..=text.len().checked_sub(word.len())?)
        .find(|&at| text[at..at + word.len()].eq_ignore_ascii_case(word))
}

/// `activity:N`
fn named_pair(text: &str) -> Option<PostName> {
    let (kind, value) = text.split_once(':')?;
    named(kind, value)
}

/// A post of a kind's word and its value.
fn named(kind: &str, value: &str) -> Option<PostName> {
    let kind = KINDS.into_iter().find(|one| kind.eq_ignore_ascii_case(one.word()))?;
    if kind == PostKind::GroupPost {
        let (group, number) = value.split_once('-')?;
        return post_name(kind, group.parse().ok()?, number);
    }
    post_name(kind, 0, value)
}

/// A number of at most 63 bits, in digits alone.
fn post_name(kind: PostKind, group: u64, number: &str) -> Option<PostName> {
    let is_number =
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = number.parse().ok().filter(|_| is_number)?;
    (0 < number && number <= i64::MAX.unsigned_abs()).then_some(PostName {
        kind,
        group,
        number,
    })
}

/// The comment's own number, as a name that knows its instant.
pub(super) fn comment(text: &str) -> Option<PostName> {
    let number = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        post_name(PostKind::Activity, 0, &text[..digits])
    };
    if let Some(at) = find(text, "urn:li:fsd_comment:(", 0) {
        return number(&text[at + "urn:li:fsd_comment:(".len()..]);
    }
    let at = find(text, "urn:li:comment:(", 0)?;
    let inside = text[at..].split(')').next()?;
    number(inside.rsplit_once(',')?.1)
}
