//! PhantomBuster Activity: the posts of a profile.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "phantombuster-posts",
    summary: "PhantomBuster: posts of a profile",
    takes: Takes::Records(Record::PostNumbers),
    columns: &[
        Column::required(Field::PostUrl, &["postUrl"], Kind::Text),
        Column::required(Field::PostText, &["postContent"], Kind::Text),
        Column::required(Field::Reactions, &["likeCount"], Kind::Text),
        Column::required(Field::Comments, &["commentCount"], Kind::Text),
        Column::optional(Field::Reposts, &["repostCount"], Kind::Text),
        Column::optional(Field::Action, &["action"], Kind::Text),
        Column::optional(Field::AuthorUrl, &["authorUrl"], Kind::Text),
        Column::optional(Field::ListProfileUrl, &["profileUrl"], Kind::Text),
        Column::optional(Field::ListedAt, &["timestamp"], Kind::Moment),
        Column::optional(Field::PostFormat, &["type"], Kind::Text),
        Column::optional(Field::Unused, &["postTimestamp"], Kind::Text),
        Column::optional(Field::Unused, &["postDate"], Kind::Text),
        Column::optional(Field::Unused, &["imgUrl"], Kind::Text),
        Column::optional(Field::Unused, &["videoUrl"], Kind::Text),
        Column::optional(Field::Unused, &["author"], Kind::Text),
        Column::optional(Field::Unused, &["viewCount"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
