//! Freshsales: Deals → Export.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, amount, crm, day, moment, needed,
    needed_amount, text,
};

const CRM: Crm = Crm { words: crm::COMMON, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "freshsales-deals",
    summary: "Freshsales: deals",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        text(Field::RemoteId, &["Id", "Deal Id"]),
        needed(Field::Name, &["Name", "Deal name"]),
        needed_amount(Field::Amount, &["Deal value"]),
        amount(Field::AmountInHomeCurrency, &["Deal value in Base Currency"]),
        text(Field::Currency, &["Currency"]),
        needed(Field::Stage, &["Deal stage"]),
        text(Field::Pipeline, &["Deal pipeline"]),
        needed(Field::AccountNames, &["Sales account", "Account"]),
        text(Field::ContactNames, &["Related contacts"]),
        day(Field::ClosedAt, &["Closed date"]),
        text(Field::RepEnteredSource, &["Source"]),
        moment(Field::CreatedAt, &["Created at"]),
        moment(Field::ChangedAt, &["Updated at"]),
        text(Field::Owner, &["Sales owner"]),
        text(Field::Unused, &["Expected close date", "Lost reason", "Probability"]),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
