//! The conversions and the value of journeys, shared out to their channels.

use rayon::prelude::*;

use super::{Chosen, Journeys, Row, Settings};
use crate::{
    attribute::{
        Block, Channels, Custom, KindWeights, Learning, Options, Path, PathsError,
    },
    domain::{LeadIndex, TouchKind},
    link::{Journey, JourneyTouch, Owner},
};

/// What each model credits to each channel: models in their order, channels by name.
pub fn attribute(
    journeys: &Journeys,
    settings: &Settings,
) -> Result<Vec<Row>, PathsError> {
    let by_rule: Vec<&Chosen> = settings
        .models
        .iter()
        .filter(|chosen| chosen.model.by_channel.is_none())
        .collect();
    let mut of_rules = shared_by_rules(journeys, &by_rule, &settings.options).into_iter();
    let mut rows = Vec::with_capacity(settings.models.len() * journeys.channels.len());
    for chosen in &settings.models {
        let model = chosen.name();
        let credits = match chosen.model.by_channel {
            None => of_rules.next().expect("each rule has its credits"),
            Some(fit) => {
                let options = Options { order: chosen.order, ..settings.options };
                by_shares(journeys, &fit(&journeys.paths, &options)?)
            }
        };
        rows.extend(journeys.channels.iter().zip(credits).map(|(channel, credit)| Row {
            model: model.clone(),
            channel: channel.clone(),
            // No part of less than 0 is 0 and not -0.
            conversions: credit.conversions + 0.0,
            value: credit.value + 0.0,
            standard_error: credit.standard_error,
        }));
    }
    Ok(rows)
}

#[derive(Clone, Copy, Debug, Default)]
struct Credit {
    conversions: f64,
    value: f64,
    standard_error: Option<f64>,
}

/// All conversions and all value in these shares.
fn by_shares(
    journeys: &Journeys,
    fitted: &crate::attribute::ChannelShares,
) -> Vec<Credit> {
    let values = fitted.values.as_ref();
    let errors = fitted.standard_errors.as_ref();
    (0..journeys.channels.len())
        .map(|channel| Credit {
            conversions: fitted.shares[channel] * journeys.conversions,
            value: values.map_or_else(
                || fitted.shares[channel] * journeys.value,
                |values| values[channel],
            ),
            standard_error: errors.map(|errors| errors[channel] * journeys.conversions),
        })
        .collect()
}

/// Paths longer than this are weighed one by one.
const LONGEST_KEPT: usize = 512;

/// Sums by rule and channel are made for so many groups of blocks, whatever the number of
/// threads, and then added up in order.
const GROUPS: usize = 16;

/// The credits of rule-based models: of a path in a file, all that a rule can see is how
/// long it is.
fn shared_by_rules(
    journeys: &Journeys,
    rules: &[&Chosen],
    options: &Options,
) -> Vec<Vec<Credit>> {
    let none = vec![Credit::default(); journeys.channels.len()];
    let mut credits = vec![none.clone(); rules.len()];
    if rules.is_empty() {
        return credits;
    }
    let blocks = journeys.paths.blocks();
    let groups: Vec<Vec<Vec<Credit>>> = blocks
        .par_chunks(blocks.len().div_ceil(GROUPS).max(1))
        .map(|blocks| of_blocks(blocks, rules, options, none.clone()))
        .collect();
    for group in groups {
        for (credits, more) in credits.iter_mut().zip(group) {
            for (credit, more) in credits.iter_mut().zip(more) {
                credit.conversions += more.conversions;
                credit.value += more.value;
            }
        }
    }
    credits
}

fn of_blocks(
    blocks: &[Block],
    rules: &[&Chosen],
    options: &Options,
    none: Vec<Credit>,
) -> Vec<Vec<Credit>> {
    let mut credits = vec![none; rules.len()];
    let channels = Channels::default();
    // Channels have no kinds.
    let custom = Custom { kinds: KindWeights::default(), ..options.custom };
    let options = Options { custom, ..*options };
    let learning = Learning::new(&channels, &[], &Block::default(), &[], &options);
    let rules: Vec<_> =
        rules.iter().map(|chosen| (chosen.model.fit)(&learning)).collect();
    let mut known: Vec<Vec<Option<Box<[f64]>>>> =
        vec![vec![None; LONGEST_KEPT + 1]; rules.len()];
    let weigh = |rule: usize, length: usize| weights(&journey(length), &rules[rule]);
    let mut each = |path: Path<'_>| {
        let length = path.channels.len();
        if length == 0 {
            return;
        }
        for (rule, credits) in credits.iter_mut().enumerate() {
            if LONGEST_KEPT < length {
                add(credits, &path, &weigh(rule, length));
            } else {
                let weights =
                    known[rule][length].get_or_insert_with(|| weigh(rule, length));
                add(credits, &path, weights);
            }
        }
    };
    for block in blocks {
        block.for_each(&mut each);
    }
    credits
}

fn add(credits: &mut [Credit], path: &Path<'_>, weights: &[f64]) {
    for (channel, weight) in path.channels.iter().zip(weights) {
        // Most rules leave most touches without credit.
        if *weight != 0.0 {
            let credit = &mut credits[*channel as usize];
            credit.conversions += path.conversions * weight;
            credit.value += path.value * weight;
        }
    }
}

/// Weights that add up to 1; alike if all are 0.
fn weights(journey: &Journey, weigh: &crate::attribute::Weigh<'_>) -> Box<[f64]> {
    let mut weights = weigh(journey);
    let total: f64 = weights.iter().sum();
    if total == 0.0 {
        weights.fill(1.0);
    }
    let total: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / total).collect()
}

/// A journey of so many touches, one a day, of a kind that no rule treats apart.
#[expect(clippy::cast_precision_loss, reason = "a path has fewer than 2^52 channels")]
fn journey(length: usize) -> Journey {
    let touch = |days: usize| JourneyTouch {
        post: None,
        kind: TouchKind::TrackedLink,
        days_before: days as f64,
    };
    Journey {
        owner: Owner::Lead(LeadIndex::new(0)),
        touches: (0..length).rev().map(touch).collect(),
        milestones: None,
    }
}
