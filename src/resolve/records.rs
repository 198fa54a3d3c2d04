//! What exports say of a CRM's records beside the records themselves: merges, conversions,
//! deletions, names of users, accounts.

use std::collections::BTreeMap;

use super::{Exports, names, spaces::base_system};
use crate::{
    domain::{
        Account, Facts, LinkKind, Moment, Place, StatedId, Statement, StatementKind,
        Subject,
    },
    normalize,
};

/// A record: its CRM, its kind, its id.
pub(super) type RecordKey = (Box<str>, Subject, Box<str>);

/// The records of all CRMs under their own ids and those that they once had.
#[derive(Debug, Default)]
pub(super) struct Records<'a> {
    /// Which record an id belongs to now, which is never one that was merged away.
    survivors: BTreeMap<RecordKey, RecordKey>,
    /// When the newest row that deletes a record did so, and where.
    deletions: BTreeMap<RecordKey, (Option<i64>, Place)>,
    /// The newest names of users and campaigns, and where they stand.
    names: BTreeMap<RecordKey, (Place, &'a str)>,
    /// Each account's newest row.
    pub(super) accounts: BTreeMap<RecordKey, &'a Account>,
    /// What rows say of other records, by record, that of newer exports last.
    statements: BTreeMap<RecordKey, Vec<&'a Statement>>,
}

impl<'a> Records<'a> {
    /// Gathers what all files say.
    pub(super) fn new(exports: &Exports<'_>, facts: &'a Facts) -> Self {
        let mut records = Self::default();
        let mut merges = merges(exports, facts);
        // Where exports disagree the newest is heard first, whichever was read first.
        merges.sort_by_key(|(place, ..)| std::cmp::Reverse(exports.rank(*place)));
        for (_, gone, survivor) in merges {
            records.merge(gone, survivor);
        }
        records.settle();
        for one in &facts.statements {
            records.add_statement(exports, one);
        }
        for statements in records.statements.values_mut() {
            statements.sort_by_key(|one| exports.rank(one.place));
        }
        for account in &facts.accounts {
            let key = records.current(key(
                exports,
                account.place,
                Subject::Account,
                &account.remote_id,
            ));
            let known = records.accounts.entry(key).or_insert(account);
            let age = |one: &Account| {
                (one.changed_at.map(Moment::start), exports.rank(one.place))
            };
            if age(known) < age(account) {
                *known = account;
            }
        }
        records
    }

    fn add_statement(&mut self, exports: &Exports<'_>, one: &'a Statement) {
        let subject = own_or_named(exports, one.place, one.about, &one.subject);
        let Some(subject) = subject else { return };
        match one.kind {
            StatementKind::MergedInto => {}
            StatementKind::Deleted => {
                let deletion =
                    (exports.changed_ms(one.place, one.happened_at), one.place);
                let known = self.deletions.entry(subject).or_insert(deletion);
                let age = |(ms, place): (Option<i64>, Place)| (ms, exports.rank(place));
                if age(*known) < age(deletion) {
                    *known = deletion;
                }
            }
            StatementKind::Named => {
                let named = (one.place, &*one.object);
                let known = self.names.entry(subject).or_insert(named);
                if exports.rank(known.0) < exports.rank(named.0) {
                    *known = named;
                }
            }
            StatementKind::Role
            | StatementKind::Activity
            | StatementKind::Stage
            | StatementKind::Campaign => {
                let subject = self.current(subject);
                self.statements.entry(subject).or_default().push(one);
            }
        }
    }

    /// Makes one record of two. Of several that one was made of, the smallest id stays, so
    /// that the order of the files decides nothing.
    fn merge(&mut self, gone: RecordKey, survivor: RecordKey) {
        let is_merged = self.survivors.contains_key(&gone);
        let (gone, survivor) = (self.last(gone), self.last(survivor));
        if gone == survivor {
            return;
        }
        let (gone, survivor) = if is_merged && gone < survivor {
            (survivor, gone)
        } else {
            (gone, survivor)
        };
        self.survivors.insert(gone, survivor);
    }

