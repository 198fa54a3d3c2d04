//! What a database tells of one record, and whether its laws hold.

use std::fs;

use rusqlite::Connection;

use crate::binary::{Place, errors, samples};

/// A database of all samples.
fn filled() -> Place {
    let place = Place::new();
    place.import(&[&samples()]);
    place
}

fn change(place: &Place, sql: &str) {
    let connection = Connection::open(place.database()).unwrap();
    connection.execute_batch(&format!("pragma foreign_keys = off; {sql}")).unwrap();
}

#[test]
fn a_credit_that_lacks_and_a_fact_of_no_file_break_a_law() {
    for (sql, expected) in [
        ("update deal_parts set minor_1 = null", "but credited nothing"),
        ("update lead_shares set share_1 = null", "add up to nothing"),
        ("delete from lead_shares", "of leads, its credits 0.0"),
        ("delete from post_scores", "says 0 won, its credits"),
        ("update record_links set place = place + (100 << 41)", "which is in no list"),
    ] {
        let place = filled();
        change(&place, sql);
        let output = place.run(&["check"]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains(expected), "{sql}: {said}{}", errors(&output));
        assert_eq!(output.status.code(), Some(1), "{sql}");
    }
}

#[test]
fn a_story_leaves_open_what_is_its_own() {
    let place = Place::new();
    let contacts = "Record ID,First Name,Last Name,Email,Create Date,Lifecycle Stage\n\
                    12,Ana,Oak,ana@oak.example,2024-03-01 09:00,Lead\n";
    let deals = "Deal ID,Deal Name,Status,Amount,Currency,Created Date\n";
    fs::write(place.path("contacts.csv"), contacts).unwrap();
    fs::write(
        place.path("deals.csv"),
        format!("{deals}12,Mill,Open,1.00,EUR,2024-03-01\n"),
    )
    .unwrap();
    place.import(&[&place.path("contacts.csv"), &place.path("deals.csv")]);
    let subjects = [
        "deal 12 (generic)",
        "deal 312 (generic)",
        "deal 12 (zoho)",
        "Ana Oak (hubspot 12)",
        "Ben Elm (hubspot 312)",
        "Cy Ash (zoho 12)",
        "12 (hubspot)",
        "12 is not ana@oak.example",
        "hubspot:12 is ana@oak.example",
        "zoho:12 is ana@oak.example",
    ];
    let rows = subjects.map(|one| format!("('{one}', 'left open', 0)")).join(", ");
    change(
        &place,
        &format!("insert into ambiguities (subject, text, is_joined) values {rows}"),
    );
    let open = |words: &[&str]| {
        let output = place.run(&[&["explain"], words].concat());
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let lines =
            said.lines().filter_map(|line| line.trim().strip_suffix(": left open"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(open(&["deal", "12"]), [subjects[0]]);
    let of_lead = [subjects[3], subjects[6], subjects[7], subjects[8]];
    assert_eq!(open(&["lead", "12"]), of_lead);
}

#[test]
fn what_no_release_writes_is_told_and_not_passed_over() {
    for (sql, expected) in [
        ("update deals set status = 'gone'", "gone"),
        ("update deals set created_at = 'soon'", "soon"),
        ("update settings set value = 'soon' where name = 'as-of'", "soon"),
    ] {
        let place = filled();
        let first = "select remote_id from deals order by deal_id limit 1";
        let deal = place.rows(first).remove(0);
        change(&place, &format!("pragma ignore_check_constraints = on; {sql}"));
        let output = place.run(&["explain", "deal", &deal]);
        let said = errors(&output);
        assert!(said.contains(&format!("holds \"{expected}\" where")), "{sql}: {said}");
        assert!(!output.status.success(), "{sql}");
    }
}

#[test]
fn a_story_is_found_by_words_that_name_one_record() {
    let place = Place::new();
    let deals = "Deal ID,Deal Name,Status,Amount,Currency,Created Date\n\
                 12,Old mill,Open,1.00,EUR,2024-03-01\n\
                 13,New mill,Open,1.00,EUR,2024-03-01\n";
    fs::write(place.path("deals.csv"), deals).unwrap();
    place.import(&[&place.path("deals.csv")]);
    let found = place.run(&["explain", "deal", "OLD"]);
    assert_eq!(found.stdout, place.run(&["explain", "deal", "12"]).stdout);
    assert!(found.status.success() && !found.stdout.is_empty());
    let several = place.run(&["explain", "deal", "mill"]);
    assert_eq!(several.status.code(), Some(2));
    let said = errors(&several);
    assert!(said.contains("12 (Old mill), 13 (New mill)"), "{said}");
    let none = place.run(&["explain", "deal", "quay"]);
    assert_eq!(none.status.code(), Some(1));
}

#[test]
fn a_stage_that_the_user_says_counts_with_what_stands_in_parentheses() {
    let place = Place::new();
    let table = "Deal ID,Deal Name,Stage,Amount,Created\n\
                 1,Mill,Offer (100),5.00,2024-03-01\n2,Kiln,Offer (0),5.00,2024-03-01\n";
    fs::write(place.path("deals.csv"), table).unwrap();
    let stages = "[stages]\n\"Offer (100)\" = \"won\"\n\"Offer (0)\" = \"lost\"\n";
    fs::write(place.path("own.toml"), stages).unwrap();
    let run = ["run", "deals.csv", "--config", "own.toml"];
    assert!(place.run(&run).status.success());
    let store = touchstone::store::Store::open_to_read(&place.database()).unwrap();
    let deals = store.deals_of_id("1").unwrap();
    assert_eq!(deals[0].status, touchstone::domain::DealStatus::Won);
    let deals = store.deals_of_id("2").unwrap();
    assert_eq!(deals[0].status, touchstone::domain::DealStatus::Lost);
}

#[test]
fn a_status_that_the_user_says_counts_before_the_stage_beside_it() {
    let place = Place::new();
    let table = "Deal ID,Deal Name,Status,Stage,Amount,Created\n\
                 1,Mill,Done deal,Proposal,5.00,2024-03-01\n2,Kiln,Done deal,,5.00,2024-03-01\n";
    fs::write(place.path("deals.csv"), table).unwrap();
    fs::write(place.path("own.toml"), "[stages]\n\"Done deal\" = \"won\"\n").unwrap();
    assert!(place.run(&["run", "deals.csv", "--config", "own.toml"]).status.success());
    let store = touchstone::store::Store::open_to_read(&place.database()).unwrap();
    for id in ["1", "2"] {
        let deals = store.deals_of_id(id).unwrap();
        assert_eq!(deals[0].status, touchstone::domain::DealStatus::Won, "{id}");
    }
}
