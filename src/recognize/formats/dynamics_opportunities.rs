//! Dynamics 365: Opportunities → Export to Excel or CSV. A won one has an actual revenue.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, amount, crm, day, deal_words,
    moment, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Guid, words: crm::COMMON, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "dynamics-opportunities",
    summary: "Dynamics 365: opportunities",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        needed(Field::RemoteId, &["(Do Not Modify) Opportunity"]),
        text(Field::Name, &["Topic", "Thema", "Rubrique", "Tema", "Name"]),
        amount(Field::ActualAmount, &["Actual Revenue", "tatsächlicher umsatz"]),
        amount(
            Field::Amount,
            &["Est. Revenue", "Estimated Revenue", "geschätzter umsatz"],
        ),
        amount(
            Field::AmountInHomeCurrency,
            &["Actual Revenue (Base)", "Est. Revenue (Base)"],
        ),
        text(Field::Currency, &["Currency", "währung", "Devise", "Divisa", "Moneda"]),
        day(Field::ClosedAt, &["Actual Close Date", "tatsächliches abschlussdatum"]),
        text(Field::Status, &["Status", "Statut", "Estado"]),
        text(Field::Stage, &["Pipeline Phase", "Vertriebsphase"]),
        text(
            Field::AccountNames,
            &["Account", "Firma", "Potential Customer", "Potenzieller Kunde"],
        ),
        text(Field::ContactNames, &["Contact", "Kontakt"]),
        text(Field::TrackedDetail, &["Source Campaign"]),
        text(Field::RepEnteredSource, &["Lead Source"]),
        moment(
            Field::CreatedAt,
            &["Created On", "Erstellt am", "créé le", "fecha de creación"],
        ),
        moment(Field::ChangedAt, &["(Do Not Modify) Modified On", "Modified On"]),
        text(Field::Owner, &["Owner", "Besitzer", "propriétaire", "Propietario"]),
        text(Field::Unused, &["(Do Not Modify) Row Checksum"]),
        text(
            Field::Unused,
            &["Originating Lead", "Est. Close Date", "Status Reason", "Probability"],
        ),
        text(Field::OtherId, deal_words::OTHER_IDS),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
