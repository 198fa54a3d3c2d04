//! Salesforce: a report on opportunities, exported with details only.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, amount, crm, day, deal_words,
    flag, moment, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Salesforce, words: crm::CLOSED, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "salesforce-opportunity-report",
    summary: "Salesforce: a report on opportunities",
    takes: Takes::Crm(Record::Deal, &CRM),
    columns: &[
        text(
            Field::RemoteId,
            &[
                "Opportunity ID",
                "ID de la oportunidad",
                "id de l'opportunité",
                "Opportunity-ID",
            ],
        ),
        needed(
            Field::Name,
            &[
                "Opportunity Name",
                "Nombre de la oportunidad",
                "nom de l'opportunité",
                "Opportunity-Name",
                "Name der Opportunity",
                "Nome da oportunidade",
                "nome opportunità",
            ],
        ),
        needed(Field::Stage, &["Stage", "Etapa", "étape", "Phase", "Fase"]),
        amount(Field::Amount, &["Amount", "Importe", "Montant", "Betrag", "Valor"]),
        amount(
            Field::AmountInHomeCurrency,
            &[
                "Amount (converted)",
                "Importe (convertido)",
                "montant (converti)",
                "betrag (konvertiert)",
            ],
        ),
        text(
            Field::Currency,
            &[
                "Amount Currency",
                "Opportunity Currency",
                "Divisa",
                "Devise",
                "währung",
                "betrag währung",
                "moeda",
            ],
        ),
        amount(Field::LoanAmount, &["*loan amount*", "Loan size", "Darlehensbetrag"]),
        day(
            Field::ClosedAt,
            &[
                "Close Date",
                "Fecha de cierre",
                "date de clôture",
                "Schlusstermin",
                "abschlussdatum",
                "data de fechamento",
            ],
        ),
        moment(
            Field::CreatedAt,
            &[
                "Created Date",
                "fecha de creación",
                "date de création",
                "Erstelldatum",
                "data de criação",
            ],
        ),
        moment(
            Field::ChangedAt,
            &[
                "Last Modified Date",
                "última fecha de modificación",
                "date de dernière modification",
                "Datum der letzten änderung",
            ],
        ),
        flag(
            Field::IsClosed,
            &["Closed", "Cerrada", "Cerrado", "fermé", "fermée", "Geschlossen"],
        ),
        flag(Field::IsWon, &["Won", "Ganada", "Ganado", "gagné", "gagnée", "Gewonnen"]),
        text(
            Field::Owner,
            &[
                "Opportunity Owner",
                "Propietario de oportunidad",
                "propriétaire de l'opportunité",
                "opportunity-inhaber",
            ],
        ),
        text(
            Field::AccountNames,
            &[
                "Account Name",
                "Nombre de la cuenta",
                "Nom du compte",
                "Account-Name",
                "Accountname",
            ],
        ),
        text(Field::OtherId, deal_words::OTHER_IDS),
        text(Field::AccountIds, &["Account ID"]),
        text(Field::ContactIds, &["Contact ID"]),
        text(Field::ContactNames, &["Primary Contact", "Contact Name"]),
        text(Field::ContactEmails, &["Contact: Email", "Email"]),
        text(
            Field::RepEnteredSource,
            &[
                "Lead Source",
                "Origen del prospecto",
                "Lead-Quelle",
                "origine de la piste",
            ],
        ),
        text(Field::SelfReportedSource, &["*hear*about*", "*find*us*"]),
        text(Field::Forecast, &["Forecast Category"]),
        text(
            Field::Unused,
            &[
                "Probability (%)",
                "Expected Revenue",
                "Type",
                "Next Step",
                "Fiscal Period",
                "Age",
            ],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
