//! Chance and uncertainty by drawing again: permutations for p-values, bootstraps for
//! intervals. Each block of draws has a stream of random numbers of its own, so that any
//! number of threads gives the same bytes.

use std::collections::BTreeMap;

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use rayon::prelude::*;

use super::{
    exact::{Z_95, normal, normal_point},
    rank::{Classes, Correlator, Sides, Sparse, spearman, without_groups},
};

/// Draws of each kind.
const DRAWS: usize = 10_000;
/// From so many posts on, of which so many differ from the most common value in either
/// list, shuffled ranks and those drawn again go together as a normal distribution says, to
/// less than 10,000 draws can tell.
const MANY_POSTS: usize = 3_000;
const MANY_VARIED: usize = 300;
/// What shuffles and draws of very many posts may cost where few of them differ.
const DRAWN_POSTS: usize = 100_000_000;
const LEAST_DRAWS: usize = 1_000;
/// Draws in one task.
const DRAWS_OF_BLOCK: usize = 100;
/// Groups left out in turn for the acceleration: with more posts than that, several leave
/// together, which estimates the same numbers.
const MOST_GROUPS: usize = 250;
/// Lists whose sums are kept side by side.
const ABREAST: usize = 8;

/// How two lists go together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Association {
    /// Spearman's ρ.
    pub(super) rho: f64,
    /// The 95 % interval (bias-corrected, accelerated); none where draws lie on one side.
    pub(super) bounds: Option<(f64, f64)>,
    /// Two-sided, by permutation.
    pub(super) p_value: f64,
}

/// How a list goes together with each of several others of the same length; none where one
/// is constant. The others share the draws. `topic` parts the random numbers of different
/// questions.
pub(super) fn associations(
    one: &[i64],
    others: &[Vec<i64>],
    seed: u64,
    topic: u32,
) -> Vec<Option<Association>> {
    if others.is_empty() {
        return Vec::new();
    }
    let classes = Classes::new(one);
    let sparse: Vec<Sparse> = others.iter().map(|other| Sparse::new(other)).collect();
    let varied = if one.len() < MANY_POSTS { 0 } else { classes.varied() };
    let is_many =
        |other: &Sparse| MANY_VARIED <= varied && MANY_VARIED <= other.others.len();
    let kinds: Vec<bool> = sparse.iter().map(is_many).collect();
    let (many, few): (Vec<Sparse>, Vec<Sparse>) = sparse.into_iter().partition(is_many);
    let mut many = in_the_limit(&classes, &many).into_iter();
    let mut few = drawn(&classes, &few, Streams { seed, topic }).into_iter();
    kinds
        .into_iter()
        .map(|is_many| if is_many { many.next()? } else { few.next()? })
        .collect()
}

/// How two lists go together alone; none where one is constant.
pub(super) fn correlation(one: &[i64], other: &[i64]) -> Option<f64> {
    spearman(&Classes::new(one), &[Sides::new(&Sparse::new(other))]).pop()?
}

/// The associations of lists that are long and varied: shuffled ranks correlate with mean 0
/// and variance 1 / (n − 1), and the interval is the bootstrap's in the limit, from the
/// groups left out.
fn in_the_limit(one: &Classes, others: &[Sparse]) -> Vec<Option<Association>> {
    if others.is_empty() {
        return Vec::new();
    }
    let left_out = left_out(one, others);
    let found = spearman(one, &sides(others)).into_iter().enumerate();
    found
        .map(|(at, rho)| {
            let rho = rho?;
            let of_groups = &left_out[at];
            let (acceleration, error) = (acceleration(of_groups), error(of_groups));
            let end =
                |z: f64| (rho + error * z / (1.0 - acceleration * z)).clamp(-1.0, 1.0);
            let z = rho.abs() * ratio(one.of.len() - 1).sqrt();
            Some(Association {
                rho,
                bounds: Some((end(-Z_95), end(Z_95))),
                p_value: 2.0 * normal(-z),
            })
        })
        .collect()
}

/// The associations by shuffles and draws.
fn drawn(one: &Classes, others: &[Sparse], streams: Streams) -> Vec<Option<Association>> {
    if others.is_empty() {
        return Vec::new();
    }
    let sides = sides(others);
    let found = spearman(one, &sides);
    let draws = (DRAWN_POSTS / one.of.len().max(1)).clamp(LEAST_DRAWS, DRAWS);
    let p_values = p_values(one, others, draws, streams);
    let bounds = bounds(one, (others, &sides), &found, draws, streams);
    found
        .into_iter()
        .zip(p_values)
        .zip(bounds)
        .map(|((rho, p_value), bounds)| Some(Association { rho: rho?, bounds, p_value }))
        .collect()
}

