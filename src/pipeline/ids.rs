//! Ids of records that were made of a name or an address: whoever is erased stands in none.

use std::{collections::BTreeSet, mem};

use super::forgotten::{Forgotten, Key};
use crate::{
    domain::{Facts, Identity, Place, StatedId, Subject},
    normalize,
    resolve::{Exports, base_system},
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
    // A row of another table refers to a record by its id, wherever that is.
    let referred: BTreeSet<(&str, &str)> =
        records.iter().map(|(system, id)| (base_system(system), *id)).collect();
    for StatedId { table, column, place, id, is_own, about, .. } in facts.stated_ids() {
        let system = exports.system(place, about);
        if records.contains(&(system, id))
            || (!is_own && referred.contains(&(base_system(system), id)))
        {
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
    // A name beside an id may be the same text, and is redacted as words are.
    let mut links = mem::take(&mut facts.links);
    for one in links.iter_mut().filter(|one| facts.linked_kind(one).is_some()) {
        clean("record_links", "text", one.place, &mut one.text);
    }
    facts.links = links;
    for one in &mut facts.statements {
        clean("statements", "subject", one.place, &mut one.subject);
        clean("statements", "object", one.place, &mut one.object);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{LinkKind, RecordLink};

    #[test]
    fn a_name_that_is_an_id_too_stays_a_name() {
        let link = |kind| RecordLink {
            place: Place::new(1, 2, 0),
            kind,
            text: "Annika Quill".into(),
        };
        let mut facts = Facts {
            links: vec![link(LinkKind::AccountId), link(LinkKind::AccountName)],
            ..Facts::default()
        };
        let keys = BTreeSet::from([Key::Name("annika quill".to_owned())]);
        clean(&Forgotten::of(&keys), "acme", &mut facts);
        assert!(normalize::is_erased_id(&facts.links[0].text));
        assert_eq!(&*facts.links[1].text, "Annika Quill");
    }
}
