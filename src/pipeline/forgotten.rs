//! Persons who are to be forgotten, known by keyed hashes alone; rows that name them are
//! left out while files are read.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    mem,
};

use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

use super::{archives, ids, naming};
use crate::{
    discover::hex,
    domain::{Facts, Identity, IdentityId, LinkKind, Place, Rejection, Subject, count},
    normalize::{self, Batch},
    resolve::is_nobodys,
    store::{Store, StoreError},
};

pub(super) use super::key::Key;
pub(super) use crate::normalize::ERASED;

/// HMAC with SHA-256, as RFC 2104 defines it, of a key no longer than a block.
#[derive(Clone, Debug)]
pub(super) struct Keyed {
    inner: Sha256,
    outer: Sha256,
}

impl Keyed {
    pub(super) fn new(key: &[u8]) -> Self {
        const BLOCK: usize = 64;
        let padded = |with: u8| {
            let padded = key.iter().copied().chain(std::iter::repeat(0)).take(BLOCK);
            Sha256::new()
                .chain_update(padded.map(|byte| byte ^ with).collect::<Vec<u8>>())
        };
        Self { inner: padded(0x36), outer: padded(0x5c) }
    }

    pub(super) fn hash(&self, text: &[u8]) -> [u8; 32] {
        let inner = self.inner.clone().chain_update(text).finalize();
        self.outer.clone().chain_update(inner).finalize().into()
    }
}

/// Who is to be forgotten in a database.
#[derive(Debug)]
pub(super) struct Forgotten {
    keyed: Keyed,
    /// Looked up and never walked.
    hashes: FxHashSet<[u8; 32]>,
}

impl Forgotten {
    /// Reads it from a database.
    pub(super) fn load(store: &Store) -> Result<Self, StoreError> {
        let key = store.forget_key()?.unwrap_or_default();
        let read = |text: String| {
            let hash = unhex(&text);
            hash.ok_or(StoreError::Value { what: "hash of a person", value: text })
        };
        let hashes =
            store.forgotten()?.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { keyed: Keyed::new(key.as_bytes()), hashes })
    }

    /// Knows a person by keys that no database holds.
    pub(super) fn of(keys: &BTreeSet<Key>) -> Self {
        let mut forgotten = Self { keyed: Keyed::new(b""), hashes: FxHashSet::default() };
        forgotten.hashes = keys.iter().map(|key| forgotten.hashed(key)).collect();
        forgotten
    }

    /// Whether nobody is.
    pub(super) fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The hash of a key, as the database keeps it.
    pub(super) fn hash(&self, key: &Key) -> String {
        hex(&self.hashed(key))
    }

    fn hashed(&self, key: &Key) -> [u8; 32] {
        self.keyed.hash(key.text().as_bytes())
    }

    /// Whether a key is one of somebody to be forgotten.
    pub(super) fn has(&self, key: &Key) -> bool {
        self.hashes.contains(&self.hashed(key))
    }

    fn has_identity(&self, identity: Identity<&str>) -> bool {
        if Key::of_identity(identity).any(|key| self.has(&key)) {
            return true;
        }
        // A name at a company says who it is only where nothing better does.
        let is_vague = identity.profile.is_none() && identity.member_id.is_none();
        let is_at = |key: &Key| matches!(key, Key::NameAtCompany(..));
        is_vague && Key::of_name(identity).any(|key| is_at(&key) && self.has(&key))
    }

    /// Whether an identity has the name of somebody to be forgotten.
    fn has_name(&self, identity: Identity<&str>) -> bool {
        let mut names = Key::of_name(identity);
        names.any(|key| matches!(key, Key::Name(_)) && self.has(&key))
    }

    /// Whether somebody is called otherwise, and has another address or profile.
    fn is_another(&self, named: impl Iterator<Item = Key>) -> bool {
        let mut kinds = [false; 2];
        for key in named {
            if self.has(&key) {
                return false;
            }
            kinds[usize::from(matches!(key, Key::Name(_)))] |=
                !matches!(key, Key::NameAtCompany(..));
        }
        kinds == [true; 2]
    }

    /// A name of a file without whoever is to be forgotten.
    pub(super) fn without<'a>(&self, name: &'a str) -> Cow<'a, str> {
        self.redacted(name).map_or(Cow::Borrowed(name), Cow::Owned)
    }

    /// The text without whoever is to be forgotten; none where it names nobody of them.
    pub(super) fn redacted(&self, text: &str) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        naming::without(text, ERASED, &|key| self.has(key))
    }

    /// The same of a cell that holds keys, which are compared whole.
    pub(super) fn redacted_key(&self, text: &str) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        naming::without_key(text, ERASED, &|key| self.has(key))
    }

    /// Whether an id that may be made of words names any of them.
    pub(super) fn is_in_words(&self, id: &str) -> bool {
        !self.is_empty() && naming::names_any(id, &|key| self.has(key))
    }

    /// Whether a link names any of them in a cell that holds a name, or an id elsewhere.
    pub(super) fn is_linked(&self, kind: LinkKind, text: &str) -> bool {
        matches!(kind, LinkKind::ContactName | LinkKind::OtherId)
            && self.redacted_key(text).is_some()
    }

    /// Redacts a text in its place; whether anything was.
    pub(super) fn redact<Text>(&self, text: &mut Text) -> bool
    where
        Text: AsRef<str> + From<String>,
    {
        let clean = self.redacted(text.as_ref());
        let is_named = clean.is_some();
        if let Some(clean) = clean {
            *text = clean.into();
        }
        is_named
    }
}

