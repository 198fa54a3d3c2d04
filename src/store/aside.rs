//! Where a new database is built: beside its place, so that a rename is enough.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{StoreError, owner_only_file, sync_folder};

/// A file that is not a database of anybody's yet, and goes where it does not become one.
#[derive(Debug)]
pub(super) struct Aside(pub(super) PathBuf);

impl Aside {
    /// Creates it, empty, beside the database.
    pub(super) fn create(database: &Path, ending: &str) -> Result<Self, StoreError> {
        let cannot = |source| StoreError::Create { path: database.to_path_buf(), source };
        // What a killed run left behind was never a database of anybody's.
        remove_leftovers(database).map_err(cannot)?;
        let aside = Self(beside(database, ending));
        owner_only_file(&aside.0).map_err(cannot)?;
        Ok(aside)
    }

    /// Puts it in the database's place.
    pub(super) fn take_place(self, database: &Path) -> Result<(), StoreError> {
        let cannot = |source| StoreError::Create { path: database.to_path_buf(), source };
        fs::File::open(&self.0).and_then(|file| file.sync_all()).map_err(cannot)?;
        // What belongs to an earlier database of the name would be played back into this one,
        // also where it comes back with a name that a power cut gave back.
        remove(database, &["-journal", "-wal", "-shm"]).map_err(cannot)?;
        keep_owner(&self.0, database);
        sync_folder(database);
        fs::rename(&self.0, database).map_err(cannot)?;
        sync_folder(database);
        Ok(())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // A run that did not commit leaves no trace; after a commit the file has moved.
        drop(fs::remove_file(&self.0));
    }
}

/// The name of what belongs to a database, beside it.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(ending);
    path.with_file_name(name)
}

/// Gives a file the owner of the one whose place it takes: who looks after a database need not
/// be who runs it every night.
fn keep_owner(file: &Path, of: &Path) {
    #[cfg(unix)]
    if let Ok(of) = fs::metadata(of) {
        use std::os::unix::fs::{MetadataExt, chown};
        // Only root may; whoever else could put the file here owns it from now on.
        drop(chown(file, Some(of.uid()), Some(of.gid())));
    }
}

/// Where a database lies or will lie: a link stays one, also while it leads to nothing. Links
/// in a circle lead nowhere.
pub(super) fn target(path: &Path) -> Result<PathBuf, StoreError> {
    // As many as the system itself follows.
    const MOST_LINKS: usize = 40;
    let mut target = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&target) else { return Ok(target) };
        target = target.parent().unwrap_or(Path::new("")).join(next);
    }
    if !target.is_symlink() {
        return Ok(target);
    }
    let source = io::Error::other("its links lead in a circle, or through more than 40");
    Err(StoreError::Create { path: path.to_path_buf(), source })
}

/// Removes what a killed run built beside a database.
pub(super) fn remove_leftovers(path: &Path) -> io::Result<()> {
    remove(path, &[".new", ".new-journal", ".copy", ".copy-journal"])
}

/// Removes files beside a database, where they are there.
fn remove(path: &Path, endings: &[&str]) -> io::Result<()> {
    for ending in endings {
        match fs::remove_file(beside(path, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error);
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{MetadataExt, chown, symlink};

    use super::{super::Store, *};

    #[test]
    fn a_link_that_leads_to_nothing_yet_stays_one() {
        let folder = tempfile::tempdir().unwrap();
        let (link, database) =
            (folder.path().join("n.db"), folder.path().join("real.db"));
        symlink("real.db", &link).unwrap();
        Store::open(&link).unwrap().commit().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(fs::symlink_metadata(&database).unwrap().is_file());
    }

    #[test]
    fn links_in_a_circle_stay_and_are_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for (name, next) in [("1.db", "2.db"), ("2.db", "3.db"), ("3.db", "1.db")] {
            symlink(next, path(name)).unwrap();
        }
        let error = Store::open(&path("1.db")).unwrap_err();
        assert!(matches!(error, StoreError::Create { .. }), "{error}");
        assert!(super::super::Lock::take(&path("1.db"), "process 1").is_err());
        assert!(path("1.db").is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
        // As long a chain as the system follows is none.
        for at in 0..40 {
            symlink(format!("{}", at + 1), path(&at.to_string())).unwrap();
        }
        assert_eq!(target(&path("0")).unwrap(), path("40"));
    }

    #[test]
    fn what_takes_its_place_has_the_owner_of_a_database() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n.db");
        Store::open(&path).unwrap().commit().unwrap();
        // Whoever is not root has nobody else to give it to.
        let owner = fs::metadata(&path).unwrap().uid();
        let other = if owner == 0 { 4_711 } else { owner };
        chown(&path, Some(other), None).unwrap();
        let store = Store::open_to_erase(&path).unwrap();
        store.execute("delete from settings").unwrap();
        store.commit_compacted().unwrap();
        assert_eq!(fs::metadata(&path).unwrap().uid(), other);
    }
}
