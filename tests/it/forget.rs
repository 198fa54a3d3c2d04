//! A person who is to be forgotten is nowhere, and does not come back.

use std::{fs, path::Path};

use crate::binary::{Place, errors, files};

const CONTACTS: &str = "Record ID,First Name,Last Name,Email,Create Date,Last Modified \
                        Date,Lifecycle Stage,Company Name\n\
    7,Mira,Castellano,mira@castellano.example,2024-03-01 09:00,2024-05-01 09:00,Customer,Castellano Tiles\n\
    8,Jonas,Whitfield,jonas@whitfield.example,2024-03-02 09:00,2024-05-01 09:00,Customer,Whitfield Co\n\
    9,Mira,Castellano,mira@castellano.example,not a day,2024-05-01 09:00,Customer,\n";

const DEALS: &str = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create \
                     Date,Is Closed Won,Is closed lost,Associated Contact IDs\n\
    40,Mira Castellano - first home,Won,1000.00,AUD,2024-06-01 09:00,2024-04-01 \
    09:00,true,false,7\n\
    41,Whitfield,Won,500.00,AUD,2024-06-02 09:00,2024-04-02 09:00,true,false,8\n";

const CONNECTIONS: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
    Mira,Castellano,https://www.linkedin.com/in/mira-castellano,,Castellano Tiles,Owner,01 \
    Feb 2024\n\
    Jonas,Whitfield,https://www.linkedin.com/in/jonas-whitfield,,Whitfield Co,Clerk,02 Feb \
    2024\n";

const SHARES: &str = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n\
    2024-02-04 08:12:31,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A\
    7159821007928994259,Thank you Mira Castellano!,,,PUBLIC\n";

const ENGAGERS: &str = "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp\n\
    https://www.linkedin.com/in/mira-castellano,Mira Castellano,Mira,Owner,LIKE,,\
    https://www.linkedin.com/feed/update/urn:li:share:7159821007928994259,\
    2024-02-05T10:00:00Z\n\
    https://www.linkedin.com/in/jonas-whitfield,Jonas Whitfield,Jonas,Clerk,LIKE,,\
    https://www.linkedin.com/feed/update/urn:li:share:7159821007928994259,\
    2024-02-05T11:00:00Z\n";

fn write(folder: &Path) {
    fs::create_dir_all(folder.join("archive")).unwrap();
    for (name, text) in [
        ("contacts.csv", CONTACTS),
        ("deals.csv", DEALS),
        ("engagers.csv", ENGAGERS),
        ("archive/Connections.csv", CONNECTIONS),
        ("archive/Shares.csv", SHARES),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}

fn filled() -> Place {
    let place = Place::new();
    write(&place.path("exports"));
    place.import(&[&place.path("exports")]);
    place
}

/// Everything that tells who it is, as bytes in any case.
const TRACES: [&str; 5] =
    ["mira castellano", "castellano tiles", "mira@castellano", "mira-castellano", "mira"];

fn traces(bytes: &[u8]) -> Vec<&'static str> {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    TRACES.into_iter().filter(|trace| text.contains(trace)).collect()
}

#[test]
fn a_dry_run_tells_and_changes_nothing() {
    let place = filled();
    let before = fs::read(place.database()).unwrap();
    let output = place.run(&["forget", "mira@castellano.example", "--dry-run"]);
    assert!(output.status.success(), "{}", errors(&output));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for words in ["2 contacts\n", "1 connection\n", "touchstone-report", "would be"] {
        assert!(said.contains(words), "{said}");
    }
    assert!(fs::read(place.database()).unwrap() == before);
}

#[test]
fn no_byte_of_the_database_tells_of_somebody_forgotten() {
    for person in [
        "mira@castellano.example",
        "https://www.linkedin.com/in/Mira-Castellano/",
        "hubspot:7",
    ] {
        let place = filled();
        assert!(!traces(&fs::read(place.database()).unwrap()).is_empty());
        let output = place.run(&["forget", person]);
        assert!(output.status.success(), "{person}: {}", errors(&output));
        for (name, bytes) in files(&place.path(".")) {
            if name.starts_with("touchstone.db") {
                assert_eq!(traces(&bytes), Vec::<&str>::new(), "{person} in {name}");
            }
        }
        assert_eq!(place.soundness(), "ok, dangling: false");
    }
}

