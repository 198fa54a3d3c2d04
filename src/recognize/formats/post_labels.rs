//! Themes given to posts by hand.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "post-labels",
    summary: "themes given to posts by hand",
    takes: Takes::Records(Record::Label),
    columns: &[
        Column::required(Field::Post, &["post"], Kind::Text),
        Column::required(Field::Theme, &["theme"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
