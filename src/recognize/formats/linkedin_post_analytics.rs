//! LinkedIn: Post, View analytics, Export: labels with values beside them.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes, post_words};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-post-analytics",
    summary: "LinkedIn analytics of one post",
    takes: Takes::Records(Record::PostNumbers),
    columns: &[
        Column::required(Field::PostUrl, post_words::LINKEDIN_POST_URL, Kind::Text),
        Column::required(
            Field::Impressions,
            post_words::LINKEDIN_IMPRESSIONS,
            Kind::Text,
        ),
        Column::required(
            Field::Reactions,
            &["Reactions", "reações", "Reacciones", "Reaktionen", "réactions"],
            Kind::Text,
        ),
        Column::optional(
            Field::PostDay,
            &["Post Date", "data da publicação", "fecha de la publicación"],
            Kind::Text,
        ),
        Column::optional(
            Field::PublishTime,
            &["Post Publish Time", "horário da publicação"],
            Kind::Text,
        ),
        Column::optional(Field::MembersReached, post_words::MEMBERS_REACHED, Kind::Text),
        Column::optional(
            Field::Engagements,
            &["Social engagements", "Engajamentos sociais"],
            Kind::Text,
        ),
        Column::optional(Field::Comments, post_words::COMMENTS, Kind::Text),
        Column::optional(Field::Reposts, post_words::REPOSTS, Kind::Text),
        Column::optional(Field::Clicks, post_words::CLICKS, Kind::Text),
        Column::optional(Field::Saves, post_words::SAVES, Kind::Text),
        Column::optional(Field::Sends, post_words::SENDS, Kind::Text),
        Column::optional(Field::ProfileViews, post_words::PROFILE_VIEWS, Kind::Text),
        Column::optional(
            Field::FollowersGained,
            post_words::FOLLOWERS_GAINED,
            Kind::Text,
        ),
        Column::optional(
            Field::Unused,
            &["Premium custom button engagements"],
            Kind::Text,
        ),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
