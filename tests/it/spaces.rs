//! Tables that are no CRM's own may each number their records from 1.

use touchstone::resolve::Copy;

use crate::{binary::Place, network::Network};

pub(crate) const LEADS: &str = "Lead ID,First Name,Last Name,Email,Status,Created\n\
    1,Anna,Albrecht,anna@one.example,New,2025-01-05\n\
    2,Bert,Bohm,bert@two.example,New,2025-01-06\n\
    9,Dora,Dorn,dora@four.example,New,2025-01-07\n";
pub(crate) const CUSTOMERS: &str = "Customer ID,First Name,Last Name,Email,Company,Created\n\
    1,Zora,Zander,zora@zander.example,Zander Ltd,2025-02-05\n\
    2,Yves,Yander,yves@yander.example,Yander Ltd,2025-02-06\n";

const PERSONS: &str = "select source_system, remote_id, person from v_leads order by source_system, remote_id";
const SAID: &str = "select subject, text from v_ambiguities order by subject, text";

/// What a network of some tables says.
fn asked(tables: &[(&str, &str)], sql: &str) -> String {
    let network = Network::new();
    let paths: Vec<_> =
        tables.iter().map(|(name, text)| network.write(name, text)).collect();
    network.run(&paths);
    network.query(sql)
}

#[test]
fn one_number_in_two_tables_is_two_people_where_they_state_others() {
    let tables = [("leads.csv", LEADS), ("a/customers 2025.csv", CUSTOMERS)];
    assert_eq!(
        asked(&tables, PERSONS),
        "generic:customers | 1 | Zora Zander\ngeneric:customers | 2 | Yves Yander\n\
         generic:leads | 1 | Anna Albrecht\ngeneric:leads | 2 | Bert Bohm\n\
         generic:leads | 9 | Dora Dorn\n"
    );
    let said = asked(&tables, SAID);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("2 of 2 ids that both have name different people"), "{said}");
    // Tables of one name are told apart by their age.
    let tables = [("a/list.csv", LEADS), ("b/list.csv", CUSTOMERS)];
    let persons = asked(&tables, PERSONS);
    assert!(persons.starts_with("generic:list | 1 | Anna Albrecht\n"), "{persons}");
    assert!(persons.ends_with("generic:list-2 | 2 | Yves Yander\n"), "{persons}");
}

#[test]
fn exports_of_one_list_are_one_whoever_married_or_moved() {
    let later = "Lead ID,First Name,Last Name,Email,Status,Created\n\
        1,Anna,Neumann,anna@one.example,Qualified,2025-01-05\n\
        2,Bert,Bohm,bert@new.example,New,2025-01-06\n\
        9,Dora,Dittrich,dora@new.example,New,2025-01-07\n";
    let nights = [("leads-2025-02-01.csv", LEADS), ("leads-2025-02-28.csv", later)];
    assert_eq!(
        asked(&nights, PERSONS),
        "generic | 1 | Anna Neumann\ngeneric | 2 | Bert Bohm\ngeneric | 9 | Dora Dittrich\n"
    );
    assert_eq!(asked(&nights, SAID), "");
}

#[test]
fn a_table_that_states_nobody_belongs_to_the_one_that_has_its_ids() {
    let states = "Lead ID,Lead Status,Source,Created\n1,New,LinkedIn,2025-01-05\n\
                  9,Won,LinkedIn,2025-01-05\n";
    let sources = "select source_system, remote_id, person, lead_source from v_leads \
                   where lead_source is not null order by 1, 2";
    assert_eq!(
        asked(&[("leads.csv", LEADS), ("states.csv", states)], sources),
        "generic | 1 | Anna Albrecht | LinkedIn\ngeneric | 9 | Dora Dorn | LinkedIn\n"
    );
    // Beside two others it may be of either.
    let tables =
        [("leads.csv", LEADS), ("customers.csv", CUSTOMERS), ("states.csv", states)];
    assert_eq!(asked(&tables, sources).matches("generic | ").count(), 2);
    let said = asked(&tables, SAID);
    assert!(
        said.contains("states.csv | has ids of leads.csv and of customers.csv"),
        "{said}"
    );
    // Not where it has an id that one alone shares with it.
    let only = "Lead ID,Lead Status,Source,Created\n9,Won,LinkedIn,2025-01-05\n";
    let tables =
        [("leads.csv", LEADS), ("customers.csv", CUSTOMERS), ("states.csv", only)];
    assert_eq!(asked(&tables, sources), "generic:leads | 9 | Dora Dorn | LinkedIn\n");
}

