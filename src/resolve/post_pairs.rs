//! Names of one post that files state together, and numbers that spreadsheets cut.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    instants::Instants,
    posts::{Draft, Names},
};
use crate::{
    domain::{self, AliasBasis, Ambiguity, Facts, PostKind, PostName},
    normalize::{self, fold::fold},
};

/// Pairs of names that are one post; the drafts stand by name. A pair that proves nothing by itself needs the post's
/// own words.
pub(super) fn pairs(facts: &Facts, drafts: &[Draft]) -> BTreeSet<(PostName, PostName)> {
    let name_of = |id| domain::of_name(&facts.post_names, id);
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

/// Gives each name the post of the name beside it, as far as that leads: in rounds, pair by
/// pair in each, so that a name between two posts gets the one that is fewer rounds away.
pub(super) fn apply(
    pairs: &BTreeSet<(PostName, PostName)>,
    names: &mut Names,
    ambiguities: &mut Vec<Ambiguity>,
) {
    let list: Vec<(PostName, PostName)> = pairs.iter().copied().collect();
    let mut beside: BTreeMap<PostName, Vec<usize>> = BTreeMap::new();
    for (at, (one, other)) in list.iter().enumerate() {
        beside.entry(*one).or_default().push(at);
        beside.entry(*other).or_default().push(at);
    }
    // A pair's turn comes when one of its names is known: in the same round if it stands
    // further down, else in the next.
    let is_half_known = |(one, other): &(PostName, PostName)| {
        names.contains_key(one) != names.contains_key(other)
    };
    let mut turns: BTreeSet<(usize, usize)> = (0..list.len())
        .filter(|at| is_half_known(&list[*at]))
        .map(|at| (0, at))
        .collect();
    while let Some((round, at)) = turns.pop_first() {
        let (one, other) = list[at];
        let (known, unknown) = match (names.get(&one), names.get(&other)) {
            (Some((post, _)), None) => (*post, other),
            (None, Some((post, _))) => (*post, one),
            _ => continue,
        };
        names.insert(unknown, (known, AliasBasis::NamedTogether));
        let next = beside.get(&unknown).into_iter().flatten();
        turns.extend(next.map(|next| (round + usize::from(*next < at), *next)));
    }
    for (one, other) in pairs {
        if let (Some((known, _)), Some((another, _))) = (names.get(one), names.get(other))
            && known != another
        {
            let text = format!(
                "a file says that it is {one}, which is another post; not joined"
            );
            ambiguities.push(Ambiguity::open(other.to_string(), text));
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
        if let Some(name) = domain::of_name(&facts.post_names, one.post_name) {
            activities.entry(text).or_default().insert(name);
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
    let instants = names
        .iter()
        .filter_map(|(name, (at, _))| {
            Some((name.instant()?.as_millisecond(), *at, AliasBasis::Instant))
        })
        .collect();
    let instants = Instants::new(instants);
    let mut found: BTreeMap<PostName, usize> = BTreeMap::new();
    for name in wanted.iter().filter(|name| normalize::is_rounded(**name)) {
        let Some(instant) = name.instant() else { continue };
        if names.contains_key(name) {
            continue;
        }
        let near = instants.nearest(instant.as_millisecond());
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
        ambiguities.push(Ambiguity::open(name.to_string(), text));
    }
    names.extend(found.into_iter().map(|(name, at)| (name, (at, AliasBasis::Instant))));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All pairs again and again, until nothing changes.
    fn pass_by_pass(pairs: &BTreeSet<(PostName, PostName)>, names: &mut Names) {
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
    }

    proptest! {
        #[test]
        fn names_between_two_posts_go_where_passes_over_all_pairs_send_them(
            pairs in prop::collection::btree_set((0_u64..20, 0_u64..20), 0..30),
            known in prop::collection::btree_map(0_u64..20, 0_usize..4, 0..4),
        ) {
            let named = |number| PostName { kind: PostKind::Activity, group: 0, number };
            let pairs = pairs.iter().map(|(one, other)| (named(*one), named(*other)));
            let pairs: BTreeSet<(PostName, PostName)> = pairs.collect();
            let known = known.iter();
            let mut names: Names =
                known.map(|(one, at)| (named(*one), (*at, AliasBasis::SameName))).collect();
            let mut expected = names.clone();
            pass_by_pass(&pairs, &mut expected);
            apply(&pairs, &mut names, &mut Vec::new());
            prop_assert_eq!(names, expected);
        }
    }
}
