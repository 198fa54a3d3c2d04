//! A person is erased from the database, and kept from coming back.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use rustc_hash::FxHashMap;

use super::{
    Attribution, PipelineError, Session, asked, attribute,
    forgotten::{ERASED, Forgotten, Key},
    ids, mentions,
};
use crate::{
    domain::{
        ClaimKind, Facts, IdentityId, LinkKind, Loaded, MemberClaim, MemberIndex,
        PersonIndex, Place, PostIndex, PostName, RecordLink, Statement, Subject,
    },
    normalize::{self, name},
    resolve::{self, Exports, Resolved, Told, base_system},
    store::{Erasure, Lock, Store, StoreError},
};

mod done;

/// What was, or would be, erased of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Erased {
    /// How many statements of each table name the person.
    pub statements: BTreeMap<&'static str, u64>,
    /// How many keys are kept as hashes.
    pub keys: u64,
    /// Others who bear the same name, as whom they are known; they stay.
    pub namesakes: Vec<String>,
    /// Files of reports and of exported tables that name the person still.
    pub reports: Vec<PathBuf>,
    /// Files there that are compressed, and may.
    pub unread: Vec<PathBuf>,
    /// Whether results are made again with other settings than the last run's.
    pub has_other_settings: bool,
}

/// Whom to erase, and what else to know.
#[derive(Clone, Copy, Debug)]
pub struct Forget<'a> {
    /// An e-mail address, a LinkedIn URL, or the CRM's id of a lead or contact.
    pub person: &'a str,
    /// How results are made again, where there are any.
    pub attribution: &'a Attribution,
    /// Folders of reports and exported tables that may name the person.
    pub folders: &'a [&'a Path],
}

/// Says what would be erased; changes nothing.
pub fn preview_forget(
    forget: &Forget<'_>,
    database: &Path,
) -> Result<Erased, PipelineError> {
    let store = Store::open_to_read(database)?;
    let loaded = store.load()?;
    let found = Found::of(&loaded, &forget.attribution.told, forget.person)?;
    let forgotten = Forgotten::of(&found.keys);
    let erasure = erasure(&loaded, &found, &forgotten);
    let words = store.words_naming(|column, text| clean(&forgotten, column, text))?;
    let has_other_settings = has_other_settings(forget, &store)?;
    let erased = told(forget, &found, &erasure, words.len());
    Ok(Erased { has_other_settings, ..erased })
}

/// Erases a person from all tables and from the free pages of the database.
pub fn forget(
    forget: &Forget<'_>,
    session: &Session<'_>,
) -> Result<Erased, PipelineError> {
    let _lock = Lock::take(session.database, session.holder)?;
    let store = Store::open_to_erase(session.database)?;
    let run_id = store.begin_run((session.now)(), env!("CARGO_PKG_VERSION"))?;
    let loaded = store.load()?;
    let found = Found::of(&loaded, &forget.attribution.told, forget.person)?;
    store.make_forget_key()?;
    let keyed = Forgotten::load(&store)?;
    let hashes = found.kept.iter().map(|key| keyed.hash(key));
    let hashes: Vec<String> = hashes.collect();
    store.insert_forgotten(&hashes)?;
    let forgotten = Forgotten::load(&store)?;
    let erasure = erasure(&loaded, &found, &forgotten);
    // Whatever else ever refers to these records does so by what their ids were.
    let made = erasure.renamed.iter();
    let made = made.map(|[system, old, _]| Key::Made(system.clone(), old.clone()));
    let made: Vec<String> = made.map(|key| keyed.hash(&key)).collect();
    store.insert_forgotten(&made)?;
    for export in &found.archives {
        store.delete_export(*export)?;
    }
    store.erase(&erasure)?;
    redact_lines(&store, &erasure)?;
    let words = store.words_naming(|column, text| clean(&forgotten, column, text))?;
    store.redact(&words)?;
    store.delete_looks()?;
    let has_other_settings = has_other_settings(forget, &store)?;
    if store.has_results()? {
        attribute(&store, forget.attribution, session.observer)?;
    }
    store.finish_run(run_id, (session.now)(), "{\"persons_forgotten\":1}")?;
    store.commit_compacted()?;
    let erased = told(forget, &found, &erasure, words.len());
    Ok(Erased { has_other_settings, ..erased })
}

fn has_other_settings(forget: &Forget<'_>, store: &Store) -> Result<bool, StoreError> {
    let last = store.last_settings()?;
    Ok(last.is_some_and(|last| last != forget.attribution.settings()))
}

