use proptest::prelude::*;

use super::{
    chain::{self, chain},
    eliminate,
    markov::swept,
    sets::sets,
    *,
};

type Row = (Vec<Channel>, u32, u32);

fn paths(channels: usize, rows: &[Row]) -> Paths {
    let mut paths = Paths::new(channels);
    for (path, conversions, nulls) in rows {
        paths.push(path, f64::from(*conversions), 0.0, f64::from(*nulls));
    }
    paths
}

fn options(order: usize) -> Options {
    Options { order, ..Options::default() }
}

fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() <= tolerance, "{found:?} is not {expected:?}");
    }
}

/// Conversions without each channel, from the definition: a dense system for each channel,
/// in which states that contain it hold no chance.
fn by_dense_solves(channels: usize, rows: &[Row], order: usize) -> Vec<f64> {
    let mut states: Vec<&[Channel]> = vec![&[]];
    // From where, to where (none: conversion), how often.
    let mut counts = Vec::new();
    for (path, conversions, nulls) in rows {
        let state = |at: usize| &path[at.saturating_sub(order)..at];
        let journeys = f64::from(conversions + nulls);
        for at in 0..path.len() {
            states.push(state(at + 1));
            counts.push((state(at), Some(state(at + 1)), journeys));
        }
        counts.push((state(path.len()), None, f64::from(*conversions)));
        counts.push((
            state(path.len()),
            Some([Channel::MAX].as_slice()),
            f64::from(*nulls),
        ));
    }
    states.sort_unstable();
    states.dedup();
    let number = |state: &[Channel]| states.binary_search(&state).ok();
    let mut matrix = vec![vec![0.0; states.len()]; states.len()];
    let mut converts = vec![0.0; states.len()];
    let mut totals = vec![0.0; states.len()];
    for (from, to, count) in &counts {
        let from = number(from).unwrap();
        totals[from] += count;
        match to {
            None => converts[from] += count,
            Some(to) => {
                if let Some(to) = number(to) {
                    matrix[from][to] += count;
                }
            }
        }
    }
    for (from, total) in totals.iter().enumerate().filter(|(_, total)| 0.0 < **total) {
        converts[from] /= total;
        matrix[from].iter_mut().for_each(|count| *count /= total);
    }
    let chance = |removed: Option<Channel>| {
        let is_left = |state: &[Channel]| !removed.is_some_and(|it| state.contains(&it));
        let mut system = matrix.clone();
        for (from, row) in system.iter_mut().enumerate() {
            for (to, chance) in row.iter_mut().enumerate() {
                let stays = if from == to { 1.0 } else { 0.0 };
                *chance = if is_left(states[to]) { stays - *chance } else { stays };
            }
        }
        solved(system, converts.clone())[0]
    };
    let all = chance(None);
    (0..).take(channels).map(|channel| 1.0 - chance(Some(channel)) / all).collect()
}

/// Solves a system by Gauss's elimination, the largest number of each column first.
fn solved(mut rows: Vec<Vec<f64>>, mut values: Vec<f64>) -> Vec<f64> {
    let size = values.len();
    for at in 0..size {
        let largest =
            (at..size).max_by(|a, b| rows[*a][at].abs().total_cmp(&rows[*b][at].abs()));
        rows.swap(at, largest.unwrap());
        values.swap(at, largest.unwrap());
        let (pivot, value) = (rows[at].clone(), values[at]);
        for row in (0..size).filter(|row| *row != at) {
            let factor = rows[row][at] / pivot[at];
            let pairs = rows[row].iter_mut().zip(&pivot);
            pairs.for_each(|(one, of_pivot)| *one -= factor * of_pivot);
            values[row] -= factor * value;
        }
    }
    (0..size).map(|at| values[at] / rows[at][at]).collect()
}

fn any_rows(channels: u32) -> impl Strategy<Value = Vec<Row>> {
    let path = prop::collection::vec(0..channels, 1..9);
    prop::collection::vec((path, 0_u32..4, 1_u32..30), 1..25)
        .prop_filter("something converts", |rows| rows.iter().any(|row| 0 < row.1))
}

#[test]
fn the_published_example_comes_out_as_published() {
    // Anderl, Becker, von Wangenheim and Schumann: three journeys, one of which converts.
    let rows = [(vec![0, 1, 2], 1, 0), (vec![0], 0, 1), (vec![1, 2], 0, 1)];
    let found = markov(&paths(3, &rows), &options(1)).unwrap();
    assert_near(&found.removal_effects.unwrap(), &[0.5, 1.0, 1.0], 1e-15);
    assert_near(&found.shares, &[0.2, 0.4, 0.4], 1e-15);
}

