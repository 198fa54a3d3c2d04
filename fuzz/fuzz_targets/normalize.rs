//! Any bytes, read to facts: no row is counted twice, none is lost.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../entries.rs"]
#[expect(dead_code, reason = "each target has an entry of its own")]
mod entries;

fuzz_target!(|bytes: &[u8]| entries::normalize(bytes));