/// Words of a table's column without the person; none where they name nobody forgotten. Of a
/// row that was rejected all goes, for what else stands in it is theirs too.
fn clean(
    forgotten: &Forgotten,
    column: (&'static str, &'static str),
    text: &str,
) -> Option<String> {
    let clean = match column {
        ("post_numbers", "author") => {
            let is_theirs = forgotten.has(&Key::Profile(text.to_owned()));
            is_theirs.then(|| ERASED.to_owned())?
        }
        ("contacts" | "deal_records", "owner") | ("accounts", "domain") => {
            forgotten.redacted_key(text)?
        }
        _ => forgotten.redacted(text)?,
    };
    Some(if column == ("rejections", "text") { ERASED.to_owned() } else { clean })
}

/// A person in the facts.
#[derive(Debug, Default)]
struct Found {
    keys: BTreeSet<Key>,
    /// The same as later imports know them.
    kept: BTreeSet<Key>,
    /// Names as files write them.
    names: BTreeSet<String>,
    identities: BTreeSet<IdentityId>,
    namesakes: BTreeSet<String>,
    /// The person's own archives, by export.
    archives: BTreeSet<i64>,
    /// The post of every name; looked up and never walked.
    post_of: FxHashMap<PostName, PostIndex>,
}

impl Found {
    fn of(loaded: &Loaded, told: &Told, person: &str) -> Result<Self, PipelineError> {
        let refuse =
            |reason: String| PipelineError::Person { person: person.to_owned(), reason };
        let exports = Exports::of(&loaded.files, &loaded.facts);
        let asked = asked::key(loaded, &exports, person).map_err(refuse)?;
        let resolved = resolve::resolve(loaded, told);
        let mut persons = asked::holders(loaded, &exports, &resolved, &asked);
        if 1 < persons.len() {
            return Err(refuse(format!(
                "stands on {} persons; name one by a LinkedIn URL or a CRM id",
                persons.len()
            )));
        }
        let mut found = Self::default();
        found.post_of.clone_from(&resolved.post_of);
        found.take_archives(loaded, &exports, &resolved, (&asked, &mut persons));
        found.keys.insert(asked);
        found.take(loaded, &exports, &resolved, &persons);
        found.kept = found.keys.iter().map(|key| key.kept(&exports)).collect();
        Ok(found)
    }

    /// Takes the archives of a member, and what they say of whose they are.
    fn take_archives(
        &mut self,
        loaded: &Loaded,
        exports: &Exports<'_>,
        resolved: &Resolved,
        (asked, persons): (&Key, &mut BTreeSet<PersonIndex>),
    ) {
        let claims = &loaded.facts.claims;
        let export = |claim: &MemberClaim| exports.export(claim.place).export_id;
        let claimed = claims.iter().filter(|claim| match (claim.kind, asked) {
            (ClaimKind::Email | ClaimKind::PrimaryEmail, Key::Email(address)) => {
                **address == *claim.text
            }
            _ => false,
        });
        let mut members: BTreeSet<MemberIndex> = claimed
            .filter_map(|claim| resolved.member_of_export.get(&export(claim)).copied())
            .collect();
        for (at, member) in resolved.members.iter().enumerate() {
            let is_asked = matches!(asked, Key::Profile(slug)
                if member.profile.as_deref() == Some(slug));
            let person = resolved.member_persons.get(at).copied().flatten();
            if is_asked || person.is_some_and(|person| persons.contains(&person)) {
                members.insert(MemberIndex::from_index(at));
            }
        }
        for member in &members {
            persons.extend(resolved.member_persons[member.index()]);
            let member = &resolved.members[member.index()];
            self.keys
                .extend(member.profile.as_deref().map(str::to_owned).map(Key::Profile));
        }
        let of_member = resolved.member_of_export.iter();
        let of_member = of_member.filter(|(_, member)| members.contains(member));
        self.archives = of_member.map(|(export, _)| *export).collect();
        for claim in claims.iter().filter(|claim| self.archives.contains(&export(claim)))
        {
            match claim.kind {
                ClaimKind::FullName => {
                    self.names.insert(claim.text.to_string());
                    let name = name::key(&claim.text);
                    self.keys.extend(name.clone().map(Key::Member));
                    self.keys.extend(name.map(Key::Name));
                }
                ClaimKind::Email | ClaimKind::PrimaryEmail => {
                    self.keys.insert(Key::Email(claim.text.to_string()));
                }
                ClaimKind::ProfileUrl | ClaimKind::Company => {}
            }
        }
    }

