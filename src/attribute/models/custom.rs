//! Touches count as the configuration says.

use super::{Model, Needs, by_position};

pub(super) const MODEL: Model = Model {
    name: "custom",
    summary: "The weights by position and kind of touch that the configuration gives.",
    needs: Needs::Kinds,
    by_channel: None,
    fit: |learning| {
        let custom = learning.options.custom;
        Box::new(move |journey| {
            let parts = [custom.first, custom.middle, custom.last];
            let mut weights = by_position(parts, journey.touches.len());
            for (weight, touch) in weights.iter_mut().zip(&journey.touches) {
                *weight *= custom.kinds.get(touch.kind);
            }
            weights
        })
    },
};
