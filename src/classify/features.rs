//! A reading of a post → the features that the linear model weighs.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::{
    lexicon::{Hit, Lexicon},
    reasons::Told,
    words::{Kind, Reading},
};

/// The groups of features; each has its own weight, so that none drowns the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Group {
    /// Single words, and words among the first.
    Words,
    /// Two words in a row.
    Pairs,
    /// Three to five letters in a row.
    Letters,
    /// Classes of the lexicon.
    Classes,
    /// Two classes, one after the other.
    Sequences,
    /// The shape of the post: its length, numbers, links, persons.
    Shape,
}

/// The number of groups.
pub(super) const GROUPS: usize = 6;

/// Where a feature was seen, to be able to say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The tokens from a place to before another.
    Tokens(u32, u32),
    /// A class of the lexicon, and the tokens from a place to before another.
    Class(u16, u32, u32),
    /// A trait of the whole post.
    Trait(&'static str),
}

/// One feature of a post.
#[derive(Debug, Clone, Copy)]
pub(super) struct Feature {
    /// The number by which its weight is looked up.
    pub key: u32,
    /// Its group.
    pub group: Group,
    /// Its strength before the group's norm.
    pub value: f64,
    /// Where it was seen.
    pub origin: Origin,
}

/// The letters of words that were read before: posts share most of their words.
#[derive(Debug, Default)]
pub struct Memory {
    /// By word: the keys that are of use of its letters in a row. Looked up, never walked.
    letters: FxHashMap<Box<str>, Box<[u32]>>,
    /// Of the post at hand: where each group and key stands among its features.
    places: FxHashMap<(Group, u32), usize>,
    /// What decided about it.
    pub(super) told: Told,
}

/// So many words are kept at most.
const WORDS_KEPT: usize = 50_000;

/// All features of a post that are of use, in the order of their places, each once. `known`
/// makes of a feature's hash its key, where it is of use.
pub(super) fn features(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    memory: &mut Memory,
    known: impl Fn(u32) -> Option<u32>,
) -> Vec<Feature> {
    let hits = lexicon.hits(&reading.tokens);
    let Memory { letters: remembered, places, .. } = memory;
    places.clear();
    let mut found = Found { places, features: Vec::with_capacity(256) };
    let mut add = |feature: Feature| {
        if let Some(key) = known(feature.key) {
            found.add(Feature { key, ..feature });
        }
    };
    words(reading, &mut add);
    classes(reading, lexicon, &hits, &mut add);
    sequences(reading, lexicon, &hits, &mut add);
    shape(reading, &mut add);
    letters(reading, remembered, &known, &mut |feature| found.add(feature));
    for feature in &mut found.features {
        if feature.group != Group::Shape {
            feature.value = feature.value.sqrt();
        }
    }
    found.features
}

/// Adds up what is seen more than once: the value grows with the root of the count.
struct Found<'memory> {
    places: &'memory mut FxHashMap<(Group, u32), usize>,
    features: Vec<Feature>,
}

impl Found<'_> {
    fn add(&mut self, feature: Feature) {
        match self.places.entry((feature.group, feature.key)) {
            Entry::Occupied(place) => self.features[*place.get()].value += feature.value,
            Entry::Vacant(place) => {
                place.insert(self.features.len());
                self.features.push(feature);
            }
        }
    }
}

