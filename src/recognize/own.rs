//! Formats of the user's own: what a configuration says of a table becomes a declaration
//! like those of the registry.

use std::collections::BTreeSet;

use super::{
    Amounts, Column, Crm, DateOrder, Dates, FORMATS, Field, Format, Ids, Kind, NameOrder,
    Record, StatusWords, Takes, Zone, crm, header,
};
use crate::domain::{AmountKind, Currency, DealStatus};

/// A kind of record that a format of the user's own may be of.
#[derive(Debug, PartialEq, Eq)]
pub struct OwnKind {
    /// Its word in the configuration.
    pub word: &'static str,
    /// What its rows become.
    pub record: Record,
    /// One row, in words.
    pub says: &'static str,
    /// Of each of these lists at least one field must have a column.
    pub needs: &'static [&'static [Field]],
}

const PERSON: &[Field] =
    &[Field::RemoteId, Field::Email, Field::FullName, Field::LastName];
const POST: &[Field] =
    &[Field::PostUrl, Field::PostId, Field::ActivityUrn, Field::FullUrn];

/// Fields of which one at least holds something where a person has a deal.
pub const DEAL_FIELDS: &[Field] = &[
    Field::Name,
    Field::Stage,
    Field::Status,
    Field::Amount,
    Field::LoanAmount,
    Field::PropertyPrice,
];

/// The kinds, as the configuration calls them.
pub const OWN_KINDS: &[OwnKind] = &[
    OwnKind {
        word: "lead",
        record: Record::Contact,
        says: "somebody who asked, or may buy",
        needs: &[PERSON],
    },
    OwnKind {
        word: "contact",
        record: Record::Contact,
        says: "a person",
        needs: &[PERSON],
    },
    OwnKind {
        word: "deal",
        record: Record::Deal,
        says: "a possible or closed sale",
        needs: &[&[Field::RemoteId, Field::Name]],
    },
    OwnKind {
        word: "contact-with-deal",
        record: Record::ContactWithDeal,
        says: "a person and their deal",
        needs: &[PERSON, DEAL_FIELDS],
    },
    OwnKind {
        word: "account",
        record: Record::Account,
        says: "a company",
        needs: &[&[Field::RemoteId, Field::Name]],
    },
    OwnKind {
        word: "post",
        record: Record::PostNumbers,
        says: "the numbers of a post",
        needs: &[
            POST,
            &[
                Field::Impressions,
                Field::MembersReached,
                Field::Engagements,
                Field::Reactions,
                Field::Comments,
                Field::Reposts,
                Field::Clicks,
            ],
        ],
    },
    OwnKind {
        word: "engager",
        record: Record::Engager,
        says: "a person who reacted to a post or commented on it",
        needs: &[&[Field::ProfileUrl, Field::MemberId, Field::FullName], POST],
    },
    OwnKind {
        word: "label",
        record: Record::Label,
        says: "a post and its theme",
        needs: &[&[Field::Post], &[Field::Theme]],
    },
];

impl OwnKind {
    /// The kind of a word.
    pub fn of(word: &str) -> Option<&'static Self> {
        OWN_KINDS.iter().find(|kind| kind.word == word)
    }

    /// What its columns can mean, each with how the cells read: whatever formats of the
    /// registry say of such records.
    pub fn fields(&self) -> Vec<(Field, Kind)> {
        let mut seen = BTreeSet::from([Field::Unused]);
        // What a vendor calls a lead is no person's name.
        seen.extend((self.record == Record::Contact).then_some(Field::Name));
        // Those of nobody's own come last in the list and know most.
        let of_kind =
            FORMATS.iter().rev().filter(|one| one.record() == Some(self.record));
        of_kind
            .flat_map(|format| format.columns)
            .filter(|column| seen.insert(column.field))
            .map(|column| match column.kind {
                Kind::Cents => (column.field, Kind::Amount),
                kind => (column.field, kind),
            })
            .collect()
    }
}

/// A format of the user's own.
#[derive(Clone, Debug)]
pub struct Own {
    /// Its name: what stands before the first hyphen is the CRM.
    pub name: String,
    /// What it is, in words; may be empty.
    pub summary: String,
    /// What a row is.
    pub kind: &'static OwnKind,
    /// Which columns hold which field, by any of the names.
    pub columns: Vec<(Field, Vec<String>)>,
    /// Fields whose columns may be missing.
    pub optional: Vec<Field>,
    /// Columns that are known, and of which nothing is taken.
    pub unused: Vec<String>,
    /// What its stages and status words mean, by their comparison form.
    pub stages: Vec<(String, DealStatus)>,
    /// How a deal stands that nothing tells.
    pub otherwise: DealStatus,
    /// What its column of amounts measures.
    pub amount_kind: AmountKind,
    /// Amounts are counted in hundredths.
    pub is_cents: bool,
    /// The currency of amounts that state none.
    pub currency: Option<Currency>,
    /// The decimal mark is a comma, or it is a point; else the column decides.
    pub has_comma: Option<bool>,
    /// The order of dates in columns that do not decide it.
    pub date_order: Option<DateOrder>,
    /// The zone of times that state none, by its IANA name.
    pub zone: Option<String>,
    /// How full names are written.
    pub names: NameOrder,
    /// How ids are spelled.
    pub ids: Ids,
}

