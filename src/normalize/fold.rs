//! Text without the differences that mean nothing: case, width, diacritics.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds to NFKC, lower case, without diacritics; letters that do not decompose become
/// their nearest Latin ones.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    // Marks are part of a letter in most scripts but Latin, Greek and Cyrillic: there, what
    // decomposes is put together again.
    for character in text.nfkc().flat_map(char::to_lowercase) {
        match latin(character) {
            Some(letters) => folded.push_str(letters),
            None if is_european(character) => {
                for part in character.nfd().filter(|part| !is_combining_mark(*part)) {
                    match latin(part) {
                        Some(letters) => folded.push_str(letters),
                        None => folded.push(part),
                    }
                }
            }
            None if ('\u{300}'..='\u{36f}').contains(&character) => {}
            None => folded.push(character),
        }
    }
    folded
}

/// Whether words name LinkedIn, however people write it: `Linked In`, `linked-in`, with an l
/// for the I, or by its short addresses.
pub fn names_linkedin(text: &str) -> bool {
    let mut squeezed = fold(text);
    squeezed.retain(|c| {
        !c.is_whitespace() && !matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}')
    });
    ["linkedin", "linkedln", "lnkd"].iter().any(|name| squeezed.contains(name))
}

/// Latin, Greek and Cyrillic letters, where a diacritic is no other letter to a reader.
fn is_european(character: char) -> bool {
    matches!(character, '\u{c0}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
        && character != 'й'
}

/// Letters that have no decomposition.
fn latin(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_meaningless_differences_go() {
        let check = |text, expected| assert_eq!(fold(text), expected);
        check("Plain", "plain");
        check("Zoë Ålgård", "zoe algard");
        check("Straße Łódź Ærø", "strasse lodz aero");
        check("ＡＣＭＥ", "acme");
        check("Стоунмир", "стоунмир");
        check("株式会社ストーンメア", "株式会社ストーンメア");
        check("e\u{301}", "e");
        check("Ǽ ǿ", "ae o");
    }

    #[test]
    fn linkedin_has_many_spellings() {
        for text in ["LinkedIn", "Linked In ad", "linked-in", "Linkedln", "lnkd.in/x"] {
            assert!(names_linkedin(text), "{text}");
        }
        for text in ["Google", "LI", "link in bio", ""] {
            assert!(!names_linkedin(text), "{text}");
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for character in ('\0'..'\u{2000}').chain('\u{fb00}'..'\u{fb07}') {
            let folded = fold(character.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&folded), folded, "{character:?}");
        }
    }
}
