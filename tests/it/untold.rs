//! What exports leave untold is said, and no number takes its place.

use std::fs;

use rusqlite::Connection;

use crate::binary::{Place, errors, samples};

const DEALS: &str = "crm/hubspot-crm-exports-all-deals-2026-01-05.csv";

/// Runs on the samples with other deals; gives summary and page.
fn run(deals: impl Fn(&str) -> String) -> (Place, String, String) {
    let place = Place::new();
    let written = fs::read_to_string(samples().join(DEALS)).unwrap();
    fs::write(place.path("deals.csv"), deals(&written)).unwrap();
    let sample = |name: &str| samples().join(name).to_str().unwrap().to_owned();
    let contacts = sample("crm/hubspot-crm-exports-all-contacts-2026-01-05.csv");
    let [linkedin, engagement] = ["linkedin", "engagement"].map(sample);
    let output = place.run(&["run", "deals.csv", &contacts, &linkedin, &engagement]);
    assert!(output.status.success(), "{}", errors(&output));
    let said = String::from_utf8(output.stdout).unwrap();
    let page = fs::read_to_string(place.path("touchstone-report/report.html")).unwrap();
    (place, said, page)
}

#[test]
fn deals_without_a_creation_date_are_not_said_to_have_no_readers() {
    let (_place, said, page) = run(|deals| deals.replacen("Create Date", "Noted", 1));
    let why = "none is credited to posts: no export says when a deal was created, and only \
               what came before counts.\n";
    assert!(said.contains(why), "{said}");
    assert!(
        said.contains("Of all 74 won deals no creation date was read, so "),
        "{said}"
    );
    assert!(said.contains("Brought most leads\n"), "{said}");
    assert!(said.contains("Themes: leads as credited, "), "{said}");
    // What cannot be known is not shown as nothing, on the page as here.
    let themes = page.split("id=\"themes-title\"").nth(1).unwrap();
    let themes = themes.split("</table>").next().unwrap();
    assert!(!themes.contains("AUD 0.00"), "{themes}");
    assert!(!page.contains("Of what was won, credited to posts"));
    assert!(page.contains("↑ leads credited to the post"));
}

#[test]
fn what_was_won_in_another_currency_keeps_posts_from_being_called_idle() {
    let in_two = |deals: &str| -> String {
        let lines = deals.lines().map(|line| {
            let is_of = line.contains("\"Idris Vane\"");
            let line =
                if is_of { line.replace("\"AUD\"", "\"NZD\"") } else { line.to_owned() };
            line + "\n"
        });
        lines.collect()
    };
    let (place, said, page) = run(in_two);
    assert!(said.contains("Earned most, in AUD alone\n"), "{said}");
    let alone = "In AUD alone; NZD 112,225.50 is not in it.";
    assert!(4 <= page.matches(alone).count(), "{alone}");
    assert!(page.contains(" won deals in AUD"), "no count of deals in AUD");
    let count = |sql: &str| -> i64 {
        let connection = Connection::open(place.database()).unwrap();
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let idle = "select count(*) from v_post_scorecard as posts where posts.verdict in
        ('applause only', 'neither') and posts.model <> 'incremental' and exists (
            select 1 from v_deal_credits as credits
            where credits.model = posts.model and credits.post_urn = posts.post_urn
                and credits.deal_status = 'won' and credits.currency = 'NZD'
                and 0 < credits.credit_minor
        )";
    assert_eq!(count(idle), 0);
    let told = "select count(*) from v_post_scorecard where verdict = 'applause only'";
    assert!(0 < count(told));
}