/// Lists in the order of their values.
fn sides(lists: &[Sparse]) -> Vec<Sides> {
    lists.iter().map(Sides::new).collect()
}

/// Where random numbers come from.
#[derive(Clone, Copy)]
struct Streams {
    seed: u64,
    topic: u32,
}

impl Streams {
    /// The numbers of one block of draws: of permutations (0) or bootstraps (1).
    fn block(self, kind: u64, block: usize) -> ChaCha8Rng {
        let mut numbers = ChaCha8Rng::seed_from_u64(self.seed);
        let block = u64::try_from(block).unwrap_or(u64::MAX) & 0xffff_ffff;
        // The attribution models draw from the first streams of the seed.
        numbers.set_stream((u64::from(self.topic) + 1) << 33 | kind << 32 | block);
        numbers
    }
}

/// A number below the bound, each as likely (Lemire 2019).
fn below(numbers: &mut ChaCha8Rng, bound: u32) -> u32 {
    loop {
        let product = u64::from(numbers.next_u32()) * u64::from(bound);
        let low = product & 0xffff_ffff;
        if u64::from(bound) <= low || u64::from(bound.wrapping_neg() % bound) <= low {
            return u32::try_from(product >> 32).unwrap_or(0);
        }
    }
}

fn length(list: &[u32]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// The two-sided p-value of each other list: how often shuffled ranks go together at least
/// as much, the observed order counted as one of the shuffles.
fn p_values(
    one: &Classes,
    others: &[Sparse],
    draws: usize,
    streams: Streams,
) -> Vec<f64> {
    let ranks = one.ranks();
    let abreast: Vec<Abreast> =
        others.chunks(ABREAST).map(|some| Abreast::new(some, &ranks)).collect();
    let blocks: Vec<Vec<u32>> = (0..draws / DRAWS_OF_BLOCK)
        .into_par_iter()
        .map(|block| {
            let mut numbers = streams.block(0, block);
            let mut ranks = ranks.clone();
            let mut counts = vec![0; abreast.len() * ABREAST];
            for _ in 0..DRAWS_OF_BLOCK {
                for last in (1..length(&one.of)).rev() {
                    let other = below(&mut numbers, last + 1);
                    ranks.swap(last as usize, other as usize);
                }
                for (lists, counts) in abreast.iter().zip(counts.chunks_mut(ABREAST)) {
                    lists.count(&ranks, counts);
                }
            }
            counts
        })
        .collect();
    let draws = ratio(blocks.len() * DRAWS_OF_BLOCK + 1);
    (0..others.len())
        .map(|at| {
            let extreme: u32 = blocks.iter().map(|counts| counts[at]).sum();
            (f64::from(extreme) + 1.0) / draws
        })
        .collect()
}

/// Lists whose products with shuffled ranks are added up side by side.
struct Abreast {
    /// Positions where any of the lists is not its most common value, with how far their
    /// ranks lie above that of it.
    lifts: Vec<(u32, [f64; ABREAST])>,
    /// The least sums that count as no less than what was observed. Below 2^53 sums of
    /// whole numbers are exact; what is left out here is for those of very many posts.
    least: [f64; ABREAST],
}

impl Abreast {
    fn new(lists: &[Sparse], ranks: &[f64]) -> Self {
        let mut lifts: BTreeMap<u32, [f64; ABREAST]> = BTreeMap::new();
        for (lane, list) in lists.iter().enumerate() {
            for (at, lift) in list.lifted(ranks.len()) {
                lifts.entry(at).or_default()[lane] = lift;
            }
        }
        let mut all = Self { lifts: lifts.into_iter().collect(), least: [0.0; ABREAST] };
        all.least = all.products(ranks).map(|observed| observed.abs() * (1.0 - 1e-12));
        all
    }

    /// By list: the sum of the products of its ranks with others.
    fn products(&self, ranks: &[f64]) -> [f64; ABREAST] {
        let mut sums = [0.0; ABREAST];
        for (at, lifts) in &self.lifts {
            let rank = ranks[*at as usize];
            for (sum, lift) in sums.iter_mut().zip(lifts) {
                *sum += rank * lift;
            }
        }
        sums
    }

    /// Counts the lists that go together with these ranks as much as observed, or more.
    fn count(&self, ranks: &[f64], counts: &mut [u32]) {
        let sums = self.products(ranks);
        for ((count, sum), least) in counts.iter_mut().zip(sums).zip(&self.least) {
            *count += u32::from(*least <= sum.abs());
        }
    }
}

/// The bias-corrected and accelerated interval of each (Efron 1987).
fn bounds(
    one: &Classes,
    (others, sides): (&[Sparse], &[Sides]),
    found: &[Option<f64>],
    draws: usize,
    streams: Streams,
) -> Vec<Option<(f64, f64)>> {
    let blocks: Vec<Vec<Option<f64>>> = (0..draws / DRAWS_OF_BLOCK)
        .into_par_iter()
        .map(|block| bootstrapped(one, sides, &mut streams.block(1, block)))
        .collect();
    let left_out = left_out(one, others);
    found
        .par_iter()
        .enumerate()
        .map(|(at, rho)| {
            let own = |block: &Vec<Option<f64>>| -> Vec<f64> {
                block[at..].iter().step_by(others.len()).copied().flatten().collect()
            };
            let mut drawn: Vec<f64> = blocks.iter().flat_map(own).collect();
            drawn.sort_unstable_by(f64::total_cmp);
            // Draws without any credited post have no correlation.
            if drawn.len() * 2 < draws {
                return None;
            }
            interval(&drawn, (*rho)?, acceleration(&left_out[at]))
        })
        .collect()
}

/// The correlations of one block of draws with replacement, others innermost.
fn bootstrapped(
    one: &Classes,
    others: &[Sides],
    numbers: &mut ChaCha8Rng,
) -> Vec<Option<f64>> {
    let mut correlator = Correlator::new(one, others);
    let mut weights = vec![0; one.of.len()];
    let mut found = Vec::with_capacity(DRAWS_OF_BLOCK * others.len());
    for _ in 0..DRAWS_OF_BLOCK {
        weights.fill(0);
        for _ in 0..one.of.len() {
            weights[below(numbers, length(&one.of)) as usize] += 1;
        }
        correlator.each(&weights, |rho| found.push(rho));
    }
    found
}

/// By other list: the correlations without one group of posts after the other.
fn left_out(one: &Classes, others: &[Sparse]) -> Vec<Vec<f64>> {
    let groups = one.of.len().min(MOST_GROUPS);
    let known =
        |other| without_groups(one, other, groups).into_iter().flatten().collect();
    others.par_iter().map(known).collect()
}

/// A sixth of the skewness of the statistic, from what it is without each group.
fn acceleration(left_out: &[f64]) -> f64 {
    let mean = left_out.iter().sum::<f64>() / ratio(left_out.len().max(1));
    let (mut squares, mut cubes) = (0.0, 0.0);
    for value in left_out {
        let distance = mean - value;
        squares += distance * distance;
        cubes += distance * distance * distance;
    }
    if squares <= 0.0 { 0.0 } else { cubes / (6.0 * squares * squares.sqrt()) }
}

/// The standard error of the statistic, from what it is without each group.
fn error(left_out: &[f64]) -> f64 {
    let groups = ratio(left_out.len().max(1));
    let mean = left_out.iter().sum::<f64>() / groups;
    let squares: f64 = left_out.iter().map(|value| (value - mean) * (value - mean)).sum();
    ((groups - 1.0) / groups * squares).sqrt()
}

/// The percentiles of sorted draws that the bias correction and the acceleration choose.
fn interval(drawn: &[f64], found: f64, acceleration: f64) -> Option<(f64, f64)> {
    let (below, to) = (
        drawn.partition_point(|rho| *rho < found),
        drawn.partition_point(|rho| *rho <= found),
    );
    // A draw equal to what was found lies half on either side.
    let part = ratio(below + to) / (2.0 * ratio(drawn.len()));
    if part <= 0.0 || 1.0 <= part {
        return None;
    }
    let bias = normal_point(part);
    let percentile = |z: f64| {
        let moved = bias + z;
        let part = normal(bias + moved / (1.0 - acceleration * moved));
        drawn[position(part, drawn.len())]
    };
    Some((percentile(-Z_95), percentile(Z_95)))
}

/// The position of a percentile among so many sorted draws.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part between 0 and 1 of a number of draws"
)]
fn position(part: f64, draws: usize) -> usize {
    let position = (part * ratio(draws + 1)) as usize;
    position.clamp(1, draws) - 1
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn ratio(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A draw of so many pairs: both lists share a part, or none.
    fn world(
        numbers: &mut ChaCha8Rng,
        posts: usize,
        shared: i64,
    ) -> (Vec<i64>, Vec<i64>) {
        let pair = |_| {
            // Sums of uniform numbers are near enough to normal ones.
            let mut bell = || (0..6).map(|_| i64::from(below(numbers, 1000)) - 500).sum();
            let (common, one, other): (i64, i64, i64) = (bell(), bell(), bell());
            (common * shared + one, common * shared + other)
        };
        (0..posts).map(pair).unzip()
    }

    #[test]
    fn where_nothing_goes_together_p_values_are_uniform() {
        let mut numbers = ChaCha8Rng::seed_from_u64(5);
        let worlds = 300;
        let mut counts = [0; 4];
        for seed in 0..worlds {
            let (one, other) = world(&mut numbers, 15, 0);
            let (classes, sparse) = (Classes::new(&one), [Sparse::new(&other)]);
            let p_value = p_values(&classes, &sparse, 400, Streams { seed, topic: 0 })[0];
            let quarter = [0.25, 0.5, 0.75, 2.0].iter().position(|to| p_value <= *to);
            counts[quarter.unwrap()] += 1;
        }
        // 75 each are expected, with a standard deviation of 7.5.
        assert!(counts.iter().all(|count| (50..=100).contains(count)), "{counts:?}");
    }

    #[test]
    fn the_interval_holds_the_truth_nineteen_times_in_twenty() {
        let mut numbers = ChaCha8Rng::seed_from_u64(7);
        let (one, other) = world(&mut numbers, 20_000, 1);
        let truth = correlation(&one, &other).unwrap();
        assert!((truth - 0.48).abs() < 0.02, "{truth}");
        let worlds = 300;
        let mut held = 0;
        for seed in 0..worlds {
            let (one, other) = world(&mut numbers, 60, 1);
            let (classes, sparse) = (Classes::new(&one), [Sparse::new(&other)]);
            let sides = sides(&sparse);
            let found = spearman(&classes, &sides);
            let streams = Streams { seed, topic: 0 };
            let (low, high) =
                bounds(&classes, (&sparse, &sides), &found, 1000, streams)[0].unwrap();
            held += u32::from(low <= truth && truth <= high);
        }
        // 285 are expected, with a standard deviation of 3.8.
        assert!((270..=297).contains(&held), "{held}");
    }

    #[test]
    fn any_number_of_threads_draws_the_same() {
        let mut numbers = ChaCha8Rng::seed_from_u64(9);
        let (one, other) = world(&mut numbers, 50, 1);
        let (_, another) = world(&mut numbers, 50, 0);
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let others = [other.clone(), another.clone()];
            pool.unwrap().install(|| associations(&one, &others, 1, 0))
        };
        let found = run(1);
        assert_eq!(found, run(3));
        let (low, high) = found[0].unwrap().bounds.unwrap();
        let rho = found[0].unwrap().rho;
        assert!(low < rho && rho < high);
        assert!(found[0].unwrap().p_value < 0.01);
        // What is asked beside it changes nothing.
        assert_eq!(associations(&one, &[other], 1, 0)[0], found[0]);
    }

    #[test]
    fn many_draws_end_where_the_limit_is() {
        let mut numbers = ChaCha8Rng::seed_from_u64(11);
        for shared in [0, 1] {
            let (one, mut other) = world(&mut numbers, 3_000, shared);
            // Most posts earn nothing.
            let mut order = other.clone();
            order.sort_unstable();
            let least = order[2_400];
            other.iter_mut().filter(|value| **value < least).for_each(|value| *value = 0);
            let (classes, sparse) = (Classes::new(&one), [Sparse::new(&other)]);
            assert!(MANY_VARIED <= sparse[0].others.len());
            let limit = in_the_limit(&classes, &sparse)[0].unwrap();
            let drawn =
                drawn(&classes, &sparse, Streams { seed: 3, topic: 0 })[0].unwrap();
            assert!((limit.p_value - drawn.p_value).abs() < 0.015, "{limit:?} {drawn:?}");
            let (ends, expected) = (limit.bounds.unwrap(), drawn.bounds.unwrap());
            let width = expected.1 - expected.0;
            for (end, expected) in [(ends.0, expected.0), (ends.1, expected.1)] {
                assert!((end - expected).abs() < 0.1 * width, "{limit:?} {drawn:?}");
            }
        }
    }

    #[test]
    fn a_list_that_never_changes_goes_together_with_nothing() {
        let one: Vec<i64> = (0..20).collect();
        assert_eq!(associations(&one, &[vec![0; 20]], 1, 0), [None]);
    }
}
