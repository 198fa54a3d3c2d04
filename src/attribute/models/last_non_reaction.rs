//! The last touch that took more than a click on a thumb gets all.

use super::{Model, Needs, all_on, without_reactions};

pub(super) const MODEL: Model = Model {
    name: "last-non-reaction",
    summary: "The last touch that is no reaction gets all; the last touch if there is none.",
    needs: Needs::Kinds,
    by_channel: None,
    fit: |_| {
        Box::new(|journey| {
            let count = journey.touches.len();
            let last = without_reactions(&journey.touches).next_back();
            all_on(last.unwrap_or(count - 1), count)
        })
    },
};
