//! What decided: the features that spoke most for a theme, in words.

use std::hash::{BuildHasher, Hash, Hasher};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};

use super::{
    features::Origin,
    lexicon::Lexicon,
    model::{Part, THEMES},
    words::{Kind, Reading, Token},
};

/// So many reasons are named.
const NAMED: usize = 5;

/// What is gathered of one post, whose room the next one uses again.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// By token: a number for what it says; nothing for what is not said.
    hashes: Vec<Option<u64>>,
    /// By what is said: where it stands first, and its weight.
    weights: FxHashMap<u64, (Origin, f64)>,
    /// Those that speak for the theme.
    favoring: Vec<(Origin, f64)>,
}

/// The reasons for a theme, most weighty first.
pub(super) fn reasons(
    theme: usize,
    parts: &[Part],
    (reading, lexicon): (&Reading<'_>, &Lexicon),
    told: &mut Told,
) -> Vec<String> {
    let Told { hashes, weights: told, favoring } = told;
    hashes.clear();
    hashes.extend(reading.tokens.iter().map(hash));
    told.clear();
    // Words that stand in several places are one reason, the first of them.
    for parts in parts.chunk_by(|left, right| left.origin == right.origin) {
        let (origin, weight) =
            (parts[0].origin, parts.iter().map(|part| favor(theme, part)).sum::<f64>());
        let one = told.entry(sameness(origin, hashes)).or_insert((origin, 0.0));
        *one = (one.0.min(origin), one.1 + weight);
    }
    favoring.clear();
    favoring.extend(told.values().copied().filter(|(_, weight)| 0.0 < *weight));
    let least = if NAMED < favoring.len() {
        let by_weight =
            |left: &(Origin, f64), right: &(Origin, f64)| right.1.total_cmp(&left.1);
        favoring.select_nth_unstable_by(NAMED - 1, by_weight).1.1
    } else {
        0.0
    };
    let mut named: Vec<(f64, String)> = favoring
        .iter()
        .filter(|(_, weight)| least <= *weight)
        .map(|(origin, weight)| (*weight, said(*origin, reading, lexicon)))
        .collect();
    named.sort_by(|left, right| {
        right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1))
    });
    named.truncate(NAMED);
    let mut reasons: Vec<_> = named.into_iter().map(|(_, reason)| reason).collect();
    // They stand where all that could be said stood.
    reasons.shrink_to_fit();
    reasons
}

/// A number for what a token says; nothing for what is not said.
fn hash(token: &Token<'_>) -> Option<u64> {
    let is_said = !matches!(token.kind, Kind::Stop | Kind::Quote);
    is_said.then(|| FxBuildHasher.hash_one(&token.text))
}

/// A number that is the same for origins of which the same is said.
fn sameness(origin: Origin, hashes: &[Option<u64>]) -> u64 {
    let mut hasher = FxHasher::default();
    let (start, end) = match origin {
        Origin::Trait(name) => {
            name.hash(&mut hasher);
            return hasher.finish();
        }
        Origin::Tokens(start, end) => (start, end),
        Origin::Class(class, start, end) => {
            class.hash(&mut hasher);
            (start, end)
        }
    };
    let said = hashes.get(place(start)..place(end)).unwrap_or(&[]);
    said.iter().flatten().for_each(|word| word.hash(&mut hasher));
    hasher.finish()
}

fn place(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// What a feature adds to a theme beyond what it adds to the others on average.
fn favor(theme: usize, part: &Part) -> f64 {
    let count = i32::try_from(THEMES.len()).unwrap_or(i32::MAX);
    let all: i32 = part.themes.iter().copied().map(i32::from).sum();
    let beyond = count * i32::from(part.themes[theme]) - all;
    f64::from(beyond) / f64::from(count - 1) * part.value
}

fn said(origin: Origin, reading: &Reading<'_>, lexicon: &Lexicon) -> String {
    match origin {
        Origin::Trait(name) => name.to_owned(),
        Origin::Tokens(start, end) => format!("\"{}\"", quoted(start, end, reading)),
        Origin::Class(class, start, end) => {
            let class = lexicon.name(class).replace('_', " ");
            format!("{class}: \"{}\"", quoted(start, end, reading))
        }
    }
}

fn quoted(start: u32, end: u32, reading: &Reading<'_>) -> String {
    words(start, end, reading).collect::<Vec<_>>().join(" ")
}

fn words<'a>(
    start: u32,
    end: u32,
    reading: &'a Reading<'_>,
) -> impl Iterator<Item = &'a str> {
    let tokens = reading.tokens.get(place(start)..place(end)).unwrap_or(&[]);
    let words =
        tokens.iter().filter(|token| !matches!(token.kind, Kind::Stop | Kind::Quote));
    words.map(|token| &*token.text)
}
