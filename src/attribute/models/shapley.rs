//! A journey is shared equally by the channels on it.

use super::{Model, Needs, by_channel, paths};

pub(super) const MODEL: Model = Model {
    name: "shapley",
    summary: "A channel gets its Shapley value in the conversions of the journeys.",
    needs: Needs::Order,
    by_channel: Some(paths::shapley),
    fit: |learning| by_channel(learning, paths::shapley),
};
