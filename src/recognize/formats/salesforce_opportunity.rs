//! Salesforce: Opportunity of the weekly export, the Data Loader or a query. The names of stages
//! are free text, so flags decide.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, amount, crm, day, deal_words,
    flag, moment, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Salesforce, words: crm::FORECAST, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "salesforce-opportunity",
    summary: "Salesforce: opportunities",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Id"]),
        needed(Field::Name, &["Name"]),
        needed(Field::Stage, &["StageName"]),
        flag(Field::IsDeleted, &["IsDeleted"]),
        text(Field::AccountIds, &["AccountId"]),
        amount(Field::Amount, &["Amount"]),
        amount(Field::LoanAmount, &["*loan*amount*"]),
        text(Field::Currency, &["CurrencyIsoCode"]),
        day(Field::ClosedAt, &["CloseDate"]),
        flag(Field::IsClosed, &["IsClosed"]),
        flag(Field::IsWon, &["IsWon"]),
        text(Field::Forecast, &["ForecastCategory", "ForecastCategoryName"]),
        text(Field::ContactIds, &["ContactId"]),
        text(Field::ContactEmails, &["*contact*.email"]),
        text(Field::OtherId, deal_words::OTHER_IDS),
        text(Field::AccountNames, &["Account.Name"]),
        text(Field::RepEnteredSource, &["LeadSource"]),
        text(Field::TrackedSource, &["*utm_source*", "*utm_campaign*", "*gclid*"]),
        text(Field::SelfReportedSource, &["*hear*about*", "*find*us*"]),
        text(Field::OwnerId, &["OwnerId"]),
        text(Field::Owner, &["Owner.Name"]),
        moment(Field::CreatedAt, &["CreatedDate"]),
        moment(Field::ChangedAt, &["SystemModstamp", "LastModifiedDate"]),
        text(
            Field::Unused,
            &[
                "Probability",
                "ExpectedRevenue",
                "Type",
                "NextStep",
                "Description",
                "CampaignId",
                "IsPrivate",
                "StageSortOrder",
                "FiscalYear",
                "FiscalQuarter",
                "LastActivityDate",
                "LastStageChangeDate",
            ],
        ),
    ],
    dates: Dates::UTC,
    amounts: Amounts::PointOrExponent,
};
