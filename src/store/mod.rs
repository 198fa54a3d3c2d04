//! The only module that speaks SQL.
//!
//! [`Store::open`] begins the one transaction of a run; [`Store::commit`] makes all of it
//! visible at once. A new database is built aside and renamed, so that a run killed at any
//! moment leaves the database as it was before or as it is after.

mod analytics;
mod aside;
mod changes;
mod check;
mod columns;
mod error;
mod evidence;
mod findings;
mod forget;
mod joined;
mod kept;
mod lock;
mod looks;
mod made_of;
mod many;
mod pseudonyms;
mod read_facts;
mod read_report;
mod read_tables;
mod rows;
mod story;
mod themes;
mod write_credits;
mod write_facts;
mod write_results;

use std::{
    cell::RefCell,
    fs,
    io::{self, Write},
    panic,
    path::{Path, PathBuf},
    thread::{self, JoinHandle},
};

use rusqlite::{Connection, OpenFlags};

use aside::{Aside, remove_leftovers, target};

pub use check::LawCheck;
pub use columns::{Column, ColumnKind};
pub use error::{Cause, StoreError};
pub use forget::{Erasure, NewId, Redaction, StoredText};
pub use joined::{Joined, Part};
pub use kept::{Kept, KeptRows};
pub use lock::Lock;
pub use pseudonyms::Named;
pub use read_facts::ImportedExport;
pub use read_report::{
    AgreementLine, DiagnosticPoint, EvidenceLine, FindingLine, FormatLine,
    IncrementalLine, JourneyStep, MemberLine, MonthLine, PageTables, PostMark,
    WonJourney,
};
pub use read_tables::{Cell, Counts, PostLine, ReportInput, ThemeLine, VIEWS, WonTotal};
pub use rows::{Cells, FACT_TABLES, Rows};
pub use story::{
    StoredCredit, StoredDeal, StoredJoin, StoredLead, StoredPost, StoredScore,
    StoredTouch,
};
pub use write_credits::{
    credited_deals, deal_parts, lead_shares, part_column, share_column,
};
pub use write_facts::{NewExport, NewSourceFile};
pub use write_results::{Credited, Known, RESULT_TABLES, Results};

/// The schema that this release writes.
pub const SCHEMA_VERSION: i64 = 1;

/// Statements that stay prepared: more than there are, so that none is prepared twice.
const STATEMENTS: usize = 256;

const SCHEMA: &str = include_str!("../../schema.sql");

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// Where a new database is built before it takes its name.
    aside: Option<Aside>,
    /// The database whose place the new one takes, so that nobody writes into it meanwhile.
    _held: Option<Box<Self>>,
    /// What there was of a new database when others began to read it, on its way to the disk.
    syncing: RefCell<Option<JoinHandle<io::Result<()>>>>,
    kept: kept::Keeping,
}

