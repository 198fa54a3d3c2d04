//! Files reach the disk while the next ones are written.
//!
//! A name without bytes would be all that a power cut leaves of a file that is not synced; and a
//! disk may tell only then that it is full. The disk takes its time for it, in which no core has
//! anything to do.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    panic,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
};

use tempfile::NamedTempFile;

use super::{ASIDE, ReportError, own};

/// A file beside the place where it will stand.
pub(super) type Aside = (NamedTempFile, PathBuf);

/// Takes the files that are written.
pub(super) struct Syncing {
    files: mpsc::Sender<(File, PathBuf)>,
}

/// Does what writes files, and ends once all that were handed over are on the disk.
pub(super) fn beside<T>(
    work: impl FnOnce(&Syncing) -> Result<T, ReportError>,
) -> Result<T, ReportError> {
    let (files, written) = mpsc::channel::<(File, PathBuf)>();
    thread::scope(|scope| {
        let sync = move || written.into_iter().try_for_each(sync_one);
        let syncing = scope.spawn(sync);
        let files = Syncing { files };
        let done = work(&files);
        drop(files);
        let synced = syncing.join().unwrap_or_else(|fault| panic::resume_unwind(fault));
        let done = done?;
        synced.map(|()| done)
    })
}

fn sync_one((file, path): (File, PathBuf)) -> Result<(), ReportError> {
    file.sync_all().map_err(|source| ReportError::Write { path, source })
}

impl Syncing {
    /// Writes a file that only its owner can read beside the place where it will stand.
    pub(super) fn aside(
        &self,
        path: PathBuf,
        write: impl FnOnce(&mut BufWriter<&File>) -> Result<(), ReportError>,
    ) -> Result<Aside, ReportError> {
        let cannot = |source| ReportError::Write { path: path.clone(), source };
        // Found now, while nothing has changed: nothing can take a folder's place.
        if path.is_dir() {
            return Err(cannot(io::ErrorKind::IsADirectory.into()));
        }
        if !own::is_own(&path).map_err(cannot)? {
            return Err(ReportError::Foreign { path });
        }
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        let aside =
            tempfile::Builder::new().prefix(ASIDE).tempfile_in(folder).map_err(cannot)?;
        // Held until it has its name: what nobody holds was left behind. Where files cannot be
        // held, it is written all the same.
        drop(aside.as_file().try_lock());
        let mut buffer = BufWriter::new(aside.as_file());
        write(&mut buffer)?;
        buffer.flush().map_err(cannot)?;
        drop(buffer);
        let file = aside.as_file().try_clone().map_err(cannot)?;
        // Nobody takes it only where another file could not be synced, which ends the report.
        drop(self.files.send((file, path.clone())));
        Ok((aside, path))
    }
}
