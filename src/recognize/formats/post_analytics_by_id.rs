//! Numbers of posts by the post's number alone, as tools and spreadsheets write it.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes, post_words};

pub(super) const FORMAT: Format = Format {
    name: "post-analytics-by-id",
    summary: "numbers of posts by id",
    takes: Takes::Records(Record::PostNumbers),
    columns: &[
        Column::required(
            Field::PostId,
            &["postId", "Post ID", "post_id", "Activity ID", "activityId", "activity_id"],
            Kind::Text,
        ),
        Column::required(Field::Impressions, post_words::IMPRESSIONS, Kind::Text),
        Column::optional(Field::PostText, post_words::POST_TEXT, Kind::Text),
        Column::optional(Field::PostFormat, post_words::POST_FORMAT, Kind::Text),
        Column::optional(Field::Network, post_words::NETWORK, Kind::Text),
        Column::optional(Field::MembersReached, post_words::MEMBERS_REACHED, Kind::Text),
        Column::optional(Field::Engagements, post_words::ENGAGEMENTS, Kind::Text),
        Column::optional(Field::Reactions, post_words::REACTIONS, Kind::Text),
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
        Column::optional(Field::Unused, post_words::POSTED_ON, Kind::Text),
        Column::optional(Field::Unused, post_words::ENGAGEMENT_RATE, Kind::Text),
        Column::optional(Field::ListedAt, &["Exported At", "timestamp"], Kind::Moment),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
