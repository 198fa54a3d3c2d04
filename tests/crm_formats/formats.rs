//! Each sample file against its expectations, and tables in other spellings.

use std::{collections::BTreeMap, fs};

use serde_json::Value;
use touchstone::{
    domain::{AmountKind, DealStatus, LinkKind},
    recognize::{self, Verdict},
};

use super::{Read, read, read_text, read_with, samples, settings, verdict};

/// Decimal text as whole minor units of two digits.
fn minor(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap()
}

fn amounts(value: &Value) -> BTreeMap<String, i64> {
    let code = |name: &str| {
        if name.starts_with("unknown") { "XXX".to_owned() } else { name.to_owned() }
    };
    value
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, text)| (code(name), minor(text.as_str().unwrap())))
        .collect()
}

fn layout_faults(name: &str, want: &Value, read: &Read) -> Vec<String> {
    let mut faults = Vec::new();
    let delimiter = match read.known.layout.delimiter {
        b',' => "comma",
        _ => "semicolon",
    };
    if want["delimiter"].as_str().is_some_and(|want| want != delimiter) {
        faults.push(format!("{name}: delimiter {delimiter}"));
    }
    let encoding = match read.known.layout.encoding.encoding.name() {
        "windows-1252" => "iso-8859-1".to_owned(),
        "windows-1250" => "cp1250".to_owned(),
        name => name.to_lowercase(),
    };
    let wanted = want["encoding"].as_str().map(|name| name.replace(" with BOM", ""));
    // A file without any letter outside ASCII is the same in each.
    let is_plain = fs::read(samples().join(name)).unwrap().is_ascii();
    if wanted.is_some_and(|want| want != encoding && !is_plain) {
        faults.push(format!("{name}: encoding {encoding}"));
    }
    faults
}

fn amount_faults(name: &str, want: &Value, read: &Read) -> Vec<String> {
    let mut faults = Vec::new();
    if want["won_amount"].is_object() {
        let got = read.won(|deal| deal.amount_minor);
        if got != amounts(&want["won_amount"]) {
            faults.push(format!("{name}: won {got:?}"));
        }
    }
    if want["won_loan_amount"].is_object() {
        let got = read.won(|deal| deal.loan_minor);
        if got != amounts(&want["won_loan_amount"]) {
            faults.push(format!("{name}: won loans {got:?}"));
        }
    }
    faults
}

