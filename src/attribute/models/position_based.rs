//! The first and the last touch count most.

use super::{Model, Needs, by_position};

pub(super) const MODEL: Model = Model {
    name: "position-based",
    summary: "40 % for the first touch, 40 % for the last, 20 % shared by those between.",
    needs: Needs::Order,
    by_channel: None,
    fit: |_| Box::new(|journey| by_position([2.0, 1.0, 2.0], journey.touches.len())),
};
