//! What a member's answers tell: LinkedIn begins an answer with the full name of whoever is
//! answered, so that person commented there before. It is inferred, never a touch.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Linking;
use crate::domain::{Identities, Inferred, OwnComment, PostIndex};

/// Names of more words than this are not looked for.
const MOST_WORDS: usize = 6;

/// The people answered under the members' own posts, by post and time, each comment once.
pub fn inferred(linking: &Linking<'_>, identities: &Identities) -> Vec<Inferred> {
    let answers: Vec<(&OwnComment, PostIndex)> = linking
        .facts
        .own_comments
        .iter()
        .filter_map(|comment| Some((comment, own_post(linking, comment)?)))
        .collect();
    if answers.is_empty() {
        return Vec::new();
    }
    // Names are many and answers few: only names with which one of them begins are kept.
    let begins: FxHashSet<&str> = answers
        .iter()
        .flat_map(|(comment, _)| begins(&comment.text))
        .filter(|begin| begin.contains(' '))
        .collect();
    let names: FxHashSet<&str> = identities
        .iter()
        .filter_map(|(_, identity)| identity.full_name)
        .filter(|name| begins.contains(name))
        .collect();
    // An answer is in every archive of its member; the newest speaks for all.
    let mut newest: FxHashMap<_, &OwnComment> = FxHashMap::default();
    for (comment, post) in answers {
        newest
            .entry((post, comment.commented_at, &*comment.text))
            .and_modify(|known| {
                if linking.exports.rank(known.place) < linking.exports.rank(comment.place)
                {
                    *known = comment;
                }
            })
            .or_insert(comment);
    }
    let mut found: Vec<Inferred> = newest
        .into_iter()
        .filter_map(|((post, ..), comment)| {
            Some(Inferred {
                post,
                full_name: answered(&comment.text, &names)?.into(),
                answered_at: comment.commented_at,
                place: comment.place,
            })
        })
        .collect();
    found.sort_by(|one, other| {
        let key = |one: &Inferred| (one.post, one.answered_at);
        let rank = |one: &Inferred| linking.exports.rank(one.place);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.full_name.cmp(&other.full_name))
            .then_with(|| rank(one).cmp(&rank(other)))
    });
    found
}

/// The post under which a member wrote, where it is their own.
fn own_post(linking: &Linking<'_>, comment: &OwnComment) -> Option<PostIndex> {
    let post = linking.post(comment.post_name?)?;
    let export = linking.exports.export(comment.place).export_id;
    let writer = linking.resolved.member_of_export.get(&export)?;
    (linking.resolved.posts[post.index()].member == Some(*writer)).then_some(post)
}

/// The longest known full name with which a text begins.
fn answered<'a>(text: &'a str, names: &FxHashSet<&str>) -> Option<&'a str> {
    begins(text).filter(|begin| names.contains(begin)).last()
}

/// The first words of a text: one, two, and so on.
fn begins(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim_start();
    let ends = text
        .char_indices()
        .filter(|(_, character)| character.is_whitespace())
        .map(|(at, _)| at)
        .chain([text.len()]);
    ends.take(MOST_WORDS)
        .map(|end| text[..end].trim_end_matches([',', ':', '!', '?', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_begins_with_a_full_name_and_a_mention_does_not() {
        let names = ["Amara Diallo", "Tom O'Hara", "Ana Prieto", "Ana Prieto Vega"];
        let names: FxHashSet<&str> = names.into_iter().collect();
        let check = |text, expected: Option<&str>| {
            assert_eq!(answered(text, &names), expected, "{text:?}");
        };
        check("Amara Diallo thank you for trusting me.", Some("Amara Diallo"));
        check("Tom O'Hara, you asked", Some("Tom O'Hara"));
        check("Ana Prieto Vega yes", Some("Ana Prieto Vega"));
        check("Amara Diallo", Some("Amara Diallo"));
        check("Amara's take is mine", None);
        check("Thanks to Amara Diallo", None);
        check("", None);
    }
}
