//! What models can be told.

use std::fmt;

use crate::domain::{TouchKind, Word};

/// What models can be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Days after which a touch counts half as much.
    pub half_life_days: f64,
    /// How many channels of a path a Markov model remembers; at least 1.
    pub order: usize,
    /// What draws of random permutations start from.
    pub seed: u64,
    /// The weights of the custom model.
    pub custom: Custom,
}

impl Default for Options {
    fn default() -> Self {
        Self { half_life_days: 7.0, order: 1, seed: 0, custom: Custom::default() }
    }
}

/// The weights of the custom model; none may be negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Custom {
    /// Of the first touch.
    pub first: f64,
    /// Shared by the touches between.
    pub middle: f64,
    /// Of the last touch.
    pub last: f64,
    /// What these are multiplied by, by the kind of touch.
    pub kinds: KindWeights,
}

impl Default for Custom {
    fn default() -> Self {
        Self { first: 1.0, middle: 1.0, last: 1.0, kinds: KindWeights::default() }
    }
}

/// A weight for each kind of touch; 1 unless set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KindWeights([f64; TouchKind::WORDS.len()]);

impl Default for KindWeights {
    fn default() -> Self {
        Self([1.0; TouchKind::WORDS.len()])
    }
}

impl KindWeights {
    /// The weight of a kind.
    pub fn get(&self, kind: TouchKind) -> f64 {
        self.0[position(kind)]
    }

    /// Gives a kind its weight.
    pub fn set(&mut self, kind: TouchKind, weight: f64) {
        self.0[position(kind)] = weight;
    }
}

/// The kinds whose weight is not 1, each with it.
impl fmt::Display for KindWeights {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = TouchKind::WORDS.iter().map(|(kind, word)| (self.get(*kind), word));
        let own = own.filter(|(weight, _)| weight.total_cmp(&1.0).is_ne());
        let told: Vec<_> = own.map(|(weight, word)| format!("{word} {weight}")).collect();
        formatter.write_str(&told.join(", "))
    }
}

fn position(kind: TouchKind) -> usize {
    let at = TouchKind::WORDS.iter().position(|(known, _)| *known == kind);
    at.expect("every kind has a word")
}
