//! Who engaged with which post.

use super::{IdentityId, Place, PostNameId, UnixMs};

/// How a person engaged with a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum EngagementKind {
    Comment,
    Reaction,
}

/// A person on a list of those who engaged with a post. Of no fact there are more: who and
/// which post are told by their count within the file that the place names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Engagement {
    /// Where.
    pub place: Place,
    /// When, where the list says so.
    pub happened_ms: Option<UnixMs>,
    /// When the list was made: it happened no later.
    pub listed_ms: Option<UnixMs>,
    identity: u32,
    /// The count above the bit that is set for a reaction.
    post_name: u32,
}

impl Engagement {
    /// Somebody engaged with a post, at a time that the list states, and no later than the list
    /// was made. None where a file does not name both of them itself.
    pub fn new(
        place: Place,
        (identity, post_name): (IdentityId, PostNameId),
        kind: EngagementKind,
        [happened_ms, listed_ms]: [Option<UnixMs>; 2],
    ) -> Option<Self> {
        let file = place.source_file_id();
        let is_own = [identity.source_file_id(), post_name.source_file_id()] == [file; 2];
        let count = post_name.count().checked_mul(2).filter(|_| is_own)?;
        let post_name = count | u32::from(kind == EngagementKind::Reaction);
        let identity = identity.count();
        Some(Self { place, happened_ms, listed_ms, identity, post_name })
    }

    /// Who.
    pub fn identity(&self) -> IdentityId {
        IdentityId::new(self.place.source_file_id(), self.identity)
    }

    /// With which post.
    pub fn post_name(&self) -> PostNameId {
        PostNameId::new(self.place.source_file_id(), self.post_name / 2)
    }

    /// How.
    pub fn kind(&self) -> EngagementKind {
        if self.post_name % 2 == 1 {
            EngagementKind::Reaction
        } else {
            EngagementKind::Comment
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_engaged_with_what_comes_back() {
        let place = |file| Place::new(file, 4_000_000_000, 1);
        let names =
            |file, post| (IdentityId::new(file, u32::MAX), PostNameId::new(file, post));
        let times = [UnixMs::new(-1), None];
        for kind in [EngagementKind::Comment, EngagementKind::Reaction] {
            let (who, what) = names(7, 9);
            let engagement = Engagement::new(place(7), (who, what), kind, times).unwrap();
            assert_eq!((engagement.identity(), engagement.post_name()), (who, what));
            assert_eq!((engagement.kind(), engagement.happened_ms), (kind, times[0]));
            assert_eq!(Engagement::new(place(8), (who, what), kind, times), None);
            assert_eq!(Engagement::new(place(7), names(7, 1 << 31), kind, times), None);
        }
        assert_eq!(size_of::<Engagement>(), 32);
    }
}
