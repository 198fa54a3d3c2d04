//! Apify: the posts of a profile, as JSON or flattened to CSV.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "apify-posts",
    summary: "Apify: posts of a profile",
    takes: Takes::Records(Record::PostNumbers),
    columns: &[
        Column::required(Field::PostUrl, &["post_url", "postUrl", "url"], Kind::Text),
        Column::required(Field::ActivityUrn, &["activity_urn", "urn"], Kind::Text),
        Column::required(
            Field::Reactions,
            &["stats/total_reactions", "stats.total_reactions"],
            Kind::Text,
        ),
        Column::optional(
            Field::FullUrn,
            &["full_urn", "shareUrn", "share_urn"],
            Kind::Text,
        ),
        Column::optional(Field::PostText, &["text"], Kind::Text),
        Column::optional(
            Field::PostedMs,
            &["posted_at/timestamp", "posted_at.timestamp"],
            Kind::Text,
        ),
        Column::optional(
            Field::Unused,
            &["posted_at/date", "posted_at.date"],
            Kind::Text,
        ),
        Column::optional(
            Field::Unused,
            &["posted_at/relative", "posted_at.relative"],
            Kind::Text,
        ),
        Column::optional(Field::Action, &["post_type"], Kind::Text),
        Column::optional(
            Field::AuthorUrl,
            &["author/profile_url", "author.profile_url"],
            Kind::Text,
        ),
        Column::optional(
            Field::Comments,
            &["stats/comments", "stats.comments"],
            Kind::Text,
        ),
        Column::optional(Field::Reposts, &["stats/reposts", "stats.reposts"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
