//! Whose connection each person is.

use std::cmp::Reverse;

use super::{Connected, Exports, members::Members, persons::Persons};
use crate::domain::{Connection, IdentityId, MemberIndex, OfPersons, PersonIndex};

/// Persons who are connections of members, by person and member: each as the newest export's
/// row says.
#[derive(Debug)]
pub(super) struct Connections<'a> {
    rows: &'a [Connection],
    /// Who, whose, and the row that says it.
    of: OfPersons<(PersonIndex, MemberIndex, u32)>,
}

impl<'a> Connections<'a> {
    pub(super) fn new(
        exports: &Exports<'_>,
        members: &Members,
        rows: &'a [Connection],
        persons: &Persons,
    ) -> Self {
        let named = (0_u32..).zip(rows).filter_map(|(at, one)| {
            let member = *members.of_export.get(&exports.export(one.place).export_id)?;
            let person = persons.of(one.identity?);
            Some((person, member, Reverse(exports.rank(one.place).0), at))
        });
        let mut named: Vec<_> = named.collect();
        let row = |at: u32| &rows[at as usize];
        named.sort_unstable_by(|one, other| {
            let newest = || row(other.3).place.cmp(&row(one.3).place);
            (one.0, one.1, one.2).cmp(&(other.0, other.1, other.2)).then_with(newest)
        });
        named.dedup_by_key(|(person, member, ..)| (*person, *member));
        let mut list = Vec::with_capacity(named.len());
        list.extend(
            named.into_iter().map(|(person, member, _, at)| (person, member, at)),
        );
        Self { rows, of: OfPersons::new(persons.len(), list, |(person, ..)| *person) }
    }

    /// Those of a person, by member, each with the identity by which its archive names them.
    pub(super) fn of(
        &self,
        person: PersonIndex,
    ) -> impl Iterator<Item = (Connected, IdentityId)> {
        self.of.of(person).iter().filter_map(|one| {
            let connected = connected(self.rows, *one);
            Some((connected, self.rows[one.2 as usize].identity?))
        })
    }

    /// All of them, by person and member.
    pub(super) fn all(self) -> Vec<Connected> {
        let all = self.of.all().into_iter();
        all.map(|one| connected(self.rows, one)).collect()
    }
}

/// What a row says of a person and a member.
fn connected(
    rows: &[Connection],
    (person, member, at): (PersonIndex, MemberIndex, u32),
) -> Connected {
    Connected { person, member, since: rows[at as usize].connected_on }
}
