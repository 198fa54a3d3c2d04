//! Header cells, compared folded.

use unicode_normalization::UnicodeNormalization;

/// The comparison form of a header cell: trimmed, NFKC, lower case, one space between
/// words, without brackets around it and `*` or `:` behind it.
pub fn fold(cell: &str) -> String {
    let folded = fold_words(cell);
    let unwrapped = folded
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(&folded)
        .trim_end_matches(['*', ':']);
    unwrapped.trim().to_owned()
}

/// NFKC, lower case, one space between words.
pub(super) fn fold_words(cell: &str) -> String {
    let folded: String = cell.nfkc().flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a folded header cell fits a name, in which `*` stands for anything. Letters
/// outside ASCII, and names with a `*`, must be declared in lower case.
pub fn fits(folded: &str, name: &str) -> bool {
    if !name.contains('*') {
        return folded.eq_ignore_ascii_case(name);
    }
    let mut pieces = name.split('*');
    let first = pieces.next().unwrap_or("");
    let Some(mut rest) = folded.strip_prefix(first) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else { return rest.is_empty() };
    for piece in middle {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_fold() {
        let check = |cell, expected| assert_eq!(fold(cell), expected);
        check(" Deal  Name ", "deal name");
        check("[LoanNumber]", "loannumber");
        check("Email*", "email");
        check("Amount:", "amount");
        check("Ａmount\u{a0}Due", "amount due");
    }

    #[test]
    fn a_star_stands_for_anything() {
        let check = |folded, name, expected| assert_eq!(fits(folded, name), expected);
        check("deal name", "Deal Name", true);
        check("deal name 2", "Deal Name", false);
        check("zoë", "zoë", true);
        check("company linkedin page", "*linkedin*", true);
        check("how did you hear about us?", "*hear*about*", true);
        check("about hearing", "*hear*about*", false);
        check("utm_source", "utm_*", true);
        check("utm", "utm_*", false);
    }
}
