//! A post's text becomes its theme, with a confidence and the words that decided.
//!
//! A linear model over words, letters, classes of a lexicon of five languages and the shape
//! of the post; rules from the configuration come first. Nothing is downloaded or random.

mod features;
mod lexicon;
mod memory;
mod model;
mod reasons;
mod rule;
#[cfg(test)]
mod tests;
pub mod training;
mod words;

pub use memory::Memory;
pub use model::THEMES;
pub use rule::Rule;

use std::cell::LazyCell;

use lexicon::Lexicon;
use model::Model;
use rustc_hash::FxHashMap;

/// The theme of what fits no other, and of what cannot be told.
pub const OTHER: &str = "other";

/// Below this confidence a post is `other`.
pub const THRESHOLD: f64 = 0.3;

/// The theme of a post.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The theme's name.
    pub theme: Box<str>,
    /// How likely the likeliest theme is, from 0 to 1; 1 where a rule decides.
    pub confidence: f64,
    /// What decided, most weighty first.
    pub because: Vec<String>,
}

/// What decided about a post that is labelled by hand.
pub const BY_HAND: &str = "labelled by hand";

/// What a classifier told, by text; looked up and never walked.
pub type ToldThemes = FxHashMap<Box<str>, Label>;

/// Tells the themes of posts; made once, shared by all threads.
pub struct Classifier {
    lexicon: Lexicon,
    model: Model,
    rules: Vec<rule::Ready>,
    /// What each built-in theme is called.
    names: [Box<str>; THEMES.len()],
    threshold: f64,
}

impl Classifier {
    /// Makes a classifier that obeys rules, the first that fits before the others.
    pub fn new(rules: &[Rule]) -> Self {
        let named = |theme: &str| {
            let renaming =
                rules.iter().find(|rule| rule.instead_of.as_deref() == Some(theme));
            renaming.map_or_else(|| theme.into(), |rule| rule.theme.clone())
        };
        Self {
            lexicon: Lexicon::built_in(),
            model: Model::read(include_bytes!("model.bin"))
                .expect("the model file is whole"),
            rules: rules.iter().map(rule::Ready::new).collect(),
            names: THEMES.map(named),
            threshold: THRESHOLD,
        }
    }

    /// Sets the confidence below which a post is `other`.
    #[must_use]
    pub fn with_threshold(mut self, threshold: f64) -> Self {
        self.threshold = threshold;
        self
    }

    /// Tells the theme of a post from its text.
    pub fn classify(&self, text: &str) -> Label {
        self.classify_one_of_many(text, &mut Memory::default())
    }

    /// Tells the theme of one of many posts, which share a memory of this classifier alone.
    pub fn classify_one_of_many(&self, text: &str, memory: &mut Memory) -> Label {
        let reading = words::read(text);
        if reading.is_empty() {
            return self.other(0.0, vec!["the post has no text".to_owned()]);
        }
        let folded = LazyCell::new(|| words::fold(text));
        for rule in &self.rules {
            if let Some(word) = rule.fits(&reading, &folded) {
                let because = vec![format!("the rule for {}: \"{word}\"", rule.theme)];
                return Label { theme: rule.theme.clone(), confidence: 1.0, because };
            }
        }
        let place = |hash| self.model.place(hash);
        let features = features::features(&reading, &self.lexicon, memory, place);
        let (scores, parts) =
            self.model.score(&features, |place| self.model.weight(place));
        let shares = model::shares(&scores, self.model.temperature);
        let best = training::likeliest(&shares);
        let confidence = shares[best];
        let mut because =
            reasons::reasons(best, &parts, (&reading, &self.lexicon), &mut memory.told);
        if confidence < self.threshold {
            let name = &self.names[best];
            let doubt = format!(
                "{name} is likeliest at {confidence:.2}, under {:.2}",
                self.threshold
            );
            because.insert(0, doubt);
            return self.other(confidence, because);
        }
        Label { theme: self.names[best].clone(), confidence, because }
    }

    fn other(&self, confidence: f64, because: Vec<String>) -> Label {
        let at = THEMES.iter().position(|theme| *theme == OTHER);
        let theme = at.map_or_else(|| OTHER.into(), |at| self.names[at].clone());
        Label { theme, confidence, because }
    }
}
