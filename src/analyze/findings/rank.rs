//! Ranks and their correlation, in whole numbers: twice the average rank less twice the
//! mean rank, so that ties cost no fraction.

/// A list of values as numbered classes of equals, in ascending order: with them the ranks
/// of any draw are counted and never sorted.
#[derive(Debug)]
pub(in crate::analyze) struct Classes {
    /// By value: its class.
    pub(super) of: Vec<u32>,
    /// How many classes there are.
    pub(super) count: usize,
}

impl Classes {
    /// Numbers the classes.
    pub(in crate::analyze) fn new(values: &[i64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let class = |value: &i64| {
            let at = sorted.partition_point(|other| other < value);
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        Self { of: values.iter().map(class).collect(), count: sorted.len() }
    }

    /// The class of most values; the lowest of equals. Most posts earn nothing.
    fn most_common(&self) -> u32 {
        let most = (0_u32..)
            .zip(self.tally().sizes)
            .max_by_key(|(class, size)| (*size, std::cmp::Reverse(*class)));
        most.map_or(0, |(class, _)| class)
    }

    /// How many values are not the most common one.
    pub(super) fn varied(&self) -> usize {
        let base = self.most_common();
        self.of.iter().filter(|class| **class != base).count()
    }

    /// How many values each class has.
    fn tally(&self) -> Tally {
        let mut tally = Tally::new(self.count);
        for class in &self.of {
            tally.sizes[*class as usize] += 1;
        }
        tally
    }

    /// The ranks of the values themselves.
    pub(super) fn ranks(&self) -> Vec<f64> {
        let mut tally = self.tally();
        tally.rank(self.of.len());
        self.of.iter().map(|class| real(tally.ranks[*class as usize])).collect()
    }
}

/// A list as the values that are not the most common one: most of a list of credits is 0,
/// and sums over it need look at the others alone.
#[derive(Debug)]
pub(super) struct Sparse {
    /// Position and class.
    pub(super) others: Vec<(u32, u32)>,
    base: u32,
    count: usize,
}

impl Sparse {
    /// Sets the most common value apart.
    pub(super) fn new(values: &[i64]) -> Self {
        let classes = Classes::new(values);
        let base = classes.most_common();
        let others =
            (0_u32..).zip(classes.of).filter(|(_, class)| *class != base).collect();
        Self { others, base, count: classes.count }
    }

    /// How many of so many values each class has.
    fn tally(&self, length: usize) -> Tally {
        let mut tally = Tally::new(self.count);
        for (_, class) in &self.others {
            tally.sizes[*class as usize] += 1;
        }
        tally.sizes[self.base as usize] =
            u32::try_from(length - self.others.len()).unwrap_or(u32::MAX);
        tally
    }

    /// Positions with their ranks above that of the most common value: the products with
    /// any ranks of mean 0 add up to what all ranks would.
    pub(super) fn lifted(&self, length: usize) -> Vec<(u32, f64)> {
        let mut tally = self.tally(length);
        tally.rank(length);
        let base = tally.ranks[self.base as usize];
        let lift = |class: u32| real(tally.ranks[class as usize] - base);
        self.others.iter().map(|(at, class)| (*at, lift(*class))).collect()
    }
}

/// Sizes and ranks of classes, kept between draws.
#[derive(Debug)]
struct Tally {
    sizes: Vec<u32>,
    ranks: Vec<i64>,
}

impl Tally {
    fn new(count: usize) -> Self {
        Self { sizes: vec![0; count], ranks: vec![0; count] }
    }

    /// Ranks the classes of so many values; gives the sum of the squared ranks.
    fn rank(&mut self, values: usize) -> i128 {
        let mut squares = 0;
        let mut rank = -i64::try_from(values).unwrap_or(i64::MAX);
        for (size, own) in self.sizes.iter().zip(&mut self.ranks) {
            // Twice the average rank is twice those below, plus the size, plus 1; twice the
            // mean rank is the number of values plus 1.
            let size = i64::from(*size);
            *own = rank + size;
            rank += 2 * size;
            squares += i128::from(size * *own) * i128::from(*own);
        }
        squares
    }
}

/// The values of a list on one side of its most common one: their positions, class by class
/// from the outermost, whose ranks are known as soon as those further out are counted.
#[derive(Debug)]
struct Side {
    positions: Vec<u32>,
    /// By class: where its positions end.
    ends: Vec<usize>,
}

impl Side {
    /// Puts positions in the order of their classes, which `key` counts from outside.
    fn new(mut others: Vec<(u32, u32)>, key: impl Fn(u32) -> u32) -> Self {
        others.sort_unstable_by_key(|(at, class)| (key(*class), *at));
        let mut ends = Vec::new();
        for class in others.chunk_by(|one, other| one.1 == other.1) {
            ends.push(ends.last().unwrap_or(&0) + class.len());
        }
        Self { positions: others.into_iter().map(|(at, _)| at).collect(), ends }
    }

    /// The sums over the values of this side, of so many of both: ranks are counted from
    /// its own end.
    fn sums(&self, values: usize, drawn: &[Drawn]) -> Sums {
        let mut all = Sums::default();
        let mut rank = -i64::try_from(values).unwrap_or(i64::MAX);
        let mut from = 0;
        for end in &self.ends {
            let mut class = Drawn::default();
            for at in &self.positions[from..*end] {
                class.add(drawn[*at as usize]);
            }
            from = *end;
            let own = rank + class.weight;
            rank += 2 * class.weight;
            all.drawn.add(class);
            all.products += i128::from(class.weighted) * i128::from(own);
            all.squares += i128::from(class.weight * own) * i128::from(own);
        }
        all
    }
}

/// Sums over one side of a list.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    drawn: Drawn,
    /// Of the products of the ranks of both lists.
    products: i128,
    squares: i128,
}

/// How often a position or a class is drawn.
#[derive(Clone, Copy, Debug, Default)]
struct Drawn {
    weight: i64,
    /// The rank in the one list, as often as it is drawn.
    weighted: i64,
}

impl Drawn {
    fn add(&mut self, other: Self) {
        self.weight += other.weight;
        self.weighted += other.weighted;
    }
}

/// A list in the order of its values: what is less than the most common one, and what is more.
#[derive(Debug)]
pub(super) struct Sides {
    less: Side,
    more: Side,
}

impl Sides {
    /// Sorts a list.
    pub(super) fn new(list: &Sparse) -> Self {
        let (less, more) = list.others.iter().partition(|(_, class)| *class < list.base);
        Self {
            less: Side::new(less, |class| class),
            more: Side::new(more, |class| u32::MAX - class),
        }
    }
}

/// Correlates one list with several, however often each position is drawn.
#[derive(Debug)]
pub(super) struct Correlator<'a> {
    one: &'a Classes,
    others: &'a [Sides],
    tally: Tally,
    /// By position.
    drawn: Vec<Drawn>,
}

