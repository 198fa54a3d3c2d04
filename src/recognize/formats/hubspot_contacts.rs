//! HubSpot: Contacts → Export.

use super::{Amounts, Column, Crm, Dates, Field, Format, Kind, Record, Takes, crm};

const CRM: Crm = Crm { words: crm::CLOSED, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "hubspot-contacts",
    summary: "HubSpot: contacts",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        Column::required(
            Field::RemoteId,
            &["Record ID", "Contact ID", "Record ID - Contact", "Datensatz-ID"],
            Kind::Text,
        ),
        Column::required(Field::FirstName, &["First Name", "Vorname"], Kind::Text),
        Column::required(Field::LastName, &["Last Name", "Nachname"], Kind::Text),
        Column::required(
            Field::Email,
            &["Email", "E-Mail", "E-Mail-Adresse"],
            Kind::Text,
        ),
        Column::optional(
            Field::EmailAliases,
            &["Additional email addresses"],
            Kind::Text,
        ),
        Column::optional(
            Field::Phone,
            &["Phone Number", "Mobile Phone Number", "Telefonnummer"],
            Kind::Text,
        ),
        Column::optional(Field::Owner, &["Contact owner"], Kind::Text),
        Column::optional(
            Field::Company,
            &["Company name", "Unternehmensname"],
            Kind::Text,
        ),
        Column::optional(Field::AccountIds, &["Associated Company IDs"], Kind::Text),
        Column::optional(Field::AccountNames, &["Associated Company"], Kind::Text),
        Column::optional(Field::DealIds, &["Associated Deal IDs"], Kind::Text),
        Column::optional(Field::Unused, &["Associated Deals"], Kind::Text),
        Column::optional(Field::Lifecycle, &["Lifecycle Stage"], Kind::Text),
        Column::optional(Field::LeadStatus, &["Lead Status"], Kind::Text),
        Column::optional(
            Field::CreatedAt,
            &["Create Date", "Erstellungsdatum"],
            Kind::Moment,
        ),
        Column::optional(Field::ChangedAt, &["Last Modified Date"], Kind::Moment),
        Column::optional(
            Field::BecameCustomerAt,
            &["Became a Customer Date"],
            Kind::Moment,
        ),
        Column::optional(
            Field::TrackedSource,
            &[
                "Original Traffic Source",
                "Original Source",
                "Latest Traffic Source",
                "Latest Source",
            ],
            Kind::Text,
        ),
        Column::optional(
            Field::TrackedDetail,
            &[
                "Original Traffic Source Drill-Down 1",
                "Original Traffic Source Drill-Down 2",
                "Original Source Drill-Down 1",
                "Original Source Drill-Down 2",
            ],
            Kind::Text,
        ),
        Column::optional(Field::TrackedUrl, &["First Page Seen"], Kind::Text),
        Column::optional(Field::Unused, &["Record source"], Kind::Text),
        Column::optional(
            Field::RepEnteredSource,
            &["Lead Source", "Lead source"],
            Kind::Text,
        ),
        Column::optional(
            Field::ProfileUrl,
            &[
                "LinkedIn URL",
                "LinkedIn Profile URL",
                "LinkedIn Bio",
                "LinkedIn",
                "*linkedin*",
            ],
            Kind::Text,
        ),
        Column::optional(
            Field::SelfReportedSource,
            &["How did you hear about us?", "*hear*about*", "*find*us*", "Message"],
            Kind::Text,
        ),
        Column::optional(
            Field::MergedIds,
            &["Merged object IDs", "hs_merged_object_ids"],
            Kind::Text,
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
