//! HubSpot: Deals → Export.

use super::{
    Amounts, Column, Crm, Dates, Field, Format, Kind, Record, Takes, crm, deal_words,
    hubspot_contacts, hubspot_words,
};

const CRM: Crm = Crm { words: crm::CLOSED, own: hubspot_contacts::OWN, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "hubspot-deals",
    summary: "HubSpot: deals",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        Column::required(
            Field::RemoteId,
            &[
                "Record ID",
                "Deal ID",
                "Record ID - Deal",
                "Datensatz-ID",
                "hs_object_id",
                "ID de registro",
                "ID do registro",
                "ID del registro",
                "id de la fiche d'informations",
                "ID record",
                "Record-ID",
            ],
            Kind::Text,
        ),
        Column::required(
            Field::Name,
            &[
                "Deal Name",
                "Dealname",
                "dealname",
                "Deal-Name",
                "Nombre del negocio",
                "Nom de la transaction",
                "nome do negócio",
                "Nome affare",
                "Dealnaam",
            ],
            Kind::Text,
        ),
        Column::required(
            Field::Stage,
            &[
                "Deal Stage",
                "Dealphase",
                "dealstage",
                "Deal-Phase",
                "Etapa del negocio",
                "Phase de la transaction",
                "etapa do negócio",
                "Fase affare",
                "Dealfase",
            ],
            Kind::Text,
        ),
        Column::optional(Field::Pipeline, &["Pipeline"], Kind::Text),
        Column::optional(
            Field::Amount,
            &["Amount", "Betrag", "Importe", "Montant", "Valor", "Importo", "Bedrag"],
            Kind::Amount,
        ),
        Column::optional(
            Field::AmountInHomeCurrency,
            &[
                "Amount in company currency",
                "amount_in_home_currency",
                "betrag in unternehmenswährung",
            ],
            Kind::Amount,
        ),
        Column::optional(
            Field::LoanAmount,
            &["Loan amount", "Loan size", "Darlehensbetrag"],
            Kind::Amount,
        ),
        Column::optional(
            Field::Currency,
            &[
                "Currency",
                "währung",
                "deal_currency_code",
                "Moneda",
                "Divisa",
                "Devise",
                "Moeda",
                "Valuta",
            ],
            Kind::Text,
        ),
        Column::optional(
            Field::ClosedAt,
            &[
                "Close Date",
                "Closedate",
                "Abschlussdatum",
                "closedate",
                "Fecha de cierre",
                "date de fermeture",
                "date de clôture",
                "Data de fechamento",
                "Data di chiusura",
                "Sluitingsdatum",
            ],
            Kind::Moment,
        ),
        Column::optional(Field::CreatedAt, hubspot_words::CREATED, Kind::Moment),
        Column::optional(Field::ChangedAt, hubspot_words::CHANGED, Kind::Moment),
        Column::optional(Field::Owner, &["Deal owner", "hubspot_owner_id"], Kind::Text),
        Column::optional(
            Field::IsClosed,
            &[
                "Is Deal Closed?",
                "Is closed",
                "hs_is_closed",
                "Deal geschlossen?",
                "¿el negocio está cerrado?",
            ],
            Kind::Flag,
        ),
        Column::optional(
            Field::IsWon,
            &[
                "Is Closed Won",
                "hs_is_closed_won",
                "Ist abgeschlossen und gewonnen",
                "Es cierre ganado",
            ],
            Kind::Flag,
        ),
        Column::optional(
            Field::IsLost,
            &["Is closed lost", "hs_is_closed_lost"],
            Kind::Flag,
        ),
        Column::optional(
            Field::Probability,
            &["Deal probability", "hs_deal_stage_probability"],
            Kind::Text,
        ),
        Column::optional(Field::TrackedSource, &["Original Traffic Source"], Kind::Text),
        Column::optional(
            Field::RepEnteredSource,
            &["Lead Source", "Lead source", "Deal source"],
            Kind::Text,
        ),
        Column::optional(Field::Unused, &["Record source"], Kind::Text),
        Column::optional(
            Field::ContactIds,
            &["Associated Contact IDs", "associatedcontactids", "associatedvids"],
            Kind::Text,
        ),
        Column::optional(Field::ContactNames, &["Associated Contact"], Kind::Text),
        Column::optional(
            Field::AccountIds,
            &["Associated Company IDs", "associatedcompanyids"],
            Kind::Text,
        ),
        Column::optional(Field::AccountNames, &["Associated Company"], Kind::Text),
        Column::optional(
            Field::MergedIds,
            &["Merged object IDs", "hs_merged_object_ids"],
            Kind::Text,
        ),
        Column::optional(Field::OtherId, deal_words::OTHER_IDS, Kind::Text),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
