//! Persons who are to be forgotten, known by keyed hashes alone; rows that name them are
//! left out while files are read.

use std::{borrow::Cow, collections::BTreeSet};

use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

use super::archives;
use crate::{
    discover::hex,
    domain::{Facts, Identity, IdentityId, LinkKind, Place, Rejection, StatementKind},
    normalize::{
        Batch, company, email,
        link::{self, PersonKey},
        name,
    },
    store::{Store, StoreError},
};

/// What stands where somebody stood.
pub(super) const ERASED: &str = "[erased]";

/// What a person is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A profile's slug.
    Profile(String),
    /// LinkedIn's opaque id.
    MemberId(String),
    /// An e-mail address.
    Email(String),
    /// A record of a CRM: its system and id.
    Record(String, String),
    /// A deal that is named after the person: its system and id.
    Deal(String, String),
    /// A full name with a company.
    NameAtCompany(String, String),
    /// A full name: tells nobody apart, and is taken out of texts alone.
    Name(String),
    /// The full name of a member, by which their archives are known.
    Member(String),
}

impl Key {
    fn text(&self) -> String {
        match self {
            Self::Profile(text) => format!("profile\0{text}"),
            Self::MemberId(text) => format!("member id\0{text}"),
            Self::Email(text) => format!("email\0{text}"),
            Self::Record(system, id) => format!("record\0{system}\0{id}"),
            Self::Deal(system, id) => format!("deal\0{system}\0{id}"),
            Self::NameAtCompany(name, company) => format!("at\0{name}\0{company}"),
            Self::Name(text) => format!("name\0{text}"),
            Self::Member(text) => format!("member\0{text}"),
        }
    }

    /// The keys of an identity that name one person alone.
    pub(super) fn of_identity(identity: &Identity) -> impl Iterator<Item = Self> {
        let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
        let own = [
            text(&identity.profile).map(Self::Profile),
            text(&identity.member_id).map(Self::MemberId),
            text(&identity.email)
                .filter(|address| !email::is_role(address) && !email::is_dummy(address))
                .map(Self::Email),
        ];
        own.into_iter().flatten()
    }

    /// The name of an identity, and the name with its company.
    pub(super) fn of_name(identity: &Identity) -> impl Iterator<Item = Self> {
        let name = identity.full_name.as_deref().and_then(name::key);
        let company = identity.company.as_deref().and_then(company::key);
        let both = name.clone().zip(company);
        let at = both.map(|(name, at)| Self::NameAtCompany(name, format!("{at:?}")));
        name.map(Self::Name).into_iter().chain(at)
    }
}

