//! Everything that was imported, back in memory.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

use jiff::Timestamp;
use rayon::prelude::*;
use rusqlite::{Params, Row, named_params, types::FromSql};

use super::{Store, StoreError};
use crate::domain::{
    Account, Connection, Contact, Currency, Deal, Engagement, EngagementKind, ExportInfo,
    Facts, Identity, IdentityId, Invitation, Label, LinkKind, Loaded, MemberClaim,
    Message, MessageKind, Moment, OwnComment, PackedEngagements, Place, PostName,
    PostNameId, RecordLink, Share, SourceEvidence, SourceFile, Statement, UnixMs, Word,
};

/// An export that is in the database already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedExport {
    /// Its id.
    pub export_id: i64,
    /// The file's or archive's name.
    pub name: String,
    /// The hash over its content.
    pub content_key: String,
    /// The day in its name, where such names have one.
    pub exported_on: Option<String>,
    /// What decided how each of its files was read, sorted.
    pub readings: Vec<String>,
}

/// What reads some lists of facts.
type Read = fn(&Store, &mut Facts) -> Result<(), StoreError>;

/// All lists of facts, in parts that one reader reads, the largest first.
const PARTS: [Read; 6] = [
    |store, facts| store.engagements().map(|list| facts.engagements = list),
    Store::load_names,
    Store::load_archive,
    |store, facts| store.messages().map(|list| facts.messages = list),
    Store::load_records,
    Store::load_analytics,
];

pub(super) fn reading(source: rusqlite::Error) -> StoreError {
    StoreError::Sql { doing: "reading", source }
}

pub(super) fn get<T: FromSql>(row: &Row<'_>, column: usize) -> Result<T, StoreError> {
    row.get(column).map_err(reading)
}

/// The first cells.
pub(super) fn cells<T>(row: &Row<'_>) -> Result<T, StoreError>
where
    T: for<'a> TryFrom<&'a Row<'a>, Error = rusqlite::Error>,
{
    T::try_from(row).map_err(reading)
}

/// A text where it stands.
pub(super) fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str, StoreError> {
    let cell = row.get_ref(column).map_err(reading)?;
    cell.as_str().map_err(|error| reading(error.into()))
}

/// A text where it stands; none where it is unknown.
pub(super) fn text_or_null<'a>(
    row: &'a Row<'_>,
    column: usize,
) -> Result<Option<&'a str>, StoreError> {
    let cell = row.get_ref(column).map_err(reading)?;
    cell.as_str_or_null().map_err(|error| reading(error.into()))
}

pub(super) fn place(row: &Row<'_>) -> Result<Place, StoreError> {
    get(row, 0).map(Place::from_row_id)
}

pub(super) fn word<T: Word>(
    row: &Row<'_>,
    column: usize,
    what: &'static str,
) -> Result<T, StoreError> {
    let text: String = get(row, column)?;
    T::from_word(&text).ok_or(StoreError::Value { what, value: text })
}

fn instant(row: &Row<'_>, column: usize) -> Result<Option<Timestamp>, StoreError> {
    let milliseconds: Option<i64> = get(row, column)?;
    milliseconds
        .map(|ms| {
            Timestamp::from_millisecond(ms)
                .map_err(|_| StoreError::Value { what: "instant", value: ms.to_string() })
        })
        .transpose()
}

pub(super) fn moment(row: &Row<'_>, column: usize) -> Result<Option<Moment>, StoreError> {
    let text: Option<String> = get(row, column)?;
    text.map(|text| {
        Moment::from_text(&text).ok_or(StoreError::Value { what: "date", value: text })
    })
    .transpose()
}

pub(super) fn day(
    row: &Row<'_>,
    column: usize,
) -> Result<Option<jiff::civil::Date>, StoreError> {
    Ok(moment(row, column)?.map(Moment::day))
}

fn post_name(row: &Row<'_>, column: usize) -> Result<PostName, StoreError> {
    let urn: String = get(row, column)?;
    PostName::from_urn(&urn).ok_or(StoreError::Value { what: "post", value: urn })
}

pub(super) fn unsigned(row: &Row<'_>, column: usize) -> Result<u64, StoreError> {
    get::<i64>(row, column).map(i64::unsigned_abs)
}

