//! The lexicon: words and phrases of five languages, sorted into classes of meaning.

use rustc_hash::FxHashMap;

use super::words::{self, Kind, Token};

/// The lexicon's text: a class in brackets, then its phrases between commas.
pub(super) const TEXT: &str = include_str!("data/lexicon.txt");

/// A class of meaning that was found in a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// The class, as its place among the lexicon's names.
    pub class: u16,
    /// The place of the first token.
    pub start: usize,
    /// The place after the last token.
    pub end: usize,
}

/// What a word means by itself.
#[derive(Debug)]
pub(super) struct Meaning {
    /// The classes of what it begins with.
    classes: Box<[u16]>,
    /// Phrases begin with it; a phrase may be the word alone.
    begins_phrase: bool,
}

struct Phrase {
    words: Vec<Box<str>>,
    /// True when the last word is but the beginning of a word.
    is_prefix: bool,
    class: u16,
}

/// Phrases by what they begin with.
pub(super) struct Lexicon {
    names: Vec<Box<str>>,
    /// By the whole first word. Its order is never seen.
    by_word: FxHashMap<Box<str>, Vec<Phrase>>,
    /// By the beginning of the only word. Its order is never seen.
    by_prefix: FxHashMap<Box<str>, Vec<u16>>,
}

impl Lexicon {
    /// Reads the lexicon that is built in.
    pub(super) fn built_in() -> Self {
        let mut lexicon = Self {
            names: Vec::new(),
            by_word: FxHashMap::default(),
            by_prefix: FxHashMap::default(),
        };
        for line in TEXT.lines() {
            let line = line.trim();
            if let Some(name) =
                line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
            {
                lexicon.names.push(name.into());
            } else if !line.starts_with('%') {
                line.split(',').for_each(|phrase| lexicon.add(phrase.trim()));
            }
        }
        lexicon
    }

    /// The name of a class.
    pub(super) fn name(&self, class: u16) -> &str {
        &self.names[usize::from(class)]
    }

    /// What a word means by itself.
    pub(super) fn meaning(&self, token: &Token<'_>) -> Meaning {
        let text = &*token.text;
        let begins_phrase = self.by_word.contains_key(text);
        if token.kind != Kind::Word {
            return Meaning { begins_phrase, classes: Box::default() };
        }
        let ends = text.char_indices().map(|(end, _)| end).skip(3).chain([text.len()]);
        let of_end = |end| self.by_prefix.get(&text[..end]).into_iter().flatten();
        Meaning { begins_phrase, classes: ends.flat_map(of_end).copied().collect() }
    }

    /// Every class that the tokens name, in order of its place. `meaning` tells what a token
    /// means that is a word.
    pub(super) fn hits<'word>(
        &self,
        tokens: &[Token<'_>],
        meaning: impl Fn(usize) -> Option<&'word Meaning>,
    ) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (start, token) in tokens.iter().enumerate() {
            let Some(meaning) = meaning(start) else { continue };
            if meaning.begins_phrase {
                for phrase in &self.by_word[&*token.text] {
                    if phrase.fits(&tokens[start..]) {
                        let end = start + phrase.words.len();
                        push(&mut hits, phrase.class, start, end);
                    }
                }
            }
            for class in &meaning.classes {
                push(&mut hits, *class, start, start + 1);
            }
        }
        hits
    }

    fn add(&mut self, phrase: &str) {
        let Ok(class) = u16::try_from(self.names.len().wrapping_sub(1)) else { return };
        let (text, is_prefix) = match phrase.strip_suffix('*') {
            Some(text) => (text, true),
            None => (phrase, false),
        };
        let words: Vec<Box<str>> = sequence(text);
        match words.as_slice() {
            [] => {}
            [only] if is_prefix => {
                self.by_prefix.entry(only.clone()).or_default().push(class);
            }
            [first, ..] => {
                let first = first.clone();
                self.by_word.entry(first).or_default().push(Phrase {
                    words,
                    is_prefix,
                    class,
                });
            }
        }
    }
}

/// The folded tokens of a phrase; what stands in angle brackets is kept as it is.
pub(super) fn sequence(phrase: &str) -> Vec<Box<str>> {
    let mut sequence = Vec::new();
    for chunk in phrase.split_whitespace() {
        if chunk.starts_with('<') {
            sequence.push(chunk.into());
        } else {
            let tokens = words::read(chunk).tokens;
            sequence.extend(
                tokens
                    .into_iter()
                    .filter(|token| token.kind != Kind::Stop)
                    .map(|token| token.text.into()),
            );
        }
    }
    sequence
}

impl Phrase {
    fn fits(&self, tokens: &[Token<'_>]) -> bool {
        let last = self.words.len() - 1;
        self.words.len() <= tokens.len()
            && self.words.iter().zip(tokens).enumerate().all(|(at, (word, token))| {
                *token.text == **word
                    || (self.is_prefix && at == last && token.text.starts_with(&**word))
            })
    }
}

fn push(hits: &mut Vec<Hit>, class: u16, start: usize, end: usize) {
    let known = hits
        .iter()
        .rev()
        .take(8)
        .any(|hit| hit.class == class && hit.start <= start && end <= hit.end);
    if !known {
        hits.push(Hit { class, start, end });
    }
}
