//! Amounts of money as exact decimals.

mod symbols;

use std::borrow::Cow;

pub(super) use symbols::symbol;
use symbols::{SYMBOLS, may_mean};

use super::{currency::coded, null::is_null_word};
use crate::domain::{Currency, round_to_minor};

/// Which separator stands before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

impl DecimalMark {
    fn character(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// What is known of the amounts of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountRules {
    /// The decimal mark, where the vendor or another cell of the column proves it.
    pub decimal: Option<DecimalMark>,
    /// Groups of thousands occur; some vendors never write them.
    pub has_groups: bool,
    /// `1.5E4` is an amount.
    pub allows_exponent: bool,
    /// `$342.09K` is an amount, rounded.
    pub allows_abbreviation: bool,
}

impl AmountRules {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self {
        decimal: None,
        has_groups: true,
        allows_exponent: false,
        allows_abbreviation: false,
    };
    /// The vendor writes a decimal point and never groups.
    pub const POINT_WITHOUT_GROUPS: Self =
        Self { decimal: Some(DecimalMark::Point), has_groups: false, ..Self::UNKNOWN };
}

/// An exact decimal, `digits × 10^-scale`, with the currency its cell names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The digits, as a whole number.
    pub digits: i128,
    /// How many of them stand behind the decimal mark.
    pub scale: u32,
    /// The currency in the cell; none where it names none, or an ambiguous one.
    pub currency: Option<Currency>,
    /// The cell abbreviates, so the amount is rounded.
    pub is_rounded: bool,
}

impl Amount {
    /// The amount in minor units of a currency, and whether digits were lost; none where
    /// it is more than [`MOST_MINOR`].
    pub fn minor(&self, currency: Currency) -> Option<(i64, bool)> {
        round_to_minor(self.digits, self.scale, currency)
            .filter(|(minor, _)| minor.unsigned_abs() <= MOST_MINOR)
            .map(|(minor, is_rounded)| (minor, is_rounded || self.is_rounded))
    }
}

/// The largest amount that is read, in minor units: thousands of such can be added up.
pub const MOST_MINOR: u64 = 1_000_000_000_000_000;

/// Why a cell is no amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountFault {
    /// Two readings, and nothing decides.
    #[error("reads as {0} or as {1}, and no other cell of the column decides")]
    Ambiguous(String, String),
    /// The cell names another currency than its row.
    #[error("names {}, its row says {row}", .0.known().unwrap_or("no known currency"), row = .1)]
    OtherCurrency(Currency, Currency),
    /// The cell or its row names another currency than the header.
    #[error("is in {0}, its header says {1}")]
    OtherHeader(Currency, Currency),
    /// Two signs.
    #[error("has two signs")]
    TwoSigns,
    /// `5k`, `1.2M`.
    #[error("is abbreviated, so its digits are not known")]
    Abbreviated,
    /// `1.5E4`.
    #[error("is written with an exponent, so digits may be lost")]
    Exponent,
    /// Too large.
    #[error("is more than ten trillion, and no deal")]
    TooLarge,
    /// Anything else: a range, a rate, words.
    #[error("is no amount")]
    NoAmount,
}

/// The evidence of a column on its decimal mark.
#[derive(Clone, Copy, Debug, Default)]
pub struct AmountSurvey {
    points: u64,
    commas: u64,
    /// A currency stands beside a point that may separate groups.
    has_marked_point: bool,
}

impl AmountSurvey {
    /// Looks at one cell.
    pub fn observe(&mut self, cell: &str) {
        if is_null_word(cell) {
            return;
        }
        let Ok(parts) = Parts::of(&normal(cell)) else { return };
        match clear_mark(&parts.number) {
            Some(DecimalMark::Point) => self.points += 1,
            Some(DecimalMark::Comma) => self.commas += 1,
            None => {
                let is_marked = parts.currency.is_some() && parts.number.contains('.');
                self.has_marked_point |= is_marked;
            }
        }
    }

