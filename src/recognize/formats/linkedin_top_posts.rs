//! LinkedIn analytics of a creator: the sheet of the top posts, two tables side by side.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-top-posts",
    summary: "LinkedIn analytics: the top posts",
    takes: Takes::Records(Record::TopPosts),
    columns: &[
        Column::required(
            Field::PostUrl,
            &[
                "Post URL",
                "url da publicação",
                "url de la publicación",
                "URL du post",
                "URL des Beitrags",
                "Beitrags-URL",
                "URL del post",
            ],
            Kind::Text,
        ),
        Column::required(
            Field::Engagements,
            &[
                "Engagements",
                "Engajamentos",
                "Interacciones",
                "Interaktionen",
                "Interactions",
                "Total Engagements",
                "Total Engagement",
                "Engagement",
            ],
            Kind::Text,
        ),
        Column::required(
            Field::Impressions,
            &[
                "Impressions",
                "impressões",
                "impresiones",
                "Impressionen",
                "Impression Count",
                "impressionCount",
                "Impressioni",
            ],
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
