//! Pipedrive: Contacts → Organizations → Export.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, crm, moment, needed, text,
};

const CRM: Crm = Crm { words: crm::COMMON, deleted: crm::DELETED, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "pipedrive-organizations",
    summary: "Pipedrive: organizations",
    takes: Takes::Crm(Record::Account, &CRM),
    columns: &[
        text(
            Field::RemoteId,
            &[
                "Organization - ID",
                "Organization - Pipedrive System ID",
                "Organisation - ID",
                "Organizace - ID",
            ],
        ),
        needed(
            Field::Name,
            &[
                "Organization - Name",
                "Organisation - Name",
                "organizace - název",
                "organización - nombre",
            ],
        ),
        text(Field::Domain, &["Organization - Website", "Organisation - Website"]),
        text(Field::Country, &["Organization - Country of Address"]),
        moment(
            Field::CreatedAt,
            &[
                "Organization - Organization created",
                "Organization - Creation date",
                "Organization - Add time",
            ],
        ),
        moment(Field::ChangedAt, &["Organization - Update time"]),
        text(Field::Owner, &["Organization - Owner", "Organisation - Besitzer"]),
        text(
            Field::Unused,
            &[
                "Organization - Labels",
                "Organization - Address",
                "Organization - People",
                "Organization - Open deals",
                "Organization - Won deals",
                "Organization - LinkedIn*",
            ],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
