//! The first touch, and the last before lead, deal and close, count most.

use super::{Model, Needs, by_milestones, by_position};

pub(super) const MODEL: Model = Model {
    name: "full-path",
    summary: "22.5 % each for the first touch, the last before the lead, before the deal \
              and before its close, 10 % for the rest; without a deal, position-based.",
    needs: Needs::Milestones,
    by_channel: None,
    fit: |_| {
        Box::new(|journey| {
            let count = journey.touches.len();
            let Some(milestones) = journey.milestones else {
                return by_position([2.0, 1.0, 2.0], count);
            };
            let (lead, deal) = (milestones.before_lead, milestones.before_deal);
            let positions = [Some(0), lead, deal, count.checked_sub(1)];
            by_milestones(&positions, [9.0, 4.0], count)
        })
    },
};
