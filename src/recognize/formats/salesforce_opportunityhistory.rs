//! Salesforce: `OpportunityHistory`, one row for each change of an opportunity.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, crm, flag, moment, needed,
    text,
};

const CRM: Crm = Crm { ids: Ids::Salesforce, words: crm::FORECAST, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "salesforce-opportunityhistory",
    summary: "Salesforce: the stages that opportunities went through",
    takes: Takes::Crm(Record::StageHistory, &CRM),
    columns: &[
        needed(Field::DealId, &["OpportunityId"]),
        needed(Field::Stage, &["StageName"]),
        moment(Field::HappenedAt, &["CreatedDate"]),
        text(Field::Forecast, &["ForecastCategory"]),
        flag(Field::IsDeleted, &["IsDeleted"]),
        text(
            Field::Unused,
            &[
                "Id",
                "Amount",
                "ExpectedRevenue",
                "CloseDate",
                "Probability",
                "CurrencyIsoCode",
                "PrevAmount",
                "PrevCloseDate",
                "SystemModstamp",
            ],
        ),
    ],
    dates: Dates::UTC,
    amounts: Amounts::PointOrExponent,
};
