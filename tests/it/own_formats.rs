//! Tables of the user's own, by what the configuration says of them.

use std::fs;

use crate::binary::{Place, errors};

/// A table that no format of the registry fits.
const TABLE: &str = "Vorgang;Objekt;Phase;Erlös;Notartermin;Zuständigkeit
A1;Haus Nord;Beurkundet;1.234,50;03.04.2025;Ina Wolf
A2;Haus Süd;Reserviert;2.000;04.05.2025;Ina Wolf
A3;Haus West;Verloren;3.000;;Ina Wolf
";

const FORMAT: &str = r#"
[[format]]
name = "acme-deals"
kind = "deal"
currency = "EUR"
decimal = "comma"
optional = ["owner"]
[format.columns]
remote_id = "Vorgang"
name = "Objekt"
stage = "Phase"
amount = ["Umsatz", "Erlös"]
closed_at = "Notartermin"
owner = "Betreuer"
[format.stages]
"Beurkundet" = "won"
"Reserviert" = "open"
"#;

impl Place {
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A run over one file under a configuration; what it says of the import.
    pub(crate) fn read(&self, configuration: &str, file: &str) -> String {
        self.write("touchstone.toml", configuration);
        let output = self.run(&["run", file]);
        let said = errors(&output);
        assert!(output.status.success(), "{said}");
        said.lines().find(|line| line.starts_with("import:")).unwrap().to_owned()
    }

    fn deals(&self) -> Vec<String> {
        self.rows(
            "select source_system, remote_id, name, status, amount_minor, currency,
                amount_kind, closed_at
            from v_deals order by remote_id",
        )
    }
}

#[test]
fn a_table_of_the_users_own_is_read_as_the_configuration_says() {
    let place = Place::new();
    place.write("own.csv", TABLE);
    place.read(FORMAT, "own.csv");
    assert_eq!(
        place.deals(),
        [
            "acme|A1|Haus Nord|won|123450|EUR|revenue|2025-04-03",
            "acme|A2|Haus Süd|open|200000|EUR|revenue|-",
            "acme|A3|Haus West|lost|300000|EUR|revenue|-",
        ]
    );
    assert_eq!(
        place.rows("select format, rows_read, rows_rejected from v_source_files"),
        ["acme-deals|3|0"]
    );
}

#[test]
fn a_column_that_is_not_optional_is_needed() {
    let place = Place::new();
    place.write("own.csv", &TABLE.replace("Notartermin", "Termin"));
    let said = place.read(FORMAT, "own.csv");
    assert!(said.contains(" 1 rejected"), "{said}");
    assert_eq!(
        place.rows("select reason from v_rejections"),
        ["no format fits; the nearest is acme-deals, which lacks: Notartermin; \
          `touchstone inspect` of the file proposes one, where its columns tell"]
    );
}