    /// The last record of the chain that begins at a key; all of it leads there from now on.
    fn last(&mut self, key: RecordKey) -> RecordKey {
        let mut passed = Vec::new();
        let mut at = key;
        while let Some(next) = self.survivors.get(&at) {
            let next = next.clone();
            passed.push(std::mem::replace(&mut at, next));
        }
        // The last but one leads there already.
        passed.pop();
        for key in passed {
            self.survivors.insert(key, at.clone());
        }
        at
    }

    /// Lets all ids lead to the last record of their chain, so that nobody walks it again.
    fn settle(&mut self) {
        let merged: Vec<RecordKey> = self.survivors.keys().cloned().collect();
        for key in merged {
            self.last(key);
        }
    }

    /// The record that a key belongs to now.
    pub(super) fn current(&self, key: RecordKey) -> RecordKey {
        self.survivors.get(&key).cloned().unwrap_or(key)
    }

    /// The ids that were merged away, each with the record that has it now.
    pub(super) fn merged(&self) -> impl Iterator<Item = (&RecordKey, RecordKey)> {
        self.survivors.keys().map(|gone| (gone, self.current(gone.clone())))
    }

    /// Whether a deletion is newer than all rows of a record.
    pub(super) fn is_deleted(
        &self,
        exports: &Exports<'_>,
        key: &RecordKey,
        rows: impl Iterator<Item = (Place, Option<Moment>)>,
    ) -> bool {
        let age = |(ms, place): (Option<i64>, Place)| (ms, exports.rank(place));
        let newest = rows
            .map(|(place, changed_at)| {
                age((exports.changed_ms(place, changed_at), place))
            })
            .max();
        self.deletions.get(key).is_some_and(|deletion| newest < Some(age(*deletion)))
    }

    /// The name of a user or campaign, which have no spaces of their own.
    pub(super) fn name(&self, system: &str, about: Subject, id: &str) -> Option<&'a str> {
        let key = (base_system(system).into(), about, id.into());
        self.names.get(&key).map(|(_, name)| *name)
    }

    /// The accounts that a record names by their ids.
    pub(super) fn accounts_of(
        &self,
        exports: &Exports<'_>,
        facts: &'a Facts,
        place: Place,
    ) -> impl Iterator<Item = &'a Account> {
        super::deals::links(facts, place, LinkKind::AccountId).filter_map(move |id| {
            let own = key(exports, place, Subject::Account, id);
            self.accounts.get(&self.current(own)).copied()
        })
    }

    /// The keys of the names and domains of the accounts that a record names.
    pub(super) fn companies_of(
        &self,
        exports: &Exports<'_>,
        facts: &'a Facts,
        place: Place,
    ) -> Vec<String> {
        let accounts = self.accounts_of(exports, facts, place);
        let texts = accounts.flat_map(|one| [&one.name, &one.domain]).flatten();
        texts.flat_map(|text| names::keys_of(text)).collect()
    }

    /// What rows say of a record, that of newer exports last.
    pub(super) fn statements(
        &self,
        key: &RecordKey,
        kind: StatementKind,
    ) -> impl Iterator<Item = &'a Statement> {
        let found = self.statements.get(key).into_iter().flatten();
        found.copied().filter(move |one| one.kind == kind)
    }
}

/// A record: its CRM and its id.
pub type RecordId = (Box<str>, Box<str>);

/// The records of a kind that were merged away, each with the one that it is now.
pub fn merged(
    exports: &Exports<'_>,
    facts: &Facts,
    about: Subject,
) -> Vec<(RecordId, RecordId)> {
    let records = Records::new(exports, facts);
    let of_kind = records.merged().filter(|(gone, _)| gone.1 == about);
    let id = |(system, _, id): RecordKey| (system, id);
    of_kind.map(|(gone, now)| (id(gone.clone()), id(now))).collect()
}

