//! What the user says of who is who, and of which CRM is a copy of which.

use super::Exports;
use crate::{
    domain::Subject,
    normalize::{link::PersonKey, phone::Country},
};

/// What the configuration says of persons and records; nothing by default.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Who leads and contacts are, and are not.
    pub labels: Vec<Label>,
    /// CRMs that hold records of another.
    pub copies: Vec<Copy>,
    /// The country of telephone numbers that state none.
    pub country: Option<Country>,
}

/// That a lead or contact is somebody, or is not.
#[derive(Clone, Debug)]
pub struct Label {
    /// The record: the CRM's id, perhaps behind the CRM and a colon, or an e-mail address.
    pub record: String,
    /// The person, as the configuration names them.
    pub name: String,
    /// What is compared of that.
    pub person: Named,
    /// Whether they are the same.
    pub is_same: bool,
}

/// How a label names a person.
#[derive(Clone, Debug)]
pub enum Named {
    /// By LinkedIn.
    Profile(PersonKey),
    /// By an e-mail address.
    Email(String),
}

/// That a CRM holds records of another, which count there.
#[derive(Clone, Debug)]
pub struct Copy {
    /// The CRM that holds copies.
    pub system: String,
    /// The one whose records they are.
    pub of: String,
}

impl Copy {
    /// What the configuration says of copies, for one kind of record: a name means all spaces
    /// of ids of its system, but for the one that the other names.
    pub(super) fn in_spaces(
        copies: &[Self],
        exports: &Exports<'_>,
        about: Subject,
    ) -> Vec<Self> {
        let of_one = |copy: &Self| {
            let systems = exports.systems_of(&copy.system, about);
            let others = exports.systems_of(&copy.of, about);
            let pairs = systems.into_iter().flat_map(|system| {
                let others = others.iter().filter(|of| **of != system).cloned();
                others.map(|of| Self { system: system.clone(), of }).collect::<Vec<_>>()
            });
            pairs.collect::<Vec<Self>>()
        };
        copies.iter().flat_map(of_one).collect()
    }
}
