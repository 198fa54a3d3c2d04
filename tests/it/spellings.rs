//! The same facts in many spellings give the same records.

use crate::network::Network;

/// A public data set's columns, with invented rows; amounts and dates are spelled by each
/// test.
const HEADER: [&str; 7] = [
    "opportunity_id",
    "sales_agent",
    "account",
    "deal_stage",
    "engage_date",
    "close_date",
    "close_value",
];

/// Id, stage, the days of both dates, and the amount in hundredths; empty where there is
/// none.
const ROWS: [[&str; 5]; 4] = [
    ["1C1I7A6R", "Won", "2016-10-20", "2017-03-01", "1054050"],
    ["Z063OYW0", "Lost", "2016-10-25", "2017-03-21", "0"],
    ["EC4QE1BX", "Engaging", "2016-11-02", "", ""],
    ["MV1LWRNH", "Won", "2016-12-24", "2017-02-03", "98700"],
];

const EXPECTED: &str = "1C1I7A6R | won | 1054050 | 2016-10-20 | 2017-03-01
EC4QE1BX | open | - | 2016-11-02 | -
MV1LWRNH | won | 98700 | 2016-12-24 | 2017-02-03
Z063OYW0 | lost | 0 | 2016-10-25 | 2017-03-21
";

struct Spelling {
    separator: &'static str,
    header: fn(&str) -> String,
    date: fn([&str; 3]) -> String,
    amount: fn(&str, &str) -> String,
}

/// As it is published.
const PLAIN: Spelling = Spelling {
    separator: ",",
    header: str::to_owned,
    date: |[year, month, day]| format!("{year}-{month}-{day}"),
    amount: |whole, cents| format!("{whole}.{cents}"),
};

impl Spelling {
    fn table(&self) -> String {
        let date = |text: &str| {
            let parts: Vec<&str> = text.split('-').collect();
            parts.try_into().map_or(String::new(), self.date)
        };
        let amount = |text: &str| {
            if text.is_empty() {
                return String::new();
            }
            let padded = format!("{text:0>3}");
            let (whole, cents) = padded.split_at(padded.len() - 2);
            (self.amount)(whole, cents)
        };
        let mut lines = vec![HEADER.map(self.header).join(self.separator)];
        for [id, stage, engaged, closed, hundredths] in ROWS {
            let (engaged, closed) = (date(engaged), date(closed));
            let cells = [id, "Moses Frase", "Cancity", stage, &engaged, &closed];
            let cells = cells.join(self.separator);
            lines.push(format!("{cells}{}{}", self.separator, amount(hundredths)));
        }
        lines.join("\r\n")
    }
}

/// A whole number in groups of three.
fn grouped(whole: &str, mark: &str) -> String {
    let from = whole.len() % 3;
    let (first, rest) = whole.split_at(from);
    let groups = rest.as_bytes().chunks(3).map(|part| std::str::from_utf8(part).unwrap());
    let groups: Vec<&str> =
        [first].into_iter().filter(|part| !part.is_empty()).chain(groups).collect();
    groups.join(mark)
}

fn check(name: &str, table: impl AsRef<[u8]>, rejected: &str) {
    let network = Network::new();
    let path = network.write(name, table);
    network.run(&[path]);
    let deals = "select remote_id, status, amount_minor, created_at, closed_at
        from v_deals order by remote_id";
    assert_eq!(network.query(deals), EXPECTED, "{name}");
    assert_eq!(network.query("select text from v_rejections"), rejected, "{name}");
}

