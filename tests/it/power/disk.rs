//! A disk that may lose, when the power goes, whatever was not synced.
//!
//! It promises no more than POSIX does: what was written to a file is there once the file was
//! synced, and its name once the folder was. Of the rest each part may be there or not,
//! whatever their order, and a write may be there in part.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::record::Change;

/// What may be found after a cut: files with their bytes, and folders without.
pub(super) type Found = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// What becomes of what was not synced.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fate {
    /// All of it is there.
    Kept,
    /// None of it is there.
    Lost,
    /// Names are there, and bytes are not: files are empty, or as they were.
    NamesKept,
    /// Bytes are there, and names are not.
    BytesKept,
    /// Bytes are there, and the newest name without those before it.
    NewestNameKept,
    /// Each part is there, or not, or in part, by chance.
    Chance(Chance),
}

/// Numbers by chance, the same for the same beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// A number below another.
    pub(super) fn below(&mut self, end: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % u64::try_from(end).unwrap()).unwrap()
    }
}

/// How much of a write can be lost by itself.
const SECTOR: usize = 512;

impl Fate {
    fn keeps_naming(&mut self, is_newest: bool) -> bool {
        match self {
            Self::Kept | Self::NamesKept => true,
            Self::Lost | Self::BytesKept => false,
            Self::NewestNameKept => is_newest,
            Self::Chance(chance) => chance.below(2) == 0,
        }
    }

    /// Whether a change of bytes is kept: all of it, nothing, or some sectors.
    fn keeps_bytes(&mut self) -> Option<bool> {
        match self {
            Self::Kept | Self::BytesKept | Self::NewestNameKept => Some(true),
            Self::Lost | Self::NamesKept => Some(false),
            Self::Chance(chance) => match chance.below(5) {
                0 | 1 => Some(true),
                2 | 3 => Some(false),
                _ => None,
            },
        }
    }

    fn keeps_sector(&mut self) -> bool {
        match self {
            Self::Chance(chance) => chance.below(2) == 0,
            _ => false,
        }
    }
}

/// A file by its number, or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    File(usize),
    Folder,
}

/// What was done to the bytes of a file.
#[derive(Clone, Copy, Debug)]
enum Done<'a> {
    Write(usize, &'a [u8]),
    Length(usize),
}

impl Done<'_> {
    fn apply(self, bytes: &mut Vec<u8>) {
        match self {
            Self::Write(offset, written) => {
                let end = offset + written.len();
                bytes.resize(bytes.len().max(end), 0);
                bytes[offset..end].copy_from_slice(written);
            }
            Self::Length(length) => bytes.resize(length, 0),
        }
    }

    fn apply_as(self, fate: &mut Fate, bytes: &mut Vec<u8>) {
        match (fate.keeps_bytes(), self) {
            (Some(false), _) => {}
            (None, Self::Write(offset, written)) => {
                for (at, sector) in written.chunks(SECTOR).enumerate() {
                    if fate.keeps_sector() {
                        Done::Write(offset + at * SECTOR, sector).apply(bytes);
                    }
                }
            }
            (Some(true) | None, _) => self.apply(bytes),
        }
    }
}

/// A file's bytes on the disk, and what was done to them since it was synced.
#[derive(Debug, Default)]
struct File<'a> {
    synced: Vec<u8>,
    since: Vec<Done<'a>>,
}

/// Names that change at once, in one folder.
#[derive(Debug)]
struct Naming {
    folder: PathBuf,
    names: Vec<(PathBuf, Option<Entry>)>,
}

impl Naming {
    fn apply(&self, names: &mut BTreeMap<PathBuf, Entry>) {
        for (path, entry) in &self.names {
            match entry {
                Some(entry) => names.insert(path.clone(), *entry),
                None => names.remove(path),
            };
        }
    }
}

/// Files and folders as programs see them, and what of them is safe.
#[derive(Debug, Default)]
pub(super) struct Disk<'a> {
    files: Vec<File<'a>>,
    seen: BTreeMap<PathBuf, Entry>,
    synced: BTreeMap<PathBuf, Entry>,
    /// What was done to names since their folder was synced.
    since: Vec<Naming>,
}

impl<'a> Disk<'a> {
    /// A disk on which all that was found is safe.
    fn of(found: &Found) -> Self {
        let mut disk = Self::default();
        for (path, bytes) in found {
            let entry = match bytes {
                None => Entry::Folder,
                Some(bytes) => disk.file(bytes.clone()),
            };
            disk.synced.insert(path.clone(), entry);
        }
        disk.seen = disk.synced.clone();
        disk
    }

