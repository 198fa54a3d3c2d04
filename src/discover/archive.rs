//! The entries of ZIP archives, also of archives inside archives.

use std::{
    fs::File,
    io::{BufReader, Cursor, Read, Seek},
    path::Path,
    sync::Arc,
};

use zip::ZipArchive;

use super::{ExportFile, Found, Limits, Source, Unreadable, walk};

/// Adds the entries of the ZIP at `path`, shown under `name`.
pub(super) fn entries(path: &Path, name: &str, limits: Limits, found: &mut Found) {
    let opened = File::open(path)
        .map_err(zip::result::ZipError::from)
        .and_then(|file| ZipArchive::new(BufReader::new(file)));
    match opened {
        Ok(archive) if is_workbook(&archive) => found.files.push(ExportFile {
            name: name.to_owned(),
            unit: walk::folder_of(name),
            source: Source::Path(path.to_path_buf()),
        }),
        Ok(mut archive) => {
            let source = |index| Source::Entry { archive: path.to_path_buf(), index };
            list(&mut archive, name, &source, limits, found);
        }
        Err(error) => found.unreadable.push(broken(name, &error)),
    }
}

/// Whether an archive is a workbook, whatever its name.
fn is_workbook<R>(archive: &ZipArchive<R>) -> bool
where
    R: Read + Seek,
{
    let has = |wanted: &dyn Fn(&str) -> bool| {
        archive.file_names().flatten().any(|name| wanted(&name))
    };
    has(&|name| name == "[Content_Types].xml") && has(&|name| name.starts_with("xl/"))
}

/// Adds the entries of one opened archive.
fn list<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    name: &str,
    source: &dyn Fn(usize) -> Source,
    limits: Limits,
    found: &mut Found,
) {
    // No tool writes such: a few megabytes then stand for terabytes.
    if archive.has_overlapping_files().unwrap_or(false) {
        let reason = "its entries overlap each other, as in an archive made to do harm; \
                      none of it is read"
            .to_owned();
        found.unreadable.push(Unreadable { name: name.to_owned(), reason });
        return;
    }
    for index in 0..archive.len() {
        let mut entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                found.unreadable.push(broken(&format!("{name}/entry {index}"), &error));
                continue;
            }
        };
        let inside = match entry.name() {
            Ok(inside) => inside.replace('\\', "/"),
            Err(error) => {
                found.unreadable.push(broken(&format!("{name}/entry {index}"), &error));
                continue;
            }
        };
        if !entry.is_file() || walk::is_clutter(&inside) {
            continue;
        }
        let shown = format!("{name}/{inside}");
        let is_archive = Path::new(&inside)
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
        if is_archive {
            nested(&mut entry, &shown, limits, found);
        } else {
            found.files.push(ExportFile {
                unit: walk::folder_of(&shown),
                name: shown,
                source: source(index),
            });
        }
    }
}

/// Adds the entries of an archive inside an archive, which is held in memory.
fn nested(entry: &mut impl Read, name: &str, limits: Limits, found: &mut Found) {
    let refuse =
        |reason: &str| Unreadable { name: name.to_owned(), reason: reason.into() };
    let Some(nesting) = limits.nesting.checked_sub(1) else {
        found.unreadable.push(refuse("archives lie inside archives too deep to follow"));
        return;
    };
    let mut bytes = Vec::new();
    // All of them are held at once, however many there are.
    let limit = limits.nested_archive_bytes.saturating_sub(found.nested_bytes);
    match entry.take(limit + 1).read_to_end(&mut bytes) {
        Ok(_) if limit < bytes.len() as u64 => {
            let reason = format!(
                "archives inside archives take more than {} MB, the limit max-nested-mb; \
                 unpack the outer one and name the folder",
                limits.nested_archive_bytes >> 20
            );
            found.unreadable.push(refuse(&reason));
            return;
        }
        Ok(_) => {}
        Err(error) => {
            found.unreadable.push(refuse(&format!("the archive is damaged: {error}")));
            return;
        }
    }
    found.nested_bytes += bytes.len() as u64;
    let bytes: Arc<[u8]> = bytes.into();
    match ZipArchive::new(Cursor::new(&bytes)) {
        Ok(mut archive) => {
            let source = |index| Source::Nested { archive: Arc::clone(&bytes), index };
            list(&mut archive, name, &source, Limits { nesting, ..limits }, found);
        }
        Err(error) => found.unreadable.push(broken(name, &error)),
    }
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
