//! A table of contacts of nobody's own format.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, crm, moment, person_words, text,
    words,
};

const CRM: Crm = Crm {
    words: crm::COMMON,
    deleted: crm::DELETED,
    is_generic: true,
    things: crm::PERSONS,
    // A list of people without any sign of a CRM may be anybody's.
    needs: &[
        &[Field::Email, Field::FullName, Field::LastName],
        &[
            Field::RemoteId,
            Field::Owner,
            Field::CreatedAt,
            Field::Lifecycle,
            Field::Phone,
            Field::DealIds,
            Field::RepEnteredSource,
            Field::SelfReportedSource,
        ],
    ],
    ..Crm::PLAIN
};

pub(super) const FORMAT: Format = Format {
    name: "generic-contacts",
    summary: "a table of contacts",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
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
            Field::Lifecycle,
            &[
                "Lifecycle Stage",
                "Lifecycle",
                "Contact Type",
                "Customer Type",
                "Lifecycle-Phase",
                "Etapa del ciclo de vida",
                "Etapa do ciclo de vida",
                "Phase du cycle de vie",
                "Fase del ciclo di vita",
            ],
        ),
        moment(Field::CreatedAt, words::CREATED),
        moment(Field::ChangedAt, words::CHANGED),
        text(Field::Owner, &["Contact Owner"]),
        text(Field::Owner, words::OWNER),
        text(Field::RepEnteredSource, words::ENTERED),
        text(Field::SelfReportedSource, words::SELF_REPORTED),
        text(Field::TrackedSource, words::TRACKED),
        text(Field::DealIds, &["Deal IDs", "Associated Deal IDs", "Deal ID"]),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