#[test]
fn deals_are_the_same_however_they_are_written() {
    check("plain.csv", PLAIN.table(), "");
    check("mark.csv", format!("\u{feff}{}", PLAIN.table()), "");
    let german = Spelling {
        separator: ";",
        date: |[year, month, day]| format!("{day}.{month}.{year}"),
        amount: |whole, cents| format!("{},{cents}", grouped(whole, ".")),
        ..PLAIN
    };
    check("german.csv", german.table(), "");
    let american = Spelling {
        separator: "\t",
        date: |[year, month, day]| format!("{month}/{day}/{year}"),
        amount: |whole, cents| format!("${}.{cents}", grouped(whole, ",")),
        ..PLAIN
    };
    check("american.txt", american.table(), "");
    let french = Spelling {
        separator: "|",
        date: |[year, month, day]| format!("{day}/{month}/{year}"),
        amount: |whole, cents| format!("{},{cents}\u{a0}€", grouped(whole, "\u{202f}")),
        ..PLAIN
    };
    let wide: Vec<u8> = format!("\u{feff}{}", french.table())
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    check("french.csv", wide, "");
    let swiss = Spelling {
        date: |[year, month, day]| format!("{year}-{month}-{day}T00:00:00Z"),
        amount: |whole, cents| format!("CHF {}.{cents}", grouped(whole, "'")),
        ..PLAIN
    };
    let table = swiss.table();
    let network = Network::new();
    network.run(&[network.write("swiss.csv", table)]);
    assert_eq!(
        network.query(
            "select sum(amount_minor), currency from v_deals where amount_minor > 0"
        ),
        "1152750 | CHF\n"
    );
}

#[test]
fn headers_are_the_same_however_their_words_are_joined() {
    let check = |name: &str, header: fn(&str) -> String| {
        check(name, Spelling { header, ..PLAIN }.table(), "");
    };
    check("upper.csv", str::to_uppercase);
    check("words.csv", |name| name.replace('_', " "));
    check("hyphens.csv", |name| name.replace('_', "-"));
    check("camel.csv", |name| {
        let words = name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]);
        words.collect()
    });
}

#[test]
fn what_stands_around_the_rows_is_no_deal() {
    let table = PLAIN.table();
    check("notes.csv", format!("Sales report\r\n\r\n{table}"), "");
    for word in ["Total", "Gesamt", "Somme", "Suma"] {
        let sum = format!("{word},,,,,,11527.50");
        check("sum.csv", format!("{table}\r\n{sum}\r\n"), &format!("{sum}\n"));
    }
}

#[test]
fn the_currency_that_a_header_names_is_that_of_its_amounts_and_said() {
    let network = Network::new();
    let table = "Opportunity Number,Opportunity Result,Opportunity Amount USD\n\
                 7,Won,1200\n8,Loss,30\n";
    network.run(&[network.write("pipeline.csv", table)]);
    assert_eq!(
        network.query(
            "select remote_id, status, amount_minor, currency from v_deals order by 1"
        ),
        "7 | won | 120000 | USD\n8 | lost | 3000 | USD\n"
    );
    assert_eq!(
        network.query("select text from notes"),
        "2 amounts have the currency that their header names\n"
    );
}

#[test]
fn lines_may_end_with_carriage_returns_alone() {
    let table = PLAIN.table();
    check("old.csv", table.replace("\r\n", "\r"), "");
    check("mixed.csv", table.replacen("\r\n", "\r", 3), "");
    check("notes.csv", format!("Sales report\r\r{}", table.replace("\r\n", "\r")), "");
}

#[test]
fn signs_that_nobody_sees_do_not_change_a_header() {
    let header = |name: &str| format!("\u{200b}{name}\u{feff} *");
    check("unseen.csv", Spelling { header, ..PLAIN }.table(), "");
}

#[test]
fn a_vendors_export_is_known_however_its_headers_are_joined() {
    let network = Network::new();
    let table = "do_not_modify_opportunity,topic,est_revenue,actual_revenue,currency,\
                 actual_close_date,status,created_on\n\
                 8F1D2C3B-0000-4E5F-9A00-000000000101,Loan,\"$3,000.00\",\"$3,250.00\",\
                 Euro,8/15/2024,Won,6/20/2024\n";
    network.run(&[network.write("clean.csv", table)]);
    assert_eq!(
        network.query(
            "select source_system, remote_id, status, amount_minor, currency from v_deals"
        ),
        "dynamics | 8f1d2c3b-0000-4e5f-9a00-000000000101 | won | 325000 | EUR\n"
    );
}

#[test]
fn an_amount_in_another_currency_than_its_header_says_is_rejected() {
    let network = Network::new();
    let table = "Deal ID,Stage,Amount (EUR),Currency\n\
                 1,Won,\"£1,200.00\",\n2,Won,1200.00,GBP\n3,Won,1200.50,EUR\n";
    network.run(&[network.write("deals.csv", table)]);
    assert_eq!(
        network.query("select remote_id, amount_minor, currency from v_deals order by 1"),
        "1 | - | XXX\n2 | - | GBP\n3 | 120050 | EUR\n"
    );
    assert_eq!(
        network.query("select line, reason from v_rejections order by 1"),
        "2 | is in GBP, its header says EUR\n3 | is in GBP, its header says EUR\n"
    );
}

