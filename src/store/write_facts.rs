//! Runs, exports, files, facts and rejections, as they are read.

use jiff::Timestamp;
use rusqlite::{CachedStatement, Params, named_params};

use super::{Store, StoreError, rows::placed_tables};
use crate::domain::{
    Engagement, EngagementKind, Facts, Identity, Message, Moment, Place, Rejection,
    UnixMs, Unused, Word, iso,
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
        self.prepare(include_str!("sql/insert_run.sql"))?
            .query_row(
                named_params! {
                    ":started_at": iso(started_at), ":finished_at": iso(started_at),
                    ":version": version, ":status": "done", ":counts": "{}",
                },
                |row| row.get(0),
            )
            .map_err(writing)
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
        self.prepare(include_str!("sql/insert_export.sql"))?
            .query_row(
                named_params! {
                    ":name": export.name, ":content_key": export.content_key,
                    ":is_archive": export.is_archive, ":exported_on": export.exported_on,
                    ":member_number": export.member_number.map(count),
                },
                |row| row.get(0),
            )
            .map_err(writing)
    }

    /// Adds a file, with the counts of what was read from it.
    pub fn insert_source_file(&self, file: &NewSourceFile<'_>) -> Result<(), StoreError> {
        run(
            &mut self.prepare(include_str!("sql/insert_source_file.sql"))?,
            named_params! {
                ":source_file_id": file.source_file_id, ":export_id": file.export_id,
                ":name": file.name, ":format": file.format, ":sha256": file.sha256,
                ":encoding": file.encoding, ":delimiter": file.delimiter,
                ":reading": file.reading, ":fields": file.fields,
                ":rows_read": count(file.rows_read), ":rows_kept": count(file.rows_kept),
                ":rows_rejected": count(file.rows_rejected), ":newest_ms": file.newest_ms,
                ":first_run_id": file.run_id,
            },
        )
    }

    /// Adds what could not be used of a file; a whole file has no id.
    pub fn insert_rejections(
        &self,
        source_file_id: Option<u32>,
        source_name: &str,
        rejections: &[Rejection],
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_rejection.sql"))?;
        for rejection in rejections {
            let line = (0 < rejection.line).then(|| count(rejection.line));
            run(
                &mut statement,
                named_params! {
                    ":source_file_id": source_file_id, ":source_name": source_name,
                    ":line": line, ":column_name": rejection.column,
                    ":text": rejection.text, ":reason": rejection.reason,
                },
            )?;
        }
        Ok(())
    }

    /// Adds what was assumed or passed over in a file.
    pub fn insert_notes(
        &self,
        source_file_id: u32,
        notes: &[String],
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_note.sql"))?;
        for text in notes {
            run(
                &mut statement,
                named_params! { ":source_file_id": source_file_id, ":text": text },
            )?;
        }
        Ok(())
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
            let Identity { profile, member_id, email, full_name, company } = one;
            (id.0, profile, member_id, email, full_name, company)
        });
        self.insert_many(include_str!("sql/insert_identity.sql"), identities)?;
        let names = facts.post_names.iter().map(|(id, name)| (id.0, name.urn()));
        self.insert_many(include_str!("sql/insert_post_name.sql"), names)
    }

    fn insert_archive(&self, facts: &Facts, unused: &Unused) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_claim.sql"))?;
        for claim in &facts.claims {
            let place = claim.place.row_id();
            run(&mut statement, (place, claim.kind.word(), &claim.text, claim.times))?;
        }
        let mut positions = unused.positions.iter().peekable();
        let connections = facts.connections.iter().map(|one| {
            while positions.next_if(|(place, _)| *place < one.place).is_some() {}
            let position = positions.next_if(|(place, _)| *place == one.place);
            let connected_on = one.connected_on.map(|day| day.to_string());
            let identity = one.identity.map(|id| id.0);
            (one.place.row_id(), identity, connected_on, position.map(|(_, text)| text))
        });
        self.insert_many(include_str!("sql/insert_connection.sql"), connections)?;
        let shares = facts.shares.iter().map(|one| {
            let (urn, stated_ms) = (one.name.urn(), milliseconds(one.stated_at));
            let rest = (&one.text, &one.shared_url, &one.visibility);
            (one.place.row_id(), urn, stated_ms, rest.0, rest.1, rest.2)
        });
        self.insert_many(include_str!("sql/insert_share.sql"), shares)?;
        let comments = facts.own_comments.iter().map(|one| {
            let (at, post) = (milliseconds(one.commented_at), one.post_name);
            (one.place.row_id(), at, post.map(|id| id.0), &one.text)
        });
        self.insert_many(include_str!("sql/insert_own_comment.sql"), comments)?;
        let reactions = unused.given_reactions.iter().map(|one| {
            let (at, post) = (milliseconds(one.reacted_at), one.post_name);
            (one.place.row_id(), at, post.map(|id| id.0))
        });
        self.insert_many(include_str!("sql/insert_given_reaction.sql"), reactions)?;
        let invitations = facts.invitations.iter().map(|one| {
            let sent_on = one.sent_on.map(|day| day.to_string());
            (one.place.row_id(), one.identity.0, sent_on, one.is_incoming)
        });
        self.insert_many(include_str!("sql/insert_invitation.sql"), invitations)
    }

    fn insert_messages(&self, messages: &[Message]) -> Result<(), StoreError> {
        let own = messages.iter().map(|one| {
            let (sent_ms, sender) = (milliseconds(one.sent_at), one.sender);
            (one.place.row_id(), sent_ms, one.kind.word(), sender.map(|id| id.0))
        });
        self.insert_many(include_str!("sql/insert_message.sql"), own)?;
        let recipients = messages.iter().flat_map(|one| {
            let recipients = one.recipients.iter();
            recipients.map(|identity| (one.place.row_id(), identity.0))
        });
        self.insert_many(include_str!("sql/insert_message_recipient.sql"), recipients)?;
        let posts = messages.iter().flat_map(|one| {
            let posts = one.post_names.iter();
            posts.map(|name| (one.place.row_id(), name.0))
        });
        self.insert_many(include_str!("sql/insert_message_post.sql"), posts)
    }

    fn insert_engagements(&self, engagements: &[Engagement]) -> Result<(), StoreError> {
        let rows = engagements.iter().map(|one| {
            let kind = i64::from(one.kind() == EngagementKind::Reaction);
            let (identity, post) = (one.identity().0, one.post_name().0);
            let [happened_ms, listed_ms] =
                [one.happened_ms, one.listed_ms].map(|at| at.map(UnixMs::get));
            (one.place.row_id(), identity, post, kind, happened_ms, listed_ms)
        });
        self.insert_many(include_str!("sql/insert_engagement.sql"), rows)
    }

    fn insert_records(&self, facts: &Facts) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_label.sql"))?;
        for one in &facts.labels {
            run(&mut statement, (one.place.row_id(), one.post_name.0, &one.theme))?;
        }
        let text = |moment: Option<Moment>| moment.map(Moment::text);
        let mut statement = self.prepare(include_str!("sql/insert_contact.sql"))?;
        for one in &facts.contacts {
            let (created, changed) = (text(one.created_at), text(one.changed_at));
            let (place, status) = (one.place.row_id(), one.status.word());
            let id = one.identity.0;
            run(
                &mut statement,
                named_params! {
                    ":place": place, ":remote_id": one.remote_id, ":identity_id": id,
                    ":created_at": created, ":changed_at": changed, ":status": status,
                    ":owner": one.owner, ":is_converted": one.is_converted,
                    ":converted_at": text(one.converted_at),
                },
            )?;
        }
        self.insert_accounts(facts)?;
        let mut statement = self.prepare(include_str!("sql/insert_deal_record.sql"))?;
        for one in &facts.deals {
            run(
                &mut statement,
                named_params! {
                    ":place": one.place.row_id(), ":remote_id": one.remote_id,
                    ":name": one.name, ":stage": one.stage, ":status": one.status.word(),
                    ":is_status_inferred": one.is_status_inferred,
                    ":amount_minor": one.amount_minor, ":currency": one.currency.code(),
                    ":amount_kind": one.amount_kind.word(), ":loan_minor": one.loan_minor,
                    ":created_at": text(one.created_at), ":closed_at": text(one.closed_at),
                    ":changed_at": text(one.changed_at), ":owner": one.owner,
                },
            )?;
        }
        let mut statement = self.prepare(include_str!("sql/insert_record_link.sql"))?;
        for one in &facts.links {
            run(&mut statement, (one.place.row_id(), one.kind.word(), &one.text))?;
        }
        self.insert_statements(facts)?;
        let mut statement = self.prepare(include_str!("sql/insert_evidence.sql"))?;
        for one in &facts.evidence {
            let (place, kind) = (one.place.row_id(), one.kind.word());
            run(&mut statement, (place, kind, &one.column, &one.text))?;
        }
        Ok(())
    }

    fn insert_accounts(&self, facts: &Facts) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_account.sql"))?;
        for one in &facts.accounts {
            run(
                &mut statement,
                named_params! {
                    ":place": one.place.row_id(), ":remote_id": one.remote_id,
                    ":name": one.name, ":domain": one.domain, ":country": one.country,
                    ":parent_id": one.parent_id,
                    ":changed_at": one.changed_at.map(Moment::text),
                },
            )?;
        }
        Ok(())
    }

    fn insert_statements(&self, facts: &Facts) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_statement.sql"))?;
        for one in &facts.statements {
            run(
                &mut statement,
                named_params! {
                    ":place": one.place.row_id(), ":about": one.about.word(),
                    ":subject": one.subject, ":kind": one.kind.word(),
                    ":object": one.object, ":detail": one.detail,
                    ":happened_at": one.happened_at.map(Moment::text),
                },
            )?;
        }
        Ok(())
    }
}
