//! A person leaves the database: their rows, their words, their traces in free pages.

use std::path::Path;

use jiff::civil::Date;
use rusqlite::{
    Connection, named_params,
    types::{ToSqlOutput, ValueRef},
};

use super::{
    OR_CREATED, Store, StoreError,
    aside::{Aside, beside},
    connect, must_exist, owner_only_file,
    read_facts::get,
    write_facts::run,
};
use crate::domain::{IdentityId, LinkKind, Place, Word};

/// What is to be taken out of the facts.
#[derive(Debug, Default)]
pub struct Erasure {
    /// Identities that become nobody's; they keep their numbers.
    pub identities: Vec<IdentityId>,
    /// Facts by table and place.
    pub facts: Vec<(&'static str, Place)>,
    /// Whole records: all that stands in their lines.
    pub records: Vec<Place>,
    /// Recipients of messages that went to others too.
    pub recipients: Vec<(Place, IdentityId)>,
    /// References from other records.
    pub links: Vec<(Place, LinkKind, Box<str>)>,
    /// Deals that lose their name.
    pub deals: Vec<Place>,
    /// Records of a CRM, by system and id, whose changes go.
    pub changes: Vec<(String, String)>,
    /// Ids in facts that name somebody.
    pub ids: Vec<NewId>,
    /// Records in results: their system, the id that names somebody, and the new one.
    pub renamed: Vec<[String; 3]>,
}

/// An id that becomes another.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub struct NewId {
    pub table: &'static str,
    pub column: &'static str,
    pub place: Place,
    pub old: Box<str>,
    pub new: Box<str>,
}

/// Tables that hold what a line of a CRM's contacts states, those first that refer to
/// others.
const OF_RECORDS: [&str; 5] =
    ["lead_forms", "source_evidence", "record_links", "statements", "contacts"];

/// Columns of words, owners and domains in which anybody may be named; of those that hold ids
/// too, the words alone.
const WORDS: [(&str, &str); 32] = [
    ("accounts", "name"),
    ("accounts", "domain"),
    ("ad_days", "campaign"),
    ("articles", "slug"),
    ("articles", "title"),
    ("changes", "new_value"),
    ("changes", "old_value"),
    ("changes", "source_file"),
    ("changes", "what"),
    ("contacts", "owner"),
    ("deal_records", "owner"),
    ("deal_records", "stage"),
    ("exports", "name"),
    ("identities", "company"),
    ("lead_forms", "campaign"),
    ("lead_forms", "form"),
    ("name_pairs", "text"),
    ("notes", "text"),
    ("own_comments", "text"),
    ("post_numbers", "author"),
    ("post_numbers", "campaign"),
    ("post_numbers", "text"),
    ("record_links", "text"),
    ("rejections", "reason"),
    ("rejections", "source_name"),
    ("rejections", "text"),
    ("shares", "shared_url"),
    ("shares", "text"),
    ("source_evidence", "text"),
    ("source_files", "name"),
    ("statements", "detail"),
    ("statements", "object"),
];

/// Which rows of a column hold words, where others hold ids.
fn of_words(table: &str, column: &str) -> Option<&'static str> {
    match (table, column) {
        ("record_links", _) => Some("kind = 'account_name'"),
        ("statements", "object") => Some("kind in ('named', 'stage')"),
        _ => None,
    }
}

/// A text that names somebody, and what it becomes.
#[derive(Debug)]
pub struct Redaction {
    table: &'static str,
    column: &'static str,
    row: i64,
    clean: String,
}

/// A text with its row, and the file and line that it is about.
#[derive(Debug)]
pub struct StoredText {
    /// The row.
    pub id: i64,
    /// The file, if it is about one.
    pub source_file_id: Option<u32>,
    /// The line, if it is about one.
    pub line: Option<u64>,
    /// The words.
    pub text: String,
}

impl Store {
    /// The key of the hashes; none as long as nobody was forgotten.
    pub fn forget_key(&self) -> Result<Option<String>, StoreError> {
        let keys =
            self.rows(include_str!("sql/select_forget_key.sql"), |row| get(row, 0))?;
        Ok(keys.into_iter().next())
    }

    /// Makes the key of the hashes, where there is none yet.
    pub fn make_forget_key(&self) -> Result<(), StoreError> {
        run(&mut self.prepare(include_str!("sql/insert_forget_key.sql"))?, [])
    }

