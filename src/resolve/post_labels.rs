//! Themes that people gave to posts by hand.

use std::collections::BTreeMap;

use super::{Exports, posts::Posts};
use crate::domain::{self, Ambiguity, Facts, Label, PostIndex};

/// Gives posts the themes of labels: the newest file's word holds, and in a file that of the
/// last line. Where nothing tells which of two files is newer, and they differ, neither holds.
pub(super) fn label(
    exports: &Exports<'_>,
    facts: &Facts,
    posts: &mut Posts,
    ambiguities: &mut Vec<Ambiguity>,
) {
    let mut of_posts: BTreeMap<PostIndex, Vec<&Label>> = BTreeMap::new();
    for label in &facts.labels {
        let name = domain::of_name(&facts.post_names, label.post_name);
        if let Some(post) = name.and_then(|name| posts.post_of.get(&name)) {
            of_posts.entry(*post).or_default().push(label);
        }
    }
    for (post, mut labels) in of_posts {
        labels.sort_by_key(|label| exports.rank(label.place));
        let Some(last) = labels.last().copied() else { continue };
        let age = |label: &Label| exports.age_and_day(label.place);
        labels.retain(|label| age(label) == age(last));
        let file = |label: &Label| label.place.source_file_id();
        // What a file says is what its last line says.
        let files: Vec<&[&Label]> =
            labels.chunk_by(|one, next| file(one) == file(next)).collect();
        let differs = |one: &&&Label| one.theme != last.theme;
        let open = files.iter().filter_map(|lines| lines.last()).find(differs);
        let post = &mut posts.list[post.index()];
        let subject = post.name.to_string();
        if let Some(other) = open {
            ambiguities.push(Ambiguity::open(subject, words(exports, other, last)));
            continue;
        }
        post.theme = Some(last.theme.clone());
        let earlier = |lines: &&[&Label]| {
            Some(words(exports, lines.iter().rfind(differs)?, lines.last()?))
        };
        if let Some(words) = files.iter().find_map(earlier) {
            ambiguities.push(Ambiguity::joined(subject, words));
        }
    }
}

/// Says that two labels differ, and what is taken.
fn words(exports: &Exports<'_>, one: &Label, last: &Label) -> String {
    let [(first, file), (second, last_file)] = [one, last].map(|label| {
        let words = format!("\"{}\" in line {}", label.theme, label.place.line());
        (words, &*exports.file(label.place).name)
    });
    if one.place.source_file_id() == last.place.source_file_id() {
        return format!(
            "labelled {first} and {second} of {file}; the last line is taken"
        );
    }
    format!(
        "labelled {first} of {file} and {second} of {last_file}; nothing tells which is newer, \
         so that neither is taken until both say the same"
    )
}
