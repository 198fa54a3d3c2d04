//! The keys of persons in URLs.

use unicode_normalization::UnicodeNormalization;

use super::LinkTarget;

/// What LinkedIn calls a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonKey {
    /// The slug of the profile, folded.
    Profile(String),
    /// An opaque id; case matters, and it never equals a slug.
    MemberId(String),
}

/// The part behind `/in/`: a slug, or an opaque id.
pub(super) fn of_slug(slug: &str) -> Option<LinkTarget> {
    if is_opaque(slug) {
        return Some(LinkTarget::MemberId(slug.to_owned()));
    }
    let slug = slug.trim();
    let folded: String = if slug.is_ascii() {
        slug.to_ascii_lowercase()
    } else {
        slug.nfkc().flat_map(char::to_lowercase).collect()
    };
    // An opaque id that was put in lower case names nobody.
    let is_damaged = is_opaque_length(&folded) && folded.starts_with("acoaa");
    (!folded.is_empty() && !is_damaged).then_some(LinkTarget::Profile(folded))
}

/// The old `/pub/first-last/1/2a/3b4`, which became `first-last-3b402a1`.
pub(super) fn of_public(
    name: &str,
    [first, second, third]: [&str; 3],
) -> Option<LinkTarget> {
    let is_part = |part: &str| {
        (1..=3).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if name == "dir" || ![first, second, third].into_iter().all(is_part) {
        return None;
    }
    of_slug(&format!("{name}-{third:0>3}{second:0>3}{first}"))
}

/// `urn:li:fsd_profile:ACoAA…`; a `person` URN is known to one application alone.
pub(super) fn urn(text: &str) -> Option<String> {
    let mut parts = text.splitn(4, ':').skip(2);
    let (kind, id) = (parts.next()?, parts.next()?);
    let is_profile = ["fsd_profile", "fs_miniProfile", "fs_salesProfile"]
        .iter()
        .any(|known| kind.eq_ignore_ascii_case(known));
    let id = id.trim_start_matches('(').split(',').next().unwrap_or("");
    (is_profile && is_opaque(id)).then(|| id.to_owned())
}

/// Whether a text is one of LinkedIn's opaque member ids.
pub(super) fn is_opaque(text: &str) -> bool {
    let starts = ["ACoAA", "ACwAA", "AEMAA", "ADoAA", "ADEAA"];
    starts.iter().any(|start| text.starts_with(start))
        && is_opaque_length(text)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn is_opaque_length(text: &str) -> bool {
    (12..=64).contains(&text.len())
}
