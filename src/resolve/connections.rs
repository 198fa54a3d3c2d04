//! Whose connection each person is.

use std::cmp::Reverse;

use super::{Connected, Exports, members::Members, persons::Persons};
use crate::domain::{Connection, Facts, IdentityId, OfPersons, PersonIndex};

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
        let rows = (0_u32..).zip(&facts.connections);
        let named = rows.filter_map(|(at, one)| {
            let member = *members.of_export.get(&exports.export(one.place).export_id)?;
            let person = persons.of(one.identity?);
            Some((person, member, Reverse(exports.rank(one.place).0), at))
        });
        let mut named: Vec<_> = named.collect();
        let row = |at: u32| &facts.connections[at as usize];
        named.sort_unstable_by(|one, other| {
            let newest = || row(other.3).place.cmp(&row(one.3).place);
            (one.0, one.1, one.2).cmp(&(other.0, other.1, other.2)).then_with(newest)
        });
        named.dedup_by_key(|(person, member, ..)| (*person, *member));
        let mut list = Vec::with_capacity(named.len());
        list.extend(named.into_iter().filter_map(|(person, member, _, at)| {
            let Connection { identity, connected_on: since, .. } = *row(at);
            Some((Connected { person, member, since }, identity?))
        }));
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
