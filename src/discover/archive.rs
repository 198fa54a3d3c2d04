//! The entries of ZIP archives, also of archives inside archives.

use std::{
    borrow::Cow,
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    path::Path,
    sync::Arc,
};

use zip::ZipArchive;

use super::{
    ExportFile, Found, Limits, Source, Stamp, Unreadable, source::DiskFile, walk,
};

/// Adds the entries of the ZIP at `path`, shown under `name`.
pub(super) fn entries(
    path: &Path,
    name: &str,
    stamp: &Stamp,
    limits: Limits,
    found: &mut Found,
) {
    match ZipArchive::new(DiskFile::new(path)) {
        Ok(archive) if is_workbook(&archive) => found.files.push(ExportFile {
            name: name.to_owned(),
            unit: walk::folder_of(name),
            home: String::new(),
            source: Source::Path(path.to_path_buf()),
            stamp: stamp.clone(),
        }),
        Ok(mut archive) => {
            if let Some(reason) = document(&archive, name) {
                let (name, reason) = (name.to_owned(), reason.to_owned());
                found.unreadable.push(Unreadable { name, reason });
                return;
            }
            let left = &mut limits.budget(stamp.bytes());
            let mut opened = Opened { name, stamp, limits, left };
            let shared = archive.clone();
            let source = |index| Source::Entry { archive: shared.clone(), index };
            opened.list(&mut archive, &source, found);
        }
        Err(error) => found.unreadable.push(broken(name, &error)),
    }
}

/// Whether a file is an archive, whatever it begins with.
pub(super) fn is_one(path: &Path) -> bool {
    ZipArchive::new(DiskFile::new(path)).is_ok()
}

/// Whether an archive has an entry whose name begins so.
fn has<R: Read + Seek>(archive: &ZipArchive<R>, begin: &str) -> bool {
    archive.file_names().flatten().any(|name| name.starts_with(begin))
}

/// Whether an archive is a workbook, whatever its name.
fn is_workbook<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    has(archive, "[Content_Types].xml") && has(archive, "xl/")
}

/// Says what an archive is that is a document and no export, by its entries.
fn document<R: Read + Seek>(archive: &ZipArchive<R>, name: &str) -> Option<&'static str> {
    let has = |begin| has(archive, begin);
    let is = |wanted| archive.file_names().flatten().any(|name| name == wanted);
    let is_numbers = name.to_lowercase().ends_with(".numbers");
    if has("[Content_Types].xml") && has("word/") {
        Some("a Word document; no table is read from it")
    } else if has("[Content_Types].xml") && has("ppt/") {
        Some("a PowerPoint presentation; no table is read from it")
    } else if is("Index/Document.iwa") || (is("Index.zip") && has("Metadata/")) {
        Some(if is_numbers {
            "a Numbers document: File → Export To → CSV or Excel"
        } else {
            "an iWork document; no table is read from it"
        })
    } else if has("mimetype") && has("content.xml") && has("META-INF/manifest.xml") {
        Some("an OpenDocument file; save it as XLSX or CSV")
    } else {
        None
    }
}

/// An archive whose entries are listed.
struct Opened<'a> {
    name: &'a str,
    /// That of its entries' bytes.
    stamp: &'a Stamp,
    limits: Limits,
    /// Bytes that the outermost archive may inflate to still.
    left: &'a mut u64,
}

