//! Databases of this release, of others, of other programs, and damaged ones: read, or left
//! as they are with a sentence.

use std::fs;

use rusqlite::Connection;
use touchstone::store::SCHEMA_VERSION;

use crate::binary::{Place, errors, samples};

const SCHEMA: &str = include_str!("../../schema.sql");

/// Schemas of earlier versions, each with rows, oldest first; that of the current version is
/// made of the schema itself and these rows.
const EARLIER: &[(i64, &str)] = &[];
const CURRENT_ROWS: &str = include_str!("schemas/v1.sql");

fn write(place: &Place, version: i64, statements: &[&str]) {
    let connection = Connection::open(place.database()).unwrap();
    for sql in statements {
        connection.execute_batch(sql).unwrap();
    }
    connection.pragma_update(None, "user_version", version).unwrap();
}

/// Every command that opens a database is refused, and the file keeps its bytes.
fn check_refused(place: &Place, sentence: &str) {
    let before = fs::read(place.database()).unwrap();
    let samples = samples();
    let samples = samples.to_str().unwrap();
    for words in [
        &["run", samples][..],
        &["import", samples],
        &["attribute"],
        &["report"],
        &["check"],
        &["changes"],
        &["explain", "deal", "1"],
        &["forget", "a@b.example"],
    ] {
        let output = place.run(words);
        assert_eq!(output.status.code(), Some(1), "{words:?}: {}", errors(&output));
        let said = errors(&output);
        assert!(said.contains(sentence) && said.contains("hint: "), "{words:?}: {said}");
        assert!(fs::read(place.database()).unwrap() == before, "{words:?}");
    }
}

#[test]
fn a_database_of_every_version_is_read_with_its_rows() {
    let current = [SCHEMA, CURRENT_ROWS].concat();
    let all = EARLIER.iter().copied().chain([(SCHEMA_VERSION, current.as_str())]);
    for (version, sql) in all {
        let place = Place::new();
        write(&place, version, &[sql]);
        let output = place.run(&["attribute", "--quiet"]);
        assert!(output.status.success(), "{version}: {}", errors(&output));
        let persons = place.rows("select person from v_leads");
        assert_eq!(persons, ["Mira Castellano"], "{version}");
        assert!(place.run(&["check"]).status.success(), "{version}");
    }
}

#[test]
fn a_database_of_a_newer_release_is_left_alone() {
    let place = Place::new();
    write(&place, SCHEMA_VERSION + 1, &[SCHEMA]);
    check_refused(&place, "this release knows up to");
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    for version in [0, SCHEMA_VERSION] {
        let place = Place::new();
        write(&place, version, &["create table notes (text text)"]);
        check_refused(&place, "but not one of Touchstone's");
    }
}

#[test]
fn a_file_that_is_no_database_or_a_damaged_one_is_left_alone() {
    let place = Place::new();
    fs::write(place.database(), "no database at all\n".repeat(1000)).unwrap();
    check_refused(&place, "file is not a database");
    let place = Place::new();
    write(&place, SCHEMA_VERSION, &[SCHEMA]);
    let whole = fs::read(place.database()).unwrap();
    fs::write(place.database(), &whole[..whole.len() / 2]).unwrap();
    check_refused(&place, "malformed");
}

#[test]
fn a_word_that_no_column_may_hold_is_found() {
    let place = Place::new();
    write(&place, SCHEMA_VERSION, &[SCHEMA, CURRENT_ROWS]);
    let other =
        "pragma ignore_check_constraints = on; update contacts set status = 'other'";
    write(&place, SCHEMA_VERSION, &[other]);
    let output = place.run(&["check"]);
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("CHECK constraint failed in contacts"), "{said}");
}

#[test]
fn an_engagement_by_names_of_another_file_is_found_and_refused() {
    let place = Place::new();
    assert!(place.run(&["import", &samples().to_string_lossy()]).status.success());
    let other = "update engagements set identity_id = identity_id + (1 << 32)
                 where place = (select min(place) from engagements)";
    write(&place, SCHEMA_VERSION, &[other]);
    let output = place.run(&["check"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!output.status.success());
    assert!(said.contains("has names of another file"), "{said}");
    let refused = errors(&place.run(&["attribute"]));
    assert!(refused.contains("a place in the file of its names should be"), "{refused}");
}

#[test]
fn a_view_that_somebody_made_anew_is_found() {
    let place = Place::new();
    assert!(place.run(&["import", &samples().to_string_lossy()]).status.success());
    let own = "create view v_own as select 1 as a";
    write(&place, SCHEMA_VERSION, &[own]);
    assert!(place.run(&["check"]).status.success());
    let other =
        "drop view v_deals; create view v_deals as select 1 as a; drop view v_posts";
    write(&place, SCHEMA_VERSION, &[other]);
    let output = place.run(&["check"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!output.status.success());
    assert!(said.contains("v_deals is not the view that this release makes"), "{said}");
    assert!(said.contains("v_posts is not there"), "{said}");
}
