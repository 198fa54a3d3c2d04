//! LinkedIn Campaign Manager: leads of Lead Gen Forms.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-leadgen",
    summary: "LinkedIn: leads of Lead Gen Forms",
    takes: Takes::Records(Record::FormLead),
    columns: &[
        Column::required(
            Field::CreatedAt,
            &["Created At", "Submitted At", "Lead Created At"],
            Kind::Moment,
        ),
        Column::required(Field::FormName, &["Form Name"], Kind::Text),
        Column::optional(Field::LeadType, &["Lead Type"], Kind::Text),
        Column::required(
            Field::Email,
            &["Email", "Email Address", "Work email"],
            Kind::Text,
        ),
        Column::optional(Field::RemoteId, &["Lead ID"], Kind::Text),
        Column::optional(Field::CampaignId, &["Campaign ID"], Kind::Text),
        Column::optional(Field::Campaign, &["Campaign Name"], Kind::Text),
        Column::optional(Field::CreativeId, &["Creative ID", "Ad ID"], Kind::Text),
        Column::optional(Field::Unused, &["Form ID"], Kind::Text),
        Column::optional(Field::IsTest, &["Test Lead", "Is Test"], Kind::Flag),
        Column::optional(Field::FirstName, &["First Name"], Kind::Text),
        Column::optional(Field::LastName, &["Last Name"], Kind::Text),
        Column::optional(Field::FullName, &["Full Name"], Kind::Text),
        Column::optional(Field::Phone, &["Phone Number"], Kind::Text),
        Column::optional(Field::Company, &["Company Name", "Company"], Kind::Text),
        Column::optional(Field::Position, &["Job Title"], Kind::Text),
        Column::optional(
            Field::ProfileUrl,
            &["LinkedIn Profile", "LinkedIn Profile URL", "*linkedin*"],
            Kind::Text,
        ),
        Column::optional(Field::PostUrl, &["Post URL", "Post link"], Kind::Text),
        Column::optional(Field::TrackedDetail, &["utm_*"], Kind::Text),
        Column::optional(Field::SelfReportedSource, &["*hear*about*"], Kind::Text),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