    /// Takes all that the person is known by.
    fn take(
        &mut self,
        loaded: &Loaded,
        exports: &Exports<'_>,
        resolved: &Resolved,
        persons: &BTreeSet<PersonIndex>,
    ) {
        let facts = &loaded.facts;
        let mut of_others = BTreeSet::new();
        for (id, identity) in facts.identities.iter() {
            if persons.contains(&resolved.persons.of(id)) {
                self.identities.insert(id);
                self.keys.extend(Key::of_identity(identity));
                self.keys.extend(Key::of_name(identity));
                self.names.extend(identity.full_name.map(str::to_owned));
            } else {
                of_others.extend(identity.email);
            }
        }
        let others =
            facts.identities.iter().filter(|(id, _)| !self.identities.contains(id));
        for (_, identity) in others {
            let name = identity.full_name.and_then(name::key).map(Key::Name);
            if name.is_some_and(|name| self.keys.contains(&name)) {
                self.namesakes.insert(asked::known_as(identity));
            }
        }
        let mut lines = BTreeSet::new();
        for one in &facts.contacts {
            if self.identities.contains(&one.identity) {
                let system = exports.system(one.place, Subject::Contact).to_owned();
                self.keys.insert(Key::Record(system, one.remote_id.to_string()));
                lines.insert(one.place);
            }
        }
        for one in facts.links.iter().filter(|one| lines.contains(&one.place)) {
            match one.kind {
                LinkKind::AliasEmail => {
                    self.keys.insert(Key::Email(one.text.to_string()));
                }
                LinkKind::DealId | LinkKind::ConvertedDeal => {
                    let holder = exports.holder(one.place, Subject::Deal, &one.text);
                    let key = holder.map(|it| Key::Deal(it.into(), one.text.to_string()));
                    self.keys.extend(key);
                }
                LinkKind::MergedId | LinkKind::ConvertedContact => {
                    let system = exports.system(one.place, Subject::Contact).to_owned();
                    self.keys.insert(Key::Record(system, one.text.to_string()));
                }
                _ => {}
            }
        }
        // An address that others have too would keep them out as well.
        self.keys.retain(|key| match key {
            Key::Email(address) => !of_others.contains(address.as_str()),
            _ => true,
        });
        for one in &facts.links {
            if names_person(self, facts, exports, one)
                && let Some(deal) =
                    facts.deals.iter().find(|deal| deal.place == one.place)
            {
                let system = exports.system(one.place, Subject::Deal).to_owned();
                self.keys.insert(Key::Deal(system, deal.remote_id.to_string()));
            }
        }
    }
}

/// Whether a reference from a record is to the person.
fn names_person(
    found: &Found,
    facts: &Facts,
    exports: &Exports<'_>,
    link: &RecordLink,
) -> bool {
    let has = |key: Key| found.keys.contains(&key);
    let text = &*link.text;
    match link.kind {
        LinkKind::ContactEmail | LinkKind::AliasEmail => has(Key::Email(text.to_owned())),
        LinkKind::ContactName => name::key(text).is_some_and(|name| has(Key::Name(name))),
        LinkKind::ContactId => {
            let holder = exports.holder(link.place, Subject::Contact, text);
            holder.is_some_and(|it| has(Key::Record(it.to_owned(), text.to_owned())))
        }
        _ => {
            let system = exports.system(link.place, Subject::Contact);
            facts.linked_kind(link) == Some(Subject::Contact)
                && has(Key::Record(system.to_owned(), text.to_owned()))
        }
    }
}

/// Whether an id that several tables have may be the person's. Once the person is gone it would
/// be taken for the other's.
fn may_name_person(found: &Found, exports: &Exports<'_>, place: Place, id: &str) -> bool {
    let base = base_system(exports.system(place, Subject::Contact));
    let is_own = |key: &Key| match key {
        Key::Record(own, own_id) => own_id == id && base_system(own) == base,
        _ => false,
    };
    exports.holder(place, Subject::Contact, id).is_none() && found.keys.iter().any(is_own)
}

/// Whether a deal names people, by address or name, and none is the person.
fn names_another(found: &Found, facts: &Facts, place: Place) -> bool {
    let from = facts.links.partition_point(|link| link.place < place);
    let own = facts.links[from..].iter().take_while(|link| link.place == place);
    let mut named = own.filter_map(Key::of_link).peekable();
    named.peek().is_some() && !named.any(|key| found.keys.contains(&key))
}

