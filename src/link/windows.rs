//! Which touches count: those between the window before a record's creation and its
//! conversion.

use jiff::Timestamp;

use crate::domain::{DealStatus, Moment};

/// The instants from and to which touches count, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first instant.
    pub from: Timestamp,
    /// The last instant: the conversion.
    pub to: Timestamp,
}

/// Why a touch does not count toward a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// It lies before the window.
    TooEarly,
    /// It lies after the conversion.
    AfterConversion,
}

impl Window {
    /// The window of a lead: up to its creation; a day counts to its end.
    pub fn of_lead(created_at: Moment, window_days: u32) -> Self {
        Self { from: before(created_at.start(), window_days), to: created_at.end() }
    }

    /// The window of a deal: up to its close, or to `as_of` while it is open; a day counts to
    /// its end.
    pub fn of_deal(
        created_at: Moment,
        status: DealStatus,
        closed_at: Option<Moment>,
        window_days: u32,
        as_of: Timestamp,
    ) -> Self {
        let to = match status {
            DealStatus::Won | DealStatus::Lost => closed_at.map_or(as_of, Moment::end),
            DealStatus::Open | DealStatus::Unknown => as_of,
        };
        Self { from: before(created_at.start(), window_days), to }
    }

    /// Whether a touch counts; if not, why.
    pub fn check(&self, touched_at: Timestamp) -> Result<(), Outside> {
        if touched_at < self.from {
            Err(Outside::TooEarly)
        } else if self.to < touched_at {
            Err(Outside::AfterConversion)
        } else {
            Ok(())
        }
    }
}

pub(super) fn before(instant: Timestamp, days: u32) -> Timestamp {
    const SECONDS_OF_DAY: i64 = 86_400;
    let seconds = instant.as_second() - i64::from(days) * SECONDS_OF_DAY;
    Timestamp::new(seconds, instant.subsec_nanosecond()).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_day_counts_to_its_end() {
        let moment = |text| Moment::from_text(text).unwrap();
        let window = Window::of_deal(
            moment("2024-03-31"),
            DealStatus::Won,
            Some(moment("2024-04-30")),
            30,
            Timestamp::UNIX_EPOCH,
        );
        let check = |text: &str, expected| {
            assert_eq!(window.check(text.parse().unwrap()), expected, "{text}");
        };
        check("2024-02-29T23:59:59Z", Err(Outside::TooEarly));
        check("2024-03-01T00:00:00Z", Ok(()));
        check("2024-04-30T23:59:59.999Z", Ok(()));
        check("2024-05-01T00:00:00Z", Err(Outside::AfterConversion));
    }

    #[test]
    fn the_day_of_a_lead_counts_to_its_end() {
        let check = |created: &str, touched: &str, expected| {
            let window = Window::of_lead(Moment::from_text(created).unwrap(), 30);
            assert_eq!(window.check(touched.parse().unwrap()), expected, "{touched}");
        };
        check("2024-03-31", "2024-02-29T23:59:59Z", Err(Outside::TooEarly));
        check("2024-03-31", "2024-03-01T00:00:00Z", Ok(()));
        check("2024-03-31", "2024-03-31T23:59:59.999Z", Ok(()));
        check("2024-03-31", "2024-04-01T00:00:00Z", Err(Outside::AfterConversion));
        let midnight = "2024-03-31T00:00:00Z";
        check(midnight, "2024-03-31T00:00:01Z", Err(Outside::AfterConversion));
    }
}
