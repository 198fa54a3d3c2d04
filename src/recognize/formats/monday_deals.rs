//! monday: a board of deals, exported in its groups.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Rows, Takes, crm, day, moment, needed,
    needed_amount, text,
};

const CRM: Crm = Crm {
    words: crm::COMMON,
    rows: Rows::Board,
    needs: &[&[Field::RemoteId, Field::ParentId]],
    ..Crm::PLAIN
};

pub(super) const FORMAT: Format = Format {
    name: "monday-deals",
    summary: "monday: a board of deals",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        needed(Field::Name, &["Name", "Deal", "Deal name"]),
        text(Field::ParentId, &["Subitems"]),
        text(Field::RemoteId, &["Item ID", "Item ID (auto generated)"]),
        text(Field::Owner, &["Owner", "Deal owner"]),
        needed(Field::Stage, &["Stage", "Deal stage", "Status"]),
        text(Field::ContactNames, &["Contacts", "Contact"]),
        text(Field::AccountNames, &["Accounts", "Account", "Company"]),
        needed_amount(Field::Amount, &["Deal Value", "Value"]),
        day(Field::ClosedAt, &["Close Date", "Actual close date"]),
        moment(Field::CreatedAt, &["Creation log", "Created"]),
        text(Field::RepEnteredSource, &["Source", "Lead source"]),
        text(Field::Currency, &["Currency"]),
        text(
            Field::Unused,
            &["Close Probability", "Expected Close Date", "Forecast Value"],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
