//! The linear model: what each feature says for and against each theme, eight bits each.
//!
//! The file: the magic, the fingerprint of what it was trained on, the temperature, the
//! scale of the weights, the biases, the number of features, then the features by group and
//! key, each as key (four bytes), rarity (one byte) and eight weights (one byte each). All
//! little-endian.

use rustc_hash::FxHashMap;

use super::features::{Feature, GROUPS, Group, Origin};

/// The themes, in the order of the model's columns.
pub const THEMES: [&str; 8] = [
    "personal",
    "milestone",
    "learning",
    "client_story",
    "market_update",
    "promotion",
    "inspiration",
    "other",
];

/// What each group may weigh: the length of its part of a post's vector.
pub(super) const GROUP_WEIGHTS: [f64; GROUPS] = [1.0, 0.8, 1.0, 1.0, 1.0, 0.7];

/// One number for each theme.
pub(super) type Scores = [f64; THEMES.len()];

pub(super) const MAGIC: &[u8; 8] = b"themes01";
/// Rarities are stored in steps of this size.
pub(super) const RARITY_STEP: f64 = 1.0 / 24.0;

/// What the model knows of one feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weight {
    /// The logarithm of how rare it is, in steps.
    pub rarity: u8,
    /// For each theme, in steps of the model's scale.
    pub themes: [i8; THEMES.len()],
}

/// What a feature of a post adds to the scores.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Where it was seen.
    pub origin: Origin,
    /// Its group.
    pub group: Group,
    /// For each theme, in steps of the model's scale.
    pub themes: [i8; THEMES.len()],
    /// What one step is worth here.
    pub value: f64,
}

impl Part {
    /// For each theme.
    pub(super) fn scores(&self) -> Scores {
        self.themes.map(|step| f64::from(step) * self.value)
    }
}

/// The trained model.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Model {
    /// The fingerprint of the training posts and the lexicon.
    pub fingerprint: u64,
    /// What the scores are divided by, so that the confidence is calibrated.
    pub temperature: f64,
    /// What one step of a weight is worth.
    pub scale: f64,
    /// The score of a post without features.
    pub biases: Scores,
    /// By hash of a feature: the place of its weight. Its order is never seen.
    pub places: FxHashMap<u32, u32>,
    pub weights: Vec<Weight>,
}

impl Model {
    /// Reads a model file; `None` if it is none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let fingerprint = u64::from_le_bytes(take(&mut rest)?);
        let temperature = f64::from_le_bytes(take(&mut rest)?);
        let scale = f64::from_le_bytes(take(&mut rest)?);
        let mut biases = [0.0; THEMES.len()];
        for bias in &mut biases {
            *bias = f64::from_le_bytes(take(&mut rest)?);
        }
        let mut model =
            Self { fingerprint, temperature, scale, biases, ..Self::default() };
        let count = u32::from_le_bytes(take(&mut rest)?);
        for place in 0..count {
            let key = u32::from_le_bytes(take(&mut rest)?);
            let [rarity] = take(&mut rest)?;
            let themes: [u8; THEMES.len()] = take(&mut rest)?;
            model.places.insert(key, place);
            model.weights.push(Weight { rarity, themes: themes.map(u8::cast_signed) });
        }
        rest.is_empty().then_some(model)
    }

    /// The same model with other weights, by hash of a feature.
    pub(super) fn with_weights(
        self,
        weights: impl Iterator<Item = (u32, Weight)>,
    ) -> Self {
        let (keys, weights): (Vec<u32>, Vec<Weight>) = weights.unzip();
        Self { places: keys.into_iter().zip(0..).collect(), weights, ..self }
    }

    /// Where the weight of a feature stands, by its hash; none where it has none.
    pub(super) fn place(&self, hash: u32) -> Option<u32> {
        self.places.get(&hash).copied()
    }

    /// The weight at a place.
    pub(super) fn weight(&self, place: u32) -> Option<Weight> {
        self.weights.get(usize::try_from(place).ok()?).copied()
    }

    /// Writes the model file.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.fingerprint.to_le_bytes());
        bytes.extend(self.temperature.to_le_bytes());
        bytes.extend(self.scale.to_le_bytes());
        self.biases.iter().for_each(|bias| bytes.extend(bias.to_le_bytes()));
        let weight = |(hash, place): (&u32, &u32)| Some((*hash, self.weight(*place)?));
        let mut weights: Vec<(u32, Weight)> =
            self.places.iter().filter_map(weight).collect();
        weights.sort_unstable_by_key(|(hash, _)| *hash);
        bytes.extend(u32::try_from(weights.len()).unwrap_or(u32::MAX).to_le_bytes());
        for (key, weight) in weights {
            bytes.extend(key.to_le_bytes());
            bytes.push(weight.rarity);
            bytes.extend(weight.themes.map(i8::cast_unsigned));
        }
        bytes
    }

    /// The scores of a post, and what each feature that has a weight adds to them.
    pub(super) fn score(
        &self,
        features: &[Feature],
        weight: impl Fn(u32) -> Option<Weight>,
    ) -> (Scores, Vec<Part>) {
        let mut norms = [0.0; GROUPS];
        let known = features.iter().filter_map(|feature| {
            let weight = weight(feature.key)?;
            let value = feature.value * rarity(feature.group, weight.rarity);
            norms[feature.group as usize] += value * value;
            let Feature { group, origin, .. } = *feature;
            Some(Part { origin, group, themes: weight.themes, value })
        });
        let mut parts = Vec::with_capacity(features.len());
        parts.extend(known);
        let factors = factors(&norms);
        let mut scores = self.biases;
        for part in &mut parts {
            part.value *= factors[part.group as usize];
            part.value *= self.scale;
            scores.iter_mut().zip(part.scores()).for_each(|(score, part)| *score += part);
        }
        (scores, parts)
    }
}

/// What a stored rarity multiplies a feature's value by.
pub(super) fn rarity(group: Group, stored: u8) -> f64 {
    match group {
        Group::Shape => 1.0,
        _ => f64::from(stored) * RARITY_STEP,
    }
}

/// What brings each group's part to its weight; shapes keep their own scale.
pub(super) fn factors(norms: &[f64; GROUPS]) -> [f64; GROUPS] {
    let mut factors = GROUP_WEIGHTS;
    for (group, factor) in factors.iter_mut().enumerate() {
        if group != Group::Shape as usize && 0.0 < norms[group] {
            *factor /= norms[group].sqrt();
        }
    }
    factors
}

/// Scores → shares that add up to 1, after division by the temperature.
pub(super) fn shares(scores: &Scores, temperature: f64) -> Scores {
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut shares = scores.map(|score| libm::exp((score - top) / temperature));
    let sum: f64 = shares.iter().sum();
    for share in &mut shares {
        *share /= sum;
    }
    shares
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}
