//! A table of leads of nobody's own format.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, crm, flag, moment, person_words,
    text, words,
};

const CRM: Crm = Crm {
    words: crm::COMMON,
    deleted: crm::DELETED,
    is_generic: true,
    things: crm::PERSONS,
    needs: &[
        &[Field::RemoteId, Field::Email, Field::FullName, Field::LastName],
        &[
            Field::LeadStatus,
            Field::IsConverted,
            Field::RepEnteredSource,
            Field::SelfReportedSource,
        ],
    ],
    ..Crm::PLAIN
};

pub(super) const FORMAT: Format = Format {
    name: "generic-leads",
    summary: "a table of leads",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        text(
            Field::RemoteId,
            &[
                "Lead ID",
                "Prospect ID",
                "Id",
                "Record ID",
                "ID Lead",
                "Lead Number",
                "Prospect Number",
                "Lead-ID",
                "ID de prospecto",
                "mql_id",
                "Lead No",
                "Lead Ref",
                "Reference",
                "Kennung",
            ],
        ),
        text(Field::RemoteId, person_words::CONTACT_ID),
        text(Field::RemoteId, person_words::RECORD_ID),
        text(Field::FirstName, person_words::FIRST_NAME),
        text(Field::LastName, person_words::LAST_NAME),
        text(Field::FullName, person_words::FULL_NAME),
        text(Field::Email, person_words::EMAIL),
        text(Field::Company, person_words::COMPANY),
        text(Field::Phone, person_words::PHONE),
        text(Field::Country, person_words::COUNTRY),
        text(Field::ProfileUrl, person_words::PROFILE),
        text(
            Field::LeadStatus,
            &[
                "Lead Status",
                "Lead Stage",
                "Status",
                "Stage",
                "Lead Quality",
                "Estado",
                "Statut",
                "Stav",
            ],
        ),
        flag(
            Field::IsConverted,
            &["Converted", "Is Converted", "Konvertiert", "Convertido", "Converti"],
        ),
        moment(
            Field::ConvertedAt,
            &["Converted Date", "Conversion Date", "Converted On", "Converted At"],
        ),
        moment(
            Field::CreatedAt,
            &[
                "first contact date",
                "Lead Date",
                "Inquiry Date",
                "Enquiry Date",
                "Timestamp",
            ],
        ),
        moment(Field::CreatedAt, words::CREATED),
        moment(Field::ChangedAt, words::CHANGED),
        text(Field::Owner, &["Lead Owner"]),
        text(Field::Owner, words::OWNER),
        text(
            Field::RepEnteredSource,
            &["origin", "Channel", "Lead Channel", "Kanal", "Canal"],
        ),
        text(Field::RepEnteredSource, words::ENTERED),
        text(Field::SelfReportedSource, words::SELF_REPORTED),
        text(Field::TrackedSource, words::TRACKED),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
