//! Whose connection each person is.

use std::cmp::Reverse;

use super::{Connected, Exports, members::Members, persons::Persons};
use crate::domain::{Facts, IdentityId, OfPersons, PersonIndex};

/// Persons who are connections of members, by person and member: each as the newest export's
/// row says, with the identity by which that archive names them.
#[derive(Debug)]
pub(super) struct Connections(OfPersons<(Connected, IdentityId)>);

impl Connections {
    pub(super) fn new(
        exports: &Exports<'_>,
        members: &Members,
        facts: &Facts,
        persons: &Persons,
    ) -> Self {
        let connected = facts.connections.iter().filter_map(|one| {
            let member = *members.of_export.get(&exports.export(one.place).export_id)?;
            let identity = one.identity?;
            let person = persons.of(identity);
            let connected = Connected { person, member, since: one.connected_on };
            Some((connected, identity, exports.rank(one.place)))
        });
        let mut list: Vec<_> = connected.collect();
        let key = |one: &Connected| (one.person, one.member);
        list.sort_unstable_by_key(|(one, _, rank)| (key(one), Reverse(*rank)));
        list.dedup_by_key(|(one, ..)| key(one));
        let mut list: Vec<_> =
            list.into_iter().map(|(one, identity, _)| (one, identity)).collect();
        // It stands where the longer rows stood.
        list.shrink_to_fit();
        Self(OfPersons::new(persons.len(), list, |(one, _)| one.person))
    }

    /// Those of a person, by member.
    pub(super) fn of(&self, person: PersonIndex) -> &[(Connected, IdentityId)] {
        self.0.of(person)
    }

    /// All of them, by person and member.
    pub(super) fn all(self) -> Vec<Connected> {
        let mut all: Vec<_> = self.0.all().into_iter().map(|(one, _)| one).collect();
        all.shrink_to_fit();
        all
    }
}
