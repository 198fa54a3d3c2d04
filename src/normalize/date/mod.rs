//! Dates as exports write them: a day, or an instant in UTC.
//!
//! The order of day and month is a property of the column: [`DateSurvey`] looks at all its
//! cells, [`ColumnDates`] is what they prove, [`read`] reads one cell by it.

mod forms;
mod survey;
mod words;

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::{AmbiguousOffset, TimeZone},
};

pub use survey::{ColumnDates, DateSurvey};

pub use crate::recognize::DateOrder;

use crate::domain::Moment;

/// How the cells of a column read.
#[derive(Clone, Copy, Debug)]
pub struct DateRules<'a> {
    /// What the column proves.
    pub column: &'a ColumnDates,
    /// The zone of times that state none.
    pub zone: &'a TimeZone,
    /// The column holds days: a time beside one says nothing.
    pub is_day: bool,
}

/// A cell that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// What it says.
    pub moment: Moment,
    /// What had to be assumed.
    pub note: Option<DateNote>,
}

/// What had to be assumed to read a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateNote {
    /// The year has two digits.
    TwoDigitYear,
    /// The clock was put forward over this time.
    SkippedHour,
    /// The clock showed this time twice.
    RepeatedHour,
}

impl DateNote {
    /// What was assumed, to stand behind a number; words in braces are for one and for more.
    pub fn words(self) -> &'static str {
        match self {
            Self::TwoDigitYear => {
                "{date has|dates have} a year of two digits, read as 20yy"
            }
            Self::SkippedHour => {
                "{date falls|dates fall} into an hour that the clock skipped; moved forward"
            }
            Self::RepeatedHour => {
                "{date falls|dates fall} into an hour that came twice; the first was taken"
            }
        }
    }
}

/// Why a cell is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// Several readings, and nothing decides.
    #[error("reads as {}; give --date-order", any_of(.0))]
    Ambiguous(Vec<Date>),
    /// The column holds both orders: a spreadsheet has swapped some.
    #[error(
        "its column holds dates of both orders, so no slashed date in it can be trusted"
    )]
    DamagedColumn,
    /// There is no such day or time.
    #[error("there is no such {0}")]
    NoSuch(&'static str),
    /// A date that stands for "none" or "never".
    #[error("stands for an empty cell; it is no date that anything happened on")]
    StandIn,
    /// The weekday is another one.
    #[error("was a {0}, not the weekday that the cell names")]
    OtherWeekday(String),
    /// A number without a sign of what it counts.
    #[error("is a bare number, not a date")]
    BareNumber,
    /// Anything else.
    #[error("is no date")]
    NoDate,
}

/// Days as `2024-03-04, as 2024-04-03 or as 2003-04-24`.
fn any_of(days: &[Date]) -> String {
    let words: Vec<String> = days.iter().map(ToString::to_string).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or as {last}", others.join(", as ")),
        None => String::new(),
    }
}

/// Reads one cell; none where it is empty or says so.
pub fn read(cell: &str, rules: &DateRules<'_>) -> Result<Option<Read>, DateFault> {
    let text = cell.trim();
    if super::null::is_null_word(text) || text == "//" || text.starts_with("0000-00-00") {
        return Ok(None);
    }
    let written = forms::iso(text)
        .or_else(|| forms::day_month_name(text))
        .map_or_else(|| forms::other(text, rules.column), Ok)?;
    let day = written.day;
    let is_stand_in = matches!(
        (day.year(), day.month(), day.day()),
        (1899, 12, 30 | 31) | (1970, 1, 1) | (9999, 12, 31)
    );
    if is_stand_in {
        return Err(DateFault::StandIn);
    }
    if !(1900..2200).contains(&day.year()) {
        return Err(DateFault::NoSuch("year in these exports"));
    }
    let (moment, note) = placed(written, rules)?;
    let note = written.is_short_year.then_some(DateNote::TwoDigitYear).or(note);
    Ok(Some(Read { moment, note }))
}

/// A date as it is written, before any zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Written {
    day: Date,
    time: Option<WrittenTime>,
    is_short_year: bool,
}

/// A time as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WrittenTime {
    /// Seconds since midnight; 86,400 is the end of the day.
    seconds: i64,
    milliseconds: i32,
    /// Seconds east of UTC, where the cell states a zone.
    offset: Option<i32>,
}

/// Puts a written date into UTC.
fn placed(
    written: Written,
    rules: &DateRules<'_>,
) -> Result<(Moment, Option<DateNote>), DateFault> {
    let time = match written.time {
        Some(time) if !rules.is_day => time,
        _ => return Ok((Moment::Day(written.day), None)),
    };
    let out_of_range = |_| DateFault::NoSuch("instant");
    let midnight = jiff::tz::Offset::UTC
        .to_timestamp(written.day.at(0, 0, 0, 0))
        .map_err(out_of_range)?;
    let local = midnight.as_second() + time.seconds;
    let nanoseconds = time.milliseconds * 1_000_000;
    let at = |seconds| Timestamp::new(seconds, nanoseconds).map_err(out_of_range);
    if let Some(offset) = time.offset {
        return Ok((Moment::Instant(at(local - i64::from(offset))?), None));
    }
    if *rules.zone == TimeZone::UTC {
        return Ok((Moment::Instant(at(local)?), None));
    }
    let local: DateTime = jiff::tz::Offset::UTC.to_datetime(at(local)?);
    let ambiguous = rules.zone.to_ambiguous_timestamp(local);
    let note = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => Some(DateNote::SkippedHour),
        AmbiguousOffset::Fold { .. } => Some(DateNote::RepeatedHour),
    };
    Ok((Moment::Instant(ambiguous.compatible().map_err(out_of_range)?), note))
}

#[cfg(test)]
mod tests;