impl Store {
    /// Opens the database for a run, or begins a new one beside the path.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if path.exists() {
            Self::open_existing(path)
        } else {
            Self::create(&target(path)?)
        }
    }

    /// Opens a database that must exist, for a run.
    pub fn open_again(path: &Path) -> Result<Self, StoreError> {
        must_exist(path)?;
        Self::open_existing(path)
    }

    /// Opens a database that must exist, for reading alone.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        must_exist(path)?;
        // What a killed run left half changed is taken back first, which needs writing;
        // where the file may not be written, SQLite reads it all the same.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = connect(path, flags)
            .map_err(|source| StoreError::Open { path: path.to_path_buf(), source })?;
        let store = Self::of(connection, path);
        store.check_version()?;
        store.execute("pragma query_only = on")?;
        Ok(store)
    }

    /// Others who read what was written so far, each for a thread of its own; none where the
    /// database is not new, for then nobody may see it before it is complete.
    pub fn readers(&self, count: usize) -> Result<Vec<Self>, StoreError> {
        let Some(aside) = &self.aside else { return Ok(Vec::new()) };
        self.execute("commit; begin immediate")?;
        // While others read, what there is goes to the disk.
        let written = aside.0.clone();
        let syncing = thread::spawn(move || fs::File::open(written)?.sync_data());
        self.syncing.replace(Some(syncing));
        (0..count).map(|_| self.reader(&aside.0)).collect()
    }

    /// Others who read what stood there before this run, each for a thread of its own; none
    /// where the database is new, or so much of it is changed that nobody may read it.
    pub fn readers_of_before(&self, count: usize) -> Vec<Self> {
        if self.aside.is_some() {
            return Vec::new();
        }
        let reader = |_| {
            let reader = self.reader(&self.path)?;
            reader.execute("pragma busy_timeout = 0")?;
            reader.begin_reading()?;
            // Only what it reads first keeps others from changing it.
            reader.last_source_file()?;
            Ok(reader)
        };
        // Why nobody can is said where the one who writes reads, too.
        (0..count).map(reader).collect::<Result<_, StoreError>>().unwrap_or_default()
    }

    fn reader(&self, file: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let path = self.path.clone();
        let connection =
            connect(file, flags).map_err(|source| StoreError::Open { path, source })?;
        Ok(Self::of(connection, &self.path))
    }

    /// Reads everything from here on as it stands now, whatever others commit meanwhile.
    pub fn begin_reading(&self) -> Result<(), StoreError> {
        self.execute("begin deferred")
    }

    fn open_existing(path: &Path) -> Result<Self, StoreError> {
        let open = |source| StoreError::Open { path: path.to_path_buf(), source };
        let store = Self::of(connect(path, OR_CREATED).map_err(open)?, path);
        store.check_version()?;
        let cannot = |source| StoreError::Create { path: path.to_path_buf(), source };
        remove_leftovers(path).map_err(cannot)?;
        store.pragmas("pragma journal_mode = delete;")?;
        store.execute("begin immediate")?;
        // What does not fit into memory is written early if nobody reads; it waits for no
        // one, or each page would wait anew.
        store.execute("pragma busy_timeout = 0")?;
        Ok(store)
    }

    fn of(connection: Connection, path: &Path) -> Self {
        let (path, kept) = (path.to_path_buf(), kept::Keeping::default());
        let syncing = RefCell::default();
        Self { connection, path, aside: None, _held: None, syncing, kept }
    }

    fn create(path: &Path) -> Result<Self, StoreError> {
        let aside = Aside::create(path, ".new")?;
        let connection = connect(&aside.0, OR_CREATED)
            .map_err(|source| StoreError::Open { path: path.to_path_buf(), source })?;
        let store = Self { aside: Some(aside), ..Self::of(connection, path) };
        // Nothing to roll back to: a killed run leaves a file that is never looked at. Before
        // it takes its place, all of it goes to the disk at once.
        store.pragmas("pragma page_size = 16384; pragma journal_mode = off;")?;
        store.execute("pragma synchronous = off; pragma cache_size = -4000")?;
        store.execute("begin immediate")?;
        store.execute(SCHEMA)?;
        store.execute(&format!("pragma user_version = {SCHEMA_VERSION}"))?;
        Ok(store)
    }

    /// A database in memory, for the facts of one file after the other.
    pub fn scratch() -> Result<Self, StoreError> {
        let path = PathBuf::from(":memory:");
        let connection = Connection::open_in_memory()
            .map_err(|source| StoreError::Open { path: path.clone(), source })?;
        let store = Self::of(connection, &path);
        store.pragmas("pragma journal_mode = off;")?;
        store.execute("begin immediate")?;
        store.execute(SCHEMA)?;
        Ok(store)
    }

    /// Makes everything that was written visible, all at once.
    pub fn commit(self) -> Result<(), StoreError> {
        self.commit_telling(&|_| {})
    }

    /// The same, and tells where it has to wait for others, and how many minutes at most.
    pub fn commit_telling(mut self, waits: &dyn Fn(u64)) -> Result<(), StoreError> {
        self.commit_after_readers(waits)?;
        if let Some(aside) = self.aside.take() {
            let synced = self.syncing.take().map_or(Ok(()), |syncing| {
                syncing.join().unwrap_or_else(|fault| panic::resume_unwind(fault))
            });
            // A disk tells of a fault once; later it may say that all is well.
            synced.map_err(|source| StoreError::Create {
                path: self.path.clone(),
                source,
            })?;
            return aside.take_place(&self.path);
        }
        // The journal stands beside what a link leads to. Did its name come back when the
        // power goes, it would take back what was committed.
        sync_folder(&self.path.canonicalize().unwrap_or(self.path));
        Ok(())
    }

    /// Commits once nobody reads any more: an export of millions of rows may still do.
    fn commit_after_readers(&self, waits: &dyn Fn(u64)) -> Result<(), StoreError> {
        const MOST_MINUTES: u64 = 10;
        self.execute("pragma busy_timeout = 1000")?;
        match self.execute("commit") {
            Err(error) if error.cause() == Cause::Busy => {
                waits(MOST_MINUTES);
                let milliseconds = MOST_MINUTES * 60_000;
                self.execute(&format!("pragma busy_timeout = {milliseconds}"))?;
                self.execute("commit")
            }
            done => done,
        }
    }

    fn check_version(&self) -> Result<(), StoreError> {
        let version: i64 = self
            .connection
            .query_row("pragma user_version", [], |row| row.get(0))
            .map_err(|source| StoreError::Open { path: self.path.clone(), source })?;
        match version {
            SCHEMA_VERSION if self.has_tables()? => Ok(()),
            newer if SCHEMA_VERSION < newer => Err(StoreError::Newer {
                path: self.path.clone(),
                version,
                known: SCHEMA_VERSION,
            }),
            _ => Err(StoreError::Foreign { path: self.path.clone() }),
        }
    }

    /// Whether the tables are there that tell a database of ours from others.
    fn has_tables(&self) -> Result<bool, StoreError> {
        let count: i64 = self
            .connection
            .query_row(include_str!("sql/count_own_tables.sql"), [], |row| row.get(0))
            .map_err(|source| StoreError::Open { path: self.path.clone(), source })?;
        Ok(count == 3)
    }

    /// Foreign keys and what columns may hold are right by construction and verified by tests
    /// and `check`: looking each key up while loading would double its cost, and SQLite makes
    /// a table of a column's words anew for every statement.
    fn pragmas(&self, first: &str) -> Result<(), StoreError> {
        self.connection.set_prepared_statement_cache_capacity(STATEMENTS);
        self.execute(first)?;
        self.execute(
            "pragma foreign_keys = off; pragma ignore_check_constraints = on; \
             pragma synchronous = full; pragma cache_size = -16000; \
             pragma temp_store = memory;",
        )
    }

    fn execute(&self, sql: &str) -> Result<(), StoreError> {
        self.connection
            .execute_batch(sql)
            .map_err(|source| StoreError::Sql { doing: "writing", source })
    }
}

