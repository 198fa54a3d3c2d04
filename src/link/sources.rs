//! Touches from what the CRM says about where a lead came from.
//!
//! What is tracked, self-reported and entered by a rep stays apart. A source that names a
//! post is a touch of that post; one that names something other than LinkedIn is a touch of
//! no post, so that a like never takes the credit of a referral in silence.

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::{
    Linking,
    source_names::{names_other_source, plain},
};
use crate::{
    domain::{
        EvidenceKind, Lead, LeadIndex, Moment, Place, PostIndex, SourceEvidence, Touch,
        TouchKind,
    },
    normalize::link,
    resolve,
};

/// Touches of all leads, at the creation of their records: of a day the last of it, after
/// whatever else is known of that day.
pub(super) fn touches(linking: &Linking<'_>) -> Vec<Touch> {
    let newest = linking.newest();
    let shared = SharedLinks::new(linking);
    let words = PostWords::new(linking);
    let mut touches = Vec::new();
    for index in 0..linking.resolved.leads.len() {
        let lead = LeadIndex::from_index(index);
        let Some(created_at) = linking.lead(lead).created_at else { continue };
        let at = Creation { lead, created_at, touched_at: created_at.end_until(newest) };
        let mut other: Vec<&SourceEvidence> = Vec::new();
        let rows = &linking.resolved.lead_places[index];
        let campaigns = &linking.resolved.campaigns[index];
        for evidence in resolve::sources(&linking.facts.evidence, rows, campaigns) {
            let found = match evidence.kind {
                EvidenceKind::Tracked => tracked(linking, &shared, at, evidence),
                EvidenceKind::SelfReported => {
                    self_reported(linking, &words, at, evidence)
                }
                EvidenceKind::RepEntered => None,
            };
            match found {
                Some(touch) => touches.push(touch),
                None if names_other_source(evidence) => other.push(evidence),
                None => {}
            }
        }
        touches.extend(other_source(at, &other));
    }
    touches
}

/// When the record of a lead was made.
#[derive(Clone, Copy)]
struct Creation {
    lead: LeadIndex,
    created_at: Moment,
    /// What stands for it among touches.
    touched_at: Timestamp,
}

impl Creation {
    fn touch(
        self,
        kind: TouchKind,
        post: Option<PostIndex>,
        evidence: String,
        place: Place,
    ) -> Touch {
        let (lead, touched_ms) = (self.lead, self.touched_at.into());
        let evidence = evidence.into();
        Touch { lead, post, kind, touched_ms, evidence, place }
    }
}

/// The first post that a text names.
fn named(linking: &Linking<'_>, text: &str) -> Option<PostIndex> {
    let names = link::posts_in(text);
    names.iter().find_map(|name| linking.resolved.post_of.get(name).copied())
}

/// One touch of no post for all the sources that name something other than LinkedIn: the
/// firmest kind first, the others beside it, each once whatever the records that repeat it.
fn other_source(at: Creation, other: &[&SourceEvidence]) -> Option<Touch> {
    let first = other.iter().min_by_key(|one| one.kind)?;
    let mut words: Vec<String> = Vec::new();
    for one in other {
        let said = format!("{}: {}", one.column, one.text);
        if !words.contains(&said) {
            words.push(said);
        }
    }
    let kind = match first.kind {
        EvidenceKind::Tracked => TouchKind::TrackedSource,
        EvidenceKind::SelfReported => TouchKind::SelfReportedSource,
        EvidenceKind::RepEntered => TouchKind::RepEnteredSource,
    };
    Some(at.touch(kind, None, words.join("; "), first.place))
}

/// A tracked URL that carries a post's name, or the link that a post shared.
fn tracked(
    linking: &Linking<'_>,
    shared: &SharedLinks,
    at: Creation,
    evidence: &SourceEvidence,
) -> Option<Touch> {
    let (post, words) = match named(linking, &evidence.text) {
        Some(post) => (post, "the link names the post".to_owned()),
        None => shared.nearest(linking, &evidence.text, at.created_at.end())?,
    };
    let time = match at.created_at {
        Moment::Day(_) => "day",
        Moment::Instant(_) => "time",
    };
    let words = format!("{}: {words}; the {time} is the record's", evidence.column);
    Some(at.touch(TouchKind::TrackedLink, Some(post), words, evidence.place))
}