#[test]
fn an_id_that_is_made_of_a_name_makes_nobody_one_by_that_name() {
    let phone = |number: &str| {
        format!("Name,Phone,Source,Created\nAnna Berg,{number},Web,2025-01-05\n")
    };
    let (berlin, munich) = (phone("+49 30 5551234"), phone("+49 89 7779999"));
    let count = "select count(*) from v_leads";
    assert_eq!(asked(&[("a.csv", &berlin), ("b.csv", &munich)], count), "2\n");
    let again = format!("{berlin}Bert Bohm,,Web,2025-01-06\n");
    assert_eq!(asked(&[("a.csv", &berlin), ("b.csv", &again)], count), "2\n");
}

#[test]
fn a_deal_finds_the_contact_of_its_id_only_where_it_is_told() {
    let deals = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date,Lead ID,Contact Email\n\
        1,Kitchen,Won,1000,EUR,2025-03-01,1,\n\
        2,Roof,Won,2000,EUR,2025-03-02,2,yves@yander.example\n\
        3,Bath,Won,3000,EUR,2025-03-02,9,\n";
    let tables =
        [("leads.csv", LEADS), ("customers.csv", CUSTOMERS), ("deals.csv", deals)];
    let joined = "select deals.remote_id, person, basis, confidence from deal_leads \
                  join deals using (deal_id) join v_leads using (lead_id) order by 1";
    assert_eq!(
        asked(&tables, joined),
        "2 | Yves Yander | contact e-mail | 0.99\n3 | Dora Dorn | contact id | 0.9\n"
    );
    let said = asked(&tables, SAID);
    let open = "deals of generic | contacts that are named by ids which several tables have, \
                so that they are not joined: 1\n";
    assert!(said.contains(open), "{said}");
}

#[test]
fn one_number_in_two_tables_is_two_deals_where_they_state_others() {
    let deals = "Deal ID,Deal Name,Stage,Amount,Currency,Created,Close Date\n\
        1,Kitchen,Won,1000,EUR,2025-02-01,2025-03-01\n\
        2,Roof,Won,2000,EUR,2025-02-02,2025-03-02\n";
    let projects = "No,Project,Status,Amount,Currency\n1,Bath,Won,5000,EUR\n\
        2,Attic,Won,700,EUR\n";
    let tables = [("deals.csv", deals), ("projects.csv", projects)];
    let totals =
        "select source_system, sum(amount_minor) from v_deals group by 1 order by 1";
    assert_eq!(
        asked(&tables, totals),
        "generic:deals | 300000\ngeneric:projects | 570000\n"
    );
    let said = asked(&tables, SAID);
    assert!(said.contains("2 of 2 ids that both have name different deals"), "{said}");
}

#[test]
fn one_id_of_two_unlike_deals_is_said() {
    let header = "Deal ID,Deal Name,Status,Amount";
    let rest = "8,Farm,Won,30.00\n9,Shop,Won,40.00\n";
    let mill = format!("{header}\n7,Mill,Won,10.00\n{rest}");
    let quay = format!("{header}\n7,Quay,Won,20.00\n{rest}");
    let tables = [("a.csv", mill.as_str()), ("b.csv", quay.as_str())];
    assert_eq!(asked(&tables, "select count(*) from v_deals"), "3\n");
    let said = asked(&tables, SAID);
    assert!(said.contains("is worth another amount; taken as one deal"), "{said}");
    let dated = |text: &str, day: &str| {
        let rows = text.lines().skip(1).map(|row| format!("{row},{day}\n"));
        format!("{header},Created\n{}", rows.collect::<String>())
    };
    let (mill, quay) = (dated(&mill, "2024-01-05"), dated(&quay, "2024-03-09"));
    let said = asked(&[("a.csv", &mill), ("b.csv", &quay)], SAID);
    assert!(said.contains("was made on other days; taken as one deal"), "{said}");
}

