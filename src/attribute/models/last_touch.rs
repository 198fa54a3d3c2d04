//! The last touch gets all.

use super::{Model, Needs, all_on};

pub(super) const MODEL: Model = Model {
    name: "last-touch",
    summary: "The last touch before the conversion gets all of the credit.",
    needs: Needs::Order,
    by_channel: None,
    fit: |_| {
        Box::new(|journey| {
            let count = journey.touches.len();
            all_on(count - 1, count)
        })
    },
};
