//! Tables that people keep by hand or get from what bills, pays and books for them.

use serde_json::Value;

use crate::binary::Place;

const LEADS: &str = "Lead ID,First Name,Last Name,Email,Status,Created
L1,Anna,Albrecht,anna@one.example,New,2025-01-05
L2,Bert,Bohm,bert@two.example,New,2025-01-06
";
const DEALS: &str = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date,Contact Email
D1,Kitchen,Won,1000,EUR,2025-03-01,anna@one.example
D2,Roof,Won,2000,EUR,2025-03-02,bert@two.example
";
const PAYMENTS: &str = "Payment ID,Transaction ID,Customer Email,Amount,Currency,Status
x,P1,anna@one.example,1000,EUR,Paid
x,P2,bert@two.example,2000,EUR,Paid
x,P3,bert@two.example,70,EUR,Paid
";

/// The files of a folder `in`, read under a configuration.
fn read(files: &[(&str, &str)], configuration: &str) -> Place {
    let place = Place::new();
    for (name, text) in files {
        place.write(&format!("in/{name}"), text);
    }
    place.read(configuration, "in");
    place
}

/// What is said of joins that are not sure.
fn said(place: &Place) -> String {
    place.rows("select subject, text from v_ambiguities order by 1, 2").join("\n")
}

fn revenue(place: &Place) -> String {
    place.rows("select sum(amount_minor) from v_deals where status = 'won'").join("")
}

#[test]
fn two_tables_that_list_the_same_sales_are_said_once() {
    let files = [("leads.csv", LEADS), ("deals.csv", DEALS), ("payments.csv", PAYMENTS)];
    let place = read(&files, "");
    assert_eq!(revenue(&place), "607000");
    let words = "deals.csv and in/payments.csv|2 of 2 won deals in in/deals.csv have the amount \
                 and the person or name of one in in/payments.csv; nothing says that they are \
                 one, so both count";
    assert!(said(&place).contains(words), "{}", said(&place));
    assert_eq!(said(&place).lines().count(), 1);
}

#[test]
fn names_tell_the_same_sale_where_no_persons_do() {
    let projects = "No,Project,Status,Total,Currency\n7,Kitchen,Paid,1000,EUR\n\
                    8,Roof,Paid,2000,EUR\n";
    let place = read(&[("deals.csv", DEALS), ("projects.csv", projects)], "");
    assert!(said(&place).contains("2 of 2 won deals"), "{}", said(&place));
    // Where both have persons, and others, a name is anybody's.
    let others = "No,Project,Status,Total,Currency,Customer Email\n\
                  7,Kitchen,Paid,1000,EUR,bert@two.example\n\
                  8,Roof,Paid,2000,EUR,anna@one.example\n";
    let files = [("leads.csv", LEADS), ("deals.csv", DEALS), ("projects.csv", others)];
    assert_eq!(said(&read(&files, "")), "");
}

#[test]
fn months_of_one_list_are_not_the_same_sales() {
    let next = DEALS.replace("2025-03", "2025-04").replace("\nD", "\nE");
    let files = [("leads.csv", LEADS), ("march.csv", DEALS), ("april.csv", &*next)];
    assert_eq!(said(&read(&files, "")), "");
    let again = next.replace("2025-04", "2025-03");
    let files = [("leads.csv", LEADS), ("march.csv", DEALS), ("april.csv", &*again)];
    assert!(said(&read(&files, "")).contains("2 of 2 won deals"));
}

#[test]
fn exports_of_one_list_and_of_a_crm_are_not_the_same_sales() {
    // A column came, and the clients pay the same each month.
    let next = DEALS.replace("2025-03", "2025-04").replace("\nD", "\nE");
    let next =
        next.replace("Email\n", "Email,Owner\n").replace("example\n", "example,Ina\n");
    let files = [
        ("leads.csv", LEADS),
        ("deals-2025-03.csv", DEALS),
        ("deals-2025-04.csv", &*next),
    ];
    assert_eq!(said(&read(&files, "")), "");
    let crm = |more: &str, cell: &str, first: u32| {
        let rows = (first..).zip([1000, 2000]).map(|(id, amount)| {
            format!(
                "{id},Kitchen {amount},Won,{amount},EUR,2025-03-0{id} 10:00,true{cell}\n"
            )
        });
        format!(
            "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Is Closed Won{more}\n{}",
            rows.collect::<String>()
        )
    };
    let (one, other) = (crm("", "", 1), crm(",Deal Owner", ",Ina", 3));
    let place = read(&[("a.csv", &one), ("b.csv", &other)], "");
    assert_eq!(place.rows("select distinct source_system from v_deals"), ["hubspot"]);
    assert!(!said(&place).contains("won deals in"), "{}", said(&place));
}