/// All that the facts state of the person.
fn erasure(loaded: &Loaded, found: &Found, forgotten: &Forgotten) -> Erasure {
    let facts = &loaded.facts;
    let exports = Exports::of(&loaded.files, &loaded.facts);
    let goes = |id: &IdentityId| found.identities.contains(id);
    let mut erasure = Erasure {
        identities: found.identities.iter().copied().collect(),
        ..Erasure::default()
    };
    let connections =
        facts.connections.iter().filter(|one| one.identity.as_ref().is_some_and(goes));
    erasure.facts.extend(connections.map(|one| ("connections", one.place)));
    let invitations = facts.invitations.iter().filter(|one| goes(&one.identity));
    erasure.facts.extend(invitations.map(|one| ("invitations", one.place)));
    done::erase_messages(loaded, found, &mut erasure);
    done::erase_engagements(loaded, found, &mut erasure);
    let contacts = facts.contacts.iter().filter(|one| goes(&one.identity));
    erasure.records.extend(contacts.map(|one| one.place));
    let has_record = |place: Place, id: &str| {
        let holder = exports.holder(place, Subject::Contact, id);
        let key = holder.map(|system| Key::Record(system.to_owned(), id.to_owned()));
        key.is_some_and(|key| found.keys.contains(&key))
            || may_name_person(found, &exports, place, id)
    };
    let names = |one: &&Statement| one.contacts().any(|id| has_record(one.place, id));
    let statements = facts.statements.iter().filter(names);
    erasure.facts.extend(statements.map(|one| ("statements", one.place)));
    for one in &facts.links {
        let may_be = || {
            one.kind == LinkKind::ContactId
                && may_name_person(found, &exports, one.place, &one.text)
                && !names_another(found, facts, one.place)
        };
        if names_person(found, facts, &exports, one)
            || may_be()
            || forgotten.is_linked(one.kind, &one.text)
        {
            erasure.links.push((one.place, one.kind, one.text.clone()));
        }
    }
    let mut records = named_records(facts, &exports, found, forgotten);
    for deal in &facts.deals {
        let system = exports.system(deal.place, Subject::Deal);
        let key = Key::Deal(system.to_owned(), deal.remote_id.to_string());
        let Some(name) = deal.name.as_deref() else { continue };
        if found.keys.contains(&key) || forgotten.redacted(name).is_some() {
            erasure.deals.push(deal.place);
            if normalize::is_made_of(&deal.remote_id, name) {
                records.insert((system, &deal.remote_id));
            }
        }
    }
    ids::erase(facts, &exports, &records, &mut erasure);
    for key in &found.keys {
        if let Key::Record(system, id) = key {
            // Earlier runs may have called the system by its base name.
            let names = [system, base_system(system)].map(str::to_owned);
            erasure.changes.extend(names.map(|name| (name, id.clone())));
        }
    }
    erasure
}

/// The records whose ids name the person, by system and id.
fn named_records<'a>(
    facts: &'a Facts,
    exports: &'a Exports<'a>,
    found: &Found,
    forgotten: &Forgotten,
) -> BTreeSet<(&'a str, &'a str)> {
    let naming = facts.stated_ids().filter_map(|one| {
        let system = exports.system(one.place, one.about);
        ids::is_naming(forgotten, system, &one).then_some((system, one.id))
    });
    // A record is deleted with its person, and a deal beside it has its id.
    let own = facts.contacts.iter().filter(|one| {
        let identity = facts.identities.get(one.identity);
        found.identities.contains(&one.identity)
            && identity.is_some_and(|identity| ids::is_of(&one.remote_id, identity))
    });
    let system = |place| exports.system(place, Subject::Contact);
    naming.chain(own.map(|one| (system(one.place), &*one.remote_id))).collect()
}

/// Whatever stands in rejections of the person's own lines.
fn redact_lines(store: &Store, erasure: &Erasure) -> Result<(), StoreError> {
    let lines: BTreeSet<(Option<u32>, Option<u64>)> = erasure
        .records
        .iter()
        .chain(erasure.facts.iter().map(|(_, place)| place))
        .map(|place| (Some(place.source_file_id()), Some(place.line())))
        .collect();
    for one in store.rejection_texts()? {
        if lines.contains(&(one.source_file_id, one.line)) {
            store.replace_rejection_text(one.id, ERASED)?;
        }
    }
    Ok(())
}

fn told(forget: &Forget<'_>, found: &Found, erasure: &Erasure, words: usize) -> Erased {
    let keys = (found.keys.len() + erasure.renamed.len()) as u64;
    let mut erased = Erased { keys, ..Erased::default() };
    let mut count = |what, number: usize| {
        if 0 < number {
            *erased.statements.entry(what).or_insert(0) += number as u64;
        }
    };
    count("archives of their own, with all that stands in them", found.archives.len());
    count("identities", erasure.identities.len());
    count("contacts", erasure.records.len());
    count("deals that lose a name", erasure.deals.len());
    count("references from other records", erasure.links.len());
    count("message_recipients", erasure.recipients.len());
    for (table, _) in &erasure.facts {
        count(table, 1);
    }
    count("texts", words);
    erased.namesakes = found.namesakes.iter().cloned().collect();
    let mut words = found.names.clone();
    words.extend(found.keys.iter().filter_map(|key| match key {
        Key::Profile(text) | Key::MemberId(text) | Key::Email(text) => Some(text.clone()),
        _ => None,
    }));
    let written = mentions::written(forget.folders, &words);
    (erased.reports, erased.unread) = (written.naming, written.packed);
    erased
}
