//! What a column can mean.

/// Declares the meanings, and how each is written.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The meaning of a column, one word for all vendors.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the names are the meanings")]
        pub enum Field {
            $($(#[$doc])* $name,)*
        }

        impl Field {
            /// Its name in databases, such as `RemoteId`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }
        }
    };
}

fields! {
    // Persons.
    FirstName,
    LastName,
    FullName,
    ProfileUrl,
    Email,
    EmailAliases,
    Phone,
    Company,
    Position,
    Occupation,
    Headline,
    // LinkedIn archives.
    ConnectedOn,
    Date,
    ShareLink,
    ShareText,
    SharedUrl,
    MediaUrl,
    Visibility,
    Link,
    Message,
    ReactionType,
    Conversation,
    ConversationTitle,
    From,
    SenderProfileUrl,
    To,
    RecipientProfileUrls,
    Folder,
    Attachments,
    IsMessageDraft,
    IsConversationDraft,
    Content,
    Subject,
    SentAt,
    Direction,
    InviterProfileUrl,
    InviteeProfileUrl,
    IsConfirmed,
    IsPrimary,
    UpdatedOn,
    StartedOn,
    FinishedOn,
    // Lists of people who engaged.
    PostUrl,
    HasLiked,
    HasCommented,
    CommentText,
    CommentUrl,
    CommentedAt,
    ListedAt,
    // Labels.
    Post,
    Theme,
    // CRM records.
    RemoteId,
    Name,
    CreatedAt,
    ChangedAt,
    Owner,
    Lifecycle,
    LeadStatus,
    AccountIds,
    AccountNames,
    DealIds,
    ContactIds,
    ContactNames,
    MergedIds,
    BecameCustomerAt,
    TrackedSource,
    TrackedDetail,
    TrackedUrl,
    SelfReportedSource,
    RepEnteredSource,
    Stage,
    Pipeline,
    Amount,
    AmountInHomeCurrency,
    LoanAmount,
    Currency,
    ClosedAt,
    IsClosed,
    IsWon,
    IsLost,
    Probability,
    // Analytics, advertising and lists of posts.
    PostId,
    ActivityUrn,
    FullUrn,
    PostText,
    PostFormat,
    PostKind,
    PostDay,
    PublishTime,
    PostedMs,
    Network,
    Action,
    AuthorUrl,
    ListProfileUrl,
    Impressions,
    MembersReached,
    Engagements,
    Reactions,
    Comments,
    Reposts,
    Clicks,
    Saves,
    Sends,
    ProfileViews,
    FollowersGained,
    Period,
    Day,
    Campaign,
    CampaignId,
    CreativeId,
    Spent,
    Leads,
    FormName,
    LeadType,
    IsTest,
    Title,
    ArticleUrl,
    PublishedOn,
    MemberId,
    ReactionUrn,
    CommentId,
    CommentedMs,
    IsAuthor,
    Status,
    Forecast,
    IsDeleted,
    FundedAt,
    ActualAmount,
    Commission,
    Recurring,
    PropertyPrice,
    ConvertedAt,
    IsConverted,
    ConvertedAccountId,
    ConvertedContactId,
    ConvertedDealId,
    MasterId,
    OwnerId,
    ContactEmails,
    OtherId,
    Domain,
    Country,
    ParentId,
    ContactId,
    DealId,
    HasResponded,
    Role,
    Property,
    Value,
    HappenedAt,
    /// Known, and nothing is taken from it.
    Unused,
}

/// What a deal may count by.
pub const AMOUNTS: [Field; 6] = [
    Field::Amount,
    Field::ActualAmount,
    Field::LoanAmount,
    Field::Commission,
    Field::Recurring,
    Field::PropertyPrice,
];

/// What tells when a deal closed.
pub const CLOSED: [Field; 2] = [Field::ClosedAt, Field::FundedAt];

impl Field {
    /// How many meanings there are.
    pub const COUNT: usize = Self::Unused as usize + 1;

    /// Its word in the configuration and in lists, such as `remote_id`.
    pub fn word(self) -> String {
        let mut word = String::new();
        for character in self.name().chars() {
            if character.is_ascii_uppercase() && !word.is_empty() {
                word.push('_');
            }
            word.push(character.to_ascii_lowercase());
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_a_name_in_databases_and_a_word_in_configurations() {
        assert_eq!(Field::ContactIds.name(), "ContactIds");
        assert_eq!(Field::ContactIds.name(), format!("{:?}", Field::ContactIds));
        assert_eq!(Field::ContactIds.word(), "contact_ids");
    }
}
