//! What is missing for an answer, and how to get it.

use super::{
    answer::{has_empty_shares, is_all_rejected, lost, shares},
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
const SHARES: &str = "No Shares.csv was read, which holds the posts. An archive without it is the \
                      small one that comes first: wait for the larger download, and run again \
                      with both.";
const NO_POSTS: &str = "Shares.csv was read and holds no post. If the member has posted, ask \
                        LinkedIn for the larger archive again, and run again with it.";
const CONNECTIONS: &str = "No Connections.csv was read, which tells who could read the posts. Put \
                           in the whole archive, as LinkedIn gives it.";
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

/// What archives hold, and no other export of LinkedIn.
const OF_ARCHIVES: &[Record] = &[
    Record::Article,
    Record::Connection,
    Record::EmailAddress,
    Record::GivenReaction,
    Record::Invitation,
    Record::Message,
    Record::OwnComment,
    Record::Position,
    Record::Profile,
    Record::Share,
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
    advice.extend(without_buyer(input));
    advice.extend(undated(input));
    advice
}

/// Exports that are missing.
fn of_exports(input: &ReportInput) -> Vec<&'static str> {
    let has = |wanted: &dyn Fn(&str) -> bool| {
        input.files.iter().any(|(_, format, ..)| wanted(format))
    };
    let mut advice = Vec::new();
    let holds = |wanted: &[Record]| {
        has(&|name| {
            let format = FORMATS.iter().find(|format| format.name == name);
            format.and_then(|one| one.record()).is_some_and(|one| wanted.contains(&one))
        })
    };
    let counts = &input.counts;
    if !holds(OF_ARCHIVES) {
        advice.push(ARCHIVE);
    } else if !has_posts(input) {
        advice.push(SHARES);
    } else if has_empty_shares(input) {
        advice.push(NO_POSTS);
    }
    if holds(OF_ARCHIVES) && !holds(&[Record::Connection]) {
        advice.push(CONNECTIONS);
    }
    // Formats of the user's own are none of the registry's: what they gave is counted.
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

/// Whether an export lists the posts of a member.
fn has_posts(input: &ReportInput) -> bool {
    shares(input).next().is_some()
}

/// Members of whom the small archive alone was read, beside others.
fn small_archives(input: &ReportInput) -> Option<String> {
    const MOST_NAMES: usize = 5;
    let names = &input.without_posts;
    if names.is_empty()
        || input.counts.posts == 0
        || !has_posts(input)
        || has_empty_shares(input)
    {
        return None;
    }
    let mut told: Vec<String> = names.iter().take(MOST_NAMES).cloned().collect();
    let others = i64::try_from(names.len() - told.len()).unwrap_or(i64::MAX);
    if 0 < others {
        told.push(money::counted(others, "other", "others"));
    }
    let empty = if shares(input).any(|rows| rows == 0) {
        " One whose Shares.csv has no rows holds no post."
    } else {
        ""
    };
    Some(format!(
        "Of {} of {} ({}) no post was read. An archive without Shares.csv is the small one that \
         comes first: wait for the larger download, which holds the posts, and run again with \
         both.{empty}",
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

/// Won deals of which nobody is known.
fn without_buyer(input: &ReportInput) -> Option<String> {
    let unjoined = won(input, |one| one.unjoined);
    let deals = won(input, |one| one.deals);
    (deals < unjoined * 2).then(|| {
        format!(
            "Of {} no buyer is known, so that no post can be credited with them. Export deals \
             with their contacts (HubSpot: with associations), or contacts with the ids of \
             their deals, and the contacts themselves.",
            money::part(unjoined, deals, "won deal", "won deals")
        )
    })
}

/// What more than a few leads or won deals lack: the day from which one looks back.
fn undated(input: &ReportInput) -> Option<String> {
    const FEW_IN: i64 = 10;
    let (leads, undated_leads) = (input.counts.leads, lost(input, UNDATED));
    let (deals, undated_deals) =
        (won(input, |one| one.deals), won(input, |one| one.undated));
    let which = [
        (undated_leads, leads, ["lead", "leads"]),
        (undated_deals, deals, ["won deal", "won deals"]),
    ];
    let which: Vec<String> = which
        .into_iter()
        .filter(|(undated, all, _)| *all < undated * FEW_IN)
        .map(|(undated, all, [one, many])| money::part(undated, all, one, many))
        .collect();
    (!which.is_empty()).then(|| {
        format!(
            "Of {} no creation date was read, so what these people liked before counts for \
             nothing. Export them with the day they were created (HubSpot: Create Date), or \
             name the column under [columns] in touchstone.toml; rejections.csv lists dates \
             that could not be read.",
            listed(&which)
        )
    })
}

/// Won deals of all currencies and kinds of amount, of some sort.
fn won(input: &ReportInput, of: fn(&WonTotal) -> i64) -> i64 {
    input.won.iter().map(of).sum()
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
            assert_eq!(of_exports(&input), expected, "{formats:?}");
        };
        check(&[], &[ARCHIVE, CONTACTS, ENGAGERS]);
        check(&["linkedin-connections", "phantombuster-engagers"], &[SHARES, CONTACTS]);
        check(&["linkedin-connections"], &[SHARES, CONTACTS, ENGAGERS]);
        check(&["phantombuster-engagers"], &[ARCHIVE, CONTACTS]);
        check(&["hubspot-contacts", "hubspot-deals"], &[ARCHIVE, ENGAGERS]);
        // Analytics and lead forms are of LinkedIn, and of no archive.
        check(&["linkedin-top-posts"], &[ARCHIVE, CONTACTS, ENGAGERS]);
        check(
            &["linkedin-shares", "hubspot-contacts", "phantombuster-engagers"],
            &[NO_POSTS, CONNECTIONS, DEALS],
        );
        check(&["linkedin-messages"], &[SHARES, CONNECTIONS, CONTACTS, ENGAGERS]);
        let all = [
            "linkedin-connections",
            "linkedin-shares",
            "hubspot-contacts",
            "hubspot-deals",
            "x-engagers",
        ];
        check(&all, &[NO_POSTS]);
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
        assert!(without_buyer(&input).is_none() && !says(&input, AMOUNTS));
        input.won[0].unjoined = 2;
        assert!(
            without_buyer(&input).unwrap().starts_with("Of 2 of 3 won deals no buyer ")
        );
        input.won[0].unjoined = 3;
        assert!(
            without_buyer(&input).unwrap().starts_with("Of all 3 won deals no buyer ")
        );
    }

    #[test]
    fn leads_and_deals_without_a_day_are_said() {
        let of = |undated_leads, undated_deals| {
            let won =
                WonTotal { deals: 10, undated: undated_deals, ..WonTotal::default() };
            let mut input = ReportInput { won: vec![won], ..ReportInput::default() };
            input.counts.leads = 20;
            input.funnel = vec![(String::new(), Some(UNDATED.to_owned()), undated_leads)];
            let told = undated(&input)?;
            Some(told.split_once(" no creation date")?.0.to_owned())
        };
        assert_eq!(of(2, 1), None);
        assert_eq!(of(3, 1).as_deref(), Some("Of 3 of 20 leads"));
        assert_eq!(of(0, 2).as_deref(), Some("Of 2 of 10 won deals"));
        assert_eq!(of(20, 9).as_deref(), Some("Of all 20 leads and 9 of 10 won deals"));
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
        input.files.push((String::new(), "linkedin-shares".to_owned(), 7, 0));
        assert_eq!(small_archives(&input), None);
        input.counts.posts = 5;
        let told = small_archives(&input).unwrap();
        assert!(told.ends_with(" with both."));
        assert!(told.starts_with("Of 1 of 9 members (Tomas Brandt) no post was read. "));
        input.without_posts =
            ["a", "b", "c", "d", "e", "f", "g"].map(str::to_owned).into();
        let told = small_archives(&input).unwrap();
        assert!(
            told.starts_with("Of 7 of 9 members (a, b, c, d, e and 2 others) no post ")
        );
        input.files.push(file("linkedin-shares"));
        let told = small_archives(&input).unwrap();
        assert!(told.ends_with(" One whose Shares.csv has no rows holds no post."));
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
