//! LinkedIn analytics of a creator: the sheet of totals, which tells the period.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-analytics-period",
    summary: "LinkedIn analytics: the period",
    takes: Takes::Records(Record::Period),
    columns: &[
        Column::required(Field::Period, &["Overall Performance"], Kind::Text),
        Column::required(Field::Unused, &["Members reached", "Impressions"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
