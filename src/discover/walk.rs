//! Walks what the user named, down to files and archive entries.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, Read},
    iter,
    path::{Component, Path, PathBuf},
};

use super::{ExportFile, Found, Limits, Missing, Source, Stamp, Unreadable, archive};

/// Finds all files under the named paths, in any mix of files, folders and ZIPs.
///
/// Names are relative to the folder or archive that was named, so that they do not depend
/// on where it lies; a file found twice is listed once. The folder's own name comes first
/// where it tells something: several paths are named, or it is that of an archive. Of paths that
/// are called the same, as archives of one day are, folders above them tell which is which.
pub fn files(paths: &[PathBuf], limits: Limits) -> Result<Found, Missing> {
    let (named, unreadable) = named(paths)?;
    let mut found = Found { unreadable, ..Found::default() };
    for one in &named {
        open(one, limits, &mut found);
    }
    found.files.sort_by(|a, b| a.name.cmp(&b.name));
    found.unreadable.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// A file on disk, not opened yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Where it can be read.
    pub path: PathBuf,
    /// Where it lies, which is elsewhere for the copy of an object.
    pub place: String,
    /// How people find it again.
    pub shown: String,
}

/// Finds the files on disk under the named paths without opening any.
pub fn named(paths: &[PathBuf]) -> Result<(Vec<Named>, Vec<Unreadable>), Missing> {
    let (mut found, mut unreadable) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    let whole: Vec<PathBuf> =
        paths.iter().map(|path| path.canonicalize().unwrap_or_default()).collect();
    for (path, name) in paths.iter().zip(root_names(&whole)) {
        let kind = fs::metadata(path).map_err(|_| Missing { path: path.clone() })?;
        let mut walk =
            Walk { seen: &mut seen, found: &mut found, unreadable: &mut unreadable };
        if kind.is_dir() {
            let shown = shown_of_root(&name, paths.len());
            walk.folder(path, &Folder { shown, own_name: name });
        } else {
            walk.file(path, &name);
        }
    }
    Ok((found, unreadable))
}

/// What whole paths are called: by their own names, and where several share one, by as many
/// folders above them as tell them apart.
pub fn root_names(paths: &[PathBuf]) -> Vec<String> {
    let name = |path: &Path, parts: usize| {
        let parts = path.components().rev().take(parts).filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        });
        let mut parts: Vec<String> = parts.collect();
        parts.reverse();
        parts.join("/")
    };
    let distinct: BTreeSet<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let mut names: BTreeMap<&Path, String> = BTreeMap::new();
    let mut open: Vec<&Path> = distinct.into_iter().collect();
    for parts in 1.. {
        let mut alike: BTreeMap<String, Vec<&Path>> = BTreeMap::new();
        for path in open {
            alike.entry(name(path, parts)).or_default().push(path);
        }
        let is_told = |path: &Path| path.components().count() <= parts;
        open = Vec::new();
        for (name, paths) in alike {
            let is_alone = paths.len() == 1;
            for path in paths {
                if is_alone || is_told(path) {
                    names.insert(path, name.clone());
                } else {
                    open.push(path);
                }
            }
        }
        if open.is_empty() {
            break;
        }
    }
    paths.iter().map(|path| names[path.as_path()].clone()).collect()
}

/// How a named folder is shown in front of its files.
fn shown_of_root(name: &str, paths: usize) -> String {
    let tells = 1 < paths || is_archive_name(name);
    if tells { name.to_owned() } else { String::new() }
}

/// How a file is shown that lies below a named folder, by its path below it; none for what
/// nobody exported. For stores of objects, which have no folders to walk.
pub fn shown_below(root: &str, paths: usize, relative: &str) -> Option<String> {
    if relative.split('/').any(is_clutter) {
        return None;
    }
    let shown = shown_of_root(root, paths);
    let is_right_in = !relative.contains('/');
    let folder = if shown.is_empty() && is_right_in { root } else { &shown };
    Some(join(folder, relative))
}

/// A folder on the way down: how it is shown, and what it is called.
struct Folder {
    shown: String,
    own_name: String,
}

struct Walk<'a> {
    seen: &'a mut BTreeSet<PathBuf>,
    found: &'a mut Vec<Named>,
    unreadable: &'a mut Vec<Unreadable>,
}

