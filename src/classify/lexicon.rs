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

    /// Every class that the tokens name, in order of its place.
    pub(super) fn hits(&self, tokens: &[Token<'_>]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (start, token) in tokens.iter().enumerate() {
            if matches!(token.kind, Kind::Stop | Kind::Quote | Kind::Tag) {
                continue;
            }
            for phrase in self.by_word.get(&*token.text).into_iter().flatten() {
                if phrase.fits(&tokens[start..]) {
                    push(&mut hits, phrase.class, start, start + phrase.words.len());
                }
            }
            if token.kind == Kind::Word {
                self.prefix_hits(&token.text, start, &mut hits);
            }
        }
        hits
    }

    fn prefix_hits(&self, word: &str, start: usize, hits: &mut Vec<Hit>) {
        for (end, _) in word.char_indices().skip(3) {
            for class in self.by_prefix.get(&word[..end]).into_iter().flatten() {
                push(hits, *class, start, start + 1);
            }
        }
        for class in self.by_prefix.get(word).into_iter().flatten() {
            push(hits, *class, start, start + 1);
        }
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
