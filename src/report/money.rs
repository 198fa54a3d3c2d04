//! Amounts and counts as people read them.

use super::answer::obstacle;
pub(super) use crate::domain::grouped;
use crate::{
    domain::{self, Currency},
    store::{ReportInput, WonTotal},
};

/// What stands for the currency where nothing was won: amounts are dashes then.
pub(super) const NOTHING_WON: &str = "";

/// The currency of what was won.
pub(super) fn won_currency(input: &ReportInput) -> &str {
    input.won.first().map_or(NOTHING_WON, |won| won.currency.as_str())
}

/// The currency of what posts are credited with of it; none where something keeps them from
/// all credit, which is not to have earned nothing.
pub(super) fn credited_currency(input: &ReportInput) -> &str {
    let is_kept = input.won.first().is_some_and(|won| obstacle(input, won).is_some());
    if is_kept { NOTHING_WON } else { won_currency(input) }
}

/// An amount with its currency: `AUD 12,340.50`; no currency is said.
pub(super) fn amount(minor: i64, currency: &str) -> String {
    if currency == NOTHING_WON {
        return "–".to_owned();
    }
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

/// Minor units in one whole unit of a currency.
pub(super) fn unit(currency: &str) -> i64 {
    let currency = Currency::from_code(currency).unwrap_or(Currency::UNKNOWN);
    10_i64.pow(currency.minor_digits())
}

/// An amount for an axis or a tile: `AUD 12.3k`.
pub(super) fn brief(minor: i64, currency: &str) -> String {
    if currency == NOTHING_WON {
        return "–".to_owned();
    }
    let name = if currency == "XXX" { "" } else { currency };
    let unit = unit(currency).unsigned_abs();
    let whole = minor.unsigned_abs().saturating_add(unit / 2) / unit;
    let sign = if minor < 0 && 0 < whole { "−" } else { "" };
    let scaled = |step: u64, letter: &str| {
        let tenths = (whole + step / 20) / (step / 10);
        match tenths % 10 {
            0 => format!("{}{letter}", grouped(tenths / 10)),
            _ if 1_000 <= tenths => format!("{}{letter}", grouped((tenths + 5) / 10)),
            rest => format!("{}.{rest}{letter}", tenths / 10),
        }
    };
    let number = match whole {
        0..10_000 if !whole.is_multiple_of(1_000) => grouped(whole),
        0..1_000 => grouped(whole),
        1_000..999_950 => scaled(1_000, "k"),
        999_950..999_950_000 => scaled(1_000_000, "M"),
        _ => scaled(1_000_000_000, "bn"),
    };
    format!("{name} {sign}{number}").trim_start().to_owned()
}

/// A range of amounts, or the one amount that it is.
pub(super) fn range((least, most): (i64, i64), currency: &str) -> String {
    if least == most {
        amount(least, currency)
    } else {
        format!("{} to {}", amount(least, currency), amount(most, currency))
    }
}

/// A range of shares of leads, to a tenth; thousands are whole.
pub(super) fn leads((least, most): (f64, f64)) -> String {
    let tenth = |number: f64| {
        let text = format!("{number:.1}");
        if text == "0.0" {
            "0".to_owned()
        } else if 1_000.0 <= number {
            // A tenth of a thousand says nothing.
            format!("{number:.0}").parse().map_or(text, grouped)
        } else {
            text
        }
    };
    let (least, most) = (tenth(least), tenth(most));
    if least == most { least } else { format!("{least} to {most}") }
}

/// A number of things, in the singular or the plural: `1 deal`, `4,700 deals`.
pub(super) fn counted(number: i64, one: &str, many: &str) -> String {
    domain::count(number.unsigned_abs(), one, many)
}

/// So many of all: `2 of 3 deals`, `all 3 deals`, `the one deal`.
pub(super) fn part(some: i64, all: i64, one: &str, many: &str) -> String {
    match (some, all) {
        (1, 1) => format!("the one {one}"),
        _ if some == all => format!("all {}", counted(all, one, many)),
        _ => format!("{} of {}", grouped(some.unsigned_abs()), counted(all, one, many)),
    }
}

/// In how many deals something was won: `70 deals less 4 refunds`.
pub(super) fn won_deals(won: &WonTotal) -> String {
    let deals = counted(won.deals - won.refunds, "deal", "deals");
    match won.refunds {
        0 => deals,
        refunds => format!("{deals} less {}", counted(refunds, "refund", "refunds")),
    }
}

/// A count, or a dash where it is unknown.
pub(super) fn count(number: Option<i64>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| grouped(number.unsigned_abs()))
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
    fn amounts_on_an_axis_are_brief() {
        let check = |minor, expected| assert_eq!(brief(minor, "AUD"), expected);
        check(0, "AUD 0");
        check(50_000, "AUD 500");
        check(123_400, "AUD 1,234");
        check(6_899, "AUD 69");
        check(-50, "AUD −1");
        check(-49, "AUD 0");
        check(200_000, "AUD 2k");
        check(1_234_000, "AUD 12.3k");
        check(35_215_575, "AUD 352k");
        check(-150_000_000, "AUD −1.5M");
    }

    #[test]
    fn one_thing_is_singular() {
        assert_eq!(counted(1, "deal", "deals"), "1 deal");
        assert_eq!(counted(4700, "deal", "deals"), "4,700 deals");
        let check = |some, all, expected| {
            assert_eq!(part(some, all, "deal", "deals"), expected);
        };
        check(1, 1, "the one deal");
        check(3, 3, "all 3 deals");
        check(1, 4_700, "1 of 4,700 deals");
    }

    #[test]
    fn a_range_of_one_is_one() {
        assert_eq!(range((0, 0), NOTHING_WON), "–");
        assert_eq!(range((100, 100), "EUR"), "EUR 1.00");
        assert_eq!(range((100, 250), "EUR"), "EUR 1.00 to EUR 2.50");
        assert_eq!(leads((0.04, 0.0)), "0");
        assert_eq!(leads((0.0, 12.34)), "0 to 12.3");
        assert_eq!(leads((999.94, 10_002.7)), "999.9 to 10,003");
    }
}
