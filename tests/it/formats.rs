//! Each format reads as its samples say: counts, and the facts that are easily misread.

mod hubspot;
mod linkedin;

use std::collections::BTreeMap;

use touchstone::{
    discover::Limits,
    pipeline::{self, why_not},
    recognize::Verdict,
};

use crate::network::{Network, formats, silent};

/// Every file read: name, rows, rows kept, rows rejected.
fn check_rows(network: &Network, expected: &[(&str, i64, i64, i64)]) {
    let expected: Vec<String> = expected
        .iter()
        .map(|(name, read, kept, rejected)| {
            format!("{name} | {read} | {kept} | {rejected}\n")
        })
        .collect();
    let found = network
        .query("select name, rows_read, rows_kept, rows_rejected from v_source_files");
    assert_eq!(found, expected.concat());
}

/// What each file below a path is, by name: a format, `ignored`, or why it is refused.
fn verdicts(path: &str) -> BTreeMap<String, String> {
    let inspection = pipeline::inspect(
        &formats(&[path]),
        &touchstone::recognize::Registry::default(),
        Limits::default(),
        &silent,
    )
    .unwrap();
    assert!(inspection.unreadable.is_empty(), "{:?}", inspection.unreadable);
    inspection
        .files
        .into_iter()
        .map(|one| {
            let what = match &one.verdict {
                Verdict::Known(known) => known.format.name.to_owned(),
                Verdict::Ignored(_) => "ignored".to_owned(),
                other => why_not(other).unwrap(),
            };
            (one.file.name, what)
        })
        .collect()
}
