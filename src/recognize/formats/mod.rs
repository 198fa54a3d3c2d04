//! The list of known exports; the files beside this one are data.

use super::{Amounts, Column, Dates, Field, Format, Kind, Record, Takes};

mod linkedin_ignored;
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
];

/// The formats that are read, then those that are known and ignored.
const fn concat() -> [&'static Format; OWN.len() + linkedin_ignored::FORMATS.len()] {
    let mut all = [OWN[0]; OWN.len() + linkedin_ignored::FORMATS.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < OWN.len() {
            OWN[at]
        } else {
            linkedin_ignored::FORMATS[at - OWN.len()]
        };
        at += 1;
    }
    all
}

/// The format that shapes of two tables side by side belong to.
pub(super) const fn top_posts() -> &'static Format {
    &linkedin_top_posts::FORMAT
}

/// The format of the sheet that tells an export's period.
pub(super) const fn period() -> &'static Format {
    &linkedin_analytics_period::FORMAT
}

/// The format of an article's page.
pub(super) const fn article() -> &'static Format {
    &linkedin_article::FORMAT
}
