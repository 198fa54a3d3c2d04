//! The last touch gets all.

use super::{Model, all_on};

pub(super) const MODEL: Model = Model {
    name: "last-touch",
    summary: "The last touch before the conversion gets all of the credit.",
    fit: |_, _| {
        Box::new(|journey| {
            let count = journey.touches.len();
            all_on(count - 1, count)
        })
    },
};
