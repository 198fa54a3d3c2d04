use super::*;

/// What is proposed for a table, as its configuration.
fn proposed(table: &str) -> Option<String> {
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let mut lines = table.lines();
    let header = cells(lines.next().unwrap());
    let rows: Vec<_> = lines.map(cells).collect();
    let name = ("table.csv", "table.csv");
    let proposal = format(&Registry::default(), name, &header, &rows);
    proposal.map(|proposal| proposal.text)
}

fn check(table: &str, has: &[&str], lacks: &[&str]) {
    let text = proposed(table).unwrap_or_default();
    for line in has {
        assert!(text.lines().any(|one| one.starts_with(line)), "{line}: {text}");
    }
    for line in lacks {
        assert!(!text.lines().any(|one| one.starts_with(line)), "{line}: {text}");
    }
}

#[test]
fn a_profile_is_no_comment() {
    let table = "Name,LinkedIn URL,Post URL\n\
        Bob Ray,https://www.linkedin.com/in/bobray,\
        https://www.linkedin.com/feed/update/urn:li:share:7169239941121234567\n";
    check(table, &["profile_url = \"LinkedIn URL\"", "post_url"], &["comment_url"]);
}

#[test]
fn what_measures_or_repeats_is_neither_id_nor_name() {
    let pivot = "Stage,Count,Sum of Amount\nWon,2,300\nLost,1,100\n";
    check(pivot, &[], &["remote_id"]);
    let bank: String = (0..12).fold("age;contact".replace(';', ","), |text, at| {
        format!("{text}\n{},{}", 90 - 3 * at, ["cellular", "telephone"][at % 2])
    });
    check(&bank, &[], &["remote_id", "full_name"]);
}

#[test]
fn a_stage_is_one_before_a_status_and_a_deal_is_no_country() {
    let table: String = (0..8).fold(
        "Organization,Country,Status,Stage,Deal Value,Actual close date".to_owned(),
        |text, at| {
            let stage = ["Won", "Lost"][at % 2];
            let status = ["Customer", "Disqualified"][at % 2];
            format!("{text}\nOrg {at},Italy,{status},{stage},{}.50,2024-03-31", 100 + at)
        },
    );
    let has = ["stage = \"Stage\"", "amount = \"Deal Value\"", "name = \"Organization\""];
    check(&table, &has, &["name = \"Country\"", "remote_id"]);
}

#[test]
fn a_day_that_is_foreseen_is_no_closing_day() {
    let table = "deal_id,status,amount,expected_close_on\n\
        D1,Open,12.50,2026-05-31\nD2,Won,13.50,2026-06-30\n";
    check(table, &["amount = \"amount\""], &["closed_at", "# closed_at"]);
}

#[test]
fn words_for_a_stage_are_few_in_whatever_case_they_stand() {
    let table: String = (0..12).fold("deal_id,state,worth".to_owned(), |text, at| {
        let state = ["Open", " OPEN ", "open", "Won", "WON", "won", "Lost", "lost "];
        format!("{text}\nD{at},{},{}.50", state[at % 8], 100 + at)
    });
    check(&table, &["status = \"state\""], &[]);
}

#[test]
fn counts_and_marks_are_no_money() {
    let table: String =
        (0..6).fold("deal_id,outcome,calls_amount,quote_price".to_owned(), |text, at| {
            let outcome = ["won", "lost"][at % 2];
            format!("{text}\nD{at},{outcome},{at},{}.90", 20 + at)
        });
    check(&table, &["amount = \"quote_price\""], &["amount = \"calls_amount\""]);
    let marks = "id,stage,rating\nS1,won,4.4\nS2,lost,4.5\nS3,lost,3.9\n";
    check(marks, &[], &["amount"]);
}

#[test]
fn a_log_without_persons_is_none_of_leads() {
    let log: String =
        (0..6).fold("email_id,deal_id,sent_at,response_status".to_owned(), |text, at| {
            let status = ["Responded", "Silent"][at % 2];
            format!("{text}\nE{at},A{at},2026-01-0{},{status}", at + 1)
        });
    assert_eq!(proposed(&log), None);
    let leads = log.replace("email_id,deal_id", "lead_number,deal_id");
    check(&leads, &["kind = \"lead\""], &[]);
}

#[test]
fn a_deals_title_is_no_persons_name() {
    let table = "Deal Title,Amount,Client Email\nRoof job,50000,buyer@x.example\n";
    check(table, &[], &["name = \"Deal Title\""]);
}

#[test]
fn a_list_inside_a_record_tells_no_record() {
    let table = "data/0/id,data/0/stage,data/0/amount\n1,won,5.50\n2,lost,6.50\n";
    assert_eq!(proposed(table), None);
}

#[test]
fn ids_and_names_are_neither_days_nor_kinds() {
    let bank = "Details,Booked,Text,Amount,Balance\n\
        CREDIT,02.05.2025,WIRE_INCOMING,21125.00,30000.00\n\
        DEBIT,05.05.2025,CARD,-4.50,29995.50\n\
        DEBIT,06.05.2025,CARD,-5.50,29990.00\n\
        DEBIT,End of list,CARD,,\n";
    assert_eq!(proposed(bank), None);
    let jobs = "Kennzeichen,Text,Betrag,Ende\nA-17,Dach,500.50,02.05.2025\n";
    check(jobs, &["remote_id = \"Kennzeichen\""], &[]);
}