#[test]
fn nights_find_the_spaces_that_a_run_of_all_finds() {
    let deals = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date,Lead ID\n\
        1,Kitchen,Won,1000,EUR,2025-03-01,9\n";
    let tables =
        [("leads.csv", LEADS), ("customers.csv", CUSTOMERS), ("deals.csv", deals)];
    let fresh = Network::new();
    fresh.run(&tables.map(|(name, text)| fresh.write(name, text)));
    for order in [[0, 1, 2], [1, 2, 0], [2, 1, 0]] {
        let nights = Network::new();
        for at in order {
            let (name, text) = tables[at];
            nights.run(&[nights.write(name, text)]);
        }
        for sql in [PERSONS, SAID, "select * from v_deals"] {
            assert_eq!(nights.query(sql), fresh.query(sql), "{order:?}");
        }
    }
}

#[test]
fn a_name_of_a_system_means_all_its_spaces_where_copies_are_told() {
    let contacts = "Record ID,First Name,Last Name,Email,Lifecycle Stage,Create Date\n\
        101,Anna,Albrecht,anna@one.example,Lead,2025-01-05 10:00\n\
        102,Zora,Zander,zora@zander.example,Lead,2025-01-05 10:00\n";
    let mut network = Network::new();
    network.told.copies =
        vec![Copy { system: "generic".to_owned(), of: "hubspot".to_owned() }];
    network.run(&[
        network.write("contacts.csv", contacts),
        network.write("leads.csv", LEADS),
        network.write("customers.csv", CUSTOMERS),
    ]);
    assert_eq!(
        network.query(PERSONS),
        "generic:customers | 2 | Yves Yander\ngeneric:leads | 2 | Bert Bohm\n\
         generic:leads | 9 | Dora Dorn\nhubspot | 101 | Anna Albrecht\n\
         hubspot | 102 | Zora Zander\n"
    );
}

#[test]
fn who_is_several_leads_of_tables_of_nobodys_is_said() {
    let customers = "Customer ID,First Name,Last Name,Email,Company,Created\n\
        501,Anna,Albrecht,anna@one.example,Alpha,2025-02-05\n";
    let said = asked(&[("leads.csv", LEADS), ("customers.csv", customers)], SAID);
    let expected = "leads of generic | persons who are leads under several ids, and count \
                    once for each: 1; ";
    assert!(said.starts_with(expected), "{said}");
}

#[test]
fn a_client_whom_a_table_names_is_found_in_the_only_crm() {
    let contacts = "Record ID,First Name,Last Name,Email,Lifecycle Stage,Create Date\n\
        101,Anna,Albrecht,anna@one.example,Lead,2025-01-05 10:00\n";
    let deals = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date,Client\n\
        1,Kitchen,Won,1000,EUR,2025-03-01,Anna Albrecht\n";
    let joined = "select basis, confidence from deal_leads";
    let tables = [("contacts.csv", contacts), ("deals.csv", deals)];
    assert_eq!(asked(&tables, joined), "contact name | 0.6\n");
}