/// The links that posts share, by their comparison form.
struct SharedLinks {
    // Looked up and never walked.
    posts: FxHashMap<String, Vec<PostIndex>>,
}

impl SharedLinks {
    fn new(linking: &Linking<'_>) -> Self {
        let mut posts: FxHashMap<String, Vec<PostIndex>> = FxHashMap::default();
        for (index, post) in linking.resolved.posts.iter().enumerate() {
            let key = post.shared_url.as_deref().and_then(url_key);
            if let Some(key) = key {
                posts.entry(key).or_default().push(PostIndex::from_index(index));
            }
        }
        Self { posts }
    }

    /// The nearest earlier post that shared a link, and the words for it.
    fn nearest(
        &self,
        linking: &Linking<'_>,
        url: &str,
        created_by: Timestamp,
    ) -> Option<(PostIndex, String)> {
        let posts = self.posts.get(&url_key(url)?)?;
        let is_earlier = |post: &&PostIndex| {
            linking.resolved.posts[post.index()]
                .posted_at
                .is_some_and(|at| at <= created_by)
        };
        // Posts are numbered by time.
        let nearest = *posts.iter().rfind(is_earlier)?;
        let words = match posts.len() {
            1 => "the post shared this link".to_owned(),
            count => format!("{count} posts shared this link; the nearest earlier one"),
        };
        Some((nearest, words))
    }
}

/// A URL without scheme, host case, fragment, a slash at the end, and what ad systems add.
/// None for anything that is no URL, or a home page, which every visitor sees.
fn url_key(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://")?;
    let is_web = ["https", "http"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let rest = is_web.then_some(rest)?;
    let rest = rest.split('#').next().unwrap_or(rest);
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let page = page.trim_end_matches('/');
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    let is_added = |pair: &&str| {
        let key = pair.split('=').next().unwrap_or("").to_ascii_lowercase();
        !matches!(
            key.as_str(),
            "gclid" | "fbclid" | "li_fat_id" | "trk" | "rcm" | "" | "_hsenc"
        )
    };
    let mut pairs: Vec<&str> = query.split('&').filter(is_added).collect();
    pairs.sort_unstable();
    let is_home =
        path.is_empty() && !pairs.iter().any(|pair| pair.starts_with("utm_content="));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!is_home).then(|| format!("{host}/{path}?{}", pairs.join("&")))
}

/// The person's own words that name a post: its URL, or a quote that fits one post alone.
fn self_reported(
    linking: &Linking<'_>,
    words: &PostWords,
    at: Creation,
    evidence: &SourceEvidence,
) -> Option<Touch> {
    let (post, how) = match named(linking, &evidence.text) {
        Some(post) => (post, "their words name the post's link".to_owned()),
        None => words.quoted(
            linking,
            linking.lead(at.lead),
            at.created_at.end(),
            &evidence.text,
        )?,
    };
    let words = format!("{}: \"{}\": {how}", evidence.column, evidence.text);
    Some(at.touch(TouchKind::SelfReported, Some(post), words, evidence.place))
}

/// The words of all posts, folded, for quotes.
#[derive(Default)]
struct PostWords {
    texts: Vec<String>,
    /// The posts that have a word which stands in a quote, in their order; looked up and never
    /// walked.
    having: FxHashMap<String, Vec<usize>>,
}

