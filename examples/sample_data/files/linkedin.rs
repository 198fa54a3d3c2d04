//! Each member's copy of their LinkedIn data, in four vintages.

use std::{
    error::Error,
    io::{Cursor, Write as _},
};

use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    Files,
    story::{MEMBERS, Post, Sign, Story},
    text::{DAY, moment, quoted_row, row},
};

const SECONDS: &str = "%Y-%m-%d %H:%M:%S";
const NOTES: &str = "Notes:\n\"When exporting your connection data, you may notice that \
                     some of the email addresses are missing. Only addresses of \
                     connections who allow it are shown.\"\n\n";

/// Adds the archives: two as ZIPs, two unpacked, the last with a Basic one before it.
pub(crate) fn write(story: &Story, files: &mut Files) -> Result<(), Box<dyn Error>> {
    let whole = "Complete_LinkedInDataExport_01-05-2026";
    for (index, member) in MEMBERS.iter().enumerate() {
        let content = archive(story, index);
        let base = format!("linkedin/{}/{whole}", member.slug);
        if index % 2 == 0 {
            files.insert(format!("{base}.zip"), zipped(&content)?);
            continue;
        }
        for (name, text) in &content {
            files.insert(format!("{base}/{name}"), text.clone().into_bytes());
            let is_basic = ["Comments", "Reactions", "Shares", "SearchQueries"]
                .iter()
                .all(|activity| !name.starts_with(activity));
            if index == 3 && is_basic {
                let path = format!(
                    "linkedin/{}/Basic_LinkedInDataExport_01-04-2026/{name}",
                    member.slug
                );
                files.insert(path, text.clone().into_bytes());
            }
        }
    }
    Ok(())
}