    /// The hashes of all that persons were known by who are to be forgotten.
    pub fn forgotten(&self) -> Result<Vec<String>, StoreError> {
        self.rows(include_str!("sql/select_forgotten.sql"), |row| get(row, 0))
    }

    /// Adds hashes of what a person was known by.
    pub fn insert_forgotten(&self, hashes: &[String]) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_forgotten.sql"))?;
        for key_hash in hashes {
            run(&mut statement, named_params! { ":key_hash": key_hash })?;
        }
        Ok(())
    }

    /// The day before which personal data was deleted; none where none ever was.
    pub fn deleted_before(&self) -> Result<Option<Date>, StoreError> {
        let days: Vec<String> =
            self.rows(include_str!("sql/select_deleted_before.sql"), |row| get(row, 0))?;
        let Some(day) = days.into_iter().next() else { return Ok(None) };
        let wrong = |_| StoreError::Value { what: "day", value: day.clone() };
        day.parse().map(Some).map_err(wrong)
    }

    /// Keeps the day before which personal data was deleted, so that none comes back.
    pub fn keep_deleted_before(&self, day: Date) -> Result<(), StoreError> {
        let values = named_params! { ":day": day.to_string() };
        run(&mut self.prepare(include_str!("sql/keep_deleted_before.sql"))?, values)
    }

    /// Overwrites from now on what is deleted with zeros.
    pub fn delete_without_trace(&self) -> Result<(), StoreError> {
        self.execute("pragma secure_delete = on")
    }

    /// The texts of rejections.
    pub fn rejection_texts(&self) -> Result<Vec<StoredText>, StoreError> {
        self.rows(include_str!("sql/select_rejection_texts.sql"), |row| {
            Ok(StoredText {
                id: get(row, 0)?,
                source_file_id: get(row, 1)?,
                line: get::<Option<i64>>(row, 2)?.map(i64::unsigned_abs),
                text: get(row, 3)?,
            })
        })
    }

    /// Gives a rejection another text.
    pub fn replace_rejection_text(&self, id: i64, text: &str) -> Result<(), StoreError> {
        let values = named_params! { ":rejection_id": id, ":text": text };
        run(&mut self.prepare(include_str!("sql/erase_rejection.sql"))?, values)
    }

    /// All words that `redacted` gives another form, by their table and column.
    pub fn words_naming(
        &self,
        redacted: impl Fn((&'static str, &'static str), &str) -> Option<String>,
    ) -> Result<Vec<Redaction>, StoreError> {
        let mut found = Vec::new();
        for (table, column) in WORDS {
            let only = of_words(table, column).unwrap_or("true");
            let sql = format!(
                "select rowid, {column} from {table} \
                 where {only} and {column} is not null order by rowid"
            );
            let rows = self.rows(&sql, |row| {
                let text: String = get(row, 1)?;
                Ok((get::<i64>(row, 0)?, redacted((table, column), &text)))
            })?;
            let named = rows.into_iter().filter_map(|(row, clean)| Some((row, clean?)));
            found.extend(named.map(|(row, clean)| Redaction {
                table,
                column,
                row,
                clean,
            }));
        }
        Ok(found)
    }

    /// Gives words their other form.
    pub fn redact(&self, redactions: &[Redaction]) -> Result<(), StoreError> {
        for Redaction { table, column, row, clean } in redactions {
            let sql = format!("update {table} set {column} = :text where rowid = :row");
            let values = named_params! { ":row": row, ":text": clean };
            run(&mut self.prepare(&sql)?, values)?;
        }
        Ok(())
    }

    /// Takes all of it out.
    pub fn erase(&self, erasure: &Erasure) -> Result<(), StoreError> {
        for (place, identity) in &erasure.recipients {
            run(
                &mut self.prepare(include_str!("sql/erase_message_recipient.sql"))?,
                named_params! { ":place": place.row_id(), ":identity_id": identity.0 },
            )?;
        }
        for (place, kind, text) in &erasure.links {
            run(
                &mut self.prepare(include_str!("sql/erase_record_link.sql"))?,
                named_params! {
                    ":place": place.row_id(), ":kind": kind.word(), ":text": text,
                },
            )?;
        }
        for place in &erasure.records {
            for table in OF_RECORDS {
                self.erase_between(table, place.row_id() & !15, place.row_id() | 15)?;
            }
        }
        for (table, place) in &erasure.facts {
            self.erase_between(table, place.row_id(), place.row_id())?;
        }
        for place in &erasure.deals {
            let values = named_params! { ":place": place.row_id() };
            run(&mut self.prepare(include_str!("sql/erase_deal_name.sql"))?, values)?;
        }
        for identity in &erasure.identities {
            let values = named_params! { ":identity_id": identity.0 };
            run(&mut self.prepare(include_str!("sql/erase_identity.sql"))?, values)?;
        }
        for (system, remote_id) in &erasure.changes {
            run(
                &mut self.prepare(include_str!("sql/erase_changes.sql"))?,
                named_params! { ":source_system": system, ":remote_id": remote_id },
            )?;
        }
        self.rename(erasure)
    }

    /// Gives records their new ids, in facts, in results and in what moved earlier.
    fn rename(&self, erasure: &Erasure) -> Result<(), StoreError> {
        for NewId { table, column, place, old, new } in &erasure.ids {
            // A name beside an id may be the same text, and is redacted as words are.
            let others = of_words(table, column).unwrap_or("false");
            let sql = format!(
                "update {table} set {column} = :new \
                 where place = :place and {column} = :old and not ({others})"
            );
            let values = named_params! {
                ":place": place.row_id(), ":old": old, ":new": new,
            };
            run(&mut self.prepare(&sql)?, values)?;
        }
        for [system, old, new] in &erasure.renamed {
            for table in ["leads", "deals", "changes"] {
                let sql = format!(
                    "update {table} set remote_id = :new \
                     where source_system = :system and remote_id = :old"
                );
                let values =
                    named_params! { ":system": system, ":old": old, ":new": new };
                run(&mut self.prepare(&sql)?, values)?;
            }
        }
        Ok(())
    }

    fn erase_between(&self, table: &str, low: i64, high: i64) -> Result<(), StoreError> {
        let sql = format!("delete from {table} where :low <= place and place <= :high");
        run(&mut self.prepare(&sql)?, named_params! { ":low": low, ":high": high })
    }

    /// Opens a database that must exist, for a run that deletes for good: it works on a copy,
    /// which takes the place of the database at the commit. Until then nothing is changed.
    pub fn open_to_erase(path: &Path) -> Result<Self, StoreError> {
        must_exist(path)?;
        let open = |source| StoreError::Open { path: path.to_path_buf(), source };
        // A link stays one, and what it leads to is replaced.
        let real = path
            .canonicalize()
            .map_err(|source| StoreError::Create { path: path.to_path_buf(), source })?;
        let held = Self::open_existing(&real)?;
        let copy = Aside::create(&real, ".copy")?;
        let reader = connect(&real, OR_CREATED).map_err(open)?;
        vacuum_into(&reader, &copy)?;
        drop(reader);
        let connection = connect(&copy.0, OR_CREATED).map_err(open)?;
        let store = Self {
            aside: Some(copy),
            _held: Some(Box::new(held)),
            ..Self::of(connection, &real)
        };
        store.pragmas("pragma journal_mode = off;")?;
        store.delete_without_trace()?;
        store.execute("begin immediate")?;
        Ok(store)
    }

    /// Makes everything that was written visible, and writes the database anew, so that
    /// nothing that was deleted is left anywhere in it.
    pub fn commit_compacted(mut self) -> Result<(), StoreError> {
        self.commit_after_readers(&|_| {})?;
        let Some(copy) = self.aside.take() else { return Ok(()) };
        let new = Aside(beside(&self.path, ".new"));
        drop(
            owner_only_file(&new.0).map_err(|source| StoreError::Create {
                path: self.path.clone(),
                source,
            })?,
        );
        self.drop_session_views()?;
        vacuum_into(&self.connection, &new)?;
        drop(copy);
        new.take_place(&self.path)
    }
}

/// Writes a database anew, without what was ever deleted in it.
fn vacuum_into(connection: &Connection, aside: &Aside) -> Result<(), StoreError> {
    // SQLite takes the bytes of a path as they are, UTF-8 or not.
    let path =
        ToSqlOutput::Borrowed(ValueRef::Text(aside.0.as_os_str().as_encoded_bytes()));
    connection
        .execute("vacuum into ?1", [path])
        .map_err(|source| StoreError::Sql { doing: "writing", source })?;
    Ok(())
}
