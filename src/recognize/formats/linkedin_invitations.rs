//! LinkedIn archive: Invitations.csv, which also tells the profile of the member.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-invitations",
    summary: "LinkedIn archive: invitations",
    takes: Takes::Records(Record::Invitation),
    columns: &[
        Column::required(Field::From, &["From"], Kind::Text),
        Column::required(Field::To, &["To"], Kind::Text),
        Column::required(Field::SentAt, &["Sent At"], Kind::Day),
        Column::optional(Field::Message, &["Message"], Kind::Text),
        Column::required(Field::Direction, &["Direction"], Kind::Text),
        Column::optional(Field::InviterProfileUrl, &["inviterProfileUrl"], Kind::Text),
        Column::optional(Field::InviteeProfileUrl, &["inviteeProfileUrl"], Kind::Text),
    ],
    dates: Dates::LINKEDIN,
    amounts: Amounts::ByColumn,
};