impl Walk<'_> {
    fn folder(&mut self, path: &Path, folder: &Folder) {
        let entries = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                let name = if folder.shown.is_empty() {
                    &folder.own_name
                } else {
                    &folder.shown
                };
                self.refuse(name, &error);
                return;
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let own_name = entry.file_name().to_string_lossy().into_owned();
            let shown = join(&folder.shown, &own_name);
            if is_clutter(&own_name) {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => {
                    self.folder(&entry.path(), &Folder { shown, own_name });
                }
                Ok(kind) if kind.is_file() => {
                    // Files right in the named folder carry its name: it may be the one
                    // thing that tells two archives apart, and holds the export's date.
                    let unit = join(&folder.own_name, "");
                    let shown = if folder.shown.is_empty() {
                        format!("{unit}{own_name}")
                    } else {
                        shown
                    };
                    self.file(&entry.path(), &shown);
                }
                // A link may lead out of what was named, a device or pipe never ends.
                Ok(_) => {
                    let reason = "a link, device or pipe, which is not followed; name its target itself";
                    let reason = reason.to_owned();
                    self.unreadable.push(Unreadable { name: shown, reason });
                }
                Err(error) => self.refuse(&shown, &error),
            }
        }
    }

    fn file(&mut self, path: &Path, shown: &str) {
        if !fs::metadata(path).is_ok_and(|kind| kind.is_file()) {
            let reason = "it is neither a file nor a folder".to_owned();
            self.unreadable.push(Unreadable { name: shown.to_owned(), reason });
            return;
        }
        let whole = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        // A link lies where it is, wherever it leads.
        let folder = match path.parent() {
            Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
            folder => folder.unwrap_or(path),
        };
        let place = match (folder.canonicalize(), path.file_name()) {
            (Ok(folder), Some(name)) => folder.join(name),
            _ => whole.clone(),
        };
        let place = told_apart(&place);
        if self.seen.insert(whole) {
            let (path, shown) = (path.to_path_buf(), shown.to_owned());
            self.found.push(Named { path, place, shown });
        }
    }

    fn refuse(&mut self, name: &str, error: &io::Error) {
        self.unreadable.push(refused(name, error));
    }
}

/// A path as text that no other path has: a byte that is no UTF-8 stands as its number, behind
/// a zero, which no path holds.
fn told_apart(path: &Path) -> String {
    let chunks = path.as_os_str().as_encoded_bytes().utf8_chunks();
    let texts = chunks.flat_map(|chunk| {
        let others = chunk.invalid().iter().map(|byte| format!("\0{byte:02x}"));
        iter::once(chunk.valid().to_owned()).chain(others)
    });
    texts.collect()
}

/// Adds the export files that a file on disk is: itself, or the entries of an archive.
pub fn open(named: &Named, limits: Limits, found: &mut Found) {
    let known = found.files.len();
    open_one(named, limits, found);
    for file in &mut found.files[known..] {
        let inside = file.name.strip_prefix(&named.shown).unwrap_or_default();
        file.home = folder_of(&[&named.place, inside].concat());
    }
}

fn open_one(named: &Named, limits: Limits, found: &mut Found) {
    let Named { path, shown, .. } = named;
    let stamp = Stamp::of(path);
    let mut magic = Vec::with_capacity(4);
    let start = File::open(path).and_then(|file| file.take(4).read_to_end(&mut magic));
    match start {
        Err(error) => found.unreadable.push(refused(shown, &error)),
        Ok(_) if magic == b"PK\x03\x04" => {
            archive::entries(path, shown, &stamp, limits, found);
        }
        // Some begin with a program that unpacks them; what is none has its name alone.
        Ok(_)
            if has_extension(shown, &["zip"])
                && (magic.starts_with(b"PK") || archive::is_one(path)) =>
        {
            archive::entries(path, shown, &stamp, limits, found);
        }
        Ok(_) => {
            let is_gzip = magic.starts_with(&[0x1f, 0x8b]);
            let path = path.clone();
            found.files.push(ExportFile {
                name: shown.clone(),
                unit: folder_of(shown),
                home: String::new(),
                source: if is_gzip { Source::Gzip(path) } else { Source::Path(path) },
                stamp,
            });
        }
    }
}

fn refused(name: &str, error: &io::Error) -> Unreadable {
    let reason = match error.kind() {
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => format!("it cannot be read: {error}"),
    };
    Unreadable { name: name.to_owned(), reason }
}

