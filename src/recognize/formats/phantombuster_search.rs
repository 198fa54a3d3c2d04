//! PhantomBuster: people whom a search of LinkedIn's found.

use super::{Amounts, Column, Dates, Field, Format, Kind, Takes};

pub(super) const FORMAT: Format = Format {
    name: "phantombuster-search",
    summary: "PhantomBuster: people whom a search found",
    takes: Takes::Refused(
        "people whom a search found: nothing says that one of them met a post",
    ),
    columns: &[
        Column::required(Field::ProfileUrl, &["profileLink", "profileUrl"], Kind::Text),
        Column::required(Field::FullName, &["fullName"], Kind::Text),
        Column::required(Field::Unused, &["query"], Kind::Text),
        Column::optional(Field::Occupation, &["title", "occupation"], Kind::Text),
        Column::optional(Field::Company, &["companyName", "company"], Kind::Text),
        Column::optional(Field::Unused, &["location"], Kind::Text),
        Column::optional(Field::Unused, &["connectionDegree", "degree"], Kind::Text),
        Column::optional(Field::ListedAt, &["timestamp"], Kind::Moment),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
