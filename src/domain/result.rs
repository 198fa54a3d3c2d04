//! What is made of the facts: members, posts, leads, deals, touches, credits.

use std::{num::NonZeroU32, sync::Arc};

use jiff::Timestamp;

use super::{
    AmountKind, Currency, DealStatus, LeadStatus, Moment, Money, Numbers, Place,
    PostName, TouchEvidence, UnixMs, words::words,
};

/// Numbers of positions, each the id in the database, so that one which may be none takes no more
/// room.
macro_rules! indexes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// The number of a position, of which there are less than 2^32.
            pub fn new(position: u32) -> Self {
                let id = position.checked_add(1).and_then(NonZeroU32::new);
                Self(id.expect("no list holds 2^32 of anything"))
            }

            /// The number of a position in a list.
            pub fn from_index(index: usize) -> Self {
                Self::new(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The position in the list that it numbers.
            pub fn position(self) -> u32 {
                self.0.get() - 1
            }

            /// The same, to look it up.
            pub fn index(self) -> usize {
                self.position() as usize
            }

            /// Its id in the database, which counts from 1.
            pub fn row_id(self) -> i64 {
                i64::from(self.0.get())
            }
        }
    )+};
}

indexes! {
    /// A member: whose posts these are.
    MemberIndex,
    /// A post.
    PostIndex,
    /// A lead.
    LeadIndex,
    /// A deal.
    DealIndex,
    /// A person, over all files.
    PersonIndex,
}

/// A file that facts come from.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its number in the places of its facts.
    pub source_file_id: u32,
    /// The export that it belongs to.
    pub export: ExportInfo,
    /// Its name.
    pub name: Box<str>,
    /// The format's name.
    pub format: Box<str>,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: Box<str>,
    /// The fields that its header has, by name: an empty cell of these says something.
    pub fields: Vec<Box<str>>,
    /// The newest instant that it records, in Unix milliseconds.
    pub newest_ms: Option<i64>,
    /// Rows below its header.
    pub rows_read: u64,
    /// Rows that became facts.
    pub rows_kept: u64,
    /// Rows rejected whole.
    pub rows_rejected: u64,
}

/// An export: one LinkedIn archive, or one other file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportInfo {
    /// Its id.
    pub export_id: i64,
    /// Its name.
    pub name: Box<str>,
    /// The hash over its content.
    pub content_key: Box<str>,
    /// It is a LinkedIn archive.
    pub is_archive: bool,
    /// The day in its name, as text.
    pub exported_on: Option<Box<str>>,
    /// The member's number in its files' names.
    pub member_number: Option<u64>,
}

/// Whose archive was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// First and last name.
    pub full_name: Box<str>,
    /// The profile slug, where any file tells it.
    pub profile: Option<Box<str>>,
}

/// A post under its canonical name.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// The name that the richest source gives it.
    pub name: PostName,
    /// Whose post it is.
    pub member: Option<MemberIndex>,
    /// When it appeared.
    pub posted_at: Option<Timestamp>,
    /// The words, where an archive holds them.
    pub text: Option<Arc<str>>,
    /// The link that it shares.
    pub shared_url: Option<Box<str>>,
    /// Its theme.
    pub theme: Option<Box<str>>,
    /// How sure the theme is, from 0 to 1.
    pub theme_confidence: Option<f64>,
    /// What decided the theme.
    pub theme_because: Option<Box<str>>,
    /// How many people reacted: the newest file's number, or the people listed where they
    /// are more; unknown where neither is there.
    pub reactions: Option<u64>,
    /// How many people commented, told the same way.
    pub comments: Option<u64>,
    /// Picture, video, document, article, …, in the file's words.
    pub format: Option<Box<str>>,
    /// The campaign that paid for it.
    pub campaign: Option<Box<str>>,
    /// Its numbers, each from the newest file that gives it.
    pub numbers: Numbers,
}

