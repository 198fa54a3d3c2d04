//! Whose connection each person is.

use std::cmp::Reverse;

use super::{Connected, Exports, members::Members, persons::Persons};
use crate::domain::{Facts, IdentityId, PersonIndex};

/// Persons who are connections of members, by person and member: each as the newest export's
/// row says.
#[derive(Debug)]
pub(super) struct Connections {
    /// With the identity by which that archive names them.
    list: Vec<(Connected, IdentityId)>,
    /// By person: where theirs begin.
    starts: Vec<u32>,
}

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
        let list: Vec<_> =
            list.into_iter().map(|(one, identity, _)| (one, identity)).collect();
        let mut starts = vec![0; persons.len() + 1];
        for (one, _) in &list {
            starts[one.person.index() + 1] += 1;
        }
        for person in 1..starts.len() {
            starts[person] += starts[person - 1];
        }
        Self { list, starts }
    }

    /// Those of a person, by member.
    pub(super) fn of(&self, person: PersonIndex) -> &[(Connected, IdentityId)] {
        let (from, to) = (self.starts[person.index()], self.starts[person.index() + 1]);
        &self.list[from as usize..to as usize]
    }

    /// All of them, by person and member.
    pub(super) fn all(self) -> Vec<Connected> {
        self.list.into_iter().map(|(one, _)| one).collect()
    }
}