#[test]
fn results_with_other_settings_than_the_last_runs_are_told() {
    let place = filled();
    let said = |words: &[&str]| {
        let output = place.run(words);
        assert!(output.status.success(), "{}", errors(&output));
        String::from_utf8_lossy(&output.stdout)
            .contains("made again with the settings in force")
    };
    said(&["attribute"]);
    said(&["import", "exports/engagers.csv"]);
    assert!(!said(&["forget", "mira@castellano.example", "--dry-run"]));
    said(&["attribute", "--window", "30"]);
    assert!(said(&["forget", "mira@castellano.example", "--dry-run"]));
    assert!(said(&["forget", "mira@castellano.example"]));
    assert!(!said(&["forget", "jonas@whitfield.example"]));
}

#[test]
fn totals_stay_without_the_person() {
    let place = filled();
    let won = "select sum(amount_minor) from v_deals where status = 'won'";
    let reactions = "select reactions from v_posts";
    assert_eq!((place.count(won), place.count(reactions)), (150_000, 2));
    place.run(&["forget", "mira@castellano.example"]);
    assert_eq!((place.count(won), place.count(reactions)), (150_000, 2));
    assert_eq!(place.count("select count(*) from v_leads"), 1);
    let wrong = "select count(*) from (select model, deal_id from v_deal_credits join \
                 v_deals using (deal_id) group by 1, 2 having sum(credit_minor) <> \
                 min(amount_minor))";
    assert_eq!(place.count(wrong), 0);
    let check = place.run(&["check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

#[test]
fn nothing_brings_them_back() {
    let place = filled();
    place.run(&["forget", "mira@castellano.example"]);
    let later = place.path("later");
    write(&later);
    for name in [
        "contacts.csv",
        "deals.csv",
        "engagers.csv",
        "archive/Connections.csv",
        "archive/Shares.csv",
    ] {
        // Other bytes, so that each is read as a newer export.
        let mut text = fs::read_to_string(later.join(name)).unwrap();
        let last = text.lines().last().unwrap().to_owned();
        text.push_str(&last);
        text.push('\n');
        fs::write(later.join(name), text).unwrap();
    }
    place.import(&[&later]);
    assert_eq!(traces(&fs::read(place.database()).unwrap()), Vec::<&str>::new());
    for (name, bytes) in place.report() {
        assert_eq!(traces(&bytes), Vec::<&str>::new(), "{name}");
    }
    assert_eq!(place.count("select count(*) from v_leads"), 1);
    assert_eq!(place.count("select reactions from v_posts"), 2);
    assert_eq!(
        place.count("select count(*) from notes where text like '%to be forgotten%'"),
        3
    );
}

#[test]
fn who_fits_nobody_or_several_is_refused() {
    let place = filled();
    for person in ["nobody", "7777"] {
        let output = place.run(&["forget", person]);
        assert_eq!(output.status.code(), Some(1));
        assert!(
            errors(&output).contains("hint: give an e-mail address"),
            "{}",
            errors(&output)
        );
    }
    // An address of somebody unknown is kept out all the same.
    let output = place.run(&["forget", "unknown@example.com"]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 keyed hash is kept"));
}

#[test]
fn somebody_of_the_same_name_stays_and_is_told_of() {
    let place = filled();
    let text = CONNECTIONS
        .replace("mira-castellano", "mira-c-of-perth")
        .replace("Castellano Tiles", "Perth Bakery");
    fs::create_dir(place.path("second")).unwrap();
    fs::write(place.path("second/Connections.csv"), text).unwrap();
    place.import(&[&place.path("second")]);
    let output = place.run(&["forget", "mira@castellano.example"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("linkedin.com/in/mira-c-of-perth"), "{said}");
    let left = "select count(*) from identities where profile = 'mira-c-of-perth'";
    assert_eq!(place.count(left), 1);
}

/// What else may name somebody: owners, companies, deals, files, one word alone.
const OWNED: &str = "Record ID,First Name,Last Name,Email,Create Date,Last Modified \
                     Date,Lifecycle Stage,Company Name,Contact owner,Original Source\n\
    21,Jonas,Whitfield,jonas@whitfield.example,2024-03-02 09:00,2024-05-01 09:00,\
    Customer,Whitfield Co,Mira Castellano,Referrals\n\
    22,Zendaya,,zendaya@example.com,2024-03-02 09:00,2024-05-01 09:00,Customer,Z Co,\
    Jonas Whitfield,Referrals\n";

const COMPANIES: &str = "Record ID,Company name,Company Domain Name,Create Date,Last \
                         Modified Date,Company owner,Country/Region\n\
    70,Mira Castellano's Tiles,castellano.example,2024-03-01 09:00,2024-05-01 \
    09:00,Jonas Whitfield,AU\n";

const OWNED_DEALS: &str = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create \
                           Date,Is Closed Won,Is closed lost,Associated Contact IDs,Deal owner\n\
    50,Corner shop,Won,700.00,AUD,2024-06-01 09:00,2024-04-01 09:00,true,false,21,\
    \"Castellano, Mira\"\n\
    51,A garden for Zendaya,Won,300.00,AUD,2024-06-01 09:00,2024-04-01 \
    09:00,true,false,22,Jonas Whitfield\n";

#[test]
fn owners_companies_files_and_one_word_names_are_found_too() {
    let place = filled();
    let write = |folder: &str, rest: &str| {
        let folder = place.path(folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [
            ("Mira Castellano contacts.csv", OWNED),
            ("companies.csv", COMPANIES),
            ("deals.csv", OWNED_DEALS),
        ] {
            fs::write(folder.join(name), format!("{text}{rest}")).unwrap();
        }
        folder
    };
    place.import(&[&write("owned", "")]);
    let owner = "select count(*) from contacts where owner = 'Mira Castellano'";
    assert_eq!(place.count(owner), 1);
    for person in ["mira@castellano.example", "zendaya@example.com"] {
        let output = place.run(&["forget", person]);
        assert!(output.status.success(), "{person}: {}", errors(&output));
    }
    let gone = |what: &str| {
        let bytes = fs::read(place.database()).unwrap();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for name in ["mira castellano", "castellano, mira", "zendaya"] {
            assert!(!text.contains(name), "{what}: {name}");
        }
    };
    gone("after");
    place.import(&[&write("again", "\n\n")]);
    let won = "select sum(amount_minor) from v_deals where status = 'won'";
    assert_eq!(place.count(won), 250_000);
    gone("after a later import");
}

const PROFILE: &str = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,\
                       Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n\
    Petra,Okonjo,,,,Broker,,,,,,,\n";

const ADDRESSES: &str = "Email Address,Confirmed,Primary,Updated On\n\
    petra@okonjo.example,Yes,Yes,2024-01-01\n";

const INVITATIONS: &str = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n\
    Petra Okonjo,Mira Castellano,\"2/1/24, 10:00 AM\",,OUTGOING,\
    https://www.linkedin.com/in/petra-okonjo,https://www.linkedin.com/in/mira-castellano\n";

#[test]
fn a_member_goes_with_their_archive_and_no_later_one_is_taken() {
    for person in ["petra@okonjo.example", "https://www.linkedin.com/in/petra-okonjo"] {
        let place = Place::new();
        let archive = |root: &str, reactions: &str| {
            let folder = place.path(root);
            let own = folder.join("petra-okonjo");
            write(&folder);
            fs::rename(folder.join("archive"), &own).unwrap();
            for (name, text) in [
                ("Profile.csv", PROFILE),
                ("Email Addresses.csv", ADDRESSES),
                ("Invitations.csv", INVITATIONS),
                ("Reactions.csv", reactions),
            ] {
                fs::write(own.join(name), text).unwrap();
            }
            folder
        };
        place.import(&[&archive("exports", "Date,Type,Link\n")]);
        let members =
            "select count(distinct member) from v_posts where member is not null";
        assert_eq!(place.count(members), 1);
        let won = "select sum(amount_minor) from v_deals where status = 'won'";
        assert_eq!(place.count(won), 150_000);
        let output = place.run(&["forget", person]);
        assert!(output.status.success(), "{person}: {}", errors(&output));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains("1 archive of their own"), "{said}");
        let is_gone = |what: &str| {
            let bytes = fs::read(place.database()).unwrap();
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(!text.contains("okonjo"), "{person}: {what}");
            assert_eq!(place.count(members), 0, "{person}: {what}");
            assert_eq!(place.count(won), 150_000, "{person}: {what}");
            assert_eq!(place.soundness(), "ok, dangling: false");
        };
        is_gone("after");
        let later = archive("later", "Date,Type,Link\n2024-02-05 10:00:00,LIKE,\n");
        place.import(&[&later]);
        is_gone("after a later import");
        let listed =
            "select count(*) from v_rejections where reason like '%to be forgotten%'";
        assert_eq!(place.count(listed), 1);
        place.import(&[&later]);
        assert_eq!(place.count(listed), 1);
        assert!(place.run(&["check"]).status.success());
    }
}

#[test]
fn exported_tables_that_name_the_person_are_listed() {
    let place = filled();
    place.run(&["export"]);
    place.run(&["export", "--format", "xlsx"]);
    let output = place.run(&["forget", "mira@castellano.example", "--dry-run"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for name in ["touchstone-report/leads.csv", "touchstone-export/leads.csv"] {
        assert!(said.contains(name), "{said}");
    }
    let (_, compressed) = said.split_once("compressed").unwrap();
    assert!(compressed.contains("touchstone-export/touchstone.xlsx"), "{said}");
}

/// Columns of words of all kinds that name the person, and a row that was rejected whole.
fn write_everywhere(folder: &Path, rest: &str) {
    fs::create_dir_all(folder.join("archive/Articles/Articles")).unwrap();
    let post = "https://www.linkedin.com/feed/update/urn:li:share:7159821007928994259";
    for (name, text) in [
        (
            "archive/Shares.csv",
            format!(
                "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n2024-02-04 \
                 08:12:31,{post},Thanks to Robert (Bob) Stoneham,https://x.example/?m=bob%40\
                 stoneham.example&who=Robert+Stoneham,,PUBLIC\n"
            ),
        ),
        (
            "sf/Campaign.csv",
            "Id,IsDeleted,Name,Type,IsActive\n7015g00000CaMp1AAF,0,Robert Stoneham's \
             day,Social,1\n"
                .to_owned(),
        ),
        (
            "forms.csv",
            format!(
                "Created At,Lead ID,Form Name,Campaign Name,First Name,Last Name,Email,Company \
                 Name,Post URL\n2024-05-01 10:00:00,L2,Form of Robert Stoneham,Robert \
                 Stoneham,Olga,Other,olga@other.example,,{post}\n"
            ),
        ),
        (
            "deals.csv",
            "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Is Closed \
             Won,Is closed lost,Associated Contact IDs\n60,\"For Stoneham, Robert\",Won by \
             Robert Stoneham,5.00,AUD,2024-06-01 09:00,2024-04-01 09:00,true,false,\n"
                .to_owned(),
        ),
        (
            "contacts.csv",
            "Record ID,First Name,Last Name,Email,Create Date,Last Modified Date,Lifecycle \
             Stage,Additional email addresses,Merged object IDs,Phone Number\n\
             31,Robert (Bob),Stoneham,bob@stoneham.example,2024-03-01 09:00,2024-05-01 \
             09:00,Customer,rs@elsewhere.example,32,+61 400 555 777\n\
             31,Robert (Bob),Stoneham,bob@stoneham.example,no day,2024-05-01 \
             09:00,Customer,,,+61 400 555 777\n"
                .to_owned(),
        ),
        (
            "bobstoneham_likers.csv",
            format!(
                "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp\n\
                 https://www.linkedin.com/in/bobstoneham,Robert Stoneham,Bob,Owner,LIKE,,{post},\
                 2024-02-05T10:00:00Z\n"
            ),
        ),
        (
            "hubspot.csv",
            "Record ID,First Name,Last Name,Email,LinkedIn URL,Create Date\n31,Robert \
             (Bob),Stoneham,bob@stoneham.example,https://www.linkedin.com/in/bobstoneham,\
             2024-03-01 09:00\n"
                .to_owned(),
        ),
        (
            "more.csv",
            "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp\n\
             https://www.linkedin.com/in/bobstoneham,Robert Stoneham,Bob,Owner,LIKE,,\
             https://www.linkedin.com/feed/update/urn:li:activity:7159821010000000001,\
             2024-02-06T10:00:00Z\n"
                .to_owned(),
        ),
    ] {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text + rest).unwrap();
    }
}

#[test]
fn every_column_loses_them_by_whatever_they_are_asked_for() {
    for person in [
        "bob@stoneham.example",
        "rs@elsewhere.example",
        "https://www.linkedin.com/in/BobStoneham",
        "hubspot:31",
        "hubspot:32",
    ] {
        let place = Place::new();
        write_everywhere(&place.path("exports"), "");
        place.import(&[&place.path("exports")]);
        let reactions = "select reactions from v_posts";
        assert_eq!(place.count(reactions), 1);
        let output = place.run(&["forget", person]);
        assert!(output.status.success(), "{person}: {}", errors(&output));
        let is_gone = |what: &str| {
            let bytes = fs::read(place.database()).unwrap();
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            for trace in ["stoneham", "robert", "elsewhere.example", "555 777"] {
                let at = text.find(trace).map(|at| {
                    let near: String = text[at..].chars().take(60).collect();
                    near
                });
                assert_eq!(at, None, "{person}: {what}");
            }
            assert_eq!(place.count(reactions), 1, "{person}: {what}");
        };
        is_gone("after");
        write_everywhere(&place.path("later"), "\n\n");
        place.import(&[&place.path("later")]);
        is_gone("after a later import");
        let again = place.run(&["forget", person, "--dry-run"]);
        let said = String::from_utf8_lossy(&again.stdout).into_owned();
        assert!(said.contains("nothing") || !again.status.success(), "{said}");
    }
}

#[test]
fn a_lead_of_another_crm_is_forgotten_and_renamed_in_what_runs_moved() {
    let place = Place::new();
    let people = "Person - ID,Person - Name,Person - Email - Work,Person - Person created\n\
                  77123,Mira Castellano,mira@castellano.example,2024-03-01 10:00:00\n";
    fs::write(place.path("people.csv"), people).unwrap();
    let deals = DEALS.replace("Associated Contact IDs", "Associated Contact");
    let nobody = deals.replace("false,7\n", "false,\n").replace("false,8\n", "false,\n");
    let named =
        deals.replace("false,7\n", "false,Mira Castellano (mira@castellano.example)\n");
    for (name, text) in [("old.csv", nobody), ("new.csv", named)] {
        fs::write(place.path(name), text).unwrap();
        place.import(&[&place.path("people.csv"), &place.path(name)]);
    }
    let moved = "select count(*) from changes where what = 'lead pipedrive 77123'";
    assert_eq!(place.count(moved), 1);
    let shown = place.run(&["report", "--pseudonymize", "--out", "shown"]);
    assert!(shown.status.success(), "{}", errors(&shown));
    let table = |name: &str| fs::read_to_string(place.path("shown").join(name)).unwrap();
    let mut leads = csv::Reader::from_reader(std::io::Cursor::new(table("leads.csv")));
    let at = leads.headers().unwrap().iter().position(|name| name == "remote_id");
    let lead = leads.records().next().unwrap().unwrap()[at.unwrap()].to_owned();
    assert!(table("changes.csv").contains(&format!(",lead {lead},")), "{lead}");
    let output = place.run(&["forget", "pipedrive:77123"]);
    assert!(output.status.success(), "{}", errors(&output));
    let left = "select count(*) from changes where what like '%77123%'";
    assert_eq!(place.count(left), 0);
}
