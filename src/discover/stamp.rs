//! What the system says of a file on disk, by which it is known again.

use std::{fs::Metadata, path::Path};

use jiff::Timestamp;

/// What the system says of a file on disk: another where it was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp(Option<OnDisk>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct OnDisk {
    bytes: u64,
    /// Which file it is, and when the system last noted a change of it.
    own: String,
    /// The last change; none where the system notes none that only itself can set.
    changed_at: Option<Timestamp>,
}

impl Stamp {
    /// That of what is held in memory, and never changes.
    pub(super) const IN_MEMORY: Self = Self(None);

    pub(super) fn of(path: &Path) -> Self {
        Self(path.metadata().ok().map(|file| OnDisk::of(&file)))
    }

    /// The size of the file on disk; 0 where it is held in memory.
    pub fn bytes(&self) -> u64 {
        self.0.as_ref().map_or(0, |file| file.bytes)
    }

    /// All that tells this state of the file from any other, in words; none where it is held in
    /// memory.
    pub(super) fn words(&self) -> Option<String> {
        self.0.as_ref().map(|file| format!("{} {}", file.bytes, file.own))
    }

    /// Whether the file is known to have been as it is at an instant.
    pub fn is_older_than(&self, instant: Timestamp) -> bool {
        let changed_at = self.0.as_ref().and_then(|file| file.changed_at);
        changed_at.is_some_and(|changed_at| changed_at < instant)
    }
}

impl OnDisk {
    #[cfg(unix)]
    fn of(file: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let [written, changed] =
            [(file.mtime(), file.mtime_nsec()), (file.ctime(), file.ctime_nsec())];
        let instant = |(second, nanosecond)| {
            Timestamp::new(second, i32::try_from(nanosecond).ok()?).ok()
        };
        let both = instant(written).zip(instant(changed));
        Self {
            bytes: file.len(),
            own: format!("{} {} {written:?} {changed:?}", file.dev(), file.ino()),
            changed_at: both.map(|(written, changed)| written.max(changed)),
        }
    }

    #[cfg(not(unix))]
    fn of(file: &Metadata) -> Self {
        let own = format!("{:?}", file.modified().ok());
        Self { bytes: file.len(), own, changed_at: None }
    }
}
