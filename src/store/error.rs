//! What can go wrong with a database.

use std::path::PathBuf;

/// An error of the database; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no database yet.
    #[error("{}: there is no database", path.display())]
    Missing {
        /// The database.
        path: PathBuf,
    },
    /// The file is no database, or cannot be opened.
    #[error("cannot open {} as a database", path.display())]
    Open {
        /// The database.
        path: PathBuf,
        /// SQLite's own words.
        source: rusqlite::Error,
    },
    /// A new database cannot be written there.
    #[error("cannot create {}", path.display())]
    Create {
        /// The database.
        path: PathBuf,
        /// The system's own words.
        source: std::io::Error,
    },
    /// A newer release wrote it.
    #[error("cannot open {}: schema version {version}, this release knows up to {known}", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its schema version.
        version: i64,
        /// The newest version that this release knows.
        known: i64,
    },
    /// It is a database of something else.
    #[error("{} is a database, but not one of Touchstone's", path.display())]
    Foreign {
        /// The database.
        path: PathBuf,
    },
    /// Another run holds it.
    #[error("another run holds {}: {holder}", path.display())]
    Held {
        /// The database.
        path: PathBuf,
        /// Who, as that run wrote it down.
        holder: String,
    },
    /// The lock cannot be written.
    #[error("cannot write the lock {}", path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// The system's own words.
        source: std::io::Error,
    },
    /// A statement failed: the disk is full, or the file damaged.
    #[error("{doing} the database failed")]
    Sql {
        /// What was being done.
        doing: &'static str,
        /// SQLite's own words.
        source: rusqlite::Error,
    },
    /// Rows that were kept aside for the report are lost.
    #[error("cannot read again what was kept for the report")]
    Kept {
        /// The system's own words.
        source: std::io::Error,
    },
    /// A stored value is none that this release writes.
    #[error("the database holds {value:?} where a {what} should be")]
    Value {
        /// What should be there.
        what: &'static str,
        /// What is there.
        value: String,
    },
}

/// What SQLite could not do, as far as a person can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Another program reads or writes the database.
    Busy,
    /// The file is damaged.
    Damaged,
    /// The file, or the folder of its journal, may not be written.
    ReadOnly,
    /// The disk is full, or cannot be written.
    Disk,
}

impl StoreError {
    /// What is behind an error of SQLite's own.
    pub fn cause(&self) -> Cause {
        use rusqlite::ErrorCode;
        let (Self::Sql { source, .. } | Self::Open { source, .. }) = self else {
            return Cause::Disk;
        };
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Cause::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Cause::Damaged,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Cause::ReadOnly,
            _ => Cause::Disk,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Store, *};

    #[test]
    fn what_may_not_be_written_is_no_full_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nightly.db");
        Store::open(&path).unwrap().commit().unwrap();
        let reader = Store::open_to_read(&path).unwrap();
        let error = reader.execute("delete from settings").unwrap_err();
        assert_eq!(error.cause(), Cause::ReadOnly);
    }
}
