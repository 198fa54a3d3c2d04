//! What decided: the features that spoke most for a theme, in words.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::{
    features::Origin,
    lexicon::Lexicon,
    model::{Part, Scores, THEMES},
    words::{Kind, Reading},
};

/// So many reasons are named.
const NAMED: usize = 5;

/// The reasons for a theme, most weighty first.
pub(super) fn reasons(
    theme: usize,
    parts: &[Part],
    reading: &Reading,
    lexicon: &Lexicon,
) -> Vec<String> {
    let mut origins: Vec<(Origin, f64)> =
        parts.iter().map(|part| (part.origin, favor(theme, &part.scores()))).collect();
    origins.sort_by_key(|(origin, _)| *origin);
    let mut told: Vec<(u64, Origin, f64)> = origins
        .chunk_by(|one, next| one.0 == next.0)
        .map(|same| {
            (sameness(same[0].0, reading), same[0].0, sum(same.iter().map(|one| one.1)))
        })
        .collect();
    // Words that stand in several places are one reason.
    told.sort_unstable_by_key(|(sameness, origin, _)| (*sameness, *origin));
    let mut weights: Vec<(Origin, f64)> = told
        .chunk_by(|one, next| one.0 == next.0)
        .map(|same| (same[0].1, sum(same.iter().map(|one| one.2))))
        .filter(|(_, weight)| 0.0 < *weight)
        .collect();
    weights.sort_unstable_by(|left, right| right.1.total_cmp(&left.1));
    let least = weights.get(NAMED - 1).map_or(0.0, |(_, weight)| *weight);
    let mut named: Vec<(f64, String)> = weights
        .into_iter()
        .take_while(|(_, weight)| least <= *weight)
        .map(|(origin, weight)| (weight, said(origin, reading, lexicon)))
        .collect();
    named.sort_by(|left, right| {
        right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1))
    });
    named.into_iter().take(NAMED).map(|(_, reason)| reason).collect()
}

fn sum(weights: impl Iterator<Item = f64>) -> f64 {
    weights.fold(0.0, |sum, weight| sum + weight)
}

/// A number that is the same for origins of which the same is said.
fn sameness(origin: Origin, reading: &Reading) -> u64 {
    let mut hasher = FxHasher::default();
    match origin {
        Origin::Trait(name) => name.hash(&mut hasher),
        Origin::Tokens(start, end) => {
            words(start, end, reading).for_each(|word| word.hash(&mut hasher));
        }
        Origin::Class(class, start, end) => {
            class.hash(&mut hasher);
            words(start, end, reading).for_each(|word| word.hash(&mut hasher));
        }
    }
    hasher.finish()
}

/// What a feature adds to a theme beyond what it adds to the others on average.
fn favor(theme: usize, part: &Scores) -> f64 {
    let others = part.iter().sum::<f64>() - part[theme];
    let count = f64::from(u32::try_from(THEMES.len() - 1).unwrap_or(u32::MAX));
    part[theme] - others / count
}

fn said(origin: Origin, reading: &Reading, lexicon: &Lexicon) -> String {
    match origin {
        Origin::Trait(name) => name.to_owned(),
        Origin::Tokens(start, end) => format!("\"{}\"", quoted(start, end, reading)),
        Origin::Class(class, start, end) => {
            let class = lexicon.name(class).replace('_', " ");
            format!("{class}: \"{}\"", quoted(start, end, reading))
        }
    }
}

fn quoted(start: u32, end: u32, reading: &Reading) -> String {
    words(start, end, reading).collect::<Vec<_>>().join(" ")
}

fn words(start: u32, end: u32, reading: &Reading) -> impl Iterator<Item = &str> {
    let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let tokens = reading.tokens.get(place(start)..place(end)).unwrap_or(&[]);
    let words =
        tokens.iter().filter(|token| !matches!(token.kind, Kind::Stop | Kind::Quote));
    words.map(|token| &*token.text)
}
