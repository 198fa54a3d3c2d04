//! Salesforce: `OpportunityContactRole`, which contact plays what part in which opportunity.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, flag, moment, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Salesforce, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "salesforce-opportunitycontactrole",
    summary: "Salesforce: contacts of opportunities",
    takes: Takes::Crm(Record::ContactRole, &CRM),
    columns: &[
        needed(Field::DealId, &["OpportunityId"]),
        needed(Field::ContactId, &["ContactId"]),
        needed(Field::Role, &["Role"]),
        flag(Field::IsDeleted, &["IsDeleted"]),
        text(Field::Unused, &["Id", "IsPrimary"]),
        moment(Field::HappenedAt, &["CreatedDate"]),
    ],
    dates: Dates::UTC,
    amounts: Amounts::PointOrExponent,
};