/// Payments in a format of the user's own, as copies of deals.
fn copied(payments: &str, closed: &str) -> Place {
    let configuration = format!(
        "[[format]]\nname = \"stripe-payments\"\nkind = \"deal\"\n[format.columns]\n\
         remote_id = \"Transaction ID\"\namount = \"Amount\"\ncurrency = \"Currency\"\n\
         status = \"Status\"\ncontact_emails = \"Customer Email\"\n{closed}\n\
         [[copy]]\nsystem = \"stripe\"\nof = \"generic\"\n"
    );
    let files = [("leads.csv", LEADS), ("deals.csv", DEALS), ("payments.csv", payments)];
    read(&files, &configuration)
}

#[test]
fn a_copy_without_a_name_is_told_by_its_person() {
    let place = copied(PAYMENTS, "");
    assert_eq!(revenue(&place), "307000");
    assert_eq!(
        said(&place),
        "stripe and generic|configured as a copy: deals counted as generic has them: 2; deals \
         without a counterpart there, which count by themselves: 1"
    );
    // Two of one amount are told by their days.
    let twice = "Transaction ID,Customer Email,Amount,Currency,Status,Paid on\n\
                 P1,anna@one.example,1000,EUR,Paid,2025-03-01\n\
                 P2,anna@one.example,1000,EUR,Paid,2025-04-01\n";
    assert_eq!(revenue(&copied(twice, "closed_at = \"Paid on\"")), "400000");
}

#[test]
fn copies_that_are_none_leave_what_is_said_of_deals_that_are_alike() {
    let named = "Transaction ID,Customer Email,Amount,Currency,Status,Paid on,Label\n\
                 P1,anna@one.example,1000,EUR,Paid,2025-03-01,Work\n\
                 P2,anna@one.example,1000,EUR,Paid,2025-03-01,Work\n";
    let place = copied(named, "closed_at = \"Paid on\"\nname = \"Label\"");
    assert_eq!(revenue(&place), "500000");
    let said = said(&place);
    assert!(said.contains("deals counted as generic has them: 0"), "{said}");
    assert!(said.contains("has the amount and day of deal P1 (stripe)"), "{said}");
}

/// What is proposed for the files of a folder.
fn proposed(place: &Place) -> Vec<Value> {
    let shown = place.run(&["inspect", "in", "--format", "json"]).stdout;
    let shown: Vec<Value> = serde_json::from_slice(&shown).unwrap();
    shown.into_iter().map(|mut file| file["proposal"].take()).collect()
}

const BOOKINGS: &str =
    "Event Type Name,Invitee Name,Invitee Email,Event Created Date & Time
Intro call,Anna Albrecht,anna@one.example,2025-01-05 11:00
Strategy session,Bert Bohm,bert@two.example,2025-01-06 11:00
Intro call,Carl Cohn,carl@three.example,2025-01-07 11:00
Strategy session,Dora Dietz,dora@four.example,2025-01-08 11:00
Intro call,Emil Ernst,emil@five.example,2025-01-09 11:00
";

#[test]
fn proposals_for_tables_that_lie_together_make_one_configuration() {
    let place = Place::new();
    let form = "Your name,Your mail,Sent\nAnna Albrecht,anna@one.example,2025-02-05\n";
    let sheet = [form, "Cleo Cohn,cleo@six.example,2025-02-07\n"].concat();
    place.write("in/a/sheet.csv", BOOKINGS);
    place.write("in/b/sheet.csv", &sheet);
    place.write("in/c/sheet.csv", &form.replace("Anna", "Fred").replace("anna", "fred"));
    let proposals = proposed(&place);
    let names: Vec<_> =
        proposals.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["sheet-contacts", "sheet-contacts-2", "sheet-contacts-2"]);
    let all = proposals.iter().map(|one| one["configuration"].as_str().unwrap());
    let all: String = all.collect();
    assert_eq!(all.matches("[[format]]").count(), 2, "{all}");
    place.read(&all, "in");
    assert_eq!(
        place.rows("select format, rows_kept from v_source_files order by name"),
        ["sheet-contacts|5", "sheet-contacts-2|2", "sheet-contacts-2|1"]
    );
    assert_eq!(
        place.rows("select count(*) from v_leads where remote_id like '%@%'"),
        ["7"]
    );
}

