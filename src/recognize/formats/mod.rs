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
