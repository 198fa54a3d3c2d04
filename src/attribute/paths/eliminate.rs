//! A chain solved by eliminating its states, for all removed channels.
//!
//! Grassmann, Taksar and Heyman's elimination never subtracts, so it loses no digits, even
//! where journeys go in circles for long. For every channel all states but its own must
//! go: the states of one half of the channels are eliminated for the other half, and so on
//! down, which costs little more than a single elimination.

use rayon::prelude::*;

use super::{Channel, chain::Chain};

/// Conversion and null come before the states.
const ENDS: usize = 2;
/// States eliminated in one pass over the matrix.
const PASS: usize = 32;
/// Rows that are worth a task of their own.
const ROWS_OF_TASK: usize = 16;
/// Below so many states the two halves are worth two tasks.
const SMALL: usize = 1500;

/// Counts between states: a row for the start and each state; a column for conversion,
/// null and each state.
struct Dense {
    states: Vec<u32>,
    cells: Vec<f64>,
}

/// The removal effects of these channels, which must be all that the chain has.
pub(super) fn removal_effects(chain: &Chain, channels: &[Channel]) -> Vec<f64> {
    let all: Vec<u32> = (0..).take(chain.states.len()).collect();
    let flows = match channels {
        [] => Vec::new(),
        [_] => vec![by_way_of_all(Dense::of_chain(chain, all))],
        _ => {
            let (low, high) = channels.split_at(channels.len() / 2);
            let mut flows = Vec::with_capacity(channels.len());
            for half in [low, high] {
                let (kept, gone) = parted(chain, &all, half);
                let states = [kept.as_slice(), gone.as_slice()].concat();
                let mut dense = Dense::of_chain(chain, states);
                dense.eliminate_to(kept.len());
                flows.extend(by_way_of(chain, &dense, half));
            }
            flows
        }
    };
    flows.into_iter().map(|flow| flow / chain.conversions).collect()
}

/// The conversions by way of each channel, in a matrix of their states alone.
fn by_way_of(chain: &Chain, dense: &Dense, channels: &[Channel]) -> Vec<f64> {
    let kept_alone = |half: &[Channel]| {
        let (kept, gone) = parted(chain, &dense.states, half);
        let mut part = dense.reordered([kept.as_slice(), gone.as_slice()].concat());
        part.eliminate_to(kept.len());
        part
    };
    if channels.len() == 1 {
        return vec![by_way_of_all(kept_alone(channels))];
    }
    let (low, high) = channels.split_at(channels.len() / 2);
    let half = |half| by_way_of(chain, &kept_alone(half), half);
    let (mut flows, more) = if dense.states.len() < SMALL {
        rayon::join(|| half(low), || half(high))
    } else {
        (half(low), half(high))
    };
    flows.extend(more);
    flows
}

/// The conversions that come by way of any state of the matrix.
fn by_way_of_all(mut dense: Dense) -> f64 {
    dense.cells[0] = 0.0;
    dense.eliminate_to(0);
    dense.cells[0]
}

/// The states that end with one of the channels, and the others.
fn parted(chain: &Chain, states: &[u32], channels: &[Channel]) -> (Vec<u32>, Vec<u32>) {
    let is_kept =
        |state: &u32| channels.binary_search(&chain.states[*state as usize].at()).is_ok();
    states.iter().partition(|state| is_kept(state))
}

impl Dense {
    /// The counts of a chain, its states in this order.
    fn of_chain(chain: &Chain, states: Vec<u32>) -> Self {
        let width = states.len() + ENDS;
        let mut column = vec![0; chain.states.len()];
        for (place, state) in states.iter().enumerate() {
            column[*state as usize] = place + ENDS;
        }
        let mut cells = vec![0.0; (states.len() + 1) * width];
        let mut fill =
            |row: usize, moves: &[(u32, f64)], conversions: f64, nulls: f64| {
                let row = &mut cells[row * width..][..width];
                (row[0], row[1]) = (conversions, nulls);
                for (to, count) in moves {
                    row[column[*to as usize]] = *count;
                }
            };
        fill(0, &chain.start, 0.0, chain.nulls_at_start);
        for (place, state) in states.iter().enumerate() {
            let state = &chain.states[*state as usize];
            let moves = &chain.moves[state.first_move..state.end_move];
            fill(place + 1, moves, state.conversions, state.nulls);
        }
        Self { states, cells }
    }

    fn width(&self) -> usize {
        self.states.len() + ENDS
    }

    /// The same counts with the states in another order.
    fn reordered(&self, states: Vec<u32>) -> Self {
        let mut place: Vec<(u32, usize)> = self.states.iter().copied().zip(0..).collect();
        place.sort_unstable();
        let place = |state: &u32| {
            let at = place.binary_search_by_key(state, |(state, _)| *state);
            place[at.expect("the states are the same")].1
        };
        let places: Vec<usize> = states.iter().map(place).collect();
        let width = self.width();
        let rows = [0].into_iter().chain(places.iter().map(|place| place + 1));
        let mut cells = Vec::with_capacity(self.cells.len());
        for row in rows {
            let row = &self.cells[row * width..][..width];
            cells.extend_from_slice(&row[..ENDS]);
            cells.extend(places.iter().map(|place| row[place + ENDS]));
        }
        Self { states, cells }
    }

    /// Eliminates the last states until so many are left: who came to one of them goes on
    /// to where it leads.
    fn eliminate_to(&mut self, kept: usize) {
        let width = self.width();
        let mut end = self.states.len();
        while kept < end {
            let begin = end.saturating_sub(PASS).max(kept);
            let (above, pivots) = self.cells.split_at_mut((begin + 1) * width);
            for place in (begin..end).rev() {
                let at = (place - begin) * width;
                let (before, row) = pivots.split_at_mut(at);
                scale(&mut row[..ENDS + place]);
                for other in before.chunks_mut(width) {
                    pass_on(other, &row[..ENDS + place]);
                }
            }
            above.par_chunks_mut(width).with_min_len(ROWS_OF_TASK).for_each(|row| {
                for place in (begin..end).rev() {
                    let pivot = &pivots[(place - begin) * width..][..ENDS + place];
                    pass_on(row, pivot);
                }
            });
            end = begin;
        }
        self.shrink(kept);
    }

    /// Forgets all states but the first ones.
    fn shrink(&mut self, kept: usize) {
        let (width, new_width) = (self.width(), kept + ENDS);
        for row in 0..=kept {
            self.cells.copy_within(row * width..row * width + new_width, row * new_width);
        }
        self.cells.truncate((kept + 1) * new_width);
        self.cells.shrink_to_fit();
        self.states.truncate(kept);
    }
}

/// Counts to probabilities; the state's moves to itself and to what is eliminated already
/// are not among them.
fn scale(row: &mut [f64]) {
    let total: f64 = row.iter().sum();
    for cell in row {
        *cell /= total;
    }
}

/// Sends those who come to the pivot on to where it leads.
fn pass_on(row: &mut [f64], pivot: &[f64]) {
    let count = row[pivot.len()];
    if count == 0.0 {
        return;
    }
    for (cell, chance) in row.iter_mut().zip(pivot) {
        *cell += count * chance;
    }
}
