//! LinkedIn archive: Shares.csv, the posts of the member.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-shares",
    summary: "LinkedIn archive: the posts",
    takes: Takes::Records(Record::Share),
    columns: &[
        Column::required(Field::Date, &["Date"], Kind::Moment),
        Column::required(Field::ShareLink, &["ShareLink"], Kind::Text),
        Column::required(Field::ShareText, &["ShareCommentary"], Kind::WrappedText),
        Column::optional(Field::SharedUrl, &["SharedUrl"], Kind::Text),
        Column::optional(Field::MediaUrl, &["MediaUrl"], Kind::Text),
        Column::optional(Field::Visibility, &["Visibility"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
