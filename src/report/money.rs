//! Amounts and counts as people read them.

use crate::domain::Currency;

/// An amount with its currency: `AUD 12,340.50`; no currency is said.
pub(super) fn amount(minor: i64, currency: &str) -> String {
    let currency = Currency::from_code(currency).unwrap_or(Currency::UNKNOWN);
    let digits = currency.minor_digits();
    let unit = 10_u64.pow(digits);
    let whole = grouped(minor.unsigned_abs() / unit);
    let rest = minor.unsigned_abs() % unit;
    let sign = if minor < 0 { "−" } else { "" };
    let name = if currency == Currency::UNKNOWN { "" } else { currency.code() };
    let fraction = if digits == 0 {
        String::new()
    } else {
        format!(".{rest:0>width$}", width = digits as usize)
    };
    format!("{name} {sign}{whole}{fraction}").trim_start().to_owned()
}

/// A range of amounts, or the one amount that it is.
pub(super) fn range((least, most): (i64, i64), currency: &str) -> String {
    if least == most {
        amount(least, currency)
    } else {
        format!("{} to {}", amount(least, currency), amount(most, currency))
    }
}

/// A range of shares of leads, to a tenth.
pub(super) fn leads((least, most): (f64, f64)) -> String {
    let tenth = |number: f64| format!("{number:.1}");
    let (least, most) = (tenth(least), tenth(most));
    if least == most { least } else { format!("{least} to {most}") }
}

/// A count, or a dash where it is unknown.
pub(super) fn count(number: Option<i64>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| grouped(number.unsigned_abs()))
}

/// Groups of three digits.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if 0 < index && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        let check =
            |minor, currency, expected| assert_eq!(amount(minor, currency), expected);
        check(1_234_050, "AUD", "AUD 12,340.50");
        check(-160_000, "AUD", "AUD −1,600.00");
        check(1235, "JPY", "JPY 1,235");
        check(5, "XXX", "0.05");
    }

    #[test]
    fn a_range_of_one_is_one() {
        assert_eq!(range((100, 100), "EUR"), "EUR 1.00");
        assert_eq!(range((100, 250), "EUR"), "EUR 1.00 to EUR 2.50");
        assert_eq!(leads((0.04, 0.0)), "0.0");
    }
}
