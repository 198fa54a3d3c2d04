//! Exchange rates: amounts of several currencies as one counts them, exactly.

use std::{collections::BTreeMap, fmt};

use super::{AmountKind, Currency, DealSummary, Money};

/// What totals are made of: one currency and one kind of amount, never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Measure {
    /// The currency.
    pub currency: Currency,
    /// What the amounts measure.
    pub amount_kind: AmountKind,
}

impl DealSummary {
    /// What totals count it in.
    pub fn measure(&self) -> Measure {
        let currency = self.converted.map_or(self.currency, |money| money.currency);
        Measure { currency, amount_kind: self.amount_kind }
    }

    /// What totals count it as.
    pub fn counted_minor(&self) -> Option<i64> {
        self.converted.map_or(self.amount_minor, |money| Some(money.minor))
    }

    /// Parts of its amount, as totals count them.
    pub fn counted(&self, parts: &[i64]) -> Vec<i64> {
        self.converted.map_or_else(|| parts.to_vec(), |money| money.like(parts))
    }
}

/// Digits that a rate may have, so that no amount overflows on its way.
const MOST_DIGITS: usize = 15;

/// How much of one currency a whole unit of another is: a decimal number over 0, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The number without its point.
    digits: i128,
    /// How many of them stand behind the point.
    scale: u32,
}

impl Rate {
    /// Reads a decimal number over 0, such as `1.52`, of at most 15 digits.
    pub fn from_text(text: &str) -> Option<Self> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_number(whole) || !is_number(rest) {
            return None;
        }
        let rest = rest.trim_end_matches('0');
        let digits = format!("{}{rest}", whole.trim_start_matches('0'));
        if MOST_DIGITS < digits.len() {
            return None;
        }
        let digits = digits.parse().ok().filter(|digits| 0 < *digits)?;
        Some(Self { digits, scale: u32::try_from(rest.len()).ok()? })
    }

    /// An amount in another currency, rounded to its minor units, half to even; none where
    /// it does not fit 64 bits.
    fn convert(self, amount: Money, to: Currency) -> Option<Money> {
        let digits = [to, amount.currency].map(|currency| currency.minor_digits());
        let [up, down] = digits.map(|digits| 10_i128.pow(digits));
        let over = i128::from(amount.minor).checked_mul(self.digits)?.checked_mul(up)?;
        let under = 10_i128.checked_pow(self.scale)?.checked_mul(down)?;
        let (whole, rest) = (over.div_euclid(under), over.rem_euclid(under));
        let is_up = under < rest * 2 || (rest * 2 == under && whole % 2 != 0);
        let minor = i64::try_from(whole + i128::from(is_up)).ok()?;
        Some(Money { minor, currency: to })
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_i128.pow(self.scale);
        write!(formatter, "{}", self.digits / unit)?;
        if self.scale == 0 {
            return Ok(());
        }
        let width = self.scale as usize;
        write!(formatter, ".{:0width$}", self.digits % unit)
    }
}

/// What amounts of other currencies count as in one; nothing unless it is configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    to: Option<Currency>,
    rates: BTreeMap<Currency, Rate>,
}

impl Rates {
    /// The rates into a currency, each with the currency that it is of.
    pub fn new(to: Currency, rates: BTreeMap<Currency, Rate>) -> Self {
        Self { to: Some(to), rates }
    }

    /// The currency that totals are in, where one is configured.
    pub fn to(&self) -> Option<Currency> {
        self.to
    }

    /// Notes in each deal what totals count its amount as. What has no rate stays as it is.
    pub fn apply(&self, deals: &mut [DealSummary]) {
        for deal in deals {
            deal.converted = self.converted(deal);
        }
    }

    fn converted(&self, deal: &DealSummary) -> Option<Money> {
        let rate = self.rates.get(&deal.currency)?;
        let amount = Money { minor: deal.amount_minor?, currency: deal.currency };
        rate.convert(amount, self.to?)
    }
}

impl fmt::Display for Rates {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = self.to.unwrap_or(Currency::UNKNOWN);
        let rates = self.rates.iter().map(|(of, rate)| format!("1 {of} = {rate} {to}"));
        formatter.write_str(&rates.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::from_code(code).unwrap()
    }

    #[test]
    fn a_rate_is_a_decimal_number_over_zero() {
        let check = |text: &str, expected: Option<&str>| {
            let rate = Rate::from_text(text).map(|rate| rate.to_string());
            assert_eq!(rate.as_deref(), expected, "{text}");
        };
        check("1.52", Some("1.52"));
        check("0.0091", Some("0.0091"));
        check("007", Some("7"));
        check("1.500", Some("1.5"));
        check("100", Some("100"));
        for wrong in
            ["", ".", "0", "0.00", "-1", "+1", "1e3", "1,52", ".5", "1.", " 1", "inf"]
        {
            check(wrong, None);
        }
        check("1234567890.12345", Some("1234567890.12345"));
        check("1234567890.123456", None);
    }

    #[test]
    fn minor_units_differ_and_halves_go_to_the_even_one() {
        let check = |minor, of: &str, rate: &str, to: &str, expected| {
            let amount = Money { minor, currency: currency(of) };
            let converted = Rate::from_text(rate).unwrap().convert(amount, currency(to));
            assert_eq!(converted.map(|money| money.minor), expected, "{minor} {of}");
        };
        check(10_000, "USD", "1.52", "AUD", Some(15_200));
        check(1_000_000, "JPY", "0.0102", "AUD", Some(1_020_000));
        check(15_200, "AUD", "98.5", "JPY", Some(14_972));
        check(1_234, "KWD", "5", "AUD", Some(617));
        check(617, "AUD", "0.2", "KWD", Some(1_234));
        check(1, "USD", "0.5", "AUD", Some(0));
        check(3, "USD", "0.5", "AUD", Some(2));
        check(5, "USD", "0.5", "AUD", Some(2));
        check(-1, "USD", "0.5", "AUD", Some(0));
        check(-3, "USD", "0.5", "AUD", Some(-2));
        check(-3, "USD", "0.51", "AUD", Some(-2));
        check(i64::MAX, "USD", "2", "AUD", None);
        check(i64::MAX, "JPY", "123456789012345", "KWD", None);
    }
}
