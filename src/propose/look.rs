//! What the cells of a column look like.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use crate::{
    domain::Currency,
    normalize::{
        amount::{self, AmountFault, AmountRules, AmountSurvey, DecimalMark},
        date::{self, ColumnDates, DateOrder, DateRules},
        email, link, null, usual_status,
    },
};

/// Different values that are told apart; a column with more holds no words for kinds.
const MOST_VALUES: usize = 1000;

/// What the cells of a column look like, counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    /// Rows that were looked at.
    pub(super) rows: u64,
    /// Cells that hold something.
    pub(super) filled: u64,
    /// The values with how often each occurs.
    pub(super) values: BTreeMap<String, u64>,
    /// The same in whatever case and spaces.
    kinds: BTreeSet<String>,
    /// The first values that differ, as they stand.
    pub(super) first: Vec<String>,
    emails: u64,
    persons: u64,
    posts: u64,
    dates: u64,
    /// Dates of which both orders may be meant.
    pub(super) unclear_dates: Option<String>,
    amounts: u64,
    /// Amounts with a fraction or a currency: no numbers of something else.
    money: u64,
    /// Amounts of more than ten, as marks and ratings hardly have.
    large: u64,
    /// An amount of which two readings are possible, where no other cell decides.
    pub(super) unclear_amount: Option<String>,
    marks: AmountSurvey,
    currencies: u64,
    /// Cells that are the code of a currency.
    codes: u64,
    /// Cells with a digit.
    digits: u64,
    whole: u64,
    words: u64,
    flags: u64,
    names: u64,
    /// Cells that are usual words for won or lost.
    pub(super) ends: u64,
}

/// How many of the first values are shown.
const FIRST: usize = 3;

