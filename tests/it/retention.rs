//! Persons of whom nothing newer than the retention is stated are gone, and stay so.

use std::{fs, path::Path};

use crate::binary::{Place, errors, files};

const CONTACTS: &str = "Record ID,First Name,Last Name,Email,Create Date,Last Modified \
                        Date,Lifecycle Stage,Company Name,How did you hear about us?\n\
    7,Mira,Castellano,mira@castellano.example,2020-03-01 09:00,2020-05-01 09:00,Customer,\
    Castellano Tiles,Mira Castellano's uncle\n\
    8,Jonas,Whitfield,jonas@whitfield.example,2025-03-02 09:00,2025-05-01 09:00,Customer,\
    Whitfield Co,\n\
    9,Ottilie,Brandmark,ottilie@brandmark.example,2020-03-01 09:00,2020-05-01 09:00,\
    Customer,Brandmark,\n";

const DEALS: &str = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create \
                     Date,Is Closed Won,Is closed lost,Associated Contact IDs\n\
    40,Mira Castellano - first home,Won,1000.00,AUD,2020-06-01 09:00,2020-04-01 \
    09:00,true,false,7\n\
    41,Whitfield,Won,500.00,AUD,2025-06-02 09:00,2025-04-02 09:00,true,false,8\n\
    42,Brandmark,Won,250.00,AUD,2020-06-02 09:00,2020-04-02 09:00,true,false,9\n";

const HEADER: &str =
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
const MIRA: &str = "Mira,Castellano,https://www.linkedin.com/in/mira-castellano,,\
                    Castellano Tiles,Owner,01 Feb 2020\n";
const OTHERS: &str = "Jonas,Whitfield,https://www.linkedin.com/in/jonas-whitfield,,\
    Whitfield Co,Clerk,02 Feb 2020\n\
    Ottilie,Brandmark,https://www.linkedin.com/in/ottilie-b,ottilie@brandmark.example,\
    Brandmark,Clerk,02 Feb 2020\n";

const SHARES: &str = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n\
    2020-02-04 08:12:31,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A\
    6630000000000000000,Nine years today.,,,PUBLIC\n\
    2025-02-04 08:12:31,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A\
    7292450000000000000,Ten years today.,,,PUBLIC\n";

const MESSAGES: &str = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,\
                        RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n\
    1,,Mira Castellano,https://www.linkedin.com/in/mira-castellano,Ann Ower,\
    https://www.linkedin.com/in/ann-ower,2020-02-05 10:00:00 UTC,,Hello,INBOX\n\
    2,,Jonas Whitfield,https://www.linkedin.com/in/jonas-whitfield,Ann Ower,\
    https://www.linkedin.com/in/ann-ower,2025-02-05 10:00:00 UTC,,Hello,INBOX\n";

fn engagers(slug: &str, name: &str, post: &str, day: &str) -> String {
    format!(
        "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp\n\
         https://www.linkedin.com/in/{slug},{name},,,LIKE,,\
         https://www.linkedin.com/feed/update/urn:li:share:{post},{day}T10:00:00Z\n"
    )
}

/// An old archive and list, a new one of each, and a CRM that names all.
fn write(folder: &Path) {
    let old = folder.join("Basic_LinkedInDataExport_06-01-2020");
    let new = folder.join("Basic_LinkedInDataExport_06-01-2025");
    for archive in [&old, &new] {
        fs::create_dir_all(archive).unwrap();
        fs::write(archive.join("Shares.csv"), SHARES).unwrap();
        fs::write(archive.join("messages.csv"), MESSAGES).unwrap();
    }
    fs::write(old.join("Connections.csv"), format!("{HEADER}{MIRA}{OTHERS}")).unwrap();
    fs::write(new.join("Connections.csv"), format!("{HEADER}{OTHERS}")).unwrap();
    fs::write(folder.join("contacts.csv"), CONTACTS).unwrap();
    fs::write(folder.join("deals.csv"), DEALS).unwrap();
    let (first, second) = ("6630000000000000000", "7292450000000000000");
    let list = engagers("mira-castellano", "Mira Castellano", first, "2020-06-01");
    fs::write(folder.join("old-list.csv"), &list).unwrap();
    // Another list of those days, whose rows overlap.
    let more = engagers("somebody-else", "Quentin Oldman", first, "2020-06-02");
    fs::write(folder.join("older-list.csv"), list + more.split_once('\n').unwrap().1)
        .unwrap();
    let list = engagers("jonas-whitfield", "Jonas Whitfield", second, "2025-06-01");
    fs::write(folder.join("new-list.csv"), list).unwrap();
}

fn place() -> Place {
    let place = Place::new();
    write(&place.path("exports"));
    place
}

