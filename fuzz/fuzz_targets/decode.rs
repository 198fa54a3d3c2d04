//! Any bytes as a table, a workbook or JSON: rows, or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use touchstone::{
    decode::{self, workbook},
    discover::{self, Limits},
    recognize::{self, Verdict},
};

fuzz_target!(|bytes: &[u8]| {
    let scan = discover::scan(&mut { bytes }).expect("memory can be read");
    let limits = Limits::default();
    let encoding = decode::text_encoding(&scan);
    if workbook::is_workbook(&scan.head) {
        drop(workbook::sheet_heads(&mut { bytes }, limits));
    } else if decode::json::is_json(&decode::head(&scan, encoding)) {
        let encoding = decode::json::encoding(encoding);
        drop(decode::json::columns(&mut { bytes }, encoding, limits.record_bytes));
    } else if let Verdict::Known(known) = recognize::file(&recognize::Registry::default(), "any.csv", &scan) {
        drop(decode::rows(&mut { bytes }, limits, &known.layout, |row| drop(row)));
    }
});