/// HMAC with SHA-256, as RFC 2104 defines it, of a key no longer than a block.
pub(super) fn keyed_hash(key: &[u8], text: &[u8]) -> [u8; 32] {
    const BLOCK: usize = 64;
    let pad = |with: u8| -> Vec<u8> {
        let padded = key.iter().copied().chain(std::iter::repeat(0)).take(BLOCK);
        padded.map(|byte| byte ^ with).collect()
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

/// Who is to be forgotten in a database.
#[derive(Debug, Default)]
pub(super) struct Forgotten {
    key: String,
    /// Looked up and never walked.
    hashes: FxHashSet<String>,
}

impl Forgotten {
    /// Reads it from a database.
    pub(super) fn load(store: &Store) -> Result<Self, StoreError> {
        let key = store.forget_key()?.unwrap_or_default();
        Ok(Self { key, hashes: store.forgotten()?.into_iter().collect() })
    }

    /// Knows a person by keys that no database holds.
    pub(super) fn of(keys: &BTreeSet<Key>) -> Self {
        let mut forgotten = Self::default();
        forgotten.hashes = keys.iter().map(|key| forgotten.hash(key)).collect();
        forgotten
    }

    /// Whether nobody is.
    pub(super) fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The hash of a key, as the database keeps it.
    pub(super) fn hash(&self, key: &Key) -> String {
        hex(&keyed_hash(self.key.as_bytes(), key.text().as_bytes()))
    }

    /// Whether a key is one of somebody to be forgotten.
    pub(super) fn has(&self, key: &Key) -> bool {
        self.hashes.contains(&self.hash(key))
    }

    fn has_identity(&self, identity: &Identity) -> bool {
        if Key::of_identity(identity).any(|key| self.has(&key)) {
            return true;
        }
        // A name at a company says who it is only where nothing better does.
        let is_vague = identity.profile.is_none() && identity.member_id.is_none();
        let is_at = |key: &Key| matches!(key, Key::NameAtCompany(..));
        is_vague && Key::of_name(identity).any(|key| is_at(&key) && self.has(&key))
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
        let mut spans = self.named(text);
        spans.extend(self.addressed(text));
        spans.extend(self.profiled(text));
        spans.sort_unstable();
        let mut clean = String::new();
        let mut done = 0;
        for (start, end) in spans {
            if done <= start {
                clean.push_str(&text[done..start]);
                clean.push_str(ERASED);
            }
            done = done.max(end);
        }
        if done == 0 {
            return None;
        }
        clean.push_str(&text[done..]);
        Some(clean)
    }

    /// Where full names stand: up to four words in a row. A word alone is a name where it is
    /// all of the person's, and is written as one.
    fn named(&self, text: &str) -> Vec<(usize, usize)> {
        let words = words(text);
        let mut found = Vec::new();
        for first in 0..words.len() {
            let (at, to) = words[first];
            let is_common = text[at..to].starts_with(char::is_lowercase);
            let shortest = first + usize::from(is_common);
            for last in shortest..words.len().min(first + 4) {
                let end = words[last].1;
                let is_named = |end: usize| {
                    let before =
                        words[first..last].iter().map(|(at, to)| &text[*at..*to]);
                    let parts: Vec<&str> =
                        before.chain([&text[words[last].0..end]]).collect();
                    let has = |name: &str| {
                        name::key(name).map(Key::Name).is_some_and(|key| self.has(&key))
                    };
                    let is_last_first = last == first + 1
                        && text[words[first].1..words[last].0].trim() == ",";
                    has(&parts.join(" "))
                        || (is_last_first && has(&[parts[1], parts[0]].join(" ")))
                };
                let own = &text[words[last].0..end];
                // What is theirs names them too.
                let owned = own.strip_suffix("'s").or_else(|| own.strip_suffix("’s"));
                let stem = owned.map(|stem| words[last].0 + stem.len());
                let ends = [Some(end), stem].into_iter().flatten();
                found.extend(
                    ends.filter(|end| is_named(*end)).map(|end| (words[first].0, end)),
                );
            }
        }
        found
    }

    /// Where addresses and profiles stand.
    fn addressed(&self, text: &str) -> Vec<(usize, usize)> {
        let is_end =
            |c: char| c.is_whitespace() || c.is_control() || "<>(),;\"'[]".contains(c);
        let mut found = Vec::new();
        let mut start = 0;
        for part in text.split_inclusive(is_end) {
            let token = part.trim_end_matches(is_end);
            let end = start + token.len();
            if token.contains(['@', '/', ':']) && self.has_token(token) {
                found.push((start, end));
            }
            start += part.len();
        }
        found
    }

    /// Where profiles stand in names of files, as exports are called: alone, or in front.
    fn profiled(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (at, to) in words(text) {
            let word = &text[at..to];
            if !word.contains('-') && !text.contains('/') {
                continue;
            }
            let ends = word.match_indices(['-', '.']).map(|(end, _)| end);
            let profile = |end: &usize| Key::Profile(word[..*end].to_lowercase());
            let end = ends.chain([word.len()]).rfind(|end| self.has(&profile(end)));
            found.extend(end.map(|end| (at, at + end)));
        }
        found
    }

    fn has_token(&self, token: &str) -> bool {
        let token = token.trim_end_matches(['.', '!', '?']);
        let address = email::key(token).map(Key::Email);
        let person = link::person(token).map(|key| match key {
            PersonKey::Profile(slug) => Key::Profile(slug),
            PersonKey::MemberId(id) => Key::MemberId(id),
        });
        address.into_iter().chain(person).any(|key| self.has(&key))
    }

    /// Redacts a text in its place; whether anything was.
    pub(super) fn redact(&self, text: &mut Box<str>) -> bool {
        let clean = self.redacted(text);
        let is_named = clean.is_some();
        if let Some(clean) = clean {
            *text = clean.into();
        }
        is_named
    }
}

/// The words of a text, as ranges of bytes: letters, digits, and what stands within names.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        let is_open = found.last().is_some_and(|(_, last)| *last == at);
        let is_within = "'’`.-\u{2010}\u{2011}".contains(character);
        if is_open && (character.is_alphanumeric() || is_within) {
            if let Some(word) = found.last_mut() {
                word.1 = end;
            }
        } else if character.is_alphanumeric() {
            found.push((at, end));
        }
    }
    found
}

