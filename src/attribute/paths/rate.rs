//! Shapley values of the conversion rate.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use rayon::prelude::*;

use super::{
    Channel, ChannelShares, Paths,
    sets::{Set, sets},
};

/// Up to so many channels every coalition is looked at: 2^20 of them.
const MOST_EXACT: usize = 20;
/// How many steps the draws of permutations may take, about.
const STEPS: usize = 2_000_000_000;
/// Draws of a permutation and its reverse: at least, at most, and in one task.
const LEAST_DRAWS: usize = 100;
const MOST_DRAWS: usize = 5000;
const DRAWS_OF_TASK: usize = 10;

/// The shares of all channels; drawn from the seed where there are more than 20.
pub(super) fn shares(paths: &Paths, seed: u64) -> ChannelShares {
    let mut sets = sets(paths);
    // Channels that no journey has are worth nothing and must not cost a coalition.
    let mut used: Vec<Channel> =
        sets.iter().flat_map(|set| set.channels.iter().copied()).collect();
    used.sort_unstable();
    used.dedup();
    for set in &mut sets {
        for channel in &mut set.channels {
            let at = used.binary_search(channel).expect("it is used");
            *channel = Channel::try_from(at).expect("it is no more than the channel");
        }
    }
    let mut values = vec![0.0; paths.channels()];
    if used.len() <= MOST_EXACT {
        for (channel, value) in used.iter().zip(exact(&sets, used.len())) {
            values[*channel as usize] = value;
        }
        return ChannelShares::in_proportion(&values);
    }
    let mut errors = vec![0.0; paths.channels()];
    let drawn = drawn(&sets, used.len(), seed);
    for (channel, (value, error)) in used.iter().zip(drawn) {
        values[*channel as usize] = value;
        errors[*channel as usize] = error;
    }
    let total: f64 = values.iter().sum();
    let mut shares = ChannelShares::in_proportion(&values);
    let part = |error| if total == 0.0 { 0.0 } else { error / total };
    shares.standard_errors = Some(errors.into_iter().map(part).collect());
    shares
}

/// The rate; 0 where nobody has these channels alone.
fn rate(conversions: f64, journeys: f64) -> f64 {
    if journeys == 0.0 { 0.0 } else { conversions / journeys }
}

/// The values of so many channels, from every coalition.
pub(super) fn exact(sets: &[Set], channels: usize) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); 1 << channels];
    for set in sets {
        let mask: usize = set.channels.iter().map(|channel| 1 << channel).sum();
        sums[mask].0 += set.conversions;
        sums[mask].1 += set.journeys;
    }
    for channel in 0..channels {
        for pair in sums.chunks_mut(2 << channel) {
            let (without, with) = pair.split_at_mut(1 << channel);
            for (with, without) in with.iter_mut().zip(without) {
                with.0 += without.0;
                with.1 += without.1;
            }
        }
    }
    let weights = weights(channels);
    (0..channels)
        .map(|channel| {
            let gains =
                (0..sums.len()).filter(|mask| mask >> channel & 1 == 0).map(|mask| {
                    let (without, with) = (sums[mask], sums[mask | 1 << channel]);
                    let gain = rate(with.0, with.1) - rate(without.0, without.1);
                    weights[mask.count_ones() as usize] * gain
                });
            gains.sum()
        })
        .collect()
}

/// The part of the orders of so many channels in which a coalition of each size stands
/// before a channel: s! (n − s − 1)! / n!.
fn weights(channels: usize) -> Vec<f64> {
    let mut weights = Vec::with_capacity(channels);
    let mut weight = 1.0 / count(channels);
    for size in 0..channels {
        weights.push(weight);
        // The last one has no next; the ratio of neighbors is (s + 1) / (n − s − 1).
        weight *= count(size + 1) / count(channels - size - 1).max(1.0);
    }
    weights
}

#[expect(clippy::cast_precision_loss, reason = "counts of channels and draws are small")]
fn count(number: usize) -> f64 {
    number as f64
}

/// The values of so many channels and their standard errors, from random orders.
fn drawn(sets: &[Set], channels: usize, seed: u64) -> Vec<(f64, f64)> {
    let steps: usize = sets.iter().map(|set| set.channels.len() + 1).sum();
    let draws = (STEPS / 2 / (steps + channels)).clamp(LEAST_DRAWS, MOST_DRAWS);
    let tasks: Vec<Vec<(f64, f64)>> = (0..draws.div_ceil(DRAWS_OF_TASK))
        .into_par_iter()
        .map(|task| task_sums(sets, channels, seed, task))
        .collect();
    let draws = count(tasks.len() * DRAWS_OF_TASK);
    (0..channels)
        .map(|channel| {
            let sums = tasks.iter().map(|task| task[channel]);
            let (sum, squares) = sums.fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
            let mean = sum / draws;
            let variance = (squares / draws - mean * mean).max(0.0);
            (mean, (variance / (draws - 1.0)).sqrt())
        })
        .collect()
}

/// The sums of values and of their squares over the draws of a task.
fn task_sums(sets: &[Set], channels: usize, seed: u64, task: usize) -> Vec<(f64, f64)> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(task as u64);
    let mut sums = vec![(0.0, 0.0); channels];
    let mut order: Vec<usize> = (0..channels).collect();
    for _ in 0..DRAWS_OF_TASK {
        shuffle(&mut order, &mut random);
        let mut gains = vec![0.0; channels];
        add_gains(sets, &order, &mut gains);
        // The reverse order errs the other way.
        order.reverse();
        add_gains(sets, &order, &mut gains);
        for (sum, gain) in sums.iter_mut().zip(gains) {
            let gain = gain / 2.0;
            *sum = (sum.0 + gain, sum.1 + gain * gain);
        }
    }
    sums
}

/// What each channel adds to the rate as they join in this order.
fn add_gains(sets: &[Set], order: &[usize], gains: &mut [f64]) {
    let mut place = vec![0; order.len()];
    for (at, channel) in order.iter().enumerate() {
        place[*channel] = at + 1;
    }
    let mut joined = vec![(0.0, 0.0); order.len() + 1];
    for set in sets {
        let last = set.channels.iter().map(|channel| place[*channel as usize]).max();
        let sum = &mut joined[last.unwrap_or(0)];
        sum.0 += set.conversions;
        sum.1 += set.journeys;
    }
    let mut sums = joined[0];
    for (channel, (conversions, journeys)) in order.iter().zip(&joined[1..]) {
        let before = rate(sums.0, sums.1);
        sums = (sums.0 + conversions, sums.1 + journeys);
        gains[*channel] += rate(sums.0, sums.1) - before;
    }
}

/// Fisher and Yates's shuffle.
fn shuffle(order: &mut [usize], random: &mut ChaCha8Rng) {
    for last in (1..order.len()).rev() {
        order.swap(last, below(last as u64 + 1, random));
    }
}

/// A number below a bound, each as likely: draws in the last, shorter run are drawn again.
fn below(bound: u64, random: &mut ChaCha8Rng) -> usize {
    let whole_runs = u64::MAX - u64::MAX % bound;
    loop {
        let drawn = random.next_u64();
        if drawn < whole_runs {
            return usize::try_from(drawn % bound).expect("the bound is a length");
        }
    }
}
