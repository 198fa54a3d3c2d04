//! LinkedIn archives of all vintages, and lists of engagers.

use std::fmt::Write as _;

use super::verdicts;
use crate::network::{Network, formats};

const FILES: &str = "
    select name, format, encoding, delimiter, rows_read, rows_kept, rows_rejected
    from v_source_files";

const CONNECTIONS: &str = "
    select full_name, profile, email, company, position, connected_on
    from connections left join identities using (identity_id)
    order by full_name, place";

const POSTS: &str = "
    select post_urn, posted_at, theme, reactions, comments, shared_url, visibility, v_posts.text
    from v_posts left join shares on urn = post_urn group by post_urn order by post_urn";

const MESSAGES: &str = "
    select
        strftime('%F %T', sent_ms / 1000, 'unixepoch'), kind, sender.full_name, sender.profile,
        (
            select group_concat(coalesce(profile, full_name), ' + ' order by identity_id)
            from message_recipients join identities using (identity_id)
            where message_recipients.place = messages.place
        ),
        (
            select group_concat(urn, ' + ') from message_posts join post_names using (post_name_id)
            where message_posts.place = messages.place
        )
    from messages left join identities as sender on sender.identity_id = sender_id
    order by sent_ms, messages.place";

const COMMENTS: &str = "
    select strftime('%F %T', commented_ms / 1000, 'unixepoch'), urn, text
    from own_comments left join post_names using (post_name_id) order by place";

const INVITATIONS: &str = "
    select full_name, profile, sent_on, iif(is_incoming, 'incoming', 'outgoing')
    from invitations join identities using (identity_id) order by place";

const ENGAGEMENTS: &str = "
    select
        iif(kind, 'reaction', 'comment'), full_name, profile, linkedin_member_id, urn,
        strftime('%F %T', happened_ms / 1000, 'unixepoch'),
        strftime('%F %T', listed_ms / 1000, 'unixepoch')
    from engagements join identities using (identity_id) join post_names using (post_name_id)
    order by place";

const MEMBERS: &str = "select full_name, profile from members order by full_name";

const ALIASES: &str = "
    select post_aliases.urn, posts.urn, basis from post_aliases join posts using (post_id)
    where post_aliases.urn <> posts.urn order by 1";

const EXPORTS: &str =
    "select name, exported_on, member_number from exports order by name";

const REJECTIONS: &str = "select * from v_rejections";

fn golden(name: &str, paths: &[&str]) {
    let network = Network::of(paths);
    let mut text = String::new();
    for (title, sql) in [
        ("exports: name, day, member's number", EXPORTS),
        ("files: name, format, encoding, delimiter, rows, kept, rejected", FILES),
        ("members", MEMBERS),
        ("connections: name, profile, e-mail, company, position, since", CONNECTIONS),
        (
            "posts: name, posted, theme, reactions, comments, link, visibility, text",
            POSTS,
        ),
        ("other names of posts", ALIASES),
        ("messages: sent, kind, from, profile, to, posts", MESSAGES),
        ("own comments", COMMENTS),
        ("invitations", INVITATIONS),
        (
            "engagements: kind, who, profile, member id, post, happened, listed",
            ENGAGEMENTS,
        ),
        ("rejections: file, line, column, text, reason", REJECTIONS),
    ] {
        let rows = network.query(sql);
        if !rows.is_empty() {
            writeln!(text, "{title}\n{rows}").unwrap();
        }
    }
    insta::assert_snapshot!(name, text);
}

#[test]
fn an_archive_with_a_preamble_and_backslash_quotes() {
    golden("archive-2024", &["linkedin/archive-2024"]);
}

#[test]
fn an_archive_as_a_zip_with_wrapped_lines() {
    golden("archive-2026-06", &["linkedin/Complete_LinkedInDataExport_06-01-2026.zip"]);
}

#[test]
fn an_archive_with_suffixes_and_every_cell_quoted() {
    golden(
        "archive-2026-03",
        &["linkedin/vintages/Complete_LinkedInDataExport_03-31-2026"],
    );
}

#[test]
fn files_of_2018() {
    golden("older", &["linkedin/older"]);
}

#[test]
fn archives_of_2021_to_2025() {
    const VINTAGES: [&str; 4] = [
        "Basic_LinkedInDataExport_05-14-2021",
        "Complete_LinkedInDataExport_09-18-2022",
        "Basic_LinkedInDataExport_10-21-2023",
        "Basic_LinkedInDataExport_08-15-2025",
    ];
    for vintage in VINTAGES {
        golden(vintage, &[&format!("linkedin/vintages/{vintage}")]);
    }
}

#[test]
fn lists_of_engagers_and_labels() {
    golden("engagers", &["linkedin/engagers", "linkedin/themes.csv"]);
}

#[test]
fn short_lists_of_engagers() {
    golden("engagers-short", &["linkedin/vintages/engagers"]);
}

