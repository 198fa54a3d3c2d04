//! The first touch gets all.

use super::{Model, Needs, all_on};

pub(super) const MODEL: Model = Model {
    name: "first-touch",
    summary: "The first touch gets all of the credit.",
    needs: Needs::Order,
    by_channel: None,
    fit: |_| Box::new(|journey| all_on(0, journey.touches.len())),
};