impl Own {
    /// A format of which nothing but name and kind is said.
    pub fn new(name: &str, kind: &'static OwnKind) -> Self {
        Self {
            name: name.to_owned(),
            summary: String::new(),
            kind,
            columns: Vec::new(),
            optional: Vec::new(),
            unused: Vec::new(),
            stages: Vec::new(),
            otherwise: DealStatus::Unknown,
            amount_kind: AmountKind::Revenue,
            is_cents: false,
            currency: None,
            has_comma: None,
            date_order: None,
            zone: None,
            names: NameOrder::FirstLast,
            ids: Ids::Plain,
        }
    }

    /// What keeps it from being a format, if anything does.
    pub(super) fn fault(&self) -> Option<String> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if self.name.is_empty() || !self.name.chars().all(is_plain) {
            return Some("its name is not made of letters, digits and hyphens".into());
        }
        if self.name.starts_with("linkedin") {
            return Some("names that begin with linkedin are LinkedIn's own".into());
        }
        let known = self.kind.fields();
        let has = |field: &Field| self.columns.iter().any(|(own, _)| own == field);
        if let Some((field, _)) =
            self.columns.iter().find(|(field, _)| !known.iter().any(|(f, _)| f == field))
        {
            return Some(format!("a {} has no {}", self.kind.word, field.word()));
        }
        if let Some(group) = self.kind.needs.iter().find(|group| !group.iter().any(has)) {
            let words: Vec<_> = group.iter().map(|field| field.word()).collect();
            return Some(format!("a {} needs {}", self.kind.word, words.join(" or ")));
        }
        if let Some(field) = self.optional.iter().find(|field| !has(field)) {
            return Some(format!("{} is optional and has no column", field.word()));
        }
        self.twice()
    }

    /// A column that is to mean two things, or too few columns.
    fn twice(&self) -> Option<String> {
        let unused = self.unused.iter();
        let names = self.columns.iter().flat_map(|(_, names)| names).chain(unused);
        let mut seen = BTreeSet::new();
        for name in names {
            let folded = header::fold(name);
            if folded.is_empty() {
                return Some("a column has an empty name".into());
            }
            if !seen.insert(folded) {
                return Some(format!("the column \"{name}\" stands in it twice"));
            }
        }
        (seen.len() < 2)
            .then(|| "one column does not tell a table from others; name more".into())
    }

    /// The declaration. It lives as long as the process, like those of the registry.
    pub(super) fn format(&self) -> &'static Format {
        let known = self.kind.fields();
        let kind_of = |field: Field| {
            let kind = known.iter().find(|(own, _)| *own == field);
            match kind.map_or(Kind::Text, |(_, kind)| *kind) {
                Kind::Amount if self.is_cents => Kind::Cents,
                kind => kind,
            }
        };
        let mut columns: Vec<Column> = self
            .columns
            .iter()
            .map(|(field, names)| Column {
                field: *field,
                names: kept_names(names.iter().map(String::as_str)),
                kind: kind_of(*field),
                is_required: !self.optional.contains(field),
            })
            .collect();
        for name in &self.unused {
            let names = kept_names([name.as_str()]);
            columns.push(Column::optional(Field::Unused, names, Kind::Text));
        }
        let is_crm = !matches!(
            self.kind.record,
            Record::PostNumbers | Record::Engager | Record::Label
        );
        let takes = if is_crm {
            Takes::Crm(self.kind.record, kept(self.crm()))
        } else {
            Takes::Records(self.kind.record)
        };
        let summary = match self.summary.as_str() {
            "" => format!("configured: {}", self.kind.says),
            summary => summary.to_owned(),
        };
        kept(Format {
            name: kept_text(&self.name),
            summary: kept_text(&summary),
            takes,
            columns: kept(columns),
            dates: Dates {
                zone: self
                    .zone
                    .as_deref()
                    .map_or(Dates::ACCOUNT.zone, |zone| Zone::Named(kept_text(zone))),
                order: self.date_order,
                ..Dates::ACCOUNT
            },
            amounts: match self.has_comma {
                None => Amounts::ByColumn,
                Some(true) => Amounts::Comma,
                Some(false) => Amounts::Point,
            },
        })
    }

    fn crm(&self) -> Crm {
        let mut words = Vec::new();
        for status in
            [DealStatus::Won, DealStatus::Lost, DealStatus::Open, DealStatus::Unknown]
        {
            let own = self.stages.iter().filter(|(_, meaning)| *meaning == status);
            let own: Vec<&str> = own.map(|(stage, _)| kept_text(stage)).collect();
            words.push(StatusWords { status, words: kept(own) });
        }
        words.extend(crm::COMMON);
        Crm {
            ids: self.ids,
            words: kept(words),
            otherwise: self.otherwise,
            deleted: crm::DELETED,
            amount_kind: self.amount_kind,
            currency: self.currency.map_or("", |own| kept_text(&own.to_string())),
            names: self.names,
            needs: self.kind.needs,
            ..Crm::PLAIN
        }
    }
}

/// Header names as they are compared: each as it was written, and folded where that is
/// something else.
pub(super) fn kept_names<'a>(
    names: impl IntoIterator<Item = &'a str>,
) -> &'static [&'static str] {
    let mut kept_names: Vec<&'static str> = Vec::new();
    for name in names {
        let name = name.trim();
        // What holds a star is a pattern: its end is no mark of a form's.
        let folded = if name.contains('*') {
            header::fold_words(name)
        } else {
            header::fold(name)
        };
        if !name.contains('*') {
            kept_names.push(kept_text(name));
        }
        if !folded.eq_ignore_ascii_case(name) || name.contains('*') {
            kept_names.push(kept_text(&folded));
        }
    }
    kept(kept_names)
}

/// Keeps a value for as long as the process runs. Formats are borrowed everywhere, and a
/// configuration is read once.
pub(super) fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub(super) fn kept_text(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}
