//! The tables of a report: one CSV a view, written by as many readers as there are.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{File, Metadata},
    io::Write,
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{
    PAGE, ReportError,
    csv_tables::{self, Large},
    syncing::{Aside, Syncing},
};
use crate::store::{Kept, Store, VIEWS};

/// Views that change from run to run, where the results stay.
const OF_RUNS: [&str; 4] = ["v_runs", "v_changes", "v_source_files", "v_rejections"];

/// Views that are most of a report, the largest first.
const LARGEST: [&str; 5] =
    ["v_deal_credits", "v_post_scorecard", "v_touches", "v_lead_credits", "v_posts"];

/// A table that is written, but not under its name yet.
pub(super) struct Written {
    pub(super) file: Aside,
    /// The view and the stamp of its file, where it is made of results alone.
    pub(super) made: Option<(&'static str, String)>,
}

/// Tables that readers share out among them.
pub(super) struct Tables<'a> {
    folder: &'a Path,
    /// Files that hold already what they would hold.
    standing: &'a BTreeSet<&'a str>,
    /// The largest first, so that none is left to a single reader at the end.
    views: Vec<&'static str>,
    next: AtomicUsize,
    /// By view; none for a table that is kept.
    written: Mutex<BTreeMap<&'static str, Result<Option<Written>, ReportError>>>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(folder: &'a Path, standing: &'a BTreeSet<&'a str>) -> Self {
        let mut views = VIEWS.to_vec();
        views.sort_by_key(|view| {
            let place = LARGEST.iter().position(|one| one == view);
            place.unwrap_or(LARGEST.len())
        });
        let (next, written) = (AtomicUsize::new(0), Mutex::default());
        Self { folder, standing, views, next, written }
    }

    /// Lets all threads write the tables whose rows were kept, once the store has told what
    /// these share.
    pub(super) fn write_kept<'scope>(
        &'scope self,
        (store, kept): (&Store, &'scope Kept),
        syncing: &'scope Syncing,
        scope: &rayon::Scope<'scope>,
    ) -> Result<(), ReportError> {
        for view in self.views.iter().copied() {
            let Some(rows) = kept.of(view) else { continue };
            let Some(large) = Large::of(store, view)? else { continue };
            scope.spawn(move |_| {
                self.write_one(view, syncing, |file| large.write(rows, file));
            });
        }
        Ok(())
    }

    /// Writes all other tables, until none is left.
    pub(super) fn write(&self, store: &Store, kept: &Kept, syncing: &Syncing) {
        while let Some(view) = self.views.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            if kept.of(view).is_none() {
                self.write_one(view, syncing, |file| {
                    csv_tables::write(store, view, file)
                });
            }
        }
    }

    fn write_one(
        &self,
        view: &'static str,
        syncing: &Syncing,
        write: impl FnOnce(&mut dyn Write) -> Result<u64, ReportError>,
    ) {
        let written = self.table(view, syncing, write);
        let mut all = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(view, written);
    }

    /// All tables by view; none for those that are kept.
    pub(super) fn finish(self) -> Result<Vec<Option<Written>>, ReportError> {
        let written = self.written.into_inner().unwrap_or_else(PoisonError::into_inner);
        written.into_values().collect()
    }

    fn table(
        &self,
        view: &'static str,
        syncing: &Syncing,
        write: impl FnOnce(&mut dyn Write) -> Result<u64, ReportError>,
    ) -> Result<Option<Written>, ReportError> {
        if self.standing.contains(view) {
            return Ok(None);
        }
        let path = self.folder.join(file_name(view));
        let file = syncing.aside(path, |file| write(file).map(drop))?;
        let stamp = stamp(file.0.as_file()).filter(|_| !OF_RUNS.contains(&view));
        Ok(Some(Written { file, made: stamp.map(|stamp| (view, stamp)) }))
    }
}

/// Which files of a folder hold what was made: views by their names, and the page.
pub(super) fn standing<'a>(
    folder: &Path,
    made: &'a BTreeMap<String, String>,
) -> BTreeSet<&'a str> {
    let stands = |(made, of): &(&String, &String)| {
        let name = if *made == PAGE { PAGE.to_owned() } else { file_name(made) };
        let path = folder.join(name);
        // A pipe would be waited for.
        path.is_file()
            && File::open(path).is_ok_and(|file| stamp(&file).as_ref() == Some(of))
    };
    made.iter().filter(stands).map(|(made, _)| made.as_str()).collect()
}

/// What the file of a view is called.
pub(super) fn file_name(view: &str) -> String {
    format!("{}.csv", view.trim_start_matches("v_"))
}

/// Which file it is, how long, and when it was last written: another name changes nothing of
/// it, another text does. None where the system does not tell.
pub(super) fn stamp(file: &File) -> Option<String> {
    Some(own(&file.metadata().ok()?))
}

#[cfg(unix)]
fn own(file: &Metadata) -> String {
    use std::os::unix::fs::MetadataExt;
    format!("{} {} {}.{:09}", file.ino(), file.len(), file.mtime(), file.mtime_nsec())
}

#[cfg(not(unix))]
fn own(file: &Metadata) -> String {
    format!("{} {:?}", file.len(), file.modified().ok())
}
