//! Apify: people who reacted, with names in snake case.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "apify-engagers-reactors",
    summary: "Apify: people who reacted",
    takes: Takes::Records(Record::Engager),
    columns: &[
        Column::required(Field::ReactionType, &["reaction_type"], Kind::Text),
        Column::required(
            Field::ProfileUrl,
            &["reactor/profile_url", "reactor.profile_url"],
            Kind::Text,
        ),
        Column::required(Field::FullName, &["reactor/name", "reactor.name"], Kind::Text),
        Column::required(
            Field::PostUrl,
            &["_metadata/post_url", "_metadata.post_url"],
            Kind::Text,
        ),
        Column::optional(Field::MemberId, &["reactor/urn", "reactor.urn"], Kind::Text),
        Column::optional(
            Field::Occupation,
            &["reactor/headline", "reactor.headline"],
            Kind::Text,
        ),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