#[test]
fn a_space_may_hold_copies_of_another_of_its_system() {
    let customers = format!("{CUSTOMERS}3,Anna,Albrecht,anna@one.example,,2025-02-07\n");
    let deals = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date\n\
        1,Kitchen,Won,1000,EUR,2025-03-01\n2,Roof,Won,2000,EUR,2025-03-02\n";
    let projects = "No,Project,Status,Amount,Currency,Closed\n\
        1,Bath,Won,5000,EUR,2025-03-03\n2,Attic,Won,700,EUR,2025-03-04\n\
        3,Roof,Won,2000,EUR,2025-03-02\n";
    let asked = |copies: &[(&str, &str)]| {
        let mut network = Network::new();
        let copy = |(system, of): &(&str, &str)| Copy {
            system: (*system).to_owned(),
            of: (*of).to_owned(),
        };
        network.told.copies = copies.iter().map(copy).collect();
        network.run(&[
            network.write("leads.csv", LEADS),
            network.write("customers.csv", &customers),
            network.write("deals.csv", deals),
            network.write("projects.csv", projects),
        ]);
        let persons =
            network.query("select count(*), count(distinct person) from v_leads");
        let deals = network.query("select count(*), sum(amount_minor) from v_deals");
        [persons, deals].concat()
    };
    assert_eq!(asked(&[]), "6 | 5\n5 | 1070000\n");
    for of in ["generic:leads", "generic"] {
        assert_eq!(asked(&[("generic:customers", of)]), "5 | 5\n5 | 1070000\n", "{of}");
    }
    for of in ["generic:deals", "generic"] {
        assert_eq!(asked(&[("generic:projects", of)]), "6 | 5\n4 | 870000\n", "{of}");
    }
    // What a name means is told of, and not the name where no table has it.
    let mut network = Network::new();
    let (system, of) = ("generic:projects".to_owned(), "generic".to_owned());
    network.told.copies = vec![Copy { system, of }];
    network.run(&[
        network.write("deals.csv", deals),
        network.write("projects.csv", projects),
    ]);
    let told = "select subject from v_ambiguities where text like 'configured%'";
    assert_eq!(network.query(told), "generic:projects and generic:deals\n");
    // All others are copies of one.
    assert_eq!(asked(&[("generic", "generic:leads")]), "5 | 5\n5 | 1070000\n");
    assert_eq!(asked(&[("generic", "generic:deals")]), "6 | 5\n4 | 870000\n");
}

#[test]
fn words_for_nothing_are_nobody() {
    let table = |id: &str, last: &str| {
        let names = ["undefined", "n.a.", "unknown", last];
        let rows =
            (1..).zip(names).map(|(at, name)| format!("{at},{name},New,2025-01-05\n"));
        format!("{id},Full Name,Status,Created\n{}", rows.collect::<String>())
    };
    let (one, other) =
        (table("Lead ID", "Anna Albrecht"), table("Customer ID", "Zora Zander"));
    // Were they names, most ids of both tables would be of the same people.
    let tables = [("leads.csv", &*one), ("customers.csv", &*other)];
    assert_eq!(asked(&tables, "select count(*) from v_leads"), "8\n");
}

#[test]
fn one_telephone_number_or_price_of_many_makes_nobody_and_no_deal_the_same() {
    let table = |id: &str, rows: [&str; 2]| {
        let rows = rows.map(|row| format!("{row},+49 30 5551234,2025-01-05\n"));
        format!("{id},Full Name,Email,Phone,Created\n{}", rows.concat())
    };
    let leads = table("Lead ID", ["1,Ann Arp,a@arp.example", "2,Bo Ott,b@ott.example"]);
    let customers =
        table("Customer ID", ["1,Cy Dorn,c@dorn.example", "2,Di Eck,d@eck.example"]);
    let deals = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date,Contact Name\n\
        1,Kitchen,Won,99,EUR,2025-03-01,Ann Arp\n2,Roof,Won,99,EUR,2025-03-02,Bo Ott\n";
    let projects = deals.replace("Kitchen", "Bath").replace("Roof", "Attic");
    let projects = projects.replace("Ann Arp", "Cy Dorn").replace("Bo Ott", "Di Eck");
    let tables = [
        ("leads.csv", &*leads),
        ("customers.csv", &*customers),
        ("deals.csv", deals),
        ("projects.csv", &*projects),
    ];
    let joined = "select deals.name, person from deal_leads join deals using (deal_id)
        join v_leads using (lead_id) order by 1";
    assert_eq!(
        asked(&tables, joined),
        "Attic | Di Eck\nBath | Cy Dorn\nKitchen | Ann Arp\nRoof | Bo Ott\n"
    );
}

