//! What the cells of a column prove about the order of its dates.

use super::{DateOrder, forms};

/// What a column proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnDates {
    pub(super) order: ColumnOrder,
    /// Zeros in front differ between cells that decide and cells that do not: a spreadsheet
    /// has swapped some, so the others stay undecided.
    pub(super) is_suspect: bool,
    /// A cell of the column cannot begin with its year, so none does.
    pub(super) is_year_last: bool,
    pub(super) numbers: Numbers,
    /// What was found, as sentences.
    pub notes: Vec<String>,
}

/// The order of a column's slashed dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnOrder {
    Known(DateOrder),
    Undecided,
    /// Both orders occur.
    Damaged,
}

/// What a column's bare numbers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    None,
    /// Days of a spreadsheet since 30 December 1899.
    Serials,
    Seconds,
    Milliseconds,
}

impl ColumnDates {
    /// An order that the format itself gives.
    pub const fn fixed(order: DateOrder) -> Self {
        Self {
            order: ColumnOrder::Known(order),
            is_suspect: false,
            is_year_last: false,
            numbers: Numbers::None,
            notes: Vec::new(),
        }
    }
}

/// The evidence of a column, in constant memory.
#[derive(Clone, Debug, Default)]
pub struct DateSurvey {
    day_first: Option<String>,
    month_first: Option<String>,
    /// A date that begins with its day or with a short year.
    day_or_year_first: Option<String>,
    is_year_last: bool,
    decided: Padding,
    /// That of dates that begin with their day or with a short year.
    open: Padding,
    undecided: Padding,
    serials: u64,
    seconds: u64,
    milliseconds: u64,
    other_numbers: u64,
}

/// Whether numbers under ten have a zero in front.
#[derive(Clone, Copy, Debug, Default)]
struct Padding {
    with_zero: bool,
    without: bool,
}

impl Padding {
    fn see(&mut self, part: &str) {
        match part.as_bytes() {
            [b'0', _] => self.with_zero = true,
            [_] => self.without = true,
            _ => {}
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            with_zero: self.with_zero || other.with_zero,
            without: self.without || other.without,
        }
    }

    fn differs_from(self, other: Self) -> bool {
        let is_clear = |padding: Self| padding.with_zero != padding.without;
        is_clear(self) && is_clear(other) && self.with_zero != other.with_zero
    }
}

impl DateSurvey {
    /// Looks at one cell.
    pub fn observe(&mut self, cell: &str) {
        let text = cell.trim();
        if forms::iso(text).is_some() {
            return;
        }
        if let Some(number) = forms::bare_number(text) {
            match (number.trunc(), text.len()) {
                (days, _) if (40_000.0..=60_000.0).contains(&days) => self.serials += 1,
                (_, 10) => self.seconds += 1,
                (_, 13) => self.milliseconds += 1,
                (_, 8) => {}
                _ => self.other_numbers += 1,
            }
            return;
        }
        let Some(parts @ [first, second, _]) = forms::slashed(text) else { return };
        // What is no date itself, such as two days with a hyphen between, decides nothing.
        let [by_day, by_month, by_year] = forms::orders_of(text, parts);
        if !(by_day || by_month || by_year) {
            return;
        }
        self.is_year_last |= !by_year;
        let (Ok(one), Ok(two)) = (first.parse::<u8>(), second.parse::<u8>()) else {
            return;
        };
        let padding = match (12 < one, 12 < two) {
            (true, false) if by_day && by_year => {
                self.day_or_year_first.get_or_insert_with(|| text.to_owned());
                &mut self.open
            }
            (true, false) if by_day => {
                self.day_first.get_or_insert_with(|| text.to_owned());
                &mut self.decided
            }
            (false, true) => {
                self.month_first.get_or_insert_with(|| text.to_owned());
                &mut self.decided
            }
            (false, false) if one != two => &mut self.undecided,
            _ => return,
        };
        padding.see(first);
        padding.see(second);
    }

    /// What the cells prove; `given` is what the user says of columns that prove nothing.
    pub fn decide(&self, given: Option<DateOrder>) -> ColumnDates {
        let mut notes = Vec::new();
        // Where no date of the column begins with its year, the day stands first.
        let open = self.day_or_year_first.as_ref().filter(|_| self.is_year_last);
        let decided = match open {
            Some(_) => self.decided.and(self.open),
            None => self.decided,
        };
        let order = match (self.day_first.as_ref().or(open), &self.month_first) {
            (Some(day), Some(month)) => {
                notes.push(format!("both orders occur, \"{day}\" and \"{month}\": a spreadsheet has swapped some"));
                ColumnOrder::Damaged
            }
            (Some(proof), None) => {
                proven(DateOrder::DayMonthYear, proof, given, &mut notes)
            }
            (None, Some(proof)) => {
                proven(DateOrder::MonthDayYear, proof, given, &mut notes)
            }
            (None, None) => match given {
                Some(DateOrder::YearMonthDay) if self.is_year_last => {
                    ColumnOrder::Undecided
                }
                Some(order) => ColumnOrder::Known(order),
                None => ColumnOrder::Undecided,
            },
        };
        let is_suspect = decided.differs_from(self.undecided);
        if is_suspect {
            notes.push("zeros in front differ between its dates: a spreadsheet may have swapped day and month in some".to_owned());
        }
        let counts = [
            (self.serials, Numbers::Serials),
            (self.seconds, Numbers::Seconds),
            (self.milliseconds, Numbers::Milliseconds),
        ];
        let mut kinds = counts.into_iter().filter(|(count, _)| 0 < *count);
        let numbers = match (kinds.next(), kinds.next()) {
            (Some((_, kind)), None) if self.other_numbers == 0 => kind,
            _ => Numbers::None,
        };
        if numbers != Numbers::None {
            notes.push("bare numbers were read as dates, all of one kind".to_owned());
        }
        let is_year_last = self.is_year_last;
        ColumnDates { order, is_suspect, is_year_last, numbers, notes }
    }
}

fn proven(
    order: DateOrder,
    proof: &str,
    given: Option<DateOrder>,
    notes: &mut Vec<String>,
) -> ColumnOrder {
    let first = if order == DateOrder::DayMonthYear { "day" } else { "month" };
    let mut note = format!("{first} first: \"{proof}\" reads no other way");
    if given.is_some_and(|given| given != order) {
        note.push_str(", against --date-order");
    }
    notes.push(note);
    ColumnOrder::Known(order)
}
