//! Ids of records that were made of a name or an address: whoever is erased stands in none.

use std::collections::BTreeSet;

use super::forgotten::Forgotten;
use crate::{
    domain::{Facts, Identity, LinkKind, StatementKind},
    normalize,
    resolve::{self, Exports},
    store::{Erasure, NewId},
};

/// Whether a reference from a record is the id of another.
fn is_id(kind: LinkKind) -> bool {
    matches!(
        kind,
        LinkKind::ContactId
            | LinkKind::DealId
            | LinkKind::AccountId
            | LinkKind::MergedId
            | LinkKind::ConvertedContact
            | LinkKind::ConvertedDeal
    )
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
    let ids = &mut erasure.ids;
    let mut see = |table, column, place, id: &str| {
        let system = resolve::system(&exports.file(place).format);
        if records.contains(&(system, id)) {
            ids.push(NewId {
                table,
                column,
                place,
                old: id.into(),
                new: normalize::erased_id(id),
            });
        }
    };
    for one in &facts.contacts {
        see("contacts", "remote_id", one.place, &one.remote_id);
    }
    for one in &facts.deals {
        see("deal_records", "remote_id", one.place, &one.remote_id);
    }
    for one in &facts.accounts {
        see("accounts", "remote_id", one.place, &one.remote_id);
        one.parent_id.iter().for_each(|id| see("accounts", "parent_id", one.place, id));
    }
    for one in facts.links.iter().filter(|one| is_id(one.kind)) {
        see("record_links", "text", one.place, &one.text);
    }
    for one in &facts.statements {
        see("statements", "subject", one.place, &one.subject);
        if one.kind != StatementKind::Named {
            see("statements", "object", one.place, &one.object);
        }
    }
    let renamed = records.iter().map(|(system, id)| {
        [*system, *id, &*normalize::erased_id(id)].map(str::to_owned)
    });
    erasure.renamed.extend(renamed);
}

/// Gives records whose ids name somebody to be forgotten other ids.
pub(super) fn clean(forgotten: &Forgotten, facts: &mut Facts) {
    let clean = |id: &mut Box<str>| {
        if forgotten.redacted(id).is_some() {
            *id = normalize::erased_id(id);
        }
    };
    facts.contacts.iter_mut().for_each(|one| clean(&mut one.remote_id));
    facts.deals.iter_mut().for_each(|one| clean(&mut one.remote_id));
    for one in &mut facts.accounts {
        clean(&mut one.remote_id);
        one.parent_id.iter_mut().for_each(clean);
    }
    let links = facts.links.iter_mut().filter(|one| is_id(one.kind));
    links.for_each(|one| clean(&mut one.text));
    for one in &mut facts.statements {
        clean(&mut one.subject);
        if one.kind != StatementKind::Named {
            clean(&mut one.object);
        }
    }
}
