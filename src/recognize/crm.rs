//! What a CRM means by its ids, words and amounts: data beside the columns of a format.

use super::Field;
use crate::domain::{AmountKind, DealStatus};

pub(super) use super::{
    things::{DEALS, PERSONS},
    words::{CLOSED, COMMON, DELETED, FORECAST, LOANS, REAL_ESTATE, REFUSED_LOANS},
};

/// What a CRM means where columns alone do not say it.
#[derive(Debug, PartialEq, Eq)]
pub struct Crm {
    /// How its ids are spelled.
    pub ids: Ids,
    /// The words of its status and stage columns; the first list that knows a word decides.
    pub words: &'static [StatusWords],
    /// How a deal stands that nothing tells.
    pub otherwise: DealStatus,
    /// A status that is one of these words deletes the record.
    pub deleted: &'static [&'static str],
    /// What its column of amounts measures.
    pub amount_kind: AmountKind,
    /// The currency of amounts that state none, by its code; empty where the vendor serves
    /// more than one country.
    pub currency: &'static str,
    /// How full names are written.
    pub names: NameOrder,
    /// How records lie in its files.
    pub rows: Rows,
    /// It is nobody's own format: any vendor's that fits wins.
    pub is_generic: bool,
    /// What its tables are about, squeezed: `Deal Stage` is then `Stage`.
    pub things: &'static [&'static str],
    /// Of each of these lists at least one field must have a column.
    pub needs: &'static [&'static [Field]],
    /// Headers that are the vendor's own, where the required ones may be anybody's: one of
    /// them must be there. The first, which is no pattern, is named where none is.
    pub own: &'static [&'static str],
}

impl Crm {
    /// Ids as they stand, status by flags alone, revenue.
    pub const PLAIN: Self = Self {
        ids: Ids::Plain,
        words: &[],
        otherwise: DealStatus::Unknown,
        deleted: &[],
        amount_kind: AmountKind::Revenue,
        currency: "",
        names: NameOrder::FirstLast,
        rows: Rows::Table,
        is_generic: false,
        things: &[],
        needs: &[],
        own: &[],
    };

    /// The words that many use.
    pub const COMMON: Self = Self { words: COMMON, ..Self::PLAIN };
}

/// How ids are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    /// As they stand.
    Plain,
    /// 15 characters, or 18 with the checksum of the first 15; zeros are no id.
    Salesforce,
    /// Digits, some behind `zcrm_`.
    Zoho,
    /// In any case, some in braces.
    Guid,
}

/// How full names are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameOrder {
    /// `Ada Quill`
    FirstLast,
    /// `Quill, Jr., Ada`
    LastFirst,
}

/// How records lie in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Each line is one.
    Table,
    /// In groups, each with a title, a header of its own and a sum, sub-items between.
    Board,
}

/// Words that tell a status. They are compared folded, without punctuation and signs, and
/// `*` stands for anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusWords {
    /// How a deal stands that is at one of these.
    pub status: DealStatus,
    /// The words, folded.
    pub words: &'static [&'static str],
}
