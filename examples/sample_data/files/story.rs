//! Who posted what, who read it, and what came of it.

use std::error::Error;

use super::text::{Chance, DAY};

/// A broker of the network.
pub(crate) struct Member {
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
    pub(crate) slug: &'static str,
    pub(crate) number: u32,
}

impl Member {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }

    pub(crate) fn url(&self) -> String {
        format!("https://www.linkedin.com/in/{}", self.slug)
    }
}

pub(crate) const MEMBERS: [Member; 4] = [
    Member { first: "Nell", last: "Farrow", slug: "nellfarrow", number: 18_220_417 },
    Member { first: "Idris", last: "Vane", slug: "idris-vane-loans", number: 20_114_903 },
    Member { first: "Soraya", last: "Lindh", slug: "sorayalindh", number: 31_870_552 },
    Member {
        first: "Tomas",
        last: "Brandt",
        slug: "tomas-brandt-7b2",
        number: 44_019_226,
    },
];

/// A post, named by its share's instant and, in lists of engagers, its activity's.
pub(crate) struct Post {
    pub(crate) member: usize,
    pub(crate) theme: &'static str,
    pub(crate) text: String,
    pub(crate) share_ms: i64,
    pub(crate) activity: i64,
    pub(crate) link: String,
}

impl Post {
    pub(crate) fn share(&self) -> i64 {
        self.share_ms << 22
    }

    pub(crate) fn activity_url(&self) -> String {
        format!("https://www.linkedin.com/feed/update/urn:li:activity:{}/", self.activity)
    }

    /// The words with which the post begins.
    pub(crate) fn opening(&self) -> String {
        let words: Vec<&str> = self.text.split_whitespace().take(6).collect();
        words.join(" ")
    }
}

/// A person, reader or not.
pub(crate) struct Person {
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
    pub(crate) slug: String,
    pub(crate) company: String,
    pub(crate) role: &'static str,
    pub(crate) member: usize,
    pub(crate) connected_ms: Option<i64>,
}

impl Person {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }

    pub(crate) fn url(&self) -> String {
        format!("https://www.linkedin.com/in/{}", self.slug)
    }

    pub(crate) fn email(&self) -> String {
        format!("{}@mail.example", self.slug)
    }
}

/// What a lead let us see of the way to us.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Silent,
    Quoted,
    Link,
    Message,
    Comment,
    Reaction,
    NewConnection,
    Elsewhere,
}

/// A person who asked for a loan.
pub(crate) struct Lead {
    pub(crate) person: usize,
    pub(crate) post: Option<usize>,
    pub(crate) sign: Sign,
    pub(crate) created_ms: i64,
}

/// A loan that came of a lead: in cents, with what became of it.
pub(crate) struct Deal {
    pub(crate) lead: usize,
    pub(crate) opened_ms: i64,
    pub(crate) closed_ms: i64,
    pub(crate) cents: i64,
    pub(crate) outcome: &'static str,
}

/// A reaction or a comment on a post.
pub(crate) struct Engaged {
    pub(crate) person: usize,
    pub(crate) post: usize,
    pub(crate) comment: Option<&'static str>,
    pub(crate) at_ms: i64,
}

/// Everything that happened in the two years.
pub(crate) struct Story {
    pub(crate) posts: Vec<Post>,
    pub(crate) persons: Vec<Person>,
    pub(crate) leads: Vec<Lead>,
    pub(crate) deals: Vec<Deal>,
    pub(crate) engaged: Vec<Engaged>,
}

/// 2024-01-01 and 2025-12-20, in milliseconds.
const FROM: i64 = 1_704_067_200_000;
const UNTIL: i64 = 1_766_188_800_000;

impl Story {
    pub(crate) fn new(seed: u64) -> Result<Self, Box<dyn Error>> {
        let mut chance = Chance(seed);
        let posts = posts(&mut chance)?;
        let persons = persons(&mut chance);
        let mut story = Self {
            posts,
            persons,
            leads: Vec::new(),
            deals: Vec::new(),
            engaged: Vec::new(),
        };
        story.ask(&mut chance);
        story.wander(&mut chance);
        story.borrow(&mut chance);
        story.applaud(&mut chance);
        Ok(story)
    }

