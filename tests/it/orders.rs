//! Exports that overlap or disagree give the same tables in any order and number of runs.

use std::path::PathBuf;

use crate::network::Network;

/// Names and contents of files; those of one folder are one export.
type Files<'a> = &'a [(&'a str, String)];

/// What a query gives after one run over all, and after a run a file in some orders.
fn check(files: Files<'_>, sql: &str, expected: &str) {
    let paths = |network: &Network| -> Vec<PathBuf> {
        files.iter().map(|(name, text)| network.write(name, text)).collect()
    };
    let network = Network::new();
    network.run(&paths(&network));
    assert_eq!(network.query(sql), expected, "in one run");
    for turn in 0..files.len() * 2 {
        let network = Network::new();
        let mut paths = paths(&network);
        paths.rotate_left(turn / 2);
        if turn % 2 == 1 {
            paths.reverse();
        }
        for at in 0..paths.len() {
            network.run(&paths[at..=at]);
        }
        assert_eq!(network.query(sql), expected, "in turn {turn}");
    }
}

#[test]
fn what_was_put_back_counts_again() {
    let deals = |amount| {
        "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date\n\
         1,Home,Closed won,{},AUD,2024-05-01 10:00,2024-04-01 10:00\n"
            .replace("{}", amount)
    };
    let exports = [
        ("hubspot-deals-2024-06-01.csv", deals("100")),
        ("hubspot-deals-2024-06-02.csv", deals("200")),
        ("hubspot-deals-2024-06-03.csv", deals("100")),
    ];
    let amount = "select amount_minor from v_deals";
    check(&exports, amount, "10000\n");
    check(&exports[..2], amount, "20000\n");
    let label =
        |theme: &str| format!("post,theme\nurn:li:share:7159821007928994259,{theme}\n");
    let labels = [
        ("themes-2024-06-01.csv", label("learning")),
        ("themes-2024-06-02.csv", label("personal")),
        ("copy of themes-2024-06-03.csv", label("learning")),
        (
            "shares.csv",
            "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n\
            2024-02-04 08:12:31,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A\
            7159821007928994259,A day,,,PUBLIC\n"
                .to_owned(),
        ),
    ];
    check(&labels, "select theme from v_posts", "learning\n");
}

/// A folder to which a day's folder is added before each run.
#[test]
fn archives_of_one_day_are_as_new_as_the_folders_that_they_lie_in() {
    let nights = |days: &[(&str, &str)]| {
        let network = Network::new();
        for (day, text) in days {
            let share = format!(
                "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n\
                 2024-05-02 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A\
                 7159821007928994259,{text},,,MEMBER_NETWORK\n"
            );
            let name = format!("in/{day}/Basic_LinkedInDataExport_05-31-2024/Shares.csv");
            let path = network.write(&name, share);
            network.run(&[path.ancestors().nth(3).unwrap().to_owned()]);
        }
        network.query("select text from v_posts")
    };
    let [first, second, third] =
        [("2024-06-01", "One"), ("2024-07-01", "Two"), ("2024-08-01", "One")];
    for order in [[first, second, third], [third, second, first], [second, third, first]]
    {
        assert_eq!(nights(&order), "One\n", "{order:?}");
    }
}

#[test]
fn archives_of_two_members_may_be_called_the_same() {
    let columns = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,\
                   Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers";
    let profile = |name: &str| format!("{columns}\n{name},Oak,,,,Broker,,,,,,,\n");
    let shares = |urn: u64| {
        format!(
            "Date,ShareLink,ShareCommentary\n2024-02-05 10:00:00,\
             https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{urn},A line\n"
        )
    };
    let network = Network::new();
    let name = "Complete_LinkedInDataExport_01-05-2026";
    let archive = |who: &str, urn: u64| {
        let below = |file: &str| format!("{who}/{name}/{file}");
        let files = [
            network.write(&below("Profile.csv"), profile(who)),
            network.write(&below("Shares.csv"), shares(urn)),
        ];
        (files[0].parent().unwrap().to_path_buf(), files)
    };
    let (ann, files_of_ann) = archive("Ann", 7_159_821_007_928_994_259);
    let (bob, files_of_bob) = archive("Bob", 7_159_821_007_928_994_260);
    let told = "select member from v_posts order by member";
    let expected = "Ann Oak\nBob Oak\n";
    for paths in [[ann, bob].to_vec(), [files_of_ann, files_of_bob].concat()] {
        let network = Network::new();
        network.run(&paths);
        assert_eq!(network.query(told), expected, "{paths:?}");
    }
}

/// A table of text: the header, and the rows.
fn table(header: &str, rows: &[&str]) -> String {
    let lines = [header].into_iter().chain(rows.iter().copied());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

const CONTACTS: &str = "Record ID,First Name,Last Name,Email,Create Date,Last Modified \
                        Date,Lifecycle Stage,Merged object IDs,Additional email addresses";

#[test]
fn of_records_that_are_merged_into_each_other_the_newer_export_tells_which_stays() {
    let old = "1,Ana,Oak,ana@oak.example,2024-03-01 09:00,2024-05-01 09:00,Lead,2,";
    let new = "2,Ana,Oak,ana@oak.example,2024-03-01 09:00,2024-09-01 09:00,Customer,1,";
    let files =
        [("old.csv", table(CONTACTS, &[old])), ("new.csv", table(CONTACTS, &[new]))];
    check(&files, "select remote_id, status from v_leads", "2 | qualified\n");
}

#[test]
fn another_address_that_three_people_share_tells_nobody() {
    let three = [
        "1,Ana,Oak,desk@oak.example,2024-03-01 09:00,2024-05-01 09:00,Lead,,",
        "2,Bo,Elm,desk@oak.example,2024-03-01 09:00,2024-05-01 09:00,Lead,,",
        "3,Cy,Ash,desk@oak.example,2024-03-01 09:00,2024-05-01 09:00,Lead,,",
    ];
    let other = "4,Dee,Yew,dee@yew.example,2024-03-01 09:00,2024-05-01 09:00,Lead,,desk@oak.example";
    let row = "https://www.linkedin.com/in/dee-yew,Dee Yew,Dee,Clerk,LIKE,,\
               https://www.linkedin.com/feed/update/urn:li:share:7159821007928994259,\
               2024-02-05T10:00:00Z";
    let liker = "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp";
    let with_profile = "Record ID,First Name,Last Name,Email,LinkedIn URL,Create Date";
    let dee =
        "4,Dee,Yew,dee@yew.example,https://www.linkedin.com/in/dee-yew,2024-03-01 09:00";
    let files = [
        ("a.csv", table(CONTACTS, &three[..1])),
        ("b.csv", table(CONTACTS, &three[1..2])),
        ("c.csv", table(CONTACTS, &three[2..])),
        ("d.csv", table(CONTACTS, &[other])),
        ("e.csv", table(with_profile, &[dee])),
        ("f.csv", table(liker, &[row])),
    ];
    check(
        &files,
        "select lead_remote_id from v_touches where post_urn is not null",
        "4\n",
    );
}

const SHARES: &str = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility";
const MESSAGES: &str = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,\
                        RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS \
                        MESSAGE DRAFT,IS CONVERSATION DRAFT";

#[test]
fn a_message_that_names_one_post_under_two_names_is_one_touch() {
    let network = Network::new();
    let share = "2024-02-04 08:12:31,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare\
                 %3A7159821007928994259,Words,,,PUBLIC";
    let message = "2-1,,Mira Castellano,https://www.linkedin.com/in/mira-castellano,Petra \
                   Okonjo,https://www.linkedin.com/in/petra-okonjo,2024-02-06 01:00:00 UTC,,\
                   https://www.linkedin.com/feed/update/urn:li:share:7159821007928994259 and \
                   https://www.linkedin.com/feed/update/urn:li:activity:7159821010000000001,\
                   INBOX,,No,No";
    let contact = "1,Mira,Castellano,https://www.linkedin.com/in/mira-castellano,2024-03-01 \
                   09:00,m@c.example";
    let paths = [
        network.write("archive/Shares.csv", table(SHARES, &[share])),
        network.write("archive/messages.csv", table(MESSAGES, &[message])),
        network.write(
            "contacts.csv",
            table(
                "Record ID,First Name,Last Name,LinkedIn URL,Create Date,Email",
                &[contact],
            ),
        ),
    ];
    network.run(&paths);
    assert_eq!(
        network.query("select post_urn, kind from v_touches"),
        "urn:li:share:7159821007928994259 | message\n"
    );
}

const LEAD: &str = "Id,IsDeleted,FirstName,LastName,Company,Email,LeadSource,Status,OwnerId,\
                    CreatedDate,SystemModstamp";
const USER: &str = "Id,Username,FirstName,LastName,Email,IsActive";
const CAMPAIGN: &str = "Id,IsDeleted,Name,Type,IsActive";
const ANSWERED: &str = "Id,IsDeleted,CampaignId,LeadId,ContactId,HasResponded,CreatedDate,\
                        FirstRespondedDate";

#[test]
fn a_campaign_that_two_exports_say_was_answered_is_one_source() {
    let answered = "00v5g00000MeMb1AAF,0,7015g00000CaMp1AAF,00Q5g00000Lead1EAB,\
                    000000000000000AAA,1,2024-06-03 01:15:00,2024-06-03 00:00:00";
    let lead = "00Q5g00000Lead1EAB,0,Ana,Oak,Oak Co,ana@oak.example,,Open,\
                0055g00000UserAAAR,2024-06-03 01:14:00,2025-02-01 04:00:00";
    let named =
        |name: &str| table(CAMPAIGN, &[&format!("7015g00000CaMp1AAF,0,{name},Social,1")]);
    let link = "https://www.linkedin.com/feed/update/urn:li:share:7159821007928994259";
    let liker = "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp";
    let other = format!(
        "https://www.linkedin.com/in/bo-elm,Bo Elm,Bo,Clerk,LIKE,,{link},2024-02-05T10:00:00Z"
    );
    let files = [
        ("likers.csv", table(liker, &[&other])),
        ("one/Lead.csv", table(LEAD, &[lead])),
        ("one/Campaign.csv", named(link)),
        ("one/CampaignMember.csv", table(ANSWERED, &[answered])),
        ("two/CampaignMember.csv", table(ANSWERED, &[answered, ""])),
    ];
    check(
        &files,
        "select post_urn, kind from v_touches",
        "urn:li:share:7159821007928994259 | tracked_link\n",
    );
}

#[test]
fn a_user_whom_two_exports_name_otherwise_bears_one_name_in_any_order() {
    let lead = "00Q5g00000Lead1EAB,0,Ana,Oak,Oak Co,ana@oak.example,,Open,\
                0055g00000UserAAAR,2024-06-03 01:14:00,2025-02-01 04:00:00";
    let user = |name: &str| {
        table(USER, &[&format!("0055g00000UserAAAR,u@x.example,{name},u@x.example,1")])
    };
    let profile = |name: &str| {
        let header = "First Name,Last Name,Headline,Summary";
        table(header, &[&format!("{name},Broker,Words")])
    };
    let members: Vec<String> = [[0, 1], [1, 0]]
        .into_iter()
        .map(|order| {
            let network = Network::new();
            network.run(&[
                network.write("one/Lead.csv", table(LEAD, &[lead])),
                network.write("tess/Profile.csv", profile("Tess,Okonjo")),
                network.write("pavel/Profile.csv", profile("Pavel,Rusk")),
            ]);
            let users = [
                network.write("one/User.csv", user("Tess,Okonjo")),
                network.write("two/User.csv", user("Pavel,Rusk")),
            ];
            for at in order {
                network.run(&users[at..=at]);
            }
            network.query("select member from v_leads")
        })
        .collect();
    assert_eq!(members[0], members[1]);
    assert_ne!(members[0], "-\n");
}

#[test]
fn a_price_stays_where_a_newer_export_has_no_amounts() {
    let old = "7,Mill,Won,\"300,000.00\",EUR,2025-01-01,2025-01-02 09:00";
    let new = "7,Mill,Won,2025-01-01,2025-02-02 09:00";
    let header =
        "Deal ID,Deal Name,Status,Purchase Price,Currency,Closed Date,Modified Date";
    let files = [
        ("old.csv", table(header, &[old])),
        ("new.csv", table("Deal ID,Deal Name,Status,Closed Date,Modified Date", &[new])),
    ];
    let sql = "select amount_minor, amount_kind from v_deals";
    check(&files, sql, "30000000 | property_price\n");
}
