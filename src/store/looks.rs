//! What looks at files found, so that those that nobody touched are not read again.

use std::path::Path;

use rusqlite::OpenFlags;

use super::{Store, StoreError, connect, many::row, read_facts::get, write_facts::count};
use crate::discover::{Looks, Whole};

impl Store {
    /// What earlier runs found. Nothing where the database cannot be read at this moment: why
    /// it cannot be is said by whoever opens it for the run.
    pub fn known_looks(path: &Path) -> Looks {
        // One that is a pipe would keep the run waiting.
        let looks = path.is_file().then(|| Self::read_looks(path));
        looks.and_then(Result::ok).unwrap_or_default()
    }

    fn read_looks(path: &Path) -> Result<Looks, StoreError> {
        let open = |source| StoreError::Open { path: path.to_path_buf(), source };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = connect(path, flags).map_err(open)?;
        let store = Self::of(connection, path);
        // Where another run is at work, this one is told so at once.
        store.execute("pragma busy_timeout = 0")?;
        store.check_version()?;
        let looks = store.rows(include_str!("sql/select_looks.sql"), |row| {
            let whole = Whole {
                sha256: get(row, 1)?,
                bytes: get::<i64>(row, 2)?.unsigned_abs(),
                is_utf8: get(row, 3)?,
                has_nul: get(row, 4)?,
                has_backslash_quote: get(row, 5)?,
                has_open_quote: get(row, 6)?,
            };
            Ok((get(row, 0)?, whole))
        })?;
        Ok(looks.into_iter().collect())
    }

    /// Keeps what a run found in the place of what others did.
    pub fn replace_looks(&self, looks: &Looks) -> Result<(), StoreError> {
        self.delete_looks()?;
        let rows = looks.iter().map(|(key, whole)| {
            row! {
                key: key, sha256: whole.sha256, bytes: count(whole.bytes),
                is_utf8: whole.is_utf8, has_nul: whole.has_nul,
                has_backslash_quote: whole.has_backslash_quote,
                has_open_quote: whole.has_open_quote,
            }
        });
        self.insert("looks", rows)
    }

    /// Takes out what any run found.
    pub fn delete_looks(&self) -> Result<(), StoreError> {
        self.execute(include_str!("sql/delete_looks.sql"))
    }
}
