//! One member's LinkedIn archive as a ZIP.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    Failure,
    chance::Chance,
    people::{Person, words},
    world::{MEMBERS, World, index, instant},
};

/// Which of a member's archives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Day {
    First,
    /// The same, and a few rows more.
    AWeekLater,
}

type Table<'a> = csv::Writer<&'a mut ZipWriter<BufWriter<File>>>;

/// Writes the archive of a member.
pub(crate) fn write(
    world: &World,
    member: u64,
    day: Day,
    path: &Path,
) -> Result<(), Failure> {
    let mut zip = ZipWriter::new(BufWriter::new(File::create(path)?));
    let more = if day == Day::First { 0 } else { 5 };
    let of = Archive { world, member, me: world.member(member), more };
    of.file(&mut zip, "Profile.csv", Archive::profile)?;
    of.file(&mut zip, "Email Addresses.csv", Archive::emails)?;
    of.file(&mut zip, "Positions.csv", Archive::positions)?;
    of.connections(&mut zip)?;
    of.file(&mut zip, "Shares.csv", Archive::shares)?;
    of.file(&mut zip, "Reactions.csv", Archive::reactions)?;
    of.file(&mut zip, "Comments.csv", Archive::comments)?;
    of.file(&mut zip, "messages.csv", Archive::messages)?;
    of.file(&mut zip, "Invitations.csv", Archive::invitations)?;
    zip.finish()?.flush()?;
    Ok(())
}

struct Archive<'a> {
    world: &'a World,
    member: u64,
    me: Person,
    /// Rows of each kind that came since the first archive.
    more: u64,
}

/// The day after everything else, in milliseconds.
const LAST_MS: u64 = 1_774_900_000_000;

