//! Signs of currencies.

use crate::domain::Currency;

/// Symbols and their currencies, the longest first; none where several share it.
pub(super) const SYMBOLS: [(&str, Option<&str>); 28] = [
    ("AU$", Some("AUD")),
    ("US$", Some("USD")),
    ("CA$", Some("CAD")),
    ("NZ$", Some("NZD")),
    ("HK$", Some("HKD")),
    ("MX$", Some("MXN")),
    ("A$", Some("AUD")),
    ("C$", Some("CAD")),
    ("S$", Some("SGD")),
    ("R$", Some("BRL")),
    ("€", Some("EUR")),
    ("£", Some("GBP")),
    ("₹", Some("INR")),
    ("zł", Some("PLN")),
    ("Kč", Some("CZK")),
    ("CHF", Some("CHF")),
    ("₽", Some("RUB")),
    ("₺", Some("TRY")),
    ("₩", Some("KRW")),
    ("₪", Some("ILS")),
    ("$", None),
    ("¥", None),
    ("kr.", None),
    ("kr", None),
    ("Rs.", None),
    ("Rs", None),
    ("Fr.", None),
    ("Fr", None),
];

/// What a symbol stands for; the inner none where several currencies share it.
#[expect(clippy::option_option, reason = "no symbol is another thing than a shared one")]
pub(in crate::normalize) fn symbol(text: &str) -> Option<Option<Currency>> {
    let (_, code) = SYMBOLS.iter().find(|(symbol, _)| *symbol == text)?;
    Some(code.and_then(Currency::from_code))
}

/// Whether a symbol that several currencies share may stand for this one.
pub(super) fn may_mean(symbol: &str, currency: Currency) -> bool {
    let code = currency.code();
    match symbol {
        "$" => code.ends_with('D') || matches!(code, "MXN" | "ARS" | "CLP" | "COP"),
        "¥" => matches!(code, "JPY" | "CNY"),
        "Rs." | "Rs" => matches!(code, "INR" | "PKR" | "LKR" | "NPR" | "MUR"),
        "Fr." | "Fr" => matches!(code, "CHF" | "XAF" | "XOF"),
        _ => matches!(code, "DKK" | "NOK" | "SEK" | "ISK"),
    }
}
