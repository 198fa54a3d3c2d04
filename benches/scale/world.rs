//! A network of 200 members whose exports look as the real ones do, and the truth about it.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet, hash_map::DefaultHasher},
    fs::{self, File},
    hash::{Hash, Hasher},
    io::{BufWriter, Write},
    path::Path,
};

use jiff::{Timestamp, ToSpan, civil::Date};

use super::{
    Failure, archives,
    chance::Chance,
    crm, engagers,
    people::{self, Person},
};

/// The members of a network.
pub(crate) const MEMBERS: u64 = 200;
/// Members are numbered behind everybody else.
const FIRST_MEMBER: u64 = 1 << 32;
/// People on no member's list of connections.
const FIRST_STRANGER: u64 = 1 << 31;

/// A world before it is written: who knows whom, and what was posted when.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) seed: u64,
    /// Rows of the list of engagers.
    pub(crate) engagements: u64,
    /// Deals of the CRM.
    pub(crate) deals: u64,
    /// How many connections, reactions, … an archive has.
    pub(crate) shape: Shape,
    /// By member: the posts.
    pub(crate) posts: Vec<Vec<Post>>,
    /// By member: each connection with the day.
    pub(crate) connections: Vec<BTreeMap<u64, Date>>,
    /// The leads, in the order of the CRM's ids.
    pub(crate) leads: Vec<Lead>,
    /// The leads that are somebody's connection.
    pub(crate) connected_leads: BTreeSet<u64>,
    /// People whose address their connections may see.
    pub(crate) with_email: BTreeSet<u64>,
    /// How many people there are who may connect and engage.
    pub(crate) people: u64,
    /// Where they work. A network that grows meets more companies, not larger ones.
    companies: u64,
}

/// Rows of one archive.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) connections: u64,
    pub(crate) posts: u64,
    pub(crate) reactions: u64,
    pub(crate) comments: u64,
    pub(crate) messages: u64,
    pub(crate) invitations: u64,
}

/// A post under both of its names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Post {
    pub(crate) at_ms: u64,
    pub(crate) share: u64,
    pub(crate) activity: u64,
}

/// By what a lead of the CRM can be told to be somebody's connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Profile,
    Email,
    NameAndCompany,
    /// No connection, and no person on LinkedIn.
    Nobody,
    /// The name of a connection, at another company.
    Namesake(u64),
}

/// A record of the CRM.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lead {
    pub(crate) person: u64,
    pub(crate) key: Key,
    /// Whose contact it is, by number.
    pub(crate) owner: Option<u64>,
}

impl World {
    /// Makes a world of about so many rows.
    pub(crate) fn new(seed: u64, rows: u64) -> Result<Self, Failure> {
        let per_member = rows * 37 / 100 / MEMBERS;
        let part = |percent: u64| (per_member * percent / 100).max(1);
        let shape = Shape {
            connections: part(38),
            posts: part(6),
            reactions: part(26),
            comments: part(7),
            messages: part(18),
            invitations: part(5),
        };
        let mut world = Self {
            seed,
            engagements: rows * 60 / 100,
            deals: rows / 100,
            shape,
            posts: posts(seed, shape.posts),
            connections: connections(seed, shape.connections)?,
            leads: Vec::new(),
            connected_leads: BTreeSet::new(),
            with_email: BTreeSet::new(),
            people: shape.connections * MEMBERS,
            companies: (rows / 50).max(100),
        };
        world.add_leads(rows * 2 / 100);
        Ok(world)
    }

    /// Six in ten are somebody's connection.
    fn add_leads(&mut self, count: u64) {
        let (seed, companies) = (self.seed, self.companies);
        let mut chance = Chance::new(seed, 1 << 50);
        let by_member: Vec<Vec<u64>> =
            self.connections.iter().map(|one| one.keys().copied().collect()).collect();
        let known: HashSet<u64> =
            (0..self.people).map(|number| likeness(&self.person(number))).collect();
        let mut strangers = (FIRST_STRANGER..).filter(|number| {
            !known.contains(&likeness(&people::person((seed, companies), *number)))
        });
        while (self.leads.len() as u64) < count {
            let member = chance.below(MEMBERS);
            let list = &by_member[index(member)];
            let person = list[index(chance.below(list.len() as u64))];
            let key = match chance.below(100) {
                0..33 => Key::Profile,
                33..50 => Key::Email,
                50..60 => Key::NameAndCompany,
                60..63 => Key::Namesake(person),
                _ => Key::Nobody,
            };
            let is_connection =
                matches!(key, Key::Profile | Key::Email | Key::NameAndCompany);
            if is_connection && !self.connected_leads.insert(person) {
                continue;
            }
            if key == Key::Email {
                self.with_email.insert(person);
            }
            let own = strangers.next().unwrap_or(FIRST_STRANGER);
            let person = if is_connection { person } else { own };
            let owner = chance.percent(70).then_some(member);
            self.leads.push(Lead { person, key, owner });
        }
    }

    /// Anybody, by number.
    pub(crate) fn person(&self, number: u64) -> Person {
        people::person((self.seed, self.companies), number)
    }