    /// The first persons become leads, some because of a post.
    fn ask(&mut self, chance: &mut Chance) {
        for person in 0..LEADS {
            let member = self.persons[person].member;
            let caused = chance.percent(66);
            let post = caused.then(|| draw(&self.posts, member, chance));
            let sign = if caused { sign(chance) } else { Sign::Elsewhere };
            let created_ms = match post {
                Some(post) => {
                    self.posts[post].share_ms
                        + chance.between(1, 9) * DAY
                        + chance.between(0, DAY / 2)
                }
                None => chance.between(FROM, UNTIL),
            };
            let is_known = caused || chance.percent(40);
            let connected_ms = match post {
                Some(post) if sign == Sign::NewConnection => {
                    self.posts[post].share_ms + DAY
                }
                _ => created_ms - chance.between(60, 900) * DAY,
            };
            self.persons[person].connected_ms = is_known.then_some(connected_ms);
            if let (Some(post), Sign::Comment | Sign::Reaction) = (post, sign) {
                let comment = (sign == Sign::Comment)
                    .then(|| QUESTIONS[chance.index(QUESTIONS.len())]);
                let at_ms = self.posts[post].share_ms + chance.between(1, 20) * 3_600_000;
                self.engaged.push(Engaged { person, post, comment, at_ms });
            }
            self.leads.push(Lead { person, post, sign, created_ms });
        }
    }

    /// Many who ask had liked other posts before, of whatever theme.
    fn wander(&mut self, chance: &mut Chance) {
        for lead in 0..self.leads.len() {
            let Lead { person, created_ms, .. } = self.leads[lead];
            let member = self.persons[person].member;
            let before: Vec<usize> = (0..self.posts.len())
                .filter(|&post| {
                    let Post { member: own, share_ms, .. } = self.posts[post];
                    let days = (created_ms - share_ms) / DAY;
                    own == member && (1..80).contains(&days)
                })
                .collect();
            if before.is_empty() || !chance.percent(45) {
                continue;
            }
            let post = before[chance.index(before.len())];
            let comment =
                chance.percent(25).then(|| QUESTIONS[chance.index(QUESTIONS.len())]);
            let at_ms = self.posts[post].share_ms + chance.between(1, 20) * 3_600_000;
            self.engaged.push(Engaged { person, post, comment, at_ms });
        }
    }

    fn borrow(&mut self, chance: &mut Chance) {
        for (lead, asked) in self.leads.iter().enumerate() {
            let rate = if asked.post.is_some() { 34 } else { 19 };
            if !chance.percent(rate) {
                continue;
            }
            let opened_ms = asked.created_ms + chance.between(2, 12) * DAY;
            let closed_ms = opened_ms + chance.between(21, 75) * DAY;
            let outcome = match chance.between(0, 100) {
                _ if UNTIL + 11 * DAY < closed_ms => "open",
                0..=69 => "won",
                70..=87 => "lost",
                _ => "open",
            };
            let cents = chance.between(2_300, 9_400) * 100 + chance.between(0, 4) * 25;
            self.deals.push(Deal { lead, opened_ms, closed_ms, cents, outcome });
        }
    }

    /// Friends and colleagues applaud; most of it goes to photos of the family.
    fn applaud(&mut self, chance: &mut Chance) {
        for post in 0..self.posts.len() {
            let Post { member, theme, share_ms, .. } = self.posts[post];
            let (low, high) = match theme {
                "personal" => (18, 34),
                "inspiration" => (12, 20),
                "milestone" => (3, 8),
                _ => (1, 6),
            };
            let circle: Vec<usize> = (LEADS..self.persons.len())
                .filter(|&person| self.persons[person].member == member)
                .collect();
            let start = chance.index(circle.len());
            for step in 0..chance.between(low, high) {
                let step = usize::try_from(step).unwrap_or(0);
                let person = circle[(start + step) % circle.len()];
                let comment =
                    chance.percent(12).then(|| CHEERS[chance.index(CHEERS.len())]);
                let at_ms = share_ms + chance.between(1, 40) * 3_600_000;
                self.engaged.push(Engaged { person, post, comment, at_ms });
            }
        }
    }
}

const LEADS: usize = 330;
const CIRCLE: usize = 160;

