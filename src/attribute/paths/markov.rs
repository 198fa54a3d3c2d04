//! Removal effects: what part of the conversions would be lost without a channel.
//!
//! A chain that is fitted to journeys gives back their own conversions, so the total needs
//! no solving. What is lost without a channel is what converts by way of it, because a
//! removed channel leads to no conversion; in a chain of higher order whoever passes a
//! state with the channel in it has passed one that ends with it.

use rayon::prelude::*;

use super::{
    Channel, Paths, PathsError,
    chain::{Chain, chain},
    eliminate,
    sweep::{self, Sweep},
};

/// The largest chain that is solved whatever its shape.
const LARGEST_DENSE: usize = 10_000;
/// Sweeps after which a chain counts as one that loops long.
const SWEEPS: usize = 2000;
/// About as many sweeps a chain needs whose journeys are no longer than usual.
const USUAL_SWEEPS: usize = 50;

/// The removal effects of all channels: each from 0 to 1; all 0 where nothing converts.
pub(super) fn removal_effects(
    paths: &Paths,
    order: usize,
) -> Result<Vec<f64>, PathsError> {
    let chain = chain(paths, order);
    let mut effects = vec![0.0; chain.channels];
    if chain.conversions <= 0.0 {
        return Ok(effects);
    }
    let mut channels: Vec<Channel> =
        chain.states.iter().map(super::chain::State::at).collect();
    channels.sort_unstable();
    channels.dedup();
    for (channel, effect) in channels.iter().zip(solved(&chain, &channels, order)?) {
        effects[*channel as usize] = effect.clamp(0.0, 1.0);
    }
    Ok(effects)
}

/// Elimination for small chains and those that loop long, sweeps for the others: both are
/// exact to far below 1e-9, so which it is shows in time alone.
fn solved(
    chain: &Chain,
    channels: &[Channel],
    order: usize,
) -> Result<Vec<f64>, PathsError> {
    let states = chain.states.len();
    let is_small = states <= LARGEST_DENSE;
    let by_elimination = states.saturating_mul(states).saturating_mul(states);
    let lanes = channels.len().next_multiple_of(sweep::LANES);
    let by_sweeps = chain.moves.len().saturating_mul(lanes).saturating_mul(USUAL_SWEEPS);
    if is_small && by_elimination <= by_sweeps {
        return Ok(eliminate::removal_effects(chain, channels));
    }
    let sweeps = if is_small { SWEEPS } else { 10 * SWEEPS };
    match swept(chain, channels, sweeps) {
        Some(effects) => Ok(effects),
        None if is_small => Ok(eliminate::removal_effects(chain, channels)),
        None => Err(PathsError::TooManyStates { order, states, limit: LARGEST_DENSE }),
    }
}

/// The removal effects by sweeps; none where they do not settle.
pub(super) fn swept(
    chain: &Chain,
    channels: &[Channel],
    sweeps: usize,
) -> Option<Vec<f64>> {
    let sweep = Sweep::new(chain);
    let lanes: Option<Vec<Vec<f64>>> = channels
        .par_chunks(sweep::LANES)
        .map(|lanes| sweep.conversions_without(lanes, sweeps))
        .collect();
    let effect = |kept: f64| 1.0 - kept / chain.conversions;
    Some(lanes?.into_iter().flatten().map(effect).collect())
}
