//! LinkedIn analytics of a creator: the sheet of the top posts, two tables side by side.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes, post_words};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-top-posts",
    summary: "LinkedIn analytics: the top posts",
    takes: Takes::Records(Record::TopPosts),
    columns: &[
        Column::required(Field::PostUrl, post_words::LINKEDIN_POST_URL, Kind::Text),
        Column::required(Field::Engagements, post_words::ENGAGEMENTS, Kind::Text),
        Column::required(
            Field::Impressions,
            post_words::LINKEDIN_IMPRESSIONS,
            Kind::Text,
        ),
        Column::optional(
            Field::Unused,
            &[
                "Post publish date",
                "Post Publish Date",
                "data de publicação",
                "fecha de publicación",
                "Date de publication",
                "veröffentlichungsdatum",
            ],
            Kind::Text,
        ),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
