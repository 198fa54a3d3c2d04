//! Currencies by their names, as some CRMs write them.

use super::fold::fold;
use crate::domain::Currency;

/// Names of currencies, folded, with their codes.
const NAMES: [(&str, &str); 41] = [
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("us dollar", "USD"),
    ("u s dollar", "USD"),
    ("united states dollar", "USD"),
    ("us dollars", "USD"),
    ("australian dollar", "AUD"),
    ("canadian dollar", "CAD"),
    ("new zealand dollar", "NZD"),
    ("hong kong dollar", "HKD"),
    ("singapore dollar", "SGD"),
    ("pound sterling", "GBP"),
    ("british pound", "GBP"),
    ("british pound sterling", "GBP"),
    ("uk pound", "GBP"),
    ("swiss franc", "CHF"),
    ("schweizer franken", "CHF"),
    ("franc suisse", "CHF"),
    ("czech koruna", "CZK"),
    ("ceska koruna", "CZK"),
    ("polish zloty", "PLN"),
    ("zloty", "PLN"),
    ("danish krone", "DKK"),
    ("norwegian krone", "NOK"),
    ("swedish krona", "SEK"),
    ("icelandic krona", "ISK"),
    ("hungarian forint", "HUF"),
    ("romanian leu", "RON"),
    ("turkish lira", "TRY"),
    ("russian ruble", "RUB"),
    ("indian rupee", "INR"),
    ("japanese yen", "JPY"),
    ("yen", "JPY"),
    ("chinese yuan", "CNY"),
    ("yuan renminbi", "CNY"),
    ("south korean won", "KRW"),
    ("south african rand", "ZAR"),
    ("brazilian real", "BRL"),
    ("mexican peso", "MXN"),
    ("israeli new shekel", "ILS"),
    ("uae dirham", "AED"),
];

/// The currency that a cell names by its code or its name, `AUD - Australian Dollar` too.
pub(super) fn named(text: &str) -> Option<Currency> {
    let text = text.trim();
    let own = Currency::from_code(text).or_else(|| {
        let folded = fold(text);
        let plain: Vec<&str> = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let plain = plain.join(" ");
        let code = NAMES.iter().find(|(name, _)| *name == plain)?.1;
        Currency::from_code(code)
    });
    own.or_else(|| {
        let (code, name) = text.split_once(" - ")?;
        named(name).filter(|named| Currency::from_code(code.trim()) == Some(*named))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_currencies() {
        let check = |text, expected: Option<&str>| {
            assert_eq!(named(text).as_ref().map(Currency::code), expected, "{text:?}");
        };
        check("AUD", Some("AUD"));
        check("eur", Some("EUR"));
        check("Australian Dollar", Some("AUD"));
        check("Česká koruna", Some("CZK"));
        check("AUD - Australian Dollar", Some("AUD"));
        check("EUR - Australian Dollar", None);
        check("Dollar", None);
        check("", None);
    }
}
