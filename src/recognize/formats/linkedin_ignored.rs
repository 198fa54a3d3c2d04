//! LinkedIn archive: files that are known, and of which nothing is taken.

use super::{Amounts, Column, Dates, Field, Format, Kind, Takes};
use crate::recognize::containers::PAGE_NUMBERS;

const fn ignored(
    name: &'static str,
    holds: &'static str,
    columns: &'static [Column],
) -> Format {
    Format {
        name,
        summary: holds,
        takes: Takes::Nothing(holds),
        columns,
        dates: Dates::LINKEDIN,
        amounts: Amounts::ByColumn,
    }
}

const fn known(names: &'static [&'static str]) -> Column {
    Column::required(Field::Unused, names, Kind::Text)
}

/// The files, each known by its header.
pub(super) const FORMATS: &[&Format] = &[
    &ignored(
        "linkedin-instant-reposts",
        "reposts of others without words",
        &[known(&["Date"]), known(&["Link"])],
    ),
    &ignored(
        "linkedin-votes",
        "votes in polls",
        &[known(&["Date"]), known(&["Link"]), known(&["OptionText"])],
    ),
    &ignored(
        "linkedin-saved-items",
        "saved items",
        &[known(&["savedItem"]), known(&["CreatedTime"])],
    ),
    &ignored(
        "linkedin-member-follows",
        "people the member follows",
        &[known(&["Date"]), known(&["Status"]), known(&["FullName"])],
    ),
    &ignored(
        "linkedin-hashtag-follows",
        "hashtags the member follows",
        &[known(&["HashTag"]), known(&["CreatedTime"])],
    ),
    &ignored(
        "linkedin-company-follows",
        "companies the member follows",
        &[known(&["Organization"]), known(&["Followed On"])],
    ),
    &ignored(
        "linkedin-company-follows-older",
        "companies the member follows",
        &[known(&["Organization Name"]), known(&["Followed On"])],
    ),
    &ignored(
        "linkedin-memberships",
        "memberships and certificates of the member",
        &[known(&["Name"]), known(&["Started On"]), known(&["Finished On"])],
    ),
    &ignored(
        "linkedin-recommendations",
        "recommendations; they are not read yet",
        &[
            known(&["First Name"]),
            known(&["Last Name"]),
            known(&["Text"]),
            known(&["Creation Date"]),
            known(&["Status"]),
        ],
    ),
    &ignored(
        "linkedin-endorsements",
        "endorsements; they are not read yet",
        &[
            known(&["Endorsement Date"]),
            known(&["Skill Name"]),
            known(&["Endorser First Name"]),
        ],
    ),
    &ignored(
        "linkedin-endorsements-given",
        "endorsements that the member gave",
        &[
            known(&["Endorsement Date"]),
            known(&["Skill Name"]),
            known(&["Endorsee First Name"]),
        ],
    ),
    &ignored(
        "linkedin-rich-media",
        "uploads of pictures and videos",
        &[known(&["Date/Time"]), known(&["Media Description"]), known(&["Media Link"])],
    ),
    &ignored(
        "linkedin-search-queries",
        "searches of the member",
        &[known(&["Time"]), known(&["Search Query"])],
    ),
    &ignored(
        "linkedin-events",
        "events",
        &[known(&["Event Name"]), known(&["Event Time"]), known(&["Status"])],
    ),
    &ignored(
        "linkedin-ad-targeting",
        "what advertisers may target",
        &[known(&["Company Names"]), known(&["Job Titles"])],
    ),
    &ignored(
        "linkedin-inferences",
        "what LinkedIn infers about the member",
        &[
            known(&["Category"]),
            known(&["Type of inference"]),
            known(&["Description"]),
            known(&["Inference"]),
        ],
    ),
    &ignored(
        "linkedin-ads-clicked",
        "ads that the member clicked",
        &[known(&["Ad clicked Date"]), known(&["Ad Title/Id"])],
    ),
    &ignored(
        "linkedin-learning",
        "courses",
        &[
            known(&["Content Title"]),
            known(&["Content Description"]),
            known(&["Content Type"]),
        ],
    ),
    &ignored(
        "linkedin-notes",
        "private notes; never read",
        &[
            known(&["Connection First Name"]),
            known(&["Connection Last Name"]),
            known(&["Note"]),
        ],
    ),
    &ignored(
        "linkedin-analytics-days",
        "totals of LinkedIn analytics by day; days can be negative",
        &[known(&["Date"]), known(&["Impressions"]), known(&["Engagements"])],
    ),
    &ignored(
        "linkedin-analytics-followers",
        "new followers by day",
        &[known(&["Date"]), known(&["New followers"])],
    ),
    &ignored(
        "linkedin-analytics-demographics",
        "shares of readers by job, company and place; no person",
        &[known(&["Top Demographics", "Category"]), known(&["Value"])],
    ),
    &ignored(
        "linkedin-page-days",
        PAGE_NUMBERS,
        &[
            known(&["Date"]),
            known(&["Impressions (organic)"]),
            known(&["Clicks (organic)"]),
        ],
    ),
    &ignored(
        "linkedin-page-followers",
        PAGE_NUMBERS,
        &[
            known(&["Date"]),
            known(&["Sponsored followers"]),
            known(&["Organic followers"]),
            known(&["Total followers"]),
        ],
    ),
    &ignored(
        "linkedin-page-visitors",
        PAGE_NUMBERS,
        &[
            known(&["Date"]),
            known(&["Overview page views (desktop)"]),
            known(&["Overview unique visitors (desktop)"]),
        ],
    ),
    &ignored(
        "linkedin-page-competitors",
        PAGE_NUMBERS,
        &[known(&["Page"]), known(&["Total Followers"]), known(&["New Followers"])],
    ),
];
