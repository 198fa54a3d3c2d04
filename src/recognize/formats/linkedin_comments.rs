//! LinkedIn archive: Comments.csv, the member's own comments.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-comments",
    summary: "LinkedIn archive: comments that the member wrote",
    takes: Takes::Records(Record::OwnComment),
    columns: &[
        Column::required(Field::Date, &["Date"], Kind::Moment),
        Column::required(Field::Link, &["Link"], Kind::Text),
        Column::required(Field::Message, &["Message", "Comment"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
