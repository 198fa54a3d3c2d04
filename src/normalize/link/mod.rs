//! What a LinkedIn URL or URN names: a post, a person, a page.

mod person;
mod post;
mod text;

use std::borrow::Cow;

pub use person::PersonKey;
pub use text::posts_in;

use crate::domain::PostName;

/// What a LinkedIn URL or URN names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A post.
    Post(PostName),
    /// An article, by the slug of its page.
    Article(String),
    /// A person, by the slug of their profile.
    Profile(String),
    /// A person, by LinkedIn's opaque id.
    MemberId(String),
    /// A company, school or showcase page.
    Organization(String),
    /// A shortened link, which only the network could resolve.
    Short(String),
}

/// What a text names, if it is a LinkedIn URL or URN.
pub fn target(text: &str) -> Option<LinkTarget> {
    let text = text.trim();
    // A URN is no slug.
    if let Some(slug) = plain(text, "in/").filter(|slug| !slug.contains(':')) {
        return person::of_slug(slug);
    }
    if let Some(name) = post::urn(text) {
        return Some(LinkTarget::Post(name));
    }
    if has_prefix(text, "urn:li:") {
        return person::urn(text).map(LinkTarget::MemberId);
    }
    let url = Url::of(text)?;
    if url.is_short {
        let slug = url.path.split('/').find(|part| !part.is_empty())?;
        return Some(LinkTarget::Short(slug.to_owned()));
    }
    post::in_url(&url).map(LinkTarget::Post).or_else(|| page(&url))
}

/// The post that a text names.
pub fn post(text: &str) -> Option<PostName> {
    let text = text.trim();
    if let Some(name) = plain(text, "feed/update/").and_then(post::urn) {
        return Some(name);
    }
    post::urn(text).or_else(|| post::in_url(&Url::of(text).filter(|url| !url.is_short)?))
}

/// The person that a text names.
pub fn person(text: &str) -> Option<PersonKey> {
    match target(text)? {
        LinkTarget::Profile(slug) => Some(PersonKey::Profile(slug)),
        LinkTarget::MemberId(id) => Some(PersonKey::MemberId(id)),
        _ => None,
    }
}

/// Whether a text is one of LinkedIn's opaque ids of members.
pub fn is_member_id(text: &str) -> bool {
    person::is_opaque(text.trim())
}

/// The post that a URL of a post highlights, which may be another name of the same post.
pub fn highlighted(text: &str) -> Option<PostName> {
    post::in_query(Url::of(text.trim())?.query)
}

/// The instant of the comment that a comment's URL or URN names: its id holds it.
pub fn comment_instant(text: &str) -> Option<jiff::Timestamp> {
    post::comment(&decoded(text)).and_then(PostName::instant)
}

/// The last part of a URL that is written as LinkedIn writes nearly all of them: no query, no
/// code for a character, nothing to be told apart.
fn plain<'a>(text: &'a str, page: &str) -> Option<&'a str> {
    let last = text.strip_prefix("https://www.linkedin.com/")?.strip_prefix(page)?;
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b':';
    (!last.is_empty() && last.bytes().all(is_plain)).then_some(last)
}

/// What the path of a URL names, if no post.
fn page(url: &Url<'_>) -> Option<LinkTarget> {
    let mut parts = url.path.split('/').filter(|part| !part.is_empty());
    let first = parts.next()?.to_ascii_lowercase();
    let mut slug = || parts.next().map(decoded).filter(|slug| !slug.is_empty());
    match first.as_str() {
        "in" => person::of_slug(&slug()?),
        "mwlite" => (slug()? == "in").then(|| person::of_slug(&slug()?)).flatten(),
        "pub" => {
            let (name, first, second, third) = (slug()?, slug()?, slug()?, slug()?);
            person::of_public(&name, [&first, &second, &third])
        }
        "sales" => {
            let kind = slug()?;
            let id = slug()?;
            let id = id.split(',').next().unwrap_or("");
            let is_person = matches!(&*kind, "lead" | "people") && person::is_opaque(id);
            is_person.then(|| LinkTarget::MemberId(id.to_owned()))
        }
        "talent" => {
            let is_profile = slug()? == "profile";
            let id = slug()?;
            let is_person = is_profile && person::is_opaque(&id);
            is_person.then(|| LinkTarget::MemberId(id.into_owned()))
        }
        "company" | "school" | "showcase" => {
            Some(LinkTarget::Organization(slug()?.to_lowercase()))
        }
        "pulse" => Some(LinkTarget::Article(slug()?.into_owned())),
        _ => None,
    }
}

/// A URL on one of LinkedIn's hosts.
struct Url<'a> {
    path: &'a str,
    query: &'a str,
    is_short: bool,
}

impl<'a> Url<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let web = ["https://", "http://"].into_iter().find(|web| has_prefix(text, web));
        let rest = match web {
            Some(web) => &text[web.len()..],
            None => text,
        };
        // Another scheme: nothing that a browser opens.
        let is_other = |(scheme, _): (&str, &str)| {
            scheme.bytes().all(|byte| byte.is_ascii_alphabetic())
        };
        if web.is_none() && text.split_once("://").is_some_and(is_other) {
            return None;
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, behind) = rest.split_at(end);
        let is_short = is_word(host, "lnkd.in");
        if !is_short && !is_host(host) {
            return None;
        }
        let behind = behind.split('#').next().unwrap_or("");
        let (path, query) = behind.split_once('?').unwrap_or((behind, ""));
        Some(Self { path, query, is_short })
    }
}

/// LinkedIn itself, or a host of its own below it.
fn is_host(host: &str) -> bool {
    const NAME: &str = "linkedin.com";
    let Some(at) = host.len().checked_sub(NAME.len()) else { return false };
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    host.bytes().all(is_plain)
        && is_word(&host[at..], NAME)
        && (at == 0 || host.as_bytes()[at - 1] == b'.')
}

fn is_word(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word)
}

fn has_prefix(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|front| is_word(front, prefix))
}

/// Percent-decoded, where that gives text.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(plain).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests;
