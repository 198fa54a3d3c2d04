//! What is noted of a file, in words.

use std::collections::BTreeMap;

use crate::domain::grouped;

/// A number and what it counts, where `{row names|rows name}` gives the words for one and for
/// more; nothing of a file may stand in these.
pub(super) fn told(number: u64, words: &'static str) -> String {
    let mut told = grouped(number) + " ";
    let mut rest = words;
    while let Some((before, [one, many], after)) =
        rest.split_once('{').and_then(|(before, inner)| {
            let (forms, after) = inner.split_once('}')?;
            let (one, many) = forms.split_once('|')?;
            Some((before, [one, many], after))
        })
    {
        told.push_str(before);
        told.push_str(if number == 1 { one } else { many });
        rest = after;
    }
    told + rest
}

/// Says once how many cells of columns for profiles tell something else, and of which.
pub(super) fn no_profiles(
    header: &[String],
    columns: &BTreeMap<usize, u64>,
) -> Option<String> {
    let all: u64 = columns.values().sum();
    let names = columns.keys().filter_map(|column| header.get(*column));
    let names: Vec<&str> = names.map(|name| name.trim()).collect();
    let words = "{cell of a LinkedIn column tells|cells of LinkedIn columns tell} something \
                 else than a profile; nothing is taken";
    (0 < all).then(|| format!("{}: {}", told(all, words), names.join(", ")))
}

/// Says once how many leads have a status that nobody knows, and what some are called.
pub(super) fn unknown_statuses(statuses: &BTreeMap<Box<str>, u64>) -> Option<String> {
    const MOST_NAMES: usize = 3;
    let count: u64 = statuses.values().sum();
    let words = "{lead has|leads have} a status of which nothing is known, read as open";
    let names: Vec<String> =
        statuses.keys().take(MOST_NAMES).map(|name| format!("\"{name}\"")).collect();
    let more = match statuses.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (0 < count).then(|| format!("{}: {}{more}", told(count, words), names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_of_a_note_is_singular() {
        let words = "{amount|amounts} had more digits than {its|their} currency; rounded";
        assert_eq!(told(1, words), "1 amount had more digits than its currency; rounded");
        assert_eq!(
            told(1_200, words),
            "1,200 amounts had more digits than their currency; rounded"
        );
        assert_eq!(told(2, "plain"), "2 plain");
    }

    #[test]
    fn statuses_that_nobody_knows_are_said_once() {
        let said = |words: &[&str]| {
            let statuses = words.iter().map(|word| ((*word).into(), 2)).collect();
            unknown_statuses(&statuses)
        };
        assert_eq!(said(&[]), None);
        assert!(said(&["{a|b}"]).unwrap().ends_with(": \"{a|b}\""));
        assert_eq!(
            said(&["Spam", "Lost", "Won", "Zzz"]).as_deref(),
            Some(
                "8 leads have a status of which nothing is known, read as open: \"Lost\", \
                 \"Spam\", \"Won\" and 1 more"
            )
        );
    }
}