impl<'a> Correlator<'a> {
    /// Makes room.
    pub(super) fn new(one: &'a Classes, others: &'a [Sides]) -> Self {
        let drawn = Vec::with_capacity(one.of.len());
        Self { one, others, tally: Tally::new(one.count), drawn }
    }

    /// Calls `each` with Spearman's ρ of the first list and every other, each position
    /// counted as often as its weight says; none where a list is constant.
    pub(super) fn each(&mut self, weights: &[u32], mut each: impl FnMut(Option<f64>)) {
        let values: usize = weights.iter().map(|weight| *weight as usize).sum();
        self.tally.sizes.fill(0);
        for (class, weight) in self.one.of.iter().zip(weights) {
            self.tally.sizes[*class as usize] += weight;
        }
        let squares = self.tally.rank(values);
        let ranks = &self.tally.ranks;
        let drawn = |(class, weight): (&u32, &u32)| {
            let weight = i64::from(*weight);
            Drawn { weight, weighted: weight * ranks[*class as usize] }
        };
        self.drawn.clear();
        self.drawn.extend(self.one.of.iter().zip(weights).map(drawn));
        for Sides { less, more } in self.others {
            let (less, more) =
                (less.sums(values, &self.drawn), more.sums(values, &self.drawn));
            // All that is on neither side is of the most common value, and what its ranks
            // are multiplied with is what the others leave of a sum of 0.
            let values = i64::try_from(values).unwrap_or(i64::MAX);
            let size = values - less.drawn.weight - more.drawn.weight;
            let rank = less.drawn.weight - more.drawn.weight;
            let rest = i128::from(less.drawn.weighted + more.drawn.weighted);
            let products = less.products - more.products - rest * i128::from(rank);
            let other_squares =
                less.squares + more.squares + i128::from(size * rank) * i128::from(rank);
            each(rho(products, squares, other_squares));
        }
    }
}

