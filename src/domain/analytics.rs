//! What analytics and advertising exports state: numbers of posts, days of advertisements,
//! answers to lead forms, articles.

use jiff::civil::Date;

use super::{Currency, Place, PostNameId};

/// What a number of a post counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum Metric {
    Impressions,
    MembersReached,
    /// All engagements together, where a file does not split them.
    Engagements,
    Reactions,
    Comments,
    Reposts,
    Clicks,
    Saves,
    Sends,
    ProfileViews,
    FollowersGained,
}

impl Metric {
    /// All of them, in the order of the database's columns.
    pub const ALL: [Self; 11] = [
        Self::Impressions,
        Self::MembersReached,
        Self::Engagements,
        Self::Reactions,
        Self::Comments,
        Self::Reposts,
        Self::Clicks,
        Self::Saves,
        Self::Sends,
        Self::ProfileViews,
        Self::FollowersGained,
    ];
}

/// The numbers of a post; one that no file gives is unknown, never 0. Of most posts there are
/// none, and these take no room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers(Option<Box<[Option<u64>; Metric::ALL.len()]>>);

impl Numbers {
    /// One number, if it is known.
    pub fn get(&self, metric: Metric) -> Option<u64> {
        self.0.as_ref().and_then(|numbers| numbers[metric as usize])
    }

    /// Says what a number is; nothing said leaves it as it was.
    pub fn set(&mut self, metric: Metric, number: Option<u64>) {
        if number.is_some() {
            self.0.get_or_insert_default()[metric as usize] = number;
        }
    }

    /// Whether no number is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Takes every number that a newer file gives.
    pub fn update(&mut self, newer: &Self) {
        for metric in Metric::ALL {
            self.set(metric, newer.get(metric));
        }
    }
}

/// What a file of analytics, or a list of posts, says of one post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostNumbers {
    /// Where.
    pub place: Place,
    /// The post, as the file names it.
    pub post_name: PostNameId,
    /// Its numbers on the file's day.
    pub numbers: Numbers,
    /// Its words.
    pub text: Option<Box<str>>,
    /// Picture, video, document, …, in the file's words.
    pub format: Option<Box<str>>,
    /// The campaign that paid for it.
    pub campaign: Option<Box<str>>,
    /// The profile slug of whose post it is.
    pub author: Option<Box<str>>,
    /// When it appeared, in Unix milliseconds, where the file says so to the minute.
    pub posted_ms: Option<i64>,
}

/// Two names of one post that stand in one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePair {
    /// Where.
    pub place: Place,
    /// One name.
    pub one: PostNameId,
    /// The other.
    pub other: PostNameId,
    /// Words that must be the post's own, where the pair alone proves nothing.
    pub text: Option<Box<str>>,
}

/// What an advertisement did on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdDay {
    /// Where.
    pub place: Place,
    /// The day.
    pub day: Option<Date>,
    /// The campaign's id.
    pub campaign_id: Box<str>,
    /// The campaign's name.
    pub campaign: Option<Box<str>>,
    /// The creative's id.
    pub creative_id: Option<Box<str>>,
    /// How often it was shown.
    pub impressions: Option<u64>,
    /// How often it was clicked.
    pub clicks: Option<u64>,
    /// How many forms were sent.
    pub leads: Option<u64>,
    /// What it cost, in whole minor units.
    pub spent_minor: Option<i64>,
    /// In which currency.
    pub currency: Currency,
}

/// What a lead form says of the advertisement or post that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadForm {
    /// The lead's record.
    pub place: Place,
    /// The form's name.
    pub form: Option<Box<str>>,
    /// The campaign's id.
    pub campaign_id: Option<Box<str>>,
    /// The campaign's name.
    pub campaign: Option<Box<str>>,
    /// The creative's id.
    pub creative_id: Option<Box<str>>,
    /// The post, where a column names it.
    pub post_name: Option<PostNameId>,
}

/// An article of a member. LinkedIn gives it no number, so that only a post that shares it
/// can be a post here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Where.
    pub place: Place,
    /// The slug of its page.
    pub slug: Box<str>,
    /// Its title.
    pub title: Box<str>,
    /// The day of its publication; none where the file states none: it is a draft, or its
    /// archive dates no article.
    pub published_on: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_file_replaces_what_it_knows_and_nothing_else() {
        let mut numbers = Numbers::default();
        assert!(numbers.is_empty());
        numbers.set(Metric::Impressions, Some(1400));
        numbers.set(Metric::Engagements, Some(17));
        let mut newer = Numbers::default();
        newer.set(Metric::Impressions, Some(1630));
        numbers.update(&newer);
        assert_eq!(numbers.get(Metric::Impressions), Some(1630));
        assert_eq!(numbers.get(Metric::Engagements), Some(17));
        assert_eq!(numbers.get(Metric::Clicks), None);
    }
}
