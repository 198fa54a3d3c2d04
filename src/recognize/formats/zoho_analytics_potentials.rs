//! Zoho Analytics: the table of potentials, which writes large amounts short.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, amount, crm, moment, needed,
    text,
};

const CRM: Crm = Crm { ids: Ids::Zoho, words: crm::COMMON, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "zoho-analytics-potentials",
    summary: "Zoho Analytics: potentials",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        text(Field::RemoteId, &["POTENTIALID", "Potential Id"]),
        needed(Field::Name, &["Potential Name"]),
        text(Field::Owner, &["Potential Owner"]),
        needed(Field::Stage, &["Stage"]),
        amount(Field::Amount, &["Amount"]),
        moment(Field::ClosedAt, &["Closing Date"]),
        text(Field::AccountNames, &["Account Name"]),
        text(Field::AccountIds, &["Account Name.id"]),
        text(Field::ContactNames, &["Contact Name"]),
        text(Field::ContactIds, &["Contact Name.id"]),
        text(Field::Pipeline, &["Pipeline", "Sub-Pipeline"]),
        text(Field::Forecast, &["Forecast Type"]),
        text(Field::RepEnteredSource, &["Lead Source", "Campaign Source"]),
        text(Field::TrackedSource, &["utm_*"]),
        text(Field::SelfReportedSource, &["*hear*about*", "*find*us*"]),
        moment(Field::CreatedAt, &["Created Time"]),
        moment(Field::ChangedAt, &["Modified Time"]),
        text(Field::Currency, &["Currency"]),
        text(Field::ContactIds, &["LEADID", "CONTACTID"]),
        text(
            Field::Unused,
            &[
                "Type",
                "Probability (%)",
                "Probability",
                "Expected Revenue",
                "Stage Modified Time",
                "Reason For Loss",
                "Exchange Rate",
                "Campaign Source.id",
                "Amount Tier",
            ],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::Abbreviated,
};