#[test]
fn amounts_in_a_currency_are_those_of_deals_in_any_language() {
    let table = "거래 ID,거래명,이메일,단계,금액,통화,생성일,마감일\n\
        D1,Roof,ann@a.example,수주,1000.50,EUR,2025-01-10,2025-03-10\n\
        D2,Door,bob@b.example,실주,2000.50,EUR,2025-01-11,2025-03-11\n";
    let has = ["kind = \"deal\"", "amount = \"금액\"", "currency = \"통화\""];
    check(table, &has, &["# currency"]);
    let people = table.replace("통화", "나라").replace("EUR", "KOR");
    check(&people, &["kind = \"contact\""], &["currency"]);
}

#[test]
fn a_person_stands_for_a_deal_without_a_name() {
    let table = "Client Name,Client Email,Phone,Loan Amount,Loan Status,Created\n\
        Ann Alpha,ann@a.example,+44 20 7946 0000,300000,Settled,2025-01-20\n\
        Bob Beta,bob@b.example,+44 20 7946 0001,200000,Lost,2025-01-21\n";
    let has = ["kind = \"contact-with-deal\"", "loan_amount", "full_name", "phone"];
    check(table, &has, &[]);
    let named = table.replace("Phone", "Deal Name");
    check(&named, &["kind = \"deal\"", "name = \"Deal Name\""], &[]);
}

#[test]
fn a_deal_that_names_its_buyer_is_one_before_a_person() {
    let table = "Deal Name,Amount,Close Date,Contact Name,Contact Email,Contact Phone\n\
        Roof,500,2025-03-01,Ann Alpha,ann@a.example,512-555-0147\n";
    check(table, &["kind = \"deal\"", "contact_emails", "closed_at"], &["remote_id"]);
    let person = table.replace("Deal Name", "Notes");
    check(&person, &["kind = \"contact-with-deal\"", "closed_at"], &["remote_id"]);
    let order = "Order#,Date,Customer Name,Email,Status,Phone Number,Total\n\
        #1001,2025-03-01,Ann Alpha,ann@a.example,Paid,512-555-0147,12.50\n";
    check(order, &["kind = \"contact-with-deal\"", "status", "amount"], &["lead_status"]);
}

#[test]
fn things_are_not_proposed_as_persons() {
    for table in [
        "SKU,Name,Description,Price\nS1,Mug 1,nice,5.50\nS2,Mug 2,nice,6.50\n",
        "Card ID,Card Name,Due Date\n5f1a,call 1,2025-03-01\n5f1b,call 2,2025-03-02\n",
        "Task ID,Name,Assignee,Assignee Email\n\
         121,do 1,Kim,kim@x.example\n122,do 2,Kim,kim@x.example\n",
        "ID,Title,Status,Creator,Created\n\
         E1,fix 1,Todo,kim@x.example,2025-03-01\nE2,fix 2,Done,kim@x.example,2025-03-02\n",
        "Date,Client,Hours,First Name,Last Name\n2025-03-01,One GmbH,1.5,Kim,Lee\n",
        "Invoice No,Customer,Email,Phone,Due date,Status\n\
         R7,Ann Alpha,ann@a.example,+44 20 7946 0000,2025-03-01,Sent\n",
        "Ticket ID,First Name,Last Name,Email,Subject,Status\n\
         T7,Ann,Alpha,ann@a.example,Help,Waiting\n",
    ] {
        let text = proposed(table).unwrap_or_default();
        let is_person = |kind: &&&str| text.contains(&format!("kind = \"{kind}\""));
        assert_eq!(["lead", "contact"].iter().find(is_person), None, "{text}");
    }
    let cards = "Name,User ID\nAnn Alpha,u71\nBob Beta,u72\n";
    check(cards, &["kind = \"contact\"", "full_name = \"Name\""], &[]);
    let attendees = "Order no.,First Name,Last Name,Email,Total paid\n\
                     7a,Ann,Alpha,ann@a.example,5.50\n";
    check(attendees, &["kind = \"contact\"", "email"], &[]);
    let called = "Ticket ID,Name,Email,Phone,Checked in\n\
                  T7,Ann Alpha,ann@a.example,+44 20 7946 0000,yes\n";
    check(called, &["kind = \"contact\"", "phone = \"Phone\""], &[]);
}

#[test]
fn a_part_of_a_name_is_no_deals_and_a_size_is_no_company() {
    let table = "First Name,Last Name,Email,Amount,Currency,Status,Closed\n\
        Ann,Alpha,ann@a.example,10.50,EUR,won,2025-03-01\n\
        Bob,Beta,bob@b.example,20.50,EUR,lost,2025-03-02\n";
    let has = ["kind = \"contact-with-deal\"", "first_name", "amount", "currency"];
    check(table, &has, &["name = \"First"]);
    let french = table.replace("First Name,Last Name", "Nom,Prénom");
    let has = ["kind = \"contact-with-deal\"", "last_name = \"Nom\""];
    check(&french, &has, &["name = \"Nom"]);
    let form =
        "Full name,Work email,Company size\nAnn Alpha,ann@a.example,11-50 people\n";
    check(form, &["email = \"Work email\""], &["company"]);
}

#[test]
fn a_phone_has_digits() {
    let table = "First Name,Last Name,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n\
        Ann,Alpha,ann@a.example,Mobile,+44 20 7946 0000\n";
    check(table, &["phone = \"Phone 1 - Value\""], &[]);
}

#[test]
fn a_format_for_a_sheet_is_called_by_its_workbook() {
    let header = ["Your name", "Your mail"].map(str::to_owned);
    let rows = [["Ann Alpha", "ann@a.example"].map(str::to_owned).to_vec()];
    let name = ("in/webinar.xlsx/Sheet", "in/webinar.xlsx");
    let proposal = format(&Registry::default(), name, &header, &rows).unwrap();
    assert_eq!(proposal.own.name, "webinar-contacts");
    assert!(proposal.text.starts_with("# in/webinar.xlsx/Sheet: guessed"));
}
