//! Who engaged with which post.

use super::{
    IdentityId, Place, PostNameId, UnixMs,
    packed::{folded, put, take, unfolded},
};

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

/// Engagements by place, each beside the one before it: a third of the memory that they take one
/// by one. A network's lists hold more of them than it has facts of all other kinds.
#[derive(Clone, Default)]
pub struct PackedEngagements {
    blocks: Vec<EngagementBlock>,
    /// The last one of a block that more may be added to.
    open: Option<Before>,
}

/// Engagements of one file that stand end to end.
#[derive(Clone)]
pub struct EngagementBlock {
    first: Place,
    last: Place,
    len: u32,
    bytes: Vec<u8>,
}

/// No block has more, so that what is done for each takes about as long.
const MOST_OF_BLOCK: u32 = 4096;

/// Adds how far an instant is from the one before.
fn put_ms(bytes: &mut Vec<u8>, ms: Option<UnixMs>, before: &mut i64) {
    if let Some(ms) = ms {
        put(bytes, folded(ms.get().wrapping_sub(*before)));
        *before = ms.get();
    }
}

impl EngagementBlock {
    /// All of them, in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Engagement> {
        let mut bytes = self.bytes.as_slice();
        let mut before = Before::new(self.first);
        (0..self.len).map(move |_| before.take(&mut bytes))
    }
}

/// What the next one is told by.
#[derive(Clone, Copy)]
struct Before {
    place: Place,
    post_name: u32,
    happened_ms: i64,
    listed_ms: i64,
}

impl Before {
    fn new(first: Place) -> Self {
        Self { place: first, post_name: 0, happened_ms: 0, listed_ms: 0 }
    }

    fn put(&mut self, bytes: &mut Vec<u8>, next: &Engagement) {
        let Engagement { place, happened_ms, listed_ms, identity, post_name } = *next;
        put(bytes, (place.row_id() - self.place.row_id()).cast_unsigned());
        put(bytes, identity.into());
        let apart = folded(i64::from(post_name) - i64::from(self.post_name));
        let known =
            u64::from(happened_ms.is_some()) | u64::from(listed_ms.is_some()) << 1;
        put(bytes, apart << 2 | known);
        put_ms(bytes, happened_ms, &mut self.happened_ms);
        put_ms(bytes, listed_ms, &mut self.listed_ms);
        (self.place, self.post_name) = (place, post_name);
    }

    fn take(&mut self, bytes: &mut &[u8]) -> Engagement {
        let number = |taken: u64| u32::try_from(taken).expect("it was put as one");
        self.place = Place::from_row_id(self.place.row_id() + take(bytes).cast_signed());
        let identity = number(take(bytes));
        let told = take(bytes);
        let post_name = i64::from(self.post_name) + unfolded(told >> 2);
        self.post_name = number(post_name.cast_unsigned());
        let mut ms = |is_known: bool, before: &mut i64| {
            if !is_known {
                return None;
            }
            *before = before.wrapping_add(unfolded(take(bytes)));
            UnixMs::new(*before)
        };
        Engagement {
            place: self.place,
            happened_ms: ms(told & 1 != 0, &mut self.happened_ms),
            listed_ms: ms(told & 2 != 0, &mut self.listed_ms),
            identity,
            post_name: self.post_name,
        }
    }
}

impl PackedEngagements {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.blocks.iter().map(|block| block.len as usize).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds one.
    pub fn push(&mut self, engagement: Engagement) {
        let place = engagement.place;
        let block = self.blocks.last().filter(|block| block.len < MOST_OF_BLOCK);
        let before = self.open.filter(|before| {
            let is_one_file = before.place.source_file_id() == place.source_file_id();
            block.is_some() && is_one_file && before.place <= place
        });
        if before.is_none() {
            let block =
                EngagementBlock { first: place, last: place, len: 0, bytes: Vec::new() };
            self.blocks.push(block);
        }
        let mut before = before.unwrap_or_else(|| Before::new(place));
        if let Some(block) = self.blocks.last_mut() {
            before.put(&mut block.bytes, &engagement);
            block.last = place;
            block.len += 1;
        }
        self.open = Some(before);
    }

