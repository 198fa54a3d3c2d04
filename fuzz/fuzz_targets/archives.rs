//! Any bytes as an archive: its entries are listed and read to their end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use touchstone::discover::{self, Limits};

fuzz_target!(|bytes: &[u8]| {
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
});
