//! Salesforce: Account of the weekly export, the Data Loader or a query.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, flag, moment, needed, text,
};

const CRM: Crm = Crm {
    ids: Ids::Salesforce,
    needs: &[&[Field::Domain, Field::Country, Field::ParentId]],
    ..Crm::PLAIN
};

pub(super) const FORMAT: Format = Format {
    name: "salesforce-account",
    summary: "Salesforce: accounts",
    takes: Takes::Crm(Record::Account, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Id", "Account.Id"]),
        needed(Field::Name, &["Name"]),
        flag(Field::IsDeleted, &["IsDeleted"]),
        text(Field::MasterId, &["MasterRecordId"]),
        text(Field::ParentId, &["ParentId"]),
        text(Field::Domain, &["Website"]),
        text(Field::Country, &["BillingCountry"]),
        text(Field::OwnerId, &["OwnerId"]),
        moment(Field::CreatedAt, &["CreatedDate"]),
        moment(Field::ChangedAt, &["SystemModstamp", "LastModifiedDate"]),
        text(
            Field::Unused,
            &[
                "Type",
                "BillingCity",
                "Phone",
                "Industry",
                "AnnualRevenue",
                "CurrencyIsoCode",
                "NumberOfEmployees",
            ],
        ),
    ],
    dates: Dates::UTC,
    amounts: Amounts::PointOrExponent,
};
