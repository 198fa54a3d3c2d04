//! Exchange rates: totals in one currency, deals in their own.

use std::fs;

use rusqlite::Connection;

use crate::binary::{Place, errors, samples};

/// Won deals in four currencies and in none, one of them a refund.
const DEALS: &str = "\u{feff}Deal ID,Deal Name,Amount,Currency,Status,Created,Close Date
d1,Harbour Street,1000.00,AUD,Won,2024-03-01,2024-04-01
d2,Pier Nine,333.33,USD,Won,2024-03-02,2024-04-02
d3,Old Mint,100001,JPY,Won,2024-03-03,2024-04-03
d4,Old Mint again,-500,JPY,Won,2024-03-03,2024-04-04
d5,Long Acre,77.70,GBP,Won,2024-03-04,2024-04-05
d6,Nobody knows,55.00,,Won,2024-03-05,2024-04-06
d7,To come,200.00,USD,Open,2024-03-06,
d8,Nothing,,USD,Won,2024-03-06,2024-04-07
";

const RATES: &str = "[exchange-rates]\nto = \"AUD\"\nUSD = \"1.52\"\nJPY = 0.0102\n";

fn run(place: &Place, rates: &str, paths: &[&str]) -> String {
    fs::write(place.path("touchstone.toml"), rates).unwrap();
    let output = place.run(&[&["run"], paths].concat());
    assert!(output.status.success(), "{}", errors(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn of_deals(rates: &str) -> (Place, String) {
    let place = Place::new();
    fs::write(place.path("deals.csv"), DEALS).unwrap();
    let said = run(&place, rates, &["deals.csv"]);
    (place, said.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn totals_are_added_up_in_the_currency_of_the_rates_and_say_so() {
    let (place, said) = of_deals(RATES);
    // 1000.00 + 506.66 + 1020.01 - 5.10.
    let start = "Of AUD 2,521.57 won in 3 deals less 1 refund, none is credited to posts: no \
                 post was read. ";
    assert!(said.starts_with(start), "{said}");
    assert!(said.contains(" Of 1 more won deal no amount was read. "), "{said}");
    let converted = "Of it, JPY 99,501 in 1 deal less 1 refund and USD 333.33 in 1 deal count in AUD, by the \
                     rates given: 1 JPY = 0.0102 AUD, 1 USD = 1.52 AUD.";
    assert!(said.contains(converted), "{said}");
    let beside = "Beside that, GBP 77.70 won in 1 deal (revenue) and 55.00 (no currency is \
                  stated; --currency says which) in 1 deal (revenue); never added to the others, \
                  as there is no exchange rate for GBP.";
    assert!(said.contains(beside), "{said}");
    let sql = "select remote_id || ' ' || coalesce(amount_minor, '-') || ' ' || currency || ' '
        || coalesce(counted_minor, '-') || ' ' || counted_currency from v_deals order by 1";
    let expected = [
        "d1 100000 AUD 100000 AUD",
        "d2 33333 USD 50666 AUD",
        "d3 100001 JPY 102001 AUD",
        "d4 -500 JPY -510 AUD",
        "d5 7770 GBP 7770 GBP",
        "d6 5500 XXX 5500 XXX",
        "d7 20000 USD 30400 AUD",
        "d8 - USD - USD",
    ];
    assert_eq!(place.rows(sql), expected);
    let told = place.run(&["explain", "deal", "d2"]);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("USD 333.33") && told.contains("AUD 506.66"), "{told}");
}

#[test]
fn without_rates_no_total_crosses_currencies_and_rates_are_advised() {
    let (place, said) = of_deals("");
    assert!(said.starts_with("Of JPY 99,501 won in 1 deal less 1 refund,"), "{said}");
    assert!(said.contains("Beside that, AUD 1,000.00 won in 1 deal"), "{said}");
    assert!(said.contains("Give them under [exchange-rates]"), "{said}");
    let sql = "select remote_id from v_deals where counted_currency <> currency
        or counted_minor is not amount_minor";
    assert_eq!(place.rows(sql), [""; 0]);
}

#[test]
fn other_rates_make_other_results_and_the_same_ones_leave_them() {
    let (place, _) = of_deals(RATES);
    let table = || fs::metadata(place.path("touchstone-report/deals.csv")).unwrap();
    let before = table().modified().unwrap();
    let said = run(&place, RATES, &["deals.csv"]);
    assert!(said.starts_with("Of AUD 2,521.57 won"), "{said}");
    assert_eq!(table().modified().unwrap(), before);
    let said = run(&place, &RATES.replace("1.52", "1.6"), &["deals.csv"]);
    // USD 333.33 are 533.33 now.
    assert!(said.starts_with("Of AUD 2,548.24 won"), "{said}");
    let output = place.run(&["changes"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!said.contains("d2"), "its own amount is the same: {said}");
}

#[test]
fn converted_credits_add_up_and_own_ones_stay() {
    let samples = samples();
    let samples = samples.to_str().unwrap();
    let (own, converted) = (Place::new(), Place::new());
    run(&own, "", &[samples]);
    run(&converted, "[exchange-rates]\nto = \"JPY\"\nAUD = \"98.765\"\n", &[samples]);
    let credits =
        "select model || deal_remote_id || coalesce(post_urn, '') || credit_minor
        || currency from v_deal_credits order by 1";
    assert_eq!(own.rows(credits), converted.rows(credits));
    let totals =
        "select model || ' ' || sum(won_minor) || ' ' || sum(pipeline_minor) || ' '
        || currency from v_evidence_scorecard group by model, currency order by 1";
    let sums = converted.rows(totals);
    let deals = converted.rows(
        "select sum(counted_minor) filter (where status = 'won') || ' '
            || sum(counted_minor) filter (where status = 'open') || ' JPY' from v_deals
        where amount_kind = 'revenue'",
    );
    assert!(
        !sums.is_empty() && sums.iter().all(|sum| sum.ends_with(&deals[0])),
        "{sums:?}"
    );
    let themes = "select model || ' ' || sum(won_minor) from v_theme_scorecard
        group by model order by 1";
    let posts = "select model || ' ' || sum(won_minor) from v_post_scorecard
        group by model order by 1";
    assert_eq!(converted.rows(themes), converted.rows(posts));
    let checked = converted.run(&["check"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    let page =
        fs::read_to_string(converted.path("touchstone-report/report.html")).unwrap();
    assert!(page.contains("1 AUD = 98.765 JPY"));
    // One unit too many in a scorecard is found.
    Connection::open(converted.database())
        .unwrap()
        .execute_batch(
            "update post_scores set won_minor = won_minor + 1 where won_minor > 0",
        )
        .unwrap();
    assert!(!converted.run(&["check"]).status.success());
}

#[test]
fn the_settings_show_the_rates_and_a_wrong_one_names_its_line() {
    let place = Place::new();
    let check = |text: &str, words: &[&str], expected: &[&str]| {
        fs::write(place.path("touchstone.toml"), text).unwrap();
        let output = place.run(words);
        let said = String::from_utf8(output.stdout.clone()).unwrap() + &errors(&output);
        for part in expected {
            assert!(said.contains(part), "{said}");
        }
    };
    let expected =
        "JPY = 0.0102, USD = 1.52, to = AUD  touchstone.toml:1: [exchange-rates]";
    check(RATES, &["config"], &[expected]);
    check(
        &RATES.replace("JPY", "JPJ"),
        &["attribute"],
        &["touchstone.toml:4: exchange-rates", "did you mean \"JPY\"?"],
    );
    check(
        &RATES.replace("0.0102", "-1"),
        &["config"],
        &["touchstone.toml:4: exchange-rates"],
    );
    check("exchange-rates = 1\n", &["config"], &["begins with [exchange-rates]"]);
}