pub(super) fn post_id(
    row: &Row<'_>,
    column: usize,
) -> Result<Option<PostNameId>, StoreError> {
    get::<Option<i64>>(row, column).map(|id| id.map(PostNameId))
}

impl Store {
    /// Reads all rows of a statement, in its order.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        make: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.rows_with(sql, [], make)
    }

    /// Reads all rows of a statement with some values, in its order.
    pub(super) fn rows_with<T>(
        &self,
        sql: &str,
        values: impl Params,
        mut make: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut list = Vec::new();
        self.each(sql, values, |row| make(row).map(|one| list.push(one)))?;
        Ok(list)
    }

    /// Goes through all rows of a statement with some values, in its order.
    pub(super) fn each(
        &self,
        sql: &str,
        values: impl Params,
        mut each: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(values).map_err(reading)?;
        while let Some(row) = rows.next().map_err(reading)? {
            each(row)?;
        }
        Ok(())
    }

    /// The exports that are in the database already.
    pub fn imported_exports(&self) -> Result<Vec<ImportedExport>, StoreError> {
        let rows = self.rows(include_str!("sql/select_imported_keys.sql"), |row| {
            Ok(ImportedExport {
                export_id: get(row, 0)?,
                name: get(row, 1)?,
                content_key: get(row, 2)?,
                exported_on: get(row, 3)?,
                readings: vec![get(row, 4)?],
            })
        })?;
        let mut exports: Vec<ImportedExport> = Vec::new();
        for one in rows {
            match exports.last_mut() {
                Some(last) if last.export_id == one.export_id => {
                    last.readings.extend(one.readings);
                }
                _ => exports.push(one),
            }
        }
        Ok(exports)
    }

    /// The highest number that a file has.
    pub fn last_source_file(&self) -> Result<u32, StoreError> {
        let last = self
            .rows(include_str!("sql/select_last_source_file.sql"), |row| get(row, 0))?;
        Ok(last.first().copied().unwrap_or(0))
    }

    /// What was assumed or passed over, by file.
    pub fn notes(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.rows(include_str!("sql/select_notes.sql"), cells)
    }

    /// Reads all that was imported.
    pub fn load(&self) -> Result<Loaded, StoreError> {
        let mut loaded = Loaded { files: self.source_files()?, facts: Facts::default() };
        PARTS.iter().try_for_each(|read| read(self, &mut loaded.facts))?;
        Ok(loaded)
    }

    /// Reads all facts that several readers see, the readers at once.
    pub fn load_by(readers: Vec<Self>) -> Result<Facts, StoreError> {
        let next = AtomicUsize::new(0);
        let read = |reader: Self| {
            let mut facts = Facts::default();
            while let Some(read) = PARTS.get(next.fetch_add(1, Ordering::Relaxed)) {
                read(&reader, &mut facts)?;
            }
            Ok::<_, StoreError>(facts)
        };
        let parts: Vec<Result<Facts, _>> = readers.into_par_iter().map(read).collect();
        let mut all = Facts::default();
        for part in parts {
            // Each list is of one reader.
            all.append(part?);
        }
        Ok(all)
    }

    /// The imported files.
    pub fn source_files(&self) -> Result<Vec<SourceFile>, StoreError> {
        let exports = self.rows(include_str!("sql/select_exports.sql"), |row| {
            Ok(ExportInfo {
                export_id: get(row, 0)?,
                name: get(row, 1)?,
                content_key: get(row, 2)?,
                is_archive: get(row, 3)?,
                exported_on: get(row, 4)?,
                member_number: get::<Option<i64>>(row, 5)?.map(i64::unsigned_abs),
            })
        })?;
        self.rows(include_str!("sql/select_source_files.sql"), |row| {
            let export_id: i64 = get(row, 1)?;
            let export = exports
                .binary_search_by_key(&export_id, |export| export.export_id)
                .map(|at| &exports[at]);
            let fields: String = get(row, 5)?;
            Ok(SourceFile {
                source_file_id: get(row, 0)?,
                export: export.cloned().map_err(|_| StoreError::Value {
                    what: "known export",
                    value: export_id.to_string(),
                })?,
                name: get(row, 2)?,
                format: get(row, 3)?,
                sha256: get(row, 4)?,
                fields: fields.split_whitespace().map(Into::into).collect(),
                newest_ms: get(row, 6)?,
                rows_read: unsigned(row, 7)?,
                rows_kept: unsigned(row, 8)?,
                rows_rejected: unsigned(row, 9)?,
            })
        })
    }

    fn load_names(&self, facts: &mut Facts) -> Result<(), StoreError> {
        self.each(include_str!("sql/select_identities.sql"), [], |row| {
            let identity = Identity {
                profile: text_or_null(row, 1)?,
                member_id: text_or_null(row, 2)?,
                email: text_or_null(row, 3)?,
                full_name: text_or_null(row, 4)?,
                company: text_or_null(row, 5)?,
            };
            facts.identities.push(IdentityId(get(row, 0)?), &identity);
            Ok(())
        })?;
        facts.post_names = self
            .rows(include_str!("sql/select_post_names.sql"), |row| {
                Ok((PostNameId(get(row, 0)?), post_name(row, 1)?))
            })?;
        Ok(())
    }

    /// What files say of the members whose archives they are of, from a place on.
    pub fn claims_from(&self, place: Place) -> Result<Vec<MemberClaim>, StoreError> {
        let sql = include_str!("sql/select_member_claims.sql");
        self.rows_with(sql, named_params! { ":place": place.row_id() }, |row| {
            Ok(MemberClaim {
                place: self::place(row)?,
                kind: word(row, 1, "kind of claim")?,
                text: get(row, 2)?,
                times: get(row, 3)?,
            })
        })
    }

    /// The posts that labels of a file name: by the last results' number, else by URN.
    pub fn labelled_posts(&self, file: u32) -> Result<BTreeSet<String>, StoreError> {
        let [low, high] = [file, file + 1].map(|id| Place::new(id, 0, 0).row_id());
        let sql = include_str!("sql/select_labelled_posts.sql");
        let values = named_params! { ":low": low, ":high": high };
        Ok(self.rows_with(sql, values, |row| get(row, 0))?.into_iter().collect())
    }

    fn load_archive(&self, facts: &mut Facts) -> Result<(), StoreError> {
        facts.claims = self.claims_from(Place::from_row_id(0))?;
        facts.connections =
            self.rows(include_str!("sql/select_connections.sql"), |row| {
                Ok(Connection {
                    place: place(row)?,
                    identity: get::<Option<i64>>(row, 1)?.map(IdentityId),
                    connected_on: day(row, 2)?,
                })
            })?;
        facts.shares = self.rows(include_str!("sql/select_shares.sql"), |row| {
            Ok(Share {
                place: place(row)?,
                name: post_name(row, 1)?,
                stated_at: instant(row, 2)?,
                text: get(row, 3)?,
                shared_url: get(row, 4)?,
                visibility: get(row, 5)?,
            })
        })?;
        facts.own_comments =
            self.rows(include_str!("sql/select_own_comments.sql"), |row| {
                Ok(OwnComment {
                    place: place(row)?,
                    commented_at: instant(row, 1)?,
                    post_name: post_id(row, 2)?,
                    text: get(row, 3)?,
                })
            })?;
        facts.invitations =
            self.rows(include_str!("sql/select_invitations.sql"), |row| {
                Ok(Invitation {
                    place: place(row)?,
                    identity: IdentityId(get(row, 1)?),
                    sent_on: day(row, 2)?,
                    is_incoming: get(row, 3)?,
                })
            })?;
        Ok(())
    }

    fn messages(&self) -> Result<Vec<Message>, StoreError> {
        let mut messages = self.rows(include_str!("sql/select_messages.sql"), |row| {
            let kind: MessageKind = word(row, 2, "kind of message")?;
            Ok(Message {
                place: place(row)?,
                sent_at: instant(row, 1)?,
                kind,
                sender: get::<Option<i64>>(row, 3)?.map(IdentityId),
                recipients: Vec::new(),
                post_names: Vec::new(),
            })
        })?;
        let pair = |row: &Row<'_>| Ok((place(row)?, get::<i64>(row, 1)?));
        let at = |messages: &[Message], place| {
            messages.binary_search_by_key(&place, |message| message.place).ok()
        };
        for (place, id) in
            self.rows(include_str!("sql/select_message_recipients.sql"), pair)?
        {
            if let Some(at) = at(&messages, place) {
                messages[at].recipients.push(IdentityId(id));
            }
        }
        for (place, id) in
            self.rows(include_str!("sql/select_message_posts.sql"), pair)?
        {
            if let Some(at) = at(&messages, place) {
                messages[at].post_names.push(PostNameId(id));
            }
        }
        Ok(messages)
    }

    fn engagements(&self) -> Result<PackedEngagements, StoreError> {
        let mut engagements = PackedEngagements::default();
        self.each(include_str!("sql/select_engagements.sql"), [], |row| {
            let is_reaction: bool = get(row, 3)?;
            let kind = if is_reaction {
                EngagementKind::Reaction
            } else {
                EngagementKind::Comment
            };
            let names = (IdentityId(get(row, 1)?), PostNameId(get(row, 2)?));
            let ms = |column| get::<Option<i64>>(row, column);
            let times = [ms(4)?, ms(5)?].map(|ms| ms.and_then(UnixMs::new));
            let place = place(row)?;
            let engagement =
                Engagement::new(place, names, kind, times).ok_or_else(|| {
                    StoreError::Value {
                        what: "place in the file of its names",
                        value: place.row_id().to_string(),
                    }
                })?;
            engagements.push(engagement);
            Ok(())
        })?;
        Ok(engagements)
    }

    fn load_records(&self, facts: &mut Facts) -> Result<(), StoreError> {
        facts.labels = self.rows(include_str!("sql/select_labels.sql"), |row| {
            let post_name = PostNameId(get(row, 1)?);
            Ok(Label { place: place(row)?, post_name, theme: get(row, 2)? })
        })?;
        facts.contacts = self.rows(include_str!("sql/select_contacts.sql"), |row| {
            Ok(Contact {
                place: place(row)?,
                remote_id: get(row, 1)?,
                identity: IdentityId(get(row, 2)?),
                created_at: moment(row, 3)?,
                changed_at: moment(row, 4)?,
                status: word(row, 5, "status of a lead")?,
                owner: get(row, 6)?,
                is_converted: get(row, 7)?,
                converted_at: moment(row, 8)?,
            })
        })?;
        facts.accounts = self.rows(include_str!("sql/select_accounts.sql"), |row| {
            Ok(Account {
                place: place(row)?,
                remote_id: get(row, 1)?,
                name: get(row, 2)?,
                domain: get(row, 3)?,
                country: get(row, 4)?,
                parent_id: get(row, 5)?,
                changed_at: moment(row, 6)?,
            })
        })?;
        facts.statements =
            self.rows(include_str!("sql/select_statements.sql"), |row| {
                Ok(Statement {
                    place: place(row)?,
                    about: word(row, 1, "kind of record")?,
                    subject: get(row, 2)?,
                    kind: word(row, 3, "kind of statement")?,
                    object: get(row, 4)?,
                    detail: get(row, 5)?,
                    happened_at: moment(row, 6)?,
                })
            })?;
        facts.deals = self.rows(include_str!("sql/select_deal_records.sql"), deal)?;
        facts.links = self.rows(include_str!("sql/select_record_links.sql"), |row| {
            let kind: LinkKind = word(row, 1, "kind of link")?;
            Ok(RecordLink { place: place(row)?, kind, text: get(row, 2)? })
        })?;
        facts.evidence =
            self.rows(include_str!("sql/select_source_evidence.sql"), |row| {
                Ok(SourceEvidence {
                    place: place(row)?,
                    kind: word(row, 1, "kind of evidence")?,
                    column: get(row, 2)?,
                    text: get(row, 3)?,
                })
            })?;
        Ok(())
    }
}

fn deal(row: &Row<'_>) -> Result<Deal, StoreError> {
    let code: String = get(row, 7)?;
    let currency = Currency::from_code(&code)
        .ok_or(StoreError::Value { what: "currency", value: code })?;
    Ok(Deal {
        place: place(row)?,
        remote_id: get(row, 1)?,
        name: get(row, 2)?,
        stage: get(row, 3)?,
        status: word(row, 4, "status of a deal")?,
        is_status_inferred: get(row, 5)?,
        amount_minor: get(row, 6)?,
        currency,
        amount_kind: word(row, 8, "kind of amount")?,
        loan_minor: get(row, 9)?,
        created_at: moment(row, 10)?,
        closed_at: moment(row, 11)?,
        changed_at: moment(row, 12)?,
        owner: get(row, 13)?,
    })
}
