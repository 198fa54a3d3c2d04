//! The last touch counts most, the first a little.

use super::{Model, Needs, by_position};

pub(super) const MODEL: Model = Model {
    name: "j-shaped",
    summary: "20 % for the first touch, 60 % for the last, 20 % shared by those between.",
    needs: Needs::Order,
    by_channel: None,
    fit: |_| Box::new(|journey| by_position([1.0, 1.0, 3.0], journey.touches.len())),
};
