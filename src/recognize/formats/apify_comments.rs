//! Apify: people who commented, as JSON or flattened to CSV.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "apify-engagers-comments",
    summary: "Apify: people who commented",
    takes: Takes::Records(Record::Engager),
    columns: &[
        Column::required(Field::CommentText, &["commentary"], Kind::Text),
        Column::required(
            Field::ProfileUrl,
            &["actor/linkedinUrl", "actor.linkedinUrl"],
            Kind::Text,
        ),
        Column::required(Field::FullName, &["actor/name", "actor.name"], Kind::Text),
        Column::required(Field::PostId, &["postId"], Kind::Text),
        Column::optional(Field::CommentUrl, &["linkedinUrl"], Kind::Text),
        Column::optional(Field::CommentId, &["id"], Kind::Text),
        Column::optional(Field::CommentedAt, &["createdAt"], Kind::Moment),
        Column::optional(Field::CommentedMs, &["createdAtTimestamp"], Kind::Text),
        Column::optional(Field::MemberId, &["actor/id", "actor.id"], Kind::Text),
        Column::optional(
            Field::Occupation,
            &["actor/position", "actor.position"],
            Kind::Text,
        ),
        Column::optional(Field::IsAuthor, &["actor/author", "actor.author"], Kind::Flag),
        Column::optional(Field::Unused, &["type"], Kind::Text),
        Column::optional(Field::Unused, &["pinned"], Kind::Text),
        Column::optional(Field::Unused, &["edited"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