impl Post {
    /// A post of which nothing but its name is known.
    pub fn named(name: PostName) -> Self {
        Self {
            name,
            member: None,
            posted_at: None,
            text: None,
            shared_url: None,
            theme: None,
            theme_confidence: None,
            theme_because: None,
            reactions: None,
            comments: None,
            format: None,
            campaign: None,
            numbers: Numbers::default(),
        }
    }
}

/// Why two names are one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum AliasBasis {
    SameName,
    NamedTogether,
    SameText,
    Instant,
    StatedDate,
}

/// Another name of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PostAlias {
    /// The name.
    pub name: PostName,
    /// The post.
    pub post: PostIndex,
    /// Why.
    pub basis: AliasBasis,
}

/// What tells whose lead it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum MatchBasis {
    Profile,
    Email,
    NameCompany,
    /// The configuration says who it is.
    Label,
    Owner,
}

/// A lead: a person in a CRM.
#[derive(Clone, Debug)]
pub struct Lead {
    /// The CRM.
    pub source_system: Box<str>,
    /// The CRM's own id.
    pub remote_id: Box<str>,
    /// Who, over all files.
    pub person: PersonIndex,
    /// The full name.
    pub full_name: Option<Box<str>>,
    /// The profile slug.
    pub profile: Option<Box<str>>,
    /// The company, as written.
    pub company: Option<Box<str>>,
    /// When the CRM made the record.
    pub created_at: Option<Moment>,
    /// Where it stands.
    pub status: LeadStatus,
    /// What a rep entered as the source.
    pub lead_source: Option<Box<str>>,
    /// What the person said.
    pub self_reported: Option<Box<str>>,
    /// Whose connection, or else whose own contact it is.
    pub member: Option<MemberIndex>,
    /// What tells so, and how sure that is.
    pub matched: Option<(MatchBasis, f64)>,
    /// Where the record was read.
    pub place: Place,
}

/// A deal.
#[derive(Clone, Debug)]
pub struct DealSummary {
    /// The CRM.
    pub source_system: Box<str>,
    /// The CRM's own id.
    pub remote_id: Box<str>,
    /// Its name.
    pub name: Option<Box<str>>,
    /// How it stands.
    pub status: DealStatus,
    /// The amount; unknown is not 0.
    pub amount_minor: Option<i64>,
    /// Its currency.
    pub currency: Currency,
    /// What it measures.
    pub amount_kind: AmountKind,
    /// What totals count the amount as, where that is another currency; credits keep its own.
    pub converted: Option<Money>,
    /// The loan, which is no revenue.
    pub loan_minor: Option<i64>,
    /// When the CRM made the record.
    pub created_at: Option<Moment>,
    /// When it was won or lost.
    pub closed_at: Option<Moment>,
    /// Where the record was read.
    pub place: Place,
    /// Its persons, each with what tells so and how sure that is.
    pub leads: Vec<DealLead>,
}

/// A person of a deal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DealLead {
    /// The person, as a lead.
    pub lead: LeadIndex,
    /// What tells so.
    pub basis: DealBasis,
    /// How sure that is, from 0 to 1.
    pub confidence: f64,
}

/// What joins a deal to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum DealBasis {
    ContactId,
    ContactRole,
    Conversion,
    ContactEmail,
    Activity,
    ContactName,
    Company,
}

/// How a touch is known; the order decides between touches of one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum TouchKind {
    TrackedLink,
    LeadGenForm,
    SelfReported,
    Comment,
    Repost,
    Reaction,
    PollVote,
    Message,
    /// Tracking names a source that is no post and not LinkedIn.
    TrackedSource,
    /// The person names a source that is no post and not LinkedIn.
    SelfReportedSource,
    /// A rep entered a source that is no post and not LinkedIn.
    RepEnteredSource,
}

/// What credit rests on; the kinds are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditEvidence {
    /// A link, a form or a campaign says it.
    Tracked,
    /// The lead says it.
    SelfReported,
    /// A rep entered it.
    RepEntered,
    /// A list, an archive or a message shows it.
    Observed,
    /// The times of posts and leads make it likely.
    Inferred,
}

