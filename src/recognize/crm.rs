//! What a CRM means by its ids, words and amounts: data beside the columns of a format.

use super::Field;
use crate::domain::{AmountKind, DealStatus};

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
    /// Of each of these lists at least one field must have a column.
    pub needs: &'static [&'static [Field]],
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
        needs: &[],
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

const fn won(words: &'static [&'static str]) -> StatusWords {
    StatusWords { status: DealStatus::Won, words }
}

const fn lost(words: &'static [&'static str]) -> StatusWords {
    StatusWords { status: DealStatus::Lost, words }
}

const fn open(words: &'static [&'static str]) -> StatusWords {
    StatusWords { status: DealStatus::Open, words }
}

/// What vendors call the two ends by themselves.
pub(super) const CLOSED: &[StatusWords] = &[
    won(&[
        "closed won",
        "closedwon",
        "cerrada ganada",
        "cerrado ganado",
        "ferme gagne",
        "fermee gagnee",
        "geschlossen und gewonnen",
        "abgeschlossen und gewonnen",
        "geschlossen gewonnen",
        "fechado e ganho",
        "fechado ganho",
        "chiuso vinto",
        "gesloten gewonnen",
        "uzavreno vyhrano",
    ]),
    lost(&[
        "closed lost",
        "closedlost",
        "cerrada perdida",
        "cerrado perdido",
        "ferme perdu",
        "fermee perdue",
        "geschlossen und verloren",
        "abgeschlossen und verloren",
        "geschlossen verloren",
        "fechado e perdido",
        "fechado perdido",
        "chiuso perso",
        "gesloten verloren",
        "uzavreno prohrano",
    ]),
];

/// Salesforce: the forecast category confirms what the stage says.
pub(super) const FORECAST: &[StatusWords] = &[
    won(&["closed won", "closed"]),
    lost(&["closed lost", "omitted"]),
    open(&["pipeline", "best case", "most likely", "commit", "forecast"]),
];

/// Words for open, won and lost in the languages of exports.
pub(super) const COMMON: &[StatusWords] = &[
    won(&[
        "won",
        "closed won",
        "closedwon",
        "deal won",
        "win",
        "closed win",
        "sold",
        "settled",
        "funded",
        "paid",
        "gewonnen",
        "abgeschlossen gewonnen",
        "ganado",
        "ganada",
        "cerrado ganado",
        "cerrada ganada",
        "gagne",
        "gagnee",
        "ferme gagne",
        "conclu",
        "vinto",
        "vinta",
        "chiuso vinto",
        "ganho",
        "ganha",
        "fechado ganho",
        "vyhrano",
        "vyhrany",
        "wygrane",
        "wygrana",
        "wygrany",
        "zamknieta wygrana",
        "vunnet",
        "vunnen",
        "vundet",
        "выиграно",
        "выиграна",
        "выигран",
        "成約",
        "受注",
    ]),
    lost(&[
        "lost",
        "closed lost",
        "closedlost",
        "deal lost",
        "loss",
        "closed loss",
        "closed lost to competition",
        "abandoned",
        "canceled",
        "cancelled",
        "withdrawn",
        "declined",
        "denied",
        "dead",
        "disqualified",
        "verloren",
        "abgeschlossen verloren",
        "perdido",
        "perdida",
        "cerrado perdido",
        "cerrada perdida",
        "perdu",
        "perdue",
        "ferme perdu",
        "perso",
        "persa",
        "chiuso perso",
        "fechado perdido",
        "prohrano",
        "prohrany",
        "ztraceno",
        "przegrane",
        "przegrana",
        "przegrany",
        "zamknieta przegrana",
        "tapt",
        "forlorad",
        "tabt",
        "проиграно",
        "проиграна",
        "проигран",
        "失注",
    ]),
    open(&[
        "open",
        "active",
        "new",
        "lead",
        "lead in",
        "in progress",
        "in process",
        "pending",
        "discovery",
        "engaging",
        "engaged",
        "contacted",
        "working",
        "nurturing",
        "quoted",
        "quote",
        "evaluation",
        "opportunity",
        "qualified",
        "qualification",
        "qualified to buy",
        "needs analysis",
        "value proposition",
        "id decision makers",
        "identify decision makers",
        "perception analysis",
        "prospecting",
        "prospect",
        "proposal",
        "proposal made",
        "proposal price quote",
        "proposal sent",
        "quote sent",
        "negotiation",
        "negotiation review",
        "negotiations started",
        "negotiating",
        "demo",
        "demo scheduled",
        "contract sent",
        "contact made",
        "appointment scheduled",
        "presentation scheduled",
        "decision maker bought in",
        "application",
        "processing",
        "underwriting",
        "approval",
        "approved",
        "under contract",
        "offen",
        "in bearbeitung",
        "abierto",
        "abierta",
        "en curso",
        "ouvert",
        "ouverte",
        "en cours",
        "aperto",
        "aperta",
        "in corso",
        "aberto",
        "aberta",
        "em andamento",
        "otevreno",
        "otevreny",
        "otwarte",
        "otwarta",
        "w toku",
        "apen",
        "oppen",
        "aben",
        "lopend",
        "открыто",
        "открыта",
        "в работе",
    ]),
];

/// Loans: a folder or milestone of refused ones; nothing else in them tells.
pub(super) const REFUSED_LOANS: &[StatusWords] = &[lost(&[
    "*adverse*",
    "*denied*",
    "*declined*",
    "*withdrawn*",
    "*cancel*",
    "*turned down*",
])];

/// Loans: a folder or milestone of refused ones, and the words of loan status.
pub(super) const LOANS: &[StatusWords] = &[
    lost(&[
        "*adverse*",
        "*denied*",
        "*declined*",
        "*withdrawn*",
        "*cancel*",
        "*turned down*",
    ]),
    won(&["funded", "loan funded", "closed", "settled"]),
    open(&[
        "in process",
        "processing",
        "approval",
        "approved",
        "underwriting",
        "started",
        "application",
        "prospect",
        "submitted",
        "pre approved",
        "prequalified",
        "active",
        "pending",
        "new",
        "open",
        "lead",
    ]),
];

/// Follow Up Boss: a deal ends at Closed.
pub(super) const REAL_ESTATE: &[StatusWords] = &[
    won(&["closed", "won", "sold", "settled"]),
    lost(&["terminated", "lost", "cancelled", "canceled", "withdrawn", "fell through"]),
    open(&[
        "offer",
        "offer accepted",
        "under contract",
        "pending",
        "active",
        "open",
        "buyer contract",
        "listing agreement",
        "listed",
        "new",
    ]),
];

/// What vendors and languages call a deleted record.
pub(super) const DELETED: &[&str] = &[
    "deleted",
    "geloscht",
    "eliminado",
    "eliminada",
    "supprime",
    "supprimee",
    "eliminato",
    "excluido",
    "smazano",
    "smazany",
    "usuniete",
    "usuniety",
    "verwijderd",
    "удалено",
];
