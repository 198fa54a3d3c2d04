//! Names of one post that files state together, and numbers that spreadsheets cut.

use std::collections::{BTreeMap, BTreeSet};

use super::posts::{Draft, Names, candidates};
use crate::{
    domain::{AliasBasis, Ambiguity, Facts, PostKind, PostName},
    normalize::{self, fold::fold},
};

/// Pairs of names that are one post; the drafts stand by name. A pair that proves nothing by itself needs the post's
/// own words.
pub(super) fn pairs(facts: &Facts, drafts: &[Draft]) -> BTreeSet<(PostName, PostName)> {
    let name_of = |id| {
        let at = facts.post_names.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(facts.post_names[at].1)
    };
    let words = |name: PostName| {
        let at = drafts.binary_search_by_key(&name, |draft| draft.name).ok()?;
        drafts[at].text.as_deref()
    };
    facts
        .name_pairs
        .iter()
        .filter_map(|pair| {
            let (one, other) = (name_of(pair.one)?, name_of(pair.other)?);
            let agrees = pair.text.as_deref().is_none_or(|text| {
                let own = words(one).or_else(|| words(other)).map(fold);
                own.is_some_and(|own| !own.is_empty() && own == fold(text))
            });
            let is_whole = !normalize::is_rounded(one) && !normalize::is_rounded(other);
            (agrees && is_whole).then_some((one, other))
        })
        .collect()
}

/// Gives each name the post of the name beside it, as far as that leads.
pub(super) fn apply(
    pairs: &BTreeSet<(PostName, PostName)>,
    names: &mut Names,
    ambiguities: &mut Vec<Ambiguity>,
) {
    let mut is_settled = false;
    while !is_settled {
        is_settled = true;
        for (one, other) in pairs {
            let (known, unknown) = match (names.get(one), names.get(other)) {
                (Some((at, _)), None) => (*at, *other),
                (None, Some((at, _))) => (*at, *one),
                _ => continue,
            };
            names.insert(unknown, (known, AliasBasis::NamedTogether));
            is_settled = false;
        }
    }
    for (one, other) in pairs {
        if let (Some((known, _)), Some((another, _))) = (names.get(one), names.get(other))
            && known != another
        {
            ambiguities.push(Ambiguity {
                subject: other.to_string().into(),
                text: format!(
                    "a file says that it is {one}, which is another post; not joined"
                )
                .into(),
            });
        }
    }
}

/// Words so short may stand in several posts.
const SHORTEST_TEXT: usize = 20;

/// Joins activities of lists that give a post's words, where those are the words of one
/// post alone, and of one activity.
pub(super) fn join_by_text(facts: &Facts, drafts: &[Draft], names: &mut Names) {
    let key = |text: &str| Some(fold(text)).filter(|text| SHORTEST_TEXT <= text.len());
    let mut activities: BTreeMap<String, BTreeSet<PostName>> = BTreeMap::new();
    for one in &facts.post_numbers {
        let Some(text) = one.text.as_deref().and_then(key) else { continue };
        let found = facts.post_names.binary_search_by_key(&one.post_name, |(id, _)| *id);
        if let Ok(at) = found {
            activities.entry(text).or_default().insert(facts.post_names[at].1);
        }
    }
    if activities.is_empty() {
        return;
    }
    let has_activity: BTreeSet<usize> = names
        .iter()
        .filter(|(name, _)| name.kind == PostKind::Activity)
        .map(|(_, (at, _))| *at)
        .collect();
    let mut posts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        if let Some(text) = draft.text.as_deref().and_then(key) {
            posts.entry(text).or_default().push(at);
        }
    }
    for (text, found) in activities {
        let mut unknown = found.into_iter().filter(|name| {
            name.kind == PostKind::Activity
                && !names.contains_key(name)
                && !normalize::is_rounded(*name)
        });
        let (Some(name), None) = (unknown.next(), unknown.next()) else { continue };
        if let Some([at]) = posts.get(&text).map(Vec::as_slice)
            && !has_activity.contains(at)
        {
            names.insert(name, (*at, AliasBasis::SameText));
        }
    }
}

/// Joins numbers that a spreadsheet cut to 15 digits: the instant in them survives to the
/// millisecond, and one post may have several such names.
pub(super) fn join_rounded(
    wanted: &BTreeSet<PostName>,
    names: &mut Names,
    ambiguities: &mut Vec<Ambiguity>,
) {
    let mut instants: Vec<(i64, usize, AliasBasis)> = names
        .iter()
        .filter_map(|(name, (at, _))| {
            Some((name.instant()?.as_millisecond(), *at, AliasBasis::Instant))
        })
        .collect();
    instants.sort_unstable();
    let mut found: BTreeMap<PostName, usize> = BTreeMap::new();
    for name in wanted.iter().filter(|name| normalize::is_rounded(**name)) {
        let Some(instant) = name.instant() else { continue };
        if names.contains_key(name) {
            continue;
        }
        let near = candidates(&instants, instant.as_millisecond());
        let text = match near.as_slice() {
            [] => {
                "a spreadsheet cut its number, and no post appeared at its instant; left out"
            }
            [(first, ..), (second, ..), ..] if *second <= first + 1 => {
                "a spreadsheet cut its number, and several posts fit its instant; joined to none"
            }
            [(_, at, _), ..] => {
                found.insert(*name, *at);
                continue;
            }
        };
        ambiguities
            .push(Ambiguity { subject: name.to_string().into(), text: text.into() });
    }
    names.extend(found.into_iter().map(|(name, at)| (name, (at, AliasBasis::Instant))));
}
