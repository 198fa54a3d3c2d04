//! Salesforce: `CampaignMember`, whom a campaign reached and who answered.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, day, flag, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Salesforce, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "salesforce-campaignmember",
    summary: "Salesforce: members of campaigns",
    takes: Takes::Crm(Record::CampaignMember, &CRM),
    columns: &[
        needed(Field::CampaignId, &["CampaignId"]),
        text(Field::ContactId, &["LeadId", "ContactId"]),
        needed(Field::HasResponded, &["HasResponded"]),
        day(Field::HappenedAt, &["FirstRespondedDate"]),
        flag(Field::IsDeleted, &["IsDeleted"]),
        text(Field::Unused, &["Id", "Status", "IsPrimary", "CreatedDate"]),
    ],
    dates: Dates::UTC,
    amounts: Amounts::PointOrExponent,
};
