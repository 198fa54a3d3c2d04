//! The attribution models, one a file.

use super::{Model, without_reactions};

mod first_touch;
mod last_non_reaction;
mod last_touch;
mod linear;
mod position_based;
mod time_decay;

/// All models, in the order in which they are shown.
pub const MODELS: &[&Model] = &[
    &first_touch::MODEL,
    &last_touch::MODEL,
    &last_non_reaction::MODEL,
    &linear::MODEL,
    &time_decay::MODEL,
    &position_based::MODEL,
];

/// All weight on one of `count` touches.
fn all_on(position: usize, count: usize) -> Vec<f64> {
    let mut weights = vec![0.0; count];
    weights[position] = 1.0;
    weights
}
