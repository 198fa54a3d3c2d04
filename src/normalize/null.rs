//! Words by which exports say that a cell is empty.

const NULL_WORDS: [&str; 13] = [
    "-",
    "--",
    "n/a",
    "na",
    "none",
    "null",
    "(none)",
    "-none-",
    "#n/a",
    "select",
    "[not provided]",
    "<unspecified>",
    "no source",
];

/// Whether a cell holds nothing, or a word for nothing.
pub fn is_null_word(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty()
        || NULL_WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
        || cell.eq_ignore_ascii_case("unknown keywords (ssl)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_nothing() {
        for word in ["", "  ", "-", "N/A", " none ", "-None-", "#N/A", "Select"] {
            assert!(is_null_word(word), "{word:?}");
        }
        for word in ["0", "Offline Sources", "nonesuch", "---"] {
            assert!(!is_null_word(word), "{word:?}");
        }
    }
}
