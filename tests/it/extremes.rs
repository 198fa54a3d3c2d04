//! Numbers, texts and records beyond all measure: listed, and the rest is read.

use std::fmt::Write as _;

use crate::network::Network;

const DEALS: &str = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create \
                     Date,Is Closed Won,Is closed lost\n";

fn deal(id: usize, amount: &str) -> String {
    format!("{id},D,Won,\"{amount}\",AUD,2024-06-01 09:00,2024-04-01 09:00,true,false\n")
}

const SHARES: &str = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n";
const POST: &str =
    "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7159821007928994259";

#[test]
fn amounts_that_no_deal_has_are_listed_and_the_others_read() {
    let network = Network::new();
    let odd = [
        "92233720368547758.07",
        "-92233720368547758.08",
        "99999999999999999999999",
        "NaN",
        "inf",
        "1e308",
        "１２３",
        "٣٤٥",
        "--5",
        "∞",
    ];
    let mut text = DEALS.to_owned();
    for (id, amount) in odd.iter().enumerate() {
        text.push_str(&deal(id, amount));
    }
    text.push_str(&deal(100, "1000.00"));
    let path = network.write("deals.csv", text);
    network.run(&[path]);
    let won = "select sum(amount_minor) from v_deals where amount_minor <= 1000000";
    assert!(100_000 <= network.count(won), "{}", network.query("select * from v_deals"));
    let rejections = network.query("select text, reason from v_rejections");
    for amount in ["92233720368547758.07", "NaN", "inf", "--5", "∞"] {
        assert!(rejections.contains(amount), "{amount}: {rejections}");
    }
}

#[test]
fn sums_of_the_largest_amounts_end_no_run() {
    let network = Network::new();
    let rows: String = (0..20_000).map(|id| deal(id, "10000000000000.00")).collect();
    let path = network.write("deals.csv", format!("{DEALS}{rows}"));
    network.run(&[path]);
    assert_eq!(network.count("select count(*) from v_deals"), 20_000);
    assert_eq!(network.query("select * from v_rejections"), "");
}

#[test]
fn counts_that_nothing_has_are_listed() {
    let network = Network::new();
    let header =
        "Post URL,Post text,Impressions,Likes,Comments,Reposts,Post Publish Date\n";
    let mut text = header.to_owned();
    let counts = ["9223372036854775807", "99999999999999999999", "-5", "7"];
    for (at, count) in counts.iter().enumerate() {
        let post = format!("urn:li:activity:715982100792899425{at}");
        let url = format!("https://www.linkedin.com/feed/update/{post}");
        writeln!(text, "{url},t,{count},{count},{count},{count},2024-02-04").unwrap();
    }
    let path = network.write("posts.csv", text);
    network.run(&[path]);
    assert_eq!(network.count("select sum(reactions) from v_posts"), 7);
    assert_eq!(
        network.count("select count(*) from v_rejections where reason like 'is%'"),
        12
    );
}

#[test]
fn a_cell_longer_than_any_export_has_is_left_out_and_listed() {
    let mut network = Network::new();
    let long = "word ".repeat(20_000);
    let row = format!("2024-02-04 08:12:31,{POST},{long},,,PUBLIC\n");
    let path = network.write("Shares.csv", format!("{SHARES}{row}"));
    let paths = [path];
    network.run(&paths);
    assert_eq!(network.count("select count(*) from v_posts"), 1);
    let length = "select coalesce(max(length(text)), 0) from v_posts";
    assert_eq!(network.count(length), 0);
    let rejections = network.query("select \"column\", reason from v_rejections");
    assert!(rejections.contains("ShareCommentary"), "{rejections}");
    assert!(rejections.contains("64 KB, the limit max-cell-kb"), "{rejections}");
    // Once it may be as long the file is read anew.
    network.limits.cell_bytes = 128 << 10;
    network.run(&paths);
    assert_eq!(network.count(length), 100_000);
    assert_eq!(network.count("select count(*) from v_rejections"), 0);
}

#[test]
fn a_line_without_end_is_passed_over_for_what_it_is() {
    let network = Network::new();
    let before = format!("2024-02-04 08:12:31,{POST},one,,,PUBLIC\n");
    let after = before.replace("4259,one", "4260,two");
    let long = "x".repeat(33 << 20);
    let path = network
        .write("Shares.csv", format!("{SHARES}{before}{long}\n{after}").as_bytes());
    network.run(&[path]);
    assert_eq!(network.count("select count(*) from v_posts"), 2);
    let said = network.query("select line, reason from v_rejections");
    assert!(said.contains("max-record-mb: no line ends; it was passed over"), "{said}");
    let network = Network::new();
    let path = network
        .write("Shares.csv", format!("{SHARES}{before}\"{long}\n{after}").as_bytes());
    network.run(&[path]);
    assert_eq!(network.count("select count(*) from v_posts"), 1);
    let said = network.query("select line, reason from v_rejections");
    assert!(said.contains("a quote is open; nothing behind it can be read"), "{said}");
}

/// An engager as records of JSON name them.
fn engager(name: &str) -> String {
    format!(
        "{{\"profileUrl\": \"https://www.linkedin.com/in/{name}\", \"fullName\": \"{name}\", \
         \"postUrl\": \"https://www.linkedin.com/feed/update/urn:li:share:7159821007928994259\", \
         \"timestamp\": \"2024-02-05T10:00:00Z\", \"reactionType\": \"LIKE\"}}"
    )
}

#[test]
fn one_bad_record_of_json_costs_no_other() {
    let ada = engager("ada");
    let bob = engager("bob");
    let half = engager("eve").replace("\"eve\"", "\"e\\ud83d\"");
    let bad = engager("max").replace("\"max\"", "oops");
    for text in [
        format!("[{ada},\n{half},\n{bad},\n{bob}]"),
        [ada.as_str(), &half, &bad, &bob].join("\n"),
        [ada.as_str(), &half, &bad[..40], &bob].join("\n"),
    ] {
        let network = Network::new();
        let path = network.write("engagers.json", &text);
        network.run(&[path]);
        assert_eq!(network.count("select count(*) from engagements"), 3, "{text}");
        assert_eq!(network.count("select count(*) from v_rejections"), 1, "{text}");
    }
    let network = Network::new();
    let bytes: Vec<u8> = format!("\u{feff}[{ada},{bob}]")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let path = network.write("engagers.json", bytes);
    network.run(&[path]);
    assert_eq!(network.count("select count(*) from engagements"), 2);
}

#[test]
fn more_rejections_than_the_limit_are_counted() {
    let mut network = Network::new();
    let rows = "x,y\n".repeat(30);
    let path = network.write("Shares.csv", format!("{SHARES}{rows}"));
    network.limits.rejections = 10;
    network.run(&[path]);
    assert_eq!(network.count("select count(*) from v_rejections"), 11);
    let said = network.query("select reason from v_rejections");
    assert!(said.contains("20 more rejections"), "{said}");
    assert_eq!(network.count("select sum(rows_rejected) from v_source_files"), 30);
}
