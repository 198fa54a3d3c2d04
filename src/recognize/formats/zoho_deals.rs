//! Zoho CRM: Deals (once Potentials) → Export. The probability is no status.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, amount, crm, deal_words,
    moment, needed, text,
};

const CRM: Crm = Crm {
    ids: Ids::Zoho,
    words: crm::COMMON,
    // Others have a `Record ID` and a `Deal Name`, too.
    needs: &[&[
        Field::ClosedAt,
        Field::OwnerId,
        Field::AccountIds,
        Field::ContactIds,
        Field::Forecast,
        Field::Pipeline,
    ]],
    ..Crm::PLAIN
};

pub(super) const FORMAT: Format = Format {
    name: "zoho-deals",
    summary: "Zoho CRM: deals",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Record Id", "POTENTIALID"]),
        text(Field::Owner, &["Deal Owner"]),
        text(Field::OwnerId, &["Deal Owner.id"]),
        text(Field::Owner, &["Potential Owner"]),
        needed(Field::Name, &["Deal Name", "Potential Name"]),
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
        text(Field::OtherId, deal_words::OTHER_IDS),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
