//! Salesforce: User, whose contacts and opportunities these are.

use super::{Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, needed, text};

const CRM: Crm = Crm { ids: Ids::Salesforce, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "salesforce-user",
    summary: "Salesforce: users",
    takes: Takes::Crm(Record::User, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Id"]),
        needed(Field::Unused, &["Username"]),
        text(Field::FirstName, &["FirstName"]),
        text(Field::LastName, &["LastName"]),
        text(Field::FullName, &["Name"]),
        text(Field::Email, &["Email"]),
        text(
            Field::Unused,
            &[
                "IsActive",
                "TimeZoneSidKey",
                "LocaleSidKey",
                "LanguageLocaleKey",
                "EmailEncodingKey",
                "DefaultCurrencyIsoCode",
            ],
        ),
    ],
    dates: Dates::UTC,
    amounts: Amounts::PointOrExponent,
};
