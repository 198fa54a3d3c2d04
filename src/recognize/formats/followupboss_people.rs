//! Follow Up Boss: People → Export. The price of a deal is the home's.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, amount, crm, day, needed,
    needed_moment, text,
};

const CRM: Crm = Crm { words: crm::REAL_ESTATE, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "followupboss-people",
    summary: "Follow Up Boss: people with their deal",
    takes: Takes::Crm(Record::ContactWithDeal, &CRM),
    columns: &[
        needed(Field::RemoteId, &["ID"]),
        needed_moment(Field::CreatedAt, &["Date Added"]),
        text(Field::FullName, &["Name"]),
        text(Field::FirstName, &["First Name"]),
        text(Field::LastName, &["Last Name"]),
        needed(Field::LeadStatus, &["Stage"]),
        text(Field::RepEnteredSource, &["Lead Source"]),
        needed(Field::Owner, &["Assigned To"]),
        text(Field::Email, &["Email 1", "Email 2", "Email 3", "Email 4"]),
        text(Field::Phone, &["Phone 1", "Phone 2"]),
        text(Field::Name, &["Deal Name"]),
        text(Field::Stage, &["Deal Stage"]),
        amount(Field::PropertyPrice, &["Deal Price"]),
        day(Field::ClosedAt, &["Deal Close Date"]),
        amount(Field::Commission, &["Deal Commission"]),
        text(Field::ProfileUrl, &["*linkedin*"]),
        text(
            Field::Unused,
            &[
                "Is Contacted",
                "Listing Price",
                "Tags",
                "Email 1 - Type",
                "Phone 1 - Type",
                "Notes",
            ],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
