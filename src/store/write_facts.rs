//! Runs, exports, files, facts and rejections, as they are read.

use jiff::Timestamp;
use rusqlite::{CachedStatement, Params, named_params};

use super::{Store, StoreError, many::row, rows::placed_tables};
use crate::domain::{
    EngagementKind, Facts, Message, Moment, PackedEngagements, Place, Rejection, UnixMs,
    Unused, Word, iso,
};

/// An export that is about to be imported.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct NewExport {
    /// Its name.
    pub name: String,
    /// The hash over its content, in hexadecimal.
    pub content_key: String,
    /// It is a LinkedIn archive.
    pub is_archive: bool,
    /// The day in its name, as text.
    pub exported_on: Option<String>,
    /// The member's number in its files' names.
    pub member_number: Option<u64>,
}

/// A file that is about to be imported.
#[derive(Clone, Debug)]
pub struct NewSourceFile<'a> {
    /// Its number in the places of its facts.
    pub source_file_id: u32,
    /// The export that it belongs to.
    pub export_id: i64,
    /// The run that reads it.
    pub run_id: i64,
    /// Its name.
    pub name: &'a str,
    /// The format's name.
    pub format: &'a str,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: &'a str,
    /// Its encoding's name.
    pub encoding: &'a str,
    /// What separates its cells, as a word.
    pub delimiter: &'a str,
    /// The settings that decide how it reads.
    pub reading: &'a str,
    /// The fields that its header has, joined by blanks.
    pub fields: &'a str,
    /// Rows below its header.
    pub rows_read: u64,
    /// Rows that became facts.
    pub rows_kept: u64,
    /// Rows rejected whole.
    pub rows_rejected: u64,
    /// The newest instant that it records, in Unix milliseconds.
    pub newest_ms: Option<i64>,
}

pub(super) fn writing(source: rusqlite::Error) -> StoreError {
    StoreError::Sql { doing: "writing", source }
}

pub(super) fn run(
    statement: &mut CachedStatement<'_>,
    values: impl Params,
) -> Result<(), StoreError> {
    statement.execute(values).map(drop).map_err(writing)
}

fn milliseconds(instant: Option<Timestamp>) -> Option<i64> {
    instant.map(Timestamp::as_millisecond)
}

fn text(moment: Option<Moment>) -> Option<String> {
    moment.map(Moment::text)
}

