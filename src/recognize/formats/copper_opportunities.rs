//! Copper: Opportunities → Export.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, amount, crm, day, deal_words,
    moment, needed, text,
};

const CRM: Crm = Crm {
    words: crm::COMMON,
    needs: &[&[Field::RemoteId, Field::ContactEmails]],
    ..Crm::PLAIN
};

pub(super) const FORMAT: Format = Format {
    name: "copper-opportunities",
    summary: "Copper: opportunities",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        text(Field::RemoteId, &["Copper ID"]),
        needed(Field::Name, &["Opportunity", "Opportunity Name"]),
        text(Field::AccountNames, &["Company"]),
        text(Field::ContactNames, &["Primary Contact"]),
        text(Field::ContactEmails, &["Primary Contact Email"]),
        needed(Field::Status, &["Status"]),
        text(Field::Stage, &["Stage"]),
        text(Field::Pipeline, &["Pipeline"]),
        amount(Field::Amount, &["Value"]),
        text(Field::Currency, &["Currency"]),
        day(Field::ClosedAt, &["Close Date"]),
        text(Field::RepEnteredSource, &["Source"]),
        moment(Field::CreatedAt, &["Created At", "Date Created"]),
        moment(Field::ChangedAt, &["Updated At", "Last Modified"]),
        text(Field::Owner, &["Owner", "Owned By"]),
        text(Field::Unused, &["Win Probability", "Loss Reason", "Tags", "Priority"]),
        text(Field::OtherId, deal_words::OTHER_IDS),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
