//! Persons as files name them.
//!
//! A network names some hundred thousand of them, and everything that joins them reads their
//! names and keys again and again: these stand end to end, without a piece of memory for each.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

/// A person as one file names them. The number is unique over all files: the file above,
/// the count within it below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityId(pub i64);

impl IdentityId {
    /// The `count`-th identity of a file.
    pub fn new(source_file_id: u32, count: u32) -> Self {
        Self(i64::from(source_file_id) << 32 | i64::from(count))
    }

    /// The file that names them.
    pub fn source_file_id(self) -> u32 {
        u32::try_from(self.0 >> 32).unwrap_or(0)
    }

    /// Which of the file's identities it is, from 1.
    pub fn count(self) -> u32 {
        u32::try_from(self.0 & 0xffff_ffff).unwrap_or(0)
    }
}

/// All that one file tells to know a person by. Profile and e-mail are comparison keys,
/// names are as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identity<Text> {
    /// The LinkedIn profile slug.
    pub profile: Option<Text>,
    /// LinkedIn's opaque id of a member; never equal to a slug.
    pub member_id: Option<Text>,
    /// The e-mail address.
    pub email: Option<Text>,
    /// First and last name.
    pub full_name: Option<Text>,
    /// The company, as written.
    pub company: Option<Text>,
}

impl<Text> Identity<Text> {
    /// The same, with its texts in another form.
    pub fn map<Other>(self, form: impl Fn(Text) -> Other) -> Identity<Other> {
        Identity {
            profile: self.profile.map(&form),
            member_id: self.member_id.map(&form),
            email: self.email.map(&form),
            full_name: self.full_name.map(&form),
            company: self.company.map(&form),
        }
    }
}

/// Identities, in the order of their numbers once they are sorted.
#[derive(Clone, Default)]
pub struct Identities {
    rows: Vec<Row>,
    /// The texts of each, in the order of [`Identity`], and before each how long it is.
    texts: String,
}

/// Where the texts of a list stand, by their hash: those of one hash have the next ones that are
/// free.
#[derive(Debug, Default)]
pub struct TextsByHash(FxHashMap<u64, usize>);

/// How many texts an identity has.
const TEXTS: usize = 5;

#[derive(Clone, Copy)]
struct Row {
    id: IdentityId,
    /// Where its texts begin.
    start: usize,
}

/// A length is a row of characters, the lowest digit first: one byte for most texts. The bit of
/// this value says that more follow; no surrogate is so low.
const DIGITS: usize = 1 << 14;

/// Adds a text behind its length, which counts from 1; of a text that is not there it is 0.
fn put(texts: &mut String, text: Option<&str>) {
    let mut length = text.map_or(0, |text| text.len() + 1);
    loop {
        let more = length / DIGITS;
        let digit = length % DIGITS + if more == 0 { 0 } else { DIGITS };
        let digit = u32::try_from(digit).ok().and_then(char::from_u32);
        texts.push(digit.expect("a character is lower than a surrogate"));
        if more == 0 {
            break;
        }
        length = more;
    }
    texts.push_str(text.unwrap_or_default());
}

/// Takes the next text, which was put whole.
fn take<'a>(texts: &mut &'a str) -> Option<&'a str> {
    let (mut length, mut value) = (0, 1);
    loop {
        let mut rest = texts.chars();
        let digit = u32::from(rest.next().expect("a length was put whole")) as usize;
        *texts = rest.as_str();
        length += digit % DIGITS * value;
        if digit < DIGITS {
            break;
        }
        value *= DIGITS;
    }
    let (text, rest) = texts.split_at(length.checked_sub(1)?);
    *texts = rest;
    Some(text)
}

impl Identities {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Makes room for more, where the system gives it ahead of use.
    pub fn reserve(&mut self, identities: usize) {
        const USUAL_BYTES: usize = 64;
        drop(self.rows.try_reserve(identities));
        drop(self.texts.try_reserve(identities.saturating_mul(USUAL_BYTES)));
    }

    /// Adds one.
    pub fn push<Text: AsRef<str>>(&mut self, id: IdentityId, identity: &Identity<Text>) {
        self.rows.push(Row { id, start: self.texts.len() });
        let Identity { profile, member_id, email, full_name, company } = identity;
        for text in [profile, member_id, email, full_name, company] {
            put(&mut self.texts, text.as_ref().map(AsRef::as_ref));
        }
    }

    /// Adds those of the same or a later file.
    pub fn append(&mut self, next: Self) {
        if self.rows.capacity() == 0 {
            *self = next;
            return;
        }
        let before = self.texts.len();
        self.texts.push_str(&next.texts);
        let moved = |row: &Row| Row { id: row.id, start: before + row.start };
        self.rows.extend(next.rows.iter().map(moved));
    }

    /// Adds those of the same or a later file. Nearly half of all that a network's files say of
    /// persons was said before: its texts stand once.
    pub fn append_sharing(&mut self, next: &Self, known: &mut TextsByHash) {
        for row in &next.rows {
            let start = self.shared(next.texts_at(row.start), known);
            self.rows.push(Row { id: row.id, start });
        }
    }

