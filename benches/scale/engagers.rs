//! One list of all who reacted or commented, as PhantomBuster writes it.

use std::io::Write;

use super::{
    Failure,
    chance::Chance,
    people::words,
    world::{MEMBERS, World, index},
};

/// Writes the list: few people and few posts make most of the rows.
pub(crate) fn write(world: &World, file: &mut impl Write) -> Result<(), Failure> {
    const KINDS: [&str; 6] = ["LIKE", "LIKE", "LIKE", "PRAISE", "EMPATHY", "INTEREST"];
    let mut table = csv::Writer::from_writer(file);
    table.write_record([
        "profileLink",
        "fullName",
        "firstName",
        "lastName",
        "occupation",
        "degree",
        "hasLiked",
        "reactionType",
        "hasCommented",
        "comments",
        "postUrl",
        "postsUrl",
        "timestamp",
    ])?;
    let mut chance = Chance::new(world.seed, 1 << 55);
    let posts: Vec<_> = world.posts.iter().flatten().collect();
    for _ in 0..world.engagements {
        let number = if chance.percent(6) && !world.leads.is_empty() {
            world.leads[index(chance.below(world.leads.len() as u64))].person
        } else {
            chance.skewed(world.people)
        };
        let one = world.person(number);
        let name = one.full_name();
        // The busiest posts are spread over all members.
        let busy = chance.skewed(posts.len() as u64);
        let post = posts[index(busy * 7919 % (posts.len() as u64))];
        let url = format!(
            "https://www.linkedin.com/feed/update/urn:li:activity:{}/",
            post.activity
        );
        let occupation = format!("{} at {}", one.role, one.company);
        let degree = if chance.percent(60) { "1st" } else { "2nd" };
        let comment = if chance.percent(18) {
            let bytes = 10 + chance.skewed(260);
            words(&mut chance, bytes)
        } else {
            String::new()
        };
        let has_liked = comment.is_empty() || chance.percent(40);
        let kind = if has_liked { chance.pick(&KINDS) } else { "" };
        let second = chance.below(60);
        let timestamp = format!(
            "2026-03-{:02}T{:02}:15:{second:02}.123Z",
            20 + chance.below(9),
            MEMBERS % 24
        );
        table.write_record([
            format!("{}/", one.url()).as_str(),
            name.as_str(),
            one.first,
            &one.last,
            &occupation,
            degree,
            if has_liked { "true" } else { "false" },
            kind,
            if comment.is_empty() { "" } else { "true" },
            &comment,
            &url,
            &url,
            &timestamp,
        ])?;
    }
    table.flush()?;
    Ok(())
}
