//! LinkedIn archive: Email Addresses.csv, the member's addresses.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-email-addresses",
    summary: "LinkedIn archive: the addresses of the member",
    takes: Takes::Records(Record::EmailAddress),
    columns: &[
        Column::required(Field::Email, &["Email Address"], Kind::Text),
        Column::required(Field::IsConfirmed, &["Confirmed"], Kind::Flag),
        Column::required(Field::IsPrimary, &["Primary"], Kind::Flag),
        Column::optional(Field::UpdatedOn, &["Updated On"], Kind::Moment),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
