//! A chain solved by Gauss-Seidel sweeps, for several removed channels at once.
//!
//! The sweeps start at 0 and only rise. What is left of the error is bounded: a fitted
//! chain visits each state as often as the journeys did, so the conversions still missing
//! are no more than the last sweep's gains, each times the visits of its state.

use super::{Channel, chain::Chain};

/// How many channels are removed at once, each in a chain of its own.
pub(super) const LANES: usize = 8;

/// The error that may be left, as a part of all conversions.
const TOLERANCE: f64 = 1e-12;

/// A chain as probabilities. A state's moves to itself are left out and the others scaled.
#[derive(Debug)]
pub(super) struct Sweep<'a> {
    chain: &'a Chain,
    /// Where the moves of each state begin; one more than there are states.
    first_moves: Vec<usize>,
    moves: Vec<(u32, f64)>,
    conversions: Vec<f64>,
    /// How often journeys come to each state from another.
    visits: Vec<f64>,
}

impl<'a> Sweep<'a> {
    /// The probabilities of a chain.
    pub(super) fn new(chain: &'a Chain) -> Self {
        let states = chain.states.len();
        let mut sweep = Self {
            chain,
            first_moves: Vec::with_capacity(states + 1),
            moves: Vec::with_capacity(chain.moves.len()),
            conversions: Vec::with_capacity(states),
            visits: vec![0.0; states],
        };
        for (to, count) in &chain.start {
            sweep.visits[*to as usize] += count;
        }
        for (from, state) in (0_u32..).zip(&chain.states) {
            let moves = &chain.moves[state.first_move..state.end_move];
            let others = || moves.iter().filter(move |(to, _)| *to != from);
            let left: f64 = others().map(|(_, count)| count).sum();
            let total = left + state.conversions + state.nulls;
            sweep.first_moves.push(sweep.moves.len());
            sweep.moves.extend(others().map(|(to, count)| (*to, count / total)));
            sweep.conversions.push(state.conversions / total);
            for (to, count) in others() {
                sweep.visits[*to as usize] += count;
            }
        }
        sweep.first_moves.push(sweep.moves.len());
        sweep
    }

    /// The conversions that are left without each of up to [`LANES`] channels; none if so
    /// many sweeps do not settle them.
    pub(super) fn conversions_without(
        &self,
        removed: &[Channel],
        sweeps: usize,
    ) -> Option<Vec<f64>> {
        let lane = |state: &super::chain::State| {
            removed.iter().position(|channel| *channel == state.at())
        };
        let lanes: Vec<Option<usize>> = self.chain.states.iter().map(lane).collect();
        let mut chances = vec![[0.0; LANES]; lanes.len()];
        let limit = TOLERANCE * self.chain.conversions;
        let is_settled = (0..sweeps)
            .any(|_| self.sweep(&lanes, &mut chances).iter().all(|m| *m <= limit));
        let mut kept = [0.0; LANES];
        for (to, count) in &self.chain.start {
            for (kept, chance) in kept.iter_mut().zip(chances[*to as usize]) {
                *kept += count * chance;
            }
        }
        is_settled.then(|| kept[..removed.len()].to_vec())
    }

    /// Goes over all states once; gives the most that the conversions may still gain.
    fn sweep(
        &self,
        lanes: &[Option<usize>],
        chances: &mut [[f64; LANES]],
    ) -> [f64; LANES] {
        let mut missing = [0.0; LANES];
        // From the last state, as good as any order and the same each time.
        for state in (0..chances.len()).rev() {
            let mut new = [self.conversions[state]; LANES];
            for (to, chance) in
                &self.moves[self.first_moves[state]..self.first_moves[state + 1]]
            {
                let next = &chances[*to as usize];
                for lane in 0..LANES {
                    new[lane] += chance * next[lane];
                }
            }
            if let Some(lane) = lanes[state] {
                new[lane] = 0.0;
            }
            for lane in 0..LANES {
                let gain = (new[lane] - chances[state][lane]).abs();
                missing[lane] += gain * self.visits[state];
            }
            chances[state] = new;
        }
        missing
    }
}
