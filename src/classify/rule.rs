//! Rules from the configuration: words that decide a theme, and themes by other names.

use super::{
    lexicon,
    words::{self, Kind, Reading},
};

/// A rule: a theme, and what decides for it.
///
/// With words it adds the theme, or adds to a built-in one. With `instead_of` the built-in
/// theme bears the rule's name; with both, it does both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rule {
    /// The theme's name.
    pub theme: Box<str>,
    /// Words and phrases any of which decides; case and accents do not matter, and a star at
    /// the end stands for the rest of a word.
    pub words: Vec<Box<str>>,
    /// The built-in theme that bears this name instead of its own.
    pub instead_of: Option<Box<str>>,
}

/// A rule whose phrases have been read.
pub(super) struct Ready {
    /// The theme's name.
    pub theme: Box<str>,
    phrases: Vec<Phrase>,
}

struct Phrase {
    written: Box<str>,
    words: Vec<Box<str>>,
    is_prefix: bool,
    /// What the folded text must hold, where words cannot say it (a link, a sign).
    literal: Option<String>,
}

impl Ready {
    /// Reads a rule's phrases.
    pub(super) fn new(rule: &Rule) -> Self {
        let phrases = rule.words.iter().map(|written| Phrase::new(written)).collect();
        Self { theme: rule.theme.clone(), phrases }
    }

    /// The first phrase that the post holds, as it is written in the rule.
    pub(super) fn fits(&self, reading: &Reading<'_>, folded: &str) -> Option<&str> {
        let is_read = |kind| !matches!(kind, Kind::Stop | Kind::Quote);
        let tokens = reading.tokens.iter().filter(|token| is_read(token.kind));
        let tokens: Vec<&str> = tokens.map(|token| &*token.text).collect();
        let phrase = self.phrases.iter().find(|phrase| phrase.fits(&tokens, folded))?;
        Some(&phrase.written)
    }
}

impl Phrase {
    fn new(written: &str) -> Self {
        let (text, is_prefix) = match written.trim().strip_suffix('*') {
            Some(text) => (text, true),
            None => (written.trim(), false),
        };
        let words = lexicon::sequence(text);
        let needs_text =
            words.iter().any(|word| word.starts_with('<')) || words.is_empty();
        let literal = needs_text.then(|| words::fold(text).into_owned());
        Self { written: written.into(), words, is_prefix, literal }
    }

    fn fits(&self, tokens: &[&str], folded: &str) -> bool {
        if let Some(literal) = &self.literal {
            return !literal.is_empty() && folded.contains(&**literal);
        }
        let last = self.words.len() - 1;
        tokens.windows(self.words.len()).any(|window| {
            window.iter().zip(&self.words).enumerate().all(|(at, (token, word))| {
                *token == &**word
                    || (self.is_prefix && at == last && token.starts_with(&**word))
            })
        })
    }
}