/// Adds up products of ranks: of less than ten million values, a thousand of them fit into 64
/// bits, which are added up faster.
fn sum_of(pairs: &[(u32, u32)], product: impl Fn(&(u32, u32)) -> i64 + Copy) -> i128 {
    pairs.chunks(1000).map(|some| i128::from(some.iter().map(product).sum::<i64>())).sum()
}

/// A rank as a number that is added up fast.
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn real(rank: i64) -> f64 {
    rank as f64
}

/// Spearman's ρ from sums of products and squares.
#[expect(clippy::cast_precision_loss, reason = "a ratio needs 53 bits and no more")]
fn rho(products: i128, squares: i128, other_squares: i128) -> Option<f64> {
    let scale = (squares as f64).sqrt() * (other_squares as f64).sqrt();
    (0.0 < scale).then(|| (products as f64 / scale).clamp(-1.0, 1.0))
}

/// Spearman's ρ of a list and several others.
pub(super) fn spearman(one: &Classes, others: &[Sides]) -> Vec<Option<f64>> {
    let mut found = Vec::with_capacity(others.len());
    Correlator::new(one, others).each(&vec![1; one.of.len()], |rho| found.push(rho));
    found
}

/// Spearman's ρ of two lists without one group of positions after the other; of three groups,
/// each has every third position.
pub(super) fn without_groups(
    one: &Classes,
    other: &Sparse,
    groups: usize,
) -> Vec<Option<f64>> {
    let (all, all_others) = (one.tally(), other.tally(one.of.len()));
    // The classes of both lists where the other varies, and by group the same.
    let mut pairs = Vec::with_capacity(other.others.len());
    let mut by_group = vec![Vec::new(); groups];
    for &(position, class) in &other.others {
        let pair = (one.of[position as usize], class);
        by_group[position as usize % groups].push(pair);
        pairs.push(pair);
    }
    let base = other.base as usize;
    let (mut tally, mut other_tally) = (Tally::new(one.count), Tally::new(other.count));
    let without = |(group, left_out): (usize, &Vec<(u32, u32)>)| {
        tally.sizes.copy_from_slice(&all.sizes);
        other_tally.sizes.copy_from_slice(&all_others.sizes);
        let mut values = one.of.len();
        for class in one.of[group..].iter().step_by(groups) {
            tally.sizes[*class as usize] -= 1;
            values -= 1;
        }
        for (_, class) in left_out {
            other_tally.sizes[*class as usize] -= 1;
        }
        let of_base = values - (pairs.len() - left_out.len());
        other_tally.sizes[base] = u32::try_from(of_base).unwrap_or(u32::MAX);
        let (squares, other_squares) = (tally.rank(values), other_tally.rank(values));
        let (ranks, other_ranks) = (&tally.ranks[..], &other_tally.ranks[..]);
        let base_rank = other_ranks[base];
        let product = |&(class, other): &(u32, u32)| {
            ranks[class as usize] * (other_ranks[other as usize] - base_rank)
        };
        let products = sum_of(&pairs, product) - sum_of(left_out, product);
        rho(products, squares, other_squares)
    };
    by_group.iter().enumerate().map(without).collect()
}

