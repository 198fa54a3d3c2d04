//! Full names of persons as comparison keys.

use super::{fold::fold, null};

const HONORIFICS: [&str; 12] = [
    "dr",
    "mr",
    "mrs",
    "ms",
    "miss",
    "prof",
    "professor",
    "herr",
    "frau",
    "sir",
    "dipl",
    "ing",
];

/// First and last name as one, with single blanks.
pub fn join(first: &str, last: &str) -> String {
    let mut joined = String::with_capacity(first.len() + last.len() + 1);
    for word in first.split_whitespace().chain(last.split_whitespace()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// The comparison form of a full name: folded, without punctuation, nicknames in
/// parentheses, titles in front and degrees behind a comma; `Stone, Robert` is turned
/// around. None where nobody is named, as by a word for nothing.
pub fn key(full_name: &str) -> Option<String> {
    if null::is_no_name(full_name) {
        return None;
    }
    let turned = surname_first(full_name);
    let named = match &turned {
        Some(turned) => turned,
        None => full_name.split(',').find(|part| !part.trim().is_empty())?,
    };
    let mut key = String::with_capacity(named.len());
    if named.is_ascii() {
        add_words(named.chars().map(|letter| letter.to_ascii_lowercase()), &mut key);
    } else {
        add_words(fold(named).chars(), &mut key);
    }
    key.truncate(key.trim_end().len());
    while let Some((first, _)) = key.split_once(' ') {
        if !HONORIFICS.contains(&first) {
            break;
        }
        key.drain(..=first.len());
    }
    let is_somebody = 1 < key.chars().count() && key != "linkedin member";
    is_somebody.then_some(key)
}

/// `Stone, Robert` as Robert Stone: one word before the only comma, and behind it one or two
/// that are no degree.
fn surname_first(full_name: &str) -> Option<String> {
    let (surname, given) = full_name.split_once(',')?;
    let (surname, given) = (surname.trim(), given.trim());
    let is_word = |word: &str| {
        let is_name = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’');
        1 < word.chars().count() && word.chars().all(is_name)
    };
    let words: Vec<&str> = given.split_whitespace().collect();
    // Degrees that no list knows are written in capitals: `CLU`, `PhD`.
    let is_degree = |word: &str| {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        1 < capitals && !word.contains('-') || is_degree(word)
    };
    let is_turned = is_word(surname)
        && matches!(words.len(), 1 | 2)
        && words.iter().all(|word| is_word(word) && !is_degree(word));
    is_turned.then(|| format!("{given} {surname}"))
}

/// Adds the words of a folded name, without punctuation and what stands in parentheses.
fn add_words(folded: impl Iterator<Item = char>, key: &mut String) {
    let mut depth = 0_u32;
    for character in folded {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if 0 < depth => {}
            '\'' | '’' | '`' | '.' | '-' | '\u{2010}' | '\u{2011}' => {}
            _ if character.is_alphanumeric() => key.push(character),
            _ if !key.is_empty() && !key.ends_with(' ') => key.push(' '),
            _ => {}
        }
    }
}

/// The full names in a list that is separated by commas, which stand in names too: a part
/// of one word, or of words for degrees, belongs to the name before it.
pub fn several(list: &str) -> Vec<&str> {
    let is_behind = |part: &str| {
        part.split_whitespace().nth(1).is_none() || part.split_whitespace().all(is_degree)
    };
    let mut names: Vec<&str> = Vec::new();
    let (mut from, mut at) = (0, 0);
    for part in list.split_inclusive(',') {
        let text = part.trim_end_matches(',').trim();
        if at != from && !is_behind(text) {
            names.push(&list[from..at]);
            from = at;
        }
        at += part.len();
    }
    names.push(&list[from..at]);
    let trimmed = names.into_iter().map(|name| name.trim_matches([',', ' ']));
    trimmed.filter(|name| !name.is_empty()).collect()
}

/// Whether a word behind a name is a degree, or tells father from son.
fn is_degree(word: &str) -> bool {
    const DEGREES: [&str; 14] = [
        "mba", "phd", "cpa", "cfa", "cfp", "md", "jd", "msc", "bsc", "ba", "ma", "jr",
        "sr", "esq",
    ];
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    DEGREES.contains(&letters.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_has_one_key() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(key(text).as_deref(), expected, "{text:?}");
            if let Some(key) = expected {
                assert_eq!(super::key(key).as_deref(), Some(key), "a key is its own key");
            }
        };
        check("Tessa Quill, MBA", Some("tessa quill"));
        check("Zoë  Lindqvist ", Some("zoe lindqvist"));
        check("Tom O'Hara", Some("tom ohara"));
        check("Tom O’Hara", Some("tom ohara"));
        check("Dr. Ruth Abernathy-Cole", Some("ruth abernathycole"));
        check("Robert (Bob) Stone 🚀", Some("robert stone"));
        check("Ray, Bob", Some("bob ray"));
        check("O’Hara, Tom Anders", Some("tom anders ohara"));
        check("Madonna, CLU", Some("madonna"));
        check("Stone, Jr.", Some("stone"));
        check("Stone, mba", Some("stone"));
        check("LinkedIn Member", None);
        check("山田 太郎", Some("山田 太郎"));
        check(" , ", None);
        check("X", None);
        for word in ["undefined", "N.A.", "n/a", "null null", "Unknown", "[not provided]"]
        {
            check(word, None);
        }
        check("Li Na", Some("li na"));
    }

    #[test]
    fn a_list_of_names_has_commas_between_and_inside_them() {
        let check = |list, expected: &[&str]| assert_eq!(several(list), expected);
        check("Daniel Voss, Joel Okafor", &["Daniel Voss", "Joel Okafor"]);
        check("Tessa Quill, MBA, Joel Okafor", &["Tessa Quill, MBA", "Joel Okafor"]);
        check(
            "Joel Okafor, Tessa Quill, CPA, Ph.D.",
            &["Joel Okafor", "Tessa Quill, CPA, Ph.D."],
        );
        check("Tessa Quill, MBA CFA", &["Tessa Quill, MBA CFA"]);
        check("Madonna", &["Madonna"]);
        check("", &[]);
    }

    #[test]
    fn names_join_with_single_blanks() {
        assert_eq!(join(" Ana  Lucía", "Prieto Vega "), "Ana Lucía Prieto Vega");
        assert_eq!(join("", ""), "");
    }
}