/// A count as SQLite holds it.
pub(super) fn count(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

impl Store {
    pub(super) fn prepare(&self, sql: &str) -> Result<CachedStatement<'_>, StoreError> {
        self.connection.prepare_cached(sql).map_err(writing)
    }

    /// Begins a run; its id.
    pub fn begin_run(
        &self,
        started_at: Timestamp,
        version: &str,
    ) -> Result<i64, StoreError> {
        let started_at = iso(started_at);
        let run = row! {
            started_at: started_at, finished_at: started_at, version: version,
            status: "done", counts: "{}",
        };
        self.insert_numbered("runs", run)
    }

    /// Ends a run, with what it did as JSON.
    pub fn finish_run(
        &self,
        run_id: i64,
        finished_at: Timestamp,
        counts: &str,
    ) -> Result<(), StoreError> {
        run(
            &mut self.prepare(include_str!("sql/update_run.sql"))?,
            named_params! {
                ":run_id": run_id, ":finished_at": iso(finished_at), ":counts": counts,
            },
        )
    }

    /// Adds an export; its id.
    pub fn insert_export(&self, export: &NewExport) -> Result<i64, StoreError> {
        self.delete_made_of()?;
        let export = row! {
            name: export.name, content_key: export.content_key,
            is_archive: export.is_archive, exported_on: export.exported_on,
            member_number: export.member_number.map(count),
        };
        self.insert_numbered("exports", export)
    }

    /// Adds a file, with the counts of what was read from it.
    pub fn insert_source_file(&self, file: &NewSourceFile<'_>) -> Result<(), StoreError> {
        let file = row! {
            source_file_id: file.source_file_id, export_id: file.export_id,
            name: file.name, format: file.format, sha256: file.sha256,
            encoding: file.encoding, delimiter: file.delimiter,
            reading: file.reading, fields: file.fields,
            rows_read: count(file.rows_read), rows_kept: count(file.rows_kept),
            rows_rejected: count(file.rows_rejected), newest_ms: file.newest_ms,
            first_run_id: file.run_id,
        };
        self.insert("source_files", [file])
    }

    /// Adds what could not be used of a file; a whole file has no id.
    pub fn insert_rejections(
        &self,
        source_file_id: Option<u32>,
        source_name: &str,
        rejections: &[Rejection],
    ) -> Result<(), StoreError> {
        let rejections = rejections.iter().map(|one| {
            row! {
                source_file_id: source_file_id, source_name: source_name,
                line: (0 < one.line).then(|| count(one.line)), column_name: one.column,
                text: one.text, reason: one.reason,
            }
        });
        self.insert("rejections", rejections)
    }

    /// Adds what was assumed or passed over in a file.
    pub fn insert_notes(
        &self,
        source_file_id: u32,
        notes: &[String],
    ) -> Result<(), StoreError> {
        let notes = notes.iter().map(|text| {
            row! { source_file_id: source_file_id, text: text }
        });
        self.insert("notes", notes)
    }

    /// Takes an export out again, with all its files and facts.
    pub fn delete_export(&self, export_id: i64) -> Result<(), StoreError> {
        self.delete_made_of()?;
        let files: Vec<u32> = self
            .prepare(include_str!("sql/select_export_files.sql"))?
            .query_map(named_params! { ":export_id": export_id }, |row| row.get(0))
            .and_then(Iterator::collect)
            .map_err(writing)?;
        for file in files {
            self.delete_file_facts(file)?;
        }
        let delete = [
            include_str!("sql/delete_export_files.sql"),
            include_str!("sql/delete_export.sql"),
        ];
        for sql in delete {
            run(&mut self.prepare(sql)?, named_params! { ":export_id": export_id })?;
        }
        Ok(())
    }

    /// Deletes exports of which no file could be read.
    pub fn remove_empty_exports(&self) -> Result<(), StoreError> {
        run(&mut self.prepare(include_str!("sql/remove_empty_exports.sql"))?, [])
    }

    /// Deletes all that was written of a file.
    pub fn delete_file_facts(&self, file: u32) -> Result<(), StoreError> {
        let ranges = placed_tables()
            .iter()
            .map(|table| {
                (*table, "place", Place::new(file, 0, 0), Place::new(file + 1, 0, 0))
            })
            .map(|(table, column, from, to)| (table, column, from.row_id(), to.row_id()));
        let identities = [("identities", "identity_id"), ("post_names", "post_name_id")]
            .map(|(table, key)| {
                (table, key, i64::from(file) << 32, i64::from(file + 1) << 32)
            });
        for (table, key, from, to) in ranges.chain(identities) {
            let sql =
                format!("delete from {table} where :low <= {key} and {key} < :high");
            run(&mut self.prepare(&sql)?, named_params! { ":low": from, ":high": to })?;
        }
        for sql in [
            include_str!("sql/delete_file_rejections.sql"),
            include_str!("sql/delete_notes.sql"),
        ] {
            run(&mut self.prepare(sql)?, named_params! { ":source_file_id": file })?;
        }
        Ok(())
    }

    /// Forgets that a file of this name was rejected whole.
    pub fn delete_file_rejection(&self, source_name: &str) -> Result<(), StoreError> {
        run(
            &mut self.prepare(include_str!("sql/delete_name_rejections.sql"))?,
            named_params! { ":source_name": source_name },
        )
    }

    /// Adds a batch of facts.
    pub fn insert_facts(&self, facts: &Facts, unused: &Unused) -> Result<(), StoreError> {
        self.insert_names(facts)?;
        self.insert_archive(facts, unused)?;
        self.insert_messages(&facts.messages)?;
        self.insert_engagements(&facts.engagements)?;
        self.insert_records(facts)?;
        self.insert_analytics(facts)
    }

    fn insert_names(&self, facts: &Facts) -> Result<(), StoreError> {
        let identities = facts.identities.iter().map(|(id, one)| {
            row! {
                identity_id: id.0, profile: one.profile,
                linkedin_member_id: one.member_id, email: one.email,
                full_name: one.full_name, company: one.company,
            }
        });
        self.insert("identities", identities)?;
        let names = facts.post_names.iter().map(|(id, name)| {
            row! { post_name_id: id.0, urn: name.urn() }
        });
        self.insert("post_names", names)
    }

    fn insert_archive(&self, facts: &Facts, unused: &Unused) -> Result<(), StoreError> {
        let claims = facts.claims.iter().map(|one| {
            row! {
                place: one.place.row_id(), kind: one.kind.word(), text: one.text,
                times: one.times,
            }
        });
        self.insert("member_claims", claims)?;
        let mut positions = unused.positions.iter().peekable();
        let connections = facts.connections.iter().map(|one| {
            while positions.next_if(|(place, _)| *place < one.place).is_some() {}
            let position = positions.next_if(|(place, _)| *place == one.place);
            row! {
                place: one.place.row_id(), identity_id: one.identity.map(|id| id.0),
                connected_on: one.connected_on.map(|day| day.to_string()),
                position: position.map(|(_, text)| text),
            }
        });
        self.insert("connections", connections)?;
        let shares = facts.shares.iter().map(|one| {
            row! {
                place: one.place.row_id(), urn: one.name.urn(),
                stated_ms: milliseconds(one.stated_at), text: one.text,
                shared_url: one.shared_url, visibility: one.visibility,
            }
        });
        self.insert("shares", shares)?;
        let comments = facts.own_comments.iter().map(|one| {
            row! {
                place: one.place.row_id(), commented_ms: milliseconds(one.commented_at),
                post_name_id: one.post_name.map(|id| id.0), text: one.text,
            }
        });
        self.insert("own_comments", comments)?;
        let reactions = unused.given_reactions.iter().map(|one| {
            row! {
                place: one.place.row_id(), reacted_ms: milliseconds(one.reacted_at),
                post_name_id: one.post_name.map(|id| id.0),
            }
        });
        self.insert("given_reactions", reactions)?;
        let invitations = facts.invitations.iter().map(|one| {
            row! {
                place: one.place.row_id(), identity_id: one.identity.0,
                sent_on: one.sent_on.map(|day| day.to_string()),
                is_incoming: one.is_incoming,
            }
        });
        self.insert("invitations", invitations)
    }

    fn insert_messages(&self, messages: &[Message]) -> Result<(), StoreError> {
        let own = messages.iter().map(|one| {
            row! {
                place: one.place.row_id(), sent_ms: milliseconds(one.sent_at),
                kind: one.kind.word(), sender_id: one.sender.map(|id| id.0),
            }
        });
        self.insert("messages", own)?;
        let recipients = messages.iter().flat_map(|one| {
            let place = one.place.row_id();
            one.recipients.iter().map(move |id| row! { place: place, identity_id: id.0 })
        });
        self.insert("message_recipients", recipients)?;
        let posts = messages.iter().flat_map(|one| {
            let place = one.place.row_id();
            one.post_names.iter().map(move |id| row! { place: place, post_name_id: id.0 })
        });
        self.insert("message_posts", posts)
    }

    fn insert_engagements(
        &self,
        engagements: &PackedEngagements,
    ) -> Result<(), StoreError> {
        let rows = engagements.iter().map(|one| {
            row! {
                place: one.place.row_id(), identity_id: one.identity().0,
                post_name_id: one.post_name().0,
                kind: i64::from(one.kind() == EngagementKind::Reaction),
                happened_ms: one.happened_ms.map(UnixMs::get),
                listed_ms: one.listed_ms.map(UnixMs::get),
            }
        });
        self.insert("engagements", rows)
    }

    fn insert_records(&self, facts: &Facts) -> Result<(), StoreError> {
        let labels = facts.labels.iter().map(|one| {
            row! {
                place: one.place.row_id(), post_name_id: one.post_name.0,
                theme: one.theme,
            }
        });
        self.insert("labels", labels)?;
        let contacts = facts.contacts.iter().map(|one| {
            row! {
                place: one.place.row_id(), remote_id: one.remote_id,
                identity_id: one.identity.0, created_at: text(one.created_at),
                changed_at: text(one.changed_at), status: one.status.word(),
                owner: one.owner, is_converted: one.is_converted,
                converted_at: text(one.converted_at),
            }
        });
        self.insert("contacts", contacts)?;
        let accounts = facts.accounts.iter().map(|one| {
            row! {
                place: one.place.row_id(), remote_id: one.remote_id, name: one.name,
                domain: one.domain, country: one.country, parent_id: one.parent_id,
                changed_at: text(one.changed_at),
            }
        });
        self.insert("accounts", accounts)?;
        let deals = facts.deals.iter().map(|one| {
            row! {
                place: one.place.row_id(), remote_id: one.remote_id, name: one.name,
                stage: one.stage, status: one.status.word(),
                is_status_inferred: one.is_status_inferred,
                amount_minor: one.amount_minor, currency: one.currency.code(),
                amount_kind: one.amount_kind.word(), loan_minor: one.loan_minor,
                created_at: text(one.created_at), closed_at: text(one.closed_at),
                changed_at: text(one.changed_at), owner: one.owner,
            }
        });
        self.insert("deal_records", deals)?;
        let links = facts.links.iter().map(|one| {
            row! { place: one.place.row_id(), kind: one.kind.word(), text: one.text }
        });
        self.insert("record_links", links)?;
        let statements = facts.statements.iter().map(|one| {
            row! {
                place: one.place.row_id(), about: one.about.word(), subject: one.subject,
                kind: one.kind.word(), object: one.object, detail: one.detail,
                happened_at: text(one.happened_at),
            }
        });
        self.insert("statements", statements)?;
        let evidence = facts.evidence.iter().map(|one| {
            row! {
                place: one.place.row_id(), kind: one.kind.word(), column_name: one.column,
                text: one.text,
            }
        });
        self.insert("source_evidence", evidence)
    }
}
