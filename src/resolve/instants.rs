//! Which posts appeared near an instant.

use crate::domain::AliasBasis;

/// Two names of one post are at most this far apart.
const MOST_APART_MS: i64 = 5_000;

/// How far a post is from an instant in milliseconds, the post, and what tells its instant.
pub(super) type Near = (i64, usize, AliasBasis);

/// When a post appeared in milliseconds, the post, and what tells it.
type Appeared = (i64, usize, AliasBasis);

/// Posts by their instants: of each instant the first two alone, as no more are
/// ever asked for.
#[derive(Debug, Default)]
pub(super) struct Instants(Vec<Appeared>);

impl Instants {
    /// Sorts posts by their instants in milliseconds.
    pub(super) fn new(mut all: Vec<Appeared>) -> Self {
        all.sort_unstable();
        all.dedup_by_key(|(at, post, _)| (*at, *post));
        let mut before = [None; 2];
        all.retain(|(at, ..)| {
            let is_third = before == [Some(*at); 2];
            before = [before[1], Some(*at)];
            !is_third
        });
        all.shrink_to_fit();
        Self(all)
    }

    /// The two posts nearest to an instant, the nearest first; fewer where fewer are in reach.
    pub(super) fn nearest(&self, instant: i64) -> Vec<Near> {
        let first = |ms: i64| self.0.partition_point(|(at, ..)| *at < ms);
        let from = first(instant - MOST_APART_MS);
        let reach = &self.0[from..first(instant + MOST_APART_MS + 1)];
        if reach.is_empty() {
            return Vec::new();
        }
        let (before, after) = reach.split_at(first(instant) - from);
        let is_same = |one: &Appeared, other: &Appeared| one.0 == other.0;
        let before = two_of(before.chunk_by(is_same).rev(), instant);
        first_two([before, two_of(after.chunk_by(is_same), instant)].concat())
    }
}

/// The two nearest of several posts, each once.
pub(super) fn first_two(mut near: Vec<Near>) -> Vec<Near> {
    near.sort_unstable();
    let first = near.first().map(|(_, post, _)| *post);
    let second = near.iter().position(|(_, post, _)| Some(*post) != first);
    if let Some(second) = second {
        near.swap(1, second);
        near.truncate(2);
    } else {
        near.truncate(1);
    }
    near
}

/// Walks away from an instant until two posts are met.
fn two_of<'a>(groups: impl Iterator<Item = &'a [Appeared]>, instant: i64) -> Vec<Near> {
    let mut met: Vec<Near> = Vec::new();
    for group in groups {
        for (at, post, basis) in group {
            if met.iter().all(|(_, one, _)| one != post) {
                met.push(((at - instant).abs(), *post, *basis));
            }
        }
        if 2 <= met.len() {
            break;
        }
    }
    met
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// All posts in reach, the nearest first, each once.
    fn all_in_reach(all: &[(i64, usize, AliasBasis)], instant: i64) -> Vec<Near> {
        let mut near: Vec<Near> = all
            .iter()
            .map(|(at, post, basis)| ((at - instant).abs(), *post, *basis))
            .filter(|(apart, ..)| *apart <= MOST_APART_MS)
            .collect();
        near.sort_unstable();
        let mut seen = BTreeSet::new();
        near.retain(|(_, post, _)| seen.insert(*post));
        near
    }

    proptest! {
        #[test]
        fn the_two_nearest_are_the_first_of_all_in_reach(
            all in prop::collection::vec((0_i64..12, 0_usize..5, any::<bool>()), 0..20),
            instant in 0_i64..12,
            unit in prop::sample::select(vec![1_i64, 1_000, 2_500]),
        ) {
            let basis = |is_stated| {
                if is_stated { AliasBasis::StatedDate } else { AliasBasis::Instant }
            };
            let all: Vec<_> = all
                .into_iter()
                .map(|(at, post, is_stated)| (at * unit, post, basis(is_stated)))
                .collect();
            let mut expected = all_in_reach(&all, instant * unit);
            expected.truncate(2);
            let (even, odd): (Vec<_>, Vec<_>) =
                all.iter().copied().partition(|(_, post, _)| post % 2 == 0);
            let of_parts = [even, odd].map(|part| Instants::new(part).nearest(instant * unit));
            prop_assert_eq!(&first_two(of_parts.concat()), &expected);
            prop_assert_eq!(Instants::new(all).nearest(instant * unit), expected);
        }
    }
}
