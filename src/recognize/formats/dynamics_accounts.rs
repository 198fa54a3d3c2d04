//! Dynamics 365: Accounts → Export to Excel or CSV.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, crm, moment, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Guid, words: crm::COMMON, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "dynamics-accounts",
    summary: "Dynamics 365: accounts",
    takes: Takes::Crm(Record::Account, &CRM),
    columns: &[
        needed(Field::RemoteId, &["(Do Not Modify) Account"]),
        needed(Field::Name, &["Account Name", "Name", "Firmenname"]),
        text(Field::Domain, &["Website"]),
        text(Field::Country, &["Address 1: Country/Region"]),
        moment(
            Field::CreatedAt,
            &["Created On", "Erstellt am", "créé le", "fecha de creación"],
        ),
        moment(Field::ChangedAt, &["(Do Not Modify) Modified On", "Modified On"]),
        text(Field::Owner, &["Owner", "Besitzer", "propriétaire", "Propietario"]),
        text(Field::Unused, &["(Do Not Modify) Row Checksum"]),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
