//! What evidence of a lead's source names: LinkedIn, something else, or nothing.

use std::iter;

use crate::{
    domain::{EvidenceKind, SourceEvidence},
    normalize::{
        fold::{self, fold},
        null,
    },
};

/// Whether evidence names LinkedIn; tracking and reps shorten it to `li`.
pub fn names_linkedin(evidence: &SourceEvidence) -> bool {
    let is_short = || plain(&evidence.text).split(' ').next() == Some("li");
    fold::names_linkedin(&evidence.text)
        || match evidence.kind {
            EvidenceKind::Tracked => is_short(),
            EvidenceKind::RepEntered => is_short() && !is_name(&evidence.text),
            EvidenceKind::SelfReported => false,
        }
}

/// Whether a text begins with two words that are written as names are, as `Li Wei` is: a
/// capital and small letters. `LI Outreach`, `Li message`, `Li Post` and `Li Form` are none.
fn is_name(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let mut next = || words.find(|word| !word.is_empty()).unwrap_or_default();
    let is_written_so = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().next().is_some()
            && letters.all(char::is_lowercase)
    };
    let (first, second) = (next(), next());
    let folded = fold(second);
    let is_word = |words: &[&str]| words.iter().any(|word| *word == folded);
    is_written_so(first)
        && is_written_so(second)
        && !is_word(&VAGUE)
        && !is_word(&DONE_THERE)
}

/// Whether evidence names a source, and one other than LinkedIn.
pub(super) fn names_other_source(evidence: &SourceEvidence) -> bool {
    if names_linkedin(evidence) {
        return false;
    }
    let words = plain(&evidence.text);
    match evidence.kind {
        EvidenceKind::Tracked => {
            // Some columns are called by the user.
            let is_told =
                || is_of_source(&evidence.column) || LABELS.contains(&words.as_str());
            !is_of_detail(&evidence.column)
                && is_told()
                && !is_vague(&evidence.text)
                && !evidence.text.contains("://")
        }
        EvidenceKind::SelfReported => {
            let framed = format!(" {words} ");
            let is_begun = |source: &&str| {
                framed.match_indices(source).any(|(at, _)| framed[..at].ends_with(' '))
            };
            OTHER_SOURCES.iter().any(is_begun)
        }
        EvidenceKind::RepEntered => !is_vague(&evidence.text),
    }
}

/// Folded words with single blanks, without punctuation.
pub(super) fn plain(text: &str) -> String {
    let folded = fold(text);
    let words =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a tracked column tells the source itself, as `utm_source` does. A `gclid` is a click
/// on Google.
fn is_of_source(column: &str) -> bool {
    has_any(column, &["source", "channel", "gclid"])
}

/// Whether a tracked column tells how, for what or where on a page: a drill-down, a medium, a
/// campaign or a page names no source.
fn is_of_detail(column: &str) -> bool {
    const DETAILS: [&str; 8] =
        ["drill", "data", "campaign", "medium", "content", "term", "page", "url"];
    has_any(column, &DETAILS)
}

fn has_any(column: &str, parts: &[&str]) -> bool {
    let column = fold(column);
    parts.iter().any(|part| column.contains(part))
}

/// Whether words name no source: nothing, a template that nobody filled in, a direct visit,
/// social media, advertising, a website, or how the record came to be.
fn is_vague(text: &str) -> bool {
    let text = without_templates(text);
    let words = plain(&text);
    null::is_no_address(&text)
        || ABROAD.contains(&words.as_str())
        || words.split(' ').all(|word| word.is_empty() || VAGUE.contains(&word))
}

/// A text without what stands in braces, as `{{utm_source}}` does.
fn without_templates(text: &str) -> String {
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default();
    let behind = parts.map(|part| part.rsplit_once('}').map_or(part, |(_, rest)| rest));
    iter::once(first).chain(behind).collect()
}

/// What systems call traffic that comes from somewhere.
const LABELS: [&str; 5] =
    ["paid search", "organic search", "email marketing", "referrals", "other campaigns"];

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
const VAGUE: [&str; 51] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertisements",
    "advertising",
    "adverts",
    "api",
    "contact",
    "cpc",
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
    "provided",
    "set",
    "site",
    "social",
    "source",
    "sources",
    "specified",
    "sponsored",
    "traffic",
    "unassigned",
    "unknown",
    "web",
    "website",
];