impl Archive<'_> {
    fn file(
        &self,
        zip: &mut ZipWriter<BufWriter<File>>,
        name: &str,
        rows: impl FnOnce(&Self, &mut Table<'_>, &mut Chance) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        zip.start_file(name, options())?;
        let stream = name.bytes().fold(self.member, |sum: u64, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(byte))
        });
        let mut chance = Chance::new(self.world.seed, (1 << 53) | stream);
        let mut table = csv::WriterBuilder::new().from_writer(zip);
        rows(self, &mut table, &mut chance)?;
        table.flush()?;
        Ok(())
    }

    fn profile(&self, table: &mut Table<'_>, chance: &mut Chance) -> Result<(), Failure> {
        table.write_record([
            "First Name",
            "Last Name",
            "Maiden Name",
            "Address",
            "Birth Date",
            "Headline",
            "Summary",
            "Industry",
            "Zip Code",
            "Geo Location",
            "Twitter Handles",
            "Websites",
            "Instant Messengers",
        ])?;
        let (headline, summary) = (words(chance, 40), words(chance, 300));
        let me = &self.me;
        table.write_record([
            me.first,
            &me.last,
            "",
            "",
            "",
            &headline,
            &summary,
            "Financial Services",
            "",
            "Melbourne, Victoria, Australia",
            "",
            "",
            "",
        ])?;
        Ok(())
    }

    fn emails(&self, table: &mut Table<'_>, _: &mut Chance) -> Result<(), Failure> {
        table.write_record(["Email Address", "Confirmed", "Primary", "Updated On"])?;
        table.write_record([&self.me.email, "Yes", "Yes", "1/2/24, 9:15 AM"])?;
        Ok(())
    }

    fn positions(&self, table: &mut Table<'_>, _: &mut Chance) -> Result<(), Failure> {
        table.write_record([
            "Company Name",
            "Title",
            "Description",
            "Location",
            "Started On",
            "Finished On",
        ])?;
        table.write_record([&self.me.company, self.me.role, "", "", "Mar 2015", ""])?;
        Ok(())
    }

    fn connections(&self, zip: &mut ZipWriter<BufWriter<File>>) -> Result<(), Failure> {
        zip.start_file("Connections.csv", options())?;
        zip.write_all(
            b"Notes:\n\"When exporting your connection data, you may notice that some of the \
              email addresses are missing. Addresses are shown for connections who allow it.\"\n\n",
        )?;
        let mut table = csv::WriterBuilder::new().from_writer(zip);
        table.write_record([
            "First Name",
            "Last Name",
            "URL",
            "Email Address",
            "Company",
            "Position",
            "Connected On",
        ])?;
        let world = self.world;
        let mut list: Vec<_> = world.connections[index(self.member)].iter().collect();
        list.sort_by_key(|(person, day)| (std::cmp::Reverse(**day), **person));
        let mut chance = Chance::new(world.seed, (1 << 54) | self.member);
        for (number, day) in list {
            let day = day.strftime("%d %b %Y").to_string();
            if chance.below(200) == 0 && !world.connected_leads.contains(number) {
                // An account that was closed.
                table.write_record(["", "", "", "", "", "", &day])?;
                continue;
            }
            let one = world.person(*number);
            let email =
                if world.with_email.contains(number) { one.email.as_str() } else { "" };
            table.write_record([
                one.first,
                &one.last,
                &one.url(),
                email,
                &one.company,
                one.role,
                &day,
            ])?;
        }
        table.flush()?;
        Ok(())
    }

    fn shares(&self, table: &mut Table<'_>, chance: &mut Chance) -> Result<(), Failure> {
        table.write_record([
            "Date",
            "ShareLink",
            "ShareCommentary",
            "SharedUrl",
            "MediaUrl",
            "Visibility",
        ])?;
        for post in self.world.posts[index(self.member)].iter().rev() {
            let link = link("share", post.share);
            let bytes = 60 + chance.skewed(900);
            let text = words(chance, bytes);
            let url =
                if chance.percent(15) { "https://harbourlane.example/rates" } else { "" };
            let date = date(post.at_ms + 300)?;
            table.write_record([&date, &link, &text, url, "", "MEMBER_NETWORK"])?;
        }
        Ok(())
    }

    /// A post of anybody's here, or one of the wide world's.
    fn any_post(&self, chance: &mut Chance, at_ms: u64) -> String {
        if chance.percent(20) {
            let posts = &self.world.posts[index(chance.below(MEMBERS))];
            return link(
                "activity",
                posts[index(chance.skewed(posts.len() as u64))].activity,
            );
        }
        let before = at_ms - chance.below(400_000_000);
        link("activity", (before << 22) | chance.below(1 << 22))
    }

    fn reactions(
        &self,
        table: &mut Table<'_>,
        chance: &mut Chance,
    ) -> Result<(), Failure> {
        const KINDS: [&str; 8] = [
            "LIKE",
            "LIKE",
            "LIKE",
            "LIKE",
            "PRAISE",
            "EMPATHY",
            "INTEREST",
            "APPRECIATION",
        ];
        table.write_record(["Date", "Type", "Link"])?;
        for _ in 0..self.world.shape.reactions + self.more {
            let at_ms = LAST_MS - chance.below(80_000_000_000);
            let kind = chance.pick(&KINDS);
            table.write_record([&date(at_ms)?, kind, &self.any_post(chance, at_ms)])?;
        }
        Ok(())
    }

    fn comments(
        &self,
        table: &mut Table<'_>,
        chance: &mut Chance,
    ) -> Result<(), Failure> {
        table.write_record(["Date", "Link", "Message"])?;
        for _ in 0..self.world.shape.comments + self.more {
            let at_ms = LAST_MS - chance.below(80_000_000_000);
            let bytes = 10 + chance.skewed(300);
            let text = words(chance, bytes);
            table.write_record([&date(at_ms)?, &self.any_post(chance, at_ms), &text])?;
        }
        Ok(())
    }

    fn messages(
        &self,
        table: &mut Table<'_>,
        chance: &mut Chance,
    ) -> Result<(), Failure> {
        table.write_record([
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
        ])?;
        let world = self.world;
        let known: Vec<u64> =
            world.connections[index(self.member)].keys().copied().collect();
        let (me, my_url) = (self.me.full_name(), self.me.url());
        for _ in 0..world.shape.messages + self.more {
            let number = known[index(chance.skewed(known.len() as u64))];
            let other = world.person(number);
            let (name, url) = (other.full_name(), other.url());
            let at_ms = LAST_MS - chance.below(80_000_000_000);
            let bytes = 15 + chance.skewed(400);
            let mut text = words(chance, bytes);
            if chance.percent(3) {
                let posts = &world.posts[index(self.member)];
                let post = posts[index(chance.below(posts.len() as u64))];
                text = format!("{text}\n{}", link("activity", post.activity));
            }
            let (from, to) = if chance.percent(50) {
                ((&me, &my_url), (&name, &url))
            } else {
                ((&name, &url), (&me, &my_url))
            };
            let date = format!("{} UTC", date(at_ms)?);
            table.write_record([
                &format!("2-{number:x}="),
                "",
                from.0,
                from.1,
                to.0,
                to.1,
                &date,
                "",
                &text,
                "INBOX",
                "",
                "No",
                "No",
            ])?;
        }
        Ok(())
    }

    fn invitations(
        &self,
        table: &mut Table<'_>,
        chance: &mut Chance,
    ) -> Result<(), Failure> {
        table.write_record([
            "From",
            "To",
            "Sent At",
            "Message",
            "Direction",
            "inviterProfileUrl",
            "inviteeProfileUrl",
        ])?;
        let world = self.world;
        let known: Vec<u64> =
            world.connections[index(self.member)].keys().copied().collect();
        let (me, my_url) = (self.me.full_name(), self.me.url());
        for _ in 0..world.shape.invitations + self.more {
            let other = world.person(known[index(chance.below(known.len() as u64))]);
            let (name, url) = (other.full_name(), other.url());
            let at = instant(LAST_MS - chance.below(80_000_000_000))?;
            let at = at.strftime("%-m/%-d/%y, %-I:%M %p");
            let at = at.to_string();
            if chance.percent(50) {
                table.write_record([&me, &name, &at, "", "OUTGOING", &my_url, &url])?;
            } else {
                table.write_record([&name, &me, &at, "", "INCOMING", &url, &my_url])?;
            }
        }
        Ok(())
    }
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
}

/// A link as archives write it.
fn link(kind: &str, number: u64) -> String {
    format!("https://www.linkedin.com/feed/update/urn%3Ali%3A{kind}%3A{number}")
}

/// A date as archives write it.
fn date(milliseconds: u64) -> Result<String, Failure> {
    let at = instant(milliseconds)?;
    Ok(at.strftime("%Y-%m-%d %H:%M:%S").to_string())
}