    /// Whether the cells were written by somebody else than a vendor who writes a decimal
    /// point, no groups and no currency.
    pub fn is_foreign(&self) -> bool {
        0 < self.commas || self.has_marked_point
    }

    /// The mark that the clear cells prove; none where there are none, or they contradict.
    pub fn decision(&self) -> Option<DecimalMark> {
        match (self.points, self.commas) {
            (0, 0) => None,
            (_, 0) => Some(DecimalMark::Point),
            (0, _) => Some(DecimalMark::Comma),
            _ => None,
        }
    }
}

/// Reads one cell; none where it is empty or says so.
pub fn read(
    cell: &str,
    rules: AmountRules,
    row_currency: Option<Currency>,
) -> Result<Option<Amount>, AmountFault> {
    if is_null_word(cell) {
        return Ok(None);
    }
    let text = normal(cell);
    let parts = Parts::of(&text)?;
    let own = parts.currency.and_then(Mark::currency);
    if let (Some(own), Some(row)) = (own, row_currency)
        && own != row
    {
        return Err(AmountFault::OtherCurrency(own, row));
    }
    let (number, power) = scaled(&parts.number, rules)?;
    let currency = own.or(row_currency).unwrap_or(Currency::UNKNOWN);
    let (digits, scale) = match decimal(number, rules) {
        // Nobody writes thousandths of a currency that has no smaller unit.
        Err(AmountFault::Ambiguous(grouped, _)) if currency.minor_digits() == 0 => {
            decimal(&grouped, rules)?
        }
        read => read?,
    };
    let scale = i64::from(scale) - i64::from(power);
    let (digits, scale) = if scale < 0 {
        let factor =
            u32::try_from(-scale).ok().and_then(|power| 10_i128.checked_pow(power));
        (
            factor
                .and_then(|factor| digits.checked_mul(factor))
                .ok_or(AmountFault::TooLarge)?,
            0,
        )
    } else {
        (digits, u32::try_from(scale).map_err(|_| AmountFault::TooLarge)?)
    };
    let amount = Amount {
        digits: if parts.is_negative { -digits } else { digits },
        scale,
        currency: own,
        is_rounded: parts.number.ends_with(['K', 'k', 'M', 'm', 'B', 'b']),
    };
    let minor = round_to_minor(digits, scale, currency);
    minor.map(|_| Some(amount)).ok_or(AmountFault::TooLarge)
}

/// One kind of blank, ASCII digits, no guard against formulas.
fn normal(cell: &str) -> String {
    let text: String = cell
        .chars()
        .map(|character| match character {
            '\u{a0}' | '\u{202f}' | '\u{2009}' | '\t' => ' ',
            '\u{2212}' => '-',
            '’' => '\'',
            '０'..='９' => digit(character, '０'),
            '٠'..='٩' => digit(character, '٠'),
            other => other,
        })
        .collect();
    let text = text.trim();
    let guarded =
        text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    guarded.unwrap_or(text).to_owned()
}

fn digit(character: char, zero: char) -> char {
    char::from_digit(character as u32 - zero as u32, 10).unwrap_or(character)
}

/// A cell taken apart: sign, currency, and the number between.
struct Parts {
    is_negative: bool,
    currency: Option<Mark>,
    number: String,
}

