//! Lists of people who reacted or commented, in an older and a newer layout.

use std::fmt::Write as _;

use super::{
    Files,
    story::{Engaged, MEMBERS, Story},
    text::{moment, row},
};

const LISTED: &str = "2026-01-04T10:00:00.000Z";
const OLD: &str = "profileLink,fullName,firstName,lastName,occupation,degree,hasLiked,\
                   reactionType,hasCommented,comments,postUrl,postsUrl,timestamp\n";
const LIKERS: &str =
    "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp\n";
const COMMENTERS: &str = "profileUrl,fullName,occupation,comment,commentUrl,commentDate,\
                          postUrl,timestamp\n";

/// Adds the lists of all members.
pub(crate) fn write(story: &Story, files: &mut Files) {
    for (index, member) in MEMBERS.iter().enumerate() {
        let theirs = || {
            story.engaged.iter().filter(move |one| story.posts[one.post].member == index)
        };
        let path = |kind: &str| format!("engagement/{}-{kind}.csv", member.slug);
        if index < 2 {
            let rows: String = theirs().map(|one| old(story, one)).collect();
            files.insert(path("engagers"), (OLD.to_owned() + &rows).into_bytes());
            continue;
        }
        let mut likers = LIKERS.to_owned();
        let mut commenters = COMMENTERS.to_owned();
        for one in theirs() {
            match one.comment {
                Some(comment) => commenters += &commenter(story, one, comment),
                None => likers += &liker(story, one),
            }
        }
        files.insert(path("likers"), likers.into_bytes());
        files.insert(path("commenters"), commenters.into_bytes());
    }
}

fn reaction(one: &Engaged) -> &'static str {
    ["LIKE", "LIKE", "LIKE", "EMPATHY", "PRAISE"][one.person % 5]
}

fn old(story: &Story, one: &Engaged) -> String {
    let person = &story.persons[one.person];
    let has_liked = one.comment.is_none();
    let url = story.posts[one.post].activity_url();
    row(&[
        &person.url(),
        &person.name(),
        person.first,
        person.last,
        &format!("{} at {}", person.role, person.company),
        "1st",
        if has_liked { "true" } else { "" },
        if has_liked { reaction(one) } else { "" },
        if has_liked { "" } else { "true" },
        one.comment.unwrap_or(""),
        &url,
        "",
        LISTED,
    ])
}

fn liker(story: &Story, one: &Engaged) -> String {
    let person = &story.persons[one.person];
    let url = story.posts[one.post].activity_url();
    let title = format!("{} at {}", person.role, person.company);
    let (link, name) = (person.url(), person.name());
    row(&[&link, &name, &name, &title, reaction(one), "", &url, LISTED])
}

fn commenter(story: &Story, one: &Engaged, comment: &str) -> String {
    let person = &story.persons[one.person];
    let post = &story.posts[one.post];
    let mut link = post.activity_url();
    let comment_id = one.at_ms << 22;
    // Writing to a string cannot fail.
    let _ = write!(
        link,
        "?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A{}%2C{comment_id}%29",
        post.activity
    );
    let at = moment(one.at_ms, "%Y-%m-%dT%H:%M:%S.000Z");
    let title = format!("{} at {}", person.role, person.company);
    let (url, name) = (person.url(), person.name());
    row(&[&url, &name, &title, comment, &link, &at, &post.activity_url(), LISTED])
}