impl PostWords {
    fn new(linking: &Linking<'_>) -> Self {
        let evidence = linking.facts.evidence.iter();
        let reported = evidence.filter(|one| one.kind == EvidenceKind::SelfReported);
        let mut having: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for quote in reported.filter_map(|one| quote(&one.text)) {
            having.extend(quote.split(' ').map(|word| (word.to_owned(), Vec::new())));
        }
        if having.is_empty() {
            return Self::default();
        }
        let text = |post: &crate::domain::Post| {
            post.text
                .as_deref()
                .map(|text| format!(" {} ", plain(text)))
                .unwrap_or_default()
        };
        let texts: Vec<String> = linking.resolved.posts.iter().map(text).collect();
        for (at, text) in texts.iter().enumerate() {
            for word in text.split(' ') {
                if let Some(posts) = having.get_mut(word)
                    && posts.last() != Some(&at)
                {
                    posts.push(at);
                }
            }
        }
        Self { texts, having }
    }

    /// The one earlier post whose words a quote fits; among the member's own where the lead
    /// is a member's.
    fn quoted(
        &self,
        linking: &Linking<'_>,
        lead: &Lead,
        created_by: Timestamp,
        text: &str,
    ) -> Option<(PostIndex, String)> {
        let quote = quote(text)?;
        let wanted = format!(" {quote} ");
        let words = quote.split(' ').filter_map(|word| self.having.get(word));
        let rarest = words.min_by_key(|posts| posts.len())?;
        let mut fitting = rarest.iter().filter(|&&index| {
            let post = &linking.resolved.posts[index];
            let is_earlier = post.posted_at.is_some_and(|at| at <= created_by);
            let is_theirs = lead.member.is_none() || post.member == lead.member;
            is_earlier && is_theirs && self.texts[index].contains(&wanted)
        });
        let index = *fitting.next()?;
        let is_alone = fitting.next().is_none();
        is_alone.then(|| {
            (
                PostIndex::from_index(index),
                format!("\"{quote}\" stands in this post alone"),
            )
        })
    }
}

/// Words that carry no meaning of their own.
const LIGHT: [&str; 23] = [
    "the", "a", "an", "your", "you", "his", "her", "their", "my", "our", "how", "what",
    "that", "this", "of", "in", "on", "to", "and", "with", "for", "linkedin", "one",
];

/// The part of a person's words that may quote a post: what stands between quotation marks,
/// else behind "post about". At least two words that carry meaning.
fn quote(text: &str) -> Option<String> {
    let marked = text.split(['"', '“', '”', '„', '«', '»']).nth(1).map(plain);
    let folded = plain(text);
    let behind = ["post about ", "post on ", "posts about ", "posted about "]
        .iter()
        .find_map(|sign| folded.split_once(sign))
        .map(|(_, rest)| rest.to_owned());
    let quote = marked.filter(|quote| !quote.is_empty()).or(behind)?;
    let words: Vec<&str> = quote.split(' ').collect();
    let is_heavy = |word: &&str| !LIGHT.contains(word);
    let from = words.iter().position(&is_heavy)?;
    let to = words.iter().rposition(&is_heavy)?;
    let kept = &words[from..=to];
    (2 <= kept.iter().filter(|word| is_heavy(word)).count()).then(|| kept.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_needs_two_words_that_carry_meaning() {
        let check = |text, expected: Option<&str>| {
            assert_eq!(quote(text).as_deref(), expected, "{text:?}");
        };
        check("Your post about the nine years", Some("nine years"));
        check("I saw \"buffers decide\" on LinkedIn", Some("buffers decide"));
        check("your post about that", None);
        check("LinkedIn", None);
        check("Your post about Mira", None);
    }

    #[test]
    fn a_link_is_the_same_with_what_ad_systems_add() {
        let key = |url| url_key(url);
        assert_eq!(key("https://www.X.example/a/?gclid=1#b"), key("http://x.example/a"));
        assert_eq!(key("HTTPS://WWW.x.example/a"), key("https://x.example/a"));
        assert_ne!(key("https://x.example/a?utm_content=1"), key("https://x.example/a"));
        assert_eq!(key("https://x.example/?utm_source=linkedin"), None);
        assert_eq!(key("not a url"), None);
    }
}