/// A file that is written, and made where there is none.
const OR_CREATED: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE
    .union(OpenFlags::SQLITE_OPEN_CREATE)
    .union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// Opens the file of a path, whose name may begin as a URI does, `file:`.
fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(Path::new(".").join(path), flags)
}

fn must_exist(path: &Path) -> Result<(), StoreError> {
    if path.exists() {
        Ok(())
    } else {
        Err(StoreError::Missing { path: path.to_path_buf() })
    }
}

/// Creates a file that nobody else can read, or makes it so.
pub fn owner_only_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let file = options.open(path)?;
    // One that was there before has the permissions that it had; a device keeps its own.
    #[cfg(unix)]
    if file.metadata()?.is_file() {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

/// Writes bytes into a file that nobody else can read, so that they and its name survive a
/// power cut; a device or a pipe is written and no more.
pub fn write_owner_only(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = owner_only_file(path)?;
    file.write_all(bytes)?;
    if file.metadata()?.is_file() {
        file.sync_all()?;
        sync_folder(path);
    }
    Ok(())
}

/// Makes the name of a file survive a power cut, where the system allows.
pub(crate) fn sync_folder(path: &Path) {
    if let Ok(folder) = fs::File::open(folder_of(path)) {
        drop(folder.sync_all());
    }
}

/// The folder that a file lies in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_read_what_stood_there_before_until_too_much_of_it_is_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nightly.db");
        Store::open(&path).unwrap().commit().unwrap();
        let store = Store::open_again(&path).unwrap();
        let count = |store: &Store| {
            let count = "select count(*) from settings";
            store.rows(count, |row| read_facts::get::<i64>(row, 0)).unwrap()[0]
        };
        store.execute("insert into settings values ('window', '30')").unwrap();
        let readers = store.readers_of_before(2);
        assert!(readers.iter().map(count).eq([0, 0]));
        assert_eq!(count(&store), 1);
        drop(readers);
        // What does not fit into memory is written early.
        let many = "pragma cache_size = 2; \
                    with recursive rows (number) as ( \
                        select 1 union all select number + 1 from rows where number < 9999 \
                    ) \
                    insert into settings select number, hex(zeroblob(99)) from rows";
        store.execute(many).unwrap();
        assert!(store.readers_of_before(2).is_empty());
        store.commit().unwrap();
        assert_eq!(count(&Store::open_to_read(&path).unwrap()), 10_000);
    }
}
