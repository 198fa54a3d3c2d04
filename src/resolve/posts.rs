//! All names of a post are one post.
//!
//! A member's archive says `share` or `ugcPost`, lists of engagers say `activity`: other
//! numbers, made a moment apart. The instants inside the numbers join them, or the date
//! that the archive states; a post that was scheduled has only the latter.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Exports,
    instants::{self, Instants, Near},
    members::Members,
    post_labels,
    post_numbers::{self, Authors, only},
    post_pairs,
};
use crate::{
    domain::{
        self, AliasBasis, Ambiguity, EvidenceKind, Facts, MemberIndex, Post, PostAlias,
        PostIndex, PostKind, PostName, PostNameId, Share,
    },
    normalize::{is_rounded, link},
};

/// The posts and their names.
#[derive(Debug, Default)]
pub(super) struct Posts {
    pub(super) list: Vec<Post>,
    pub(super) aliases: Vec<PostAlias>,
    pub(super) post_of: FxHashMap<PostName, PostIndex>,
}

/// Two candidates nearer than this are not told apart by their distance.
const SURE_MS: i64 = 1_000;

/// A post before its other names are known.
pub(super) struct Draft {
    pub(super) name: PostName,
    member: Option<MemberIndex>,
    stated_at: Option<Timestamp>,
    appeared_at: Option<Timestamp>,
    /// The time in the post's own analytics.
    analyzed_at: Option<Timestamp>,
    pub(super) text: Option<Arc<str>>,
    shared_url: Option<Box<str>>,
}

/// The post of each name, by its position, and why it is this one.
pub(super) type Names = BTreeMap<PostName, (usize, AliasBasis)>;

/// Finds the posts: those of the archives, and those that lists of engagers or the CRM's
/// tracking name and no archive holds.
pub(super) fn posts(
    exports: &Exports<'_>,
    members: &Members,
    facts: &Facts,
    ambiguities: &mut Vec<Ambiguity>,
) -> Posts {
    let mut drafts = own(exports, members, &facts.shares);
    let mut aliases: Names = drafts
        .iter()
        .enumerate()
        .map(|(at, draft)| (draft.name, (at, AliasBasis::SameName)))
        .collect();
    let pairs = post_pairs::pairs(facts, &drafts);
    let of_own_posts = named(facts, &pairs);
    let authors = post_numbers::authors(members, facts);
    // The richer kinds first: an activity may be another name of a share seen on a list.
    for is_activity in [false, true] {
        post_pairs::apply(&pairs, &mut aliases, ambiguities);
        if is_activity {
            post_pairs::join_by_text(facts, &drafts, &mut aliases);
            let mentioned = facts.post_names.iter().map(|(_, name)| *name);
            let mentioned = mentioned.chain(of_own_posts.iter().copied());
            join(&drafts, mentioned, &authors, &mut aliases, ambiguities);
        }
        for &name in &of_own_posts {
            let is_own_turn = (name.kind == PostKind::Activity) == is_activity;
            if is_own_turn && !is_rounded(name) && !aliases.contains_key(&name) {
                aliases.insert(name, (drafts.len(), AliasBasis::SameName));
                drafts.push(Draft {
                    name,
                    member: None,
                    stated_at: None,
                    appeared_at: None,
                    analyzed_at: None,
                    text: None,
                    shared_url: None,
                });
            }
        }
    }
    // What was named as an activity and came to be known as a richer name's.
    post_pairs::apply(&pairs, &mut aliases, ambiguities);
    post_pairs::join_rounded(&of_own_posts, &mut aliases, ambiguities);
    for (name, (at, _)) in &aliases {
        if name.kind == PostKind::Activity && !is_rounded(*name) {
            drafts[*at].appeared_at = name.instant();
        }
    }
    analyzed(facts, &aliases, &mut drafts);
    let mut posts = finished(drafts, &aliases);
    post_labels::label(exports, facts, &mut posts, ambiguities);
    post_numbers::complete(exports, facts, &mut posts);
    post_numbers::give_members(members, &authors, &mut posts, ambiguities);
    posts
}

