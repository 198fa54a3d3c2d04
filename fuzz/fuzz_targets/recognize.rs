//! Any bytes: a verdict, whatever the file is called.
#![no_main]

use libfuzzer_sys::fuzz_target;
use touchstone::{discover, recognize};

fuzz_target!(|input: (&str, &[u8])| {
    let (name, bytes) = input;
    let scan = discover::scan(&mut { bytes }).expect("memory can be read");
    drop(recognize::file(&recognize::Registry::default(), name, &scan));
});
