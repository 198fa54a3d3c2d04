//! A chain solved by Gauss-Seidel sweeps, for several removed channels at once.
//!
//! What is left of the error is bounded, wherever a sweep began: a fitted chain visits each
//! state as often as the journeys did, so the conversions still missing are no more than the
//! last sweep's gains, each times the visits of its state.
//!
//! Where journeys go in circles for long, one sweep gains nearly as much as the one before.
//! From two such sweeps it is told where they lead to, and the next one begins there.

use super::{Channel, chain::Chain};

/// How many channels are removed at once, each in a chain of its own.
pub(super) const LANES: usize = 8;

/// The error that may be left, as a part of all conversions.
const TOLERANCE: f64 = 1e-12;

/// Sweeps before the first leap, and between two: what gains fast does so meanwhile, and what
/// is left gains alike.
const BEFORE_LEAPS: usize = 50;
const BETWEEN_LEAPS: usize = 10;

/// By state: the chance to convert, without each of the channels.
type Chances = Vec<[f64; LANES]>;

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
        let mut chances: Chances = vec![[0.0; LANES]; lanes.len()];
        let is_settled = self.settle(&lanes, &mut chances, sweeps);
        let mut kept = [0.0; LANES];
        for (to, count) in &self.chain.start {
            for (kept, chance) in kept.iter_mut().zip(chances[*to as usize]) {
                *kept += count * chance;
            }
        }
        is_settled.then(|| kept[..removed.len()].to_vec())
    }

    /// Sweeps until no more than the tolerance is missing; whether that came to pass.
    fn settle(
        &self,
        lanes: &[Option<usize>],
        chances: &mut Chances,
        sweeps: usize,
    ) -> bool {
        let limit = TOLERANCE * self.chain.conversions;
        let mut before: [Chances; 2] = Default::default();
        (0..sweeps).any(|at| {
            // The chances before each of two sweeps, and after both.
            match (at + 2).checked_sub(BEFORE_LEAPS).map(|at| at % BETWEEN_LEAPS) {
                Some(0) => before[0].clone_from(chances),
                Some(1) => before[1].clone_from(chances),
                Some(2) => self.leap(&before, chances),
                _ => {}
            }
            self.sweep(lanes, chances).iter().all(|missing| *missing <= limit)
        })
    }

    /// Goes on from two sweeps as far as the next would gain least: to where they lead, if
    /// each gains the same part of what the one before it did.
    fn leap(&self, [first, second]: &[Chances; 2], chances: &mut [[f64; LANES]]) {
        let mut sums = [(0.0, 0.0); LANES];
        for (state, visits) in self.visits.iter().enumerate() {
            for (lane, sums) in sums.iter_mut().enumerate() {
                let gain = chances[state][lane] - second[state][lane];
                let change = gain - (second[state][lane] - first[state][lane]);
                sums.0 -= visits * gain * change;
                sums.1 += visits * change * change;
            }
        }
        let sweeps = sums.map(|(along, all)| along / all);
        for (chances, second) in chances.iter_mut().zip(second) {
            for lane in (0..LANES).filter(|lane| sweeps[*lane].is_finite()) {
                chances[lane] += sweeps[lane] * (chances[lane] - second[lane]);
            }
        }
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
