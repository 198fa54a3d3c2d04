//! The first and the last touch count most.

use super::Model;

pub(super) const MODEL: Model = Model {
    name: "position-based",
    summary: "40 % for the first touch, 40 % for the last, 20 % shared by those between.",
    fit: |_, _| {
        Box::new(|journey| match journey.touches.len() {
            0 => Vec::new(),
            1 => vec![1.0],
            2 => vec![0.5, 0.5],
            count => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a journey has few touches"
                )]
                let between = 0.2 / (count - 2) as f64;
                let mut weights = vec![between; count];
                weights[0] = 0.4;
                weights[count - 1] = 0.4;
                weights
            }
        })
    },
};
