//! Points in time as exports state them: a day, or an instant.

use jiff::{Timestamp, civil::Date};

/// What a date cell says: a day without a time, or an instant in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// A calendar day; it is never shifted by a time zone.
    Day(Date),
    /// An instant in UTC.
    Instant(Timestamp),
}

impl Moment {
    /// The instant itself, or midnight UTC at the start of the day.
    pub fn start(self) -> Timestamp {
        match self {
            Self::Instant(instant) => instant,
            Self::Day(day) => jiff::tz::Offset::UTC
                .to_timestamp(day.at(0, 0, 0, 0))
                .unwrap_or(Timestamp::MIN),
        }
    }

    /// Reads what [`Moment::text`] wrote.
    pub fn from_text(text: &str) -> Option<Self> {
        if text.len() == 10 {
            text.parse().ok().map(Self::Day)
        } else {
            text.parse().ok().map(Self::Instant)
        }
    }

    /// The day as `2024-03-12`, the instant as [`iso`] writes it.
    pub fn text(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Instant(instant) => iso(instant),
        }
    }

    /// The day itself, or the day in UTC on which the instant falls.
    pub fn day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Instant(instant) => jiff::tz::Offset::UTC.to_datetime(instant).date(),
        }
    }
}

/// Writes an instant as `2024-03-12T09:14:55Z`, with three digits of milliseconds where
/// it has any.
pub fn iso(instant: Timestamp) -> String {
    let milliseconds = instant.as_millisecond();
    let datetime = jiff::tz::Offset::UTC.to_datetime(instant);
    let (date, time) = (datetime.date(), datetime.time());
    let fraction = milliseconds.rem_euclid(1000);
    let seconds = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    );
    if fraction == 0 {
        format!("{seconds}Z")
    } else {
        format!("{seconds}.{fraction:03}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_show_only_where_there_are_any() {
        let check = |text: &str, expected: &str| {
            assert_eq!(iso(text.parse().unwrap()), expected);
        };
        check("2024-03-12T09:14:55Z", "2024-03-12T09:14:55Z");
        check("2024-03-12T09:14:55.250Z", "2024-03-12T09:14:55.250Z");
        check("2024-03-12T09:14:55.000123Z", "2024-03-12T09:14:55Z");
        check("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z");
    }

    #[test]
    fn a_moment_reads_back_from_its_text() {
        for text in ["2024-03-12", "2024-03-12T09:14:55.250Z", "2024-03-12T00:00:00Z"] {
            assert_eq!(Moment::from_text(text).unwrap().text(), text);
        }
        assert_eq!(Moment::from_text("soon"), None);
    }

    #[test]
    fn a_day_starts_at_midnight_utc() {
        let day = Moment::Day(jiff::civil::date(2024, 2, 29));
        assert_eq!(iso(day.start()), "2024-02-29T00:00:00Z");
        assert_eq!(Moment::Instant(day.start()).day(), day.day());
    }
}