#[test]
fn a_column_that_stands_there_twice_says_nothing_more() {
    let network = Network::new();
    let table = "Deal ID,Stage,Amount,Lead Source,Lead Source\n\
                 1,Won,12.00,LinkedIn,LinkedIn\n2,Won,13.00,,Fair\n";
    network.run(&[network.write("deals.csv", table)]);
    assert_eq!(
        network.query("select text from source_evidence order by 1"),
        "Fair\nLinkedIn\n"
    );
}

/// Four deals under a header of seven columns: id, name, stage, amount, currency, closed,
/// created.
fn deals_under(header: &str, [won, lost]: [&str; 2]) -> String {
    format!(
        "{header}\n\
         71;Harbour refit;{won};12.345,50;EUR;15.04.2024;02.03.2024\n\
         72;Mill Lane;{lost};8000,00;EUR;03.06.2024;13.05.2024\n\
         73;Quay 9;{won};4,50;EUR;30.09.2024;09.08.2024\n"
    )
}

#[test]
fn headers_are_known_in_the_languages_of_exports() {
    for (header, words) in [
        (
            "Deal-Nummer;Name der Verkaufschance;Vertriebsphase;Geschäftswert;\
             Waehrung;Datum des Abschlusses;Angelegt am",
            ["Gewonnen", "Verloren"],
        ),
        (
            "ID del negocio;Nombre de la oportunidad;Etapa;Valor del trato;Moneda;\
             Fecha de cierre del negocio;Fecha de creacion",
            ["Cerrado ganado", "Cerrado perdido"],
        ),
        (
            "Código;Nome do negócio;Situação;Valor total;Moeda do negócio;\
             Data de fechamento;Criado em",
            ["Ganho", "Perdido"],
        ),
        (
            "Numéro d'affaire;Nom de l’affaire;Étape;Chiffre d'affaires;Devise;\
             Clôturé le;Créée le",
            ["Gagné", "Perdu"],
        ),
        (
            "Opp #;Opportunity Title;Pipeline Stage;Deal Amount;Currency ISO Code;\
             Closed Time;Added Time",
            ["Closed Won", "Closed Lost"],
        ),
    ] {
        let network = Network::new();
        network.run(&[network.write("deals.csv", deals_under(header, words))]);
        assert_eq!(
            network.query(
                "select remote_id, name, status, amount_minor, currency, created_at, \
                 closed_at from v_deals order by 1"
            ),
            "71 | Harbour refit | won | 1234550 | EUR | 2024-03-02 | 2024-04-15\n\
             72 | Mill Lane | lost | 800000 | EUR | 2024-05-13 | 2024-06-03\n\
             73 | Quay 9 | won | 450 | EUR | 2024-08-09 | 2024-09-30\n",
            "{header}"
        );
    }
}

#[test]
fn a_vendors_export_may_have_columns_under_usual_names() {
    let network = Network::new();
    let table = "Record ID,Deal Name,Deal Stage,Deal Amount (EUR),Closing Date,Zorb\n\
                 9,Loan,closedwon,1250.00,2024-04-15,a\n";
    network.run(&[network.write("deals.csv", table)]);
    let deals = "select source_system, amount_minor, currency, closed_at from v_deals";
    assert_eq!(network.query(deals), "hubspot | 125000 | EUR | 2024-04-15\n");
    assert_eq!(
        network.query("select text from notes order by 1"),
        "1 amount has the currency that its header names\n\
         no column is known that tells when deals were made; name it in the configuration\n\
         no column is known that tells whose the deals are; name it in the configuration\n\
         nothing is taken from the columns Zorb\n"
    );
}

