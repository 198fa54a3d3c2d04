//! What rows of tables state that tells whose they are.

use std::collections::BTreeSet;

use super::super::{deals, names};
use crate::{
    domain::{Facts, LinkKind, Subject},
    normalize::{email, is_made_of, name, stage_key},
};

/// What is compared: the kind of it, and its hash.
type Key = (Kind, u64);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Email,
    Profile,
    Name,
    Phone,
    Amount,
}

/// What the rows of one id state.
#[derive(Default)]
pub(super) struct Stated {
    keys: BTreeSet<Key>,
    /// What tells the same where it is alike, and nothing where it is not: telephone numbers,
    phones: BTreeSet<u64>,
    /// initials with last names, of persons who have but an initial,
    short: BTreeSet<u64>,
    /// and of those who have more.
    long: BTreeSet<u64>,
}

impl Stated {
    /// Adds a row.
    pub(super) fn add(&mut self, facts: &Facts, about: Subject, at: usize) {
        match about {
            Subject::Deal => self.add_deal(facts, at),
            _ => self.add_contact(facts, at),
        }
    }

    /// Whether two state the same person or deal; none where nothing compares.
    pub(super) fn is_same(&self, other: &Self) -> Option<bool> {
        if self.is_stranger(other) {
            return Some(false);
        }
        let kinds = [Kind::Email, Kind::Profile, Kind::Name, Kind::Phone, Kind::Amount];
        let compared: Vec<bool> =
            kinds.into_iter().filter_map(|kind| self.agrees(other, kind)).collect();
        let is_same = compared.contains(&true)
            || self.has_initial_of(other)
            || !self.phones.is_disjoint(&other.phones);
        (is_same || !compared.is_empty()).then_some(is_same)
    }

    /// Whether two are called otherwise, and are of other people or worth another amount: one
    /// client may have a deal of that number in each of two lists, and many people may have
    /// one telephone number or pay one price.
    pub(super) fn is_stranger(&self, other: &Self) -> bool {
        let by = |kind| self.agrees(other, kind);
        let persons = [by(Kind::Email), by(Kind::Profile)];
        let is_another = persons.contains(&Some(false))
            && !persons.contains(&Some(true))
            && !self.has_initial_of(other);
        by(Kind::Name) == Some(false) && (is_another || by(Kind::Amount) == Some(false))
    }

    /// Whether they have any of a kind in common; none where one has none.
    fn agrees(&self, other: &Self, kind: Kind) -> Option<bool> {
        let own = |one: &Self| -> BTreeSet<Key> {
            one.keys.range((kind, u64::MIN)..=(kind, u64::MAX)).copied().collect()
        };
        let (own, others) = (own(self), own(other));
        (!own.is_empty() && !others.is_empty()).then(|| !own.is_disjoint(&others))
    }

    /// Whether one has but the initial of the other.
    fn has_initial_of(&self, other: &Self) -> bool {
        !self.short.is_disjoint(&other.long) || !self.long.is_disjoint(&other.short)
    }

    /// A name of which the id is made tells nothing more than the id.
    fn add_contact(&mut self, facts: &Facts, at: usize) {
        let contact = &facts.contacts[at];
        let Some(identity) = facts.identities.get(contact.identity) else { return };
        let address = identity.email.filter(|address| email::is_personal(address));
        let is_told = |name: &&str| !is_made_of(&contact.remote_id, name);
        let is_id = identity.full_name.is_some_and(|name| !is_told(&name));
        self.keys.extend(address.map(|it| (Kind::Email, names::hash(it))));
        self.keys.extend(identity.profile.map(|it| (Kind::Profile, names::hash(it))));
        if let Some(name) = identity.full_name.filter(is_told).and_then(name::key) {
            self.add_name(Kind::Name, &name);
        }
        for phone in deals::links(facts, contact.place, LinkKind::Phone) {
            let hash = names::hash(phone);
            self.phones.insert(hash);
            self.keys.extend(is_id.then_some((Kind::Phone, hash)));
        }
    }

    fn add_deal(&mut self, facts: &Facts, at: usize) {
        let deal = &facts.deals[at];
        let name = deal.name.as_deref().map(stage_key);
        let name = name.filter(|name| !name.is_empty());
        self.keys.extend(name.map(|it| (Kind::Name, names::hash(it))));
        let amount = deal.amount_minor.filter(|amount| *amount != 0);
        let amount = amount.map(|it| names::hash((it, deal.currency)));
        self.keys.extend(amount.map(|it| (Kind::Amount, it)));
        let links = |kind| deals::links(facts, deal.place, kind);
        // Persons that are named are kinds of their own, and not the deal's name.
        for person in links(LinkKind::ContactName).filter_map(name::key) {
            self.add_name(Kind::Profile, &person);
        }
        let addresses = links(LinkKind::ContactEmail).map(names::hash);
        self.keys.extend(addresses.map(|it| (Kind::Email, it)));
    }

    fn add_name(&mut self, kind: Kind, name: &str) {
        self.keys.insert((kind, names::hash(name)));
        let mut letters = name.chars();
        if let (Some(initial), Some((first, last))) =
            (letters.next(), name.rsplit_once(' '))
        {
            let is_short = first.chars().nth(1).is_none();
            let initials = if is_short { &mut self.short } else { &mut self.long };
            initials.insert(names::hash((initial, last)));
        }
    }
}
