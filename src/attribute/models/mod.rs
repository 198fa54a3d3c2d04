//! The attribution models, one a file.

use super::{
    ByChannel, Channels, Learning, Model, Needs, PathsError, Weigh, paths,
    without_reactions,
};

mod first_touch;
mod last_touch;
mod last_non_reaction;
mod linear;
mod time_decay;
mod position_based;
mod j_shaped;
mod inverse_j_shaped;
mod w_shaped;
mod full_path;
mod custom;
mod markov;
mod shapley;
mod shapley_rate;

/// All models, in the order in which they are shown.
pub const MODELS: &[&Model] = &[
    &first_touch::MODEL,
    &last_touch::MODEL,
    &last_non_reaction::MODEL,
    &linear::MODEL,
    &time_decay::MODEL,
    &position_based::MODEL,
    &j_shaped::MODEL,
    &inverse_j_shaped::MODEL,
    &w_shaped::MODEL,
    &full_path::MODEL,
    &custom::MODEL,
    &markov::MODEL,
    &shapley::MODEL,
    &shapley_rate::MODEL,
];

/// All weight on one of `count` touches.
fn all_on(position: usize, count: usize) -> Vec<f64> {
    let mut weights = vec![0.0; count];
    weights[position] = 1.0;
    weights
}

/// Parts for the first touch and the last, and one that those between share. Where there
/// are none between, first and last keep their proportion; one touch is all three.
#[expect(clippy::cast_precision_loss, reason = "a journey has fewer than 2^52 touches")]
fn by_position([first, middle, last]: [f64; 3], count: usize) -> Vec<f64> {
    match count {
        0 => Vec::new(),
        1 => vec![first + middle + last],
        _ => {
            // Times how many are between, so that whole parts make whole weights.
            let between = (count - 2).max(1) as f64;
            let mut weights = vec![middle; count];
            weights[0] = first * between;
            weights[count - 1] = last * between;
            weights
        }
    }
}

/// A part for each milestone, adding up where they are one touch, and one that the touches
/// share that are none. A milestone that no touch precedes has no part.
#[expect(clippy::cast_precision_loss, reason = "a journey has fewer than 2^52 touches")]
fn by_milestones(
    positions: &[Option<usize>],
    [part, rest]: [f64; 2],
    count: usize,
) -> Vec<f64> {
    let mut weights = vec![0.0; count];
    for position in positions.iter().flatten() {
        weights[*position] += part;
    }
    let others = weights.iter().filter(|weight| **weight == 0.0).count().max(1) as f64;
    for weight in &mut weights {
        *weight = if *weight == 0.0 { rest } else { *weight * others };
    }
    weights
}

/// Each touch weighs what its channel is worth over all journeys; below 0 is nothing.
fn by_channel<'a>(learning: &'a Learning<'a>, shares: ByChannel) -> Weigh<'a> {
    weigh_channels(learning.channels, fitted(learning, shares).0)
}

/// What each channel is worth over all journeys. A model that cannot be fitted to these says
/// why; its channels are worth nothing, so that touches count alike.
pub(super) fn fitted(
    learning: &Learning<'_>,
    shares: ByChannel,
) -> (Vec<f64>, Option<PathsError>) {
    match shares(&learning.paths, learning.options) {
        Ok(fitted) => (fitted.shares, None),
        Err(reason) => (vec![0.0; learning.channels.count()], Some(reason)),
    }
}

/// Each touch weighs what its channel is worth.
pub(super) fn weigh_channels(channels: &Channels, shares: Vec<f64>) -> Weigh<'_> {
    Box::new(move |journey| {
        let share = |touch| shares[channels.of(touch) as usize].max(0.0);
        journey.touches.iter().map(share).collect()
    })
}
