//! Journeys that led nowhere: without them no model could tell what leads to a conversion
//! from what everybody meets.

use jiff::Timestamp;
use rayon::prelude::*;

use super::{
    Engagements, JourneyTouch, Linking,
    engagement::{Listed, is_same, touch_kind},
    journeys::{counted, days_between},
    of_lead,
    windows::before,
};
use crate::{
    domain::{DealStatus, LeadIndex, Moment, PostIndex, Touch, TouchKind},
    resolve::Resolved,
};

/// The touches of each person who engaged and became no lead, in the order of time: those
/// of the window that ends with the last one, as long as a lead's journey may be. There are as
/// many as people who engaged.
pub fn lead_nulls(
    linking: &Linking<'_>,
    engagements: &Engagements,
    window_days: u32,
) -> impl ParallelIterator<Item = Vec<JourneyTouch>> {
    let leads = linking.leads_by_person();
    let touch = |of_one: &[Listed]| {
        let one = of_one[0];
        Some((Listed::touched_at(of_one)?, touch_kind(one.kind()), one.post))
    };
    let null = move |own: &[Listed]| {
        let touches: Vec<_> = own.chunk_by(is_same).filter_map(touch).collect();
        (!touches.is_empty()).then(|| lead_null(touches, window_days))
    };
    let of_nobody =
        engagements.by_person().filter(move |own| leads.of(own[0].person).is_empty());
    of_nobody.filter_map(null)
}

/// The touches of one person who became no lead, from all that lists say, each post and kind
/// once.
pub fn lead_null(
    mut touches: Vec<(Timestamp, TouchKind, PostIndex)>,
    window_days: u32,
) -> Vec<JourneyTouch> {
    touches.sort_unstable();
    let last = touches.last().map_or(Timestamp::MIN, |(touched_at, ..)| *touched_at);
    let from = before(last, window_days);
    let within = touches.into_iter().filter(|(touched_at, ..)| from <= *touched_at);
    let touch = |(touched_at, kind, post)| JourneyTouch {
        post: Some(post),
        kind,
        days_before: days_between(touched_at, last),
    };
    within.map(touch).collect()
}

/// The touches of each lead that has no won deal, from the window before its creation.
pub fn deal_nulls(
    resolved: &Resolved,
    touches: &[Touch],
    window_days: u32,
    as_of: Timestamp,
) -> Vec<Vec<JourneyTouch>> {
    let mut has_won = vec![false; resolved.leads.len()];
    for deal in resolved.deals.iter().filter(|deal| deal.status == DealStatus::Won) {
        for one in &deal.leads {
            has_won[one.lead.index()] = true;
        }
    }
    let null = |(index, lead): (usize, &crate::domain::Lead)| {
        let own = of_lead(touches, LeadIndex::from_index(index));
        if has_won[index] {
            return None;
        }
        deal_null(lead.created_at, own, window_days, as_of)
    };
    resolved.leads.iter().enumerate().filter_map(null).collect()
}

/// The touches of one lead that has no won deal, from all of its touches.
pub fn deal_null<Evidence>(
    created_at: Option<Moment>,
    touches: &[Touch<Evidence>],
    window_days: u32,
    as_of: Timestamp,
) -> Option<Vec<JourneyTouch>> {
    let from = before(created_at?.start(), window_days);
    let within: Vec<_> = touches
        .iter()
        .filter(|touch| from <= touch.touched_at() && touch.touched_at() <= as_of)
        .collect();
    (!within.is_empty()).then(|| counted(&within, as_of))
}
