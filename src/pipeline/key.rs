//! What persons who are to be forgotten are known by.

use crate::{
    domain::{Identity, LinkKind, RecordLink, Subject},
    normalize::{company, email, link::PersonKey, name},
    resolve::{Exports, base_system},
};

/// What a person is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A profile's slug.
    Profile(String),
    /// LinkedIn's opaque id.
    MemberId(String),
    /// An e-mail address.
    Email(String),
    /// A record of a CRM: its system and id.
    Record(String, String),
    /// A deal that is named after the person: its system and id.
    Deal(String, String),
    /// The id of a record, and of a deal, where several tables number their own: with their
    /// system. It is not alone enough to forget by.
    OneOfRecords(String, String),
    OneOfDeals(String, String),
    /// An id that was made of words that name the person: its system, and what it was.
    Made(String, String),
    /// A full name with a company.
    NameAtCompany(String, String),
    /// A full name: tells nobody apart, and is taken out of texts alone.
    Name(String),
    /// The full name of a member, by which their archives are known.
    Member(String),
}

impl From<PersonKey> for Key {
    fn from(key: PersonKey) -> Self {
        match key {
            PersonKey::Profile(slug) => Self::Profile(slug),
            PersonKey::MemberId(id) => Self::MemberId(id),
        }
    }
}

impl Key {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Profile(text) => format!("profile\0{text}"),
            Self::MemberId(text) => format!("member id\0{text}"),
            Self::Email(text) => format!("email\0{text}"),
            Self::Record(system, id) => format!("record\0{}\0{id}", base_system(system)),
            Self::Deal(system, id) => format!("deal\0{}\0{id}", base_system(system)),
            Self::OneOfRecords(system, id) => format!("one of records\0{system}\0{id}"),
            Self::OneOfDeals(system, id) => format!("one of deals\0{system}\0{id}"),
            Self::Made(system, id) => format!("made\0{}\0{id}", base_system(system)),
            Self::NameAtCompany(name, company) => format!("at\0{name}\0{company}"),
            Self::Name(text) => format!("name\0{text}"),
            Self::Member(text) => format!("member\0{text}"),
        }
    }

    /// The key as later imports know it: while a file is read nobody knows in which space its
    /// ids are.
    pub(super) fn kept(&self, exports: &Exports<'_>) -> Self {
        let is_one = |system: &str, about| exports.is_split(system, about);
        let base = |system: &str| base_system(system).to_owned();
        match self {
            Self::Record(system, id) if is_one(system, Subject::Contact) => {
                Self::OneOfRecords(base(system), id.clone())
            }
            Self::Deal(system, id) if is_one(system, Subject::Deal) => {
                Self::OneOfDeals(base(system), id.clone())
            }
            other => other.clone(),
        }
    }

    /// Whom a deal names by address or name.
    pub(super) fn of_link(link: &RecordLink) -> Option<Self> {
        match link.kind {
            LinkKind::ContactEmail => Some(Self::Email(link.text.to_string())),
            LinkKind::ContactName => name::key(&link.text).map(Self::Name),
            _ => None,
        }
    }

    /// The keys of an identity that name one person alone.
    pub(super) fn of_identity(identity: Identity<&str>) -> impl Iterator<Item = Self> {
        let text = |text: Option<&str>| text.map(str::to_owned);
        let own = [
            text(identity.profile).map(Self::Profile),
            text(identity.member_id).map(Self::MemberId),
            text(identity.email)
                .filter(|address| !email::is_role(address) && !email::is_dummy(address))
                .map(Self::Email),
        ];
        own.into_iter().flatten()
    }

    /// The name of an identity, and the name with its company.
    pub(super) fn of_name(identity: Identity<&str>) -> impl Iterator<Item = Self> {
        let name = identity.full_name.and_then(name::key);
        let company = identity.company.and_then(company::key);
        let both = name.clone().zip(company);
        let at = both.map(|(name, at)| Self::NameAtCompany(name, format!("{at:?}")));
        name.map(Self::Name).into_iter().chain(at)
    }
}
