//! Each format reads as its samples say: counts, and the facts that are easily misread.

mod hubspot;
mod linkedin;

use std::collections::BTreeMap;

use touchstone::{
    discover::{self, Limits, Scan},
    pipeline::{self, why_not},
    recognize::{self, Registry, Verdict},
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
        &Registry::default(),
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

#[test]
fn a_dynamics_workbook_says_what_its_csv_says() {
    let deals = "select remote_id, name, status, amount_minor, currency, created_at, \
                 closed_at from v_deals order by 1";
    let workbook = Network::of(&["workbooks/Opportunities 2-3-2025 9-12-00 AM.xlsx"]);
    let guid = "8f1d2c3b-0000-4e5f-9a00-0000000001";
    assert_eq!(
        workbook.query(deals).replace(guid, ""),
        "01 | Home loan | won | 325000 | AUD | 2024-06-10T09:00:00Z | 2024-08-15\n\
         02 | Equipment | won | 1200050 | EUR | 2024-07-12T10:00:00Z | 2024-10-01\n\
         03 | Refinance | lost | 800000 | EUR | 2024-10-05T10:00:00Z | 2024-11-11\n\
         04 | First home | open | 287500 | AUD | 2024-08-21T08:30:00Z | -\n\
         05 | Fleet | lost | 50000 | AUD | 2024-12-02T09:00:00Z | 2025-01-06\n"
    );
    let table = Network::of(&["crm/dynamics/opportunities.csv"]);
    assert_eq!(workbook.query(deals), table.query(deals));
    assert_eq!(
        workbook
            .query("select name, format, rows_kept, rows_rejected from v_source_files"),
        "Opportunities 2-3-2025 9-12-00 AM.xlsx/Opportunities | dynamics-opportunities | 5 | 0\n"
    );
}

#[test]
fn a_workbook_under_the_name_of_a_csv_is_read_as_what_it_is() {
    let network = Network::of(&["workbooks/workbook-named.csv"]);
    assert_eq!(
        network.query(
            "select name, status, amount_minor, closed_at from v_deals order by 1"
        ),
        "A | won | 10000 | 2025-01-02\nB | lost | 20050 | 2025-02-13\n"
    );
    assert_eq!(
        network.query("select format, rows_kept, rows_rejected from v_source_files"),
        "generic-deals | 2 | 0\n"
    );
}

#[test]
fn the_begin_of_a_file_tells_what_all_of_it_tells_or_nothing() {
    let registry = Registry::default();
    let samples = formats(&["linkedin", "crm"]);
    let files = discover::files(&samples, Limits::default()).unwrap().files;
    let mut told = 0;
    for file in &files {
        let scan =
            file.source.with_bytes(Limits::default(), |bytes| discover::scan(bytes));
        let scan = scan.unwrap();
        let whole = format!("{:?}", recognize::file(&registry, &file.name, &scan));
        for end in (0..scan.head.len()).step_by(97) {
            let begin = Scan { head: scan.head[..end].to_vec(), ..scan.clone() };
            if let Some(verdict) = recognize::by_begin(&registry, &file.name, &begin) {
                assert_eq!(format!("{verdict:?}"), whole, "{} to {end}", file.name);
                told += 1;
            }
        }
    }
    assert!(files.len() < told, "{told} of {}", files.len());
}
