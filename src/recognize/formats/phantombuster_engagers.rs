//! PhantomBuster: who reacted to or commented on a post, old and new columns.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "phantombuster-engagers",
    summary: "PhantomBuster: people who reacted or commented",
    takes: Takes::Records(Record::Engager),
    columns: &[
        Column::required(Field::ProfileUrl, &["profileLink", "profileUrl"], Kind::Text),
        Column::required(Field::FullName, &["fullName"], Kind::Text),
        Column::optional(Field::FirstName, &["firstName"], Kind::Text),
        Column::optional(Field::LastName, &["lastName"], Kind::Text),
        Column::optional(Field::Occupation, &["occupation", "title"], Kind::Text),
        Column::optional(Field::HasLiked, &["hasLiked"], Kind::Flag),
        Column::optional(Field::ReactionType, &["reactionType"], Kind::Text),
        Column::optional(Field::HasCommented, &["hasCommented"], Kind::Flag),
        Column::optional(Field::CommentText, &["comments", "comment"], Kind::Text),
        Column::optional(Field::CommentUrl, &["commentUrl"], Kind::Text),
        Column::optional(Field::CommentedAt, &["commentDate"], Kind::Moment),
        Column::required(Field::PostUrl, &["postUrl", "postsUrl"], Kind::Text),
        Column::optional(Field::ListedAt, &["timestamp"], Kind::Moment),
        Column::optional(Field::Unused, &["degree"], Kind::Text),
        Column::optional(Field::Unused, &["likeUrl"], Kind::Text),
        Column::optional(Field::Unused, &["name"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
