//! A touch counts for less the longer ago it was.

use super::{Model, Needs};

pub(super) const MODEL: Model = Model {
    name: "time-decay",
    summary: "A touch counts half as much for every half-life before the conversion.",
    needs: Needs::Times,
    by_channel: None,
    fit: |learning| {
        let half_life_days = learning.options.half_life_days;
        Box::new(move |journey| {
            // Against the last touch, not the conversion: the ratios are the same, and a
            // journey of long ago does not vanish below the smallest float.
            let last = journey.touches.last().map_or(0.0, |touch| touch.days_before);
            let weight = |days: f64| libm::exp2(-(days - last) / half_life_days);
            journey.touches.iter().map(|touch| weight(touch.days_before)).collect()
        })
    },
};
