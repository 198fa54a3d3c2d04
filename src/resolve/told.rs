//! What the user says of who is who, and of which CRM is a copy of which.

use crate::normalize::{link::PersonKey, phone::Country};

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
