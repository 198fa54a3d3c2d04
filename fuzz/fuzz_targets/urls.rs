//! Any text as a URL, an address, a name, a company.
#![no_main]

use std::hint::black_box;

use libfuzzer_sys::fuzz_target;
use touchstone::normalize::{company, email, fold, link, name};

fuzz_target!(|text: &str| {
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
});