/// What systems of other languages say of visits from nowhere, of records that no visit made,
/// and of social media.
const ABROAD: [&str; 71] = [
    "direkt",
    "direkter traffic",
    "direkte zugriffe",
    "direktzugriff",
    "direktzugriffe",
    "keine",
    "nicht zugewiesen",
    "offline quellen",
    "offlinequellen",
    "sonstige",
    "sonstiges",
    "soziale medien",
    "soziale netzwerke",
    "unbekannt",
    "acces direct",
    "aucun",
    "aucune",
    "autre",
    "hors ligne",
    "inconnu",
    "inconnue",
    "non attribue",
    "reseaux sociaux",
    "source directe",
    "sources hors ligne",
    "trafic direct",
    "desconocida",
    "desconocido",
    "directo",
    "fuentes offline",
    "fuentes sin conexion",
    "otro",
    "redes sociales",
    "sin asignar",
    "sin conexion",
    "trafico directo",
    "diretto",
    "fonti offline",
    "sconosciuta",
    "sconosciuto",
    "traffico diretto",
    "desconhecida",
    "desconhecido",
    "direto",
    "fontes offline",
    "fontes off line",
    "redes sociais",
    "trafego direto",
    "direct verkeer",
    "offline bronnen",
    "onbekend",
    "sociale media",
    "neznamy",
    "offline zdroje",
    "prima navstevnost",
    "primy pristup",
    "socialni site",
    "bezposrednie",
    "nieznane",
    "ruch bezposredni",
    "wejscia bezposrednie",
    "zrodla offline",
    "неизвестно",
    "офлайн источники",
    "прямой трафик",
    "прямые заходы",
    "социальные сети",
    "オフラインソース",
    "ダイレクトトラフィック",
    "不明",
    "直接トラフィック",
];

/// What reps do on LinkedIn, by the words that follow its short name.
const DONE_THERE: [&str; 13] = [
    "campaign",
    "connection",
    "connections",
    "dm",
    "dms",
    "inmail",
    "lead",
    "leads",
    "message",
    "messages",
    "outreach",
    "post",
    "posts",
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
            for text in ["spring", "paid search", "referrals", "Paid social other"] {
                check(column, text, false);
            }
        }
        for text in ["Referrals", "Email Marketing", "Other Campaigns", "Organic Search"]
        {
            check("Original Source", text, true);
            check("Herkunft", text, true);
        }
        check("Herkunft", "Paid Social", false);
        check("Original Traffic Source Drill-Down 1", "brand", false);
        check("hs_analytics_source_data_1", "brand", false);
    }

    #[test]
    fn words_for_nothing_name_no_source() {
        let check = |text, expected| {
            for (kind, column) in [
                (EvidenceKind::Tracked, "utm_source"),
                (EvidenceKind::RepEntered, "Lead Source"),
            ] {
                let evidence = evidence(kind, column, text);
                assert_eq!(names_other_source(&evidence), expected, "{column}: {text:?}");
            }
        };
        for text in ["Unassigned", "unassigned / none", "(not provided)", "not provided"]
        {
            check(text, false);
        }
        for text in ["undefined", "n.a.", "N/A", "0", "?", "{{utm_source}}", "${source}"]
        {
            check(text, false);
        }
        for text in
            ["Trafic direct", "Sources hors ligne", "Direktzugriffe", "Offline-Quellen"]
        {
            check(text, false);
        }
        for text in
            ["Tráfico directo", "Ruch bezpośredni", "прямой трафик", "直接トラフィック"]
        {
            check(text, false);
        }
        for text in ["Advertising", "Advertisement", "Offline ads", "Paid social other"] {
            check(text, false);
        }
        for text in ["Print advertising", "Direct mail", "facebook_{{adset.name}}", "163"]
        {
            check(text, true);
        }
    }

    #[test]
    fn what_other_languages_say_is_written_as_it_is_compared() {
        for words in ABROAD {
            assert_eq!(plain(words), words);
        }
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
        check(EvidenceKind::Tracked, "li wei", true);
        for text in ["LI", "LI outreach", "Li message", "li_ads", "LI (organic)"] {
            check(EvidenceKind::RepEntered, text, true);
        }
        for text in ["LI referral", "LI Anfrage", "LI/Outbound", "LI - cold outreach"] {
            check(EvidenceKind::RepEntered, text, true);
        }
        for text in ["li: profile", "Li DMs", "Li InMail", "Li Ads", "Li (Organic)"] {
            check(EvidenceKind::RepEntered, text, true);
        }
        for text in ["Li Message", "Li Post", "LI Lead", "Li Outreach - cold", "Li Dm"] {
            check(EvidenceKind::RepEntered, text, true);
        }
        check(EvidenceKind::RepEntered, "Li Wei", false);
        check(EvidenceKind::RepEntered, "Li Na (broker)", false);
        check(EvidenceKind::SelfReported, "Li Wei told me", false);
        check(EvidenceKind::Tracked, "lifestyle magazine", false);
    }
}