fn zipped(content: &[(String, String)]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::from_date_and_time(2026, 1, 5, 9, 0, 0)?);
    for (name, text) in content {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

fn archive(story: &Story, index: usize) -> Vec<(String, String)> {
    let member = &MEMBERS[index];
    let activity = |name: &str| match index {
        0 => format!("{name}_{}.csv", member.number),
        _ => format!("{name}.csv"),
    };
    let profile = row(&[
        member.first,
        member.last,
        "",
        "",
        "",
        "Mortgage broker",
        "I read the whole file.",
        "Financial Services",
        "",
        "Harbour District",
        "",
        "[COMPANY:https://harbourside.example]",
        "",
    ]);
    vec![
        (
            "Profile.csv".to_owned(),
            "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,\
             Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n"
                .to_owned()
                + &profile,
        ),
        ("Connections.csv".to_owned(), connections(story, index)),
        (activity("Shares"), shares(story, index)),
        (activity("Comments"), comments(story, index)),
        (activity("Reactions"), reactions(story, index)),
        ("messages.csv".to_owned(), messages(story, index)),
        ("Invitations.csv".to_owned(), invitations(story, index)),
        (
            "Email Addresses.csv".to_owned(),
            format!(
                "Email Address,Confirmed,Primary,Updated On\n{}@harbourside.example,Yes,Yes,\
                 \"3/1/24, 10:00 AM\"\n",
                member.first.to_lowercase()
            ),
        ),
        (
            "Positions.csv".to_owned(),
            "Company Name,Title,Description,Location,Started On,Finished On\nHarbourside \
             Home Loans,Mortgage broker,,Harbour District,Mar 2015,\n"
                .to_owned(),
        ),
        (
            "Ad_Targeting.csv".to_owned(),
            "Member Age,Company Names,Company Names,Job Titles,Job Titles\n35-54,Harbourside \
             Home Loans,,Broker; Advisor,\n"
                .to_owned(),
        ),
        (
            "SearchQueries.csv".to_owned(),
            "Time,Search Query\n2025/02/01 15:02:55 UTC,fixed rate history\n".to_owned(),
        ),
    ]
}

fn connections(story: &Story, index: usize) -> String {
    let mut text = NOTES.to_owned()
        + "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
    for (number, person) in story.persons.iter().enumerate() {
        let (Some(at), true) = (person.connected_ms, person.member == index) else {
            continue;
        };
        let email = if number % 5 == 0 { person.email() } else { String::new() };
        let day = moment(at, "%d %b %Y");
        let url = person.url();
        let (first, last) = (person.first, person.last);
        text += &row(&[first, last, &url, &email, &person.company, person.role, &day]);
    }
    text + ",,,,,,15 Jan 2020"
}

fn shares(story: &Story, index: usize) -> String {
    let mut text =
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n".to_owned();
    let mut posts: Vec<&Post> =
        story.posts.iter().filter(|post| post.member == index).collect();
    posts.sort_by_key(|post| -post.share_ms);
    for post in posts {
        let link = format!(
            "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{}",
            post.share()
        );
        // One vintage wraps every line break in quotes.
        let words = match index {
            2 => post.text.replace('\n', "\"\n\""),
            _ => post.text.clone(),
        };
        let at = moment(post.share_ms, SECONDS);
        text += &row(&[&at, &link, &words, &post.link, "", "MEMBER_NETWORK"]);
    }
    text
}

fn comments(story: &Story, index: usize) -> String {
    let mut text = "Date,Link,Message\n".to_owned();
    for post in story.posts.iter().filter(|post| post.member == index).step_by(5) {
        let line = format!(
            "{},https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A{},\"As we say \
             at the desk: \\\"read it twice\\\".\n\nThank you all.\"\n",
            moment(post.share_ms + DAY, SECONDS),
            post.activity
        );
        text += &line;
    }
    text
}

fn reactions(story: &Story, index: usize) -> String {
    let mut text = "Date,Type,Link\n".to_owned();
    for post in story.posts.iter().filter(|post| post.member != index).step_by(6) {
        let line = format!(
            "{},LIKE,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A{}\n",
            moment(post.share_ms + DAY / 4, SECONDS),
            post.activity
        );
        text += &line;
    }
    text
}

fn messages(story: &Story, index: usize) -> String {
    let header = [
        "CONVERSATION ID",
        "CONVERSATION TITLE",
        "FROM",
        "SENDER PROFILE URL",
        "TO",
        "RECIPIENT PROFILE URLS",
        "DATE",
        "SUBJECT",
        "CONTENT",
        "FOLDER",
        "ATTACHMENTS",
        "IS MESSAGE DRAFT",
        "IS CONVERSATION DRAFT",
    ];
    let line = if index == 0 { quoted_row } else { row };
    let width = if index == 1 { 11 } else { header.len() };
    let mut text = line(&header[..width]);
    let member = &MEMBERS[index];
    for (number, lead) in story.leads.iter().enumerate() {
        let person = &story.persons[lead.person];
        let (Some(post), Sign::Message) = (lead.post, lead.sign) else { continue };
        if person.member != index {
            continue;
        }
        let post = &story.posts[post];
        let words = format!(
            "Hi {},\nI read https://www.linkedin.com/posts/{}_home-activity-{}-Qx1a?utm_source=share\nCould you look at our case?",
            member.first, member.slug, post.activity
        );
        let asked_ms = post.share_ms.midpoint(lead.created_ms);
        let day = "%Y-%m-%d %H:%M:%S UTC";
        let id = format!("2-{number:04}==");
        let (name, url) = (person.name(), person.url());
        let (own, own_url) = (member.name(), member.url());
        let asked = [
            id.as_str(),
            "",
            &name,
            &url,
            &own,
            &own_url,
            &moment(asked_ms, day),
            "",
            &words,
            "INBOX",
            "",
            "No",
            "No",
        ];
        text += &line(&asked[..width]);
        let answered = [
            id.as_str(),
            "",
            &own,
            &own_url,
            &name,
            &url,
            &moment(asked_ms + 7_200_000, day),
            "",
            "Gladly. Tomorrow at ten?",
            "INBOX",
            "",
            "No",
            "No",
        ];
        text += &line(&answered[..width]);
    }
    text
}

fn invitations(story: &Story, index: usize) -> String {
    let mut text =
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
            .to_owned();
    let member = &MEMBERS[index];
    for lead in &story.leads {
        let person = &story.persons[lead.person];
        let (Some(at), true) = (person.connected_ms, lead.sign == Sign::NewConnection)
        else {
            continue;
        };
        if person.member == index {
            let sent = moment(at - 3_600_000, "%-m/%-d/%y, %-I:%M %p");
            let (name, own) = (person.name(), member.name());
            let (url, own_url) = (person.url(), member.url());
            text += &row(&[&name, &own, &sent, "", "INCOMING", &url, &own_url]);
        }
    }
    text
}
