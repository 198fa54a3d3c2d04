//! A table of contacts of nobody's own format.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, crm, moment, text, words,
};

const CRM: Crm = Crm {
    words: crm::COMMON,
    deleted: crm::DELETED,
    is_generic: true,
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
        text(
            Field::RemoteId,
            &[
                "Contact ID",
                "Contact Number",
                "Customer ID",
                "Client ID",
                "Person ID",
                "Id",
                "Record ID",
                "Kontakt-ID",
                "Kundennummer",
                "ID de contacto",
                "ID du contact",
            ],
        ),
        text(Field::FirstName, words::FIRST_NAME),
        text(Field::LastName, words::LAST_NAME),
        text(Field::FullName, words::FULL_NAME),
        text(Field::Email, words::EMAIL),
        text(Field::Company, words::COMPANY),
        text(
            Field::Phone,
            &[
                "Phone",
                "Phone Number",
                "Mobile",
                "Telefon",
                "Telefono",
                "téléphone",
                "telefonnummer",
            ],
        ),
        text(Field::ProfileUrl, words::PROFILE),
        text(Field::Lifecycle, &["Lifecycle Stage", "Contact Type", "Customer Type"]),
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
