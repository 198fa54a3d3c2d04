//! What the touches of a lead came to, in few words.

use super::{Journey, Owner, of_lead};
use crate::domain::{LeadIndex, Touch};

/// What is left of a lead's touches once they are credited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// There is a touch.
    pub is_touched: bool,
    /// A touch stands in the window before the lead.
    pub has_journey: bool,
    /// One of those is by a post.
    pub names_post: bool,
}

/// The trace of one lead, from all of its touches in the order of time, and its journey.
pub fn trace<Evidence>(touches: &[Touch<Evidence>], journey: Option<&Journey>) -> Trace {
    let names_post =
        |journey: &Journey| journey.touches.iter().any(|touch| touch.post.is_some());
    Trace {
        is_touched: !touches.is_empty(),
        has_journey: journey.is_some(),
        names_post: journey.is_some_and(names_post),
    }
}

/// The traces of so many leads, from touches sorted by lead, and journeys.
pub fn traces(leads: usize, touches: &[Touch], journeys: &[Journey]) -> Vec<Trace> {
    let mut own: Vec<Option<&Journey>> = vec![None; leads];
    for journey in journeys {
        if let Owner::Lead(lead) = journey.owner {
            own[lead.index()] = Some(journey);
        }
    }
    let trace = |(index, journey): (usize, Option<&Journey>)| {
        trace(of_lead(touches, LeadIndex::from_index(index)), journey)
    };
    own.into_iter().enumerate().map(trace).collect()
}