fn run(place: &Place, more: &[&str]) -> String {
    let output = place.run(&[&["run", "exports"], more].concat());
    assert!(output.status.success(), "{}", errors(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// What must not move: leads, deals, what was won, reactions of both posts.
fn totals(place: &Place) -> Vec<i64> {
    [
        "select count(*) from v_leads",
        "select count(*) from v_deals",
        "select sum(amount_minor) from v_deals where status = 'won'",
        "select reactions from v_posts where post_urn like '%6630%'",
        "select reactions from v_posts where post_urn like '%7292%'",
    ]
    .map(|sql| place.count(sql))
    .to_vec()
}

/// Who stands in the database and in the report, byte for byte.
fn named(place: &Place) -> Vec<&'static str> {
    let mut text = fs::read(place.database()).unwrap();
    for (_, bytes) in files(&place.path("touchstone-report")) {
        text.extend(bytes);
    }
    let text = String::from_utf8_lossy(&text).to_lowercase();
    let everybody = [
        "mira castellano",
        "castellano tiles",
        "mira@castellano",
        "mira-castellano",
        "uncle",
        "quentin oldman",
        "somebody-else",
        "jonas whitfield",
        "ottilie brandmark",
    ];
    everybody.into_iter().filter(|name| text.contains(name)).collect()
}

const STAY: [&str; 2] = ["jonas whitfield", "ottilie brandmark"];

#[test]
fn whoever_is_older_goes_and_the_totals_stay() {
    let place = place();
    run(&place, &[]);
    let before = totals(&place);
    assert_eq!(before, [3, 3, 175_000, 2, 1]);
    assert_eq!(named(&place).len(), 9);
    let messages = "select count(*) from messages";
    assert_eq!(place.count(messages), 4);
    let said = run(&place, &["--retention", "730"]);
    assert!(said.contains("were deleted, as the retention says"), "{said}");
    assert!(said.contains("older than the retention"), "{said}");
    assert_eq!(named(&place), STAY);
    assert_eq!(totals(&place), before);
    assert_eq!(place.count(messages), 2);
    assert_eq!(place.soundness(), "ok, dangling: false");
    let check = place.run(&["check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

#[test]
fn a_first_run_keeps_none_of_them_either() {
    let place = place();
    fs::write(place.path("touchstone.toml"), "retention = 730\n").unwrap();
    run(&place, &[]);
    assert_eq!(named(&place), STAY);
    assert_eq!(totals(&place), [3, 3, 175_000, 2, 1]);
    let views = place.views();
    run(&place, &[]);
    assert_eq!(place.views(), views);
}

#[test]
fn an_old_export_that_comes_again_brings_nobody_back() {
    for later in [&["--retention", "730"][..], &[]] {
        let place = place();
        run(&place, &["--retention", "730"]);
        let before = totals(&place);
        // Other bytes of the same content, so that no file is known by its hash.
        for name in [
            "contacts.csv",
            "deals.csv",
            "old-list.csv",
            "Basic_LinkedInDataExport_06-01-2020/Connections.csv",
            "Basic_LinkedInDataExport_06-01-2020/messages.csv",
        ] {
            let path = place.path("exports").join(name);
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, text.replace('\n', "\r\n")).unwrap();
        }
        run(&place, later);
        assert_eq!(named(&place), STAY, "{later:?}");
        assert_eq!(totals(&place), before, "{later:?}");
        let note = "select count(*) from notes where text like '% left out%'";
        assert_eq!(place.count(note), 1);
    }
}

#[test]
fn the_day_is_counted_back_from_as_of() {
    let place = place();
    run(&place, &["--retention", "730", "--as-of", "2021-01-01"]);
    assert_eq!(named(&place).len(), 9);
    run(&place, &["--retention", "730", "--as-of", "2030-01-01"]);
    assert_eq!(named(&place), Vec::<&str>::new());
    assert_eq!(totals(&place)[..3], [3, 3, 175_000]);
}

#[test]
fn an_import_alone_deletes_too() {
    let place = place();
    let output = place.run(&["import", "exports", "--retention", "730"]);
    assert!(output.status.success(), "{}", errors(&output));
    assert_eq!(named(&place), STAY);
    let output = place.run(&["run", "exports", "--retention", "0"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("no number of days"), "{}", errors(&output));
}

#[test]
fn deals_that_are_merged_or_deleted_lose_their_names_too() {
    let place = Place::new();
    let header = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,\
                  Is Closed Won,Is closed lost,Merged object IDs\n";
    let deal = |id: &str, name: &str, year: u32, merged: &str| {
        format!(
            "{id},{name},Won,1.00,AUD,{year}-06-01 09:00,{year}-04-01 09:00,true,false,{merged}\n"
        )
    };
    let old = deal("40", "Quentin Oldman", 2020, "");
    let new = deal("41", "Later", 2020, "40") + &deal("42", "Whitfield", 2025, "");
    let generic = "Deal ID,Deal Name,Status,Amount,Currency,Closed Date,Is Deleted\n";
    let row = |name: &str, is_deleted: bool| {
        format!("{generic}7,{name},Won,2.00,AUD,2020-06-01,{is_deleted}\n")
    };
    for (name, text) in [
        ("old.csv", [header, &old].concat()),
        ("new.csv", [header, &new].concat()),
        ("plain-2020-07-01.csv", row("Somebody-Else", false)),
        ("plain-2025-07-01.csv", row("", true)),
    ] {
        let path = place.path("exports").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    run(&place, &[]);
    assert_eq!(place.count("select count(*) from v_deals"), 2);
    assert_eq!(named(&place), ["quentin oldman", "somebody-else"]);
    run(&place, &["--retention", "730"]);
    assert_eq!(named(&place), Vec::<&str>::new());
    assert_eq!(place.count("select count(*) from v_deals"), 2);
}