/// The bytes that [`hex`] wrote.
fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes().chunks(2).map(std::str::from_utf8);
    let bytes = digits.map(|two| u8::from_str_radix(two.ok()?, 16).ok());
    bytes.collect::<Option<Vec<u8>>>()?.try_into().ok()
}

/// Leaves out of one file what names somebody to be forgotten.
pub(super) struct Filter<'a> {
    forgotten: &'a Forgotten,
    /// The vendor of the file.
    system: &'a str,
    /// It is none, so that a table that comes later may have the same ids.
    is_nobodys: bool,
    /// Identities that are nobody's.
    identities: BTreeSet<IdentityId>,
    left_out: u64,
}

impl<'a> Filter<'a> {
    pub(super) fn new(forgotten: &'a Forgotten, system: &'a str) -> Self {
        let is_nobodys = is_nobodys(system);
        Self { forgotten, system, is_nobodys, identities: BTreeSet::new(), left_out: 0 }
    }

    /// What was left out, as a sentence.
    pub(super) fn note(&self) -> Option<String> {
        (0 < self.left_out).then(|| {
            let statements = count(self.left_out, "statement", "statements");
            let were = if self.left_out == 1 { "was" } else { "were" };
            format!("{statements} about persons who are to be forgotten {were} left out")
        })
    }

    /// Leaves out of a batch what names them.
    pub(super) fn clean(&mut self, batch: &mut Batch) {
        let records = self.clean_persons(&mut batch.facts);
        self.clean_records(&mut batch.facts, &records);
        self.clean_texts(&mut batch.facts);
        archives::mark(self.forgotten, &mut batch.facts);
        for rejection in &mut batch.rejections {
            self.clean_rejection(rejection, &records);
        }
    }

    fn is_record(&self, id: &str) -> bool {
        self.forgotten.has(&Key::Record(self.system.to_owned(), id.to_owned()))
    }

    /// Whether it may be somebody's, or another's of the same number.
    fn is_one_of_records(&self, id: &str) -> bool {
        self.forgotten.has(&Key::OneOfRecords(self.system.to_owned(), id.to_owned()))
    }

    /// Lines that name people, by address or name, none of whom is to be forgotten.
    fn lines_of_others(&self, facts: &Facts) -> BTreeSet<u64> {
        let named = facts.links.iter();
        let named = named.filter_map(|one| Some((one.place.line(), Key::of_link(one)?)));
        let (theirs, others): (Vec<_>, Vec<_>) =
            named.partition(|(_, key)| self.forgotten.has(key));
        let lines = |all: Vec<(u64, Key)>| all.into_iter().map(|(line, _)| line);
        let theirs: BTreeSet<u64> = lines(theirs).collect();
        lines(others).filter(|line| !theirs.contains(line)).collect()
    }

