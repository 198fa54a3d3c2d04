//! Labelled posts → the model. Only the program that writes the model file calls it.
//!
//! Multinomial logistic regression with an L2 penalty, by accelerated full-batch gradient
//! steps: no random numbers, one order of sums, so the same posts give the same bytes.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    features::{self, Feature, GROUPS, Group},
    lexicon::{self, Lexicon},
    memory::Memory,
    model::{self, Model, RARITY_STEP, Scores, THEMES, Weight},
    words,
};

/// A post whose theme is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// The name of its theme.
    pub theme: Box<str>,
    /// The industry of its member; whole industries are held out to measure.
    pub industry: Box<str>,
    /// What it says.
    pub text: Box<str>,
}

/// How hard the training leans on few posts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The strength of the penalty on large weights.
    pub penalty: f64,
    /// The number of steps.
    pub steps: usize,
    /// In how many posts a feature must stand to be learned.
    pub least_posts: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { penalty: 2e-4, steps: 300, least_posts: 2 }
    }
}

/// One judgment on a held-out post.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgment {
    /// The place of the post among those given.
    pub post: usize,
    /// Whether the likeliest theme is the true one.
    pub is_right: bool,
    /// The likeliest theme.
    pub theme: &'static str,
    /// How sure the model is of it.
    pub confidence: f64,
    /// The scores, by theme.
    scores: Scores,
}

/// Trains on all posts; the temperature comes from judgments on held-out industries.
///
/// Returns the model file and the judgments.
pub fn train(posts: &[Labelled], settings: Settings) -> (Vec<u8>, Vec<Judgment>) {
    let judgments = held_out(posts, FOLDS, settings);
    let mut model = fit(&prepare(posts), None, settings);
    model.temperature = temperature(posts, &judgments);
    model.fingerprint = fingerprint(posts);
    (model.write(), judgments)
}

/// Industries are held out in this many parts.
const FOLDS: usize = 10;

/// Judges every post by a model that has seen no post of its industry.
pub fn held_out(posts: &[Labelled], folds: usize, settings: Settings) -> Vec<Judgment> {
    let industries: BTreeMap<&str, usize> =
        posts.iter().map(|post| (&*post.industry, 0)).collect();
    let fold_of: BTreeMap<&str, usize> =
        industries.into_keys().enumerate().map(|(at, name)| (name, at % folds)).collect();
    let examples = prepare(posts);
    let mut judgments = Vec::new();
    for fold in 0..folds {
        let held: Vec<bool> =
            posts.iter().map(|post| fold_of[&*post.industry] == fold).collect();
        let model = fit(&examples, Some(&held), settings);
        judgments.extend(judge(&model, &examples, |at| held[at]));
    }
    judgments.sort_by_key(|judgment| judgment.post);
    judgments
}

/// Trains on some posts and judges the others.
pub fn across(
    train: &[Labelled],
    test: &[Labelled],
    settings: Settings,
) -> Vec<Judgment> {
    let model = fit(&prepare(train), None, settings);
    judge(&model, &prepare(test), |_| true)
}

