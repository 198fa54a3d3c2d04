//! Who is forgotten by an id that other tables have, too.

use std::fs;

use crate::{
    binary::{Place, errors},
    spaces::{CUSTOMERS, LEADS},
};

#[test]
fn whoever_has_the_number_of_somebody_forgotten_stays() {
    let place = Place::new();
    let write = |name: &str, text: &str| {
        fs::create_dir_all(place.path("exports")).unwrap();
        fs::write(place.path("exports").join(name), text).unwrap();
    };
    let deals = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date,Lead ID,Contact Email\n\
        1,Kitchen,Won,1000,EUR,2025-03-01,1,zora@zander.example\n\
        2,Roof,Won,2000,EUR,2025-03-02,1,anna@one.example\n";
    write("leads.csv", LEADS);
    write("customers.csv", CUSTOMERS);
    write("deals.csv", deals);
    place.import(&[&place.path("exports")]);
    let refused = errors(&place.run(&["forget", "generic:1"]));
    assert!(refused.contains("generic:customers:1, generic:leads:1"), "{refused}");
    let output = place.run(&["forget", "generic:customers:1"]);
    assert!(output.status.success(), "{}", errors(&output));
    let asked = |sql: &str| -> Vec<String> {
        let connection = rusqlite::Connection::open(place.database()).unwrap();
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let persons = "select person from v_leads order by person";
    let names = "select coalesce(name, '-') from v_deals order by remote_id";
    let left = ["Anna Albrecht", "Bert Bohm", "Dora Dorn", "Yves Yander"];
    assert_eq!(asked(persons), left);
    assert_eq!(asked(names), ["-", "Roof"]);
    // Later exports bring neither back, and take nothing from the other.
    write(
        "leads-2025-04-01.csv",
        &format!("{LEADS}8,Carl,Cohn,carl@three.example,New,\n"),
    );
    write(
        "customers-2025-04-01.csv",
        &format!("{CUSTOMERS}3,Xaver,Xander,xaver@xander.example,Xander Ltd,\n"),
    );
    write("deals-2025-04-01.csv", &format!("{deals}3,Bath,Won,3000,EUR,2025-03-02,9,\n"));
    place.import(&[&place.path("exports")]);
    let left = ["Anna Albrecht", "Bert Bohm", "Carl Cohn", "Dora Dorn", "Xaver Xander"];
    assert_eq!(asked(persons)[..5], left);
    assert_eq!(asked(names), ["-", "Roof", "Bath"]);
    let bytes = fs::read(place.database()).unwrap();
    let zora: &[u8] = b"zora@zander";
    assert!(!bytes.windows(zora.len()).any(|window| window == zora));
}

/// The texts of a query over a place's database.
fn texts(place: &Place, sql: &str) -> String {
    place.rows(sql).join(" ")
}

#[test]
fn an_id_that_several_tables_have_is_not_alone_enough_to_forget_by() {
    let deals = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date,Lead ID,Contact Name\n\
        1,Kitchen,Won,1000,EUR,2025-03-01,1,Zora Zander\n\
        2,Roof,Won,2000,EUR,2025-03-02,1,Anna Albrecht\n\
        3,Bath,Won,3000,EUR,2025-03-03,1,\n\
        4,Attic,Won,700,EUR,2025-03-04,9,\n";
    let states = "Lead ID,Lead Status,Source,Created\n1,New,LinkedIn,2025-01-05\n\
        9,New,LinkedIn,2025-01-05\n";
    let place = Place::new();
    let write = |day: &str, more: [&str; 3]| {
        let tables = [("leads", LEADS), ("customers", CUSTOMERS), ("deals", deals)];
        for ((name, text), more) in tables.into_iter().zip(more) {
            place.write(&format!("in/{name}{day}.csv"), &format!("{text}{more}"));
        }
        place.write(
            &format!("in/states{day}.csv"),
            &format!("{states}{}", "\n".repeat(day.len())),
        );
        place.import(&[&place.path("in")]);
    };
    write("", ["", "", ""]);
    let persons = "select person from v_leads where person is not null order by 1";
    let names = "select coalesce(name, '-') from v_deals order by remote_id";
    let joined = "select deals.remote_id || ' ' || person from deal_leads
        join deals using (deal_id) join v_leads using (lead_id) order by 1";
    // Of whom the states are nobody can say, as long as two lists have one of their ids.
    assert_eq!(texts(&place, joined), "1 Zora Zander 2 Anna Albrecht");
    let output = place.run(&["forget", "generic:customers:1"]);
    assert!(output.status.success(), "{}", errors(&output));
    let check = || {
        assert_eq!(
            texts(&place, persons),
            "Anna Albrecht Bert Bohm Dora Dorn Yves Yander"
        );
        assert_eq!(texts(&place, names), "- Roof Bath Attic");
        assert_eq!(texts(&place, joined), "2 Anna Albrecht 4 Dora Dorn");
    };
    check();
    write("-2025-04-01", ["1,,,,,\n", "1,Zora,Zander,,,\n", "\n"]);
    check();
    let output = place.run(&["check"]);
    assert!(output.status.success(), "{}", errors(&output));
}

#[test]
fn the_only_table_of_an_id_forgets_by_it_but_for_whom_a_row_calls_otherwise_twice() {
    let place = Place::new();
    place.write("in/leads.csv", LEADS);
    place.import(&[&place.path("in")]);
    assert!(place.run(&["forget", "1"]).status.success());
    // Whoever married, or moved, is the same, and a deal that states one of them is theirs.
    place.write("in/leads-2025-04-01.csv", &LEADS.replace("Albrecht", "Neumann"));
    place.write("in/leads-2025-05-01.csv", &LEADS.replace("anna@one", "anna@new"));
    let deals = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date,Lead ID,Contact Name,\
        Contact Email\n1,Kitchen,Won,1000,EUR,2025-03-01,1,Anna Neumann,\n\
        2,Roof,Won,2000,EUR,2025-03-02,1,Zora Zander,zora@zander.example\n";
    place.write("in/deals.csv", deals);
    place.import(&[&place.path("in")]);
    let persons = "select person from v_leads where person is not null order by 1";
    assert_eq!(texts(&place, persons), "Bert Bohm Dora Dorn");
    // Another table may number from 1, too.
    place.write("in/customers.csv", CUSTOMERS);
    place.import(&[&place.path("in")]);
    assert_eq!(texts(&place, persons), "Bert Bohm Dora Dorn Yves Yander Zora Zander");
    let names = "select coalesce(name, '-') from v_deals order by remote_id";
    assert_eq!(texts(&place, names), "- Roof");
    let joined = "select name || ' ' || person || ' ' || basis from deal_leads
        join deals using (deal_id) join v_leads using (lead_id)";
    assert_eq!(texts(&place, joined), "Roof Zora Zander contact id");
}