#[test]
fn a_proposal_for_persons_keeps_their_names() {
    let place = Place::new();
    place.write("in/bookings.csv", BOOKINGS);
    let proposal = proposed(&place).remove(0);
    assert_eq!(proposal["columns"]["full_name"][0], "Invitee Name", "{proposal:#}");
    place.read(proposal["configuration"].as_str().unwrap(), "in");
    assert_eq!(
        place.rows("select person from v_leads order by 1"),
        ["Anna Albrecht", "Bert Bohm", "Carl Cohn", "Dora Dietz", "Emil Ernst"]
    );
}

#[test]
fn one_word_beside_a_first_name_is_the_last_name() {
    let people = "Kundennr.,Vorname,Name,E-Mail\nK1,Anna,Albrecht,anna@one.example\n\
                  K2,Bert,Bert Bohm,bert@two.example\n\
                  K3,Eva Maria,Eva Maria Ernst,eva@five.example\n";
    let place = read(&[("people.csv", people)], "");
    assert_eq!(
        place.rows("select person from v_leads order by 1"),
        ["Anna Albrecht", "Bert Bohm", "Eva Maria Ernst"]
    );
    // A customer may be a company.
    let people = "First Name,Customer,Email,Status\nAnna,Acme,anna@one.example,New\n";
    let place = read(&[("people.csv", people)], "");
    assert_eq!(place.rows("select person from v_leads"), ["Anna"]);
}

#[test]
fn a_person_has_no_name_but_a_full_one() {
    let place = Place::new();
    place.write("in/bookings.csv", BOOKINGS);
    let configuration = "[[format]]\nname = \"my-contacts\"\nkind = \"contact\"\n\
                         [format.columns]\nname = \"Invitee Name\"\nemail = \"Invitee Email\"\n";
    place.write("touchstone.toml", configuration);
    let said = crate::binary::errors(&place.run(&["run", "in"]));
    let words = "there is no field \"name\"\nhint: there are: remote_id, first_name";
    assert!(said.contains(words), "{said}");
}

#[test]
fn what_an_invoice_or_a_board_says_makes_no_leads() {
    let board = r#"{"id":"5f","name":"Sales","url":"https://trello.com/b/x",
        "lists":[{"id":"l1","name":"Won"}],"cards":[{"id":"c1","name":"Anna Albrecht - 900 EUR",
        "idList":"l1","desc":"anna@one.example","due":null,"closed":false}]}"#;
    let files = [
        ("board.json", board),
        (
            "invoices.csv",
            "Invoice No,Customer,Email,Due Date,Total,Status\n\
                          1,Anna Albrecht,anna@one.example,2025-03-01,10,Paid\n",
        ),
        ("products.csv", "id,name,price\n1,Basic package,300.00\n"),
        ("tasks.csv", "Name,Status,Due date\nTax return,Open,2025-05-01\n"),
    ];
    let place = read(&files, "");
    assert_eq!(place.rows("select count(*) from v_leads"), ["0"]);
    assert_eq!(
        place.rows("select source_file from v_rejections order by 1"),
        files.map(|(name, _)| format!("in/{name}"))
    );
}

#[test]
fn of_a_company_of_very_many_nobody_can_say_who_bought() {
    let leads = |count: u32| {
        let row = |at| format!("L{at},Ann{at},Albrecht,a{at}@one.example,Big Bank Ltd\n");
        let rows: String = (0..count).map(row).collect();
        format!("Lead ID,First Name,Last Name,Email,Company\n{rows}")
    };
    let deals = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date,Company\n\
                 D1,Kitchen,Won,1000,EUR,2025-03-01,Big Bank Ltd\n";
    let joined = "select count(*) from deal_leads";
    for (count, expected) in [(1_000, "1000"), (1_001, "0")] {
        let place = read(&[("leads.csv", &leads(count)), ("deals.csv", deals)], "");
        assert_eq!(place.rows(joined), [expected]);
        let words =
            "deal D1 (generic)|its company has 1001 leads; joined to none of them";
        assert_eq!(said(&place).contains(words), count == 1_001, "{}", said(&place));
    }
}
