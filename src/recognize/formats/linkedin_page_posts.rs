//! LinkedIn page: Analytics, Content, Export: the posts of the page.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-page-posts",
    summary: "LinkedIn page: the numbers of its posts",
    takes: Takes::Records(Record::PostNumbers),
    columns: &[
        Column::required(Field::PostText, &["Post title", "Update title"], Kind::Text),
        Column::required(Field::PostUrl, &["Post link", "Update link"], Kind::Text),
        Column::required(Field::Impressions, &["Impressions"], Kind::Text),
        Column::optional(Field::PostKind, &["Post type", "Update type"], Kind::Text),
        Column::optional(Field::Campaign, &["Campaign name"], Kind::Text),
        Column::optional(Field::PostDay, &["Created date"], Kind::Day),
        Column::optional(Field::PostFormat, &["Content Type"], Kind::Text),
        Column::optional(Field::Reactions, &["Likes", "Reactions"], Kind::Text),
        Column::optional(Field::Comments, &["Comments"], Kind::Text),
        Column::optional(Field::Reposts, &["Reposts", "Shares"], Kind::Text),
        Column::optional(Field::Clicks, &["Clicks"], Kind::Text),
        Column::optional(Field::FollowersGained, &["Follows"], Kind::Text),
        Column::optional(Field::Unused, &["Posted by"], Kind::Text),
        Column::optional(Field::Unused, &["Campaign start date"], Kind::Text),
        Column::optional(Field::Unused, &["Campaign end date"], Kind::Text),
        Column::optional(Field::Unused, &["Audience"], Kind::Text),
        Column::optional(
            Field::Unused,
            &["Views", "Views (Excluding offsite video views)"],
            Kind::Text,
        ),
        Column::optional(Field::Unused, &["Offsite Views"], Kind::Text),
        Column::optional(Field::Unused, &["Click through rate (CTR)"], Kind::Text),
        Column::optional(Field::Unused, &["Engagement rate"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