impl Opened<'_> {
    /// Adds the entries.
    fn list<R: Read + Seek + Clone>(
        &mut self,
        archive: &mut ZipArchive<R>,
        source: &dyn Fn(usize) -> Source,
        found: &mut Found,
    ) {
        let mut refuse = |reason: &str| {
            let name = self.name.to_owned();
            found.unreadable.push(Unreadable { name, reason: reason.to_owned() });
        };
        // No tool writes such: a few megabytes then stand for terabytes.
        if archive.has_overlapping_files().unwrap_or(false) {
            refuse(
                "its entries overlap each other, as in an archive made to do harm; none of \
                 it is read",
            );
            return;
        }
        if archive.has_duplicate_names() {
            refuse(
                "several of its entries have one name, and only the last of them is read; \
                 unpack it, and name the folders",
            );
        }
        let mut bytes = archive.clone().into_inner();
        if let Some(lost) = left_out(archive, &mut bytes) {
            refuse(&lost);
        }
        if archive.is_empty() {
            refuse("the archive is empty");
        }
        for index in 0..archive.len() {
            self.entry(archive, index, source, found);
        }
    }

    /// Adds one entry, as long as what it claims to inflate to fits.
    fn entry<R: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<R>,
        index: usize,
        source: &dyn Fn(usize) -> Source,
        found: &mut Found,
    ) {
        let outer = self.name;
        // An entry that is locked has a name all the same.
        let claimed = archive.name_for_index(index).and_then(Result::ok);
        let claimed = claimed.map_or_else(|| format!("entry {index}"), Cow::into_owned);
        let named = archive
            .by_index(index)
            .and_then(|entry| Ok((entry.name()?.replace('\\', "/"), entry)));
        let (inside, mut entry) = match named {
            Ok(named) => named,
            Err(error) => {
                found.unreadable.push(broken(&format!("{outer}/{claimed}"), &error));
                return;
            }
        };
        if entry.is_dir() || walk::is_clutter(&inside) {
            return;
        }
        let shown = format!("{outer}/{inside}");
        if !entry.is_file() {
            let reason = "a link, which is not followed".to_owned();
            found.unreadable.push(Unreadable { name: shown, reason });
            return;
        }
        let Some(left) = self.left.checked_sub(entry.size()) else {
            let what = "with the entries before this one, the archive";
            let reason = self.limits.over_budget(what);
            found.unreadable.push(Unreadable { name: shown, reason });
            return;
        };
        *self.left = left;
        let is_archive = Path::new(&inside)
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
        if is_archive {
            let stamp = &Stamp::IN_MEMORY;
            let (limits, left) = (self.limits, &mut *self.left);
            let mut inner = Opened { name: &shown, stamp, limits, left };
            inner.nested(&mut entry, found);
        } else {
            found.files.push(ExportFile {
                unit: walk::folder_of(&shown),
                home: String::new(),
                name: shown,
                source: source(index),
                stamp: self.stamp.clone(),
            });
        }
    }

    /// Adds the entries of an archive inside an archive, which is held in memory.
    fn nested(&mut self, entry: &mut impl Read, found: &mut Found) {
        let name = self.name;
        let refuse =
            |reason: &str| Unreadable { name: name.to_owned(), reason: reason.into() };
        let Some(nesting) = self.limits.nesting.checked_sub(1) else {
            let deepest = "archives lie inside archives too deep to follow, the limit \
                           max-nesting; unpack the outer one and name the folder";
            found.unreadable.push(refuse(deepest));
            return;
        };
        let mut bytes = Vec::new();
        // All of them are held at once, however many there are.
        let most = self.limits.nested_archive_bytes;
        let limit = most.saturating_sub(found.nested_bytes);
        match entry.take(limit + 1).read_to_end(&mut bytes) {
            Ok(_) if limit < bytes.len() as u64 => {
                let reason = format!(
                    "archives inside archives take more than {} MB, the limit \
                     max-nested-mb; unpack the outer one and name the folder",
                    most >> 20
                );
                found.unreadable.push(refuse(&reason));
                return;
            }
            Ok(_) => {}
            Err(error) => {
                found
                    .unreadable
                    .push(refuse(&format!("the archive is damaged: {error}")));
                return;
            }
        }
        found.nested_bytes += bytes.len() as u64;
        let bytes: Arc<[u8]> = bytes.into();
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(mut archive) => {
                let shared = archive.clone();
                let source = |index| Source::Nested { archive: shared.clone(), index };
                self.limits.nesting = nesting;
                self.list(&mut archive, &source, found);
            }
            Err(error) => found.unreadable.push(broken(name, &error)),
        }
    }
}

/// What an archive holds that its end does not tell of: entries beyond those that it counts,
/// or another archive before its own. What unpacks itself begins with a program.
fn left_out<R: Read + Seek>(archive: &ZipArchive<R>, bytes: &mut R) -> Option<String> {
    let listed = listed(bytes, archive.central_directory_start());
    // Where several have one name, their number is not known; those are told of already.
    if let Ok(listed) = listed
        && archive.len() < listed
        && !archive.has_duplicate_names()
    {
        return Some(format!(
            "its list names {listed} files, its end says {}: only those are read; unpack it, \
             and name the folder",
            archive.len()
        ));
    }
    let mut begin = [0; ENTRY.len()];
    let is_entry = bytes.rewind().and_then(|()| bytes.read_exact(&mut begin)).is_ok();
    (0 < archive.offset() && is_entry && begin == ENTRY).then(|| {
        format!(
            "its first {} bytes are another archive, or what is left of one, and are not \
             read; unpack it, and name the folder",
            archive.offset()
        )
    })
}

/// What an entry begins with, and what it begins with in the list of all.
const ENTRY: [u8; 4] = *b"PK\x03\x04";
const LISTED: [u8; 4] = *b"PK\x01\x02";
/// Bytes of an entry in the list before its name, extra field and comment; where the lengths
/// of these stand.
const LISTED_BYTES: usize = 46;
const LENGTHS: [usize; 3] = [28, 30, 32];

/// How many entries stand in the list that begins here.
fn listed(bytes: &mut (impl Read + Seek), begin: u64) -> io::Result<usize> {
    bytes.seek(SeekFrom::Start(begin))?;
    let mut bytes = BufReader::new(bytes);
    let mut entry = [0; LISTED_BYTES];
    let mut count = 0;
    while bytes.read_exact(&mut entry).is_ok() && entry.starts_with(&LISTED) {
        count += 1;
        let length =
            |at: usize| i64::from(u16::from_le_bytes([entry[at], entry[at + 1]]));
        bytes.seek_relative(LENGTHS.into_iter().map(length).sum())?;
    }
    Ok(count)
}

/// Says in words why an archive cannot be read.
fn broken(name: &str, error: &zip::result::ZipError) -> Unreadable {
    use zip::result::ZipError;
    let reason = match error {
        ZipError::Io(error) => format!("the archive cannot be read: {error}"),
        ZipError::UnsupportedArchive(reason) => {
            format!("the archive cannot be read: {reason}; unpack it and name the folder")
        }
        _ => "the archive is damaged or was not downloaded whole; download it again, or \
              unpack what it still holds and name the folder"
            .to_owned(),
    };
    Unreadable { name: name.to_owned(), reason }
}
