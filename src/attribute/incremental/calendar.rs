//! The days of the study, each with its weekday and its month.

use jiff::civil::{Date, date};

use super::study::{Days, Period};

/// Days in a week.
pub(super) const WEEKDAYS: usize = 7;

/// The days from the first period's start to the last one's end.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    first_day: f64,
    /// By day, and one day more: the weekday (0 is Monday) and the month of the study.
    cells: Vec<(usize, usize)>,
    /// The first day of each month.
    months: Vec<Date>,
}

impl Calendar {
    /// The days that the periods span.
    pub(super) fn new(periods: &[Option<Period>]) -> Self {
        let known = || periods.iter().flatten();
        let start = known().map(|period| period.start).fold(f64::INFINITY, f64::min);
        let end = known().map(|period| period.end).fold(f64::NEG_INFINITY, f64::max);
        if end <= start {
            return Self { first_day: 0.0, cells: vec![(0, 0)], months: Vec::new() };
        }
        let first_day = start.floor();
        let mut months: Vec<Date> = Vec::new();
        let cells = (0..=whole(end.ceil() - first_day))
            .map(|day| {
                let date = civil(first_day + day_number(day));
                if months.last() != Some(&date.first_of_month()) {
                    months.push(date.first_of_month());
                }
                let weekday = usize::try_from(date.weekday().to_monday_zero_offset());
                (weekday.unwrap_or(0), months.len() - 1)
            })
            .collect();
        Self { first_day, cells, months }
    }

    /// How many days there are.
    pub(super) fn days(&self) -> usize {
        self.cells.len() - 1
    }

    /// How many months the days touch.
    pub(super) fn months(&self) -> usize {
        self.months.len()
    }

    /// The first day of a month.
    pub(super) fn month(&self, month: usize) -> Date {
        self.months[month]
    }

    /// The date of a day.
    pub(super) fn date(&self, day: usize) -> Date {
        civil(self.first_day + day_number(day))
    }

    /// The day on which a time falls, and how much of it is over then.
    pub(super) fn position(&self, at: Days) -> (usize, f64) {
        let since = (at - self.first_day).max(0.0);
        let day = whole(since).min(self.cells.len() - 1);
        (day, since - day_number(day))
    }

    /// The weekday and month of a time.
    pub(super) fn cell(&self, at: Days) -> (usize, usize) {
        self.cell_of_day(self.position(at).0)
    }

    /// The weekday and month of a day.
    pub(super) fn cell_of_day(&self, day: usize) -> (usize, usize) {
        self.cells[day]
    }

    /// How many weeks the days touch.
    pub(super) fn weeks(&self) -> usize {
        self.days().div_ceil(WEEKDAYS)
    }
}

/// The date of a number of days since 1970.
pub(super) fn civil(day: f64) -> Date {
    #[expect(clippy::cast_possible_truncation, reason = "dates lie within 32 bits")]
    let days = day.floor() as i64;
    date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap_or(Date::MAX)
}

fn whole(number: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of days, not negative"
    )]
    let whole = number as usize;
    whole
}

#[expect(clippy::cast_precision_loss, reason = "a number of days is small")]
fn day_number(day: usize) -> f64 {
    day as f64
}