/// Which records were merged into which, and where it stands: rows of their own say so, or
/// merged ids and conversions, which stand at the record that survives.
fn merges(exports: &Exports<'_>, facts: &Facts) -> Vec<(Place, RecordKey, RecordKey)> {
    let contacts = facts.contacts.iter();
    let accounts = facts.accounts.iter();
    let deals = facts.deals.iter();
    let own: BTreeMap<Place, (Subject, &str)> = contacts
        .map(|one| (one.place, (Subject::Contact, &*one.remote_id)))
        .chain(accounts.map(|one| (one.place, (Subject::Account, &*one.remote_id))))
        .chain(deals.map(|one| (one.place, (Subject::Deal, &*one.remote_id))))
        .collect();
    // The lead was first: its id stays, that of the contact made of it is another name.
    let is_merge = |kind| matches!(kind, LinkKind::MergedId | LinkKind::ConvertedContact);
    let links = facts.links.iter().filter(|link| is_merge(link.kind));
    let linked = links.filter_map(|link| {
        let (subject, id) = own.get(&link.place)?;
        let gone = key(exports, link.place, *subject, &link.text);
        Some((link.place, gone, key(exports, link.place, *subject, id)))
    });
    let stated =
        facts.statements.iter().filter(|one| one.kind == StatementKind::MergedInto);
    let stated = stated.filter_map(|one| {
        // Both are of one space, though no row may have the one that is gone any more.
        let survivor = own_or_named(exports, one.place, one.about, &one.object)?;
        let gone = (survivor.0.clone(), one.about, one.subject.clone());
        Some((one.place, gone, survivor))
    });
    linked.chain(stated).chain(erased(exports, facts)).collect()
}

/// An id that was erased, where a later export brings the id that it was made of: one record,
/// under that id where a row of its own has it, else under the erased one.
fn erased(exports: &Exports<'_>, facts: &Facts) -> Vec<(Place, RecordKey, RecordKey)> {
    let of = |is_own| facts.stated_ids().filter(move |one| one.is_own == is_own);
    // Hashing all ids is for databases that have erased any.
    if !of(true).any(|one| normalize::is_erased_id(one.id)) {
        return Vec::new();
    }
    let key_of =
        |one: StatedId<'_>| (one.place, key(exports, one.place, one.about, one.id));
    let own: BTreeMap<RecordKey, Place> =
        of(true).map(key_of).map(|(place, key)| (key, place)).collect();
    let erased = |key: &RecordKey| (key.0.clone(), key.1, normalize::erased_id(&key.2));
    let own_rows = own.iter().map(|(now, place)| (*place, erased(now), now.clone()));
    let others = of(false).map(key_of);
    let others = others.filter(|(_, was)| !own.contains_key(was));
    let others = others.map(|(place, was)| (place, erased(&was), was));
    let of_others = others.filter(|(_, gone, _)| own.contains_key(gone));
    let of_others = of_others.map(|(place, erased, was)| (place, was, erased));
    own_rows.filter(|(_, gone, _)| own.contains_key(gone)).chain(of_others).collect()
}

/// The key of a record that a row of another names, which may be of another space; none where
/// several have it.
pub(super) fn named(
    exports: &Exports<'_>,
    place: Place,
    subject: Subject,
    id: &str,
) -> Option<RecordKey> {
    Some((exports.holder(place, subject, id)?.into(), subject, id.into()))
}

/// The key of a record of which a row says what became of it: of the file's own space, though no
/// row may have it any more, or of another where the file has none.
fn own_or_named(
    exports: &Exports<'_>,
    place: Place,
    subject: Subject,
    id: &str,
) -> Option<RecordKey> {
    let own = key(exports, place, subject, id);
    if *own.0 == *base_system(&own.0) {
        named(exports, place, subject, id)
    } else {
        Some(own)
    }
}

/// The key of a place's own record, or of one of a kind that has no spaces.
pub(super) fn key(
    exports: &Exports<'_>,
    place: Place,
    subject: Subject,
    id: &str,
) -> RecordKey {
    (exports.system(place, subject).into(), subject, id.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_a_chain_lead_to_its_last_record() {
        let key = |number: u32| -> RecordKey {
            ("salesforce".into(), Subject::Contact, format!("c{number:03}").into())
        };
        let check = |order: &mut dyn Iterator<Item = u32>| {
            let mut records = Records::default();
            for number in order {
                records.merge(key(number), key(number - 1));
            }
            records.settle();
            assert!(records.survivors.values().all(|last| *last == key(0)));
            assert_eq!(records.current(key(299)), key(0));
            assert_eq!(records.current(key(0)), key(0));
            assert_eq!(records.merged().count(), 299);
        };
        check(&mut (1..300));
        check(&mut (1..300).rev());
    }
}
