//! The one word that stands for each kind in SQL, output and documentation.

use super::{
    AmountKind, ClaimKind, DealStatus, EngagementKind, EvidenceKind, LeadStatus,
    LinkKind, MessageKind, StatementKind, Subject,
};

/// A kind that has a word of its own.
pub trait Word: Copy + Sized + 'static {
    /// All values with their words, in order.
    const WORDS: &'static [(Self, &'static str)];

    /// The word of a value.
    fn word(self) -> &'static str;

    /// The value of a word.
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, own)| *own == word).map(|(value, _)| *value)
    }
}

/// Gives kinds their words, by which they are shown, too.
macro_rules! words {
    ($($kind:ident { $($value:ident = $word:literal),+ $(,)? })+) => {$(
        impl $crate::domain::Word for $kind {
            const WORDS: &'static [(Self, &'static str)] = &[$((Self::$value, $word)),+];

            fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }

        impl std::fmt::Display for $kind {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str($crate::domain::Word::word(*self))
            }
        }
    )+};
}

pub(crate) use words;

words! {
    ClaimKind {
        FullName = "full_name",
        ProfileUrl = "profile_url",
        Email = "email",
        PrimaryEmail = "primary_email",
        Company = "company",
    }
    MessageKind {
        Contact = "contact",
        Draft = "draft",
        Spam = "spam",
        Sponsored = "sponsored",
    }
    EngagementKind { Comment = "comment", Reaction = "reaction" }
    LeadStatus { Open = "open", Qualified = "qualified", Disqualified = "disqualified" }
    LinkKind {
        ContactId = "contact_id",
        ContactEmail = "contact_email",
        ContactName = "contact_name",
        DealId = "deal_id",
        AccountId = "account_id",
        AccountName = "account_name",
        MergedId = "merged_id",
        AliasEmail = "alias_email",
        Phone = "phone",
        OtherId = "other_id",
        ConvertedContact = "converted_contact",
        ConvertedDeal = "converted_deal",
    }
    Subject {
        Account = "account",
        Contact = "contact",
        Deal = "deal",
        User = "user",
        Campaign = "campaign",
    }
    StatementKind {
        Deleted = "deleted",
        MergedInto = "merged_into",
        Named = "named",
        Role = "role",
        Activity = "activity",
        Stage = "stage",
        Campaign = "campaign",
    }
    EvidenceKind {
        Tracked = "tracked",
        SelfReported = "self_reported",
        RepEntered = "rep_entered",
    }
    DealStatus { Open = "open", Won = "won", Lost = "lost", Unknown = "unknown" }
    AmountKind {
        Revenue = "revenue",
        Commission = "commission",
        Loan = "loan",
        PropertyPrice = "property_price",
        ContractTotal = "contract_total",
        Recurring = "recurring",
    }
}