fn posts(chance: &mut Chance) -> Result<Vec<Post>, Box<dyn Error>> {
    let mut posts = Vec::new();
    for (index, line) in include_str!("posts.txt").lines().enumerate() {
        let mut parts = line.splitn(3, '|');
        let (Some(member), Some(theme), Some(text)) =
            (parts.next(), parts.next(), parts.next())
        else {
            return Err(format!("line {}: member|theme|text", index + 1).into());
        };
        let step = i64::try_from(index % 18)?;
        let share_ms = FROM
            + step * 40 * DAY
            + chance.between(2, 34) * DAY
            + chance.between(0, DAY / 3)
            + DAY / 4;
        let link = match theme {
            "client_story" => format!("stories/{}", index + 1),
            "promotion" => format!("offers/{}", index + 1),
            _ => String::new(),
        };
        let link = if link.is_empty() {
            link
        } else {
            format!(
                "https://harbourside.example/{link}?utm_source=linkedin&utm_medium=social&utm_content=post-{}",
                index + 1
            )
        };
        posts.push(Post {
            member: member.parse()?,
            theme,
            text: text.replace("\\n", "\n"),
            share_ms,
            activity: (share_ms + chance.between(89, 367)) << 22,
            link,
        });
    }
    Ok(posts)
}

/// A post of the member that made someone ask.
fn draw(posts: &[Post], member: usize, chance: &mut Chance) -> usize {
    let weight = |post: &Post| match post.theme {
        _ if post.member != member => 0,
        "client_story" => 40,
        "milestone" => 30,
        "learning" => 24,
        "promotion" => 10,
        "market_update" => 7,
        _ => 1,
    };
    let mut left = chance.between(0, posts.iter().map(weight).sum());
    for (index, post) in posts.iter().enumerate() {
        left -= weight(post);
        if left < 0 {
            return index;
        }
    }
    0
}

fn sign(chance: &mut Chance) -> Sign {
    match chance.between(0, 100) {
        0..=51 => Sign::Silent,
        52..=63 => Sign::Quoted,
        64..=71 => Sign::Link,
        72..=80 => Sign::Message,
        81..=86 => Sign::Comment,
        87..=92 => Sign::Reaction,
        _ => Sign::NewConnection,
    }
}

fn persons(chance: &mut Chance) -> Vec<Person> {
    let count = LEADS + CIRCLE;
    let mut persons = Vec::with_capacity(count);
    for index in 0..count {
        // 29 and 23 share no divisor: no full name comes twice.
        let first = FIRST[index % FIRST.len()];
        let last = LAST[index % LAST.len()];
        let member = index % MEMBERS.len();
        let slug = format!(
            "{}-{}-{:x}",
            first.to_lowercase(),
            last.to_lowercase(),
            chance.between(256, 4096)
        );
        persons.push(Person {
            first,
            last,
            slug,
            company: format!(
                "{} {}",
                LAST[chance.index(LAST.len())],
                TRADES[chance.index(TRADES.len())]
            ),
            role: ROLES[chance.index(ROLES.len())],
            member,
            connected_ms: Some(FROM - chance.between(10, 1500) * DAY),
        });
    }
    persons
}

const FIRST: [&str; 29] = [
    "Asta", "Bruno", "Celia", "Dario", "Edith", "Farid", "Greta", "Hugo", "Ines",
    "Jonas", "Kaia", "Lior", "Maeve", "Nadim", "Orla", "Pavel", "Quinn", "Rosa", "Sami",
    "Thea", "Umar", "Vera", "Wim", "Xenia", "Yusuf", "Zelda", "Alma", "Bela", "Ciro",
];
const LAST: [&str; 23] = [
    "Ambrey", "Bexfold", "Corvane", "Dunmarsh", "Elstow", "Fenwater", "Garrick",
    "Hollins", "Isherby", "Jarrold", "Kestrel", "Lomond", "Marwick", "Northam",
    "Oakshot", "Pellow", "Quarrie", "Rushden", "Selwick", "Thorley", "Underhay",
    "Vintner", "Wexcombe",
];
const TRADES: [&str; 7] = [
    "Joinery",
    "Dental",
    "Logistics",
    "Physio",
    "Bakery Pty Ltd",
    "Design",
    "Electrical",
];
const ROLES: [&str; 6] =
    ["Owner", "Nurse", "Teacher", "Project manager", "Site supervisor", "Accountant"];
const CHEERS: [&str; 6] = [
    "Love this!",
    "So good.",
    "Made my day, thank you",
    "Best photo of the week",
    "Ha, same here",
    "Well said",
];
const QUESTIONS: [&str; 4] = [
    "This could be us. Does it work with two jobs?",
    "How long did that take?",
    "Which paper did they ask for first?",
    "Saving this for Monday",
];
