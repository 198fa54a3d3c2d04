//! Header cells, compared folded.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The comparison form of a header cell: trimmed, NFKC, lower case, one space between
/// words, without brackets around it, signs that cannot be seen, and `*` or `:` behind it.
pub fn fold(cell: &str) -> String {
    let folded = fold_words(cell);
    let bare = |text: &str| text.trim_end_matches(['*', ':', ' ']).len();
    let text = &folded[..bare(&folded)];
    let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let text = inside.map_or(text, |text| &text[..bare(text)]);
    text.trim().to_owned()
}

/// NFKC, lower case, one space between words.
pub(super) fn fold_words(cell: &str) -> String {
    // Marks of byte order, of direction and of where words may break.
    let is_seen = |c: &char| {
        !matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
    };
    let folded: String =
        cell.nfkc().filter(is_seen).flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A header as words, however they are joined: `close_value`, `Close-Value` and
/// `CloseValue` are `close value`.
pub fn loose(cell: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for character in cell.chars() {
        if character.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.push(if matches!(character, '_' | '-') { ' ' } else { character });
        before = character;
    }
    fold(&words)
}

/// The letters and digits of a header alone, so that `Lead_Source`, `LeadSource` and
/// `lead source?` are one, and so are `Währung`, `Wahrung` and `Waehrung`; a `*` stays.
pub fn squeezed(cell: &str) -> String {
    let mut squeezed = String::with_capacity(cell.len());
    let unmarked = cell.nfkd().filter(|c| !is_combining_mark(*c));
    for character in unmarked.flat_map(char::to_lowercase) {
        match character {
            'ß' => squeezed.push_str("ss"),
            'ł' => squeezed.push('l'),
            'ø' => squeezed.push('o'),
            'æ' => squeezed.push('a'),
            // What stands for an umlaut; two words that differ so are none.
            'e' if squeezed.ends_with(['a', 'o', 'u']) => {}
            _ if character.is_alphanumeric() || character == '*' => {
                squeezed.push(character);
            }
            '#' | '№' => squeezed.push_str("no"),
            '°' => squeezed.push('o'),
            _ => {}
        }
    }
    squeezed
}

/// A squeezed header without the thing that it speaks of: `Deal Value`, `Deal - Value` and
/// `Valor del negocio` are `value` and `valor` in a table of deals.
pub(super) fn bare(squeezed: &str, things: &[&str]) -> Vec<String> {
    const BETWEEN: [&str; 22] = [
        "della", "dela", "dell", "delas", "das", "der", "des", "del", "de", "do", "da",
        "du", "dem", "di", "van", "vande", "ofthe", "of", "for", "fur", "d", "l",
    ];
    let mut bare = Vec::new();
    for thing in things {
        bare.extend(squeezed.strip_prefix(thing));
        let Some(front) = squeezed.strip_suffix(thing) else { continue };
        bare.push(front);
        bare.extend(BETWEEN.iter().filter_map(|word| front.strip_suffix(word)));
    }
    bare.retain(|rest| 1 < rest.len());
    bare.into_iter().map(str::to_owned).collect()
}

/// Currencies that headers of amounts name: letters that are no other word.
const CURRENCIES: [(&str, &str); 24] = [
    ("usd", "USD"),
    ("eur", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("gbp", "GBP"),
    ("aud", "AUD"),
    ("nzd", "NZD"),
    ("cad", "CAD"),
    ("chf", "CHF"),
    ("jpy", "JPY"),
    ("inr", "INR"),
    ("brl", "BRL"),
    ("mxn", "MXN"),
    ("sek", "SEK"),
    ("nok", "NOK"),
    ("dkk", "DKK"),
    ("pln", "PLN"),
    ("czk", "CZK"),
    ("zar", "ZAR"),
    ("sgd", "SGD"),
    ("us$", "USD"),
    ("a$", "AUD"),
    ("€", "EUR"),
    ("£", "GBP"),
];

/// The words before the currency at the end of a header, and its code: `Amount (EUR)`,
/// `Umsatz in €`, `close_value_usd`; none where it names none.
pub fn currency(cell: &str) -> Option<(String, &'static str)> {
    let words = loose(cell).replace(['(', ')', '[', ']', ','], " ");
    let mut words: Vec<&str> = words.split_whitespace().collect();
    let last = words.pop()?;
    let (_, code) = CURRENCIES.iter().find(|(word, _)| *word == last)?;
    if words.last() == Some(&"in") {
        words.pop();
    }
    (!words.is_empty()).then(|| (words.join(" "), *code))
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
        check("[LoanNumber] *", "loannumber");
        check("\u{feff}\u{200b}Deal\u{200b} Name\u{200e}", "deal name");
    }

    #[test]
    fn words_of_a_header_may_be_joined_by_anything() {
        for cell in ["close_value", "Close-Value", "closeValue", "CLOSE VALUE"] {
            assert_eq!(loose(cell), "close value", "{cell}");
        }
        assert_eq!(loose("Deal ID"), "deal id");
    }

    #[test]
    fn a_squeezed_header_is_its_letters() {
        for cell in ["lead_source", "LeadSource", "Lead - Source?", "LEAD SOURCE"] {
            assert_eq!(squeezed(cell), "leadsource", "{cell}");
        }
        assert_eq!(squeezed("(Do Not Modify) Lead"), "donotmodifylead");
        assert_eq!(squeezed("custom.*source*"), "custom*source*");
        for cell in ["Währung", "WAEHRUNG", "wahrung"] {
            assert_eq!(squeezed(cell), "wahrung", "{cell}");
        }
    }

    #[test]
    fn a_bare_header_is_without_its_thing() {
        let check = |cell: &str, expected: &str| {
            let bare =
                bare(&squeezed(cell), &["deal", "negocio", "affaire", "opportunite"]);
            assert!(bare.iter().any(|one| one == expected), "{cell}: {bare:?}");
        };
        check("Deal - Value", "valu");
        check("DealName", "name");
        check("Fecha de cierre del negocio", "fechadecierre");
        check("Nom de l'affaire", "nom");
        check("Date de l’opportunité", "date");
        assert!(bare("deal", &["deal"]).is_empty());
    }

    #[test]
    fn a_header_may_end_with_a_currency() {
        let check = |cell, expected: Option<(&str, &str)>| {
            let expected = expected.map(|(words, code)| (words.to_owned(), code));
            assert_eq!(currency(cell), expected, "{cell}");
        };
        check("Opportunity Amount USD", Some(("opportunity amount", "USD")));
        check("Umsatz (in €)", Some(("umsatz", "EUR")));
        check("close_value_gbp", Some(("close value", "GBP")));
        check("Amount", None);
        check("USD", None);
        check("Total all", None);
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
