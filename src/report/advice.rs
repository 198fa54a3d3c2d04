//! What is missing for an answer, and how to get it.

use super::currencies;
use crate::{
    analyze::NO_MEMBER,
    domain::Currency,
    recognize::{FORMATS, Record},
    store::{ReportInput, WonTotal},
};

const ARCHIVE: &str = "No LinkedIn archive was read. LinkedIn → Settings → Data privacy → Get \
                       a copy of your data; it tells the posts and who could read them.";
const SHARES: &str = "The archive has no Shares.csv, so it is the small one that comes first. \
                      Wait for the larger download, which holds the posts, and run again with \
                      both.";
const CONTACTS: &str = "No CRM contacts or leads were read, so there are no leads. Export them \
                        from the CRM, in HubSpot under Contacts → Export, with all properties.";
const DEALS: &str = "No CRM deals were read, so there is no revenue. Export them from the CRM, \
                     in HubSpot under Deals → Export, with associations.";
const ENGAGERS: &str = "No list of people who engaged was read, so likes and comments are \
                        unknown: archives do not hold them. Export the reactions and comments \
                        of your posts, with the posts' URLs.";
const NAMES: &str = "No list of people who engaged was read, so reactions have numbers and no \
                     names, and few leads are known to have met a post. Export the reactions \
                     and comments of your posts, with the posts' URLs.";
const ANALYTICS: &str = "No analytics were read, so impressions are unknown, and with them \
                         whether a post with few reactions was seen by few. Export them from \
                         LinkedIn → Analytics → Export.";

const RATES: &str = "Deals were won in several currencies, which are never added up without \
                     exchange rates. Give them under [exchange-rates] in touchstone.toml.";

const STAGES: &str = "No deal with an amount was won, as far as the CRM's words for stages tell. \
                      Where won deals have a word of your own, say so under [stages] in \
                      touchstone.toml; `touchstone inspect` lists stages that tell nothing.";

const MEMBERS: &str = "Of most leads no member is known, so nothing tells whether they could read \
                       a post. Add the archives of the colleagues whose leads they are, and \
                       e-mail addresses or LinkedIn URLs to the CRM's contacts.";

/// Formats that tell how many people a post reached.
const NUMBERS: &[&str] = &[
    "linkedin-analytics-period",
    "linkedin-page-posts",
    "linkedin-post-analytics",
    "linkedin-top-posts",
    "post-analytics",
    "post-analytics-by-id",
];

/// Sentences for whoever wants to know more next time.
pub(super) fn advice(input: &ReportInput) -> Vec<&'static str> {
    let has = |wanted: &dyn Fn(&str) -> bool| {
        input.files.iter().any(|(_, format, ..)| wanted(format))
    };
    let mut advice = Vec::new();
    if !has(&|format| format.starts_with("linkedin-")) {
        advice.push(ARCHIVE);
    } else if !has(&|format| format == "linkedin-shares") {
        advice.push(SHARES);
    }
    let holds = |wanted: &[Record]| {
        has(&|name| {
            let format = FORMATS.iter().find(|format| format.name == name);
            format.and_then(|one| one.record()).is_some_and(|one| wanted.contains(&one))
        })
    };
    // Formats of the user's own are none of the registry's: what they gave is counted.
    let counts = &input.counts;
    if counts.leads == 0
        && !holds(&[Record::Contact, Record::ContactWithDeal, Record::FormLead])
    {
        advice.push(CONTACTS);
    } else if counts.deals == 0 && !holds(&[Record::Deal, Record::ContactWithDeal]) {
        advice.push(DEALS);
    }
    if !has(&|format| format.contains("engagers")) {
        let is_counted = input.themes.iter().any(|theme| theme.reactions.is_some());
        advice.push(if is_counted { NAMES } else { ENGAGERS });
    }
    if 0 < counts.posts && !has(&|format| NUMBERS.contains(&format)) {
        advice.push(ANALYTICS);
    }
    if 0 < counts.deals && input.won.is_empty() {
        advice.push(STAGES);
    }
    let of_nobody = |(_, reason, _): &&(String, Option<String>, i64)| {
        reason.as_deref() == Some(NO_MEMBER)
    };
    let of_nobody = input.funnel.iter().find(of_nobody).map_or(0, |(_, _, rows)| *rows);
    if counts.leads < of_nobody * 2 {
        advice.push(MEMBERS);
    }
    let is_of_other = |other: &WonTotal| {
        let first = &input.won[0];
        // No rate can be given for what states no currency.
        let is_stated = |one: &WonTotal| one.currency != Currency::UNKNOWN.code();
        other.amount_kind == first.amount_kind
            && other.currency != first.currency
            && is_stated(first)
            && is_stated(other)
    };
    if input.won.iter().any(is_of_other) && currencies::rates(input).is_none() {
        advice.push(RATES);
    }
    advice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_missing_export_is_named_once() {
        let check = |formats: &[&str], expected: &[&str]| {
            let file = |format: &&str| (String::new(), (*format).to_owned(), 0, 0);
            let files = formats.iter().map(file).collect();
            let input = ReportInput { files, ..ReportInput::default() };
            assert_eq!(advice(&input), expected, "{formats:?}");
        };
        check(&[], &[ARCHIVE, CONTACTS, ENGAGERS]);
        check(&["linkedin-connections", "phantombuster-engagers"], &[SHARES, CONTACTS]);
        check(
            &["linkedin-shares", "hubspot-contacts", "phantombuster-engagers"],
            &[DEALS],
        );
        let all = ["linkedin-shares", "hubspot-contacts", "hubspot-deals", "x-engagers"];
        check(&all, &[]);
    }

    #[test]
    fn what_keeps_deals_and_leads_from_being_told_is_said() {
        let mut input = ReportInput::default();
        (input.counts.deals, input.counts.leads) = (3, 10);
        let of_nobody = |rows| vec![(String::new(), Some(NO_MEMBER.to_owned()), rows)];
        input.funnel = of_nobody(5);
        assert!(advice(&input).contains(&STAGES) && !advice(&input).contains(&MEMBERS));
        input.funnel = of_nobody(6);
        assert!(advice(&input).contains(&MEMBERS));
    }

    #[test]
    fn numbers_without_names_and_posts_without_impressions_are_said() {
        let mut input = ReportInput::default();
        input.counts.posts = 3;
        assert!(advice(&input).contains(&ANALYTICS));
        input.themes = vec![crate::store::ThemeLine {
            theme: None,
            posts: 3,
            reactions: Some(4),
            comments: None,
            leads: (0.0, 0.0),
            won_minor: (0, 0),
            verdict: None,
        }];
        assert!(advice(&input).contains(&NAMES) && !advice(&input).contains(&ENGAGERS));
        let read = (String::new(), "linkedin-top-posts".to_owned(), 0, 0);
        input.files = vec![read];
        assert!(!advice(&input).contains(&ANALYTICS));
    }
}
