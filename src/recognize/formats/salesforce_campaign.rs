//! Salesforce: Campaign, by its name.

use super::{Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, flag, needed, text};

const CRM: Crm = Crm { ids: Ids::Salesforce, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "salesforce-campaign",
    summary: "Salesforce: campaigns",
    takes: Takes::Crm(Record::Campaign, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Id"]),
        needed(Field::Name, &["Name"]),
        needed(Field::Unused, &["IsActive"]),
        flag(Field::IsDeleted, &["IsDeleted"]),
        text(
            Field::Unused,
            &["Type", "Status", "StartDate", "EndDate", "ParentId", "CurrencyIsoCode"],
        ),
    ],
    dates: Dates::UTC,
    amounts: Amounts::PointOrExponent,
};
