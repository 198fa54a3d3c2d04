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

/// What tells the same where it is alike, and nothing where it is not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hint {
    Phone,
    /// The initial and the last name of a person who has but an initial.
    Short,
    /// The same of one who has more.
    Long,
}

/// What the rows of one id state.
#[derive(Default)]
pub(super) struct Stated {
    keys: BTreeSet<Key>,
    hints: BTreeSet<(Hint, u64)>,
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
        // One client may have a deal of that number in each of two lists.
        if self.differs(other, Kind::Name) && self.differs(other, Kind::Amount) {
            return Some(false);
        }
        let is_same = !self.keys.is_disjoint(&other.keys) || self.is_hinted(other);
        let kinds =
            |one: &Self| one.keys.iter().map(|(kind, _)| *kind).collect::<BTreeSet<_>>();
        (is_same || !kinds(self).is_disjoint(&kinds(other))).then_some(is_same)
    }

    fn differs(&self, other: &Self, kind: Kind) -> bool {
        let own = |one: &Self| -> BTreeSet<Key> {
            one.keys.range((kind, u64::MIN)..=(kind, u64::MAX)).copied().collect()
        };
        let (own, others) = (own(self), own(other));
        !own.is_empty() && !others.is_empty() && own.is_disjoint(&others)
    }

    fn is_hinted(&self, other: &Self) -> bool {
        self.hints.iter().any(|(hint, hash)| {
            let alike = match hint {
                Hint::Phone => Hint::Phone,
                Hint::Short => Hint::Long,
                Hint::Long => Hint::Short,
            };
            other.hints.contains(&(alike, *hash))
        })
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
            self.hints.insert((Hint::Phone, hash));
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
            let hint = if is_short { Hint::Short } else { Hint::Long };
            self.hints.insert((hint, names::hash((initial, last))));
        }
    }
}
