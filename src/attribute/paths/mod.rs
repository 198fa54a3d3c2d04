//! Paths of channels, and what the channels of all paths together are worth.
//!
//! A path is the channels of a journey in order, with how many such journeys converted,
//! what they were worth, and how many did not convert.

mod chain;
mod eliminate;
mod encoded;
mod markov;
mod rate;
mod sets;
mod sweep;

use super::{Channel, Options};

pub use chain::{Step, Transition, transitions};
pub use encoded::{Block, Path, Paths};

/// What each channel is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelShares {
    /// By channel: its part of all conversions and all value; the parts add up to 1, or
    /// all are 0 where nothing converted.
    pub shares: Vec<f64>,
    /// By channel, in a Markov chain: the part of conversions that would be lost without it.
    pub removal_effects: Option<Vec<f64>>,
    /// By channel, where the shares are drawn: the standard errors of the shares.
    pub standard_errors: Option<Vec<f64>>,
    /// By channel, where value is not shared as conversions are: its own. Parts of all value
    /// would not tell it, for refunds may make all of it 0.
    pub values: Option<Vec<f64>>,
}

impl ChannelShares {
    /// Shares in proportion to these amounts, which may be of either sign.
    fn in_proportion(amounts: &[f64]) -> Self {
        Self {
            shares: proportions(amounts),
            removal_effects: None,
            standard_errors: None,
            values: None,
        }
    }
}

/// Amounts as parts of their sum; all 0 where that is 0.
fn proportions(amounts: &[f64]) -> Vec<f64> {
    let total: f64 = amounts.iter().sum();
    let part = |amount: &f64| if total == 0.0 { 0.0 } else { amount / total };
    amounts.iter().map(part).collect()
}

/// Credits the channels of all paths as wholes.
pub type ByChannel = fn(&Paths, &Options) -> Result<ChannelShares, PathsError>;

/// Paths that a model cannot be fitted to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathsError {
    /// The chain is too large to solve.
    #[error(
        "order {order} makes {states} states of these journeys, and a chain that loops this \
         long is solved up to {limit}; use a lower order"
    )]
    TooManyStates {
        /// The order.
        order: usize,
        /// How many states there are.
        states: usize,
        /// How many there may be.
        limit: usize,
    },
}

/// Removal effects in a Markov chain of the paths, of `options.order`.
pub fn markov(paths: &Paths, options: &Options) -> Result<ChannelShares, PathsError> {
    let effects = markov::removal_effects(paths, options.order)?;
    let mut shares = ChannelShares::in_proportion(&effects);
    shares.removal_effects = Some(effects);
    Ok(shares)
}

/// Shapley values of the conversions whose channels all lie in a coalition: a journey is
/// shared equally by its distinct channels.
pub fn shapley(paths: &Paths, _: &Options) -> Result<ChannelShares, PathsError> {
    let (conversions, value) = sets::shared_equally(paths);
    let mut shares = ChannelShares::in_proportion(&conversions);
    shares.values = Some(value);
    Ok(shares)
}

/// Shapley values of the conversion rate of the journeys whose channels all lie in a
/// coalition: exact to 20 channels, by random permutations above.
pub fn shapley_rate(
    paths: &Paths,
    options: &Options,
) -> Result<ChannelShares, PathsError> {
    Ok(rate::shares(paths, options.seed))
}

#[cfg(test)]
mod tests;
