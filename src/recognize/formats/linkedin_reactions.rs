//! LinkedIn archive: Reactions.csv, engagement given, never received.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-reactions",
    summary: "LinkedIn archive: reactions that the member gave",
    takes: Takes::Records(Record::GivenReaction),
    columns: &[
        Column::required(Field::Date, &["Date"], Kind::Moment),
        Column::required(Field::ReactionType, &["Type"], Kind::Text),
        Column::required(Field::Link, &["Link"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
