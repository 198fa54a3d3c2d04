//! How a known export is declared.

use std::str::FromStr;

use super::{Crm, Field};

/// A known export: a name, what is taken from it, and its columns.
#[derive(Debug)]
pub struct Format {
    /// Vendor and object, such as `hubspot-deals`.
    pub name: &'static str,
    /// What it is and where a person gets it.
    pub summary: &'static str,
    /// What is taken from its rows.
    pub takes: Takes,
    /// The columns that are known.
    pub columns: &'static [Column],
    /// How its dates read.
    pub dates: Dates,
    /// How its amounts read.
    pub amounts: Amounts,
}

/// What is taken from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Records of one kind.
    Records(Record),
    /// Records of a CRM, read by what that CRM means.
    Crm(Record, &'static Crm),
    /// Nothing; says what the file holds.
    Nothing(&'static str),
    /// The file would be wanted but lacks what it needs; says what and the way out.
    Refused(&'static str),
}

impl Format {
    /// The kind of record that its rows become, if any.
    pub fn record(&self) -> Option<Record> {
        match self.takes {
            Takes::Records(record) | Takes::Crm(record, _) => Some(record),
            Takes::Nothing(_) | Takes::Refused(_) => None,
        }
    }

    /// What the CRM means whose export it is.
    pub fn crm(&self) -> &'static Crm {
        match self.takes {
            Takes::Crm(_, crm) => crm,
            _ => &Crm::PLAIN,
        }
    }
}

/// The kinds of record that rows become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum Record {
    Profile,
    EmailAddress,
    Position,
    Connection,
    Share,
    OwnComment,
    GivenReaction,
    Message,
    Invitation,
    Engager,
    Label,
    Contact,
    Deal,
    PostNumbers,
    TopPosts,
    Period,
    AdDay,
    FormLead,
    Article,
    /// A person with a deal of theirs in the same row.
    ContactWithDeal,
    Account,
    User,
    Campaign,
    CampaignMember,
    /// A contact's role in a deal.
    ContactRole,
    /// A task or event that names a contact and a deal.
    Activity,
    /// A stage that a deal entered, one a row.
    StageHistory,
    /// A property's value over time, one a row.
    PropertyHistory,
}

impl Record {
    /// Whether the file is a part of a member's LinkedIn archive, and so speaks of that
    /// member.
    pub fn is_of_archive(self) -> bool {
        match self {
            Self::Profile
            | Self::EmailAddress
            | Self::Position
            | Self::Connection
            | Self::Share
            | Self::OwnComment
            | Self::GivenReaction
            | Self::Message
            | Self::Invitation
            | Self::Article => true,
            Self::Engager
            | Self::Label
            | Self::Contact
            | Self::Deal
            | Self::PostNumbers
            | Self::TopPosts
            | Self::Period
            | Self::AdDay
            | Self::FormLead
            | Self::ContactWithDeal
            | Self::Account
            | Self::User
            | Self::Campaign
            | Self::CampaignMember
            | Self::ContactRole
            | Self::Activity
            | Self::StageHistory
            | Self::PropertyHistory => false,
        }
    }
}

/// One known column.
#[derive(Debug)]
pub struct Column {
    /// What it means.
    pub field: Field,
    /// Its names, compared folded; `*` stands for anything.
    pub names: &'static [&'static str],
    /// How its cells read.
    pub kind: Kind,
    /// Without it the file is another one.
    pub is_required: bool,
}

impl Column {
    /// A column without which the file is another one.
    pub const fn required(
        field: Field,
        names: &'static [&'static str],
        kind: Kind,
    ) -> Self {
        Self { field, names, kind, is_required: true }
    }

    /// A column that may be missing.
    pub const fn optional(
        field: Field,
        names: &'static [&'static str],
        kind: Kind,
    ) -> Self {
        Self { field, names, kind, is_required: false }
    }
}

/// How the cells of a column read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text as it stands.
    Text,
    /// Text in which some exports wrap every line break in quotes.
    WrappedText,
    /// Yes or no.
    Flag,
    /// An amount of money.
    Amount,
    /// An amount of money, counted in hundredths.
    Cents,
    /// A day; a time beside it says nothing.
    Day,
    /// An instant, or a day where no time is given.
    Moment,
}

/// How a format's dates read where the cell does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The zone of times that state none.
    pub zone: Zone,
    /// Slashed dates are month first by the vendor's own rule; else the column decides.
    pub is_month_first: bool,
    /// The order of dates in columns that do not decide it, where that is known.
    pub order: Option<DateOrder>,
}

/// The order in which a date's numbers stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/12/2024`
    DayMonthYear,
    /// `12/31/2024`
    MonthDayYear,
    /// `24/12/31`
    YearMonthDay,
}

impl DateOrder {
    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::DayMonthYear => "dmy",
            Self::MonthDayYear => "mdy",
            Self::YearMonthDay => "ymd",
        }
    }
}

impl FromStr for DateOrder {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        [Self::DayMonthYear, Self::MonthDayYear, Self::YearMonthDay]
            .into_iter()
            .find(|order| order.word() == word)
            .ok_or_else(|| format!("\"{word}\" is none of dmy, mdy, ymd"))
    }
}

/// The zone of times that state none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// The vendor writes UTC.
    Utc,
    /// The account's own, which the user gives.
    Given,
    /// This one, by its name in the IANA database.
    Named(&'static str),
}

impl Dates {
    /// LinkedIn: UTC, and month first where slashed.
    pub const LINKEDIN: Self =
        Self { zone: Zone::Utc, is_month_first: true, order: None };
    /// UTC; the column decides the order.
    pub const UTC: Self = Self { zone: Zone::Utc, is_month_first: false, order: None };
    /// The account's zone; month first where slashed.
    pub const MONTH_FIRST: Self =
        Self { zone: Zone::Given, is_month_first: true, order: None };
    /// The account's zone; the column decides the order.
    pub const ACCOUNT: Self =
        Self { zone: Zone::Given, is_month_first: false, order: None };
}

/// How a format's amounts read where the cell does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amounts {
    /// The vendor writes a decimal point and never groups.
    PointWithoutGroups,
    /// The same, and large ones with an exponent, `1.5E4`.
    PointOrExponent,
    /// `$342.09K`: rounded, with a point and groups.
    Abbreviated,
    /// The column decides.
    ByColumn,
    /// The column decides; where it does not, the decimal mark is a point.
    Point,
    /// The column decides; where it does not, the decimal mark is a comma.
    Comma,
}