#[test]
fn a_name_with_an_initial_and_a_telephone_number_tell_the_same() {
    let short = "Lead ID,Full Name,Phone,Status,Created\n\
        1,A. Berg,,New,2025-01-05\n2,Bertram Bohm,+49 30 5551234,New,2025-01-05\n";
    let long = "Customer ID,Full Name,Phone,Company,Created\n\
        1,Anna Berg,,One,2025-01-05\n2,Bert Bohm,+49 30 5551234,Two,2025-01-05\n";
    let tables = [("leads.csv", short), ("customers.csv", long)];
    assert_eq!(asked(&tables, "select count(*) from v_leads"), "2\n");
    // Two full names of one initial are two.
    let other = short.replace("A. Berg", "Alice Berg").replace("+49 30 5551234", "");
    let tables = [("leads.csv", &*other), ("customers.csv", long)];
    assert_eq!(asked(&tables, "select count(*) from v_leads"), "4\n");
    // A number that is another tells nothing.
    let moved = long.replace("5551234", "5559999").replace("Bert B", "Bertram B");
    let tables = [("leads.csv", short), ("customers.csv", &*moved)];
    assert_eq!(asked(&tables, "select count(*) from v_leads"), "2\n");
}

#[test]
fn one_id_that_states_another_parts_no_exports_of_one_list() {
    let list = |name: &str| {
        format!("Customer ID,Full Name,Company,Created\n1,{name},One,2025-01-05\n")
    };
    let (was, now) = (list("Anna Albrecht"), list("Anna Neumann"));
    let nights = [("customers-2026-01.csv", &*was), ("customers-2026-02.csv", &*now)];
    assert_eq!(asked(&nights, PERSONS), "generic | 1 | Anna Neumann\n");
    // Another address beside the other name is another person's.
    let list = |name: &str, mail: &str| {
        format!("Customer ID,Full Name,Email,Created\n1,{name},{mail},2025-01-05\n")
    };
    let (was, other) =
        (list("Ann Arp", "a@arp.example"), list("Cy Dorn", "c@dorn.example"));
    let lists = [("list-1.csv", &*was), ("list-2.csv", &*other)];
    assert_eq!(asked(&lists, "select count(*) from v_leads"), "2\n");
    // Two of them are two lists, as is one of tables that are called otherwise.
    let more = |name: &str, other: &str| format!("{}2,{other},,\n", list(name, ""));
    let (was, now) = (more("Ann Arp", "Bo Ott"), more("Cy Dorn", "Di Eck"));
    let lists = [("list-1.csv", &*was), ("list-2.csv", &*now)];
    assert_eq!(asked(&lists, "select count(*) from v_leads"), "4\n");
}

#[test]
fn deals_of_one_client_are_two_where_name_and_amount_are_others() {
    let header = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date,Contact Email";
    let mail = "anna@one.example";
    let deals = format!(
        "{header}\n1,Mill,Won,10,EUR,2025-03-01,{mail}\n2,Quay,Won,20,EUR,2025-03-02,\n"
    );
    let projects = format!(
        "{header}\n1,Bath,Won,30,EUR,2025-03-01,{mail}\n2,Roof,Won,40,EUR,2025-03-02,\n"
    );
    let tables =
        [("leads.csv", LEADS), ("deals.csv", &*deals), ("projects.csv", &*projects)];
    assert_eq!(asked(&tables, "select sum(amount_minor) from v_deals"), "10000\n");
}

/// Tables of formats of the user's own, of one system.
const OWN: &str = "[[format]]\nname = \"acme-clients\"\nkind = \"contact\"\n[format.columns]\n\
    remote_id = \"Client\"\nfull_name = \"Who\"\nemail = \"Mail\"\naccount_ids = \"Firm\"\n\
    [[format]]\nname = \"acme-buyers\"\nkind = \"contact\"\n[format.columns]\n\
    remote_id = \"Buyer\"\nfull_name = \"Whose\"\nemail = \"Mail\"\naccount_ids = \"Firm\"\n\
    [[format]]\nname = \"acme-firms\"\nkind = \"account\"\n[format.columns]\n\
    remote_id = \"Firm\"\nname = \"Title\"\n\
    [[format]]\nname = \"acme-sales\"\nkind = \"deal\"\n[format.columns]\n\
    remote_id = \"Sale\"\nname = \"What\"\nstatus = \"State\"\namount = \"Sum\"\n\
    account_ids = \"Firm\"\n";

