//! What decided: the features that spoke most for a theme, in words.

use std::collections::BTreeMap;

use super::{
    features::{Feature, Origin},
    lexicon::Lexicon,
    model::{Scores, THEMES},
    words::{Kind, Reading},
};

/// So many reasons are named.
const NAMED: usize = 5;

/// The reasons for a theme, most weighty first.
pub(super) fn reasons(
    theme: usize,
    parts: &[(Feature, Scores)],
    reading: &Reading,
    lexicon: &Lexicon,
) -> Vec<String> {
    let mut origins: BTreeMap<Origin, f64> = BTreeMap::new();
    for (feature, part) in parts {
        *origins.entry(feature.origin).or_default() += favor(theme, part);
    }
    let mut weights: BTreeMap<String, f64> = BTreeMap::new();
    for (origin, weight) in origins {
        *weights.entry(said(origin, reading, lexicon)).or_default() += weight;
    }
    let mut weights: Vec<(String, f64)> =
        weights.into_iter().filter(|(_, weight)| 0.0 < *weight).collect();
    weights.sort_by(|left, right| right.1.total_cmp(&left.1));
    weights.into_iter().take(NAMED).map(|(reason, _)| reason).collect()
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
    let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let tokens = reading.tokens.get(place(start)..place(end)).unwrap_or(&[]);
    let words =
        tokens.iter().filter(|token| !matches!(token.kind, Kind::Stop | Kind::Quote));
    words.map(|token| &*token.text).collect::<Vec<_>>().join(" ")
}
