//! Zoho CRM: Accounts → Export.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, moment, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Zoho, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "zoho-accounts",
    summary: "Zoho CRM: accounts",
    takes: Takes::Crm(Record::Account, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Record Id", "ACCOUNTID"]),
        text(Field::Owner, &["Account Owner"]),
        text(Field::OwnerId, &["Account Owner.id"]),
        needed(Field::Name, &["Account Name"]),
        text(Field::Domain, &["Website"]),
        text(Field::Country, &["Billing Country"]),
        text(Field::ParentId, &["Parent Account.id"]),
        moment(Field::CreatedAt, &["Created Time"]),
        moment(Field::ChangedAt, &["Modified Time"]),
        text(Field::Unused, &["Industry", "Annual Revenue"]),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
