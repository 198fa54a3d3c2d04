//! LinkedIn archive: Profile.csv, who the member is.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-profile",
    summary: "LinkedIn archive: the member",
    takes: Takes::Records(Record::Profile),
    columns: &[
        Column::required(Field::FirstName, &["First Name"], Kind::Text),
        Column::required(Field::LastName, &["Last Name"], Kind::Text),
        Column::required(Field::Headline, &["Headline"], Kind::Text),
        Column::required(Field::Unused, &["Summary"], Kind::Text),
        Column::optional(Field::Unused, &["Industry"], Kind::Text),
        Column::optional(Field::Unused, &["Zip Code"], Kind::Text),
        Column::optional(Field::Unused, &["Geo Location"], Kind::Text),
        Column::optional(Field::Unused, &["Maiden Name"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