#[test]
fn companies_are_found_by_their_ids_whatever_space_names_them() {
    let place = Place::new();
    place.write(
        "in/clients.csv",
        "Client,Who,Mail,Firm\n1,Ann Arp,a@arp.example,F1\n\
        2,Bo Ott,b@ott.example,F2\n",
    );
    place.write(
        "in/buyers.csv",
        "Buyer,Whose,Mail,Firm\n1,Cy Dorn,c@dorn.example,F3\n\
        2,Di Eck,d@eck.example,F3\n",
    );
    place.write("in/firms.csv", "Firm,Title\nF1,Arp Ltd\nF2,Ott Ltd\nF3,Dorn Ltd\n");
    place.write(
        "in/sales.csv",
        "Sale,What,State,Sum,Firm\n1,Kitchen,Won,10,F1\n\
        2,Roof,Won,20,F2\n",
    );
    place.read(OWN, "in");
    assert_eq!(
        place.rows("select source_system, person, company from v_leads order by 1, 2"),
        [
            "acme:buyers|Cy Dorn|Dorn Ltd",
            "acme:buyers|Di Eck|Dorn Ltd",
            "acme:clients|Ann Arp|Arp Ltd",
            "acme:clients|Bo Ott|Ott Ltd",
        ]
    );
    let joined = "select name, person from deal_leads join deals using (deal_id)
        join v_leads using (lead_id) order by 1";
    assert_eq!(place.rows(joined), ["Kitchen|Ann Arp", "Roof|Bo Ott"]);
}

#[test]
fn a_deletion_is_of_its_own_table() {
    let place = Place::new();
    place.write(
        "in/clients.csv",
        "Client,Who,Mail,Gone,Changed\n1,Ann Arp,a@arp.example,,2025-02-05\n\
        2,Bo Ott,b@ott.example,,2025-02-05\n3,,,true,2025-02-05\n",
    );
    place.write(
        "in/buyers.csv",
        "Buyer,Whose,Mail,Changed\n1,Cy Dorn,c@dorn.example,2025-01-05\n\
        2,Di Eck,d@eck.example,2025-01-05\n3,Ed Fox,e@fox.example,2025-01-05\n",
    );
    let more = "changed_at = \"Changed\"\n";
    let format = "[[format]]\nname = \"acme-clients\"\nkind = \"contact\"\n[format.columns]\n\
        remote_id = \"Client\"\nfull_name = \"Who\"\nemail = \"Mail\"\n\
        is_deleted = \"Gone\"\n";
    let other = "[[format]]\nname = \"acme-buyers\"\nkind = \"contact\"\n[format.columns]\n\
        remote_id = \"Buyer\"\nfull_name = \"Whose\"\nemail = \"Mail\"\n";
    place.read(&format!("{format}{more}{other}{more}"), "in");
    assert_eq!(
        place.rows("select person from v_leads order by 1"),
        ["Ann Arp", "Bo Ott", "Cy Dorn", "Di Eck", "Ed Fox"]
    );
}

#[test]
fn a_row_of_a_person_and_a_deal_is_of_its_own_space() {
    let format = "[[format]]\nname = \"acme-pairs\"\nkind = \"contact-with-deal\"\n\
        [format.columns]\nremote_id = \"Case\"\nfull_name = \"Party\"\n\
        email = \"Mail\"\nstatus = \"State\"\namount = \"Sum\"\n";
    let place = Place::new();
    let header = "Case,Party,Mail,State,Sum";
    let north = format!(
        "{header}\n1,Ann Arp,a@arp.example,Won,10\n2,Bo Ott,b@ott.example,Won,20\n"
    );
    let south = format!(
        "{header}\n1,Cy Dorn,c@dorn.example,Won,30\n2,Di Eck,d@eck.example,Won,40\n"
    );
    place.write("in/north.csv", &north);
    place.write("in/south.csv", &south);
    place.read(format, "in");
    let joined = "select amount_minor, person from deal_leads join deals using (deal_id)
        join v_leads using (lead_id) order by 1";
    let expected = ["1000|Ann Arp", "2000|Bo Ott", "3000|Cy Dorn", "4000|Di Eck"];
    assert_eq!(place.rows(joined), expected);
}
