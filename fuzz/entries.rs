//! What the fuzz targets do with bytes, and the tests with every file of the corpora.

use std::hint::black_box;

use touchstone::{
    decode::{self, workbook},
    discover::{self, Limits, Source},
    normalize::{self, Settings, company, email, fold, link, name},
    recognize::{self, Registry, Verdict},
};

/// Any bytes as an archive: its entries are listed and read to their end.
pub(crate) fn archives(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("any.zip");
    std::fs::write(&path, bytes).expect("a file");
    let limits = Limits {
        inflated_bytes: 1 << 20,
        nested_archive_bytes: 1 << 20,
        ..Limits::default()
    };
    let found = discover::files(&[path], limits).expect("it exists");
    for file in found.files {
        drop(file.source.with_bytes(limits, |bytes| discover::scan(bytes)));
    }
}

/// Any bytes as a table, a workbook or JSON: rows, or an error.
pub(crate) fn decode(bytes: &[u8]) {
    let scan = discover::scan(&mut { bytes }).expect("memory can be read");
    let limits = Limits::default();
    let encoding = decode::text_encoding(&scan);
    if workbook::is_workbook(&scan.head) {
        drop(workbook::sheet_heads(&mut { bytes }, limits));
    } else if decode::json::is_json(&decode::head(&scan, encoding)) {
        let encoding = decode::json::encoding(encoding);
        drop(decode::json::columns(&mut { bytes }, encoding, limits.record_bytes));
    } else if let Verdict::Known(known) =
        recognize::file(&Registry::default(), "any.csv", &scan)
    {
        drop(decode::rows(&mut { bytes }, limits, &known.layout, |row| drop(row)));
    }
}

/// Any bytes, read to facts: no row is counted twice, none is lost.
pub(crate) fn normalize(bytes: &[u8]) {
    let scan = discover::scan(&mut { bytes }).expect("memory can be read");
    let Verdict::Known(known) = recognize::file(&Registry::default(), "any.csv", &scan)
    else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("any.csv");
    std::fs::write(&path, bytes).expect("a file");
    let settings = Settings::plain();
    let (source, limits) = (Source::Path(path), Limits::default());
    let outcome = normalize::file(&source, limits, &known, 1, &settings, &mut drop);
    if let Ok(outcome) = outcome {
        assert!(outcome.rows_kept + outcome.rows_rejected <= outcome.rows_read);
    }
}

/// Any bytes, the first line of which is a file's name: a verdict, whatever it is called.
pub(crate) fn recognize(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let name = String::from_utf8_lossy(&bytes[..end]);
    let mut content = bytes.get(end + 1..).unwrap_or_default();
    let scan = discover::scan(&mut content).expect("memory can be read");
    drop(recognize::file(&Registry::default(), &name, &scan));
}

/// Any text as a URL, an address, a name, a company.
pub(crate) fn urls(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    black_box(link::target(text));
    black_box(link::post(text));
    black_box(link::person(text));
    black_box(link::highlighted(text));
    black_box(link::comment_instant(text));
    black_box(link::posts_in(text));
    black_box(company::key(text));
    black_box(name::key(text));
    for address in email::all(text) {
        assert_eq!(email::key(&address).as_deref(), Some(address.as_str()));
    }
    let folded = fold::fold(text);
    assert_eq!(fold::fold(&folded), folded);
}
