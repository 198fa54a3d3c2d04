//! What the cells of a column prove about the order of its dates.

use super::{DateOrder, forms};

/// What a column proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnDates {
    pub(super) order: ColumnOrder,
    /// That of dates whose years have two digits, of which dots tell nothing.
    pub(super) short_years: ColumnOrder,
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
            short_years: ColumnOrder::Known(order),
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
    /// A date with dots, which mean day first, that reads no other way.
    dotted: Option<String>,
    month_first: Option<String>,
    /// A date that begins with its day or with a short year.
    day_or_year_first: Option<String>,
    /// A date that cannot begin with its year.
    year_last: Option<String>,
    /// A date without dots has a year of two digits.
    has_short_years: bool,
    /// A date with a whole year tells whether day or month stands first.
    is_proven: bool,
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
        let Some(parts @ [first, second, third]) = forms::slashed(text) else { return };
        let is_whole_year = third.len() == 4;
        let has_dots = text[first.len()..].starts_with('.');
        // What is no date itself, such as two days with a hyphen between, decides nothing.
        let [by_day, by_month, by_year] = forms::orders_of(text, parts);
        if !(by_day || by_month || by_year) {
            return;
        }
        if !by_year && !has_dots {
            self.year_last.get_or_insert_with(|| text.to_owned());
        }
        self.has_short_years |= !has_dots && !is_whole_year;
        let (Ok(one), Ok(two)) = (first.parse::<u8>(), second.parse::<u8>()) else {
            return;
        };
        let padding = match (12 < one, 12 < two) {
            (true, false) if by_day && by_year => {
                self.day_or_year_first.get_or_insert_with(|| text.to_owned());
                &mut self.open
            }
            (true, false) if has_dots => {
                self.dotted.get_or_insert_with(|| text.to_owned());
                return;
            }
            (true, false) if by_day => {
                self.is_proven |= is_whole_year;
                self.day_first.get_or_insert_with(|| text.to_owned());
                &mut self.decided
            }
            (false, true) => {
                self.is_proven |= is_whole_year;
                self.month_first.get_or_insert_with(|| text.to_owned());
                &mut self.decided
            }
            // What has dots reads one way, whatever its zeros.
            (false, false) if one != two && !has_dots => &mut self.undecided,
            _ => return,
        };
        padding.see(first);
        padding.see(second);
    }

    /// What the cells prove; `given` is what the user says of columns that prove nothing.
    pub fn decide(&self, given: Option<DateOrder>) -> ColumnDates {
        let mut notes = Vec::new();
        // Where no date of the column begins with its year, the day stands first.
        let open = self.day_or_year_first.as_ref().zip(self.year_last.as_ref());
        let decided = match open {
            Some(_) => self.decided.and(self.open),
            None => self.decided,
        };
        let day_first = self.day_first.as_ref().or(open.map(|(open, _)| open));
        // Dots tell nothing of short years between slashes.
        let dotted = self.dotted.as_ref().filter(|_| day_first.is_none());
        let is_year_given = given == Some(DateOrder::YearMonthDay);
        // Whoever says that years stand first is believed where cells may begin so: a short
        // year that cannot is a mistake of its cell.
        let is_year_first =
            is_year_given && self.day_or_year_first.is_some() && !self.is_proven;
        let order = match (day_first.or(dotted), &self.month_first) {
            _ if is_year_first => ColumnOrder::Known(DateOrder::YearMonthDay),
            (Some(day), Some(month)) => {
                notes.push(format!("both orders occur, \"{day}\" and \"{month}\": a spreadsheet has swapped some"));
                ColumnOrder::Damaged
            }
            (Some(proof), None) => {
                let year_last = open.filter(|_| self.day_first.is_none());
                let year_last = year_last.map(|(_, cell)| cell.as_str());
                let day_first = ColumnOrder::Known(DateOrder::DayMonthYear);
                let are_others_open = dotted.is_some()
                    && self.has_short_years
                    && self.unproven(given) != day_first;
                let first = if are_others_open { DOTS_FIRST } else { "day first" };
                notes.push(proven(first, proof, year_last));
                against(DateOrder::DayMonthYear, given, &mut notes)
            }
            (None, Some(proof)) => {
                notes.push(proven("month first", proof, None));
                against(DateOrder::MonthDayYear, given, &mut notes)
            }
            (None, None) => self.unproven(given),
        };
        let short_years = match order {
            ColumnOrder::Known(DateOrder::DayMonthYear) if dotted.is_some() => {
                self.unproven(given)
            }
            order => order,
        };
        let is_unproven = is_year_first || order == ColumnOrder::Undecided;
        if let Some(cell) = self.year_last.as_ref().filter(|_| is_year_given) {
            let words = "cannot begin with its year, as --date-order says";
            notes.extend(is_unproven.then(|| format!("\"{cell}\" {words}")));
        }
        let is_suspect = !is_year_first && decided.differs_from(self.undecided);
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
        let is_year_last = !is_year_first && self.year_last.is_some();
        ColumnDates { order, short_years, is_suspect, is_year_last, numbers, notes }
    }

    /// The order where no cell proves one.
    fn unproven(&self, given: Option<DateOrder>) -> ColumnOrder {
        match given {
            Some(DateOrder::YearMonthDay) if self.year_last.is_some() => {
                ColumnOrder::Undecided
            }
            Some(order) => ColumnOrder::Known(order),
            None => ColumnOrder::Undecided,
        }
    }
}

/// What dots prove: nothing of short years without them.
const DOTS_FIRST: &str = "day first with dots or a whole year";

/// The words for a proof of what stands first; of a cell that might begin with its year, too,
/// with the one of its column that cannot.
fn proven(first: &str, proof: &str, year_last: Option<&str>) -> String {
    match year_last {
        Some(cell) => format!(
            "{first}: \"{proof}\" cannot begin with a month, nor \"{cell}\" with its year"
        ),
        None => format!("{first}: \"{proof}\" reads no other way"),
    }
}

/// A proven order, which counts whatever was given; the note of it says so.
fn against(
    order: DateOrder,
    given: Option<DateOrder>,
    notes: &mut [String],
) -> ColumnOrder {
    if given.is_some_and(|given| given != order)
        && let Some(note) = notes.last_mut()
    {
        note.push_str(", against --date-order");
    }
    ColumnOrder::Known(order)
}