    /// Adds those of the same or a later file.
    pub fn append(&mut self, next: Self) {
        self.blocks.extend(next.blocks.into_iter().map(|mut block| {
            block.bytes.shrink_to_fit();
            block
        }));
        self.open = None;
    }

    /// Brings them into the order of their places.
    pub fn sort(&mut self) {
        self.blocks.sort_by_key(|block| block.first);
        self.open = None;
        if self.blocks.windows(2).any(|pair| pair[1].first < pair[0].last) {
            let mut all: Vec<Engagement> = self.iter().collect();
            all.sort_by_key(|one| one.place);
            *self = all.into_iter().collect();
        }
    }

    /// Keeps those of which something is true.
    pub fn retain(&mut self, keeps: impl Fn(&Engagement) -> bool) {
        *self = self.iter().filter(keeps).collect();
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Engagement> {
        self.blocks.iter().flat_map(EngagementBlock::iter)
    }

    /// All of them, in pieces that can be gone through side by side and let go.
    pub fn into_blocks(self) -> Vec<EngagementBlock> {
        self.blocks
    }
}

impl FromIterator<Engagement> for PackedEngagements {
    fn from_iter<I: IntoIterator<Item = Engagement>>(all: I) -> Self {
        let mut engagements = Self::default();
        all.into_iter().for_each(|one| engagements.push(one));
        engagements
    }
}

impl PartialEq for PackedEngagements {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl std::fmt::Debug for PackedEngagements {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    }

    fn engagement() -> impl Strategy<Value = Engagement> {
        let ms =
            || prop::option::of(any::<i64>()).prop_map(|ms| ms.and_then(UnixMs::new));
        let place = (1_u32..4, 1_u64..1 << 37, 0_u8..16);
        let names = (any::<u32>(), 0_u32..1 << 31, any::<bool>());
        (place, names, ms(), ms()).prop_map(
            |((file, line, part), (identity, post, is_reaction), happened, listed)| {
                let names =
                    (IdentityId::new(file, identity), PostNameId::new(file, post));
                let kind = if is_reaction {
                    EngagementKind::Reaction
                } else {
                    EngagementKind::Comment
                };
                let place = Place::new(file, line, part);
                Engagement::new(place, names, kind, [happened, listed]).unwrap()
            },
        )
    }

    proptest! {
        #[test]
        fn engagements_come_back_in_any_order_and_sort_by_place(
            parts in prop::collection::vec(prop::collection::vec(engagement(), 0..20), 0..5),
        ) {
            let mut all: Vec<Engagement> = parts.concat();
            let mut packed = PackedEngagements::default();
            for part in parts {
                packed.append(part.into_iter().collect());
            }
            prop_assert_eq!(packed.len(), all.len());
            prop_assert!(packed.iter().eq(all.iter().copied()));
            let of_blocks = packed.clone().into_blocks();
            prop_assert!(of_blocks.iter().flat_map(EngagementBlock::iter).eq(packed.iter()));
            packed.sort();
            all.sort_by_key(|one| one.place);
            prop_assert!(packed.iter().eq(all.iter().copied()));
            let is_reaction = |one: &Engagement| one.kind() == EngagementKind::Reaction;
            packed.retain(is_reaction);
            all.retain(is_reaction);
            prop_assert_eq!(packed, all.into_iter().collect());
        }
    }

    #[test]
    fn a_list_of_many_takes_a_third_of_the_memory() {
        let one = |line: u32| {
            let names =
                (IdentityId::new(1, line % 90_000), PostNameId::new(1, line / 40 + 1));
            let listed =
                UnixMs::new(1_770_000_000_000 + i64::from(line / 40) * 86_400_000);
            let place = Place::new(1, u64::from(line) + 1, 0);
            Engagement::new(place, names, EngagementKind::Reaction, [None, listed])
                .unwrap()
        };
        let packed: PackedEngagements = (1..100_000).map(one).collect();
        let bytes: usize = packed.blocks.iter().map(|block| block.bytes.len()).sum();
        assert!(3 * bytes < packed.len() * size_of::<Engagement>(), "{bytes}");
        assert!(packed.iter().eq((1..100_000).map(one)));
    }
}