/// Gives posts the time that their own analytics state.
fn analyzed(facts: &Facts, names: &Names, drafts: &mut [Draft]) {
    for one in facts.post_numbers.iter().filter(|one| one.posted_ms.is_some()) {
        let name = domain::of_name(&facts.post_names, one.post_name);
        if let Some((at, _)) = name.and_then(|name| names.get(&name)) {
            let posted_at =
                one.posted_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
            drafts[*at].analyzed_at = drafts[*at].analyzed_at.max(posted_at);
        }
    }
}

/// The posts of the archives: the newest export's row of each.
fn own(exports: &Exports<'_>, members: &Members, shares: &[Share]) -> Vec<Draft> {
    let mut newest: BTreeMap<PostName, &Share> = BTreeMap::new();
    for share in shares {
        newest
            .entry(share.name)
            .and_modify(|known| {
                if exports.rank(known.place) < exports.rank(share.place) {
                    *known = share;
                }
            })
            .or_insert(share);
    }
    newest
        .into_iter()
        .map(|(name, share)| Draft {
            name,
            member: members
                .of_export
                .get(&exports.export(share.place).export_id)
                .copied(),
            stated_at: share.stated_at,
            appeared_at: None,
            analyzed_at: None,
            text: Some(share.text.clone()),
            shared_url: share.shared_url.clone(),
        })
        .collect()
}

/// Names of posts outside the archives that lists of engagers or tracking name: posts of
/// somebody's here.
fn named(facts: &Facts, pairs: &BTreeSet<(PostName, PostName)>) -> BTreeSet<PostName> {
    let name_of = |id| domain::of_name(&facts.post_names, id);
    let counted = facts.post_numbers.iter().map(|one| one.post_name);
    let formed = facts.lead_forms.iter().filter_map(|one| one.post_name);
    let engaged = facts.engagements.iter().map(|one| one.post_name());
    // Its order goes in the set of names.
    let engaged: FxHashSet<PostNameId> = engaged.chain(counted).chain(formed).collect();
    let tracked = facts
        .evidence
        .iter()
        .filter(|one| one.kind == EvidenceKind::Tracked)
        .flat_map(|one| link::posts_in(&one.text));
    let mut of_own_posts: BTreeSet<PostName> =
        engaged.into_iter().filter_map(name_of).chain(tracked).collect();
    for (one, other) in pairs {
        if of_own_posts.contains(one) || of_own_posts.contains(other) {
            of_own_posts.extend([*one, *other]);
        }
    }
    of_own_posts
}

/// Joins activities that files mention to posts by instant, one to one.
fn join(
    drafts: &[Draft],
    mentioned: impl Iterator<Item = PostName>,
    authors: &Authors<'_>,
    aliases: &mut Names,
    ambiguities: &mut Vec<Ambiguity>,
) {
    let by_instant = ByInstant::new(drafts, !authors.is_empty());
    let has_activity: BTreeSet<usize> = aliases
        .iter()
        .filter(|(name, _)| name.kind == PostKind::Activity)
        .map(|(_, (at, _))| *at)
        .collect();
    let mut best: BTreeMap<usize, Vec<(i64, PostName, AliasBasis)>> = BTreeMap::new();
    let activities = mentioned.filter(|name| name.kind == PostKind::Activity);
    for name in activities.filter(|name| !is_rounded(*name)) {
        let Some(instant) = name.instant().map(Timestamp::as_millisecond) else {
            continue;
        };
        let near = by_instant.nearest(instant, authors.get(&name).and_then(only));
        match near.as_slice() {
            [] => {}
            _ if aliases.contains_key(&name) => {}
            [(_, one, _), (second, other, _), ..] if *second <= SURE_MS => {
                let text = format!(
                    "{} and {} both appeared within a second of it; joined to none",
                    drafts[*one].name, drafts[*other].name
                );
                let subject = name.to_string();
                ambiguities.push(Ambiguity::open(subject, text));
            }
            [(distance, at, basis), ..] => {
                best.entry(*at).or_default().push((*distance, name, *basis));
            }
        }
    }
    for (at, mut names) in best {
        names.sort_unstable();
        names.dedup();
        let joined = usize::from(!has_activity.contains(&at));
        for (_, name, basis) in &names[..joined] {
            aliases.insert(*name, (at, *basis));
        }
        for (_, name, _) in &names[joined..] {
            let text = format!(
                "near {}, which has another activity already; not joined",
                drafts[at].name
            );
            let subject = name.to_string();
            ambiguities.push(Ambiguity::open(subject, text));
        }
    }
}

