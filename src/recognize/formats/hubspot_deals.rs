//! HubSpot: Deals → Export.

use super::{Amounts, Column, Crm, Dates, Field, Format, Kind, Record, Takes, crm};

const CRM: Crm = Crm { words: crm::CLOSED, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "hubspot-deals",
    summary: "HubSpot: deals",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        Column::required(
            Field::RemoteId,
            &["Record ID", "Deal ID", "Record ID - Deal", "Datensatz-ID"],
            Kind::Text,
        ),
        Column::required(Field::Name, &["Deal Name", "Dealname"], Kind::Text),
        Column::required(Field::Stage, &["Deal Stage", "Dealphase"], Kind::Text),
        Column::optional(Field::Pipeline, &["Pipeline"], Kind::Text),
        Column::optional(Field::Amount, &["Amount", "Betrag"], Kind::Amount),
        Column::optional(
            Field::AmountInHomeCurrency,
            &["Amount in company currency"],
            Kind::Amount,
        ),
        Column::optional(
            Field::LoanAmount,
            &["Loan amount", "Loan size", "Darlehensbetrag"],
            Kind::Amount,
        ),
        Column::optional(Field::Currency, &["Currency", "währung"], Kind::Text),
        Column::optional(
            Field::ClosedAt,
            &["Close Date", "Closedate", "Abschlussdatum"],
            Kind::Moment,
        ),
        Column::optional(
            Field::CreatedAt,
            &["Create Date", "Erstellungsdatum"],
            Kind::Moment,
        ),
        Column::optional(Field::ChangedAt, &["Last Modified Date"], Kind::Moment),
        Column::optional(Field::Owner, &["Deal owner"], Kind::Text),
        Column::optional(Field::IsClosed, &["Is Deal Closed?", "Is closed"], Kind::Flag),
        Column::optional(Field::IsWon, &["Is Closed Won"], Kind::Flag),
        Column::optional(Field::IsLost, &["Is closed lost"], Kind::Flag),
        Column::optional(Field::Probability, &["Deal probability"], Kind::Text),
        Column::optional(Field::TrackedSource, &["Original Traffic Source"], Kind::Text),
        Column::optional(
            Field::RepEnteredSource,
            &["Lead Source", "Lead source", "Deal source"],
            Kind::Text,
        ),
        Column::optional(Field::Unused, &["Record source"], Kind::Text),
        Column::optional(Field::ContactIds, &["Associated Contact IDs"], Kind::Text),
        Column::optional(Field::ContactNames, &["Associated Contact"], Kind::Text),
        Column::optional(Field::AccountIds, &["Associated Company IDs"], Kind::Text),
        Column::optional(Field::AccountNames, &["Associated Company"], Kind::Text),
        Column::optional(
            Field::MergedIds,
            &["Merged object IDs", "hs_merged_object_ids"],
            Kind::Text,
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
