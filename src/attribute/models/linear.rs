//! Every touch counts alike.

use super::Model;

pub(super) const MODEL: Model = Model {
    name: "linear",
    summary: "Every touch gets the same credit.",
    fit: |_, _| Box::new(|journey| vec![1.0; journey.touches.len()]),
};
