//! Posts get their themes: by hand, by what was told of the same text before, or by the
//! classifier.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::{
    classify::{BY_HAND, Classifier, Label, Memory, Rule, ToldThemes},
    domain::Post,
};

/// Gives every post its theme: a label by hand wins over the classifier.
pub(super) fn give_themes(posts: &mut [Post], rules: &[Rule]) {
    let labels = labels(posts, rules, &ToldThemes::default());
    give_labels(posts, labels);
}

/// The themes of posts; the same rules told those that are told already.
pub(super) fn labels(posts: &[Post], rules: &[Rule], told: &ToldThemes) -> Vec<Label> {
    let classifier = Classifier::new(rules);
    let label = |memory: &mut Memory, post: &Post| {
        if let Some(theme) = &post.theme {
            let because = vec![BY_HAND.to_owned()];
            return Label { theme: theme.clone(), confidence: 1.0, because };
        }
        let text = post.text.as_deref().unwrap_or("");
        let tell = |memory| classifier.classify_one_of_many(text, memory);
        let Some(known) = told.get(text) else { return tell(memory) };
        debug_assert!(is_same(known, &tell(memory)), "a theme is told of its text alone");
        known.clone()
    };
    // Small parts, each a task of its own, so that a thread that has joined persons can help
    // with the last ones; what one part has learned of words the next takes over.
    let memories = Mutex::new(Vec::new());
    let memories = || memories.lock().unwrap_or_else(PoisonError::into_inner);
    let labelled = |posts: &[Post]| {
        let mut memory: Memory = memories().pop().unwrap_or_default();
        let labels: Vec<Label> =
            posts.iter().map(|post| label(&mut memory, post)).collect();
        memories().push(memory);
        labels
    };
    let parts: Vec<Vec<Label>> =
        posts.par_chunks(128).with_max_len(1).map(labelled).collect();
    parts.into_iter().flatten().collect()
}

/// Gives every post its label.
pub(super) fn give_labels(posts: &mut [Post], labels: Vec<Label>) {
    for (post, label) in posts.iter_mut().zip(labels) {
        post.theme = Some(label.theme);
        post.theme_confidence = Some(label.confidence);
        post.theme_because = Some(label.because.join("; ").into());
    }
}

/// Reasons that were read stand in one text.
fn is_same(known: &Label, told: &Label) -> bool {
    let is_as_sure = known.confidence.to_bits() == told.confidence.to_bits();
    let because = |one: &Label| one.because.join("; ");
    is_as_sure && known.theme == told.theme && because(known) == because(told)
}
