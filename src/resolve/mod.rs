//! Identity keys become persons, names of posts become posts, records become leads and
//! deals.
//!
//! [`resolve`] is a pure function of everything imported. What wins where exports overlap
//! is told by the exports themselves (their date, else the newest instant they record),
//! never by the order in which they were read.

mod by_name;
mod connections;
mod copies;
mod deal_persons;
mod deals;
mod exports;
mod instants;
mod labels;
mod leads;
mod members;
mod names;
mod near;
mod persons;
mod positions;
mod post_labels;
mod post_numbers;
mod post_pairs;
mod posts;
mod records;
mod spaces;
mod told;
mod twin_tables;
mod twins;
mod union_find;

use rustc_hash::FxHashMap;

use crate::domain::{
    Ambiguity, Contact, DealSummary, Facts, Lead, Loaded, Member, MemberIndex,
    PersonIndex, Place, Post, PostAlias, PostIndex, PostName, SourceEvidence, Subject,
};

pub use exports::Exports;
pub(crate) use exports::day_in;
pub use leads::{sources, system};
pub use names::name_key;
pub use persons::Persons;
pub use records::{RecordId, merged};
pub use spaces::{base_system, is_nobodys};
pub use told::{Copy, Label, Named, Told};

/// Who and what there is, over all files.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The members, by name.
    pub members: Vec<Member>,
    /// Each member as a person, where any file tells their profile.
    pub member_persons: Vec<Option<PersonIndex>>,
    /// Whose archive an export is; looked up and never walked.
    pub member_of_export: FxHashMap<i64, MemberIndex>,
    /// Which person each identity is.
    pub persons: Persons,
    /// The posts, by time.
    pub posts: Vec<Post>,
    /// Every name of a post.
    pub aliases: Vec<PostAlias>,
    /// The post of every name; looked up and never walked.
    pub post_of: FxHashMap<PostName, PostIndex>,
    /// The leads, by source and id.
    pub leads: Vec<Lead>,
    /// By lead: the newest row of each record that it is, the one that speaks for it first.
    pub lead_places: Vec<Vec<Place>>,
    /// By lead: the campaigns that the person answered, as evidence of its source.
    pub campaigns: Vec<Vec<SourceEvidence>>,
    /// The deals, by source and id.
    pub deals: Vec<DealSummary>,
    /// Joins that are not sure.
    pub ambiguities: Vec<Ambiguity>,
    /// Named connections of members, each member and person once.
    pub connections: u64,
    /// The newest instant that any export records as having happened, in Unix
    /// milliseconds.
    pub newest_ms: Option<i64>,
    /// Who is whose connection and since when, by person and member.
    pub connected: Vec<Connected>,
    /// By member: the newest instant that an archive of theirs knows of, in Unix
    /// milliseconds.
    pub archived_ms: Vec<Option<i64>>,
    /// The first instant of which personal data was not deleted, in Unix milliseconds.
    pub known_from_ms: Option<i64>,
}

impl Resolved {
    /// The newest instant that any export records.
    pub fn newest(&self) -> Option<jiff::Timestamp> {
        self.newest_ms.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok())
    }

    /// How many there are of persons, posts, leads, deals, and joins left open.
    pub fn counts(&self) -> [(&'static str, u64); 5] {
        let open = self.ambiguities.iter().filter(|one| !one.is_joined).count();
        [
            ("persons", self.persons.len() as u64),
            ("posts", self.posts.len() as u64),
            ("leads", self.leads.len() as u64),
            ("deals", self.deals.len() as u64),
            ("ambiguous", open as u64),
        ]
    }
}

/// A person who is a member's connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connected {
    /// Who.
    pub person: PersonIndex,
    /// Whose connection.
    pub member: MemberIndex,
    /// Since when, where the newest archive tells it.
    pub since: Option<jiff::civil::Date>,
}

/// Joins everything that was imported.
pub fn resolve(loaded: &Loaded, told: &Told) -> Resolved {
    resolve_beside(loaded, told, |_| ()).0
}

/// Joins everything that was imported; what the posts alone are needed for is done while
/// persons are joined.
pub fn resolve_beside<T: Send>(
    loaded: &Loaded,
    told: &Told,
    with_posts: impl FnOnce(&[Post]) -> T + Send,
) -> (Resolved, T) {
    let exports = Exports::of(&loaded.files, &loaded.facts);
    let mut of_members = Vec::new();
    let members = members::members(&exports, &loaded.facts, &mut of_members);
    let people = || {
        let mut ambiguities = exports.notes_of_spaces().to_vec();
        let facts = &loaded.facts;
        let records = records::Records::new(&exports, facts);
        let known = Known { exports: &exports, facts, records: &records, told };
        let (persons, joins) = persons::persons(known, facts, &members, &mut ambiguities);
        let with = (&persons, &joins);
        let leads = leads::leads(known, &members, with, &mut ambiguities);
        drop(joins);
        let deals = deals::deals(known, &leads, &persons, &mut ambiguities);
        let connected = persons.connections.all();
        Resolved {
            member_persons: persons.of_members,
            persons: persons.persons,
            leads: leads.list,
            lead_places: leads.places,
            campaigns: leads.campaigns,
            deals,
            ambiguities,
            connections: connected.len() as u64,
            connected,
            ..Resolved::default()
        }
    };
    let posts = || {
        let mut ambiguities = Vec::new();
        let posts = posts::posts(&exports, &members, &loaded.facts, &mut ambiguities);
        let done = with_posts(&posts.list);
        (posts, ambiguities, done)
    };
    let (of_people, (posts, mut of_posts, done)) = rayon::join(people, posts);
    let mut resolved = Resolved {
        archived_ms: members.archived_ms(&exports),
        members: members.list,
        member_of_export: members.of_export,
        posts: posts.list,
        aliases: posts.aliases,
        post_of: posts.post_of,
        newest_ms: exports.newest_ms(),
        ..of_people
    };
    let ambiguities = &mut resolved.ambiguities;
    ambiguities.append(&mut of_posts);
    ambiguities.append(&mut of_members);
    ambiguities.sort();
    ambiguities.dedup();
    (resolved, done)
}

/// What persons, leads and deals are made of.
#[derive(Clone, Copy)]
struct Known<'a> {
    exports: &'a Exports<'a>,
    facts: &'a Facts,
    records: &'a records::Records<'a>,
    told: &'a Told,
}

impl Known<'_> {
    /// What the configuration says of copies, where a system has several spaces of ids.
    fn in_spaces(&self, about: Subject) -> Told {
        let copies = Copy::in_spaces(&self.told.copies, self.exports, about);
        Told { copies, country: self.told.country, labels: Vec::new() }
    }

    /// How a record is called where it is spoken of.
    fn called(&self, positions: &positions::Positions, contact: &Contact) -> String {
        let identity = self.facts.identities.at(positions.of(contact.identity) as usize);
        let name = identity.full_name.unwrap_or_default();
        let system = self.exports.system(contact.place, Subject::Contact);
        format!("{name} ({system} {})", contact.remote_id)
    }
}

/// Whose archive an export is.
type MemberOfExport = FxHashMap<i64, MemberIndex>;
