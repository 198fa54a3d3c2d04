//! Pipedrive: Contacts → People → Export.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, crm, moment, needed, text,
};

const CRM: Crm = Crm { words: crm::COMMON, deleted: crm::DELETED, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "pipedrive-people",
    summary: "Pipedrive: people",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        text(
            Field::RemoteId,
            &[
                "Person - ID",
                "Person - Pipedrive System ID",
                "Osoba - ID",
                "Persona - ID",
            ],
        ),
        needed(
            Field::FullName,
            &["Person - Name", "osoba - jméno", "Persona - Nombre", "Personne - Nom"],
        ),
        text(Field::FirstName, &["Person - First name", "Person - Vorname"]),
        text(Field::LastName, &["Person - Last name", "Person - Nachname"]),
        text(
            Field::Company,
            &[
                "Person - Organization",
                "Person - Organisation",
                "Osoba - Organizace",
                "persona - organización",
            ],
        ),
        text(
            Field::AccountIds,
            &["Person - Organization ID", "Person - Organisation ID"],
        ),
        text(
            Field::Email,
            &[
                "Person - Email - Work",
                "Person - Email - Home",
                "Person - Email - Other",
                "Person - Email (Work)",
                "Person - Email",
                "person - email*",
                "person - e-mail*",
                "osoba - e-mail*",
                "persona - correo*",
            ],
        ),
        text(
            Field::Phone,
            &["Person - Phone - Work", "Person - Phone - Mobile", "Person - Phone*"],
        ),
        text(
            Field::ProfileUrl,
            &["Person - LinkedIn Page", "Person - LinkedIn*", "*linkedin*"],
        ),
        text(Field::LeadStatus, &["Person - Labels", "Person - Label"]),
        moment(
            Field::CreatedAt,
            &[
                "Person - Person created",
                "Person - Creation date",
                "Person - Add time",
                "osoba - datum vytvoření",
                "Person - Person erstellt",
            ],
        ),
        moment(Field::ChangedAt, &["Person - Update time", "Person - Last update"]),
        text(Field::Owner, &["Person - Owner", "osoba - vlastník", "Person - Besitzer"]),
        text(Field::SelfReportedSource, &["*hear*about*", "*find*us*"]),
        text(Field::TrackedSource, &["*utm_*", "Person - Source channel"]),
        text(Field::RepEnteredSource, &["Person - Source", "Person - Lead source"]),
        text(
            Field::Unused,
            &["Person - Won deals", "Person - Open deals", "Person - Lost deals"],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
