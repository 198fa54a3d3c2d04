//! What persons have, in one list.

use super::PersonIndex;

/// What each person has, end to end.
#[derive(Clone, Debug)]
pub struct OfPersons<T> {
    list: Vec<T>,
    /// By person: where theirs begin.
    starts: Vec<u32>,
}

impl<T> OfPersons<T> {
    /// From a list in the order of persons.
    pub fn new(persons: usize, list: Vec<T>, person: impl Fn(&T) -> PersonIndex) -> Self {
        let mut starts = vec![0; persons + 1];
        for one in &list {
            starts[person(one).index() + 1] += 1;
        }
        for person in 1..starts.len() {
            starts[person] += starts[person - 1];
        }
        Self { list, starts }
    }

    /// Those of a person, in the list's order.
    pub fn of(&self, person: PersonIndex) -> &[T] {
        let (from, to) = (self.starts[person.index()], self.starts[person.index() + 1]);
        &self.list[from as usize..to as usize]
    }

    /// All of them, by person.
    pub fn all(self) -> Vec<T> {
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_has_their_own_and_none_what_they_have_not() {
        let [ann, bob, cy] = [0, 1, 2].map(PersonIndex::from_index);
        let list = vec![(ann, 'a'), (ann, 'b'), (cy, 'c')];
        let found = OfPersons::new(3, list.clone(), |(person, _)| *person);
        assert_eq!(found.of(ann), &list[..2]);
        assert_eq!(found.of(bob), &[]);
        assert_eq!(found.of(cy), &list[2..]);
        assert_eq!(found.all(), list);
    }
}
