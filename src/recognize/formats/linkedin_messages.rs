//! LinkedIn archive: messages.csv, in all its widths, by name and never by position.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-messages",
    summary: "LinkedIn archive: messages",
    takes: Takes::Records(Record::Message),
    columns: &[
        Column::required(Field::Conversation, &["CONVERSATION ID"], Kind::Text),
        Column::optional(Field::ConversationTitle, &["CONVERSATION TITLE"], Kind::Text),
        Column::required(Field::From, &["FROM"], Kind::Text),
        Column::required(Field::SenderProfileUrl, &["SENDER PROFILE URL"], Kind::Text),
        Column::required(Field::To, &["TO"], Kind::Text),
        Column::optional(
            Field::RecipientProfileUrls,
            &["RECIPIENT PROFILE URLS"],
            Kind::Text,
        ),
        Column::required(Field::Date, &["DATE"], Kind::Moment),
        Column::optional(Field::Subject, &["SUBJECT"], Kind::Text),
        Column::required(Field::Content, &["CONTENT"], Kind::Text),
        Column::optional(Field::Folder, &["FOLDER"], Kind::Text),
        Column::optional(Field::Attachments, &["ATTACHMENTS"], Kind::Text),
        Column::optional(Field::IsMessageDraft, &["IS MESSAGE DRAFT"], Kind::Flag),
        Column::optional(
            Field::IsConversationDraft,
            &["IS CONVERSATION DRAFT"],
            Kind::Flag,
        ),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