impl Parts {
    fn of(text: &str) -> Result<Self, AmountFault> {
        let mut signs = 0;
        let mut is_negative = false;
        let mut rest = text.trim();
        let mut currency = None;
        loop {
            let before = rest.len();
            if let Some(inside) =
                rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
            {
                (signs, is_negative, rest) = (signs + 1, true, inside.trim());
            }
            if let Some(behind) = rest.strip_prefix('-') {
                (signs, is_negative, rest) = (signs + 1, true, behind.trim_start());
            } else if let Some(behind) = rest.strip_prefix('+') {
                (signs, rest) = (signs + 1, behind.trim_start());
            }
            if let Some((found, behind)) = currency_around(rest) {
                let both = currency.map_or(Some(found), |one: Mark| one.with(found));
                (currency, rest) = (Some(both.ok_or(AmountFault::NoAmount)?), behind);
            }
            if rest.len() == before {
                break;
            }
        }
        // `1'500.-` and `1,500/-` say that there are no cents; `123.45-` is negative.
        let whole = [".-", ",-", "/-"].iter().find_map(|end| rest.strip_suffix(end));
        let mut cents = "";
        if let Some(number) = whole {
            // Of both marks the one for which the sign stands is that of the cents.
            cents = match &rest[number.len()..] {
                ",-" if number.contains('.') => ",00",
                ".-" if number.contains(',') => ".00",
                _ => "",
            };
            rest = number;
        } else if let Some(number) = rest.strip_suffix('-') {
            (signs, is_negative, rest) = (signs + 1, true, number.trim_end());
        }
        if 1 < signs {
            return Err(AmountFault::TwoSigns);
        }
        if !rest.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(AmountFault::NoAmount);
        }
        Ok(Self { is_negative, currency, number: [rest, cents].concat() })
    }
}

/// A currency as a cell names it.
#[derive(Clone, Copy)]
enum Mark {
    Known(Currency),
    /// A symbol that several share.
    Shared(&'static str),
}

impl Mark {
    fn currency(self) -> Option<Currency> {
        match self {
            Self::Known(currency) => Some(currency),
            Self::Shared(_) => None,
        }
    }

    /// Both marks of `$1,500 USD` as one; none where they say different things.
    fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Known(known), Self::Shared(symbol))
            | (Self::Shared(symbol), Self::Known(known)) => {
                may_mean(symbol, known).then_some(Self::Known(known))
            }
            (Self::Known(one), Self::Known(other)) if one == other => Some(self),
            _ => None,
        }
    }
}

/// A currency in front of or behind a number, and the rest without it.
fn currency_around(text: &str) -> Option<(Mark, &str)> {
    for (symbol, code) in SYMBOLS {
        let rest = text.strip_prefix(symbol).or_else(|| text.strip_suffix(symbol));
        if let Some(rest) = rest {
            let known = code.and_then(Currency::from_code);
            return Some((known.map_or(Mark::Shared(symbol), Mark::Known), rest.trim()));
        }
    }
    let is_code = |code: &str| code.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_next = |next: char| matches!(next, ' ' | '$' | '€' | '£' | '¥');
    let front = text.split_at_checked(3).filter(|(code, rest)| {
        is_code(code)
            && rest.starts_with(|next: char| is_next(next) || next.is_ascii_digit())
    });
    if let Some((code, rest)) = front {
        return Some((Mark::Known(coded(code)?), rest.trim()));
    }
    let rand = text.strip_prefix('R').filter(|rest| {
        rest.starts_with(|next: char| next == ' ' || next.is_ascii_digit())
    });
    if let (Some(rest), Some(currency)) = (rand, Currency::from_code("ZAR")) {
        return Some((Mark::Known(currency), rest.trim()));
    }
    let (rest, code) = text.split_at_checked(text.len().checked_sub(3)?)?;
    let stands_alone = rest.ends_with(|last: char| last == ' ' || last.is_ascii_digit());
    let is_behind = is_code(code) && stands_alone;
    let currency = if is_behind { coded(code) } else { None };
    currency.map(|currency| (Mark::Known(currency), rest.trim()))
}