#[test]
fn a_table_of_deals_is_no_list_of_companies() {
    let network = Network::new();
    let table = "Record ID,Account Name,Name,Status,Deal Size,Currency,Closed On\n\
                 9,Alpha,Loan,Won,1250.00,EUR,2024-04-15\n";
    network.run(&[network.write("deals.csv", table)]);
    assert_eq!(network.query("select format from v_source_files"), "generic-deals\n");
    assert_eq!(network.query("select amount_minor from v_deals"), "125000\n");
}

#[test]
fn deals_and_leads_of_two_crms_that_may_be_one_are_said() {
    let network = Network::new();
    let hubspot = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date\n\
                   9,Quay 9,closedwon,1250.00,EUR,2024-04-15\n";
    let pipedrive = "Deal - ID,Deal - Title,Deal - Value,Deal - Currency,Deal - Status,\
                     Deal - Won time\n\
                     31,Quay 9,1250,EUR,Won,2024-04-15 10:00:00\n\
                     32,Mill,1250,EUR,Won,2024-04-15 10:00:00\n";
    network.run(&[
        network.write("hubspot.csv", hubspot),
        network.write("pipedrive.csv", pipedrive),
    ]);
    assert_eq!(
        network.query("select subject, text from v_ambiguities"),
        "deal 9 (hubspot) | has the amount and day of deal 31 (pipedrive), and its name or \
         person; nothing says that they are one, so both count: [[copy]] in \
         the configuration says that one CRM holds copies of the other\n"
    );
}

#[test]
fn of_exports_that_record_the_same_the_day_in_the_name_the_richer_row_or_a_sentence_tells()
 {
    let header = "Deal ID,Deal Name,Status,Amount,Currency,Close Date";
    let taken = |files: &[(&str, &str)]| {
        let network = Network::new();
        let files = files
            .iter()
            .map(|(name, row)| network.write(name, format!("{header}\n7,Mill,{row}\n")))
            .collect::<Vec<_>>();
        network.run(&files);
        let amount = network.query("select amount_minor from v_deals");
        (amount, network.query("select text from v_ambiguities"))
    };
    let row = |amount: u32| format!("Won,{amount}.00,EUR,2025-01-01");
    // Whichever content has the greater hash.
    for amount in 20..30 {
        let (old, new) = (row(10), row(amount));
        let dated =
            taken(&[("deals-2025-02-28.csv", &new), ("deals-2025-01-31.csv", &old)]);
        assert_eq!(dated, (format!("{amount}00\n"), String::new()));
        let richer = taken(&[("a.csv", &new), ("b.csv", "Won,,EUR,2025-01-01")]);
        assert_eq!(richer, (format!("{amount}00\n"), String::new()));
    }
    let (_, said) = taken(&[("a.csv", &row(10)), ("b.csv", &row(20))]);
    assert!(said.contains("a.csv and ") || said.contains("b.csv and "), "{said}");
    assert!(said.contains("nothing tells which is newer"), "{said}");
    // Two rows of one file are no better.
    let network = Network::new();
    let rows = format!("{header}\n7,Mill,{}\n7,Mill,{}\n", row(10), row(20));
    network.run(&[network.write("a.csv", rows)]);
    let said = network.query("select text from v_ambiguities");
    assert!(
        said.contains("lines 2 and 3 of") || said.contains("lines 3 and 2 of"),
        "{said}"
    );
}