    /// A member, by number. No two bear one name.
    pub(crate) fn member(&self, number: u64) -> Person {
        let mut person = self.person(FIRST_MEMBER + number);
        person.last = format!("{}-{}", person.last, people::second_name(number));
        person
    }

    /// Writes all exports, and the truth beside them.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Failure> {
        let (exports, newer) = (folder.join("exports"), folder.join("newer"));
        fs::create_dir_all(&exports)?;
        fs::create_dir_all(&newer)?;
        for member in 0..MEMBERS {
            let name = format!("Complete_LinkedInDataExport_03-31-2026_{member:03}.zip");
            archives::write(self, member, archives::Day::First, &exports.join(name))?;
        }
        let name = "Complete_LinkedInDataExport_04-07-2026_000.zip";
        archives::write(self, 0, archives::Day::AWeekLater, &newer.join(name))?;
        engagers::write(self, &mut create(&exports.join("engagers.csv"))?)?;
        crm::write_contacts(self, &exports.join("hubspot-contacts.csv"))?;
        let mut truth = create(&folder.join("truth.csv"))?;
        writeln!(truth, "what,id,member,profile,amount_minor,currency")?;
        crm::write_deals(self, &exports.join("hubspot-deals.csv"), &mut truth)?;
        self.write_truth(&mut truth)?;
        Ok(())
    }

    /// One line a post, and one a lead and member whose connection it is.
    fn write_truth(&self, truth: &mut impl Write) -> Result<(), Failure> {
        let mut members_of: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for (member, list) in (0..).zip(&self.connections) {
            for person in list.keys() {
                members_of.entry(*person).or_default().push(member);
            }
        }
        for (member, posts) in (0..).zip(&self.posts) {
            let name = self.member(member).full_name();
            for post in posts {
                writeln!(truth, "post,urn:li:share:{},{name},,,", post.share)?;
            }
        }
        for (number, lead) in (0..).zip(&self.leads) {
            let id = crm::contact_id(number);
            match members_of.get(&lead.person) {
                None => writeln!(truth, "lead,{id},,,,")?,
                Some(members) => {
                    let profile = self.person(lead.person).slug;
                    for member in members {
                        let name = self.member(*member).full_name();
                        writeln!(truth, "lead,{id},{name},{profile},,")?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Posts over three years, no two within ten seconds of each other.
fn posts(seed: u64, of_each: u64) -> Vec<Vec<Post>> {
    const BEGIN_MS: u64 = 1_680_000_000_000;
    const SPAN_MS: u64 = 94_000_000_000;
    let count = of_each * MEMBERS;
    let slot_ms = SPAN_MS / count;
    // A prime leads through all slots once, in an order that mixes the members.
    let post = |number: u64| {
        let mut chance = Chance::new(seed, (1 << 51) | number);
        let slot = u128::from(number) * 1_000_000_007 % u128::from(count);
        let slot = u64::try_from(slot).unwrap_or(0);
        let at_ms =
            BEGIN_MS + slot * slot_ms + chance.below(slot_ms.saturating_sub(10_000));
        let low = |chance: &mut Chance| chance.below(1 << 22);
        let share = (at_ms << 22) | low(&mut chance);
        let activity = ((at_ms + 80 + chance.below(800)) << 22) | low(&mut chance);
        Post { at_ms, share, activity }
    };
    (0..MEMBERS)
        .map(|member| (0..of_each).map(|at| post(member * of_each + at)).collect())
        .collect()
}

/// Each member's connections: some people are on many lists, most on one.
fn connections(seed: u64, of_each: u64) -> Result<Vec<BTreeMap<u64, Date>>, Failure> {
    let first = jiff::civil::date(2018, 1, 1);
    let mut all = Vec::new();
    for member in 0..MEMBERS {
        let mut chance = Chance::new(seed, (1 << 52) | member);
        let mut list = BTreeMap::new();
        while (list.len() as u64) < of_each {
            let popular = chance.percent(30);
            let people = of_each * MEMBERS;
            let person =
                if popular { chance.skewed(people) } else { chance.below(people) };
            let days = i64::try_from(chance.below(3000))?;
            list.insert(person, first.checked_add(days.days())?);
        }
        all.push(list);
    }
    Ok(all)
}

/// The same for two people whom a CRM could not tell apart: nobody could say then that one
/// is not the other.
fn likeness(person: &Person) -> u64 {
    let mut hasher = DefaultHasher::new();
    let company: Vec<_> = person.company.split(' ').take(2).collect();
    (person.first, &person.last, company).hash(&mut hasher);
    hasher.finish()
}

/// A number as an index.
pub(crate) fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// An instant of the world.
pub(crate) fn instant(milliseconds: u64) -> Result<Timestamp, Failure> {
    Ok(Timestamp::from_millisecond(i64::try_from(milliseconds)?)?)
}

/// A new file, buffered.
pub(crate) fn create(path: &Path) -> Result<BufWriter<File>, Failure> {
    Ok(BufWriter::with_capacity(1 << 20, File::create(path)?))
}
