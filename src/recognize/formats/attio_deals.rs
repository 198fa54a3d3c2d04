//! Attio: Deals → Export.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, crm, moment, needed,
    needed_amount, text,
};

const CRM: Crm = Crm { ids: Ids::Guid, words: crm::COMMON, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "attio-deals",
    summary: "Attio: deals",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Record ID"]),
        needed(Field::Name, &["Deal name"]),
        needed(Field::Stage, &["Deal stage"]),
        text(Field::Owner, &["Deal owner"]),
        needed_amount(Field::Amount, &["Deal value", "Deal value > Amount"]),
        text(Field::Currency, &["Deal value > Currency", "Deal value > Currency code"]),
        text(Field::AccountNames, &["Associated company", "Associated company > Name"]),
        text(Field::AccountIds, &["Associated company > Record ID"]),
        text(Field::ContactNames, &["Associated people", "Associated people > Name"]),
        text(Field::ContactIds, &["Associated people > Record ID"]),
        moment(Field::CreatedAt, &["Created at"]),
        moment(Field::ChangedAt, &["Updated at"]),
        text(Field::RepEnteredSource, &["Source", "Lead source"]),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
