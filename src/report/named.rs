//! Names that stand in tables, in the words of people.

use super::words::capitalized;
use crate::recognize::FORMATS;

/// Kinds of findings as the questions that they answer.
const QUESTIONS: &[(&str, &str)] = &[
    ("likes-vs-revenue", "Do likes tell which posts earn?"),
    ("likes-vs-leads", "Do likes tell which posts bring leads?"),
    ("comments-vs-leads", "Do comments tell which posts bring leads?"),
    ("impressions-vs-leads", "Does reach tell which posts bring leads?"),
    ("top-ten-overlap", "Are the most liked posts those that earn most?"),
    ("silent-buyers", "How much comes from silent buyers?"),
    ("idle-likers", "Do those who react become leads?"),
    ("said-vs-tracked", "Does tracking see what leads say?"),
    ("time-to-lead", "How long is it from the first touch to the lead?"),
    ("applause-index", "Which themes get more applause than business?"),
    ("studied-leads", "Of which leads is it asked whether posts caused them?"),
    ("joined-themes", "Which themes are too rare to stand alone?"),
    ("unfitted-model", "Which models could not be fitted?"),
];

/// The question that a kind of finding answers.
pub(super) fn finding(name: &str) -> String {
    let known = QUESTIONS.iter().find(|(own, _)| *own == name);
    known.map_or_else(
        || capitalized(&name.replace(['-', '_'], " ")),
        |(_, question)| (*question).to_owned(),
    )
}

/// What a format is an export of; one of the user's own has its own name.
pub(super) fn format(name: &str) -> String {
    let known = FORMATS.iter().find(|format| format.name == name);
    known.map_or_else(|| name.to_owned(), |format| capitalized(format.summary))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_called_what_they_are_exports_of() {
        assert_eq!(format("hubspot-deals"), "HubSpot: deals");
        assert_eq!(format("post-labels"), "Themes given to posts by hand");
        assert_eq!(format("acme-deals"), "acme-deals");
        for own in FORMATS {
            assert_ne!(format(own.name), own.name);
        }
    }

    #[test]
    fn findings_are_questions() {
        assert_eq!(finding("likes-vs-revenue"), "Do likes tell which posts earn?");
        assert_eq!(finding("some-new_kind"), "Some new kind");
    }
}
