//! Salesforce: a report on leads, exported with details only.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, day, flag, moment, needed,
    text,
};

const CRM: Crm = Crm { ids: Ids::Salesforce, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "salesforce-lead-report",
    summary: "Salesforce: a report on leads",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Lead ID", "Lead-ID"]),
        text(Field::FirstName, &["First Name", "Vorname"]),
        text(Field::LastName, &["Last Name", "Nachname"]),
        text(Field::FullName, &["Full Name", "Name"]),
        text(Field::Email, &["Email", "E-Mail"]),
        text(Field::Phone, &["Mobile", "Phone"]),
        text(Field::Country, &["Country"]),
        needed(Field::Company, &["Company / Account", "Firma / Account"]),
        needed(Field::LeadStatus, &["Lead Status", "Status"]),
        flag(Field::IsConverted, &["Converted"]),
        day(Field::ConvertedAt, &["Converted Date"]),
        text(Field::ConvertedAccountId, &["Converted Account ID"]),
        text(Field::ConvertedContactId, &["Converted Contact ID"]),
        text(Field::ConvertedDealId, &["Converted Opportunity ID"]),
        moment(Field::CreatedAt, &["Create Date", "Created Date", "Erstelldatum"]),
        moment(Field::ChangedAt, &["Last Modified", "Last Modified Date"]),
        text(Field::Owner, &["Lead Owner"]),
        text(Field::RepEnteredSource, &["Lead Source"]),
        text(Field::SelfReportedSource, &["*hear*about*", "*find*us*"]),
        text(Field::ProfileUrl, &["LinkedIn", "*linkedin*"]),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
