//! Journeys become credits, in parallel.
//!
//! A model gives each touch of a journey a weight and never sees money; what a deal is
//! worth is then split by those weights exactly.

mod crediting;
mod credits;
mod evidence;
pub mod incremental;
mod learning;
mod models;
mod options;
pub mod paths;

use rayon::prelude::*;

use crate::{
    domain::{DealSummary, TouchKind},
    link::{Journey, JourneyTouch},
};

pub use crediting::Crediting;
pub use credits::{Credits, ModelCredits, Parts, PartsRow, of_owner};
pub use evidence::{ByEvidence, EvidenceCredits, shares};
pub use learning::{Channel, Channels, Learning, null_paths};
pub use models::MODELS;
pub use options::{Custom, KindWeights, Options};
pub use paths::{Block, ByChannel, ChannelShares, Path, Paths, PathsError};

/// An attribution model: a file under `models` and a line in its list.
#[derive(Debug)]
pub struct Model {
    /// The name, as on the command line and in the tables.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// What it reads of a journey beyond the order of its touches.
    pub needs: Needs,
    /// Credits the channels of paths as wholes, where the model is about channels.
    pub by_channel: Option<ByChannel>,
    /// Learns from all journeys what it needs, and gives the weights of one.
    pub fit: for<'a> fn(&'a Learning<'a>) -> Weigh<'a>,
}

/// What a model reads of a journey beyond the order of its touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: the order of touches is enough.
    Order,
    /// The kinds of touches.
    Kinds,
    /// When each touch was.
    Times,
    /// When leads and deals were created.
    Milestones,
}

/// Gives the touches of a journey their weights: finite, none negative.
pub type Weigh<'a> = Box<dyn Fn(&Journey) -> Vec<f64> + Send + Sync + 'a>;

/// A model that could not be fitted: its touches count alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfitted {
    /// The model's name.
    pub model: &'static str,
    /// Why not.
    pub reason: PathsError,
}

/// The models of a list of names; all of them for `all`.
pub fn models(names: &[String]) -> Result<Vec<&'static Model>, UnknownModel> {
    if names.iter().any(|name| name == "all") {
        return Ok(MODELS.to_vec());
    }
    let mut found: Vec<&'static Model> = Vec::new();
    for name in names {
        let model = MODELS.iter().find(|model| model.name == name);
        let model = model.ok_or_else(|| UnknownModel { name: name.clone() })?;
        if !found.iter().any(|known| known.name == model.name) {
            found.push(model);
        }
    }
    Ok(found)
}

/// There is no model of this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no model \"{name}\"")]
pub struct UnknownModel {
    /// The name that was asked for.
    pub name: String,
}

/// Whether a model learns from all journeys what each of them is worth.
pub fn learns(model: &str) -> bool {
    let mut own = MODELS.iter().filter(|one| one.name == model);
    model == incremental::NAME || own.any(|one| one.by_channel.is_some())
}

/// The journeys that are credited, and those that models learn from besides.
#[derive(Clone, Copy, Debug)]
pub struct Cases<'a> {
    /// The channel of each touch.
    pub channels: &'a Channels,
    /// The journeys of leads.
    pub lead_journeys: &'a [Journey],
    /// The paths of persons who became no lead.
    pub lead_nulls: &'a Block,
    /// The journeys of deals.
    pub deal_journeys: &'a [Journey],
    /// The paths of leads that have no won deal.
    pub deal_nulls: &'a Block,
    /// The deals.
    pub deals: &'a [DealSummary],
    /// What every model's weights are multiplied by, by the kind of touch.
    pub kinds: &'a KindWeights,
}

/// Credits leads and deals under each model, and tells which could not be fitted. The results
/// stand in the order of models, then of journeys, whatever the number of threads.
pub fn credits(
    models: &[&'static Model],
    options: &Options,
    cases: &Cases<'_>,
) -> (Credits, Vec<Unfitted>) {
    let learning = |journeys, nulls| {
        Learning::new(cases.channels, journeys, nulls, cases.deals, options)
    };
    let of_leads = learning(cases.lead_journeys, cases.lead_nulls);
    let of_deals = learning(cases.deal_journeys, cases.deal_nulls);
    let mut unfitted = Vec::new();
    let weighs: (Vec<_>, Vec<_>) = models
        .iter()
        .map(|model| {
            let weigh_lead = fit(model, &of_leads, &mut unfitted);
            (weigh_lead, fit(model, &of_deals, &mut unfitted))
        })
        .unzip();
    let mut parts = credits_of(models, &weighs.0, cases.lead_journeys, cases);
    parts.extend(credits_of(models, &weighs.1, cases.deal_journeys, cases));
    let mut all = Credits::none(models.iter().map(|model| model.name));
    all.append(parts);
    (all, unfitted)
}

/// Journeys that one thread credits at once, under all models.
const AT_ONCE: usize = 512;

/// By part of the journeys, in their order: what the models give to posts.
fn credits_of(
    models: &[&'static Model],
    weighs: &[Weigh<'_>],
    journeys: &[Journey],
    cases: &Cases<'_>,
) -> Vec<Credits> {
    let credited = |journeys: &[Journey]| {
        let mut credits = Credits::none(models.iter().map(|model| model.name));
        for journey in journeys {
            let crediting = Crediting::new(journey, cases.kinds);
            crediting.add(weighs, cases.deals, &mut credits);
        }
        credits
    };
    journeys.par_chunks(AT_ONCE).map(credited).collect()
}

/// How a model weighs; one that cannot be fitted is noted.
fn fit<'a>(
    model: &'static Model,
    learning: &'a Learning<'a>,
    unfitted: &mut Vec<Unfitted>,
) -> Weigh<'a> {
    let shares = channel_shares(model, learning, unfitted);
    weigh(model, learning, shares)
}

/// What a model learns of each channel, where that is all that it learns; one that cannot be
/// fitted is noted once.
pub fn channel_shares(
    model: &'static Model,
    learning: &Learning<'_>,
    unfitted: &mut Vec<Unfitted>,
) -> Option<Vec<f64>> {
    let (shares, fault) = models::fitted(learning, model.by_channel?);
    if let Some(reason) = fault
        && !unfitted.iter().any(|known| known.model == model.name)
    {
        unfitted.push(Unfitted { model: model.name, reason });
    }
    Some(shares)
}

/// How a model weighs, with what was learned of each channel elsewhere.
pub fn weigh<'a>(
    model: &Model,
    learning: &'a Learning<'a>,
    channel_shares: Option<Vec<f64>>,
) -> Weigh<'a> {
    match channel_shares {
        Some(shares) => models::weigh_channels(learning.channels, shares),
        None => (model.fit)(learning),
    }
}

/// The positions of the touches that are no reaction.
fn without_reactions(touches: &[JourneyTouch]) -> impl DoubleEndedIterator<Item = usize> {
    let is_kept = |(_, touch): &(usize, &JourneyTouch)| touch.kind != TouchKind::Reaction;
    touches.iter().enumerate().filter(is_kept).map(|(position, _)| position)
}

#[cfg(test)]
mod tests;
