//! The list of known exports; the files beside this one are data.

use super::{
    Amounts, Column, Crm, Dates, Field, Format, Ids, Kind, NameOrder, Record, Rows,
    Takes, crm,
};
use crate::domain::DealStatus;

mod linkedin_ignored;
mod touchstone_tables;
mod linkedin_profile;
mod linkedin_connections;
mod linkedin_shares;
mod linkedin_comments;
mod linkedin_reactions;
mod linkedin_messages;
mod linkedin_invitations;
mod linkedin_email_addresses;
mod linkedin_positions;
mod phantombuster_engagers;
mod phantombuster_search;
mod phantombuster_short;
mod hubspot_contacts;
mod hubspot_deals;
mod post_labels;
mod linkedin_top_posts;
mod linkedin_analytics_period;
mod linkedin_post_analytics;
mod linkedin_page_posts;
mod linkedin_campaigns;
mod linkedin_leadgen;
mod linkedin_article;
mod apify_reactions;
mod apify_comments;
mod apify_reactors;
mod phantombuster_posts;
mod apify_posts;
mod post_analytics;
mod post_reactions;
mod post_analytics_by_id;
mod hubspot_companies;
mod hubspot_property_history;
mod salesforce_account;
mod salesforce_contact;
mod salesforce_lead;
mod salesforce_opportunity;
mod salesforce_opportunitycontactrole;
mod salesforce_opportunityhistory;
mod salesforce_task;
mod salesforce_campaign;
mod salesforce_campaignmember;
mod salesforce_user;
mod salesforce_opportunity_report;
mod salesforce_lead_report;
mod salesforce_contact_report;
mod pipedrive_deals;
mod pipedrive_people;
mod pipedrive_organizations;
mod pipedrive_leads;
mod zoho_leads;
mod zoho_contacts;
mod zoho_accounts;
mod zoho_deals;
mod zoho_analytics_potentials;
mod dynamics_leads;
mod dynamics_contacts;
mod dynamics_accounts;
mod dynamics_opportunities;
mod close_leads;
mod close_opportunities;
mod copper_opportunities;
mod copper_people;
mod freshsales_deals;
mod monday_deals;
mod attio_deals;
mod followupboss_people;
mod encompass_pipeline;
mod bntouch_contacts;
mod words;
mod hubspot_words;
mod person_words;
mod deal_words;
mod money_words;
mod post_words;
mod generic_leads;
mod generic_contacts;
mod generic_deals;

/// The known exports.
pub const FORMATS: &[&Format] = &concat();

const OWN: &[&Format] = &[
    &linkedin_profile::FORMAT,
    &linkedin_connections::FORMAT,
    &linkedin_shares::FORMAT,
    &linkedin_comments::FORMAT,
    &linkedin_reactions::FORMAT,
    &linkedin_messages::FORMAT,
    &linkedin_invitations::FORMAT,
    &linkedin_email_addresses::FORMAT,
    &linkedin_positions::FORMAT,
    &phantombuster_engagers::FORMAT,
    &phantombuster_short::FORMAT,
    &phantombuster_search::FORMAT,
    &hubspot_contacts::FORMAT,
    &hubspot_deals::FORMAT,
    &post_labels::FORMAT,
    &linkedin_top_posts::FORMAT,
    &linkedin_analytics_period::FORMAT,
    &linkedin_post_analytics::FORMAT,
    &linkedin_page_posts::FORMAT,
    &linkedin_campaigns::FORMAT,
    &linkedin_leadgen::FORMAT,
    &linkedin_article::FORMAT,
    &apify_reactions::FORMAT,
    &apify_comments::FORMAT,
    &apify_reactors::FORMAT,
    &phantombuster_posts::FORMAT,
    &apify_posts::FORMAT,
    &post_analytics::FORMAT,
    &post_reactions::FORMAT,
    &post_analytics_by_id::FORMAT,
    &hubspot_companies::FORMAT,
    &hubspot_property_history::FORMAT,
    &salesforce_account::FORMAT,
    &salesforce_contact::FORMAT,
    &salesforce_lead::FORMAT,
    &salesforce_opportunity::FORMAT,
    &salesforce_opportunitycontactrole::FORMAT,
    &salesforce_opportunityhistory::FORMAT,
    &salesforce_task::FORMAT,
    &salesforce_campaign::FORMAT,
    &salesforce_campaignmember::FORMAT,
    &salesforce_user::FORMAT,
    &salesforce_opportunity_report::FORMAT,
    &salesforce_lead_report::FORMAT,
    &salesforce_contact_report::FORMAT,
    &pipedrive_deals::FORMAT,
    &pipedrive_people::FORMAT,
    &pipedrive_organizations::FORMAT,
    &pipedrive_leads::FORMAT,
    &zoho_leads::FORMAT,
    &zoho_contacts::FORMAT,
    &zoho_accounts::FORMAT,
    &zoho_deals::FORMAT,
    &zoho_analytics_potentials::FORMAT,
    &dynamics_leads::FORMAT,
    &dynamics_contacts::FORMAT,
    &dynamics_accounts::FORMAT,
    &dynamics_opportunities::FORMAT,
    &close_leads::FORMAT,
    &close_opportunities::FORMAT,
    &copper_opportunities::FORMAT,
    &copper_people::FORMAT,
    &freshsales_deals::FORMAT,
    &monday_deals::FORMAT,
    &attio_deals::FORMAT,
    &followupboss_people::FORMAT,
    &encompass_pipeline::FORMAT,
    &bntouch_contacts::FORMAT,
    &generic_leads::FORMAT,
    &generic_contacts::FORMAT,
    &generic_deals::FORMAT,
];