/// The fingerprint of the posts and the lexicon that a model was trained on.
pub(super) fn fingerprint(posts: &[Labelled]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let posts =
        posts.iter().flat_map(|post| [&*post.theme, &*post.industry, &*post.text]);
    for byte in posts.chain([lexicon::TEXT]).flat_map(|text| text.bytes().chain([0x1f])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

struct Example {
    theme: usize,
    features: Vec<Feature>,
}

fn prepare(posts: &[Labelled]) -> Vec<Example> {
    let (lexicon, mut memory) = (Lexicon::built_in(), Memory::default());
    // Sorted, so that the sums of a training do not hang on the order of reading.
    let mut features = |text: &str| {
        let reading = words::read(text);
        let mut found = features::features(&reading, &lexicon, &mut memory, Some);
        found.sort_unstable_by_key(|feature| (feature.group, feature.key));
        found
    };
    posts
        .iter()
        .map(|post| Example {
            theme: THEMES.iter().position(|theme| *theme == &*post.theme).unwrap_or(7),
            features: features(&post.text),
        })
        .collect()
}

fn judge(
    model: &Model,
    examples: &[Example],
    is_asked: impl Fn(usize) -> bool,
) -> Vec<Judgment> {
    let asked = examples.iter().enumerate().filter(|(at, _)| is_asked(*at));
    asked
        .map(|(post, example)| {
            let weight = |hash| model.weight(model.place(hash)?);
            let (scores, _) = model.score(&example.features, weight);
            let shares = model::shares(&scores, 1.0);
            let best = likeliest(&shares);
            Judgment {
                post,
                is_right: best == example.theme,
                theme: THEMES[best],
                confidence: shares[best],
                scores,
            }
        })
        .collect()
}

/// The place of the greatest share, the first of equals.
pub(super) fn likeliest(shares: &Scores) -> usize {
    let mut best = 0;
    for (at, share) in shares.iter().enumerate() {
        if shares[best] < *share {
            best = at;
        }
    }
    best
}

/// The temperature at which the true themes of held-out posts are likeliest.
fn temperature(posts: &[Labelled], judgments: &[Judgment]) -> f64 {
    let loss = |temperature: f64| -> f64 {
        judgments
            .iter()
            .map(|judgment| {
                let theme = &*posts[judgment.post].theme;
                let truth = THEMES.iter().position(|name| *name == theme).unwrap_or(7);
                -libm::log(model::shares(&judgment.scores, temperature)[truth].max(1e-12))
            })
            .sum()
    };
    let mut best = (f64::INFINITY, 1.0);
    for step in 1..=60 {
        let temperature = f64::from(step) * 0.05;
        let loss = loss(temperature);
        if loss < best.0 {
            best = (loss, temperature);
        }
    }
    best.1
}

/// The features that are learned, and the posts as sparse rows of them.
struct Matrix {
    keys: Vec<(u32, u8)>,
    rows: Vec<Vec<(usize, f64)>>,
    themes: Vec<usize>,
}

fn matrix(examples: &[Example], held: Option<&[bool]>, least_posts: u32) -> Matrix {
    let is_held = |at: usize| held.is_some_and(|held| held[at]);
    let seen: Vec<&Example> = examples
        .iter()
        .enumerate()
        .filter(|(at, _)| !is_held(*at))
        .map(|(_, example)| example)
        .collect();
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for feature in seen.iter().flat_map(|example| &example.features) {
        *counts.entry(feature.key).or_default() += 1;
    }
    counts.retain(|_, count| least_posts <= *count);
    let posts = f64::from(u32::try_from(seen.len()).unwrap_or(u32::MAX));
    let keys: Vec<(u32, u8)> = counts
        .into_iter()
        .map(|(key, count)| (key, stored_rarity(posts, count)))
        .collect();
    let place: FxHashMap<u32, usize> =
        keys.iter().enumerate().map(|(at, (key, _))| (*key, at)).collect();
    let rows = seen.iter().map(|example| row(&example.features, &keys, &place)).collect();
    Matrix { keys, rows, themes: seen.iter().map(|example| example.theme).collect() }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a byte first"
)]
fn stored_rarity(posts: f64, count: u32) -> u8 {
    let rarity = 1.0 + libm::log((1.0 + posts) / (1.0 + f64::from(count)));
    (rarity / RARITY_STEP).round().clamp(1.0, 255.0) as u8
}

fn row(
    features: &[Feature],
    keys: &[(u32, u8)],
    place: &FxHashMap<u32, usize>,
) -> Vec<(usize, f64)> {
    let mut norms = [0.0; GROUPS];
    let mut row: Vec<(usize, Group, f64)> = Vec::new();
    for feature in features {
        if let Some(at) = place.get(&feature.key) {
            let value = feature.value * model::rarity(feature.group, keys[*at].1);
            norms[feature.group as usize] += value * value;
            row.push((*at, feature.group, value));
        }
    }
    let factors = model::factors(&norms);
    row.into_iter()
        .map(|(at, group, value)| (at, value * factors[group as usize]))
        .collect()
}

fn fit(examples: &[Example], held: Option<&[bool]>, settings: Settings) -> Model {
    let matrix = matrix(examples, held, settings.least_posts);
    // The last row holds the biases.
    let mut weights = vec![[0.0; THEMES.len()]; matrix.keys.len() + 1];
    let mut ahead = weights.clone();
    let mut momentum = 1.0;
    // The rows' squared length is at most Σ group weight² and the shapes' own: half of it
    // bounds the curvature.
    let longest =
        matrix.rows.iter().map(|row| 1.0 + row.iter().map(|(_, x)| x * x).sum::<f64>());
    let rate = 1.0 / (0.5 * longest.fold(1.0, f64::max) + settings.penalty);
    for _ in 0..settings.steps {
        let slope = gradient(&matrix, &ahead, settings.penalty);
        let next_momentum =
            f64::midpoint(1.0, libm::sqrt(1.0 + 4.0 * momentum * momentum));
        let push = (momentum - 1.0) / next_momentum;
        momentum = next_momentum;
        for ((weight, ahead), slope) in weights.iter_mut().zip(&mut ahead).zip(&slope) {
            for theme in 0..THEMES.len() {
                let moved = ahead[theme] - rate * slope[theme];
                ahead[theme] = moved + push * (moved - weight[theme]);
                weight[theme] = moved;
            }
        }
    }
    quantized(&matrix, &weights)
}

fn gradient(matrix: &Matrix, weights: &[Scores], penalty: f64) -> Vec<Scores> {
    let bias = matrix.keys.len();
    let share =
        1.0 / f64::from(u32::try_from(matrix.rows.len().max(1)).unwrap_or(u32::MAX));
    let mut slope = vec![[0.0; THEMES.len()]; weights.len()];
    for (row, theme) in matrix.rows.iter().zip(&matrix.themes) {
        let mut scores = weights[bias];
        for (at, value) in row {
            for (score, weight) in scores.iter_mut().zip(&weights[*at]) {
                *score += weight * value;
            }
        }
        let mut errors = model::shares(&scores, 1.0);
        errors[*theme] -= 1.0;
        for error in &mut errors {
            *error *= share;
        }
        for (at, value) in row.iter().chain([&(bias, 1.0)]) {
            for (slope, error) in slope[*at].iter_mut().zip(&errors) {
                *slope += error * value;
            }
        }
    }
    for (slope, weight) in slope[..bias].iter_mut().zip(weights) {
        slope
            .iter_mut()
            .zip(weight)
            .for_each(|(slope, weight)| *slope += penalty * weight);
    }
    slope
}

#[expect(clippy::cast_possible_truncation, reason = "at most 127 in size by the scale")]
fn quantized(matrix: &Matrix, weights: &[Scores]) -> Model {
    let bias = matrix.keys.len();
    let largest =
        weights[..bias].iter().flatten().fold(0.0, |top: f64, w| top.max(w.abs()));
    let scale = if 0.0 < largest { largest / 127.0 } else { 1.0 };
    let steps = |scores: &Scores| scores.map(|weight| (weight / scale).round() as i8);
    let known = matrix.keys.iter().zip(weights);
    let known = known
        .map(|((key, rarity), w)| (*key, Weight { rarity: *rarity, themes: steps(w) }))
        .filter(|(_, weight)| weight.themes != [0; THEMES.len()]);
    let model =
        Model { temperature: 1.0, scale, biases: weights[bias], ..Model::default() };
    model.with_weights(known)
}