/// Leaves out of one file what names somebody to be forgotten.
pub(super) struct Filter<'a> {
    forgotten: &'a Forgotten,
    /// The vendor of the file.
    system: &'a str,
    /// Identities that are nobody's.
    identities: BTreeSet<IdentityId>,
    left_out: u64,
}

impl<'a> Filter<'a> {
    pub(super) fn new(forgotten: &'a Forgotten, system: &'a str) -> Self {
        Self { forgotten, system, identities: BTreeSet::new(), left_out: 0 }
    }

    /// What was left out, as a sentence.
    pub(super) fn note(&self) -> Option<String> {
        (0 < self.left_out).then(|| {
            format!(
                "{} statements about persons who are to be forgotten were left out",
                self.left_out
            )
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

    /// Empties identities, and drops what they did; the lines of records that go.
    fn clean_persons(&mut self, facts: &mut Facts) -> BTreeSet<u64> {
        let (forgotten, system) = (self.forgotten, self.system);
        for (id, identity) in &mut facts.identities {
            if forgotten.has_identity(identity) {
                self.identities.insert(*id);
                *identity = Identity::default();
            }
        }
        let mut lines = BTreeSet::new();
        let mut emptied = BTreeSet::new();
        facts.contacts.retain(|one| {
            let key = Key::Record(system.to_owned(), one.remote_id.to_string());
            let goes = self.identities.contains(&one.identity) || forgotten.has(&key);
            if goes {
                lines.insert(one.place.line());
                emptied.insert(one.identity);
            }
            !goes
        });
        for (id, identity) in &mut facts.identities {
            if emptied.contains(id) {
                *identity = Identity::default();
            }
        }
        self.identities.extend(emptied);
        let goes = |id: IdentityId| self.identities.contains(&id);
        let before = facts.connections.len()
            + facts.invitations.len()
            + facts.engagements.len()
            + facts.messages.len();
        facts.connections.retain(|one| !one.identity.is_some_and(goes));
        facts.invitations.retain(|one| !goes(one.identity));
        facts.engagements.retain(|one| !goes(one.identity));
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

    /// Drops all that stands in lines that go, and what other records say of them.
    fn clean_records(&self, facts: &mut Facts, lines: &BTreeSet<u64>) {
        let (forgotten, system) = (self.forgotten, self.system);
        let is_record =
            |id: &str| forgotten.has(&Key::Record(system.to_owned(), id.to_owned()));
        let stays = |place: Place| !lines.contains(&place.line());
        facts.evidence.retain(|one| stays(one.place));
        facts.lead_forms.retain(|one| stays(one.place));
        facts.statements.retain(|one| {
            let names_two = matches!(
                one.kind,
                StatementKind::MergedInto | StatementKind::Role | StatementKind::Activity
            );
            stays(one.place)
                && !is_record(&one.subject)
                && !(names_two && is_record(&one.object))
        });
        let mut nameless: BTreeSet<Place> = BTreeSet::new();
        facts.links.retain(|one| {
            let goes = match one.kind {
                LinkKind::ContactEmail | LinkKind::AliasEmail => {
                    forgotten.has(&Key::Email(one.text.to_string()))
                }
                LinkKind::ContactId | LinkKind::MergedId | LinkKind::ConvertedContact => {
                    is_record(&one.text)
                }
                LinkKind::ContactName => name::key(&one.text)
                    .is_some_and(|name| forgotten.has(&Key::Name(name))),
                _ => false,
            };
            if goes {
                nameless.insert(one.place);
            }
            stays(one.place) && !goes
        });
        for deal in &mut facts.deals {
            let key = Key::Deal(system.to_owned(), deal.remote_id.to_string());
            let is_named = |name: &mut Box<str>| forgotten.redacted(name).is_some();
            if nameless.contains(&deal.place)
                || forgotten.has(&key)
                || deal.name.as_mut().is_some_and(is_named)
            {
                deal.name = None;
            }
        }
    }

    fn clean_texts(&self, facts: &mut Facts) {
        let clean = |text: &mut Box<str>| {
            self.forgotten.redact(text);
        };
        facts.shares.iter_mut().for_each(|one| clean(&mut one.text));
        facts.own_comments.iter_mut().for_each(|one| clean(&mut one.text));
        facts.evidence.iter_mut().for_each(|one| clean(&mut one.text));
        facts.articles.iter_mut().for_each(|one| clean(&mut one.title));
        let companies = facts.identities.iter_mut();
        companies.filter_map(|(_, one)| one.company.as_mut()).for_each(clean);
        let texts = (facts.post_numbers.iter_mut())
            .filter_map(|one| one.text.as_mut())
            .chain(facts.name_pairs.iter_mut().filter_map(|one| one.text.as_mut()))
            .chain(
                facts
                    .accounts
                    .iter_mut()
                    .flat_map(|one| one.name.iter_mut().chain(one.domain.as_mut())),
            )
            .chain(facts.contacts.iter_mut().filter_map(|one| one.owner.as_mut()))
            .chain(facts.deals.iter_mut().filter_map(|one| one.owner.as_mut()))
            .chain(facts.statements.iter_mut().filter_map(|one| one.detail.as_mut()));
        texts.for_each(clean);
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
        let hash = keyed_hash(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(
            hex(&hash),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn names_addresses_and_profiles_leave_a_text() {
        let mut forgotten = Forgotten { key: "k".to_owned(), ..Forgotten::default() };
        for key in [
            Key::Name("mira castellano".to_owned()),
            Key::Email("mira@castellano.example".to_owned()),
            Key::Profile("mira-castellano".to_owned()),
            Key::Name("zendaya".to_owned()),
        ] {
            forgotten.hashes.insert(forgotten.hash(&key));
        }
        let check = |text, expected| {
            assert_eq!(forgotten.redacted(text).as_deref(), expected, "{text}");
        };
        check("Thanks, Míra Castellano!", Some("Thanks, [erased]!"));
        check("7,Mira,Castellano,Mira@Castellano.example,x", Some("7,[erased],x"));
        check("see https://www.linkedin.com/in/mira-castellano/.", Some("see [erased]"));
        check("Mira called; Castellano wrote", None);
        check("Castellano, Mira", Some("[erased]"));
        check("Mira Castellano’s house", Some("[erased]’s house"));
        check("So Zendaya's, not zendaya", Some("So [erased]'s, not zendaya"));
        check(
            "engagers/mira-castellano-likers.csv",
            Some("engagers/[erased]-likers.csv"),
        );
        check("in/Mira-Castellano/Shares.csv", Some("in/[erased]/Shares.csv"));
        check("in/mira-castellanos/Shares.csv", None);
    }
}