/// The formats that are read, then those that are known and ignored.
const fn concat() -> [&'static Format; COUNT] {
    let lists = [OWN, linkedin_ignored::FORMATS, touchstone_tables::FORMATS];
    let mut all = [OWN[0]; COUNT];
    let (mut list, mut before, mut at) = (0, 0, 0);
    while at < COUNT {
        if at - before == lists[list].len() {
            before = at;
            list += 1;
        }
        all[at] = lists[list][at - before];
        at += 1;
    }
    all
}

const COUNT: usize =
    OWN.len() + linkedin_ignored::FORMATS.len() + touchstone_tables::FORMATS.len();

/// The format that shapes of two tables side by side belong to.
pub(super) const fn top_posts() -> &'static Format {
    &linkedin_top_posts::FORMAT
}

/// The table of Touchstone's that a file is named as, if any.
pub fn own_table(file: &str) -> Option<&'static Format> {
    let stem = std::path::Path::new(file).file_stem().unwrap_or_default();
    let name = format!("touchstone-{}", stem.to_string_lossy().replace('_', "-"));
    touchstone_tables::FORMATS.iter().copied().find(|format| format.name == name)
}

/// Whether nothing but the names of file and format tells that a table is Touchstone's: any
/// may have two columns such as `name` and `value`.
pub(super) fn is_misnamed(format: &Format, file: &str) -> bool {
    let is_bare = matches!(format.takes, Takes::Nothing(_)) && format.columns.len() < 3;
    is_bare
        && format.name.starts_with("touchstone-")
        && own_table(file).is_none_or(|own| own.name != format.name)
}

/// The format of labels with the values of one post.
pub(super) const fn one_post() -> &'static Format {
    &linkedin_post_analytics::FORMAT
}

/// The format of the sheet that tells an export's period.
pub(super) const fn period() -> &'static Format {
    &linkedin_analytics_period::FORMAT
}

/// The format of an article's page.
pub(super) const fn article() -> &'static Format {
    &linkedin_article::FORMAT
}

type Names = &'static [&'static str];

/// Text without which the file is another one.
const fn needed(field: Field, names: Names) -> Column {
    Column::required(field, names, Kind::Text)
}

/// A date without which the file is another one.
const fn needed_moment(field: Field, names: Names) -> Column {
    Column::required(field, names, Kind::Moment)
}

/// An amount without which the file is another one.
const fn needed_amount(field: Field, names: Names) -> Column {
    Column::required(field, names, Kind::Amount)
}

/// Text that may be missing.
const fn text(field: Field, names: Names) -> Column {
    Column::optional(field, names, Kind::Text)
}

/// Yes or no, that may be missing.
const fn flag(field: Field, names: Names) -> Column {
    Column::optional(field, names, Kind::Flag)
}

/// An amount that may be missing.
const fn amount(field: Field, names: Names) -> Column {
    Column::optional(field, names, Kind::Amount)
}

/// An amount in hundredths that may be missing.
const fn cents(field: Field, names: Names) -> Column {
    Column::optional(field, names, Kind::Cents)
}

/// An instant or a day that may be missing.
const fn moment(field: Field, names: Names) -> Column {
    Column::optional(field, names, Kind::Moment)
}

/// A day that may be missing.
const fn day(field: Field, names: Names) -> Column {
    Column::optional(field, names, Kind::Day)
}
