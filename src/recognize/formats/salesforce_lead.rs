//! Salesforce: Lead of the weekly export, the Data Loader or a query.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, day, flag, moment, needed,
    text,
};

const CRM: Crm = Crm {
    ids: Ids::Salesforce,
    needs: &[&[Field::Company, Field::IsConverted]],
    ..Crm::PLAIN
};

pub(super) const FORMAT: Format = Format {
    name: "salesforce-lead",
    summary: "Salesforce: leads",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Id"]),
        needed(Field::LeadStatus, &["Status"]),
        text(Field::Company, &["Company"]),
        flag(Field::IsDeleted, &["IsDeleted"]),
        text(Field::MasterId, &["MasterRecordId"]),
        text(Field::FirstName, &["FirstName"]),
        needed(Field::LastName, &["LastName"]),
        text(Field::FullName, &["Name"]),
        text(Field::Email, &["Email"]),
        text(Field::Phone, &["MobilePhone", "Phone", "HomePhone", "OtherPhone"]),
        text(Field::Country, &["Country"]),
        text(Field::ProfileUrl, &["LinkedIn__c", "LinkedInProfileLink", "*linkedin*"]),
        text(Field::RepEnteredSource, &["LeadSource"]),
        text(Field::SelfReportedSource, &["*hear*about*", "*find*us*", "*found*us*"]),
        text(
            Field::TrackedSource,
            &["utm_*", "*utm_source*", "*utm_campaign*", "*gclid*"],
        ),
        text(Field::OwnerId, &["OwnerId"]),
        text(Field::Owner, &["Owner.Name"]),
        flag(Field::IsConverted, &["IsConverted"]),
        day(Field::ConvertedAt, &["ConvertedDate"]),
        text(Field::ConvertedAccountId, &["ConvertedAccountId"]),
        text(Field::ConvertedContactId, &["ConvertedContactId"]),
        text(Field::ConvertedDealId, &["ConvertedOpportunityId"]),
        moment(Field::CreatedAt, &["CreatedDate"]),
        moment(Field::ChangedAt, &["SystemModstamp", "LastModifiedDate"]),
        text(
            Field::Unused,
            &["Title", "Website", "Description", "Rating", "CurrencyIsoCode"],
        ),
    ],
    dates: Dates::UTC,
    amounts: Amounts::PointOrExponent,
};
