//! Salesforce: a report on contacts, exported with details only.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, moment, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Salesforce, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "salesforce-contact-report",
    summary: "Salesforce: a report on contacts",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Contact ID", "Contact-ID"]),
        text(Field::FirstName, &["First Name", "Vorname"]),
        needed(Field::LastName, &["Last Name", "Nachname"]),
        text(Field::Email, &["Email", "E-Mail"]),
        text(Field::Phone, &["Mobile", "Phone"]),
        text(Field::Country, &["Mailing Country"]),
        needed(Field::AccountNames, &["Account Name", "Account-Name"]),
        text(Field::AccountIds, &["Account ID"]),
        moment(Field::CreatedAt, &["Created Date", "Erstelldatum"]),
        moment(Field::ChangedAt, &["Last Modified Date"]),
        text(Field::Owner, &["Contact Owner", "Account Owner"]),
        text(Field::RepEnteredSource, &["Lead Source"]),
        text(Field::SelfReportedSource, &["*hear*about*", "*find*us*"]),
        text(Field::ProfileUrl, &["LinkedIn", "*linkedin*"]),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
