//! Sets that grow together.

/// Disjoint sets of `0..len`.
#[derive(Clone, Debug)]
pub(super) struct UnionFind {
    parents: Vec<u32>,
}

impl UnionFind {
    pub(super) fn new(len: usize) -> Self {
        Self {
            parents: (0..u32::try_from(len).expect("fewer than 2^32 identities"))
                .collect(),
        }
    }

    /// The set's own element: its smallest.
    pub(super) fn find(&mut self, element: u32) -> u32 {
        let mut root = element;
        while self.parents[root as usize] != root {
            root = self.parents[root as usize];
        }
        let mut at = element;
        while self.parents[at as usize] != root {
            at = std::mem::replace(&mut self.parents[at as usize], root);
        }
        root
    }

    /// By element: its set.
    pub(super) fn all(&mut self) -> Vec<u32> {
        (0_u32..).take(self.parents.len()).map(|at| self.find(at)).collect()
    }

    /// Makes two sets one.
    pub(super) fn union(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        let (low, high) = (one.min(other), one.max(other));
        self.parents[high as usize] = low;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sets_do_not_depend_on_the_order_of_unions(
            pairs in prop::collection::vec((0_u32..30, 0_u32..30), 0..40),
        ) {
            let roots = |pairs: &[(u32, u32)]| -> Vec<u32> {
                let mut sets = UnionFind::new(30);
                for (one, other) in pairs {
                    sets.union(*one, *other);
                }
                (0..30).map(|element| sets.find(element)).collect()
            };
            let mut reversed = pairs.clone();
            reversed.reverse();
            prop_assert_eq!(roots(&pairs), roots(&reversed));
            for (one, other) in &pairs {
                let roots = roots(&pairs);
                prop_assert_eq!(roots[*one as usize], roots[*other as usize]);
            }
        }
    }
}