    /// All texts of the one that begins at a place.
    fn texts_at(&self, start: usize) -> &str {
        let texts = &self.texts[start..];
        let mut rest = texts;
        for _ in 0..TEXTS {
            take(&mut rest);
        }
        &texts[..texts.len() - rest.len()]
    }

    /// Where these texts stand, which are added if they do not stand there already.
    fn shared(&mut self, texts: &str, known: &mut TextsByHash) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write(texts.as_bytes());
        let mut hash = hasher.finish();
        while let Some(start) = known.0.get(&hash) {
            if self.texts[*start..].starts_with(texts) {
                return *start;
            }
            hash = hash.wrapping_add(1);
        }
        let start = self.texts.len();
        self.texts.push_str(texts);
        known.0.insert(hash, start);
        start
    }

    /// Brings them into the order of their numbers.
    pub fn sort(&mut self) {
        self.rows.sort_by_key(|row| row.id);
    }

    /// The number of the one at a place.
    pub fn id_at(&self, at: usize) -> IdentityId {
        self.rows[at].id
    }

    /// The one at a place.
    pub fn at(&self, at: usize) -> Identity<&str> {
        let mut texts = &self.texts[self.rows[at].start..];
        let [profile, member_id, email, full_name, company]: [_; TEXTS] =
            std::array::from_fn(|_| take(&mut texts));
        Identity { profile, member_id, email, full_name, company }
    }

    /// The profile of the one at a place.
    pub fn profile_at(&self, at: usize) -> Option<&str> {
        take(&mut &self.texts[self.rows[at].start..])
    }

    /// The one of a number.
    pub fn get(&self, id: IdentityId) -> Option<Identity<&str>> {
        let at = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        Some(self.at(at))
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (IdentityId, Identity<&str>)> {
        self.rows.iter().enumerate().map(|(at, row)| (row.id, self.at(at)))
    }
}

impl<Text: AsRef<str>> FromIterator<(IdentityId, Identity<Text>)> for Identities {
    fn from_iter<I: IntoIterator<Item = (IdentityId, Identity<Text>)>>(all: I) -> Self {
        let mut identities = Self::default();
        all.into_iter().for_each(|(id, identity)| identities.push(id, &identity));
        identities
    }
}

impl PartialEq for Identities {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl std::fmt::Debug for Identities {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(
        profile: &'static str,
        full_name: Option<&'static str>,
    ) -> Identity<&'static str> {
        Identity { profile: Some(profile), full_name, ..Identity::default() }
    }

    #[test]
    fn a_text_of_any_length_comes_back() {
        for length in [0, 126, 127, 128, 2_046, 2_047, 16_382, 16_383, 16_384, 1 << 22] {
            let text = "x".repeat(length);
            let mut texts = String::new();
            put(&mut texts, Some(&text));
            put(&mut texts, None);
            let mut rest = texts.as_str();
            assert_eq!(take(&mut rest), Some(text.as_str()));
            assert_eq!((take(&mut rest), rest), (None, ""));
        }
    }

    #[test]
    fn files_that_say_the_same_share_their_texts() {
        let of = |file, profile| -> Identities {
            let identity = identity(profile, Some("Zoë Ålgård"));
            [(IdentityId::new(file, 1), identity)].into_iter().collect()
        };
        let mut identities = Identities::default();
        let mut known = TextsByHash::default();
        for (file, profile) in [(1, "zoë"), (2, "zoë"), (3, "zoe"), (4, "zoë")] {
            identities.append_sharing(&of(file, profile), &mut known);
        }
        let profiles: Vec<_> = (0..4).map(|at| identities.profile_at(at)).collect();
        assert_eq!(profiles, [Some("zoë"), Some("zoë"), Some("zoe"), Some("zoë")]);
        let once = of(1, "zoë").texts.len() + of(1, "zoe").texts.len();
        assert_eq!(identities.texts.len(), once);
    }

    #[test]
    fn what_is_put_together_is_what_it_was() {
        let all = [
            (IdentityId::new(2, 1), identity("zoë", Some("Zoë Ålgård"))),
            (IdentityId::new(1, 2), identity("", None)),
            (
                IdentityId::new(1, 1),
                Identity { company: Some("山田"), ..Identity::default() },
            ),
        ];
        let mut identities: Identities = all[..1].iter().copied().collect();
        identities.append(all[1..].iter().copied().collect());
        assert!(identities.iter().eq(all));
        identities.sort();
        assert!(identities.iter().eq([all[2], all[1], all[0]]));
        assert_eq!(identities.get(all[1].0), Some(all[1].1));
        assert_eq!(identities.get(IdentityId::new(1, 3)), None);
        // Texts that stand in another order are the same identities.
        let mut sorted = all;
        sorted.reverse();
        assert_eq!(identities, sorted.into_iter().collect());
        assert_ne!(identities, all.into_iter().collect());
    }
}
