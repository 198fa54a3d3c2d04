//! The words of the trade: plain data, without files, SQL or CSV.

mod analytics;
mod count;
mod engagement;
mod evidence;
mod exchange;
mod fact;
mod identity;
mod loaded;
mod moment;
mod money;
mod of_persons;
pub(crate) mod packed;
mod place;
mod post;
mod result;
mod stated;
mod words;

pub use analytics::{AdDay, Article, LeadForm, Metric, NamePair, Numbers, PostNumbers};
pub use count::{count, grouped};
pub use engagement::{Engagement, EngagementBlock, EngagementKind, PackedEngagements};
pub use evidence::{ListedTime, TouchEvidence};
pub use exchange::{Measure, Rate, Rates};
pub use fact::{
    Account, AmountKind, ClaimKind, Connection, Contact, Deal, DealStatus, EvidenceKind,
    Facts, GivenReaction, Invitation, Label, LeadStatus, LinkKind, MemberClaim, Message,
    MessageKind, OwnComment, PostNameId, RecordLink, Rejection, Share, SourceEvidence,
    Statement, StatementKind, Subject, Unused, of_name,
};
pub use identity::{Identities, Identity, IdentityId, TextsByHash};
pub use loaded::Loaded;
pub use moment::{Moment, UnixMs, iso};
pub use money::{Currency, Money, round_to_minor};
pub use of_persons::OfPersons;
pub use place::Place;
pub use post::{PostKind, PostName};
pub use result::{
    AliasBasis, Ambiguity, CreditEvidence, DealBasis, DealIndex, DealLead, DealSummary,
    ExportInfo, Inferred, Lead, LeadIndex, MatchBasis, Member, MemberIndex, PersonIndex,
    Post, PostAlias, PostIndex, SourceFile, Touch, TouchKind,
};
pub use stated::StatedId;
pub use words::Word;
pub(crate) use words::words;