#[test]
fn everything_of_one_member_joins() {
    golden("all-of-daniel", &["linkedin"]);
}

#[test]
fn files_that_are_known_and_ignored_are_named_as_such() {
    let lines: Vec<String> = verdicts("linkedin")
        .iter()
        .map(|(name, what)| format!("{name}: {what}"))
        .collect();
    insta::assert_snapshot!("verdicts", lines.join("\n"));
}

#[test]
fn every_name_of_a_post_leads_to_it() {
    // As lists and analytics name the posts of the two archives.
    const NAMES: [(&str, &str); 13] = [
        ("urn:li:share:7159821007928994259", "urn:li:activity:7159821008950084809"),
        ("urn:li:ugcPost:7165597199278216991", "urn:li:activity:7165597199969324994"),
        ("urn:li:share:7170888489440249402", "urn:li:activity:7170888491388456038"),
        ("urn:li:ugcPost:7175981865620879511", "urn:li:activity:7175981868172295581"),
        ("urn:li:share:7180821291233280040", "urn:li:activity:7180821293474431829"),
        ("urn:li:share:7185205203078964997", "urn:li:activity:7185205203843630171"),
        ("urn:li:ugcPost:7193467291420575863", "urn:li:activity:7193467294226836575"),
        ("urn:li:share:7416027387073769473", "urn:li:activity:7416027387480903680"),
        ("urn:li:ugcPost:7424567488778420224", "urn:li:activity:7424567489747591168"),
        // It was scheduled: the numbers are 19 hours apart.
        ("urn:li:ugcPost:7429118035079901184", "urn:li:activity:7429411780963012608"),
        ("urn:li:share:7435428456625958914", "urn:li:activity:7435428457192476672"),
        ("urn:li:ugcPost:7437682711997186048", "urn:li:activity:7437682712450457600"),
        (
            "urn:li:groupPost:9354683-7439898509312135168",
            "urn:li:activity:7439898510293889024",
        ),
    ];
    let network = Network::new();
    let labels = NAMES.map(|(_, other)| format!("{other},other\n")).concat();
    let mut paths = formats(&[
        "linkedin/archive-2024",
        "linkedin/Complete_LinkedInDataExport_06-01-2026.zip",
        "linkedin/vintages/Complete_LinkedInDataExport_03-31-2026",
    ]);
    paths.push(network.write("labels.csv", format!("post,theme\n{labels}")));
    network.run(&paths);
    for (name, other) in NAMES {
        let sql = format!(
            "select posts.urn, theme from post_aliases join posts using (post_id)
             where post_aliases.urn = '{other}'"
        );
        assert_eq!(network.query(&sql), format!("{name} | other\n"));
    }
}

#[test]
fn the_shares_alone_tell_when_a_post_appeared() {
    let network = Network::of(&["linkedin/archive-2024/Shares.csv"]);
    assert_eq!(
        network
            .query("select post_urn, posted_at from v_posts order by posted_at limit 4"),
        "urn:li:share:7159821007928994259 | 2024-02-04T08:12:31.331Z\n\
         urn:li:ugcPost:7165597199278216991 | 2024-02-20T06:45:02.666Z\n\
         urn:li:share:7170888489440249402 | 2024-03-05T21:10:44.548Z\n\
         urn:li:ugcPost:7175981865620879511 | 2024-03-19T22:30:00.059Z\n"
    );
}

/// Messages of an archive without Profile.csv and invitations.
fn check_member(messages: &[(&str, &str, &str)], expected: &str) {
    let network = Network::new();
    let mut text =
        "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,\
                    SUBJECT,CONTENT,FOLDER,IS MESSAGE DRAFT\n"
            .to_owned();
    for (at, (sender, recipient, draft)) in messages.iter().enumerate() {
        let url = |slug: &str| format!("https://www.linkedin.com/in/{slug}");
        writeln!(
            text,
            "{at},{sender},{},{recipient},{},2024-05-0{} 09:00:00 UTC,,hello,INBOX,{draft}",
            url(sender),
            url(recipient),
            at + 1
        )
        .unwrap();
    }
    network.run(&[network.write("one/messages.csv", text)]);
    assert_eq!(network.query("select profile from members"), format!("{expected}\n"));
}

#[test]
fn who_writes_the_drafts_is_the_member() {
    check_member(&[("petra", "daniel", "No"), ("daniel", "petra", "Yes")], "daniel");
}

#[test]
fn who_takes_part_in_nearly_every_message_is_the_member() {
    check_member(
        &[("petra", "daniel", "No"), ("daniel", "tom", "No"), ("joel", "daniel", "No")],
        "daniel",
    );
}

#[test]
fn two_who_only_write_to_each_other_do_not_tell_whose_archive_it_is() {
    check_member(
        &[
            ("petra", "daniel", "No"),
            ("daniel", "petra", "No"),
            ("petra", "daniel", "No"),
        ],
        "-",
    );
}
