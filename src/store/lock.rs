//! One run at a time on a database.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

use super::{StoreError, aside::target};

/// Holds a database for one run. The system lets go of it when the process ends, however
/// it ends; the small file beside the database stays, and says who held it last.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a database, or says who holds it. `holder` is what others are
    /// told: a process and since when.
    pub fn take(database: &Path, holder: &str) -> Result<Self, StoreError> {
        let path = lock_path(database)?;
        let cannot = |source| StoreError::Lock { path: path.clone(), source };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = options.open(&path).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                drop(file.read_to_string(&mut holder));
                let holder = match holder.trim() {
                    "" => "it has not said who it is".to_owned(),
                    text => text.to_owned(),
                };
                return Err(StoreError::Held { path: database.to_path_buf(), holder });
            }
            Err(TryLockError::Error(source)) => return Err(cannot(source)),
        }
        file.set_len(0).and_then(|()| file.rewind()).map_err(cannot)?;
        writeln!(file, "{holder}").map_err(cannot)?;
        Ok(Self { _file: file })
    }
}

/// One for all links that lead to the database.
fn lock_path(database: &Path) -> Result<PathBuf, StoreError> {
    let database = target(database)?;
    let mut name = database.file_name().unwrap_or_default().to_os_string();
    name.push(".lock");
    Ok(database.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_database_is_held_under_all_its_names() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link.db");
        std::os::unix::fs::symlink("nightly.db", &link).unwrap();
        let _first = Lock::take(&folder.path().join("nightly.db"), "process 1").unwrap();
        let second = Lock::take(&link, "process 2").unwrap_err();
        assert!(matches!(second, StoreError::Held { .. }), "{second}");
    }

    #[test]
    fn a_second_run_is_told_who_holds_the_database() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("nightly.db");
        let first = Lock::take(&database, "process 1, since noon").unwrap();
        let second = Lock::take(&database, "process 2").unwrap_err();
        assert!(
            second.to_string().ends_with("nightly.db: process 1, since noon"),
            "{second}"
        );
        drop(first);
        Lock::take(&database, "process 2").unwrap();
    }
}
