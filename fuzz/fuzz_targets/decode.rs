//! Any bytes as a table, a workbook or JSON: rows, or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use touchstone::{
    decode::{self, workbook},
    discover,
    recognize::{self, Verdict},
};

fuzz_target!(|bytes: &[u8]| {
    let scan = discover::scan(&mut { bytes }).expect("memory can be read");
    if workbook::is_workbook(&scan.head) {
        drop(workbook::sheet_heads(&mut { bytes }));
    } else if decode::json::is_json(&scan.head) {
        drop(decode::json::columns(&mut { bytes }));
    } else if let Verdict::Known(known) = recognize::file("any.csv", &scan) {
        drop(decode::rows(&mut { bytes }, &known.layout, |row| drop(row)));
    }
});
