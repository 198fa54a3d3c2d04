//! Any bytes, read to facts: no row is counted twice, none is lost.
#![no_main]

use libfuzzer_sys::fuzz_target;
use touchstone::{
    discover::{self, Limits, Source},
    normalize::{self, Settings},
    recognize::{self, Verdict},
};

fuzz_target!(|bytes: &[u8]| {
    let scan = discover::scan(&mut { bytes }).expect("memory can be read");
    let Verdict::Known(known) = recognize::file(&recognize::Registry::default(), "any.csv", &scan) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("any.csv");
    std::fs::write(&path, bytes).expect("a file");
    let settings = Settings::plain();
    let (source, limits) = (Source::Path(path), Limits::default());
    let outcome = normalize::file(&source, limits, &known, 1, &settings, &mut drop);
    if let Ok(outcome) = outcome {
        assert!(outcome.rows_kept + outcome.rows_rejected <= outcome.rows_read);
    }
});
