//! What the rows of exports state, before anything is joined: plain facts, each with the
//! place where it was read.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};

use super::{
    AdDay, Article, Currency, Identities, IdentityId, LeadForm, Moment, NamePair,
    PackedEngagements, Place, PostName, PostNumbers,
};

/// The name of a post as one file mentions it, numbered as [`IdentityId`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostNameId(pub i64);

impl PostNameId {
    /// The `count`-th post name of a file.
    pub fn new(source_file_id: u32, count: u32) -> Self {
        Self(i64::from(source_file_id) << 32 | i64::from(count))
    }

    /// The file that mentions it.
    pub fn source_file_id(self) -> u32 {
        u32::try_from(self.0 >> 32).unwrap_or(0)
    }

    /// Which of the file's names it is, from 1.
    pub fn count(self) -> u32 {
        u32::try_from(self.0 & 0xffff_ffff).unwrap_or(0)
    }
}

/// What stands under the number of a name in a list that is in the order of numbers.
pub fn of_name<T: Copy>(names: &[(PostNameId, T)], id: PostNameId) -> Option<T> {
    let at = names.binary_search_by_key(&id, |(id, _)| *id).ok()?;
    Some(names[at].1)
}

/// What a file of an archive says about the member whose archive it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum ClaimKind {
    FullName,
    ProfileUrl,
    Email,
    PrimaryEmail,
    Company,
}

/// One such statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberClaim {
    /// Where.
    pub place: Place,
    /// About what.
    pub kind: ClaimKind,
    /// The value: a name as written, or a comparison key.
    pub text: Box<str>,
    /// How often the file says so.
    pub times: u32,
}

/// A connection of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Where.
    pub place: Place,
    /// Who; none for a closed account.
    pub identity: Option<IdentityId>,
    /// Since when.
    pub connected_on: Option<Date>,
}

/// A post of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Where.
    pub place: Place,
    /// The name in its link.
    pub name: PostName,
    /// The file's own date of it.
    pub stated_at: Option<Timestamp>,
    /// The words, which are the post's as well.
    pub text: Arc<str>,
    /// The link that it shares.
    pub shared_url: Option<Box<str>>,
    /// Who can see it, in LinkedIn's words.
    pub visibility: Option<Box<str>>,
}

/// A comment that the member wrote, on any post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnComment {
    /// Where.
    pub place: Place,
    /// When, if the file says so.
    pub commented_at: Option<Timestamp>,
    /// On which post.
    pub post_name: Option<PostNameId>,
    /// The words.
    pub text: Box<str>,
}

/// A reaction that the member gave to any post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenReaction {
    /// Where.
    pub place: Place,
    /// When.
    pub reacted_at: Option<Timestamp>,
    /// To which post.
    pub post_name: Option<PostNameId>,
}

/// Whether a message is contact between two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum MessageKind {
    Contact,
    Draft,
    Spam,
    Sponsored,
}

/// A message in a member's archive; its text is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Where.
    pub place: Place,
    /// When.
    pub sent_at: Option<Timestamp>,
    /// Whether it counts as contact.
    pub kind: MessageKind,
    /// Who wrote it.
    pub sender: Option<IdentityId>,
    /// Whom it went to.
    pub recipients: Vec<IdentityId>,
    /// The posts whose links stand in it.
    pub post_names: Vec<PostNameId>,
}

/// An invitation to connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Where.
    pub place: Place,
    /// The other person.
    pub identity: IdentityId,
    /// On which day.
    pub sent_on: Option<Date>,
    /// The other person sent it.
    pub is_incoming: bool,
}

/// A theme given to a post by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// The post.
    pub post_name: PostNameId,
    /// The theme's name.
    pub theme: Box<str>,
}

/// Where a lead stands in the CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum LeadStatus {
    Open,
    Qualified,
    Disqualified,
}

/// A lead or contact of a CRM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Where.
    pub place: Place,
    /// The CRM's own id.
    pub remote_id: Box<str>,
    /// Who.
    pub identity: IdentityId,
    /// When the CRM made the record.
    pub created_at: Option<Moment>,
    /// When the CRM changed it last.
    pub changed_at: Option<Moment>,
    /// Where it stands.
    pub status: LeadStatus,
    /// Whose contact it is: a full name, or the CRM's own id of a user.
    pub owner: Option<Box<str>>,
    /// The CRM made a contact, an account or a deal of the lead.
    pub is_converted: bool,
    /// When it did.
    pub converted_at: Option<Moment>,
}

/// A company of a CRM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Where.
    pub place: Place,
    /// The CRM's own id.
    pub remote_id: Box<str>,
    /// Its name.
    pub name: Option<Box<str>>,
    /// Its web domain or address, as written.
    pub domain: Option<Box<str>>,
    /// Its country, as written.
    pub country: Option<Box<str>>,
    /// The id of the account above it.
    pub parent_id: Option<Box<str>>,
    /// When the CRM changed it last.
    pub changed_at: Option<Moment>,
}

/// The kinds of record that a row can speak of without being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum Subject {
    Account,
    Contact,
    Deal,
    User,
    Campaign,
}

/// What a row says about a record that stands elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatementKind {
    /// The record is deleted.
    Deleted,
    /// The record was merged into the object.
    MergedInto,
    /// The record bears the name that is the object.
    Named,
    /// The deal lists the contact that is the object; the detail is the role.
    Role,
    /// An activity names the deal, and the contact that is the object.
    Activity,
    /// The deal entered the stage that is the object; the detail is the status it tells.
    Stage,
    /// The contact answered the campaign that is the object.
    Campaign,
}