    /// Lines of tables of nobody's that name somebody else by both, whose id an id may be.
    fn lines_of_strangers(&self, facts: &Facts) -> BTreeSet<u64> {
        let mut named: BTreeMap<u64, Vec<Key>> = BTreeMap::new();
        for one in facts.links.iter().filter(|_| self.is_nobodys) {
            named.entry(one.place.line()).or_default().extend(Key::of_link(one));
        }
        named.retain(|_, keys| self.forgotten.is_another(mem::take(keys).into_iter()));
        named.into_keys().collect()
    }

    /// Empties identities, and drops what they did; the lines of records that go.
    fn clean_persons(&mut self, facts: &mut Facts) -> BTreeSet<u64> {
        let forgotten = self.forgotten;
        let named = facts.identities.iter();
        let theirs = named.filter(|(_, identity)| forgotten.has_identity(*identity));
        self.identities.extend(theirs.map(|(id, _)| id));
        let mut lines = BTreeSet::new();
        let mut emptied = BTreeSet::new();
        facts.contacts.retain(|one| {
            let identity = facts.identities.get(one.identity).unwrap_or_default();
            let is_another = || {
                let own = facts.links.iter().filter(|link| link.place == one.place);
                let others = own.filter(|link| link.kind == LinkKind::AliasEmail);
                let others = others.map(|link| Key::Email(link.text.to_string()));
                let named = Key::of_identity(identity).chain(Key::of_name(identity));
                self.is_nobodys && forgotten.is_another(named.chain(others))
            };
            let goes = self.identities.contains(&one.identity)
                || (self.is_record(&one.remote_id) && !is_another())
                || (self.is_one_of_records(&one.remote_id)
                    && forgotten.has_name(identity));
            if goes {
                lines.insert(one.place.line());
                emptied.insert(one.identity);
            }
            !goes
        });
        self.identities.extend(emptied);
        self.empty_identities(facts);
        let goes = |id: IdentityId| self.identities.contains(&id);
        let before = facts.connections.len()
            + facts.invitations.len()
            + facts.engagements.len()
            + facts.messages.len();
        facts.connections.retain(|one| !one.identity.is_some_and(goes));
        facts.invitations.retain(|one| !goes(one.identity));
        facts.engagements.retain(|one| !goes(one.identity()));
        facts.messages.retain_mut(|one| {
            let had = one.recipients.len();
            one.recipients.retain(|id| !goes(*id));
            !one.sender.is_some_and(goes)
                && (one.recipients.len() == had || !one.recipients.is_empty())
        });
        let after = facts.connections.len()
            + facts.invitations.len()
            + facts.engagements.len()
            + facts.messages.len();
        self.left_out += (before - after) as u64 + lines.len() as u64;
        lines
    }

    /// Leaves nothing of the identities that are nobody's, and takes names out of others'
    /// companies.
    fn empty_identities(&self, facts: &mut Facts) {
        let left = facts.identities.iter().map(|(id, identity)| {
            if self.identities.contains(&id) {
                return (id, Identity::default());
            }
            let company = identity.company.map(|company| self.forgotten.without(company));
            (id, Identity { company, ..identity.map(Cow::Borrowed) })
        });
        facts.identities = left.collect();
    }

