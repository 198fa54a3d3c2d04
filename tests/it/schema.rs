//! The schema and the statements fit each other, and a run leaves them whole.

use std::{collections::BTreeMap, fs, path::Path};

use rusqlite::Connection;

use crate::network::Network;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn empty() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    let schema = fs::read_to_string(root().join("schema.sql")).unwrap();
    connection.execute_batch(&schema).unwrap();
    connection
}

/// The statements by the names of their files.
fn statements() -> BTreeMap<String, String> {
    fs::read_dir(root().join("src/store/sql"))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

#[test]
fn every_statement_prepares_against_the_schema() {
    let connection = empty();
    for (name, sql) in statements() {
        let prepared = connection.prepare(&sql);
        assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
    }
}

#[test]
fn what_leaves_the_database_is_ordered() {
    // These give one row.
    let single = [
        "select_last_run.sql",
        "select_last_source_file.sql",
        "select_counts.sql",
        "select_measure.sql",
        "select_won_over_models.sql",
    ];
    for (name, sql) in statements() {
        let is_single = single.contains(&name.as_str());
        if name.starts_with("select") && !is_single {
            assert!(sql.contains("order by"), "{name} has no order");
        }
    }
}

#[test]
fn facts_are_read_in_the_order_of_their_places_without_sorting() {
    let connection = empty();
    for (name, sql) in statements() {
        // Their tables have no key of their own: they are sorted once.
        let is_keyless = ["record_links", "message_recipients", "message_posts"]
            .iter()
            .any(|table| name.contains(table));
        if is_keyless || !sql.contains("order by place") {
            continue;
        }
        let plan = plan(&connection, &sql);
        assert!(!plan.contains("TEMP B-TREE"), "{name} sorts:\n{plan}");
    }
}

#[test]
fn what_belongs_to_a_file_is_deleted_without_a_scan_of_the_facts() {
    let connection = empty();
    for (name, sql) in statements() {
        // Notes and rejections are few, and so is what was made of all.
        let is_small =
            ["notes", "rejections", "made_of"].iter().any(|few| name.contains(few));
        if name.starts_with("delete") && !is_small {
            let plan = plan(&connection, &sql);
            let scans = |line: &str| {
                // These are looked through for what refers to a file that goes.
                line.starts_with("SCAN")
                    && line != "SCAN notes"
                    && line != "SCAN rejections"
            };
            assert!(!plan.lines().any(scans), "{name} scans:\n{plan}");
        }
    }
}

fn plan(connection: &Connection, sql: &str) -> String {
    let mut statement = connection.prepare(&format!("explain query plan {sql}")).unwrap();
    let count = statement.parameter_count();
    for at in 1..=count {
        statement.raw_bind_parameter(at, 1).unwrap();
    }
    let mut rows = statement.raw_query();
    let mut text = String::new();
    while let Some(row) = rows.next().unwrap() {
        text.push_str(&row.get::<_, String>(3).unwrap());
        text.push('\n');
    }
    text
}

/// The columns that others build on; more may come, none may go.
const CONTRACT: &[(&str, &str)] = &[
    (
        "v_posts",
        "post_urn member posted_at theme format text url impressions members_reached reactions \
         comments reposts clicks saves sends profile_views followers_gained",
    ),
    (
        "v_leads",
        "lead_id source_system remote_id person profile company created_at status lead_source \
         self_reported member match_basis match_confidence",
    ),
    (
        "v_deals",
        "deal_id source_system remote_id name status amount_minor currency amount_kind \
         created_at closed_at",
    ),
    (
        "v_touches",
        "lead_id lead_remote_id post_urn kind touched_at weight evidence source_file source_line",
    ),
    ("v_lead_credits", "model lead_id lead_remote_id post_urn share"),
    (
        "v_deal_credits",
        "model deal_id deal_remote_id deal_status post_urn theme credit_minor currency",
    ),
    (
        "v_post_scorecard",
        "model post_urn member reactions comments leads pipeline_minor won_minor verdict",
    ),
    (
        "v_theme_scorecard",
        "model theme posts reactions comments leads pipeline_minor won_minor verdict",
    ),
    ("v_funnel", "step reason rows"),
    ("v_rejections", "source_file line column text reason"),
    (
        "v_source_files",
        "name format sha256 encoding delimiter rows_read rows_kept rows_rejected first_run_id",
    ),
    ("v_runs", "run_id started_at finished_at version status counts"),
];

#[test]
fn views_have_the_columns_that_others_build_on() {
    let connection = empty();
    for (view, columns) in CONTRACT {
        let statement = connection.prepare(&format!("select * from {view}")).unwrap();
        let found: Vec<&str> = statement.column_names().collect();
        for column in columns.split_whitespace() {
            assert!(found.contains(&column), "{view} lacks {column}");
        }
    }
}

#[test]
fn foreign_keys_hold_and_the_file_is_sound_after_runs() {
    let network = Network::of(&["linkedin", "crm"]);
    network.run(&crate::network::formats(&["linkedin/themes.csv"]));
    assert_eq!(network.query("pragma foreign_key_check"), "");
    assert_eq!(network.query("pragma integrity_check"), "ok\n");
}

#[test]
fn foreign_keys_hold_after_a_file_is_read_again_under_other_settings() {
    let network = Network::of(&["linkedin", "crm"]);
    network.query("update source_files set reading = 'other' returning 1");
    let again = network.run(&crate::network::formats(&["linkedin", "crm"]));
    assert!(0 < again.files_read);
    assert_eq!(network.query("pragma foreign_key_check"), "");
    let fresh = Network::of(&["linkedin", "crm"]);
    let facts = "select count(*) from connections union all select count(*) from shares union \
                 all select count(*) from messages union all select count(*) from rejections";
    assert_eq!(network.query(facts), fresh.query(facts));
}
