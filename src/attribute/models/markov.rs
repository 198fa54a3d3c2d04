//! A channel is worth what would be lost without it.

use super::{Model, Needs, by_channel, paths};

pub(super) const MODEL: Model = Model {
    name: "markov",
    summary: "A channel counts by its removal effect in a Markov chain of the journeys.",
    needs: Needs::Order,
    by_channel: Some(paths::markov),
    fit: |learning| by_channel(learning, paths::markov),
};