/// A statement of a row about a record that stands elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Where.
    pub place: Place,
    /// What kind of record it speaks of.
    pub about: Subject,
    /// The record's id.
    pub subject: Box<str>,
    /// What it says.
    pub kind: StatementKind,
    /// The other record's id, or the name.
    pub object: Box<str>,
    /// More of it, by kind.
    pub detail: Option<Box<str>>,
    /// When that was.
    pub happened_at: Option<Moment>,
}

/// What a record names beside itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum LinkKind {
    ContactId,
    ContactEmail,
    ContactName,
    DealId,
    AccountId,
    AccountName,
    MergedId,
    AliasEmail,
    /// A telephone number, with its country where that is known.
    Phone,
    /// The id of the same record in another CRM.
    OtherId,
    /// The contact that the CRM made of a lead.
    ConvertedContact,
    /// The deal that the CRM made of a lead.
    ConvertedDeal,
}

/// A reference from a CRM record to another, or to another name of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordLink {
    /// The record that names the other.
    pub place: Place,
    /// What it names.
    pub kind: LinkKind,
    /// The other's id or key.
    pub text: Box<str>,
}

/// Who says where a lead came from; the kinds never mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum EvidenceKind {
    Tracked,
    SelfReported,
    RepEntered,
}

/// One cell that says where a lead or deal came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEvidence {
    /// The record that says so, and which of its statements it is.
    pub place: Place,
    /// Who says so.
    pub kind: EvidenceKind,
    /// The column's header.
    pub column: Box<str>,
    /// The words.
    pub text: Box<str>,
}

/// How a deal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum DealStatus {
    Open,
    Won,
    Lost,
    Unknown,
}

/// What an amount measures; no total mixes kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum AmountKind {
    Revenue,
    Commission,
    Loan,
    PropertyPrice,
    ContractTotal,
    Recurring,
}

/// A deal of a CRM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// Where.
    pub place: Place,
    /// The CRM's own id.
    pub remote_id: Box<str>,
    /// Its name.
    pub name: Option<Box<str>>,
    /// The stage, in the CRM's words.
    pub stage: Option<Box<str>>,
    /// How it stands.
    pub status: DealStatus,
    /// The status is read from a probability or a stage's name, for want of a flag.
    pub is_status_inferred: bool,
    /// The amount in whole minor units; unknown is not 0.
    pub amount_minor: Option<i64>,
    /// Its currency.
    pub currency: Currency,
    /// What it measures.
    pub amount_kind: AmountKind,
    /// The loan, in whole minor units, which is no revenue.
    pub loan_minor: Option<i64>,
    /// When the CRM made the record.
    pub created_at: Option<Moment>,
    /// When it was won or lost; none while open.
    pub closed_at: Option<Moment>,
    /// When the CRM changed it last.
    pub changed_at: Option<Moment>,
    /// Whose deal it is: a full name, or the CRM's own id of a user.
    pub owner: Option<Box<str>>,
}

/// A cell or row that could not be used. The row is lost only where no column is named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rejection {
    /// The line at which the row begins, from 1.
    pub line: u64,
    /// The column's header; none where the whole row is rejected.
    pub column: Option<Box<str>>,
    /// What stands there.
    pub text: Box<str>,
    /// Why it cannot be used.
    pub reason: Box<str>,
}

/// What rows state and nothing is made of: it stands in the database alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unused {
    /// The reactions that members gave.
    pub given_reactions: Vec<GivenReaction>,
    /// The job titles of connections on the export's day, by the connection's place and in its
    /// order.
    pub positions: Vec<(Place, Box<str>)>,
}

/// Facts of all kinds, of one file or of all.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the names are the types'")]
pub struct Facts {
    pub identities: Identities,
    pub post_names: Vec<(PostNameId, PostName)>,
    pub claims: Vec<MemberClaim>,
    pub connections: Vec<Connection>,
    pub shares: Vec<Share>,
    pub own_comments: Vec<OwnComment>,
    pub messages: Vec<Message>,
    pub invitations: Vec<Invitation>,
    pub engagements: PackedEngagements,
    pub labels: Vec<Label>,
    pub accounts: Vec<Account>,
    pub contacts: Vec<Contact>,
    pub deals: Vec<Deal>,
    pub links: Vec<RecordLink>,
    pub statements: Vec<Statement>,
    pub evidence: Vec<SourceEvidence>,
    pub post_numbers: Vec<PostNumbers>,
    pub name_pairs: Vec<NamePair>,
    pub ad_days: Vec<AdDay>,
    pub lead_forms: Vec<LeadForm>,
    pub articles: Vec<Article>,
}

impl Facts {
    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.identities.len()
            + self.post_names.len()
            + self.claims.len()
            + self.connections.len()
            + self.shares.len()
            + self.own_comments.len()
            + self.messages.len()
            + self.invitations.len()
            + self.engagements.len()
            + self.labels.len()
            + self.accounts.len()
            + self.contacts.len()
            + self.deals.len()
            + self.links.len()
            + self.statements.len()
            + self.evidence.len()
            + self.post_numbers.len()
            + self.name_pairs.len()
            + self.ad_days.len()
            + self.lead_forms.len()
            + self.articles.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
