//! Currencies by their codes, names and symbols, as CRMs write them.

use super::{amount, fold::fold};
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

/// The currency that three letters stand for: unknown where no currency is listed as that.
pub(super) fn coded(code: &str) -> Option<Currency> {
    let currency = Currency::from_code(code)?;
    match currency.code() {
        // Pence, a hundredth of a pound.
        _ if code == "GBp" => Some(Currency::UNKNOWN),
        // Names of one currency on two markets.
        "RMB" | "CNH" => Currency::from_code("CNY"),
        _ if currency.is_listed() => Some(currency),
        _ => Some(Currency::UNKNOWN),
    }
}

/// The currency that a cell names by its code, its name or its symbol, or by two of these:
/// `AUD - Australian Dollar`, `Euro (EUR)`, `EUR €`. Unknown where it is another code.
pub(super) fn named(text: &str) -> Option<Currency> {
    let text = text.trim();
    let code = coded(text);
    let listed = code.filter(Currency::is_listed);
    listed.or_else(|| named_in_words(text)).or(code)
}

fn named_in_words(text: &str) -> Option<Currency> {
    let own = amount::symbol(text).flatten().or_else(|| {
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
        let bare = text.trim_end_matches(')');
        let marks = [" - ", "(", " "];
        let (one, other) = marks.iter().find_map(|mark| bare.split_once(mark))?;
        let one = named(one).filter(Currency::is_listed)?;
        let is_the_same = match amount::symbol(other.trim()) {
            Some(symbol) => symbol.is_none_or(|symbol| symbol == one),
            None => named(other) == Some(one),
        };
        is_the_same.then_some(one)
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
        check("Yen", Some("JPY"));
        check("£", Some("GBP"));
        check("R$", Some("BRL"));
        check("zł", Some("PLN"));
        check("US$", Some("USD"));
        check("$", None);
        check("Euro (EUR)", Some("EUR"));
        check("EUR €", Some("EUR"));
        check("USD ($)", Some("USD"));
        check("EUR £", None);
        check("RMB", Some("CNY"));
        check("CNH", Some("CNY"));
        check("BTC", Some("XXX"));
        check("GBp", Some("XXX"));
        check("", None);
    }
}
