//! Records without ids of their own, whose ids are made of names, once persons are erased.

use std::{fs, path::Path};

use crate::binary::{Place, errors, files};

const CONTACTS: &str = "Record ID,First Name,Last Name,Email,Create Date\n\
    51,Annika,Quillfeather,annika@acme.example,2024-01-01 10:00\n\
    52,Bob,Ray,bob@beta.example,2024-01-01 10:00\n";

const LEADS: &str = "Name,Email,Company,Created,Lead Status\n\
    Annika Quillfeather,annika@acme.example,Acme,2014-01-01,New\n\
    Bob Ray,bob@beta.example,Beta,2024-01-01,New\n";

/// Two deals of Annika's, one of which has but her last name, and one of Bob's.
fn deals(year: u32) -> String {
    format!(
        "Deal Name,Stage,Amount,Currency,Close Date,Created Date,Contact Email\n\
         Annika Quillfeather - Home loan,Won,100,EUR,{year}-03-01,{year}-02-01,\
         annika@acme.example\n\
         Quillfeather second home,Won,30,EUR,{year}-03-02,{year}-02-02,annika@acme.example\n\
         Bath,Won,5,EUR,2024-03-01,2024-02-01,bob@beta.example\n"
    )
}

fn write(folder: &Path, tables: &[(&str, &str)]) {
    fs::create_dir_all(folder).unwrap();
    for (name, text) in tables {
        fs::write(folder.join(name), text).unwrap();
    }
}

fn run(place: &Place, words: &[&str]) {
    let output = place.run(words);
    assert!(output.status.success(), "{}", errors(&output));
}

/// Files of the database and of the report that name her.
fn naming(place: &Place) -> Vec<String> {
    let mut all = files(&place.path("."));
    all.retain(|(name, _)| name.starts_with("touchstone.db"));
    all.extend(files(&place.path("touchstone-report")));
    all.retain(|(_, bytes)| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        text.contains("annika") || text.contains("quillfeather")
    });
    all.into_iter().map(|(name, _)| name).collect()
}

/// How many deals there are, and what they are worth.
fn totals(place: &Place) -> Vec<String> {
    let sql = "select count(*) || ' ' || sum(amount_minor) from v_deals";
    place.rows(sql)
}

#[test]
fn an_id_that_is_a_name_goes_with_the_person_who_is_forgotten() {
    let place = Place::new();
    let tables = [("contacts.csv", CONTACTS), ("deals.csv", &*deals(2024))];
    write(&place.path("exports"), &tables);
    run(&place, &["run", "exports"]);
    assert!(!naming(&place).is_empty());
    run(&place, &["forget", "annika@acme.example"]);
    run(&place, &["report"]);
    assert_eq!(naming(&place), Vec::<String>::new());
    assert_eq!(totals(&place), ["3 13500"]);
    let ids = "select remote_id from v_deals order by 1";
    let before = place.rows(ids);
    assert!(before[1].starts_with("erased-") && before[2].starts_with("erased-"));
    // The same table again, as another export.
    let later = deals(2024) + "Garage,Won,1,EUR,2024-03-01,2024-02-01,bob@beta.example\n";
    write(&place.path("later"), &[("deals.csv", &later)]);
    run(&place, &["run", "later"]);
    assert_eq!(naming(&place), Vec::<String>::new());
    assert_eq!(totals(&place), ["4 13600"]);
    assert_eq!(place.rows(ids)[2..], before[1..]);
    run(&place, &["check"]);
    let story = place.run(&["explain", "deal", &before[1]]);
    assert!(story.status.success(), "{}", errors(&story));
}

#[test]
fn a_name_beside_an_id_of_the_same_words_is_erased_as_words_are() {
    let place = Place::new();
    let deals = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,\
        Associated Company,Associated Company IDs\n\
        11,Loan,Won,1.00,EUR,2024-05-12 15:00,2024-05-11 10:00,Annika Quillfeather,\
        Annika Quillfeather\n";
    let tables = [("contacts.csv", CONTACTS), ("deals.csv", deals)];
    write(&place.path("exports"), &tables);
    run(&place, &["run", "exports"]);
    run(&place, &["forget", "annika@acme.example"]);
    let links = place.rows("select kind || ' ' || text from record_links order by 1");
    assert!(links[0].starts_with("account_id erased-"), "{links:?}");
    assert_eq!(links[1..], ["account_name [erased]"]);
}

