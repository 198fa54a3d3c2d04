//! The first touch counts most, the last a little.

use super::{Model, Needs, by_position};

pub(super) const MODEL: Model = Model {
    name: "inverse-j-shaped",
    summary: "60 % for the first touch, 20 % for the last, 20 % shared by those between.",
    needs: Needs::Order,
    by_channel: None,
    fit: |_| Box::new(|journey| by_position([3.0, 1.0, 1.0], journey.touches.len())),
};
