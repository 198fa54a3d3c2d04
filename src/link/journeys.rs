//! Journeys: the touches that count for a lead, and for a deal.

use jiff::Timestamp;

use super::of_lead;
use crate::domain::{
    DealIndex, DealStatus, DealSummary, Lead, LeadIndex, Moment, PostIndex, Touch,
    TouchKind,
};

/// Whose journey it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A lead's, to its creation.
    Lead(LeadIndex),
    /// A deal's, to its close.
    Deal(DealIndex),
}

/// A touch as a model sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JourneyTouch {
    /// The post; none for a source that is no post.
    pub post: Option<PostIndex>,
    /// How it is known.
    pub kind: TouchKind,
    /// Days from the touch to the conversion.
    pub days_before: f64,
    /// What the model's weight is multiplied by.
    pub weight: f64,
}

/// The touches that count toward one conversion, in the order of time; at least one.
#[derive(Clone, Debug)]
pub struct Journey {
    /// Whose.
    pub owner: Owner,
    /// The touches.
    pub touches: Vec<JourneyTouch>,
}

const SECONDS_OF_DAY: i64 = 86_400;

/// The journeys of leads that have a touch in the window before their creation.
pub fn lead_journeys(
    leads: &[Lead],
    touches: &[Touch],
    window_days: u32,
) -> Vec<Journey> {
    let journey = |(index, lead): (usize, &Lead)| {
        let lead_index = LeadIndex::from_index(index);
        let created_at = lead.created_at?.start();
        let from = before(created_at, window_days);
        let within: Vec<&Touch> = of_lead(touches, lead_index)
            .iter()
            .filter(|touch| from <= touch.touched_at && touch.touched_at <= created_at)
            .collect();
        journey(Owner::Lead(lead_index), &within, created_at)
    };
    leads.iter().enumerate().filter_map(journey).collect()
}

/// The journeys of deals whose persons have a touch between the window before the deal's
/// creation and its close, or `as_of` while it is open.
pub fn deal_journeys(
    deals: &[DealSummary],
    touches: &[Touch],
    window_days: u32,
    as_of: Timestamp,
) -> Vec<Journey> {
    let journey = |(index, deal): (usize, &DealSummary)| {
        let created_at = deal.created_at?.start();
        let from = before(created_at, window_days);
        let to = match deal.status {
            DealStatus::Won | DealStatus::Lost => deal.closed_at.map_or(as_of, end),
            DealStatus::Open | DealStatus::Unknown => as_of,
        };
        let mut within: Vec<&Touch> = deal
            .leads
            .iter()
            .flat_map(|one| of_lead(touches, one.lead))
            .filter(|touch| from <= touch.touched_at && touch.touched_at <= to)
            .collect();
        // The touches of several persons; each list is in this order already.
        within
            .sort_by_key(|touch| (touch.touched_at, touch.kind, touch.post, touch.lead));
        // Two records of a deal may be one person, whose touches stand under both.
        within.dedup_by_key(|touch| {
            (touch.touched_at, touch.kind, touch.post, touch.place)
        });
        journey(Owner::Deal(DealIndex::from_index(index)), &within, to)
    };
    deals.iter().enumerate().filter_map(journey).collect()
}

fn journey(owner: Owner, within: &[&Touch], converted_at: Timestamp) -> Option<Journey> {
    let touches: Vec<JourneyTouch> = within
        .iter()
        .map(|touch| JourneyTouch {
            post: touch.post,
            kind: touch.kind,
            days_before: days_between(touch.touched_at, converted_at),
            weight: touch.weight,
        })
        .collect();
    (!touches.is_empty()).then_some(Journey { owner, touches })
}

/// A day counts to its end.
fn end(moment: Moment) -> Timestamp {
    let day_more = match moment {
        Moment::Day(_) => SECONDS_OF_DAY - 1,
        Moment::Instant(_) => 0,
    };
    let start = moment.start();
    Timestamp::from_second(start.as_second() + day_more).unwrap_or(start).max(start)
}

fn before(instant: Timestamp, days: u32) -> Timestamp {
    let seconds = instant.as_second() - i64::from(days) * SECONDS_OF_DAY;
    Timestamp::new(seconds, instant.subsec_nanosecond()).unwrap_or(Timestamp::MIN)
}

/// Days as a fraction; whole milliseconds, so that they are the same everywhere.
#[expect(clippy::cast_precision_loss, reason = "a few centuries of milliseconds fit")]
fn days_between(earlier: Timestamp, later: Timestamp) -> f64 {
    (later.as_millisecond() - earlier.as_millisecond()) as f64 / 86_400_000.0
}