/// FNV-1a over parts, each with a separator behind it, folded to 32 bits.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn of(group: Group) -> Self {
        Self(0xcbf2_9ce4_8422_2325_u64 ^ (group as u64 + 1))
    }

    fn add(self, bytes: &[u8]) -> Self {
        bytes.iter().fold(self, |Self(hash), byte| {
            Self((hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
        })
    }

    fn end_part(self) -> Self {
        self.add(&[0x1f])
    }

    fn key(self) -> u32 {
        let bytes = (self.0 ^ (self.0 >> 32)).to_le_bytes();
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }
}

fn key(group: Group, parts: &[&str]) -> u32 {
    let add = |hash: Hash, part: &&str| hash.add(part.as_bytes()).end_part();
    parts.iter().fold(Hash::of(group), add).key()
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The first tokens, which tell most about a post.
const OPENING: usize = 7;

fn words(reading: &Reading<'_>, found: &mut impl FnMut(Feature)) {
    let mut previous = "^";
    for (at, token) in reading.tokens.iter().enumerate() {
        let text: &str = &token.text;
        let mut add = |group, parts: &[&str], start| {
            let origin = Origin::Tokens(place(start), place(at + 1));
            found(Feature { key: key(group, parts), group, value: 1.0, origin });
        };
        match token.kind {
            Kind::Stop => previous = ".",
            Kind::Quote => {}
            Kind::Tag => add(Group::Words, &["tag", text], at),
            _ => {
                add(Group::Words, &[text], at);
                if at < OPENING {
                    add(Group::Words, &["first", text], at);
                }
                let start =
                    if matches!(previous, "^" | ".") { at } else { at.saturating_sub(1) };
                add(Group::Pairs, &[previous, text], start);
                previous = text;
            }
        }
    }
}

fn letters(
    reading: &Reading<'_>,
    remembered: &mut FxHashMap<Box<str>, Box<[u32]>>,
    known: impl Fn(u32) -> Option<u32>,
    found: &mut impl FnMut(Feature),
) {
    for (at, token) in reading.tokens.iter().enumerate() {
        if token.kind != Kind::Word {
            continue;
        }
        let origin = Origin::Tokens(place(at), place(at + 1));
        let mut add = |keys: &[u32]| {
            for key in keys.iter().copied() {
                found(Feature { key, group: Group::Letters, value: 1.0, origin });
            }
        };
        if let Some(keys) = remembered.get(&*token.text) {
            add(keys);
            continue;
        }
        let keys = letters_of(&token.text, &known);
        add(&keys);
        if remembered.len() == WORDS_KEPT {
            remembered.clear();
        }
        remembered.insert((*token.text).into(), keys);
    }
}

/// The keys of three to five letters in a row of a word, its ends among them.
fn letters_of(word: &str, known: impl Fn(u32) -> Option<u32>) -> Box<[u32]> {
    let framed = format!("_{word}_");
    let bounds: Vec<usize> =
        framed.char_indices().map(|(at, _)| at).chain([framed.len()]).collect();
    let mut keys = Vec::new();
    for start in 0..bounds.len() {
        let mut hash = Hash::of(Group::Letters);
        for (length, letter) in (1..=5).zip(bounds[start..].windows(2)) {
            hash = hash.add(&framed.as_bytes()[letter[0]..letter[1]]);
            if 3 <= length {
                keys.extend(known(hash.end_part().key()));
            }
        }
    }
    keys.into()
}

fn classes(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    hits: &[Hit],
    found: &mut impl FnMut(Feature),
) {
    let last = reading.tokens.len().saturating_sub(12);
    for hit in hits {
        let name = lexicon.name(hit.class);
        let origin = Origin::Class(hit.class, place(hit.start), place(hit.end));
        let mut add = |parts: &[&str], value| {
            let key = key(Group::Classes, parts);
            found(Feature { key, group: Group::Classes, value, origin });
        };
        add(&[name], 1.0);
        if hit.start < OPENING {
            add(&["first", name], 1.0);
        }
        if last <= hit.start {
            add(&["last", name], 0.5);
        }
    }
}

/// Pairs of classes within one sentence, whatever stands between them.
fn sequences(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    hits: &[Hit],
    found: &mut impl FnMut(Feature),
) {
    for (at, left) in hits.iter().enumerate() {
        for right in hits[at + 1..].iter().take(6) {
            if left.end + 6 < right.start {
                break;
            }
            let between = reading.tokens.get(left.end..right.start).unwrap_or(&[]);
            if right.start < left.end
                || between.iter().any(|token| token.kind == Kind::Stop)
            {
                continue;
            }
            let parts = [lexicon.name(left.class), lexicon.name(right.class)];
            let key = key(Group::Sequences, &parts);
            let origin = Origin::Tokens(place(left.start), place(right.end));
            found(Feature { key, group: Group::Sequences, value: 1.0, origin });
        }
    }
}

/// Puts a count on a scale from 0 to 1: half of it is reached at `half`.
fn damped(count: usize, half: f64) -> f64 {
    let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    count / (count + half)
}

fn shape(reading: &Reading<'_>, found: &mut impl FnMut(Feature)) {
    let count = |kind| reading.tokens.iter().filter(|token| token.kind == kind).count();
    let shape =
        |name: &str| reading.tokens.iter().filter(|token| &*token.text == name).count();
    let words = count(Kind::Word);
    let sentences = count(Kind::Stop);
    let begins_quoted =
        reading.tokens.first().is_some_and(|token| token.kind == Kind::Quote);
    let traits = [
        ("its length", damped(words, 60.0)),
        ("very short", if words <= 6 { 1.0 } else { 0.0 }),
        ("short", if 6 < words && words <= 22 { 1.0 } else { 0.0 }),
        ("medium", if 22 < words && words <= 60 { 1.0 } else { 0.0 }),
        ("long", if 60 < words { 1.0 } else { 0.0 }),
        ("no words", if words == 0 { 1.0 } else { 0.0 }),
        ("its sentences", damped(sentences, 5.0)),
        ("questions", damped(reading.questions, 1.0)),
        ("exclamation marks", damped(reading.exclamations, 1.5)),
        ("bullets", damped(reading.bullets, 1.5)),
        ("its lines", damped(reading.lines, 4.0)),
        ("capitals", damped(reading.shouted, 2.0)),
        ("links", damped(count(Kind::Link), 0.5)),
        ("hashtags", damped(count(Kind::Tag), 3.0)),
        ("mentions", damped(count(Kind::Mention), 0.5)),
        ("emoji", damped(count(Kind::Emoji), 2.0)),
        ("quotation marks", damped(count(Kind::Quote), 2.0)),
        ("begins with a quotation", if begins_quoted { 1.0 } else { 0.0 }),
        ("numbers", damped(count(Kind::Number), 2.0)),
        ("percentages", damped(shape("<percent>"), 0.7)),
        ("amounts of money", damped(shape("<money>"), 0.7)),
        ("years", damped(shape("<year>"), 1.0)),
        ("times of day", damped(shape("<time>"), 1.0)),
        ("no number", if count(Kind::Number) == 0 { 1.0 } else { 0.0 }),
    ];
    for (name, value) in traits {
        if 0.0 < value {
            let key = key(Group::Shape, &[name]);
            found(Feature {
                key,
                group: Group::Shape,
                value,
                origin: Origin::Trait(name),
            });
        }
    }
}
