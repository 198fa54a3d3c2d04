//! PhantomBuster: the short lists, which name no post.

use super::{Amounts, Column, Dates, Field, Format, Kind, Takes};

pub(super) const FORMAT: Format = Format {
    name: "phantombuster-short",
    summary: "PhantomBuster: a short list without posts",
    takes: Takes::Refused(
        "a list of engagers in which no column names the post; export it again with the post's \
         URL (PhantomBuster: the columns postUrl and timestamp)",
    ),
    columns: &[
        Column::required(Field::ProfileUrl, &["profileLink", "profileUrl"], Kind::Text),
        Column::required(Field::FullName, &["fullName"], Kind::Text),
        Column::required(Field::Occupation, &["occupation", "title"], Kind::Text),
        Column::optional(Field::Unused, &["degree"], Kind::Text),
        Column::optional(Field::CommentText, &["comments", "comment"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
