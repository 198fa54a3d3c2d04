//! The names LinkedIn gives to a post.

use std::fmt;

use jiff::Timestamp;

/// The kinds of name, the richest first: `share` and `ugcPost` come from the member's own
/// archive, `activity` is what the feed shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostKind {
    /// `urn:li:share:N`
    Share,
    /// `urn:li:ugcPost:N`
    UgcPost,
    /// `urn:li:groupPost:G-N`
    GroupPost,
    /// `urn:li:activity:N`
    Activity,
}

impl PostKind {
    /// The word inside the URN, in LinkedIn's own case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::UgcPost => "ugcPost",
            Self::GroupPost => "groupPost",
            Self::Activity => "activity",
        }
    }
}

/// One name of a post, such as `urn:li:share:7159821007928994259`. A post has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostName {
    /// What kind of name it is.
    pub kind: PostKind,
    /// The group of a group post; 0 for all others.
    pub group: u64,
    /// The number, at most 63 bits.
    pub number: u64,
}

impl PostName {
    /// Reads the canonical URN, as `Display` writes it.
    pub fn from_urn(urn: &str) -> Option<Self> {
        let (word, value) = urn.strip_prefix("urn:li:")?.split_once(':')?;
        let kinds =
            [PostKind::Share, PostKind::UgcPost, PostKind::GroupPost, PostKind::Activity];
        let kind = kinds.into_iter().find(|kind| kind.word() == word)?;
        let (group, number) = match kind {
            PostKind::GroupPost => value.split_once('-')?,
            _ => ("0", value),
        };
        Some(Self { kind, group: group.parse().ok()?, number: number.parse().ok()? })
    }

    /// The canonical URN.
    pub fn urn(self) -> String {
        // No name is longer, but that of a group's post.
        let mut urn = String::with_capacity(36);
        self.write(&mut urn).expect("a string has room");
        urn
    }

    fn write(self, out: &mut impl fmt::Write) -> fmt::Result {
        let word = self.kind.word();
        if self.kind == PostKind::GroupPost {
            write!(out, "urn:li:{word}:{}-{}", self.group, self.number)
        } else {
            write!(out, "urn:li:{word}:{}", self.number)
        }
    }

    /// The page of the post.
    pub fn url(self) -> String {
        format!("https://www.linkedin.com/feed/update/{self}")
    }

    /// The instant that a 19-digit number holds, to the millisecond; the short numbers of
    /// the years before hold none.
    pub fn instant(self) -> Option<Timestamp> {
        const SHORTEST_WITH_TIME: u64 = 1_000_000_000_000_000_000;
        if self.number < SHORTEST_WITH_TIME {
            return None;
        }
        let milliseconds = i64::try_from(self.number >> 22).ok()?;
        Timestamp::from_millisecond(milliseconds).ok()
    }
}

impl fmt::Display for PostName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_from_its_urn() {
        for urn in ["urn:li:ugcPost:7165597199278216991", "urn:li:groupPost:12-710"] {
            assert_eq!(PostName::from_urn(urn).unwrap().to_string(), urn);
        }
        assert_eq!(PostName::from_urn("urn:li:person:1"), None);
    }

    #[test]
    fn a_long_number_holds_its_instant_and_a_short_one_none() {
        let name = |number| PostName { kind: PostKind::Share, group: 0, number };
        let instant = name(7_159_821_007_928_994_259).instant().unwrap();
        assert_eq!(crate::domain::iso(instant), "2024-02-04T08:12:31.331Z");
        assert_eq!(name(248_163_270).instant(), None);
    }
}
