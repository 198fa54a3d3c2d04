//! A channel is worth what it adds to the conversion rate.

use super::{Model, Needs, by_channel, paths};

pub(super) const MODEL: Model = Model {
    name: "shapley-rate",
    summary: "A channel gets its Shapley value in the conversion rate of the journeys.",
    needs: Needs::Order,
    by_channel: Some(paths::shapley_rate),
    fit: |learning| by_channel(learning, paths::shapley_rate),
};
