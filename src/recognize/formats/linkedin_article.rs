//! LinkedIn archive: an article, read from its page.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-article",
    summary: "LinkedIn archive: an article",
    takes: Takes::Records(Record::Article),
    columns: &[
        Column::required(Field::Title, &["title"], Kind::Text),
        Column::required(Field::ArticleUrl, &["url"], Kind::Text),
        Column::required(Field::CreatedAt, &["created"], Kind::Day),
        Column::required(Field::PublishedOn, &["published"], Kind::Day),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