/// Spearman's ρ of two lists at some positions; none where one is constant there.
pub(in crate::analyze) fn spearman_at(
    one: &Classes,
    other: &Classes,
    positions: &[u32],
) -> Option<f64> {
    let ranked = |classes: &Classes| {
        let mut tally = Tally::new(classes.count);
        for position in positions {
            tally.sizes[classes.of[*position as usize] as usize] += 1;
        }
        let squares = tally.rank(positions.len());
        (tally.ranks, squares)
    };
    let ((ranks, squares), (other_ranks, other_squares)) = (ranked(one), ranked(other));
    let product = |position: &u32| {
        let position = *position as usize;
        let other = other_ranks[other.of[position] as usize];
        i128::from(ranks[one.of[position] as usize] * other)
    };
    rho(positions.iter().map(product).sum(), squares, other_squares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rho_of(one: &[i64], other: &[i64]) -> Option<f64> {
        spearman(&Classes::new(one), &[Sides::new(&Sparse::new(other))])[0]
    }

    #[test]
    fn equals_share_their_average_rank() {
        // Ranks 1, 2.5, 2.5, 4 with the mean 2.5, doubled.
        assert_eq!(Classes::new(&[10, 20, 20, 30]).ranks(), [-3.0, 0.0, 0.0, 3.0]);
    }

    #[test]
    fn spearman_agrees_with_hand_values() {
        let check = |one: &[i64], other: &[i64], expected: f64| {
            let found = rho_of(one, other).unwrap();
            assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
        };
        check(&[1, 2, 3, 4, 5], &[10, 20, 30, 40, 50], 1.0);
        check(&[1, 2, 3, 4, 5], &[5, 4, 3, 2, 1], -1.0);
        // Without ties: 1 - 6 * 194 / (10 * 99), the hours of television and IQ.
        check(
            &[106, 100, 86, 101, 99, 103, 97, 113, 112, 110],
            &[7, 27, 2, 50, 28, 29, 20, 12, 6, 17],
            -29.0 / 165.0,
        );
        // With ties: ranks 1, 2.5, 2.5, 4 against 1.5, 1.5, 3, 4.
        check(&[1, 2, 2, 3], &[0, 0, 1, 2], 3.75 / 4.5);
        // The most common value neither the least nor the greatest.
        check(&[1, 2, 3, 4], &[0, 1, 1, 2], 4.5 / (5.0_f64 * 4.5).sqrt());
    }

    #[test]
    fn a_constant_list_has_no_correlation() {
        assert_eq!(rho_of(&[1, 1, 1], &[1, 2, 3]), None);
        assert_eq!(rho_of(&[1, 2, 3], &[4, 4, 4]), None);
    }

    #[test]
    fn what_is_left_out_is_as_if_it_had_never_been_there() {
        let one = [3, 1, 2, 2, 9, 4, 4, 0, 1, 7, 7];
        let other = [0, 5, 0, 7, 5, 0, 2, 2, 0, 0, 9];
        let (classes, sparse) = (Classes::new(&one), Sparse::new(&other));
        for (group, found) in without_groups(&classes, &sparse, 4).into_iter().enumerate()
        {
            let others = |list: &[i64]| -> Vec<i64> {
                let kept = list.iter().enumerate().filter(|(at, _)| at % 4 != group);
                kept.map(|(_, value)| *value).collect()
            };
            assert_eq!(found, rho_of(&others(&one), &others(&other)));
            assert!(found.is_some());
        }
    }

    #[test]
    fn a_weight_counts_as_often_as_the_value_listed_that_often() {
        let (one, other) = ([3, 1, 2, 2], [0, 5, 0, 7]);
        let (classes, other_sides) =
            (Classes::new(&one), [Sides::new(&Sparse::new(&other))]);
        let mut found = None;
        Correlator::new(&classes, &other_sides).each(&[2, 0, 1, 3], |rho| found = rho);
        assert_eq!(found, rho_of(&[3, 3, 2, 2, 2, 2], &[0, 0, 0, 7, 7, 7]));
        assert!(found.is_some());
    }
}
