//! Apify: people who reacted, as JSON or flattened to CSV.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "apify-engagers-reactions",
    summary: "Apify: people who reacted",
    takes: Takes::Records(Record::Engager),
    columns: &[
        Column::required(Field::ReactionType, &["reactionType"], Kind::Text),
        Column::required(
            Field::ProfileUrl,
            &["actor/linkedinUrl", "actor.linkedinUrl"],
            Kind::Text,
        ),
        Column::required(Field::FullName, &["actor/name", "actor.name"], Kind::Text),
        Column::required(Field::PostId, &["postId"], Kind::Text),
        Column::optional(Field::ReactionUrn, &["id"], Kind::Text),
        Column::optional(Field::MemberId, &["actor/id", "actor.id"], Kind::Text),
        Column::optional(
            Field::Occupation,
            &["actor/position", "actor.position"],
            Kind::Text,
        ),
        Column::optional(Field::PostUrl, &["postUrl"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
