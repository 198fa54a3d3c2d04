//! HubSpot: Companies → Export.

use super::{Amounts, Crm, Dates, Field, Format, Record, Takes, moment, needed, text};

const CRM: Crm = Crm::PLAIN;

pub(super) const FORMAT: Format = Format {
    name: "hubspot-companies",
    summary: "HubSpot: companies",
    takes: Takes::Crm(Record::Account, &CRM),
    columns: &[
        needed(
            Field::RemoteId,
            &[
                "Record ID",
                "Company ID",
                "Record ID - Company",
                "Datensatz-ID",
                "hs_object_id",
                "ID de registro",
                "ID do registro",
                "ID del registro",
                "id de la fiche d'informations",
                "ID record",
                "Record-ID",
            ],
        ),
        needed(
            Field::Name,
            &[
                "Company name",
                "Name",
                "Unternehmensname",
                "nombre de la empresa",
                "nom de l'entreprise",
            ],
        ),
        needed(
            Field::Domain,
            &["Company Domain Name", "Domain", "Unternehmensdomain", "Website URL"],
        ),
        text(Field::Country, &["Country/Region", "Country", "land/region"]),
        moment(
            Field::CreatedAt,
            &[
                "Create Date",
                "Erstellungsdatum",
                "createdate",
                "fecha de creación",
                "date de création",
                "data de criação",
                "data di creazione",
                "aanmaakdatum",
            ],
        ),
        moment(
            Field::ChangedAt,
            &[
                "Last Modified Date",
                "lastmodifieddate",
                "hs_lastmodifieddate",
                "zuletzt geändert",
                "fecha de la última modificación",
                "date de dernière modification",
            ],
        ),
        text(Field::Owner, &["Company owner"]),
        text(Field::ContactIds, &["Associated Contact IDs"]),
        text(Field::DealIds, &["Associated Deal IDs"]),
        text(Field::MergedIds, &["Merged object IDs", "hs_merged_object_ids"]),
        text(
            Field::Unused,
            &[
                "Associated Contact",
                "Number of Associated Deals",
                "Industry",
                "Number of Employees",
                "Annual Revenue",
                "LinkedIn Company Page",
                "Parent Company",
                "Phone Number",
                "City",
            ],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