#[test]
fn circles_that_hardly_end_lose_no_digits() {
    // Two channels lead to each other a million times before anything else happens.
    let long: Vec<Channel> = (0..1_000_000).map(|at| at % 2).collect();
    let rows = [(long.clone(), 1, 0), (long, 0, 2), (vec![2], 1, 0), (vec![2, 0], 0, 1)];
    let paths = paths(3, &rows);
    let effects = markov(&paths, &options(1)).unwrap().removal_effects.unwrap();
    // Channel 2 converts 1 of its 2 by itself; the other goes to the circle, with 1 of 4
    // journeys there converting: of 2 conversions it brings 1 and 1/4.
    let expected = by_dense_solves(3, &rows, 1);
    assert_near(&effects, &expected, 1e-9);
    assert!(swept(&chain(&paths, 1), &[0, 1, 2], 100).is_none());
}

#[test]
fn long_circles_settle_within_few_sweeps() {
    // A journey of thousands of touches ends so seldom that sweeps alone gain little each.
    let mut at = 1_u32;
    let mut touch = || {
        at = at.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (at >> 16) % 80
    };
    let rows: Vec<Row> =
        (0..6).map(|row| ((0..3000).map(|_| touch()).collect(), row % 2, 1)).collect();
    let chain = chain(&paths(80, &rows), 1);
    let channels: Vec<Channel> = (0..80).collect();
    let found = swept(&chain, &channels, 150).unwrap();
    assert_near(&found, &eliminate::removal_effects(&chain, &channels), 1e-9);
}

#[test]
fn nothing_that_converts_is_worth_nothing() {
    let rows = [(vec![0, 1], 0, 5)];
    for fitted in [markov, shapley, shapley_rate] {
        let found = fitted(&paths(3, &rows), &options(2)).unwrap();
        assert_near(&found.shares, &[0.0; 3], 0.0);
        let found = fitted(&Paths::new(2), &options(2)).unwrap();
        assert_near(&found.shares, &[0.0; 2], 0.0);
    }
}

#[test]
fn transitions_say_where_journeys_go() {
    let rows = [(vec![0, 0, 1], 1, 0), (vec![1], 0, 3)];
    let found = transitions(&paths(2, &rows), 1);
    let find = |from: &[Channel], to: Step| {
        let is_it = |one: &&Transition| one.from == from && one.to == to;
        found.iter().find(is_it).map(|one| (one.count, one.probability))
    };
    assert_eq!(find(&[], Step::To(vec![1])), Some((3.0, 0.75)));
    assert_eq!(find(&[0], Step::To(vec![0])), Some((1.0, 0.5)));
    assert_eq!(find(&[1], Step::Conversion), Some((1.0, 0.25)));
    assert_eq!(find(&[1], Step::Null), Some((3.0, 0.75)));
    assert_eq!(found.len(), 6);
    let of_order_2 = transitions(&paths(2, &rows), 2);
    assert!(of_order_2.iter().any(|one| one.to == Step::To(vec![0, 1])));
}

#[test]
fn a_sampled_value_lies_within_its_error_of_the_exact_one() {
    let mut rows: Vec<Row> = Vec::new();
    for at in 0..200_u32 {
        let path = vec![at % 20, at * 7 % 20, at * 13 % 11];
        rows.push((path, at % 3, 1 + at % 5));
    }
    let exact_values = rate::exact(&sets(&paths(20, &rows)), 20);
    let exact_shares = proportions(&exact_values);
    // One more channel, that changes nothing: it comes with the rate of the rest.
    let total: (u32, u32) =
        rows.iter().fold((0, 0), |sum, row| (sum.0 + row.1, sum.1 + row.2));
    assert!(0 < total.0 && 0 < total.1);
    rows.push((vec![20], 0, 0));
    let found = shapley_rate(&paths(21, &rows), &options(1)).unwrap();
    let errors = found.standard_errors.unwrap();
    for channel in 0..20 {
        let off = (found.shares[channel] - exact_shares[channel]).abs();
        assert!(off <= 5.0 * errors[channel], "{channel}: {off}, {}", errors[channel]);
        assert!(errors[channel] < 0.01);
    }
    assert!((found.shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn the_same_comes_out_on_any_number_of_threads() {
    let rows: Vec<Row> = (0..3000_u32)
        .map(|at| {
            let path =
                (0..at % 7).map(|step| (at * 31 + step * step * 17) % 30).collect();
            (path, u32::from(0 < at % 7 && at % 2 == 0), 1)
        })
        .collect();
    let paths = paths(30, &rows);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let fitted = [markov, shapley, shapley_rate];
            fitted.map(|fitted| fitted(&paths, &options(2)).unwrap())
        })
    };
    assert_eq!(on(1), on(8));
}

