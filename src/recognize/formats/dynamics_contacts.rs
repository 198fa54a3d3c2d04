//! Dynamics 365: Contacts → Export to Excel or CSV.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, crm, moment, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Guid, words: crm::COMMON, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "dynamics-contacts",
    summary: "Dynamics 365: contacts",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        needed(Field::RemoteId, &["(Do Not Modify) Contact"]),
        text(Field::FirstName, &["First Name", "Vorname"]),
        text(Field::LastName, &["Last Name", "Nachname"]),
        text(Field::FullName, &["Full Name", "Name"]),
        text(
            Field::Email,
            &["Email", "E-mail", "Email 1", "Email 2", "Email 3", "Email Address*"],
        ),
        text(Field::Phone, &["Mobile Phone", "Business Phone", "Home Phone"]),
        text(Field::Country, &["Address 1: Country/Region", "Country/Region"]),
        text(Field::Company, &["Company Name", "Account", "Account Name"]),
        text(Field::ProfileUrl, &["LinkedIn", "*linkedin*"]),
        text(Field::SelfReportedSource, &["*hear*about*", "*find*us*"]),
        text(Field::RepEnteredSource, &["Lead Source"]),
        moment(
            Field::CreatedAt,
            &["Created On", "Erstellt am", "créé le", "fecha de creación"],
        ),
        moment(Field::ChangedAt, &["(Do Not Modify) Modified On", "Modified On"]),
        text(Field::Owner, &["Owner", "Besitzer", "propriétaire", "Propietario"]),
        text(Field::Unused, &["(Do Not Modify) Row Checksum"]),
        text(Field::Unused, &["Job Title"]),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
