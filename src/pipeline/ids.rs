//! Ids of records that were made of a name or an address: whoever is erased stands in none.

use std::collections::BTreeSet;

use super::forgotten::{Forgotten, Key};
use crate::{
    domain::{Facts, Identity, Place, StatedId, Subject},
    normalize,
    resolve::Exports,
    store::{Erasure, NewId},
};

/// Whether an id names somebody to be forgotten. A key is compared whole; of a deal, a company
/// or a campaign it may be made of words, which the row itself tells, and a reference does not.
pub(super) fn is_naming(forgotten: &Forgotten, system: &str, one: &StatedId<'_>) -> bool {
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
    for StatedId { table, column, place, id, .. } in facts.stated_ids() {
        let system = exports.system(place);
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
    let naming = facts.stated_ids().filter(|one| is_naming(forgotten, system, one));
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
    for one in &mut facts.links {
        clean("record_links", "text", one.place, &mut one.text);
    }
    for one in &mut facts.statements {
        clean("statements", "subject", one.place, &mut one.subject);
        clean("statements", "object", one.place, &mut one.object);
    }
}
