//! What shows that a lead met a post.

use std::fmt;

use super::{EngagementKind, UnixMs, iso};

/// What shows a touch, which can be said in words: many touches share theirs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TouchEvidence {
    /// A list of people who engaged.
    Listed {
        /// How.
        kind: EngagementKind,
        /// What the time of the touch is.
        time: ListedTime,
    },
    /// Anything else, in its own words.
    Words(Box<str>),
}

/// What the time of a touch is that a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListedTime {
    /// The list's own date of it.
    Own,
    /// The post's, the earliest that it can be; the latest is when the list was made.
    OfPost {
        /// When that was, where the list says so.
        listed_ms: Option<UnixMs>,
    },
    /// When the list was made.
    OfList,
}

impl fmt::Display for TouchEvidence {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, time) = match self {
            Self::Words(words) => return text.write_str(words),
            Self::Listed { kind, time } => (kind, time),
        };
        text.write_str(match kind {
            EngagementKind::Comment => "listed as having commented, ",
            EngagementKind::Reaction => "listed as having reacted, ",
        })?;
        match time {
            ListedTime::Own => text.write_str("with its own date"),
            ListedTime::OfPost { listed_ms } => {
                text.write_str("taken as of the post")?;
                let Some(listed_at) = listed_ms.and_then(UnixMs::timestamp) else {
                    return Ok(());
                };
                write!(text, ": no earlier than it, no later than {}", iso(listed_at))
            }
            ListedTime::OfList => text.write_str("taken as of the list"),
        }
    }
}

impl From<String> for TouchEvidence {
    fn from(words: String) -> Self {
        Self::Words(words.into())
    }
}

impl From<&str> for TouchEvidence {
    fn from(words: &str) -> Self {
        Self::Words(words.into())
    }
}
