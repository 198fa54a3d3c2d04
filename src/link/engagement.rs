//! Touches and counts from lists of people who engaged.

use jiff::Timestamp;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Linking;
use crate::{
    domain::{
        Engagement, EngagementBlock, EngagementKind, LeadIndex, ListedTime, OfPersons,
        PackedEngagements, PersonIndex, Place, PostIndex, PostNameId, Touch,
        TouchEvidence, TouchKind, UnixMs,
    },
    resolve::Resolved,
};

/// All engagements with a known post by somebody else than its author, by person and post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Engagements {
    listed: Vec<Listed>,
    /// What rows state of leads.
    of_leads: Vec<Once>,
}

/// Blocks of facts that are looked up before they are let go.
const BLOCKS_AT_ONCE: usize = 16;

/// Engagements that become touches at once.
const LISTED_AT_ONCE: usize = 256 * 1024;

/// One of them. Of nothing else that stands in memory there are as many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listed {
    /// Who.
    pub(super) person: PersonIndex,
    /// With what.
    pub(super) post: PostIndex,
    /// How and when.
    what: What,
    /// A lead's: where what its row states is kept.
    at: u32,
}

/// How somebody engaged, and when: its own date, else the post's, else the list's. Eight bytes
/// that may stand anywhere, the greatest first, so that they are in the order of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct What([u8; 8]);

impl What {
    const IS_REACTION: u64 = 1 << 63;
    const IS_STATED: u64 = 1 << 62;
    /// Where the milliseconds of 1970 stand, so that those of any year that is counted are
    /// greater than 0, which is none.
    const EPOCH: i64 = 1 << 60;

    fn new(kind: EngagementKind, ms: Option<UnixMs>, is_stated: bool) -> Self {
        let ms = ms.map_or(0, |ms| ms.get().saturating_add(Self::EPOCH));
        let mut bits = ms.clamp(0, 2 * Self::EPOCH).cast_unsigned();
        if kind == EngagementKind::Reaction {
            bits |= Self::IS_REACTION;
        }
        if is_stated {
            bits |= Self::IS_STATED;
        }
        Self(bits.to_be_bytes())
    }

    fn bits(self) -> u64 {
        u64::from_be_bytes(self.0)
    }

    fn kind(self) -> EngagementKind {
        match self.bits() & Self::IS_REACTION {
            0 => EngagementKind::Comment,
            _ => EngagementKind::Reaction,
        }
    }

    fn is_stated(self) -> bool {
        self.bits() & Self::IS_STATED != 0
    }

    fn ms(self) -> Option<UnixMs> {
        match self.bits() & !(Self::IS_REACTION | Self::IS_STATED) {
            0 => None,
            ms => UnixMs::new(ms.cast_signed() - Self::EPOCH),
        }
    }
}

impl Listed {
    /// How.
    pub(super) fn kind(&self) -> EngagementKind {
        self.what.kind()
    }

    /// When: its own date, else the post's, else the list's.
    pub(super) fn ms(&self) -> Option<UnixMs> {
        self.what.ms()
    }

    /// When somebody engaged, by all that lists say of one person, post and kind; the same as
    /// [`Once::touched_at`].
    pub(super) fn touched_at(of_one: &[Self]) -> Option<Timestamp> {
        let stated = of_one.iter().filter(|one| one.what.is_stated());
        let stated = stated.filter_map(Self::ms);
        let any = of_one.iter().filter_map(Self::ms);
        stated.min().or_else(|| any.min())?.timestamp()
    }
}