/// The instants of posts that activities may be other names of.
struct ByInstant {
    all: Instants,
    /// By member: those of the member's posts; also those of posts of no known member.
    by_member: BTreeMap<Option<MemberIndex>, Instants>,
}

impl ByInstant {
    /// By member only where lists tell of any post whose it is.
    fn new(drafts: &[Draft], knows_authors: bool) -> Self {
        let mut all = Vec::new();
        let mut by_member: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (at, draft) in drafts
            .iter()
            .enumerate()
            .filter(|(_, one)| one.name.kind != PostKind::Activity)
        {
            let own = draft.name.instant().map(|instant| (instant, AliasBasis::Instant));
            let stated = draft.stated_at.map(|instant| (instant, AliasBasis::StatedDate));
            for (instant, basis) in own.into_iter().chain(stated) {
                let one = (instant.as_millisecond(), at, basis);
                all.push(one);
                if knows_authors {
                    by_member.entry(draft.member).or_default().push(one);
                }
            }
        }
        let by_member =
            by_member.into_iter().map(|(member, all)| (member, Instants::new(all)));
        Self { all: Instants::new(all), by_member: by_member.collect() }
    }

    /// The two nearest posts, the nearest first: of an author, where one is known, those
    /// that may be the author's.
    fn nearest(&self, instant: i64, author: Option<MemberIndex>) -> Vec<Near> {
        if author.is_none() {
            return self.all.nearest(instant);
        }
        let of_either =
            [author, None].into_iter().filter_map(|one| self.by_member.get(&one));
        instants::first_two(of_either.flat_map(|one| one.nearest(instant)).collect())
    }
}

/// Puts the posts in the order of time and numbers them.
fn finished(drafts: Vec<Draft>, names: &Names) -> Posts {
    let mut order: Vec<(Option<Timestamp>, PostName, usize)> = drafts
        .iter()
        .enumerate()
        .map(|(at, draft)| (posted_at(draft), draft.name, at))
        .collect();
    order.sort_unstable();
    let mut index_of = vec![PostIndex::new(0); drafts.len()];
    for (index, (.., at)) in order.iter().enumerate() {
        index_of[*at] = PostIndex::from_index(index);
    }
    let post_of: FxHashMap<PostName, PostIndex> =
        names.iter().map(|(name, (at, _))| (*name, index_of[*at])).collect();
    let aliases = names
        .iter()
        .map(|(name, (at, basis))| PostAlias {
            name: *name,
            post: index_of[*at],
            basis: *basis,
        })
        .collect();
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let mut list = Vec::with_capacity(order.len());
    list.extend(order.into_iter().filter_map(|(posted_at, name, at)| {
        let draft = drafts[at].take()?;
        Some(Post {
            member: draft.member,
            posted_at,
            text: draft.text,
            shared_url: draft.shared_url,
            ..Post::named(name)
        })
    }));
    Posts { list, aliases, post_of }
}

/// The activity's instant if known; else the time in its own analytics; else the stated date where it is more than a minute
/// after the name's own instant, as for a scheduled post; else that instant.
fn posted_at(draft: &Draft) -> Option<Timestamp> {
    const MINUTE_MS: i64 = 60_000;
    let own = draft.name.instant();
    let is_scheduled = matches!(
        (own, draft.stated_at),
        (Some(own), Some(stated)) if own.as_millisecond() + MINUTE_MS < stated.as_millisecond()
    );
    let stated = draft.stated_at.filter(|_| is_scheduled || own.is_none());
    draft.appeared_at.or(draft.analyzed_at).or(stated).or(own)
}
