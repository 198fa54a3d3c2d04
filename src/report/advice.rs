//! What is missing for an answer, and how to get it.

use super::{
    answer::{is_all_rejected, lost},
    currencies, money,
    words::listed,
};
use crate::{
    analyze::{NO_MEMBER, UNDATED},
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

const UNREAD: &str = "Export the files again, or mend them as rejections.csv says, and run again \
                      with them.";

const AMOUNTS: &str = "Of the won deals no amount was read. Export the amount, or name its column \
                       under [columns] in touchstone.toml; rejections.csv lists amounts that \
                       could not be read.";

const BUYERS: &str = "Of most won deals no buyer is known, so they are credited to nobody. Export \
                      deals with their contacts (HubSpot: with associations), or contacts with \
                      the ids of their deals.";

const RATES: &str = "Deals were won in several currencies, which are never added up without \
                     exchange rates. Give them under [exchange-rates] in touchstone.toml.";

const STAGES: &str = "No deal was won, as far as the CRM's words for stages tell. \
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
pub(super) fn advice(input: &ReportInput) -> Vec<String> {
    if is_all_rejected(input) {
        return vec![UNREAD.to_owned()];
    }
    let mut advice: Vec<String> =
        of_exports(input).into_iter().map(str::to_owned).collect();
    advice.extend(small_archives(input));
    advice.extend(of_results(input).into_iter().map(str::to_owned));
    advice.extend(undated(input));
    advice
}

/// Exports that are missing.
fn of_exports(input: &ReportInput) -> Vec<&'static str> {
    let has = |wanted: &dyn Fn(&str) -> bool| {
        input.files.iter().any(|(_, format, ..)| wanted(format))
    };
    let mut advice = Vec::new();
    if !has(&|format| format.starts_with("linkedin-")) {
        advice.push(ARCHIVE);
    } else if !has_posts(input) {
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
    advice
}

/// Whether an export holds any posts of a member.
fn has_posts(input: &ReportInput) -> bool {
    input.files.iter().any(|(_, format, ..)| format == "linkedin-shares")
}

/// Members of whom the small archive alone was read, beside others.
fn small_archives(input: &ReportInput) -> Option<String> {
    const MOST_NAMES: usize = 5;
    let names = &input.without_posts;
    if names.is_empty() || input.counts.posts == 0 || !has_posts(input) {
        return None;
    }
    let mut told: Vec<String> = names.iter().take(MOST_NAMES).cloned().collect();
    let others = i64::try_from(names.len() - told.len()).unwrap_or(i64::MAX);
    if 0 < others {
        told.push(money::counted(others, "other", "others"));
    }
    Some(format!(
        "Of {} of {} ({}) no post was read. An archive without Shares.csv is the small one that \
         comes first: wait for the larger download, which holds the posts, and run again with \
         both.",
        names.len(),
        money::counted(input.counts.members, "member", "members"),
        listed(&told)
    ))
}

/// What the exports that were read do not tell.
fn of_results(input: &ReportInput) -> Vec<&'static str> {
    let (mut advice, counts) = (Vec::new(), &input.counts);
    if 0 < counts.deals && input.won.is_empty() {
        advice.push(if 0 < counts.won_without_amount { AMOUNTS } else { STAGES });
    }
    if counts.leads < lost(input, NO_MEMBER) * 2 {
        advice.push(MEMBERS);
    }
    let won = |of: fn(&WonTotal) -> i64| input.won.iter().map(of).sum::<i64>();
    if won(|one| one.deals) < won(|one| one.unjoined) * 2 {
        advice.push(BUYERS);
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

/// What most leads or won deals lack: the day from which one looks back.
fn undated(input: &ReportInput) -> Option<String> {
    let won = |of: fn(&WonTotal) -> i64| input.won.iter().map(of).sum::<i64>();
    let of_leads = input.counts.leads < lost(input, UNDATED) * 2;
    let of_deals = won(|one| one.deals) < won(|one| one.undated) * 2;
    let which = match (of_leads, of_deals) {
        (false, false) => return None,
        (true, false) => "leads",
        (false, true) => "won deals",
        (true, true) => "leads and won deals",
    };
    Some(format!(
        "Of most {which} no creation date was read, so what these people liked before counts for \
         nothing. Export them with the day they were created (HubSpot: Create Date), or name the \
         column under [columns] in touchstone.toml; rejections.csv lists dates that could not be \
         read."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(input: &ReportInput, sentence: &str) -> bool {
        advice(input).iter().any(|own| own == sentence)
    }

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
        assert!(says(&input, STAGES) && !says(&input, MEMBERS));
        input.funnel = of_nobody(6);
        assert!(says(&input, MEMBERS));
        input.counts.won_without_amount = 3;
        assert!(says(&input, AMOUNTS) && !says(&input, STAGES));
        let won = WonTotal { deals: 3, unjoined: 1, ..WonTotal::default() };
        input.won = vec![won];
        assert!(!says(&input, BUYERS) && !says(&input, AMOUNTS));
        input.won[0].unjoined = 2;
        assert!(says(&input, BUYERS));
    }

    #[test]
    fn leads_and_deals_without_a_day_are_said() {
        let of_most = |undated_leads, undated_deals| {
            let won =
                WonTotal { deals: 4, undated: undated_deals, ..WonTotal::default() };
            let mut input = ReportInput { won: vec![won], ..ReportInput::default() };
            input.counts.leads = 4;
            input.funnel = vec![(String::new(), Some(UNDATED.to_owned()), undated_leads)];
            let told = undated(&input)?;
            Some(told.split_once(" no creation date")?.0.to_owned())
        };
        assert_eq!(of_most(2, 2), None);
        assert_eq!(of_most(3, 2).as_deref(), Some("Of most leads"));
        assert_eq!(of_most(0, 3).as_deref(), Some("Of most won deals"));
        assert_eq!(of_most(4, 4).as_deref(), Some("Of most leads and won deals"));
    }

    #[test]
    fn members_of_whom_no_post_was_read_are_named() {
        let file = |format: &str| (String::new(), format.to_owned(), 0, 0);
        let mut input = ReportInput::default();
        input.counts.members = 9;
        input.without_posts = vec!["Tomas Brandt".to_owned()];
        input.files = vec![file("linkedin-connections")];
        assert_eq!(small_archives(&input), None);
        assert!(says(&input, SHARES));
        input.files.push(file("linkedin-shares"));
        assert_eq!(small_archives(&input), None);
        input.counts.posts = 5;
        let told = small_archives(&input).unwrap();
        assert!(told.starts_with("Of 1 of 9 members (Tomas Brandt) no post was read. "));
        input.without_posts =
            ["a", "b", "c", "d", "e", "f", "g"].map(str::to_owned).into();
        let told = small_archives(&input).unwrap();
        assert!(
            told.starts_with("Of 7 of 9 members (a, b, c, d, e and 2 others) no post ")
        );
    }

    #[test]
    fn where_no_file_could_be_read_no_other_export_is_asked_for() {
        let mut input = ReportInput::default();
        input.counts.rejections = 3;
        assert_eq!(advice(&input), [UNREAD]);
    }

    #[test]
    fn numbers_without_names_and_posts_without_impressions_are_said() {
        let mut input = ReportInput::default();
        input.counts.posts = 3;
        assert!(says(&input, ANALYTICS));
        input.themes = vec![crate::store::ThemeLine {
            theme: None,
            posts: 3,
            reactions: Some(4),
            comments: None,
            leads: (0.0, 0.0),
            won_minor: (0, 0),
            verdict: None,
        }];
        assert!(says(&input, NAMES) && !says(&input, ENGAGERS));
        let read = (String::new(), "linkedin-top-posts".to_owned(), 0, 0);
        input.files = vec![read];
        assert!(!says(&input, ANALYTICS));
    }
}