impl Engagements {
    /// Looks up whose engagement each was, and with what. Of most of them no more is asked
    /// afterwards: the facts end here.
    pub fn new(
        resolved: &Resolved,
        posts: &[(PostNameId, PostIndex)],
        engagements: PackedEngagements,
    ) -> Self {
        // Looked up and never walked.
        let posts: FxHashMap<PostNameId, PostIndex> = posts.iter().copied().collect();
        let about = |post: &crate::domain::Post| {
            let author = post.member.and_then(|at| resolved.member_persons[at.index()]);
            (author, post.posted_at.map(UnixMs::from))
        };
        let about: Vec<_> = resolved.posts.iter().map(about).collect();
        let listed = |one: &Engagement| {
            let post = *posts.get(&one.post_name())?;
            let person = resolved.persons.of(one.identity());
            let (author, posted_ms) = about[post.index()];
            (author != Some(person)).then(|| Listed {
                person,
                post,
                what: What::new(
                    one.kind(),
                    one.happened_ms.or(posted_ms).or(one.listed_ms),
                    one.happened_ms.is_some(),
                ),
                at: 0,
            })
        };
        let mut is_lead = vec![false; resolved.persons.len()];
        for lead in &resolved.leads {
            is_lead[lead.person.index()] = true;
        }
        // Room for the most there can be: what is never used takes no memory.
        let mut all = Vec::with_capacity(engagements.len());
        let mut of_leads = Vec::with_capacity(engagements.len());
        let mut blocks = engagements.into_blocks();
        // From the end, so that the facts give their memory back as they are looked up.
        while !blocks.is_empty() {
            let from = blocks.len().saturating_sub(BLOCKS_AT_ONCE);
            let of_block = |block: &EngagementBlock| -> Vec<_> {
                block.iter().filter_map(|fact| Some((listed(&fact)?, fact))).collect()
            };
            let found: Vec<_> = blocks[from..].par_iter().map(of_block).collect();
            blocks.truncate(from);
            for (mut one, fact) in found.into_iter().flatten() {
                if is_lead[one.person.index()] {
                    one.at = u32::try_from(of_leads.len())
                        .expect("fewer than 2^32 engagements");
                    of_leads.push(Once::new(&fact));
                }
                all.push(one);
            }
        }
        all.par_sort_unstable();
        Self { listed: all, of_leads }
    }

    /// The engagements of each person, those with one post and of one kind together.
    pub(super) fn by_person(&self) -> impl ParallelIterator<Item = &[Listed]> {
        by_person(&self.listed)
    }

    /// The engagements of some persons after the other, of all that each has.
    fn by_persons(&self) -> impl Iterator<Item = &[Listed]> {
        let mut rest = self.listed.as_slice();
        std::iter::from_fn(move || {
            let last = rest.get(LISTED_AT_ONCE).or(rest.last())?.person;
            let some;
            (some, rest) = rest.split_at(rest.partition_point(|one| one.person <= last));
            Some(some)
        })
    }

    /// How many rows state what leads did.
    pub(super) fn of_leads(&self) -> usize {
        self.of_leads.len()
    }

    /// How many people are listed for each post: those who reacted, those who commented. None
    /// where no list speaks of that kind.
    pub fn counts(&self, posts: usize) -> Vec<(Option<u64>, Option<u64>)> {
        let mut counts = vec![(None, None); posts];
        for one in self.listed.chunk_by(is_same) {
            let (reactions, comments) = &mut counts[one[0].post.index()];
            let count = match one[0].kind() {
                EngagementKind::Reaction => reactions,
                EngagementKind::Comment => comments,
            };
            *count.get_or_insert(0_u64) += 1;
        }
        counts
    }

    /// How many posts somebody is listed for.
    pub(super) fn posts_listed(&self) -> u64 {
        let posts: FxHashSet<PostIndex> =
            self.listed.iter().map(|one| one.post).collect();
        posts.len() as u64
    }
}

/// Engagements in the order of persons, by person.
fn by_person(listed: &[Listed]) -> impl ParallelIterator<Item = &[Listed]> {
    listed.par_chunk_by(|one, next| one.person == next.person)
}

/// Whether two engagements are of one person with one post and of one kind: listed twice,
/// they count once.
pub(super) fn is_same(one: &Listed, other: &Listed) -> bool {
    (one.person, one.post, one.kind()) == (other.person, other.post, other.kind())
}

/// A person's engagement of one kind with one post, over all lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Once {
    /// The earliest instant that a list states.
    pub happened_ms: Option<UnixMs>,
    /// When the earliest list was made.
    pub listed_ms: Option<UnixMs>,
    /// Where the newest list says it.
    pub place: Place,
}

