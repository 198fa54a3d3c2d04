//! Journeys: the touches that count for a lead, and for a deal.

use jiff::Timestamp;
use rayon::prelude::*;

use super::{Window, of_lead};
use crate::domain::{
    DealIndex, DealSummary, Lead, LeadIndex, Moment, PostIndex, Touch, TouchKind,
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
}

/// The touches that count toward one conversion, in the order of time; at least one.
#[derive(Clone, Debug)]
pub struct Journey {
    /// Whose.
    pub owner: Owner,
    /// The touches.
    pub touches: Vec<JourneyTouch>,
    /// The steps of a deal's journey; a lead's has none.
    pub milestones: Option<Milestones>,
}

/// The last touches before the steps of a deal's journey, as positions in its touches; the
/// last before its close is the last of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Milestones {
    /// The last before the first of its leads was created; none where no touch was earlier.
    pub before_lead: Option<usize>,
    /// The last before the deal was created; none where no touch was earlier.
    pub before_deal: Option<usize>,
}

/// The journeys of leads that have a touch in the window before their creation.
pub fn lead_journeys(
    leads: &[Lead],
    touches: &[Touch],
    window_days: u32,
) -> Vec<Journey> {
    let journey = |(index, lead): (usize, &Lead)| {
        let lead_index = LeadIndex::from_index(index);
        let own = of_lead(touches, lead_index);
        lead_journey(lead_index, lead.created_at, own, window_days)
    };
    leads.par_iter().enumerate().filter_map(journey).collect()
}

/// The journey of one lead, from all of its touches in the order of time.
pub fn lead_journey<Evidence>(
    lead: LeadIndex,
    created_at: Option<Moment>,
    touches: &[Touch<Evidence>],
    window_days: u32,
) -> Option<Journey> {
    let window = Window::of_lead(created_at?, window_days);
    let within: Vec<_> =
        touches.iter().filter(|touch| window.check(touch.touched_at()).is_ok()).collect();
    journey(Owner::Lead(lead), &within, window.to, None)
}

/// The journeys of deals whose persons have a touch between the window before the deal's
/// creation and its close, or `as_of` while it is open.
pub fn deal_journeys(
    deals: &[DealSummary],
    leads: &[Lead],
    touches: &[Touch],
    window_days: u32,
    as_of: Timestamp,
) -> Vec<Journey> {
    let journey = |(index, deal): (usize, &DealSummary)| {
        let own = deal.leads.iter().flat_map(|one| of_lead(touches, one.lead));
        let created_at = |lead: LeadIndex| leads[lead.index()].created_at;
        let index = DealIndex::from_index(index);
        deal_journey((index, deal), own, created_at, window_days, as_of)
    };
    deals.par_iter().enumerate().filter_map(journey).collect()
}

/// The journey of one deal, from all touches of its leads: those of a lead in the order of
/// time, the leads in any.
pub fn deal_journey<'a, Evidence: 'a>(
    (index, deal): (DealIndex, &DealSummary),
    touches: impl Iterator<Item = &'a Touch<Evidence>>,
    lead_created_at: impl Fn(LeadIndex) -> Option<Moment>,
    window_days: u32,
    as_of: Timestamp,
) -> Option<Journey> {
    let created_at = deal.created_at?;
    let (status, closed_at) = (deal.status, deal.closed_at);
    let window = Window::of_deal(created_at, status, closed_at, window_days, as_of);
    let mut within: Vec<_> =
        touches.filter(|touch| window.check(touch.touched_at()).is_ok()).collect();
    // Two records of a deal may be one person, whose touches stand under both.
    let what =
        |touch: &Touch<Evidence>| (touch.touched_ms, touch.kind, touch.post, touch.place);
    within.sort_by_key(|touch| (what(touch), touch.lead));
    within.dedup_by_key(|touch| what(touch));
    let lead_created_at =
        deal.leads.iter().filter_map(|one| Some(lead_created_at(one.lead)?.end())).min();
    let milestones = Milestones {
        before_lead: lead_created_at.and_then(|instant| last_before(&within, instant)),
        before_deal: last_before(&within, created_at.end()),
    };
    journey(Owner::Deal(index), &within, window.to, Some(milestones))
}

/// The position of the last touch that is no later than an instant.
fn last_before<Evidence>(
    within: &[&Touch<Evidence>],
    instant: Timestamp,
) -> Option<usize> {
    within.partition_point(|touch| touch.touched_at() <= instant).checked_sub(1)
}

fn journey<Evidence>(
    owner: Owner,
    within: &[&Touch<Evidence>],
    converted_at: Timestamp,
    milestones: Option<Milestones>,
) -> Option<Journey> {
    let touches = counted(within, converted_at);
    (!touches.is_empty()).then_some(Journey { owner, touches, milestones })
}

/// Touches as models see them, from an instant.
pub(super) fn counted<Evidence>(
    within: &[&Touch<Evidence>],
    instant: Timestamp,
) -> Vec<JourneyTouch> {
    within
        .iter()
        .map(|touch| JourneyTouch {
            post: touch.post,
            kind: touch.kind,
            days_before: days_between(touch.touched_at(), instant),
        })
        .collect()
}

/// Days as a fraction; whole milliseconds, so that they are the same everywhere.
#[expect(clippy::cast_precision_loss, reason = "a few centuries of milliseconds fit")]
pub(super) fn days_between(earlier: Timestamp, later: Timestamp) -> f64 {
    (later.as_millisecond() - earlier.as_millisecond()) as f64 / 86_400_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AmountKind, Currency, DealBasis, DealLead, DealStatus, Place};

    #[test]
    fn what_stands_under_two_records_of_one_person_counts_once() {
        let created_at = Moment::Instant(Timestamp::UNIX_EPOCH);
        let join = |lead| DealLead {
            lead: LeadIndex::new(lead),
            basis: DealBasis::ContactId,
            confidence: 1.0,
        };
        let deal = DealSummary {
            source_system: "crm".into(),
            remote_id: "1".into(),
            name: None,
            status: DealStatus::Open,
            amount_minor: None,
            currency: Currency::UNKNOWN,
            amount_kind: AmountKind::Revenue,
            converted: None,
            loan_minor: None,
            created_at: Some(created_at),
            closed_at: None,
            place: Place::new(1, 1, 0),
            leads: vec![join(0), join(1)],
        };
        // Two rows tell the same of one instant, and both leads have both.
        let touch = |lead, line| Touch {
            lead: LeadIndex::new(lead),
            post: None,
            kind: TouchKind::TrackedSource,
            touched_ms: Timestamp::UNIX_EPOCH.into(),
            evidence: (),
            place: Place::new(1, line, 0),
        };
        let touches: Vec<Touch<()>> =
            [(0, 2), (0, 3), (1, 2), (1, 3)].map(|(lead, line)| touch(lead, line)).into();
        let owner = (DealIndex::new(0), &deal);
        let as_of = Timestamp::UNIX_EPOCH;
        let own = deal_journey(owner, touches.iter(), |_| Some(created_at), 30, as_of);
        assert_eq!(own.unwrap().touches.len(), 2);
    }
}
