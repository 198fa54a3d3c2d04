//! LinkedIn archive: Positions.csv, the companies of the member.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-positions",
    summary: "LinkedIn archive: the companies of the member",
    takes: Takes::Records(Record::Position),
    columns: &[
        Column::required(Field::Company, &["Company Name"], Kind::Text),
        Column::required(Field::Position, &["Title"], Kind::Text),
        Column::required(Field::StartedOn, &["Started On"], Kind::Text),
        Column::optional(Field::FinishedOn, &["Finished On"], Kind::Text),
        Column::optional(Field::Unused, &["Description"], Kind::Text),
        Column::optional(Field::Unused, &["Location"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
