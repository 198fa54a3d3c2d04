//! The first touch gets all.

use super::{Model, all_on};

pub(super) const MODEL: Model = Model {
    name: "first-touch",
    summary: "The first touch gets all of the credit.",
    fit: |_, _| Box::new(|journey| all_on(0, journey.touches.len())),
};