impl TouchKind {
    /// What credit for a touch of this kind rests on.
    pub fn evidence(self) -> CreditEvidence {
        match self {
            Self::TrackedLink | Self::LeadGenForm | Self::TrackedSource => {
                CreditEvidence::Tracked
            }
            Self::SelfReported | Self::SelfReportedSource => CreditEvidence::SelfReported,
            Self::RepEnteredSource => CreditEvidence::RepEntered,
            Self::Comment
            | Self::Repost
            | Self::Reaction
            | Self::PollVote
            | Self::Message => CreditEvidence::Observed,
        }
    }
}

/// One encounter of a lead with a post, and how it is known.
#[derive(Clone, Debug)]
pub struct Touch<Evidence = TouchEvidence> {
    /// Who.
    pub lead: LeadIndex,
    /// With what; none for a source that is no post.
    pub post: Option<PostIndex>,
    /// How it is known.
    pub kind: TouchKind,
    /// When.
    pub touched_ms: UnixMs,
    /// What shows it.
    pub evidence: Evidence,
    /// Where it was read.
    pub place: Place,
}

impl<Evidence> Touch<Evidence> {
    /// When it was.
    pub fn touched_at(&self) -> Timestamp {
        self.touched_ms.timestamp().unwrap_or(Timestamp::MAX)
    }

    /// The touch, its evidence told otherwise.
    pub fn told<Other>(self, tell: impl FnOnce(Evidence) -> Other) -> Touch<Other> {
        let Self { lead, post, kind, touched_ms, evidence, place } = self;
        Touch { lead, post, kind, touched_ms, evidence: tell(evidence), place }
    }
}

/// Somebody who must have commented, since the member answered: inferred, and no touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inferred {
    /// Under which post.
    pub post: PostIndex,
    /// Whom the answer names.
    pub full_name: Box<str>,
    /// When the member answered: the comment is older.
    pub answered_at: Option<Timestamp>,
    /// Where the answer was read.
    pub place: Place,
}

/// A join that is not sure, as more than one candidate fits or nothing tells.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ambiguity {
    /// What it is about.
    pub subject: Box<str>,
    /// What fits, and what was done.
    pub text: Box<str>,
    /// Whether it was made all the same: what fits is taken as one, or one of it is taken.
    pub is_joined: bool,
}

impl Ambiguity {
    /// A join that was not made.
    pub fn open(subject: impl Into<Box<str>>, text: impl Into<Box<str>>) -> Self {
        Self { subject: subject.into(), text: text.into(), is_joined: false }
    }

    /// A join that was made.
    pub fn joined(subject: impl Into<Box<str>>, text: impl Into<Box<str>>) -> Self {
        Self { is_joined: true, ..Self::open(subject, text) }
    }
}

words! {
    AliasBasis {
        SameName = "same name",
        NamedTogether = "named together",
        SameText = "same text",
        Instant = "instant",
        StatedDate = "stated date",
    }
    MatchBasis {
        Profile = "profile",
        Email = "email",
        NameCompany = "name_company",
        Label = "label",
        Owner = "owner",
    }
    DealBasis {
        ContactId = "contact id",
        ContactRole = "contact role",
        Conversion = "lead conversion",
        ContactEmail = "contact e-mail",
        Activity = "activity",
        ContactName = "contact name",
        Company = "by company",
    }
    TouchKind {
        TrackedLink = "tracked_link",
        LeadGenForm = "lead_gen_form",
        SelfReported = "self_reported",
        Comment = "comment",
        Repost = "repost",
        Reaction = "reaction",
        PollVote = "poll_vote",
        Message = "message",
        TrackedSource = "tracked_source",
        SelfReportedSource = "self_reported_source",
        RepEnteredSource = "rep_entered_source",
    }
    CreditEvidence {
        Tracked = "tracked",
        SelfReported = "self_reported",
        RepEntered = "rep_entered",
        Observed = "observed",
        Inferred = "inferred",
    }
}
