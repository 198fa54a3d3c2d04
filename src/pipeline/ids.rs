//! Ids of records that were made of a name or an address: whoever is erased stands in none.

use std::collections::BTreeSet;

use super::forgotten::{Forgotten, Key};
use crate::{
    domain::{Facts, Identity, LinkKind, Place, StatementKind, Subject},
    normalize,
    resolve::{self, Exports},
    store::{Erasure, NewId},
};

/// The kind of record whose id a reference from another is; none where it is no id.
fn referred(kind: LinkKind) -> Option<Subject> {
    match kind {
        LinkKind::ContactId | LinkKind::MergedId | LinkKind::ConvertedContact => {
            Some(Subject::Contact)
        }
        LinkKind::DealId | LinkKind::ConvertedDeal => Some(Subject::Deal),
        LinkKind::AccountId => Some(Subject::Account),
        LinkKind::ContactEmail
        | LinkKind::ContactName
        | LinkKind::AccountName
        | LinkKind::AliasEmail
        | LinkKind::Phone
        | LinkKind::OtherId => None,
    }
}

/// Whether the object of a statement is words, not the id of a record.
pub(super) fn has_words(kind: StatementKind) -> bool {
    matches!(kind, StatementKind::Named | StatementKind::Stage)
}

/// An id that facts state.
#[derive(Clone, Copy)]
pub(super) struct Stated<'a> {
    table: &'static str,
    column: &'static str,
    pub(super) place: Place,
    /// The kind of record that it is of.
    about: Subject,
    pub(super) id: &'a str,
    /// Whether it is the row's own, not a reference to another record.
    pub(super) is_own: bool,
    /// What the row calls its record, where that is words.
    name: Option<&'a str>,
}

/// All ids that facts state.
pub(super) fn stated(facts: &Facts) -> impl Iterator<Item = Stated<'_>> {
    let own = |table, about, place, id, name| {
        let column = "remote_id";
        Stated { table, column, place, about, id, is_own: true, name }
    };
    let reference = |(table, column), about, place, id| Stated {
        table,
        column,
        place,
        about,
        id,
        is_own: false,
        name: None,
    };
    let contacts = facts.contacts.iter().map(move |one| {
        own("contacts", Subject::Contact, one.place, &*one.remote_id, None)
    });
    let deals = facts.deals.iter().map(move |one| {
        let name = one.name.as_deref();
        own("deal_records", Subject::Deal, one.place, &one.remote_id, name)
    });
    let accounts = facts.accounts.iter().flat_map(move |one| {
        let (about, name) = (Subject::Account, one.name.as_deref());
        let parent = one.parent_id.as_deref();
        let parent =
            parent.map(|id| reference(("accounts", "parent_id"), about, one.place, id));
        [own("accounts", about, one.place, &one.remote_id, name)]
            .into_iter()
            .chain(parent)
    });
    let links = facts.links.iter().filter_map(move |one| {
        let about = referred(one.kind)?;
        Some(reference(("record_links", "text"), about, one.place, &one.text))
    });
    let statements = facts.statements.iter().flat_map(move |one| {
        let object = match one.kind {
            StatementKind::Role | StatementKind::Activity => Subject::Contact,
            StatementKind::Campaign => Subject::Campaign,
            _ => one.about,
        };
        let object = (!has_words(one.kind))
            .then(|| reference(("statements", "object"), object, one.place, &one.object));
        let subject =
            reference(("statements", "subject"), one.about, one.place, &one.subject);
        [subject].into_iter().chain(object)
    });
    contacts.chain(deals).chain(accounts).chain(links).chain(statements)
}

/// Whether an id names somebody to be forgotten. A key is compared whole; of a deal, a company
/// or a campaign it may be made of words, which the row itself tells, and a reference does not.
pub(super) fn is_naming(forgotten: &Forgotten, system: &str, one: &Stated<'_>) -> bool {
    if forgotten.redacted_key(one.id).is_some()
        || forgotten.has(&Key::Made(system.to_owned(), one.id.to_owned()))
    {
        return true;
    }
    let is_named = |name| normalize::is_made_of(one.id, name);
    match one.about {
        Subject::Contact | Subject::User => false,
        Subject::Account | Subject::Deal | Subject::Campaign => {
            (!one.is_own || one.name.is_some_and(is_named))
                && forgotten.is_in_words(one.id)
        }
    }
}

/// Whether an id stands for a record that has none, and is made of whom it names.
pub(super) fn is_of(id: &str, identity: Identity<&str>) -> bool {
    let mut names = identity.email.into_iter().chain(identity.full_name);
    names.any(|name| normalize::is_made_of(id, name))
}

/// Gives the records of some systems and ids other ids, wherever facts state them.
pub(super) fn erase(
    facts: &Facts,
    exports: &Exports<'_>,
    records: &BTreeSet<(&str, &str)>,
    erasure: &mut Erasure,
) {
    if records.is_empty() {
        return;
    }
    for Stated { table, column, place, id, .. } in stated(facts) {
        let system = resolve::system(&exports.file(place).format);
        if records.contains(&(system, id)) {
            let (old, new) = (id.into(), normalize::erased_id(id));
            erasure.ids.push(NewId { table, column, place, old, new });
        }
    }
    let renamed = records.iter().map(|(system, id)| {
        [*system, *id, &*normalize::erased_id(id)].map(str::to_owned)
    });
    erasure.renamed.extend(renamed);
}

/// Gives records of one system whose ids name somebody to be forgotten other ids.
pub(super) fn clean(forgotten: &Forgotten, system: &str, facts: &mut Facts) {
    let naming = stated(facts).filter(|one| is_naming(forgotten, system, one));
    let naming: BTreeSet<(&str, &str, Place, Box<str>)> =
        naming.map(|one| (one.table, one.column, one.place, one.id.into())).collect();
    if naming.is_empty() {
        return;
    }
    let clean = |table, column, place, id: &mut Box<str>| {
        if naming.contains(&(table, column, place, id.clone())) {
            *id = normalize::erased_id(id);
        }
    };
    for one in &mut facts.contacts {
        clean("contacts", "remote_id", one.place, &mut one.remote_id);
    }
    for one in &mut facts.deals {
        clean("deal_records", "remote_id", one.place, &mut one.remote_id);
    }
    for one in &mut facts.accounts {
        clean("accounts", "remote_id", one.place, &mut one.remote_id);
        one.parent_id
            .iter_mut()
            .for_each(|id| clean("accounts", "parent_id", one.place, id));
    }
    for one in facts.links.iter_mut().filter(|one| referred(one.kind).is_some()) {
        clean("record_links", "text", one.place, &mut one.text);
    }
    for one in &mut facts.statements {
        clean("statements", "subject", one.place, &mut one.subject);
        if !has_words(one.kind) {
            clean("statements", "object", one.place, &mut one.object);
        }
    }
}