/// Takes an exponent or abbreviation off a number: what stands before it, and the power of
/// ten that it means.
fn scaled(number: &str, rules: AmountRules) -> Result<(&str, i32), AmountFault> {
    if let Some((mantissa, exponent)) = number.split_once(['E', 'e']) {
        let power: i32 = exponent.parse().map_err(|_| AmountFault::NoAmount)?;
        return if rules.allows_exponent && power.unsigned_abs() < 30 {
            Ok((mantissa, power))
        } else {
            Err(AmountFault::Exponent)
        };
    }
    let (front, power) = match number.char_indices().next_back() {
        Some((at, 'K' | 'k')) => (&number[..at], 3),
        Some((at, 'M' | 'm')) => (&number[..at], 6),
        Some((at, 'B' | 'b')) => (&number[..at], 9),
        _ => return Ok((number, 0)),
    };
    if rules.allows_abbreviation {
        Ok((front, power))
    } else {
        Err(AmountFault::Abbreviated)
    }
}

/// Whether a character may separate groups.
fn is_separator(character: char) -> bool {
    matches!(character, '.' | ',' | ' ' | '\'')
}

/// The mark that a number shows beyond doubt.
fn clear_mark(number: &str) -> Option<DecimalMark> {
    let mark = |character| match character {
        '.' => Some(DecimalMark::Point),
        ',' => Some(DecimalMark::Comma),
        _ => None,
    };
    let other = |character| match character {
        '.' => Some(DecimalMark::Comma),
        ',' => Some(DecimalMark::Point),
        _ => None,
    };
    let marks: Vec<(usize, char)> =
        number.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    let &(at, last) = marks.last()?;
    let behind = number.len() - at - 1;
    if marks.iter().any(|(_, one)| *one != last) {
        return mark(last);
    }
    if 1 < marks.len() {
        return other(last);
    }
    let has_blank_groups = number.contains([' ', '\'']);
    if behind != 3 || has_blank_groups || number.starts_with('0') {
        mark(last)
    } else {
        None
    }
}

/// Reads a number without sign, currency and exponent.
fn decimal(number: &str, rules: AmountRules) -> Result<(i128, u32), AmountFault> {
    let is_plain = |c: char| c.is_ascii_digit() || is_separator(c);
    if !number.chars().all(is_plain) || number.ends_with(is_separator) {
        return Err(AmountFault::NoAmount);
    }
    let mark = if rules.has_groups {
        let has_mark = number.contains(['.', ',']);
        match clear_mark(number).or(rules.decimal) {
            None if has_mark => return Err(two_readings(number)),
            mark => mark,
        }
    } else {
        Some(DecimalMark::Point)
    };
    let split = mark.and_then(|mark| number.rsplit_once(mark.character()));
    let (whole, fraction) = split.unwrap_or((number, ""));
    let whole = ungrouped(whole)?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(AmountFault::NoAmount);
    }
    let digits: i128 =
        format!("{whole}{fraction}").parse().map_err(|_| AmountFault::TooLarge)?;
    let scale = u32::try_from(fraction.len()).map_err(|_| AmountFault::TooLarge)?;
    Ok((digits, scale))
}

/// The digits of a whole number, if its groups have the right lengths: 3, or Indian 2-2-3.
fn ungrouped(whole: &str) -> Result<Cow<'_, str>, AmountFault> {
    let Some(separator) = whole.chars().find(|c| is_separator(*c)) else {
        return Ok(Cow::Borrowed(whole));
    };
    let groups: Vec<&str> = whole.split(separator).collect();
    let is_digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let (first, rest) = (lengths[0], &lengths[1..]);
    let is_thousands = (1..=3).contains(&first) && rest.iter().all(|length| *length == 3);
    let is_indian = separator == ','
        && (1..=2).contains(&first)
        && rest.split_last().is_some_and(|(last, middle)| {
            *last == 3 && middle.iter().all(|length| *length == 2)
        });
    if groups.iter().all(is_digits) && (is_thousands || is_indian) {
        Ok(Cow::Owned(groups.concat()))
    } else {
        Err(AmountFault::NoAmount)
    }
}

fn two_readings(number: &str) -> AmountFault {
    let grouped: String = number.chars().filter(char::is_ascii_digit).collect();
    AmountFault::Ambiguous(grouped, number.replace(',', "."))
}

#[cfg(test)]
mod tests;