#[test]
fn a_file_of_a_later_day_whose_records_are_older_is_said_where_it_differs() {
    let header = "Deal ID,Deal Name,Status,Amount,Currency,Created";
    let network = Network::new();
    let all = "7,Mill,Won,10.00,EUR,2025-01-01\n8,Quay,Open,5.00,EUR,2025-01-09\n";
    let some = "7,Mill,Won,20.00,EUR,2025-01-01\n";
    network.run(&[
        network.write("deals-2025-01-10.csv", format!("{header}\n{all}")),
        network.write("deals-2025-01-11.csv", format!("{header}\n{some}")),
    ]);
    let said = network.query("select subject, text from v_ambiguities");
    assert!(
        said.starts_with("deal 7 (generic) | amount or status are not the same"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
    // A name without a day says nothing of its own.
    let network = Network::new();
    network.run(&[
        network.write("deals.csv", format!("{header}\n{all}")),
        network.write("deals-2024-12-31.csv", format!("{header}\n{some}")),
    ]);
    assert_eq!(network.count("select count(*) from v_ambiguities"), 0);
}

#[test]
fn a_table_of_persons_is_one_whether_it_calls_them_leads_or_contacts() {
    let network = Network::new();
    let table = "ID de registro;Nombre completo;Correo electrónico;Origen;Estado;\
                 ¿Cómo nos conociste?;Fecha de alta;Teléfono\n\
                 5;Ann Archer;ann@alpha.example;LinkedIn;Nuevo;Una charla;2024-03-02;12\n";
    network.run(&[network.write("personas.csv", table)]);
    assert_eq!(
        network.query(
            "select remote_id, person, created_at, lead_source, self_reported from v_leads"
        ),
        "5 | Ann Archer | 2024-03-02 | LinkedIn | Una charla\n"
    );
}

#[test]
fn deals_without_a_stage_are_no_leads() {
    let network = Network::new();
    let table = "ID,Deal value,Currency,Source,Expected close date\n\
                 7,1250.00,EUR,Web,2024-04-15\n";
    network.run(&[network.write("deals.csv", table)]);
    assert_eq!(network.count("select count(*) from v_leads"), 0);
    let said = network.query("select reason from v_rejections");
    assert!(said.contains("no format fits"), "{said}");
}

#[test]
fn a_flag_called_closed_beside_a_closing_date_takes_no_dates() {
    let network = Network::new();
    let table = "Deal ID,Deal Name,Status,Closed,Close Date,Amount\n\
                 7,Mill,Won,true,2024-04-15,10.00\n";
    network.run(&[network.write("deals.csv", table)]);
    assert_eq!(network.query("select closed_at from v_deals"), "2024-04-15\n");
    assert_eq!(network.query("select count(*) from v_rejections"), "0\n");
}

#[test]
fn what_no_column_of_deals_tells_is_said_though_all_columns_are_known() {
    let network = Network::new();
    let table = "Record ID,Deal Name,Deal Stage,Close Date,Create Date\n\
                 9,Loan,closedwon,2024-04-15 10:00,2024-04-01 10:00\n";
    network.run(&[network.write("deals.csv", table)]);
    let notes = network.query("select text from notes");
    assert!(notes.contains("no column tells what deals are worth"), "{notes}");
}

#[test]
fn an_amount_that_no_vendor_wrote_reads_as_its_column_does() {
    let network = Network::new();
    let table = "Record ID,Deal name,Deal stage,Deal owner,Deal value,Associated company,\
                 Associated people,Created at\n\
                 1,A,Won,Ana,1.500,Ray,Bob,2024-03-01\n\
                 2,B,Won,Ana,\"2.000,50\",Ray,Bob,2024-03-01\n";
    network.run(&[network.write("deals.csv", table)]);
    let deals = "select remote_id, amount_minor from v_deals order by 1";
    assert_eq!(network.query(deals), "1 | 150000\n2 | 200050\n");
}

#[test]
fn a_stage_may_name_its_pipeline_and_lines_of_sums_are_no_deals() {
    let network = Network::new();
    let table = "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date\n\
                 9,Mill,Closed won (Sales Pipeline),Sales Pipeline,10.00,2024-04-15,2024-04-01\n\
                 8,Kiln,Closed lost (Sales Pipeline),Sales Pipeline,5.00,2024-04-15,2024-04-01\n\
                 Totals (2 deals),,,,15.00,,\n\
                 Records: 2,,,,,,\n";
    network.run(&[network.write("deals.csv", table)]);
    let deals = "select remote_id, status from v_deals order by 1";
    assert_eq!(network.query(deals), "8 | lost\n9 | won\n");
    assert_eq!(network.count("select count(*) from v_rejections"), 2);
}

#[test]
fn a_lead_whose_status_nobody_knows_is_open_and_said() {
    let network = Network::new();
    let table = "Lead ID,Name,Email,Lead Status,Created\n\
                 1,Ada Quill,ada@quill.example,Spam,2024-04-01\n\
                 2,Bo Stone,bo@stone.example,New,2024-04-01\n";
    network.run(&[network.write("leads.csv", table)]);
    let notes = network.query("select text from notes");
    let said = "1 lead has a status of which nothing is known, read as open: \"Spam\"";
    assert!(notes.contains(said), "{notes}");
}
