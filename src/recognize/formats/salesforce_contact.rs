//! Salesforce: Contact of the weekly export, the Data Loader or a query.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, flag, moment, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Salesforce, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "salesforce-contact",
    summary: "Salesforce: contacts",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Id"]),
        needed(Field::AccountIds, &["AccountId"]),
        flag(Field::IsDeleted, &["IsDeleted"]),
        text(Field::MasterId, &["MasterRecordId"]),
        text(Field::FirstName, &["FirstName"]),
        needed(Field::LastName, &["LastName"]),
        text(Field::FullName, &["Name"]),
        text(Field::Email, &["Email"]),
        text(Field::Phone, &["MobilePhone", "Phone", "HomePhone", "OtherPhone"]),
        text(Field::Country, &["MailingCountry", "OtherCountry"]),
        text(Field::ProfileUrl, &["LinkedIn__c", "LinkedInProfileLink", "*linkedin*"]),
        text(Field::RepEnteredSource, &["LeadSource"]),
        text(Field::SelfReportedSource, &["*hear*about*", "*find*us*", "*found*us*"]),
        text(
            Field::TrackedSource,
            &["utm_*", "*utm_source*", "*utm_campaign*", "*gclid*"],
        ),
        text(Field::OwnerId, &["OwnerId"]),
        text(Field::Owner, &["Owner.Name"]),
        text(Field::AccountNames, &["Account.Name"]),
        moment(Field::CreatedAt, &["CreatedDate"]),
        moment(Field::ChangedAt, &["SystemModstamp", "LastModifiedDate"]),
        text(Field::Unused, &["Salutation", "Title", "HasOptedOutOfEmail"]),
    ],
    dates: Dates::UTC,
    amounts: Amounts::PointOrExponent,
};
