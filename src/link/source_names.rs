//! What evidence of a lead's source names: LinkedIn, something else, or nothing.

use crate::{
    domain::{EvidenceKind, SourceEvidence},
    normalize::fold::{self, fold},
};

/// Whether evidence names LinkedIn; tracking and reps shorten it to `li`.
pub fn names_linkedin(evidence: &SourceEvidence) -> bool {
    let is_short = || plain(&evidence.text).split(' ').next() == Some("li");
    fold::names_linkedin(&evidence.text)
        || (evidence.kind != EvidenceKind::SelfReported && is_short())
}

/// Whether evidence names a source, and one other than LinkedIn.
pub(super) fn names_other_source(evidence: &SourceEvidence) -> bool {
    if names_linkedin(evidence) {
        return false;
    }
    let words = plain(&evidence.text);
    match evidence.kind {
        EvidenceKind::Tracked if is_of_source(&evidence.column) => {
            !is_vague(&words) && !evidence.text.contains("://")
        }
        // Some are called by the user.
        EvidenceKind::Tracked => {
            !fold(&evidence.column).contains("page") && LABELS.contains(&words.as_str())
        }
        EvidenceKind::SelfReported => {
            let framed = format!(" {words} ");
            let is_begun = |source: &&str| {
                framed.match_indices(source).any(|(at, _)| framed[..at].ends_with(' '))
            };
            OTHER_SOURCES.iter().any(is_begun)
        }
        EvidenceKind::RepEntered => !is_vague(&words),
    }
}

/// Folded words with single blanks, without punctuation.
pub(super) fn plain(text: &str) -> String {
    let folded = fold(text);
    let words =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a tracked column tells the source itself, as `utm_source` does: a page, a
/// drill-down, a medium or a campaign names none. A `gclid` is a click on Google.
fn is_of_source(column: &str) -> bool {
    const SOURCES: [&str; 3] = ["source", "channel", "gclid"];
    const DETAILS: [&str; 8] =
        ["drill", "data", "campaign", "medium", "content", "term", "page", "url"];
    let column = fold(column);
    let has = |part: &&str| column.contains(part);
    SOURCES.iter().any(has) && !DETAILS.iter().any(has)
}

/// Whether words name no source: nothing, a direct visit, social media, a website, or how
/// the record came to be.
fn is_vague(words: &str) -> bool {
    words.split(' ').all(|word| word.is_empty() || VAGUE.contains(&word))
}

/// What systems call traffic that comes from somewhere.
const LABELS: [&str; 6] = [
    "paid search",
    "organic search",
    "email marketing",
    "referrals",
    "paid social other",
    "other campaigns",
];

/// Beginnings of words by which people name a source.
const OTHER_SOURCES: [&str; 36] = [
    "google",
    "bing",
    "search",
    "friend",
    "referral",
    "referred",
    "recommend",
    "colleague",
    "word of mouth",
    "facebook",
    "instagram",
    "youtube",
    "tiktok",
    "twitter",
    "newsletter",
    "email",
    "e mail",
    "event",
    "trade show",
    "seminar",
    "webinar",
    "conference",
    "podcast",
    "radio",
    "tv",
    "television",
    "newspaper",
    "flyer",
    "billboard",
    "empfehlung",
    "freund",
    "amigo",
    "recomend",
    "recommand",
    "ami ",
    "partner",
];

/// Words that name no source, nor do several of them.
const VAGUE: [&str; 44] = [
    "ad",
    "ads",
    "advertising",
    "api",
    "cpc",
    "contact",
    "created",
    "crm",
    "direct",
    "entered",
    "entry",
    "form",
    "forms",
    "homepage",
    "import",
    "imported",
    "inbound",
    "integration",
    "internal",
    "internet",
    "landing",
    "manual",
    "manually",
    "media",
    "no",
    "none",
    "not",
    "offline",
    "online",
    "organic",
    "other",
    "page",
    "paid",
    "ppc",
    "set",
    "site",
    "social",
    "source",
    "sources",
    "sponsored",
    "traffic",
    "unknown",
    "web",
    "website",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Place;

    fn evidence(kind: EvidenceKind, column: &str, text: &str) -> SourceEvidence {
        let place = Place::new(1, 1, 1);
        SourceEvidence { place, kind, column: column.into(), text: text.into() }
    }

    #[test]
    fn only_a_source_that_names_something_else_speaks_against_linkedin() {
        use EvidenceKind::{RepEntered, SelfReported, Tracked};

        let check = |kind, column: &str, text: &str, expected| {
            let evidence = evidence(kind, column, text);
            assert_eq!(names_other_source(&evidence), expected, "{column}: {text:?}");
        };
        check(Tracked, "Original Traffic Source", "Paid Search", true);
        check(Tracked, "Original Traffic Source", "Offline Sources", false);
        check(Tracked, "Original Traffic Source", "Direct Traffic", false);
        check(Tracked, "First Page Seen", "https://x.example/?gclid=x", false);
        check(SelfReported, "How", "A colleague shared your LinkedIn post", false);
        check(SelfReported, "How", "Empfehlung von Mara", true);
        check(SelfReported, "How", "Google", true);
        check(SelfReported, "How", "not sure", false);
        check(RepEntered, "Lead Source", "Trade show", true);
        check(RepEntered, "Lead Source", "Other", false);
        check(RepEntered, "Lead Source", "LinkedIn", false);
        check(RepEntered, "Lead Source", "Linked In", false);
        check(SelfReported, "How", "linked-in, an event post", false);
    }

    #[test]
    fn a_tracked_source_speaks_against_linkedin_unless_it_is_vague() {
        let check = |column, text, expected| {
            let evidence = evidence(EvidenceKind::Tracked, column, text);
            assert_eq!(names_other_source(&evidence), expected, "{column}: {text:?}");
        };
        for text in ["google", "newsletter", "fb", "partner.example", "hs_email"] {
            check("utm_source", text, true);
        }
        for column in ["custom.utm_source", "UTM_Source__c", "Person - Source channel"] {
            check(column, "Facebook", true);
            check(column, "LinkedIn", false);
        }
        check("gclid", "Cj0KCQiA1", true);
        for text in ["linkedin.com", "lnkd.in", "li", "LI_ads", "linked_in"] {
            check("utm_source", text, false);
        }
        for text in ["(direct)", "(not set)", "direct / none", "offline", "unknown"] {
            check("utm_source", text, false);
        }
        for text in ["social-media", "Organic Social", "Web forms", "--", "ORGANIC"] {
            check("Traffic Source", text, false);
        }
        check("utm_source", "https://x.example/p/1", false);
        // Neither how, nor for which of one's own campaigns, nor where on a page.
        for column in ["utm_medium", "utm_campaign", "utm_content", "campaign"] {
            check(column, "spring", false);
        }
        check("Original Traffic Source Drill-Down 1", "brand", false);
        check("hs_analytics_source_data_1", "brand", false);
    }

    #[test]
    fn a_short_name_is_linkedin_where_no_person_speaks() {
        let check = |kind, text, expected| {
            assert_eq!(
                names_linkedin(&evidence(kind, "source", text)),
                expected,
                "{text}"
            );
        };
        check(EvidenceKind::Tracked, "li", true);
        check(EvidenceKind::RepEntered, "LI outreach", true);
        check(EvidenceKind::SelfReported, "Li Wei told me", false);
        check(EvidenceKind::Tracked, "lifestyle magazine", false);
    }
}