/// Adds the touches of leads. A person listed twice for one post and kind is one touch; the
/// author is no reader.
pub(super) fn add_touches(
    linking: &Linking<'_>,
    engagements: &Engagements,
    leads: &OfPersons<LeadIndex>,
    all: &mut Vec<Touch>,
) {
    let touches = |of_one: &[Listed]| {
        let (Listed { person, post, .. }, kind) = (of_one[0], of_one[0].kind());
        let posts = &linking.resolved.posts;
        let fact = |one: &Listed| engagements.of_leads[one.at as usize];
        let merged = |one: Once, next| one.merged(next, |at| linking.exports.rank(at));
        let once = of_one.iter().map(fact).reduce(merged);
        let posted_at = posts[post.index()].posted_at;
        let touch = move |lead: &LeadIndex| once?.touch(*lead, (post, posted_at), kind);
        leads.of(person).iter().filter_map(touch)
    };
    for some in engagements.by_persons() {
        let of_leads = by_person(some).filter(|own| !leads.of(own[0].person).is_empty());
        let found = of_leads.flat_map_iter(|own| own.chunk_by(is_same).flat_map(touches));
        all.append(&mut found.collect());
    }
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
        let earlier = |a: Option<UnixMs>, b: Option<UnixMs>| a.into_iter().chain(b).min();
        let is_newer = rank(self.place) < rank(other.place);
        Self {
            happened_ms: earlier(self.happened_ms, other.happened_ms),
            listed_ms: earlier(self.listed_ms, other.listed_ms),
            place: if is_newer { other.place } else { self.place },
        }
    }

    /// When it was, of a post that appeared at an instant; none where nothing tells when. A
    /// list without times says only that it was no earlier than the post.
    pub fn touched_at(self, posted_at: Option<Timestamp>) -> Option<Timestamp> {
        let happened_at = self.happened_ms.and_then(UnixMs::timestamp);
        let listed_at = self.listed_ms.and_then(UnixMs::timestamp);
        happened_at.or(posted_at).or(listed_at)
    }

    /// The touch of a lead by a post that appeared at an instant; none where nothing tells
    /// when.
    pub fn touch(
        self,
        lead: LeadIndex,
        (post, posted_at): (PostIndex, Option<Timestamp>),
        kind: EngagementKind,
    ) -> Option<Touch> {
        let happened_at = self.happened_ms.and_then(UnixMs::timestamp);
        let touched_ms = self.touched_at(posted_at)?.into();
        let time = match (happened_at, posted_at) {
            (Some(_), _) => ListedTime::Own,
            (None, Some(_)) => ListedTime::OfPost { listed_ms: self.listed_ms },
            (None, None) => ListedTime::OfList,
        };
        let evidence = TouchEvidence::Listed { kind, time };
        Some(Touch {
            lead,
            post: Some(post),
            kind: touch_kind(kind),
            touched_ms,
            evidence,
            place: self.place,
        })
    }
}

/// How a touch is known that a list tells.
pub fn touch_kind(kind: EngagementKind) -> TouchKind {
    match kind {
        EngagementKind::Comment => TouchKind::Comment,
        EngagementKind::Reaction => TouchKind::Reaction,
    }
}

/// A post's count: what the newest file says, or the people listed where they are more.
/// Lists are cut off, so fewer people listed say nothing; more of them show that the file's
/// number is old.
pub fn most(stated: Option<u64>, listed: Option<u64>) -> Option<u64> {
    stated.max(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_read_as_it_was_and_comments_come_first() {
        let instants =
            [None, Some(-62_000_000_000_000), Some(0), Some(1_700_000_000_123)];
        let mut all = Vec::new();
        for kind in [EngagementKind::Comment, EngagementKind::Reaction] {
            for (ms, is_stated) in
                instants.iter().flat_map(|ms| [(ms, false), (ms, true)])
            {
                let ms = ms.and_then(UnixMs::new);
                let what = What::new(kind, ms, is_stated);
                assert_eq!(
                    (what.kind(), what.ms(), what.is_stated()),
                    (kind, ms, is_stated)
                );
                all.push((kind, what));
            }
        }
        all.sort_by_key(|(_, what)| *what);
        assert!(all.is_sorted_by_key(|(kind, _)| *kind));
        assert_eq!(size_of::<Listed>(), 20);
    }

    #[test]
    fn lists_tell_the_same_instant_of_whoever_became_a_lead_and_of_others() {
        let rows = [(Some(5), None), (None, Some(3)), (Some(7), Some(1)), (None, None)];
        for (posted, first, second) in [None, Some(2)].into_iter().flat_map(|posted| {
            let pairs =
                rows.iter().flat_map(|one| rows.iter().map(move |two| (one, two)));
            pairs.map(move |(one, two)| (posted, *one, *two))
        }) {
            let ms = |ms: Option<i64>| ms.and_then(UnixMs::new);
            let once = |(happened, listed)| Once {
                happened_ms: ms(happened),
                listed_ms: ms(listed),
                place: Place::new(1, 1, 0),
            };
            let listed = |(happened, listed): (Option<i64>, Option<i64>)| Listed {
                person: PersonIndex::new(0),
                post: PostIndex::new(0),
                what: What::new(
                    EngagementKind::Reaction,
                    ms(happened.or(posted).or(listed)),
                    happened.is_some(),
                ),
                at: 0,
            };
            let posted_at = posted.map(|ms| Timestamp::from_millisecond(ms).unwrap());
            let merged = once(first).merged(once(second), |place| (0, place));
            assert_eq!(
                Listed::touched_at(&[listed(first), listed(second)]),
                merged.touched_at(posted_at),
                "{posted:?} {first:?} {second:?}"
            );
        }
    }
}