/// Files that systems and whatever has a document open leave behind, and nobody exported.
pub(super) fn is_clutter(path: &str) -> bool {
    let mut parts = path.split('/');
    let own_name = path.rsplit('/').next().unwrap_or(path);
    parts.any(|part| part == "__MACOSX")
        || ["._", "~$", ".~lock."].iter().any(|begin| own_name.starts_with(begin))
        || matches!(own_name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// The folder part of a shown name.
pub(super) fn folder_of(shown: &str) -> String {
    shown.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
}

/// Whether a folder is named as LinkedIn names its archives, with the export's date.
fn is_archive_name(name: &str) -> bool {
    name.to_ascii_lowercase().contains("linkedindataexport")
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(name).extension().unwrap_or_default();
    extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_shown_as_files_of_a_folder_are() {
        let check = |root, paths, relative, expected: Option<&str>| {
            assert_eq!(shown_below(root, paths, relative).as_deref(), expected);
        };
        check("data", 1, "crm/deals.csv", Some("crm/deals.csv"));
        check("data", 1, "deals.csv", Some("data/deals.csv"));
        check("data", 2, "crm/deals.csv", Some("data/crm/deals.csv"));
        check(
            "Basic_LinkedInDataExport_01-31-2026",
            1,
            "a.csv",
            Some("Basic_LinkedInDataExport_01-31-2026/a.csv"),
        );
        check("data", 1, "__MACOSX/deals.csv", None);
        check("data", 1, "crm/.DS_Store", None);
        check("data", 1, "crm/~$Leads.xlsx", None);
        check("data", 1, ".~lock.Leads.ods#", None);
    }

    fn found_in(name: &str, bytes: &[u8]) -> Found {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        files(&[path], Limits::default()).unwrap()
    }

    #[test]
    fn a_table_that_is_named_as_an_archive_is_read_by_its_content() {
        let found = found_in("deals.zip", b"id,amount\n1,2\n");
        assert!(matches!(found.files[0].source, Source::Path(_)));
        assert!(found.unreadable.is_empty());
        let found = found_in("cut.zip", b"PK\x03\x04 and no more");
        assert!(found.files.is_empty());
        assert_eq!(found.unreadable.len(), 1);
    }

    #[test]
    fn documents_that_hold_no_table_are_said_in_one_line() {
        let check = |name: &str, entries: &[&str], reason: &str| {
            let mut archive = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
            for entry in entries {
                let options = zip::write::SimpleFileOptions::default();
                archive.start_file(*entry, options).unwrap();
            }
            let found = found_in(name, archive.finish().unwrap().get_ref());
            let said: Vec<_> =
                found.unreadable.iter().map(|one| one.reason.as_str()).collect();
            assert!(found.files.is_empty());
            assert_eq!(said, [reason], "{name}");
        };
        let word = ["[Content_Types].xml", "_rels/.rels", "word/document.xml"];
        check("a.docx", &word, "a Word document; no table is read from it");
        let slides = ["[Content_Types].xml", "ppt/presentation.xml"];
        check("a.pptx", &slides, "a PowerPoint presentation; no table is read from it");
        let pages = ["Index/Document.iwa", "Metadata/Properties.plist"];
        let export = "a Numbers document: File → Export To → CSV or Excel";
        check("a.numbers", &pages, export);
        check("a.pages", &pages, "an iWork document; no table is read from it");
        let open = ["mimetype", "content.xml", "META-INF/manifest.xml"];
        check("a.ods", &open, "an OpenDocument file; save it as XLSX or CSV");
    }

    #[test]
    fn paths_that_are_called_the_same_are_told_apart() {
        let check = |paths: &[&str], expected: &[&str]| {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            assert_eq!(root_names(&paths), expected);
        };
        check(&["/x/a.zip", "/x/b.csv"], &["a.zip", "b.csv"]);
        check(
            &["/ann/x/a.zip", "/bob/x/a.zip", "/c"],
            &["ann/x/a.zip", "bob/x/a.zip", "c"],
        );
        check(&["/x/a.zip", "/y/a.zip", "/x/a.zip"], &["x/a.zip", "y/a.zip", "x/a.zip"]);
        check(&["/a.zip", "/x/a.zip"], &["a.zip", "x/a.zip"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_shown_alike_are_two() {
        use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
        let folder = tempfile::tempdir().unwrap();
        for name in [b"J\xe8n", b"J\xe9n"] {
            let path = folder.path().join(OsStr::from_bytes(name));
            // Some systems have no such names.
            if fs::create_dir(&path).is_ok() {
                fs::write(path.join("Profile.csv"), "a,b").unwrap();
            }
        }
        let found = files(&[folder.path().to_path_buf()], Limits::default()).unwrap();
        let homes: BTreeSet<_> = found.files.iter().map(|file| &file.home).collect();
        assert_eq!(homes.len(), found.files.len());
    }

    #[test]
    fn files_of_two_folders_are_of_two_homes() {
        let folder = tempfile::tempdir().unwrap();
        let paths =
            ["ann/Shares.csv", "ann/Profile.csv", "bob/Profile.csv"].map(|name| {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, "a,b").unwrap();
                path
            });
        let found = files(&paths, Limits::default()).unwrap();
        let told: Vec<_> = found
            .files
            .iter()
            .map(|one| (one.name.as_str(), one.home.rsplit('/').next().unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                ("Shares.csv", "ann"),
                ("ann/Profile.csv", "ann"),
                ("bob/Profile.csv", "bob")
            ]
        );
    }

    #[test]
    fn a_folder_shows_its_files_as_objects_are_shown() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("data");
        fs::create_dir_all(root.join("crm")).unwrap();
        for relative in ["deals.csv", "crm/leads.csv", "crm/~$leads.xlsx"] {
            fs::write(root.join(relative), "a,b").unwrap();
        }
        let (found, unreadable) = named(&[root]).unwrap();
        let mut shown: Vec<_> = found.into_iter().map(|one| one.shown).collect();
        shown.sort();
        let below = ["crm/leads.csv", "deals.csv"];
        let expected: Vec<_> =
            below.iter().filter_map(|one| shown_below("data", 1, one)).collect();
        assert_eq!(shown, expected);
        assert!(unreadable.is_empty());
    }
}