impl Look {
    /// Looks at one more cell.
    pub(super) fn observe(&mut self, cell: &str) {
        self.rows += 1;
        let cell = cell.trim();
        if null::is_null_word(cell) {
            return;
        }
        self.filled += 1;
        if self.values.len() < MOST_VALUES || self.values.contains_key(cell) {
            *self.values.entry(cell.to_owned()).or_default() += 1;
        }
        if self.first.len() < FIRST && !self.first.iter().any(|seen| seen == cell) {
            self.first.push(cell.to_owned());
        }
        let lower = cell.to_lowercase();
        if self.kinds.len() < MOST_VALUES {
            self.kinds.insert(lower.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        self.emails += u64::from(!email::all(cell).is_empty());
        self.persons += u64::from(link::person(cell).is_some());
        self.posts += u64::from(link::post(cell).is_some());
        self.whole += u64::from(cell.bytes().all(|byte| byte.is_ascii_digit()));
        self.codes += u64::from(is_currency_code(cell));
        self.digits += u64::from(cell.contains(char::is_numeric));
        self.words += u64::from(2 < cell.split_whitespace().count());
        self.names += u64::from(is_name(cell));
        let is_flag = ["true", "false", "yes", "no", "ja", "nein", "0", "1", "si", "oui"];
        self.flags += u64::from(is_flag.contains(&lower.as_str()));
        let is_end = usual_status(cell).is_some_and(|status| {
            use crate::domain::DealStatus::{Lost, Won};
            matches!(status, Won | Lost)
        });
        self.ends += u64::from(is_end);
        self.date(cell);
        self.amount(cell);
    }

    fn date(&mut self, cell: &str) {
        if cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && cell.len() < 8
        {
            return;
        }
        let read = |order| {
            let column = ColumnDates::fixed(order);
            let rules = DateRules { column: &column, zone: &TimeZone::UTC, is_day: true };
            date::read(cell, &rules).ok().flatten().map(|read| read.moment.day())
        };
        let days = [DateOrder::DayMonthYear, DateOrder::MonthDayYear].map(read);
        if days.iter().any(Option::is_some) {
            self.dates += 1;
        }
        if let [Some(one), Some(two)] = days
            && one != two
        {
            self.unclear_dates.get_or_insert_with(|| cell.to_owned());
        }
    }

    fn amount(&mut self, cell: &str) {
        self.marks.observe(cell);
        let read = |rules| amount::read(cell, rules, None);
        let first = read(AmountRules::UNKNOWN);
        if matches!(first, Err(AmountFault::Ambiguous(..))) {
            self.unclear_amount.get_or_insert_with(|| cell.to_owned());
        }
        let marks = [DecimalMark::Point, DecimalMark::Comma];
        let found = marks.into_iter().find_map(|mark| {
            read(AmountRules { decimal: Some(mark), ..AmountRules::UNKNOWN })
                .ok()
                .flatten()
        });
        if let Some(found) = found {
            self.amounts += 1;
            self.currencies += u64::from(found.currency.is_some());
            let ten = 10_i128.checked_pow(found.scale + 1).unwrap_or(i128::MAX);
            self.large += u64::from(ten < found.digits.saturating_abs());
            self.money +=
                u64::from(found.currency.is_some() || cell.contains(['.', ',']));
        }
    }

    /// Nearly all filled cells are such.
    fn mostly(&self, count: u64) -> bool {
        0 < self.filled && self.filled * 9 <= count * 10
    }

    pub(super) fn is_email(&self) -> bool {
        self.mostly(self.emails)
    }

    pub(super) fn is_person_url(&self) -> bool {
        self.mostly(self.persons)
    }

    pub(super) fn is_post(&self) -> bool {
        self.mostly(self.posts)
    }

    pub(super) fn is_date(&self) -> bool {
        self.mostly(self.dates) && !self.mostly(self.whole)
    }

    pub(super) fn is_amount(&self) -> bool {
        self.mostly(self.amounts) && !self.is_date()
    }

    /// Names of persons, as they are mostly written.
    pub(super) fn is_name(&self) -> bool {
        self.mostly(self.names)
    }

    /// Amounts that are neither mere counts nor marks.
    pub(super) fn is_money(&self) -> bool {
        self.is_amount() && 0 < self.money && 0 < self.large + self.currencies
    }

    pub(super) fn is_whole(&self) -> bool {
        self.mostly(self.whole)
    }

    pub(super) fn is_flag(&self) -> bool {
        self.mostly(self.flags)
    }

    /// Whether cells name their currency.
    pub(super) fn has_currency(&self) -> bool {
        self.mostly(self.currencies)
    }

    /// Numbers of phones, however they are written.
    pub(super) fn is_phone(&self) -> bool {
        self.mostly(self.digits)
            && !self.is_date()
            && !self.is_money()
            && !self.is_email()
    }

    /// Codes of currencies.
    pub(super) fn is_currency(&self) -> bool {
        self.mostly(self.codes)
    }

    /// Whether its values may be ids, whatever it is called: words are kinds or names of
    /// something, numbers measure it, and days were when it happened.
    pub(super) fn is_id(&self) -> bool {
        self.mostly(self.digits) && !self.is_number() && self.dates * 2 < self.filled
    }

    /// Whether its words may be names, whatever it is called: most rows have one of their own.
    pub(super) fn names_each(&self) -> bool {
        let has_letters = |value: &&String| value.contains(char::is_alphabetic);
        let names = self.values.keys().filter(has_letters).count();
        self.is_text() && self.filled < names as u64 * 2 && self.dates * 2 < self.filled
    }

    /// The order of its dates is not decided by any cell.
    pub(super) fn needs_order(&self) -> Option<&str> {
        let is_proven = self.values.keys().any(|value| {
            let mut parts = value.split(['/', '.', '-', ' ']);
            let mut number = || parts.next().and_then(|part| part.parse::<u32>().ok());
            let (one, two) = (number(), number());
            one.is_some_and(|part| (13..=31).contains(&part))
                || two.is_some_and(|part| (13..=31).contains(&part))
        });
        self.unclear_dates.as_deref().filter(|_| self.is_date() && !is_proven)
    }

    /// The decimal mark is not decided by any cell, and one needs it.
    pub(super) fn needs_mark(&self) -> Option<&str> {
        self.unclear_amount.as_deref().filter(|_| self.marks.decision().is_none())
    }

    /// A value of its own in every row.
    pub(super) fn is_unique(&self) -> bool {
        0 < self.rows
            && self.filled == self.rows
            && (self.values.len() as u64 == self.rows || self.values.len() == MOST_VALUES)
            && !self.is_date()
            && !self.is_money()
            && self.words == 0
    }

    /// Whole numbers one after the other: what counts the rows is no id, since it changes
    /// with them.
    pub(super) fn is_row_number(&self) -> bool {
        let numbers: Option<Vec<u64>> =
            self.first.iter().map(|value| value.parse().ok()).collect();
        let begins = numbers.is_some_and(|first| {
            first.first().is_some_and(|first| *first < 2)
                && first.windows(2).all(|pair| pair[0] + 1 == pair[1])
        });
        begins && self.is_whole()
    }

    /// Numbers, whatever they count or measure.
    pub(super) fn is_number(&self) -> bool {
        self.mostly(self.amounts)
    }

    /// Most values occur more than once, so that they name no single record.
    pub(super) fn repeats(&self) -> bool {
        4 < self.filled && (self.values.len() as u64) * 2 <= self.filled
    }

    /// Few numbers for many rows: a class or a mark of something.
    pub(super) fn is_scale(&self) -> bool {
        20 < self.filled && self.values.len() < 12
    }

    /// Few values, each more than once: words for kinds of something.
    pub(super) fn is_kind(&self) -> bool {
        let most = (self.filled / 2).clamp(3, 40);
        !self.is_date()
            && !self.is_amount()
            && self.words * 2 < self.filled.max(1)
            && (self.kinds.len() as u64) <= most
            && 0 < self.filled
    }

    /// Words, none of the shapes that mean something else.
    pub(super) fn is_text(&self) -> bool {
        let is_address = self.is_email() || self.is_post() || self.is_person_url();
        !self.is_date() && !self.is_amount() && !is_address
    }
}

/// Three capitals that stand for a currency.
fn is_currency_code(cell: &str) -> bool {
    cell.bytes().all(|byte| byte.is_ascii_uppercase())
        && Currency::from_code(cell).is_some_and(|currency| currency.is_listed())
}

/// Two to four words that begin with a capital and hold letters alone.
fn is_name(cell: &str) -> bool {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let is_part = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
    };
    (2..=4).contains(&words.len()) && words.iter().all(is_part)
}