#[test]
fn an_id_that_is_a_name_goes_with_what_is_older_than_may_be_kept() {
    let place = Place::new();
    let tables = [("leads.csv", LEADS), ("deals.csv", &*deals(2014))];
    write(&place.path("exports"), &tables);
    run(&place, &["run", "exports"]);
    run(&place, &["run", "exports", "--retention", "365"]);
    assert_eq!(naming(&place), Vec::<String>::new());
    assert_eq!(totals(&place), ["3 13500"]);
    // That her deals have lost her is no news under another id.
    let moved = "select what from changes where kind = 'deal' and what not like 'lead %'";
    assert_eq!(place.rows(moved), Vec::<String>::new());
    let ids = "select remote_id from v_leads union all select remote_id from v_deals";
    let before = place.rows(ids);
    // Other bytes of the same content, so that no file is known by its hash.
    for (name, text) in tables {
        fs::write(place.path("exports").join(name), text.replace('\n', "\r\n")).unwrap();
    }
    run(&place, &["run", "exports"]);
    assert_eq!(naming(&place), Vec::<String>::new());
    assert_eq!(totals(&place), ["3 13500"]);
    assert_eq!(place.rows(ids), before);
    let fresh = Place::new();
    write(&fresh.path("exports"), &tables);
    run(&fresh, &["run", "exports", "--retention", "365"]);
    assert_eq!(fresh.rows(ids), before);
}

#[test]
fn whoever_is_heard_of_again_has_one_record() {
    let place = Place::new();
    let old = deals(2014);
    write(&place.path("exports"), &[("leads.csv", LEADS), ("deals.csv", &old)]);
    run(&place, &["run", "exports", "--retention", "365"]);
    let leads = LEADS.replace("2014", "2024");
    write(&place.path("later"), &[("leads.csv", &leads), ("deals.csv", &(old + "\n"))]);
    run(&place, &["run", "later"]);
    assert_eq!(totals(&place), ["3 13500"]);
    let ids = place.rows("select remote_id from v_leads order by 1");
    assert_eq!(ids, ["annika@acme.example", "bob@beta.example"]);
}

/// A deal without an id or a day, and a contact of somebody else's that names it.
fn nameless(year: u32) -> [(&'static str, String); 2] {
    let deals = format!(
        "Deal Name,Stage,Amount,Currency,Close Date,Contact Email\n\
         Quillfeather second home,Won,30,EUR,{year}-03-02,annika@acme.example\n\
         Bath,Won,5,EUR,2024-03-01,\n"
    );
    let contacts = format!(
        "Contact ID,Full Name,Email,Company,Created,Deal IDs\n\
         1,Annika Quillfeather,annika@acme.example,Acme,{year}-01-01,\n\
         2,Bob Ray,bob@beta.example,Beta,{year}-01-01,Quillfeather second home\n\
         3,Cleo Moor,cleo@beta.example,Beta,2024-01-01,Bath\n"
    );
    [("deals.csv", deals), ("contacts.csv", contacts)]
}

/// Writes the contacts again, as another export of the same and perhaps more.
fn write_contacts(place: &Place, text: &str) {
    write(&place.path("exports"), &[("contacts.csv", &text.replace('\n', "\r\n"))]);
}

const TIES: &str = "select l.remote_id from deal_leads join leads l using (lead_id) \
                    join deals d using (deal_id) where d.remote_id like 'erased-%'";

#[test]
fn no_later_table_refers_to_a_forgotten_deal_by_its_name() {
    let place = Place::new();
    let [deals, contacts] = nameless(2024);
    let tables = [(deals.0, &*deals.1), (contacts.0, &*contacts.1)];
    write(&place.path("exports"), &tables);
    run(&place, &["run", "exports"]);
    run(&place, &["forget", "annika@acme.example"]);
    run(&place, &["report"]);
    let ties = place.rows(TIES);
    assert_eq!(ties, ["2"]);
    assert_eq!(naming(&place), Vec::<String>::new());
    write_contacts(&place, &contacts.1);
    run(&place, &["run", "exports"]);
    assert_eq!(naming(&place), Vec::<String>::new());
    assert_eq!(place.rows(TIES), ties);
}

#[test]
fn no_later_table_refers_to_an_old_deal_by_its_name() {
    let place = Place::new();
    let [deals, contacts] = nameless(2014);
    let tables = [(deals.0, &*deals.1), (contacts.0, &*contacts.1)];
    write(&place.path("exports"), &tables);
    run(&place, &["run", "exports", "--retention", "365"]);
    assert_eq!(naming(&place), Vec::<String>::new());
    write_contacts(&place, &contacts.1);
    run(&place, &["run", "exports", "--retention", "365"]);
    assert_eq!(naming(&place), Vec::<String>::new());
    // Somebody new who names it is joined to it all the same.
    let new = "4,Dora Lind,dora@beta.example,Beta,2024-02-01,Quillfeather second home\n";
    write_contacts(&place, &(contacts.1 + new));
    run(&place, &["run", "exports"]);
    assert_eq!(naming(&place), Vec::<String>::new());
    assert!(place.rows(TIES).contains(&"4".to_owned()), "{:?}", place.rows(TIES));
}

#[test]
fn others_keep_what_begins_or_ends_as_a_name_of_the_person_who_is_forgotten() {
    let place = Place::new();
    let leads = "Name,Email,Company,Created,Lead Status,LinkedIn\n\
        Anna Vane,vane@acme.example,Acme,2024-01-01,New,https://www.linkedin.com/in/anna\n\
        Anna Acht,anna@acme.example,Acme,2024-01-01,New,\n\
        Anna Maria Bell,anna-maria@acme.example,Acme,2024-01-01,New,\n\
        Bob Anna Vane,,Beta,2024-01-01,New,\n\
        Cleo Moor,cleo@beta.example,Beta,2024-01-01,New,\n";
    let deals = "Deal Name,Stage,Amount,Currency,Close Date,Created Date,Contact Email,\
                 Contact,Owner\n\
        Roof,Won,100,EUR,2024-03-01,2024-02-01,anna@acme.example,,Bob Anna Vane\n\
        Wall,Won,30,EUR,2024-03-02,2024-02-02,anna-maria@acme.example,,\n\
        Door,Won,5,EUR,2024-03-02,2024-02-02,,Bob Anna Vane,\"Vane, Anna\"\n\
        Gate,Won,1,EUR,2024-03-02,2024-02-02,vane@acme.example,,Anna Vane (sales)\n";
    write(&place.path("exports"), &[("leads.csv", leads), ("deals.csv", deals)]);
    run(&place, &["run", "exports"]);
    let ties = "select d.remote_id || ': ' || l.remote_id from deal_leads \
                join leads l using (lead_id) join deals d using (deal_id) \
                where d.name <> 'Gate' order by 1";
    let before = place.rows(ties);
    assert_eq!(before.len(), 3);
    let ids = "select remote_id from v_leads where remote_id <> 'vane@acme.example' \
               order by 1";
    let leads_before = place.rows(ids);
    run(&place, &["forget", "https://www.linkedin.com/in/anna"]);
    let check = |what: &str| {
        assert_eq!(place.rows(ties), before, "{what}");
        assert_eq!(place.rows(ids), leads_before, "{what}");
        let owners = "select owner from deal_records where owner is not null order by 1";
        let owners = place.rows(owners);
        assert!(owners.contains(&"Bob Anna Vane".to_owned()), "{what}: {owners:?}");
        assert!(!owners.contains(&"Vane, Anna".to_owned()), "{what}: {owners:?}");
        assert!(!owners.contains(&"Anna Vane (sales)".to_owned()), "{what}: {owners:?}");
    };
    check("after");
    write(
        &place.path("exports"),
        &[
            ("leads.csv", &leads.replace('\n', "\r\n")),
            ("deals.csv", &deals.replace('\n', "\r\n")),
        ],
    );
    run(&place, &["run", "exports"]);
    check("after a later import");
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_is_forgotten_goes_in_a_folder_whose_name_is_no_unicode() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};

    let place = Place::new();
    let folder = place.path(".").join(OsStr::from_bytes(b"M\xfcller"));
    write(&folder, &[("contacts.csv", CONTACTS)]);
    for words in [&["run", "contacts.csv"][..], &["forget", "annika@acme.example"]] {
        let output = place.command(words).current_dir(&folder).output().unwrap();
        assert!(output.status.success(), "{}", errors(&output));
    }
    let bytes = fs::read(folder.join("touchstone.db")).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).to_lowercase().contains("annika"));
}

