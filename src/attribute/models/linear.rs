//! Every touch counts alike.

use super::{Model, Needs};

pub(super) const MODEL: Model = Model {
    name: "linear",
    summary: "Every touch gets the same credit.",
    needs: Needs::Order,
    by_channel: None,
    fit: |_| Box::new(|journey| vec![1.0; journey.touches.len()]),
};
