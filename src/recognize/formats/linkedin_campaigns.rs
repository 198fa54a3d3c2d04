//! LinkedIn Campaign Manager: performance reports, by campaign or creative.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes, post_words};

pub(super) const FORMAT: Format = Format {
    name: "linkedin-campaigns",
    summary: "LinkedIn Campaign Manager: performance",
    takes: Takes::Records(Record::AdDay),
    columns: &[
        Column::required(
            Field::Day,
            &[
                "start date*",
                "data de início*",
                "fecha de inicio*",
                "startdatum*",
                "date de début*",
            ],
            Kind::Day,
        ),
        Column::required(
            Field::CampaignId,
            &[
                "Campaign ID",
                "ID da campanha",
                "id de la campaña",
                "Kampagnen-ID",
                "ID de campagne",
            ],
            Kind::Text,
        ),
        Column::required(
            Field::Impressions,
            post_words::LINKEDIN_IMPRESSIONS,
            Kind::Text,
        ),
        Column::required(
            Field::Clicks,
            &["Clicks", "Cliques", "Clics", "Klicks"],
            Kind::Text,
        ),
        Column::required(
            Field::Spent,
            &[
                "Total Spent",
                "Total gasto",
                "Importe total gastado",
                "Gesamtausgaben",
                "total dépensé",
            ],
            Kind::Amount,
        ),
        Column::optional(
            Field::Currency,
            &["Currency", "Moeda", "Moneda", "währung", "Devise"],
            Kind::Text,
        ),
        Column::optional(
            Field::Campaign,
            &[
                "Campaign Name",
                "Nome da campanha",
                "nombre de la campaña",
                "Kampagnenname",
                "Nom de la campagne",
            ],
            Kind::Text,
        ),
        Column::optional(Field::CreativeId, &["Ad ID", "Creative ID"], Kind::Text),
        Column::optional(Field::Unused, &["Creative Name", "Ad Name"], Kind::Text),
        Column::optional(Field::Leads, &["Leads"], Kind::Text),
        Column::optional(Field::Unused, &["Account Name", "Nome da conta"], Kind::Text),
        Column::optional(Field::Unused, &["Campaign Group Name"], Kind::Text),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
