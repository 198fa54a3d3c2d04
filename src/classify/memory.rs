//! What posts taught of their words: others share most of them.

use rustc_hash::FxHashMap;

use super::{
    features::{Feature, Group, Hash, Origin, letters_of},
    lexicon::{Lexicon, Meaning},
    reasons::Told,
    words::{Kind, Token},
};

/// So many words are kept at most.
const WORDS_KEPT: usize = 50_000;

/// By class: its features anywhere, among the first tokens and among the last. Looked up,
/// never walked, and so are the others.
pub(super) type OfClasses = FxHashMap<u16, [Option<u32>; 3]>;

/// By two classes: the feature that they are together.
pub(super) type OfSequences = FxHashMap<(u16, u16), Option<u32>>;

/// What many posts share, for one classifier alone.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) words: Words,
    pub(super) classes: OfClasses,
    pub(super) sequences: OfSequences,
    pub(super) seen: Seen,
    /// What decided about a post.
    pub(super) told: Told,
}

/// A word, or a sign that counts as one.
#[derive(Debug)]
pub(super) struct Word {
    /// Its feature anywhere.
    pub anywhere: Option<u32>,
    /// Its feature among the first tokens.
    pub first: Option<u32>,
    /// The begin of the hash of it and another.
    pub pair: Hash,
    /// The features of its letters in a row.
    pub letters: Box<[u32]>,
    /// What it means.
    pub meaning: Meaning,
}

impl Word {
    /// `number` tells the number of a feature, where it is of use.
    pub(super) fn new(
        token: &Token<'_>,
        lexicon: &Lexicon,
        mut number: impl FnMut(Group, Hash) -> Option<u32>,
    ) -> Self {
        let (text, words) = (&*token.text, Hash::of(Group::Words));
        let letters = match token.kind {
            Kind::Word => letters_of(text, |hash| number(Group::Letters, hash)),
            _ => Box::default(),
        };
        Self {
            anywhere: number(Group::Words, words.part(text)),
            first: number(Group::Words, words.part("first").part(text)),
            pair: Hash::of(Group::Pairs).part(text),
            letters,
            meaning: lexicon.meaning(token),
        }
    }
}

/// The words that were read, each with a number.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: FxHashMap<Box<str>, usize>,
    known: Vec<Word>,
    /// By token of the post at hand: the number of its word.
    of_tokens: Vec<Option<usize>>,
}

impl Words {
    /// Finds the words of a post, and learns those that are new. Tags, quotation marks and the
    /// ends of sentences are none.
    pub(super) fn find(
        &mut self,
        tokens: &[Token<'_>],
        mut learn: impl FnMut(&Token<'_>) -> Word,
    ) {
        if WORDS_KEPT <= self.known.len() {
            self.numbers.clear();
            self.known.clear();
        }
        self.of_tokens.clear();
        for token in tokens {
            let is_none = matches!(token.kind, Kind::Stop | Kind::Quote | Kind::Tag);
            let number = (!is_none).then(|| {
                self.numbers.get(&*token.text).copied().unwrap_or_else(|| {
                    self.known.push(learn(token));
                    let number = self.known.len() - 1;
                    self.numbers.insert((*token.text).into(), number);
                    number
                })
            });
            self.of_tokens.push(number);
        }
    }

    /// The word of a token of the post at hand.
    pub(super) fn at(&self, token: usize) -> Option<&Word> {
        Some(&self.known[self.of_tokens[token]?])
    }
}

/// The features that were seen, each with a number.
#[derive(Debug, Default)]
pub(super) struct Seen {
    numbers: FxHashMap<(Group, u32), u32>,
    features: Vec<SeenFeature>,
}

/// A feature, and where it stands in the post at hand.
#[derive(Debug)]
struct SeenFeature {
    group: Group,
    key: u32,
    /// How many the post has up to it; 0 where it does not have it.
    place: u32,
}

impl Seen {
    /// The number of a feature.
    pub(super) fn number(&mut self, group: Group, key: u32) -> u32 {
        *self.numbers.entry((group, key)).or_insert_with(|| {
            self.features.push(SeenFeature { group, key, place: 0 });
            count(self.features.len()) - 1
        })
    }
}

/// What makes of a feature's hash its key, where it is of use.
pub(super) trait Known: Fn(u32) -> Option<u32> {}

impl<K: Fn(u32) -> Option<u32>> Known for K {}

/// The features of the post at hand.
pub(super) struct Found<'memory, K> {
    seen: &'memory mut Seen,
    known: K,
    features: Vec<Feature>,
    /// By feature: its number.
    numbers: Vec<u32>,
}

impl<'memory, K: Known> Found<'memory, K> {
    pub(super) fn new(seen: &'memory mut Seen, known: K) -> Self {
        let (features, numbers) = (Vec::with_capacity(256), Vec::with_capacity(256));
        Self { seen, known, features, numbers }
    }

    /// The number of a feature, where it is of use.
    pub(super) fn number(&mut self, group: Group, hash: Hash) -> Option<u32> {
        (self.known)(hash.key()).map(|key| self.seen.number(group, key))
    }

    /// Adds a feature that is of use. What is seen more than once is added up: the value grows
    /// with the root of the count.
    pub(super) fn add(&mut self, number: Option<u32>, value: f64, origin: Origin) {
        let Some(number) = number else { return };
        let seen = &mut self.seen.features[number as usize];
        if 0 < seen.place {
            self.features[seen.place as usize - 1].value += value;
            return;
        }
        let SeenFeature { group, key, .. } = *seen;
        self.features.push(Feature { key, group, value, origin });
        self.numbers.push(number);
        seen.place = count(self.features.len());
    }

    /// The features in the order of their places.
    pub(super) fn finish(self) -> Vec<Feature> {
        for number in self.numbers {
            self.seen.features[number as usize].place = 0;
        }
        self.features
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
