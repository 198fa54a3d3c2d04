//! Points in time as exports state them: a day, or an instant.

use std::num::NonZeroU64;

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

    /// The instant itself, or the last millisecond of the day, the finest that touches have:
    /// what is known is the day, so all of it comes before.
    pub fn end(self) -> Timestamp {
        const MILLISECONDS_OF_DAY: i64 = 86_400_000;
        let start = self.start();
        let Self::Day(_) = self else { return start };
        let last = start.as_millisecond() + MILLISECONDS_OF_DAY - 1;
        Timestamp::from_millisecond(last).unwrap_or(start)
    }

    /// The end, but of a day that is not over yet no more than is known of it.
    pub fn end_until(self, known_until: Timestamp) -> Timestamp {
        self.end().min(known_until).max(self.start())
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

/// An instant in Unix milliseconds, which takes as little room where there may be none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMs(NonZeroU64);

/// With this bit turned around, numbers without a sign are in the order of those with one.
const SIGN: u64 = 1 << 63;

impl UnixMs {
    /// The instant; none of the one number that stands for no instant, which is before all
    /// time.
    pub fn new(ms: i64) -> Option<Self> {
        NonZeroU64::new(ms.cast_unsigned() ^ SIGN).map(Self)
    }

    /// The milliseconds.
    pub fn get(self) -> i64 {
        (self.0.get() ^ SIGN).cast_signed()
    }

    /// The instant itself; none where it lies beyond the years that are counted.
    pub fn timestamp(self) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.get()).ok()
    }
}

impl From<Timestamp> for UnixMs {
    fn from(at: Timestamp) -> Self {
        Self::new(at.as_millisecond())
            .expect("an instant lies in the years that are counted")
    }
}

/// Writes an instant as `2024-03-12T09:14:55Z`, with three digits of milliseconds where
/// it has any.
pub fn iso(instant: Timestamp) -> String {
    let milliseconds = instant.as_millisecond().rem_euclid(1000);
    let datetime = jiff::tz::Offset::UTC.to_datetime(instant);
    let (date, time) = (datetime.date(), datetime.time());
    let mut text = String::with_capacity("2024-03-12T09:14:55.123Z".len());
    match u32::try_from(date.year()) {
        Ok(year) => digits(&mut text, 1000, year),
        // Before the year 0.
        Err(_) => text = format!("{:04}", date.year()),
    }
    let parts = [
        ('-', date.month()),
        ('-', date.day()),
        ('T', time.hour()),
        (':', time.minute()),
        (':', time.second()),
    ];
    for (mark, number) in parts {
        text.push(mark);
        digits(&mut text, 10, number.unsigned_abs().into());
    }
    if milliseconds != 0 {
        text.push('.');
        digits(&mut text, 100, u32::try_from(milliseconds).unwrap_or(0));
    }
    text.push('Z');
    text
}

/// Adds the digits of a number, from that of `place` down; a run writes hundreds of thousands
/// of instants, so no formatter is asked.
fn digits(text: &mut String, mut place: u32, number: u32) {
    while 0 < place {
        text.push(char::from_digit(number / place % 10, 10).unwrap_or('0'));
        place /= 10;
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
        check("0007-01-02T03:04:05.006Z", "0007-01-02T03:04:05.006Z");
        check("-000007-01-02T03:04:05Z", "-007-01-02T03:04:05Z");
    }

    #[test]
    fn a_moment_reads_back_from_its_text() {
        for text in ["2024-03-12", "2024-03-12T09:14:55.250Z", "2024-03-12T00:00:00Z"] {
            assert_eq!(Moment::from_text(text).unwrap().text(), text);
        }
        assert_eq!(Moment::from_text("soon"), None);
    }

    #[test]
    fn a_day_ends_with_what_is_known_of_it() {
        let day = Moment::Day(jiff::civil::date(2024, 2, 29));
        let check = |until: &str, expected| {
            assert_eq!(iso(day.end_until(until.parse().unwrap())), expected, "{until}");
        };
        assert_eq!(iso(day.end()), "2024-02-29T23:59:59.999Z");
        check("2024-03-01T08:00:00Z", "2024-02-29T23:59:59.999Z");
        check("2024-02-29T08:00:00Z", "2024-02-29T08:00:00Z");
        check("2024-02-28T08:00:00Z", "2024-02-29T00:00:00Z");
        let instant = Moment::Instant("2024-02-29T09:00:00Z".parse().unwrap());
        assert_eq!(instant.end_until(day.start()), instant.start());
        assert_eq!(instant.end(), instant.start());
    }

    #[test]
    fn a_day_starts_at_midnight_utc() {
        let day = Moment::Day(jiff::civil::date(2024, 2, 29));
        assert_eq!(iso(day.start()), "2024-02-29T00:00:00Z");
        assert_eq!(Moment::Instant(day.start()).day(), day.day());
    }
}
