//! Words by which exports say that a cell is empty.

const NULL_WORDS: [&str; 17] = [
    "-",
    "--",
    "n/a",
    "na",
    "none",
    "null",
    // As MySQL and Postgres write it.
    "\\n",
    "(none)",
    "-none-",
    "#n/a",
    "select",
    "[not provided]",
    "(not provided)",
    "(not set)",
    "<unspecified>",
    "no source",
    "unknown keywords (ssl)",
];

/// Bytes of the longest of them.
const LONGEST: usize = 22;

/// Words that say the same where a name or an address stands. Elsewhere they may be a name, or
/// what the user gives a meaning.
const NO_TEXTS: [&str; 2] = ["n.a.", "undefined"];

/// Words that say the same where a person's name stands.
const NO_NAMES: [&str; 2] = ["n.a", "unknown"];

/// Whether a cell holds nothing, or a word for nothing.
pub fn is_null_word(cell: &str) -> bool {
    let cell = cell.trim();
    // Most cells are too long, or begin otherwise, and are asked for nothing else.
    if LONGEST < cell.len() || cell.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    cell.is_empty() || is_one_of(&NULL_WORDS, cell)
}

fn is_one_of(words: &[&str], cell: &str) -> bool {
    words.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Whether a person's name is words for nothing alone.
pub fn is_no_name(name: &str) -> bool {
    let is_word = |word: &str| {
        is_null_word(word) || is_one_of(&NO_TEXTS, word) || is_one_of(&NO_NAMES, word)
    };
    is_word(name.trim())
        || name.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).all(is_word)
}

/// Whether a cell of an address, a number or a source holds nothing: a word for that, or signs
/// and zeros.
pub fn is_no_address(cell: &str) -> bool {
    is_null_word(cell)
        || !cell.contains(|c: char| c.is_alphanumeric() && c != '0')
        || is_one_of(&NO_TEXTS, cell.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_nothing() {
        for word in ["", "  ", "-", "N/A", " none ", "-None-", "#N/A", "Select", "\\N"] {
            assert!(is_null_word(word), "{word:?}");
        }
        for word in NULL_WORDS {
            assert!(is_null_word(word) && is_null_word(&word.to_uppercase()), "{word:?}");
        }
        for word in ["0", "Offline Sources", "nonesuch", "---", "N.A."] {
            assert!(!is_null_word(word), "{word:?}");
        }
    }

    #[test]
    fn words_for_nothing_name_nobody() {
        for name in ["undefined", "N.A.", "undefined undefined", "Unknown", "n/a, n/a"] {
            assert!(is_no_name(name), "{name:?}");
        }
        for name in ["Li Na", "Unknown Pleasures", "Nulla", "Selecta"] {
            assert!(!is_no_name(name), "{name:?}");
        }
    }

    #[test]
    fn signs_and_zeros_are_no_address() {
        for word in ["", "N/A", " --- ", "?", "000-0000", "@", "n.a.", "Undefined "] {
            assert!(is_no_address(word), "{word:?}");
        }
        for word in ["MTG", "not a url", "abc", "1", "ann at b.example"] {
            assert!(!is_no_address(word), "{word:?}");
        }
    }
}
