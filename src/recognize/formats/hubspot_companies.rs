//! HubSpot: Companies → Export.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, hubspot_words, moment, needed,
    text,
};

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
        moment(Field::CreatedAt, hubspot_words::CREATED),
        moment(Field::ChangedAt, hubspot_words::CHANGED),
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
