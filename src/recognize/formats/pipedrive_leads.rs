//! Pipedrive: Leads → Export. A lead names its person and organization only.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, moment, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Guid, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "pipedrive-leads",
    summary: "Pipedrive: leads",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Lead - ID", "Lead - Pipedrive System ID"]),
        needed(Field::Name, &["Lead - Title", "Lead - Titel"]),
        text(Field::LeadStatus, &["Lead - Labels", "Lead - Label"]),
        text(Field::Company, &["Lead - Organization", "Lead - Organisation"]),
        text(
            Field::FullName,
            &["Lead - Contact person", "Lead - Kontaktperson", "Person - Name"],
        ),
        text(Field::Email, &["Person - Email - Work", "Person - Email*"]),
        text(Field::Owner, &["Lead - Owner", "Lead - Besitzer"]),
        text(Field::RepEnteredSource, &["Lead - Source"]),
        text(Field::TrackedSource, &["Lead - Source channel", "*utm_*"]),
        text(Field::SelfReportedSource, &["*hear*about*", "*find*us*"]),
        moment(
            Field::CreatedAt,
            &["Lead - Lead created", "Lead - Creation date", "Lead - Add time"],
        ),
        moment(Field::ChangedAt, &["Lead - Update time"]),
        text(
            Field::Unused,
            &["Lead - Value", "Lead - Archived", "Lead - Source channel ID"],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