#[test]
fn paths_come_back_as_they_were_put() {
    let rows: [(&[Channel], [f64; 3]); 5] = [
        (&[], [0.0, 0.0, 3.0]),
        (&[0, 127, 128, 70_000, u32::MAX], [1.0, -2.5, 0.0]),
        (&[1; 300], [0.0, 1.0, 1.0]),
        (&[5], [0.0, 0.0, 0.0]),
        (&[5], [1e300, 0.1, 0.5]),
    ];
    let mut paths = Paths::new(1);
    for (channels, [conversions, value, nulls]) in rows {
        paths.push(channels, conversions, value, nulls);
    }
    let mut found = Vec::new();
    paths.for_each(|path| {
        found.push((path.channels.to_vec(), [path.conversions, path.value, path.nulls]));
    });
    assert_eq!(found, rows.map(|(channels, numbers)| (channels.to_vec(), numbers)));
}

/// A channel's Shapley value from the orders of all coalitions.
fn by_subsets(rows: &[Row], channels: u32, worth: impl Fn(u32, u32) -> f64) -> Vec<f64> {
    let value = |mask: u32| {
        let within =
            rows.iter().filter(|row| row.0.iter().all(|one| mask >> one & 1 == 1));
        let (conversions, nulls) =
            within.fold((0, 0), |sum, row| (sum.0 + row.1, sum.1 + row.2));
        worth(conversions, conversions + nulls)
    };
    let factorial = |number: u32| (1..=number).map(f64::from).product::<f64>();
    let weight = |size: u32| {
        factorial(size) * factorial(channels - size - 1) / factorial(channels)
    };
    let of = |channel: u32| {
        let masks = (0..1_u32 << channels).filter(|mask| mask >> channel & 1 == 0);
        masks
            .map(|mask| {
                weight(mask.count_ones()) * (value(mask | 1 << channel) - value(mask))
            })
            .sum()
    };
    (0..channels).map(of).collect()
}

proptest! {
    #[test]
    fn removal_effects_solve_the_chain(rows in any_rows(5), order in 1_usize..4) {
        let expected = by_dense_solves(5, &rows, order);
        let paths = paths(5, &rows);
        let found = markov(&paths, &options(order)).unwrap().removal_effects.unwrap();
        assert_near(&found, &expected, 1e-9);
        let chain = chain(&paths, order);
        let mut used: Vec<Channel> = chain.states.iter().map(chain::State::at).collect();
        used.sort_unstable();
        used.dedup();
        let expected: Vec<f64> = used.iter().map(|at| expected[*at as usize]).collect();
        assert_near(&eliminate::removal_effects(&chain, &used), &expected, 1e-9);
        assert_near(&swept(&chain, &used, 10_000).unwrap(), &expected, 1e-9);
    }

    #[test]
    fn the_order_of_paths_changes_no_share(rows in any_rows(6)) {
        let mut reversed = rows.clone();
        reversed.reverse();
        for fitted in [markov, shapley, shapley_rate] {
            let one = fitted(&paths(6, &rows), &options(2)).unwrap();
            let other = fitted(&paths(6, &reversed), &options(2)).unwrap();
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn the_closed_form_is_the_sum_over_coalitions(rows in any_rows(5)) {
        let expected = by_subsets(&rows, 5, |conversions, _| f64::from(conversions));
        let found = shapley(&paths(5, &rows), &options(1)).unwrap();
        assert_near(&found.shares, &proportions(&expected), 1e-12);
    }

    #[test]
    fn the_rate_is_shared_over_all_coalitions(rows in any_rows(5)) {
        let rate = |conversions: u32, journeys: u32| {
            if journeys == 0 { 0.0 } else { f64::from(conversions) / f64::from(journeys) }
        };
        let expected = by_subsets(&rows, 5, rate);
        let found = shapley_rate(&paths(5, &rows), &options(1)).unwrap();
        let total: f64 = expected.iter().sum();
        let shares: Vec<f64> = expected.iter().map(|value| value / total).collect();
        assert_near(&found.shares, &shares, 1e-10);
    }

    #[test]
    fn equal_channels_get_equal_shares_and_idle_ones_none(rows in any_rows(3)) {
        // Each path a second time, with channels 0 and 1 exchanged; channel 3 is idle.
        let exchanged = |channel: &Channel| [1, 0, 2][*channel as usize];
        let mut both = rows.clone();
        both.extend(rows.iter().map(|row| (row.0.iter().map(exchanged).collect(), row.1, row.2)));
        for fitted in [markov, shapley, shapley_rate] {
            let shares = fitted(&paths(4, &both), &options(2)).unwrap().shares;
            prop_assert!((shares[0] - shares[1]).abs() < 1e-9);
            prop_assert!(shares[3].abs() < 1e-15);
            prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }
}