#[test]
fn every_sample_reads_as_expected() {
    let text = fs::read_to_string(samples().join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let mut faults = Vec::new();
    let mut seen = 0;
    for (name, want) in expected["files"].as_object().unwrap() {
        let path = samples().join(name);
        let is_table = path.is_file() && want["columns"] != 0 && !name.contains("ZIP");
        if !is_table || want["format"] == "not recognized" {
            continue;
        }
        seen += 1;
        let mut check = |what: &str, want: Option<u64>, got: u64| {
            if want.is_some_and(|want| want != got) {
                faults.push(format!("{name}: {what} is {got}, not {want:?}"));
            }
        };
        let (_, verdict) = verdict(&path);
        let Verdict::Known(_) = verdict else {
            faults.push(format!("{name}: {verdict:?}"));
            continue;
        };
        let read = read(name);
        check("rows", want["rows"].as_u64(), read.outcome.rows_read);
        check(
            "rejected",
            want["rejected"].as_u64().or(Some(0)),
            read.outcome.rows_rejected,
        );
        check("columns", want["columns"].as_u64(), read.known.layout.header.len() as u64);
        check("won", want["won"].as_u64(), read.status(DealStatus::Won));
        check("lost", want["lost"].as_u64(), read.status(DealStatus::Lost));
        check("open", want["open"].as_u64(), read.status(DealStatus::Open));
        if want["won"].is_u64() {
            check("unknown", Some(0), read.status(DealStatus::Unknown));
        }
        check("deleted", want["deleted"].as_u64(), read.deleted());
        let converted = read.facts.contacts.iter().filter(|one| one.is_converted);
        check("converted", want["converted"].as_u64(), converted.count() as u64);
        if read.known.format.name != want["format"] {
            faults.push(format!(
                "{name}: is {}, not {}",
                read.known.format.name, want["format"]
            ));
        }
        faults.extend(layout_faults(name, want, &read));
        faults.extend(amount_faults(name, want, &read));
        let allowed =
            want["notes"].as_str().is_some_and(|notes| notes.contains("rejected"));
        if !allowed && want["rejected"].is_null() && !read.rejections.is_empty() {
            faults.push(format!("{name}: rejected {:?}", read.rejections));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(seen, 38);
}

#[test]
fn a_hubspot_contact_keeps_what_its_cells_say() {
    let read = read("hubspot/hubspot-crm-exports-all-contacts-2025-02-03.csv");
    let identity = |id| read.identity(id);
    assert_eq!(identity("20101").email, Some("mara@quillfeather.example"));
    assert_eq!(
        read.links("20101", LinkKind::AliasEmail),
        ["m.quillfeather@oldmail.example"]
    );
    assert_eq!(read.links("20101", LinkKind::MergedId), ["20077", "20088"]);
    assert_eq!(identity("20110").email, Some("ruth@abernathy.example"));
    let profile = |id| identity(id).profile;
    assert_eq!(profile("20102"), Some("ivo-brandstaetter-example"));
    assert_eq!(profile("20106"), Some("sunniva-ålgård-example"));
    assert_eq!((profile("20105"), profile("20108")), (None, None));
    let said = |id: &str| -> Vec<(&str, &str)> {
        let contact =
            read.facts.contacts.iter().find(|one| &*one.remote_id == id).unwrap();
        let evidence = read.facts.evidence.iter();
        evidence
            .filter(|one| one.place.line() == contact.place.line())
            .map(|one| (&*one.column, &*one.text))
            .collect()
    };
    let of_ivo = said("20102");
    for pair in [
        ("Original Traffic Source", "Offline Sources"),
        ("Lead source", "Referral"),
        ("How did you hear about us?", "Empfehlung von Mara"),
    ] {
        assert!(of_ivo.contains(&pair), "{pair:?} in {of_ivo:?}");
    }
    // Twins in case are each their own evidence.
    let of_ruth = said("20110");
    assert!(of_ruth.contains(&("Lead Source", "Newsletter")), "{of_ruth:?}");
}

#[test]
fn hubspot_deals_go_by_flags_and_keep_loans_apart() {
    let read = read("hubspot/hubspot-crm-exports-all-deals-2025-02-03.csv");
    assert_eq!(read.deal("40311").amount_minor, Some(-160_000));
    assert_eq!(read.links("40302", LinkKind::ContactId), ["20102", "20106"]);
    assert_eq!(read.deal("40301").loan_minor, Some(52_000_000));
    assert_eq!(read.deal("40307").status, DealStatus::Open);
    assert_eq!(read.deal("40306").amount_minor, None);
    assert_eq!(read.deal("40309").amount_minor, Some(0));
    assert_eq!(read.deal("40304").closed_at, None, "an expected close is no closing day");
}

#[test]
fn salesforce_rows_know_their_ids_amounts_and_deletions() {
    let read = read("salesforce/weekly-export/Opportunity.csv");
    assert_eq!(read.deal("0065g00000Opp02AAB").amount_minor, Some(1_200_053));
    assert_eq!(read.deal("0065g00000Opp09AAB").amount_minor, Some(1_500_000));
    assert_eq!(read.deal("0065g00000Opp01AAB").status, DealStatus::Won);
    assert!(read.outcome.notes.iter().any(|note| note.contains("rounded")));
    let closed_at = read.deal("0065g00000Opp01AAB").closed_at.unwrap();
    assert_eq!(closed_at.text(), "2024-08-15", "a date field is a day");
    let read = self::read("salesforce/weekly-export/Lead.csv");
    assert_eq!(
        read.links("00Q5g00000Lead1EAB", LinkKind::ConvertedDeal),
        ["0065g00000Opp01AAB"]
    );
    assert!(read.links("00Q5g00000Lead2EAB", LinkKind::ConvertedDeal).is_empty());
    let read = self::read("salesforce/report/report1738534320123.csv");
    assert_eq!(read.deal("0065g00000oPp02AAC").status, DealStatus::Lost);
    assert!(
        read.outcome.notes.iter().any(|note| note.starts_with("5 lines of a footer"))
    );
}

#[test]
fn spot_checks_of_the_other_vendors_hold() {
    let pipedrive = read("pipedrive/deals-cs-resaved-by-excel.csv");
    assert_eq!(pipedrive.deal("201").amount_minor, Some(123_456_750));
    let created_at = pipedrive.deal("201").created_at.unwrap();
    assert_eq!(created_at.text(), "2024-12-31T09:05:00Z");
    let dynamics = read("dynamics/opportunities.csv");
    let won = dynamics.deal("8f1d2c3b-0000-4e5f-9a00-000000000101");
    assert_eq!((won.amount_minor, won.currency.code()), (Some(325_000), "AUD"));
    let encompass = read("encompass/pipeline-2025-02-03.csv");
    assert_eq!(encompass.deal("2406000102").status, DealStatus::Open);
    let mara = encompass.identity("2406000101");
    assert_eq!(mara.full_name, Some("Mara Quillfeather"));
    let kind = |read: &Read| read.facts.deals[0].amount_kind;
    assert_eq!(kind(&encompass), AmountKind::Loan);
    let follow_up_boss = read("followupboss/all-people.csv");
    assert_eq!(kind(&follow_up_boss), AmountKind::PropertyPrice);
    let close = read("close/Northpier leads 2025-02-03 09-12.csv");
    assert_eq!(close.deal("lead_Ex1AmpLe01").amount_minor, Some(325_000));
    assert_eq!(close.deal("lead_Ex1AmpLe01").loan_minor, Some(52_000_000));
    let zoho = read("zoho/Deals_2025_02_03.csv");
    assert_eq!(zoho.deal("554023000000520302").status, DealStatus::Won);
    let ruined = read("zoho/Deals_ids_ruined_by_excel.csv");
    assert!(ruined.rejections.iter().all(|one| one.reason.contains("cut the digits")));
}

#[test]
fn a_column_with_both_orders_loses_its_dates_and_keeps_its_deals() {
    let read = read("generic/mixed-date-order.csv");
    assert_eq!((read.facts.deals.len(), read.rejections.len()), (4, 4));
    assert!(read.facts.deals.iter().all(|deal| deal.closed_at.is_none()));
}

#[test]
fn rows_inside_one_cell_are_read_once_more() {
    let read = read("generic/leads-with-collapsed-rows.csv");
    let lines: Vec<u64> =
        read.facts.contacts.iter().map(|one| one.place.line()).collect();
    assert_eq!(lines, [2, 3, 4, 5]);
    assert!(read.outcome.notes.iter().any(|note| note.starts_with("2 rows stood")));
}

#[test]
fn a_web_page_is_no_table() {
    let (_, verdict) = verdict(&samples().join("generic/web-page-saved-as.csv"));
    let Verdict::Refused(reason) = verdict else { panic!("{verdict:?}") };
    assert!(reason.starts_with("a web page"), "{reason}");
}

#[test]
fn subtotals_are_refused_with_the_way_out() {
    let text = "Opportunity Name,Stage,Amount,Opportunity ID\nA,Closed Won,10.00,0065g00000Opp01\n\
                Subtotal,,10.00,\nGrand Total (1 records),,10.00,\n";
    let read = read_text("report.csv", text);
    assert_eq!((read.facts.deals.len(), read.rejections.len()), (1, 2));
    assert!(read.rejections[0].reason.contains("details only"));
}

#[test]
fn a_table_of_nobodys_own_is_read_by_its_words() {
    let check = |text: &str, format: &str, deals: usize, won: &str, minor: i64| {
        let read = read_text("table.csv", text);
        assert_eq!(read.known.format.name, format, "{text}");
        assert_eq!(read.facts.deals.len(), deals, "{text}");
        assert_eq!(read.won(|deal| deal.amount_minor).get(won), Some(&minor), "{text}");
        assert!(read.rejections.is_empty(), "{:?}", read.rejections);
    };
    check(
        "Geschäft;Phase;Betrag;Währung;Abschlussdatum\n\
         A;Gewonnen;1.234,50;EUR;31.12.2024\nB;Verloren;10,00;EUR;30.12.2024\n",
        "generic-deals",
        2,
        "EUR",
        123_450,
    );
    check(
        "Oportunidad,Etapa,Importe,Moneda,Fecha de cierre,Correo electrónico\n\
         A,Ganado,100.00,EUR,2024-12-31,a@b.example\n",
        "generic-deals",
        1,
        "EUR",
        10_000,
    );
    check(
        "opportunity_id,stage,amount,currency,close_date\n1,Won,5.00,USD,2024-12-31\n",
        "generic-deals",
        1,
        "USD",
        500,
    );
}

#[test]
fn hubspot_may_name_its_columns_as_its_interface_does() {
    let text = "hs_object_id,dealname,dealstage,amount,deal_currency_code,closedate,\
                hs_is_closed,hs_is_closed_won,associatedvids\n\
                1,A,x,10.5,EUR,2024-12-31T10:00:00Z,true,true,7\n";
    let read = read_text("deals.csv", text);
    assert_eq!(read.known.format.name, "hubspot-deals");
    assert_eq!(read.won(|deal| deal.amount_minor).get("EUR"), Some(&1050));
    assert_eq!(read.links("1", LinkKind::ContactId), ["7"]);
}

#[test]
fn a_spreadsheet_that_writes_semicolons_writes_its_own_marks() {
    let text = "Record ID;Deal Name;Deal Stage;Amount;Currency;Is Closed Won\n\
                1;A;x;12.000,50;EUR;true\n2;B;x;8000;EUR;true\n";
    let read = read_text("deals.csv", text);
    assert_eq!(read.known.format.name, "hubspot-deals");
    assert_eq!(read.won(|deal| deal.amount_minor).get("EUR"), Some(&2_000_050));
}

#[test]
fn a_record_id_and_a_deal_name_make_no_table_of_zoho() {
    let text = "Record ID,Deal Name,Stage,Amount,Currency,Close Date,Contact Name\n\
                rec1,A,Won,1.500,EUR,2024-04-15,Bob Ray\n\
                rec2,B,Won,\"2.000,50\",EUR,2024-04-15,Bob Ray\n";
    let read = read_text("Deals-Grid view.csv", text);
    assert_eq!(read.known.format.name, "generic-deals");
    assert_eq!(read.won(|deal| deal.amount_minor).get("EUR"), Some(&350_050));
    let text = "Record Id,Deal Name,Amount,Stage,Closing Date\n\
                554023000000520301,A,1.500,Closed Won,2024-08-15\n";
    let read = read_text("Deals.csv", text);
    assert_eq!(read.known.format.name, "zoho-deals");
}

#[test]
fn opportunities_of_close_are_deals_in_hundredths() {
    let text = "id,lead_id,lead_name,contact_id,contact_name,user_id,user_name,value,\
                value_formatted,value_currency,value_period,status_id,status_label,\
                status_type,date_created,date_updated,date_won,date_lost\n\
                oppo_1,lead_a,Ray AG,cont_1,Bob Ray,user_1,Ana,150050,\"$1,500.50\",USD,\
                one_time,stat_1,Sold,won,2024-03-01T10:00:00.000000+00:00,\
                2024-04-01T10:00:00.000000+00:00,2024-04-01,\n\
                oppo_2,lead_a,Ray AG,cont_1,Bob Ray,user_1,Ana,9900,$99 monthly,USD,\
                monthly,stat_2,Active,active,2024-03-05T10:00:00.000000+00:00,\
                2024-04-01T10:00:00.000000+00:00,,\n";
    let read = read_text("Northpier opportunities.csv", text);
    assert_eq!(read.known.format.name, "close-opportunities");
    assert_eq!(read.deal("oppo_1").amount_minor, Some(150_050));
    assert_eq!(read.deal("oppo_1").status, DealStatus::Won);
    assert_eq!(read.deal("oppo_1").closed_at.unwrap().text(), "2024-04-01");
    assert_eq!(read.deal("oppo_2").status, DealStatus::Open);
    assert_eq!(read.links("oppo_1", LinkKind::ContactId), ["cont_1"]);
}

#[test]
fn tables_of_other_makers_are_read_by_their_words() {
    let text = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,\
                close_date,close_value\n\
                1C1I7A6R,Moses Frase,GTX,Cancity,Won,2016-10-20,2017-03-01,1054\n\
                Z063OYW0,Darcel Schlecht,GTX,Isdom,Lost,2016-10-25,2017-03-11,0\n\
                EC4QE1BX,Darcel Schlecht,MG,Cancity,Engaging,2016-11-01,,\n";
    let read = read_text("sales_pipeline.csv", text);
    assert_eq!(read.known.format.name, "generic-deals");
    let count = |status| read.status(status);
    assert_eq!(
        (count(DealStatus::Won), count(DealStatus::Lost), count(DealStatus::Open)),
        (1, 1, 1)
    );
    assert_eq!(read.won(|deal| deal.amount_minor).get("XXX"), Some(&105_400));
    assert!(read.rejections.is_empty(), "{:?}", read.rejections);
    let text = "mql_id,first_contact_date,landing_page_id,origin\n\
                dac32acd,2018-02-01,88740e65,social\n";
    let read = read_text("leads.csv", text);
    assert_eq!(read.known.format.name, "generic-leads");
    let created_at = read.facts.contacts[0].created_at.unwrap();
    assert_eq!(created_at.text(), "2018-02-01");
}

#[test]
fn the_users_own_stages_count_where_no_word_of_the_vendor_does() {
    let text = "Deal,Stage,Amount\nA,Unterschrift da,10.00\nB,Verloren,5.00\n";
    let mut settings = settings();
    assert_eq!(read_text("deals.csv", text).status(DealStatus::Unknown), 1);
    let stage = touchstone::normalize::stage_key("Unterschrift da");
    settings.stages.insert(stage, DealStatus::Won);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.csv");
    fs::write(&path, text).unwrap();
    let read = read_with(&path, &settings);
    assert_eq!((read.status(DealStatus::Won), read.status(DealStatus::Lost)), (1, 1));
}

#[test]
fn deals_without_ids_are_told_apart_by_name_and_count() {
    let text = "Deal,Stage,Amount\nA,Won,10.00\nA,Won,10.00\nB,Won,5.00\n";
    let read = read_text("deals.csv", text);
    let ids: Vec<&str> = read.facts.deals.iter().map(|deal| &*deal.remote_id).collect();
    assert_eq!(ids, ["A", "A #2", "B"]);
}

#[test]
fn every_format_knows_its_own_header() {
    for format in recognize::FORMATS.iter().filter(|format| format.record().is_some()) {
        let header: Vec<String> = format
            .columns
            .iter()
            .map(|column| column.names[0].replace('*', "x"))
            .collect();
        let text = format!("{}\n", header.join(","));
        let scan = touchstone::discover::scan(&mut text.as_bytes()).unwrap();
        match recognize::file(&recognize::Registry::default(), "table.csv", &scan) {
            // A vendor's format that fits wins over one of nobody's own.
            Verdict::Known(known)
                if format.crm().is_generic && !known.format.crm().is_generic => {}
            Verdict::Known(known) => assert_eq!(known.format.name, format.name, "{text}"),
            verdict => panic!("{}: {verdict:?}", format.name),
        }
    }
}

#[test]
fn required_columns_alone_fit_one_format_or_are_said_to_fit_several() {
    let mut wrong = Vec::new();
    for format in recognize::FORMATS.iter().filter(|format| format.record().is_some()) {
        let needs = format.crm().needs.iter().map(|group| group[0]);
        let needed: Vec<_> = needs.collect();
        let header: Vec<&str> = format
            .columns
            .iter()
            .filter(|column| column.is_required || needed.contains(&column.field))
            .map(|column| column.names[0])
            .collect();
        let text = format!("{},anything\n", header.join(","));
        let scan = touchstone::discover::scan(&mut text.as_bytes()).unwrap();
        let fits =
            match recognize::file(&recognize::Registry::default(), "table.csv", &scan) {
                Verdict::Known(known) => known.format.name == format.name,
                Verdict::Ambiguous(names) => names.contains(&format.name),
                _ => false,
            };
        if !fits {
            wrong.push(format!("{}: {text}", format.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn cyrillic_tables_read_in_their_code_page() {
    let text = "Сделка;Стадия;Сумма;Валюта;Дата закрытия\n\
                Пекарня;Выиграно;1 234,50;RUB;31.12.2024\n\
                Мельница;Проиграно;100,00;RUB;30.12.2024\n";
    // Windows-1251 puts the Russian letters in one block.
    let bytes: Vec<u8> = text
        .chars()
        .map(|letter| match letter {
            'А'..='я' => u8::try_from(letter as u32 - 'А' as u32 + 0xc0).unwrap(),
            other => u8::try_from(other as u32).unwrap(),
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.csv");
    fs::write(&path, bytes).unwrap();
    let read = read_with(&path, &settings());
    assert_eq!(read.known.layout.encoding.encoding.name(), "windows-1251");
    assert_eq!(read.won(|deal| deal.amount_minor).get("RUB"), Some(&123_450));
    assert_eq!(read.status(DealStatus::Lost), 1);
}

#[test]
fn of_two_columns_of_one_name_the_first_that_holds_something_counts() {
    let text = "Record ID,Deal Name,Deal Stage,Amount,Amount,Currency,Is Closed Won\n\
                1,A,x,,10.00,EUR,true\n2,B,x,5.00,7.00,EUR,true\n";
    let read = read_text("deals.csv", text);
    assert_eq!(read.won(|deal| deal.amount_minor).get("EUR"), Some(&1500));
    let notes = &read.outcome.notes;
    assert!(notes.iter().any(|note| note.starts_with("1 cell differs")), "{notes:?}");
}

#[test]
fn amounts_of_two_kinds_never_stand_for_one_another() {
    use AmountKind::{Commission, Loan, PropertyPrice, Recurring, Revenue};

    let check = |head: &str, row: &str, kind, minor: Option<i64>, loan: Option<i64>| {
        let text = format!("Deal,Stage,{head}\nA,Won,{row}\n");
        let read = read_text("deals.csv", &text);
        let deal = &read.facts.deals[0];
        assert_eq!(
            (deal.amount_kind, deal.amount_minor, deal.loan_minor),
            (kind, minor, loan)
        );
    };
    check("Amount,Loan Amount", "5.00,900.00", Revenue, Some(500), Some(90_000));
    check("Amount,Loan Amount", ",900.00", Revenue, None, Some(90_000));
    check("Loan Amount", "900.00", Loan, Some(90_000), Some(90_000));
    check("Commission,Loan Amount", "5.00,900.00", Commission, Some(500), Some(90_000));
    check("MRR", "5.00", Recurring, Some(500), None);
    check("Purchase Price", "5.00", PropertyPrice, Some(500), None);
}

#[test]
fn a_report_without_flags_goes_by_the_vendors_two_ends_alone() {
    let text = "Opportunity Name,Account Name,Stage,Amount,Close Date,Opportunity ID\n\
                A,X,Closed Won,1.00,2024-12-31,0065g00000Opp01\n\
                B,X,Settled,1.00,2024-12-31,0065g00000Opp02\n\
                C,X,Settled,1.00,2024-12-31,0065g00000Opp03\n";
    let read = read_text("report.csv", text);
    assert_eq!((read.status(DealStatus::Won), read.status(DealStatus::Unknown)), (1, 2));
    let said = |note: &&String| note.contains("2 deals are at \"Settled\"");
    assert_eq!(read.outcome.notes.iter().filter(said).count(), 1, "once a stage");
}

#[test]
fn a_list_of_engagers_without_its_post_makes_no_leads() {
    let text = "profileUrl,firstName,lastName,company,email,timestamp\n\
                https://www.linkedin.com/in/ada-quill,Ada,Quill,Tellur,a@b.example,2024-01-01\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("result.csv");
    fs::write(&path, text).unwrap();
    let (_, verdict) = verdict(&path);
    assert!(!matches!(verdict, Verdict::Known(_)), "{verdict:?}");
}
