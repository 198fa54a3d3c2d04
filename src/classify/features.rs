//! A reading of a post → the features that the linear model weighs.

use super::{
    lexicon::{Hit, Lexicon},
    memory::{Found, Known, Memory, OfClasses, OfSequences, Word, Words},
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

/// All features of a post that are of use, in the order of their places, each once. `known`
/// makes of a feature's hash its key, where it is of use.
pub(super) fn features(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    memory: &mut Memory,
    known: impl Fn(u32) -> Option<u32>,
) -> Vec<Feature> {
    let Memory { words, classes, sequences, seen, .. } = memory;
    let mut found = Found::new(seen, known);
    words.find(&reading.tokens, |token| {
        Word::new(token, lexicon, |group, hash| found.number(group, hash))
    });
    let hits = lexicon.hits(&reading.tokens, |at| Some(&words.at(at)?.meaning));
    add_words(reading, words, &mut found);
    add_classes(reading, lexicon, (&hits, classes), &mut found);
    add_sequences(reading, lexicon, (&hits, sequences), &mut found);
    add_shape(reading, &mut found);
    add_letters(reading, words, &mut found);
    let mut features = found.finish();
    for feature in &mut features {
        if feature.group != Group::Shape {
            feature.value = feature.value.sqrt();
        }
    }
    features
}

/// FNV-1a over parts, each with a separator behind it, folded to 32 bits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash(u64);

impl Hash {
    pub(super) fn of(group: Group) -> Self {
        Self(0xcbf2_9ce4_8422_2325_u64 ^ (group as u64 + 1))
    }

    /// Adds a part.
    pub(super) fn part(self, text: &str) -> Self {
        self.add(text.as_bytes()).end_part()
    }

    fn add(self, bytes: &[u8]) -> Self {
        bytes.iter().fold(self, |Self(hash), byte| {
            Self((hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
        })
    }

    fn end_part(self) -> Self {
        self.add(&[0x1f])
    }

    pub(super) fn key(self) -> u32 {
        let bytes = (self.0 ^ (self.0 >> 32)).to_le_bytes();
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The first tokens, which tell most about a post.
const OPENING: usize = 7;

fn add_words(reading: &Reading<'_>, words: &Words, found: &mut Found<'_, impl Known>) {
    let begin = |sign| (Hash::of(Group::Pairs).part(sign), true);
    let (mut previous, mut is_begin) = begin("^");
    for (at, token) in reading.tokens.iter().enumerate() {
        let origin = Origin::Tokens(place(at), place(at + 1));
        if let Some(word) = words.at(at) {
            found.add(word.anywhere, 1.0, origin);
            if at < OPENING {
                found.add(word.first, 1.0, origin);
            }
            let pair = found.number(Group::Pairs, previous.part(&token.text));
            let start = if is_begin { at } else { at.saturating_sub(1) };
            let origin = Origin::Tokens(place(start), place(at + 1));
            found.add(pair, 1.0, origin);
            (previous, is_begin) = (word.pair, false);
        } else if token.kind == Kind::Stop {
            (previous, is_begin) = begin(".");
        } else if token.kind == Kind::Tag {
            let tag = Hash::of(Group::Words).part("tag").part(&token.text);
            let number = found.number(Group::Words, tag);
            found.add(number, 1.0, origin);
        }
    }
}

fn add_letters(reading: &Reading<'_>, words: &Words, found: &mut Found<'_, impl Known>) {
    for at in 0..reading.tokens.len() {
        let Some(word) = words.at(at) else { continue };
        for number in &word.letters {
            found.add(Some(*number), 1.0, Origin::Tokens(place(at), place(at + 1)));
        }
    }
}

/// The features of three to five letters in a row of a word, its ends among them.
pub(super) fn letters_of(
    word: &str,
    mut number: impl FnMut(Hash) -> Option<u32>,
) -> Box<[u32]> {
    let framed = format!("_{word}_");
    let bounds: Vec<usize> =
        framed.char_indices().map(|(at, _)| at).chain([framed.len()]).collect();
    let mut numbers = Vec::new();
    for start in 0..bounds.len() {
        let mut hash = Hash::of(Group::Letters);
        for (length, letter) in (1..=5).zip(bounds[start..].windows(2)) {
            hash = hash.add(&framed.as_bytes()[letter[0]..letter[1]]);
            if 3 <= length {
                numbers.extend(number(hash.end_part()));
            }
        }
    }
    numbers.into()
}

fn add_classes(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    (hits, classes): (&[Hit], &mut OfClasses),
    found: &mut Found<'_, impl Known>,
) {
    let last = reading.tokens.len().saturating_sub(12);
    for hit in hits {
        let [anywhere, as_first, as_last] =
            *classes.entry(hit.class).or_insert_with(|| {
                let (name, hash) = (lexicon.name(hit.class), Hash::of(Group::Classes));
                [hash, hash.part("first"), hash.part("last")]
                    .map(|hash| found.number(Group::Classes, hash.part(name)))
            });
        let origin = Origin::Class(hit.class, place(hit.start), place(hit.end));
        found.add(anywhere, 1.0, origin);
        if hit.start < OPENING {
            found.add(as_first, 1.0, origin);
        }
        if last <= hit.start {
            found.add(as_last, 0.5, origin);
        }
    }
}

/// Pairs of classes within one sentence, whatever stands between them.
fn add_sequences(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    (hits, sequences): (&[Hit], &mut OfSequences),
    found: &mut Found<'_, impl Known>,
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
            let classes = (left.class, right.class);
            let number = *sequences.entry(classes).or_insert_with(|| {
                let left = Hash::of(Group::Sequences).part(lexicon.name(classes.0));
                found.number(Group::Sequences, left.part(lexicon.name(classes.1)))
            });
            let origin = Origin::Tokens(place(left.start), place(right.end));
            found.add(number, 1.0, origin);
        }
    }
}

/// Puts a count on a scale from 0 to 1: half of it is reached at `half`.
fn damped(count: usize, half: f64) -> f64 {
    let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    count / (count + half)
}

fn add_shape(reading: &Reading<'_>, found: &mut Found<'_, impl Known>) {
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
            let number = found.number(Group::Shape, Hash::of(Group::Shape).part(name));
            found.add(number, value, Origin::Trait(name));
        }
    }
}
