//! Files of an earlier report or export, which a new one may replace.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use crate::recognize::{is_page, own_table};

/// As much as tells a table by its header.
const HEAD_BYTES: u64 = 4096;

/// Whether a file of this name is Touchstone's or none: `deals.csv` may be what a CRM exported.
///
/// A table is told by its first two columns, as later releases only add some behind.
pub(super) fn is_own(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        // A pipe would never end.
        Err(error) => return Err(error),
        Ok(found) if !found.is_file() => return Ok(false),
        Ok(_) => {}
    }
    let mut head = Vec::new();
    File::open(path)?.take(HEAD_BYTES).read_to_end(&mut head)?;
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let ending = path.extension().and_then(OsStr::to_str);
    let head = String::from_utf8_lossy(&head);
    let head = head.trim_start_matches('\u{feff}');
    if head.is_empty() {
        return Ok(true);
    }
    let columns = own_table(name).and_then(|table| {
        let [one, two, ..] = table.columns else { return None };
        Some([*one.names.first()?, *two.names.first()?])
    });
    Ok(match (columns, ending) {
        (_, Some("html")) => is_page(head.as_bytes()),
        (Some([one, two]), Some("csv")) => {
            // A spreadsheet may have saved it with other marks.
            let header = head.lines().next().unwrap_or_default();
            let mut cells =
                header.split([',', ';', '\t']).map(|cell| cell.trim_matches('"'));
            cells.next() == Some(one) && cells.next().is_none_or(|cell| cell == two)
        }
        (Some([one, _]), Some("jsonl")) => {
            head.starts_with(&["{\"", one, "\":"].concat())
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_how_it_begins() {
        let folder = tempfile::tempdir().unwrap();
        let check = |name: &str, text: &str, expected| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            assert_eq!(is_own(&path).unwrap(), expected, "{name}: {text}");
        };
        check("deals.csv", "deal_id,source_system,remote_id\n", true);
        check("deals.csv", "Record ID,Deal Name\n", false);
        check("deals.csv", "\u{feff}\"deal_id\";\"source_system\"\n", true);
        check("deals.csv", "deal_id,amount\n", false);
        check("deals.csv", "", true);
        check("post_scorecard.csv", "model,post_urn,engagement\n", true);
        check("deals.jsonl", "{\"deal_id\":1}", true);
        check("deals.jsonl", "{\"id\":1}", false);
        check("report.html", "<!DOCTYPE html><title>Touchstone: what", true);
        check("report.html", "<!DOCTYPE html><title>Sales", false);
        assert!(is_own(&folder.path().join("posts.csv")).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("posts.csv");
        let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
        assert!(!is_own(&path).unwrap());
    }
}
