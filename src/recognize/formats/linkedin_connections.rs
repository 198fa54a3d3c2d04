//! LinkedIn archive: Connections.csv, who can read the member, and since when.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-connections",
    summary: "LinkedIn archive: connections and since when",
    takes: Takes::Records(Record::Connection),
    columns: &[
        Column::required(Field::FirstName, &["First Name"], Kind::Text),
        Column::required(Field::LastName, &["Last Name"], Kind::Text),
        Column::optional(Field::ProfileUrl, &["URL", "Profile URL"], Kind::Text),
        Column::optional(Field::Email, &["Email Address"], Kind::Text),
        Column::optional(Field::Company, &["Company"], Kind::Text),
        Column::optional(Field::Position, &["Position"], Kind::Text),
        Column::required(Field::ConnectedOn, &["Connected On"], Kind::Day),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