#[test]
fn a_file_is_read_anew_where_the_configuration_of_its_format_changed_and_only_then() {
    let place = Place::new();
    place.write("in/own.csv", TABLE);
    place.write(
        "in/other.csv",
        "post,theme\nurn:li:activity:7424567489747591168,promotion\n",
    );
    place.read(FORMAT, "in");
    let again = place.read(FORMAT, "in");
    assert!(again.contains("0 files read, 2 unchanged"), "{again}");
    let changed = FORMAT.replace(r#""Reserviert" = "open""#, r#""Reserviert" = "won""#);
    let said = place.read(&changed, "in");
    assert!(said.contains("1 file read, 1 unchanged"), "{said}");
    let fresh = Place::new();
    fresh.write("own.csv", TABLE);
    fresh.read(&changed, "own.csv");
    assert_eq!(place.deals(), fresh.deals());
    assert_eq!(place.deals().len(), 3);
}

#[test]
fn a_file_goes_to_another_format_as_a_whole() {
    let place = Place::new();
    let table = "Deal ID,Stage,Amount,Umsatz\n1,Won,10,70\n";
    place.write("own.csv", table);
    place.read("", "own.csv");
    assert_eq!(place.deals(), ["generic|1|-|won|1000|XXX|revenue|-"]);
    let own = r#"
        [[format]]
        name = "acme-deals"
        kind = "deal"
        columns = { remote_id = "Deal ID", stage = "Stage", amount = "Umsatz" }
    "#;
    place.read(own, "own.csv");
    assert_eq!(place.deals(), ["acme|1|-|won|7000|XXX|revenue|-"]);
    place.read("", "own.csv");
    assert_eq!(place.deals(), ["generic|1|-|won|1000|XXX|revenue|-"]);
}

#[test]
fn what_was_read_by_a_format_that_is_gone_is_taken_out_and_that_is_said() {
    let place = Place::new();
    place.write("own.csv", TABLE);
    place.read(FORMAT, "own.csv");
    place.read("", "own.csv");
    assert!(place.deals().is_empty());
    let reasons = place.rows("select reason from v_rejections");
    assert_eq!(reasons.len(), 1);
    assert!(
        reasons[0]
            .ends_with("; what was read of it under another configuration is taken out"),
        "{reasons:?}"
    );
    assert!(place.soundness().starts_with("ok, dangling: false"));
}

#[test]
fn two_formats_that_fit_alike_are_told_with_both_names() {
    let place = Place::new();
    place.write("own.csv", TABLE);
    place.read(&format!("{FORMAT}{}", FORMAT.replace("acme", "other")), "own.csv");
    assert_eq!(
        place.rows("select reason from v_rejections"),
        ["several formats fit alike: acme-deals, other-deals"]
    );
    // One that says more of the table fits better.
    let more = FORMAT.replace("optional", "ignored = [\"Zuständigkeit\"]\noptional");
    place.read(&format!("{FORMAT}{}", more.replace("acme", "other")), "own.csv");
    assert_eq!(place.rows("select format from v_source_files"), ["other-deals"]);
}

#[test]
fn a_table_that_usual_formats_fit_alike_is_read_by_the_format_that_is_proposed() {
    let place = Place::new();
    place.write(
        "sheet.csv",
        "Name,Email,Phone,Source,Status,Deal Value,Date\n\
         Ada Byron,ada@byron.example,,LinkedIn,Won,12000.00,2025-03-01\n",
    );
    let path = place.path("sheet.csv");
    let said = place.command(&["inspect", path.to_str().unwrap()]).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(
        said.contains("several formats fit alike: generic-deals, generic-leads; "),
        "{said}"
    );
    let (_, proposal) = said.split_once("\n\n").unwrap();
    place.read(proposal, "sheet.csv");
    assert_eq!(
        place.rows("select status || ' ' || amount_minor from v_deals"),
        ["won 1200000"]
    );
}

#[test]
fn every_kind_of_record_can_be_told() {
    let check = |kind: &str, columns: &str, table: &str, sql: &str, expected: &[&str]| {
        let place = Place::new();
        place.write("own.csv", table);
        let text = format!(
            "[[format]]\nname = \"x-y\"\nkind = \"{kind}\"\ncolumns = {{{columns}}}"
        );
        place.read(&text, "own.csv");
        assert_eq!(place.rows(sql), expected, "{kind}");
        assert_eq!(place.rows("select count(*) from v_rejections"), ["0"], "{kind}");
    };
    let leads = "select source_system, remote_id, person, lead_source from v_leads";
    let person = r#"remote_id = "Nr", full_name = "Wer", rep_entered_source = "Woher""#;
    let table = "Nr,Wer,Woher\n7,Ada Quill,LinkedIn\n";
    check("lead", person, table, leads, &["x|7|Ada Quill|LinkedIn"]);
    check("contact", person, table, leads, &["x|7|Ada Quill|LinkedIn"]);
    check(
        "contact-with-deal",
        r#"remote_id = "Nr", full_name = "Wer", stage = "Stand", loan_amount = "Summe""#,
        "Nr,Wer,Stand,Summe\n7,Ada Quill,won,5000\n",
        "select remote_id, status, amount_minor, amount_kind from v_deals",
        &["7|won|500000|loan"],
    );
    check(
        "account",
        r#"remote_id = "Nr", name = "Haus""#,
        "Nr,Haus\n7,Quill & Co\n",
        "select remote_id, name from accounts",
        &["7|Quill & Co"],
    );
    let post = "https://www.linkedin.com/feed/update/urn:li:activity:7424567489747591168";
    check(
        "post",
        r#"post_url = "Wo", reactions = "Herzen""#,
        &format!("Wo,Herzen\n{post},12\n"),
        "select post_urn, reactions from v_posts",
        &["urn:li:activity:7424567489747591168|12"],
    );
    check(
        "engager",
        r#"post_url = "Wo", full_name = "Wer", profile_url = "Seite""#,
        &format!(
            "Wo,Wer,Seite\n{post},Ada Quill,https://www.linkedin.com/in/ada-quill\n"
        ),
        "select count(*) from engagements",
        &["1"],
    );
    check(
        "label",
        r#"post = "Wo", theme = "Was""#,
        &format!("Wo,Was\n{post},promotion\n"),
        "select theme from labels",
        &["promotion"],
    );
}

#[test]
fn amounts_dates_and_names_read_as_the_format_says() {
    let place = Place::new();
    place.write(
        "own.csv",
        "Ref,Sum,When,At\n1,1234,03/04/2025,2025-06-01 23:30\n2,50,05/06/2025,\n",
    );
    let text = r#"
        [[format]]
        name = "x-deals"
        kind = "deal"
        amount-kind = "commission"
        cents = true
        currency = "usd"
        date-order = "mdy"
        time-zone = "America/New_York"
        otherwise = "won"
        [format.columns]
        remote_id = "Ref"
        amount = "Sum"
        closed_at = "When"
        created_at = "At"
    "#;
    place.read(text, "own.csv");
    assert_eq!(
        place.rows(
            "select remote_id, status, amount_minor, currency, amount_kind, created_at,
                closed_at
            from v_deals order by remote_id"
        ),
        [
            "1|won|1234|USD|commission|2025-06-02T03:30:00Z|2025-03-04",
            "2|won|50|USD|commission|-|2025-05-06",
        ]
    );
}

#[test]
fn deals_whose_stage_tells_nothing_stand_as_the_format_says() {
    let place = Place::new();
    place.write("own.csv", "Ref,Step\n1,Somewhere\n");
    for status in ["open", "lost", "unknown"] {
        let text = format!(
            "[[format]]\nname = \"x-deals\"\nkind = \"deal\"\notherwise = \"{status}\"\n\
             [format.columns]\nremote_id = \"Ref\"\nstage = \"Step\"\n"
        );
        place.read(&text, "own.csv");
        assert_eq!(place.rows("select status from v_deals"), [status]);
    }
}

#[test]
fn headers_of_the_users_own_join_those_of_a_format() {
    let place = Place::new();
    place.write("in/generic.csv", "Deal ID,Stage,Honorar,Stadt\n1,Won,10,Ulm\n");
    place.write(
        "in/vendor.csv",
        "Record ID,Deal Name,Deal Stage,Kreditsumme\n2,Haus,closedwon,20\n",
    );
    let text = r#"
        currency = "EUR"
        [columns]
        amount = "honorar"
        [columns.hubspot-deals]
        loan_amount = ["Kredit", "Kreditsumme"]
    "#;
    place.read(text, "in");
    assert_eq!(
        place.deals(),
        ["generic|1|-|won|1000|EUR|revenue|-", "hubspot|2|Haus|won|2000|EUR|loan|-",]
    );
}

#[test]
fn tables_of_the_run_before_are_not_read() {
    let place = Place::new();
    place.write("own.csv", TABLE);
    place.read(FORMAT, ".");
    let (deals, leads) = (place.deals(), place.rows("select * from v_leads"));
    let said = place.read(FORMAT, ".");
    assert!(said.contains("0 files read, 1 unchanged"), "{said}");
    assert_eq!(place.deals(), deals);
    assert_eq!(place.rows("select * from v_leads"), leads);
    let tables = place.rows(
        "select source_file from v_rejections where source_file like '%touchstone-report/%'",
    );
    assert!(tables.is_empty(), "{tables:?}");
}

/// Inspects a table that no format fits, puts what is proposed into the configuration, and
/// reads the table by it.
fn check_proposal(name: &str, table: &[u8], sql: &str, expected: &[&str]) {
    let place = Place::new();
    fs::write(place.path(name), table).unwrap();
    let said = place.run(&["inspect", name, "--format", "json"]).stdout;
    let said: serde_json::Value = serde_json::from_slice(&said).unwrap();
    let proposal = &said[0]["proposal"];
    assert!(proposal.is_object(), "{name}: {said:#}");
    let configuration = proposal["configuration"].as_str().unwrap();
    let shown = String::from_utf8(place.run(&["inspect", name]).stdout).unwrap();
    assert!(shown.contains(configuration), "{shown}");
    place.read(configuration, name);
    let format = proposal["name"].as_str().unwrap();
    assert_eq!(
        place.rows("select format from v_source_files"),
        [format],
        "{name}: {configuration}"
    );
    assert_eq!(place.rows(sql), expected, "{name}: {configuration}");
}

#[test]
fn a_proposed_format_reads_the_table_as_it_stands() {
    let deals =
        "select remote_id, status, amount_minor, closed_at from v_deals order by 1";
    let table = "Vorgang;Projekt;Projektstand;Volumen netto;Abschluss am
P-1;Haus Nord;gewonnen;1.234,50;24.05.2025
P-2;Haus West;verloren;2.000,00;03.04.2025
";
    let expected = ["P-1|won|123450|2025-05-24", "P-2|lost|200000|2025-04-03"];
    check_proposal("projekte.csv", table.as_bytes(), deals, &expected);
    let wide: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_proposal("wide.csv", &[&[0xff, 0xfe], &wide[..]].concat(), deals, &expected);
    let below = format!("Bericht vom 1. Juni\n\n{table}");
    check_proposal("below.csv", below.as_bytes(), deals, &expected);
    check_proposal(
        "people.csv",
        b"Wer,Kontakt per,Profil\nAda Quill,ada@quill.example,linkedin.com/in/ada\n",
        "select remote_id, profile from v_leads",
        &["ada@quill.example|ada"],
    );
    check_proposal(
        "hearts.csv",
        b"Beitrag,Mensch\nurn:li:activity:7424567489747591168,linkedin.com/in/ada\n",
        "select count(*) from engagements",
        &["1"],
    );
    check_proposal(
        "sales.json",
        br#"[{"ref":"a","prize":"12.50","outcome":"won"},{"ref":"b","prize":"1.25","outcome":"lost"}]"#,
        "select remote_id, status, amount_minor from v_deals order by 1",
        &["a|won|1250", "b|lost|125"],
    );
}

#[test]
fn a_proposed_format_is_safe_whatever_stands_in_the_table() {
    check_proposal(
        "odd \"name\"\u{202e}.csv",
        "\"a \"\"b\"\" \\ id\",\"line\nbreak amount\",[Stage*],\u{202e}turned\n\
         x1,12.50,won,\"]\n[[format]]\"\nx2,1.25,lost,\u{7}\n"
            .as_bytes(),
        "select remote_id, amount_minor, status from v_deals order by 1",
        &["x1|1250|won", "x2|125|lost"],
    );
}

#[test]
fn where_nothing_can_be_guessed_that_is_said() {
    let place = Place::new();
    place.write("weather.csv", "station,temp\nS1,12.5\nS2,11.5\n");
    let shown = String::from_utf8(place.run(&["inspect", "weather.csv"]).stdout).unwrap();
    assert!(shown.contains("no format can be guessed"), "{shown}");
    assert!(!shown.contains("[[format]]"), "{shown}");
}

#[test]
fn a_first_row_that_is_no_header_is_said() {
    let place = Place::new();
    let rows = "100,Windrose Systems,179500.00,Closed Lost,2015-08-14,2022-03-21\n\
                104,Megamall Fire,420.00,Closed Won,2015-08-14,2020-05-29\n\
                108,Mobil Tech,800.00,Closed Won,2015-10-08,2015-10-09\n\
                112,Quay and Sons,950.50,Closed Lost,2015-11-02,2015-12-09\n";
    let inspected = |table: &str| {
        place.write("dump.csv", table);
        String::from_utf8(place.run(&["inspect", "dump.csv"]).stdout).unwrap()
    };
    let shown = inspected(rows);
    assert!(shown.contains("# No row reads like a header"), "{shown}");
    let shown = inspected(&format!("key,called,worth,ended,began,touched\n{rows}"));
    assert!(shown.contains("[[format]]"), "{shown}");
    assert!(!shown.contains("No row reads like a header"), "{shown}");
}
