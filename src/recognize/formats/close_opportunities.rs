//! Close: Opportunities → Export. A lead is a company.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, cents, crm, day, moment, needed,
    text,
};

const CRM: Crm = Crm { words: crm::COMMON, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "close-opportunities",
    summary: "Close: opportunities",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        needed(Field::RemoteId, &["id"]),
        needed(Field::AccountIds, &["lead_id"]),
        text(Field::AccountNames, &["lead_name"]),
        text(Field::ContactIds, &["contact_id"]),
        text(Field::ContactNames, &["contact_name"]),
        text(Field::OwnerId, &["user_id"]),
        text(Field::Owner, &["user_name"]),
        cents(Field::Amount, &["value"]),
        text(Field::Period, &["value_period"]),
        text(Field::Currency, &["value_currency"]),
        needed(Field::Status, &["status_type"]),
        needed(Field::Stage, &["status_label"]),
        text(Field::Pipeline, &["pipeline_name"]),
        moment(Field::CreatedAt, &["date_created"]),
        moment(Field::ChangedAt, &["date_updated"]),
        day(Field::ClosedAt, &["date_won", "date_lost"]),
        text(
            Field::Unused,
            &[
                "value_formatted",
                "status_id",
                "pipeline_id",
                "confidence",
                "expected_value",
                "annualized_value",
                "annualized_expected_value",
                "note",
            ],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
