//! Whom a person's address, URL or id means.

use std::collections::BTreeSet;

use super::forgotten::Key;
use crate::{
    domain::{Contact, Identity, LinkKind, Loaded, PersonIndex, Place, Subject},
    normalize::{email, link},
    resolve::{self, Exports, RecordId, Resolved, base_system},
};

/// What was asked for, as a key.
pub(super) fn key(
    loaded: &Loaded,
    exports: &Exports<'_>,
    person: &str,
) -> Result<Key, String> {
    if let Some(key) = link::person(person) {
        return Ok(key.into());
    }
    if let Some(address) = email::key(person) {
        return Ok(Key::Email(address));
    }
    let facts = &loaded.facts;
    let system = |one: &Contact| exports.system(one.place, Subject::Contact);
    let id = |one: &Contact| (system(one).into(), one.remote_id.clone());
    let is_asked = |(system, id): &RecordId| {
        let mut names = [system, base_system(system)].into_iter();
        **id == *person || names.any(|system| format!("{system}:{id}") == person)
    };
    let mut records: BTreeSet<RecordId> =
        facts.contacts.iter().map(id).filter(is_asked).collect();
    if records.is_empty() {
        let merged = resolve::merged(exports, facts, Subject::Contact).into_iter();
        records = merged.filter(|(gone, _)| is_asked(gone)).map(|(_, now)| now).collect();
    }
    let names: Vec<String> =
        records.iter().map(|(system, id)| format!("{system}:{id}")).collect();
    match records.iter().next() {
        None => Err("is neither an e-mail address nor a LinkedIn URL, and no lead or \
                     contact has it as its id"
            .to_owned()),
        Some((system, id)) if records.len() == 1 => {
            Ok(Key::Record(system.to_string(), id.to_string()))
        }
        Some(_) => Err(format!("is the id of several: {}", names.join(", "))),
    }
}

/// The persons who have a key.
pub(super) fn holders(
    loaded: &Loaded,
    exports: &Exports<'_>,
    resolved: &Resolved,
    asked: &Key,
) -> BTreeSet<PersonIndex> {
    let person = |id| resolved.persons.of(id);
    let facts = &loaded.facts;
    if let Key::Record(name, remote_id) = asked {
        let records = facts.contacts.iter().filter(|one| {
            *one.remote_id == **remote_id
                && exports.system(one.place, Subject::Contact) == name
        });
        return records.map(|one| person(one.identity)).collect();
    }
    let holds = facts.identities.iter().filter(|(_, identity)| match asked {
        Key::Email(address) => identity.email == Some(address),
        Key::Profile(slug) => identity.profile == Some(slug),
        Key::MemberId(id) => identity.member_id == Some(id),
        _ => false,
    });
    let mut holders: BTreeSet<PersonIndex> = holds.map(|(id, _)| person(id)).collect();
    if let (Key::Email(address), true) = (asked, holders.is_empty()) {
        let is_other = |kind, text: &str| kind == LinkKind::AliasEmail && text == address;
        let links = facts.links.iter().filter(|one| is_other(one.kind, &one.text));
        let places: BTreeSet<Place> = links.map(|one| one.place).collect();
        let records = facts.contacts.iter().filter(|one| places.contains(&one.place));
        holders.extend(records.map(|one| person(one.identity)));
    }
    holders
}

/// How somebody can be told from others of the name.
pub(super) fn known_as(identity: Identity<&str>) -> String {
    let name = identity.full_name.unwrap_or_default();
    let profile =
        identity.profile.map(|slug| format!("https://www.linkedin.com/in/{slug}"));
    let address = || identity.email.map(str::to_owned);
    let company = || identity.company.map(|company| format!("of {company}"));
    match profile.or_else(address).or_else(company) {
        Some(mark) => format!("{name}, {mark}"),
        None => name.to_owned(),
    }
}
