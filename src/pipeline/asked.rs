//! Whom a person's address, URL or id means.

use std::collections::{BTreeMap, BTreeSet};

use super::forgotten::Key;
use crate::{
    domain::{Facts, LinkKind, Loaded, PersonIndex, Place, StatementKind},
    normalize::{
        email,
        link::{self, PersonKey},
    },
    resolve::{self, Exports, Resolved},
};

/// A record of a CRM: its system and id.
type Record<'a> = (&'a str, &'a str);

/// What was asked for, as a key.
pub(super) fn key(
    loaded: &Loaded,
    exports: &Exports<'_>,
    person: &str,
) -> Result<Key, String> {
    if let Some(key) = link::person(person) {
        return Ok(match key {
            PersonKey::Profile(slug) => Key::Profile(slug),
            PersonKey::MemberId(id) => Key::MemberId(id),
        });
    }
    if let Some(address) = email::key(person) {
        return Ok(Key::Email(address));
    }
    let facts = &loaded.facts;
    let contacts = facts.contacts.iter();
    let own = contacts.map(|one| (system(exports, one.place), &*one.remote_id));
    let is_asked =
        |(system, id): &Record<'_>| *id == person || format!("{system}:{id}") == person;
    let mut records: BTreeSet<Record<'_>> = own.filter(is_asked).collect();
    if records.is_empty() {
        let merged = merged(exports, facts);
        let gone = merged.keys().copied().filter(is_asked);
        records = gone.map(|gone| now(&merged, gone)).collect();
    }
    let names: Vec<String> =
        records.iter().map(|(system, id)| format!("{system}:{id}")).collect();
    match records.iter().next() {
        None => Err("is neither an e-mail address nor a LinkedIn URL, and no lead or \
                     contact has it as its id"
            .to_owned()),
        Some((system, id)) if records.len() == 1 => {
            Ok(Key::Record((*system).to_owned(), (*id).to_owned()))
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
            *one.remote_id == **remote_id && system(exports, one.place) == name
        });
        return records.map(|one| person(one.identity)).collect();
    }
    let holds = facts.identities.iter().filter(|(_, identity)| match asked {
        Key::Email(address) => identity.email.as_deref() == Some(address),
        Key::Profile(slug) => identity.profile.as_deref() == Some(slug),
        Key::MemberId(id) => identity.member_id.as_deref() == Some(id),
        _ => false,
    });
    let mut holders: BTreeSet<PersonIndex> = holds.map(|(id, _)| person(*id)).collect();
    if let (Key::Email(address), true) = (asked, holders.is_empty()) {
        let is_other = |kind, text: &str| kind == LinkKind::AliasEmail && text == address;
        let links = facts.links.iter().filter(|one| is_other(one.kind, &one.text));
        let places: BTreeSet<Place> = links.map(|one| one.place).collect();
        let records = facts.contacts.iter().filter(|one| places.contains(&one.place));
        holders.extend(records.map(|one| person(one.identity)));
    }
    holders
}

fn system<'a>(exports: &Exports<'a>, place: Place) -> &'a str {
    resolve::system(&exports.file(place).format)
}

/// The ids of contacts that were merged away, each with the one that it became.
fn merged<'a>(
    exports: &Exports<'a>,
    facts: &'a Facts,
) -> BTreeMap<Record<'a>, Record<'a>> {
    let survivors: BTreeMap<Place, &str> =
        facts.contacts.iter().map(|one| (one.place, &*one.remote_id)).collect();
    let is_merge = |kind| matches!(kind, LinkKind::MergedId | LinkKind::ConvertedContact);
    let links = facts.links.iter().filter(|one| is_merge(one.kind));
    let linked = links.filter_map(|one| {
        let system = system(exports, one.place);
        Some(((system, &*one.text), (system, *survivors.get(&one.place)?)))
    });
    let stated =
        facts.statements.iter().filter(|one| one.kind == StatementKind::MergedInto);
    let stated = stated.map(|one| {
        let system = system(exports, one.place);
        ((system, &*one.subject), (system, &*one.object))
    });
    linked.chain(stated).collect()
}

/// Which record one is now.
fn now<'a>(merged: &BTreeMap<Record<'a>, Record<'a>>, gone: Record<'a>) -> Record<'a> {
    let mut seen = BTreeSet::from([gone]);
    let mut at = gone;
    while let Some(next) = merged.get(&at).copied().filter(|next| seen.insert(*next)) {
        at = next;
    }
    at
}