    /// The same disk once programs have done something.
    pub(super) fn after(found: &Found, changes: &'a [Change]) -> Self {
        let mut disk = Self::of(found);
        for change in changes {
            disk.change(change);
        }
        disk
    }

    fn file(&mut self, synced: Vec<u8>) -> Entry {
        self.files.push(File { synced, since: Vec::new() });
        Entry::File(self.files.len() - 1)
    }

    fn number(&self, path: &Path) -> usize {
        let entry = self.seen.get(path).expect("what is written to has a name");
        match entry {
            Entry::File(number) => *number,
            Entry::Folder => unreachable!("{} is a folder", path.display()),
        }
    }

    /// Does what a program did.
    fn change(&mut self, change: &'a Change) {
        match change {
            Change::Open { path, empties } => {
                if !self.seen.contains_key(path) {
                    let entry = self.file(Vec::new());
                    self.name(vec![(path.clone(), Some(entry))]);
                }
                if *empties {
                    self.done(path, Done::Length(0));
                }
            }
            Change::Write { path, offset, bytes } => {
                self.done(path, Done::Write(*offset, bytes));
            }
            Change::Length { path, length } => self.done(path, Done::Length(*length)),
            Change::Sync { path } => self.sync(path),
            Change::Rename { from, to } => {
                assert_eq!(from.parent(), to.parent(), "two folders are not thought of");
                let entry = self.seen.get(from).copied();
                self.name(vec![(from.clone(), None), (to.clone(), entry)]);
            }
            Change::Unlink { path } => self.name(vec![(path.clone(), None)]),
            Change::Folder { path } => {
                self.name(vec![(path.clone(), Some(Entry::Folder))]);
            }
            Change::Unknown { path } => {
                unreachable!("{}: what was done to it is not recorded", path.display())
            }
        }
    }

    fn done(&mut self, path: &Path, done: Done<'a>) {
        let number = self.number(path);
        self.files[number].since.push(done);
    }

    fn name(&mut self, names: Vec<(PathBuf, Option<Entry>)>) {
        let folder = names[0].0.parent().unwrap().to_path_buf();
        let naming = Naming { folder, names };
        naming.apply(&mut self.seen);
        self.since.push(naming);
    }

    fn sync(&mut self, path: &Path) {
        if let Some(Entry::File(number)) = self.seen.get(path) {
            let file = &mut self.files[*number];
            for done in file.since.drain(..) {
                done.apply(&mut file.synced);
            }
            return;
        }
        for naming in self.since.extract_if(.., |naming| naming.folder == path) {
            naming.apply(&mut self.synced);
        }
    }

    /// What is found when the power goes now.
    pub(super) fn after_cut(&self, mut fate: Fate) -> Found {
        let mut names = self.synced.clone();
        for (left, naming) in (0..self.since.len()).rev().zip(&self.since) {
            if fate.keeps_naming(left == 0) {
                naming.apply(&mut names);
            }
        }
        let mut contents = BTreeMap::new();
        for (number, file) in self.files.iter().enumerate() {
            let mut bytes = file.synced.clone();
            for done in &file.since {
                done.apply_as(&mut fate, &mut bytes);
            }
            contents.insert(number, bytes);
        }
        let is_there = |path: &Path| {
            let mut folders = path.ancestors().skip(1);
            folders.all(|folder| folder == Path::new("") || names.contains_key(folder))
        };
        let found = names.iter().filter(|(path, _)| is_there(path));
        found
            .map(|(path, entry)| match entry {
                Entry::File(number) => (path.clone(), Some(contents[number].clone())),
                Entry::Folder => (path.clone(), None),
            })
            .collect()
    }
}

/// Everything in a folder.
pub(super) fn found(root: &Path) -> Found {
    fn walk(root: &Path, inner: &Path, found: &mut Found) {
        for entry in fs::read_dir(root.join(inner)).unwrap() {
            let path = inner.join(entry.unwrap().file_name());
            if root.join(&path).is_dir() {
                found.insert(path.clone(), None);
                walk(root, &path, found);
            } else {
                let bytes = fs::read(root.join(&path)).unwrap();
                found.insert(path, Some(bytes));
            }
        }
    }
    let mut found = Found::new();
    walk(root, Path::new(""), &mut found);
    found
}

/// Puts into an empty folder what was found.
pub(super) fn place(found: &Found, root: &Path) {
    for (path, bytes) in found {
        match bytes {
            None => fs::create_dir(root.join(path)).unwrap(),
            Some(bytes) => fs::write(root.join(path), bytes).unwrap(),
        }
    }
}
