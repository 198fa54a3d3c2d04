//! What the model reads: members, connections, posts, leads and deals on one time axis.

use crate::domain::{
    Currency, DealIndex, LeadIndex, Measure, MemberIndex, Money, PersonIndex, PostIndex,
};

/// A point in time, as days since 1970-01-01 in UTC; a length of time in the same unit.
pub type Days = f64;

/// Days in which a post can bring a lead.
pub const WINDOW_DAYS: Days = 45.0;

/// How many themes are told apart; of more, the rarest are joined.
pub const MOST_THEMES: usize = 12;

/// The theme that rare ones are joined into.
pub const OTHER: &str = "other";

/// Everything that the model is fitted to.
#[derive(Clone, Debug, Default)]
pub struct Study {
    /// By member: from when to when posts, connections and leads are all known.
    pub periods: Vec<Option<Period>>,
    /// The themes, by name.
    pub themes: Vec<Box<str>>,
    /// The themes that were too rare to stand alone and became `other`.
    pub joined_themes: Vec<Box<str>>,
    /// Members and their connections, each member and person once.
    pub connections: Vec<StudyConnection>,
    /// Connections that no day is known of; they take no part.
    pub undated_connections: u64,
    /// The posts.
    pub posts: Vec<StudyPost>,
    /// The first record of each person, in the order of leads.
    pub leads: Vec<StudyLead>,
    /// Records that are no event: later ones of the same person, and those without a time.
    pub other_leads: Vec<LeadIndex>,
    /// The deals.
    pub deals: Vec<StudyDeal>,
    /// What placebo and bootstrap are drawn from.
    pub seed: u64,
}

impl Study {
    /// How many sums tell what a lead met: by mean lag and theme.
    pub fn sums_of_lead(&self) -> usize {
        super::profile::TAUS.len() * self.themes.len()
    }

    /// What a theme counts as.
    pub fn counted_as<'a>(&self, theme: Option<&'a str>) -> &'a str {
        let is_joined =
            |theme: &str| self.joined_themes.iter().any(|one| &**one == theme);
        theme.filter(|theme| !is_joined(theme)).unwrap_or(OTHER)
    }

    /// The first record of a person, by its number.
    pub(super) fn lead(&self, lead: LeadIndex) -> Option<&StudyLead> {
        let position = self.leads.binary_search_by_key(&lead, |one| one.lead).ok()?;
        self.leads.get(position)
    }
}

/// A stretch of time, its end not included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Period {
    /// Its first instant.
    pub start: Days,
    /// The first instant after it.
    pub end: Days,
}

impl Period {
    /// Its length.
    pub fn length(self) -> Days {
        self.end - self.start
    }
}

/// A person who is connected to a member.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudyConnection {
    /// Whose connection.
    pub member: MemberIndex,
    /// Who.
    pub person: PersonIndex,
    /// Since when.
    pub connected_at: Days,
}

/// A post.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudyPost {
    /// Which.
    pub post: PostIndex,
    /// Whose.
    pub member: MemberIndex,
    /// When it appeared.
    pub posted_at: Days,
    /// Its theme, as a position in [`Study::themes`].
    pub theme: usize,
}

/// The first record of a person in a CRM.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudyLead {
    /// Which.
    pub lead: LeadIndex,
    /// Who.
    pub person: PersonIndex,
    /// When it was made.
    pub created_at: Days,
}

/// A deal and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyDeal {
    /// Which.
    pub deal: DealIndex,
    /// Its persons.
    pub persons: Vec<PersonIndex>,
    /// The amount, in whole minor units.
    pub amount_minor: Option<i64>,
    /// Its currency.
    pub currency: Currency,
    /// What totals count the amount as, where that is another currency.
    pub converted: Option<Money>,
    /// What totals count it in.
    pub measure: Measure,
    /// It was won.
    pub is_won: bool,
}