/// Of one number are Annika's contact, a deal of Bob's that became part of another, and a
/// deal of that number's history.
#[test]
fn a_deal_of_the_same_number_is_no_contact() {
    let contacts = CONTACTS.replace("First Name", "Lifecycle Stage,First Name");
    let contacts = contacts.replace("51,", "101,Lead,").replace("52,", "102,Lead,");
    let deals = "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Currency,Close Date,\
                 Create Date,Associated Contact IDs,Merged object IDs\n\
        101,House,Closed won,Sales,100,EUR,2024-03-01,2024-02-01,102,\n\
        600,Barn,Closed won,Sales,7,EUR,2024-03-01,2024-02-01,102,101\n\
        700,Annika Quillfeather and Bob Ray,Closed won,Sales,1,EUR,2024-03-01,2024-02-01,\
        102,\n";
    let history = "Record ID,Property name,Value,Timestamp\n\
        101,Deal Stage,Appointment,2024-02-05\n";
    let facts = "select (select count(*) from record_links where kind = 'merged_id') || ' ' \
                 || (select count(*) from statements) || ' ' || (select count(*) from v_deals) \
                 || ' ' || (select count(name) from v_deals)";
    let place = Place::new();
    let tables =
        [("contacts.csv", &*contacts), ("deals.csv", deals), ("history.csv", history)];
    write(&place.path("exports"), &tables);
    run(&place, &["run", "exports"]);
    assert_eq!(place.rows(facts), ["1 1 2 2"]);
    run(&place, &["forget", "annika@acme.example"]);
    assert_eq!(place.rows(facts), ["1 1 2 1"]);
    run(&place, &["report"]);
    assert_eq!(naming(&place), Vec::<String>::new());
    // The same anew, in other files.
    let later = tables.map(|(name, text)| (name, text.replace("2024-02-0", "2024-01-0")));
    let later: Vec<_> = later.iter().map(|(name, text)| (*name, &**text)).collect();
    write(&place.path("later"), &later);
    run(&place, &["run", "later"]);
    assert_eq!(place.rows(facts), ["2 2 2 1"]);
    assert_eq!(naming(&place), Vec::<String>::new());
}
