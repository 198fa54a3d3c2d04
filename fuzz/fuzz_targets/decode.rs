//! Any bytes as a table, a workbook or JSON: rows, or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../entries.rs"]
#[expect(dead_code, reason = "each target has an entry of its own")]
mod entries;

fuzz_target!(|bytes: &[u8]| entries::decode(bytes));
