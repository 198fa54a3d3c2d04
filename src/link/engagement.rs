//! Touches and counts from lists of people who engaged.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashMap;

use super::Linking;
use crate::domain::{
    Engagement, EngagementKind, LeadIndex, PersonIndex, Place, PostIndex, Touch,
    TouchKind,
};

/// A person's engagement of one kind with one post, over all lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Once {
    /// The earliest instant that a list states, in Unix milliseconds.
    pub happened_ms: Option<i64>,
    /// When the earliest list was made, in Unix milliseconds.
    pub listed_ms: Option<i64>,
    /// Where the newest list says it.
    pub place: Place,
}

/// Touches of leads. A person listed twice for one post and kind is one touch; the author
/// is no reader.
pub(super) fn touches(linking: &Linking<'_>, leads: &[Vec<LeadIndex>]) -> Vec<Touch> {
    let mut once: BTreeMap<(PersonIndex, PostIndex, EngagementKind), Once> =
        BTreeMap::new();
    for_each(linking, |person, post, engagement| {
        if leads[person.index()].is_empty() {
            return;
        }
        let new = Once::new(engagement);
        once.entry((person, post, engagement.kind))
            .and_modify(|known| {
                *known = known.merged(new, |place| linking.exports.rank(place));
            })
            .or_insert(new);
    });
    let mut touches = Vec::with_capacity(once.len());
    for ((person, post, kind), once) in once {
        let posted_at = linking.resolved.posts[post.index()].posted_at;
        for &lead in &leads[person.index()] {
            touches.extend(once.touch(lead, (post, posted_at), kind));
        }
    }
    touches
}

impl Once {
    /// What one row states.
    pub fn new(engagement: &Engagement) -> Self {
        Self {
            happened_ms: engagement.happened_ms,
            listed_ms: engagement.listed_ms,
            place: engagement.place,
        }
    }

    /// The earlier instant that a list states; the place is that of the newer list, by the
    /// rank of places.
    #[must_use]
    pub fn merged(self, other: Self, rank: impl Fn(Place) -> (u32, Place)) -> Self {
        let earlier = |a: Option<i64>, b: Option<i64>| a.into_iter().chain(b).min();
        let is_newer = rank(self.place) < rank(other.place);
        Self {
            happened_ms: earlier(self.happened_ms, other.happened_ms),
            listed_ms: earlier(self.listed_ms, other.listed_ms),
            place: if is_newer { other.place } else { self.place },
        }
    }

    /// The touch of a lead by a post that appeared at an instant; none where nothing tells
    /// when. A list without times says only that it was no earlier than the post.
    pub fn touch(
        self,
        lead: LeadIndex,
        (post, posted_at): (PostIndex, Option<Timestamp>),
        kind: EngagementKind,
    ) -> Option<Touch> {
        let instant = |ms: i64| Timestamp::from_millisecond(ms).ok();
        let happened_at = self.happened_ms.and_then(instant);
        let listed_at = self.listed_ms.and_then(instant);
        let touched_at = happened_at.or(posted_at).or(listed_at)?;
        let (kind, words) = match kind {
            EngagementKind::Comment => (TouchKind::Comment, "commented"),
            EngagementKind::Reaction => (TouchKind::Reaction, "reacted"),
        };
        let evidence = match (happened_at, posted_at, listed_at) {
            (Some(_), ..) => format!("listed as having {words}, with its own date"),
            (None, Some(_), Some(listed_at)) => format!(
                "listed as having {words}, at post: no earlier than the post, no later than {}",
                crate::domain::iso(listed_at)
            ),
            (None, Some(_), None) => format!("listed as having {words}, at post"),
            (None, None, _) => format!("listed as having {words}, at the list's date"),
        };
        Some(Touch {
            lead,
            post: Some(post),
            kind,
            touched_at,
            weight: 1.0,
            evidence: evidence.into(),
            place: self.place,
        })
    }
}

/// How many people are listed for each post: those who reacted, those who commented. None
/// where no list speaks of that kind.
pub fn engagement_counts(linking: &Linking<'_>) -> Vec<(Option<u64>, Option<u64>)> {
    let mut listed: Vec<(PostIndex, EngagementKind, PersonIndex)> =
        Vec::with_capacity(linking.facts.engagements.len());
    for_each(linking, |person, post, engagement| {
        listed.push((post, engagement.kind, person));
    });
    listed.par_sort_unstable();
    listed.dedup();
    let mut counts = vec![(None, None); linking.resolved.posts.len()];
    for (post, kind, _) in listed {
        let (reactions, comments) = &mut counts[post.index()];
        let count = match kind {
            EngagementKind::Reaction => reactions,
            EngagementKind::Comment => comments,
        };
        *count.get_or_insert(0_u64) += 1;
    }
    counts
}

/// A post's count: what the newest file says, or the people listed where they are more.
/// Lists are cut off, so fewer people listed say nothing; more of them show that the file's
/// number is old.
pub fn most(stated: Option<u64>, listed: Option<u64>) -> Option<u64> {
    stated.max(listed)
}

/// Calls `each` for every engagement with a known post by somebody else than its author.
pub(super) fn for_each(
    linking: &Linking<'_>,
    mut each: impl FnMut(PersonIndex, PostIndex, &Engagement),
) {
    // Every name is looked up once; the map is never walked.
    let posts: FxHashMap<_, PostIndex> = linking
        .facts
        .post_names
        .iter()
        .filter_map(|(id, name)| Some((*id, *linking.resolved.post_of.get(name)?)))
        .collect();
    let authors: Vec<Option<PersonIndex>> = linking
        .resolved
        .posts
        .iter()
        .map(|post| linking.resolved.member_persons[post.member?.index()])
        .collect();
    for engagement in &linking.facts.engagements {
        let Some(&post) = posts.get(&engagement.post_name) else { continue };
        let person = linking.resolved.persons.of(engagement.identity);
        if authors[post.index()] != Some(person) {
            each(person, post, engagement);
        }
    }
}
