//! Copper: People or Leads → Export.

use super::{Amounts, Crm, Dates, Field, Format, Record, Takes, moment, needed, text};

const CRM: Crm = Crm::PLAIN;

pub(super) const FORMAT: Format = Format {
    name: "copper-people",
    summary: "Copper: people",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Copper ID"]),
        text(Field::FirstName, &["First Name"]),
        text(Field::LastName, &["Last Name"]),
        needed(Field::FullName, &["Name"]),
        text(Field::Company, &["Company", "Company Name"]),
        needed(Field::Email, &["Email", "Email 1", "Work Email"]),
        text(Field::EmailAliases, &["Email 2", "Email 3"]),
        text(Field::Phone, &["Phone Number*", "Work Phone", "Mobile Phone"]),
        text(Field::Country, &["Country"]),
        text(Field::LeadStatus, &["Status", "Contact Type"]),
        text(Field::RepEnteredSource, &["Source"]),
        moment(Field::CreatedAt, &["Created At", "Date Created"]),
        moment(Field::ChangedAt, &["Updated At"]),
        text(Field::Owner, &["Owner", "Owned By"]),
        text(Field::ProfileUrl, &["LinkedIn", "*linkedin*"]),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
