//! The first touch, and the last before lead and deal were created, count most.

use super::{Model, Needs, by_milestones, by_position};

pub(super) const MODEL: Model = Model {
    name: "w-shaped",
    summary: "30 % each for the first touch, the last before the lead and the last before \
              the deal, 10 % for the rest; without a deal, position-based.",
    needs: Needs::Milestones,
    by_channel: None,
    fit: |_| {
        Box::new(|journey| {
            let count = journey.touches.len();
            let Some(milestones) = journey.milestones else {
                return by_position([2.0, 1.0, 2.0], count);
            };
            let positions = [Some(0), milestones.before_lead, milestones.before_deal];
            by_milestones(&positions, [3.0, 1.0], count)
        })
    },
};