    /// Drops all that stands in lines that go, and what other records say of them.
    fn clean_records(&self, facts: &mut Facts, lines: &BTreeSet<u64>) {
        let (forgotten, system) = (self.forgotten, self.system);
        let others = self.lines_of_others(facts);
        let strangers = self.lines_of_strangers(facts);
        let stays = |place: Place| !lines.contains(&place.line());
        facts.evidence.retain(|one| stays(one.place));
        facts.lead_forms.retain(|one| stays(one.place));
        facts.statements.retain(|one| {
            let is_theirs = one.contacts().any(|id| self.is_record(id));
            stays(one.place) && !is_theirs
        });
        let mut nameless: BTreeSet<Place> = BTreeSet::new();
        let mut doubtful: BTreeSet<Place> = BTreeSet::new();
        let mut links = mem::take(&mut facts.links);
        links.retain(|one| {
            let goes = match one.kind {
                LinkKind::ContactEmail | LinkKind::AliasEmail => {
                    forgotten.has(&Key::Email(one.text.to_string()))
                }
                _ if facts.linked_kind(one) == Some(Subject::Contact) => {
                    // An id that may be another's is nobody's, and tells no deal's name.
                    let may_be = self.is_one_of_records(&one.text)
                        && !others.contains(&one.place.line());
                    doubtful.extend(may_be.then_some(one.place));
                    if may_be {
                        return false;
                    }
                    self.is_record(&one.text) && !strangers.contains(&one.place.line())
                }
                kind => forgotten.is_linked(kind, &one.text),
            };
            if goes {
                nameless.insert(one.place);
            }
            stays(one.place) && !goes
        });
        facts.links = links;
        for deal in &mut facts.deals {
            let id = || (system.to_owned(), deal.remote_id.to_string());
            let is_deal = |key: fn(String, String) -> Key| {
                let (system, id) = id();
                forgotten.has(&key(system, id))
            };
            // Two ids of which neither is alone enough are enough together.
            let is_both = doubtful.contains(&deal.place) && is_deal(Key::OneOfDeals);
            let is_named = |name: &mut Box<str>| forgotten.redacted(name).is_some();
            if nameless.contains(&deal.place)
                || (is_deal(Key::Deal) && !strangers.contains(&deal.place.line()))
                || is_both
                || deal.name.as_mut().is_some_and(is_named)
            {
                let name = deal.name.take().unwrap_or_default();
                if normalize::is_made_of(&deal.remote_id, &name) {
                    deal.remote_id = normalize::erased_id(&deal.remote_id);
                }
            }
        }
        ids::clean(forgotten, system, facts);
    }

    /// Takes them out of all columns of words; the same columns as `forget` looks through.
    fn clean_texts(&self, facts: &mut Facts) {
        let clean = |text: &mut Box<str>| {
            self.forgotten.redact(text);
        };
        let clean_key = |text: &mut Box<str>| {
            if let Some(clean) = self.forgotten.redacted_key(text) {
                *text = clean.into();
            }
        };
        facts.own_comments.iter_mut().for_each(|one| clean(&mut one.text));
        facts.evidence.iter_mut().for_each(|one| clean(&mut one.text));
        for one in &mut facts.shares {
            self.forgotten.redact(&mut one.text);
            one.shared_url.iter_mut().for_each(clean);
        }
        for one in &mut facts.articles {
            clean(&mut one.slug);
            clean(&mut one.title);
        }
        for one in &mut facts.post_numbers {
            one.text.iter_mut().chain(&mut one.campaign).for_each(clean);
            let author = one.author.as_deref();
            let author = author.map(|slug| Key::Profile(slug.to_owned()));
            if author.is_some_and(|author| self.forgotten.has(&author)) {
                one.author = Some(ERASED.into());
            }
        }
        facts.name_pairs.iter_mut().filter_map(|one| one.text.as_mut()).for_each(clean);
        for one in &mut facts.accounts {
            one.name.iter_mut().for_each(clean);
            one.domain.iter_mut().for_each(clean_key);
        }
        facts
            .contacts
            .iter_mut()
            .filter_map(|one| one.owner.as_mut())
            .for_each(clean_key);
        for one in &mut facts.deals {
            one.owner.iter_mut().for_each(clean_key);
            one.stage.iter_mut().for_each(clean);
        }
        for one in &mut facts.statements {
            one.detail.iter_mut().for_each(clean);
            if one.object_kind().is_none() {
                clean(&mut one.object);
            }
        }
        let names = facts.links.iter_mut();
        let names = names.filter(|one| one.kind == LinkKind::AccountName);
        names.for_each(|one| clean(&mut one.text));
        facts.ad_days.iter_mut().filter_map(|one| one.campaign.as_mut()).for_each(clean);
        for one in &mut facts.lead_forms {
            one.form.iter_mut().chain(&mut one.campaign).for_each(clean);
        }
    }

    fn clean_rejection(&self, rejection: &mut Rejection, lines: &BTreeSet<u64>) {
        if lines.contains(&rejection.line) || self.forgotten.redact(&mut rejection.text) {
            rejection.text = ERASED.into();
        }
        self.forgotten.redact(&mut rejection.reason);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_hmac_sha_256() {
        // RFC 4231, test case 2.
        let hash = Keyed::new(b"Jefe").hash(b"what do ya want for nothing?");
        assert_eq!(
            hex(&hash),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
