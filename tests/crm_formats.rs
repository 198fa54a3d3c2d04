//! Exports of CRMs read as what they say: every sample file against its expectations, and
//! whole imports of several exports of one truth.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail a test"
)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use jiff::tz::TimeZone;
use serde_json::Value;
use touchstone::{
    discover::{self, Limits},
    domain::{
        AmountKind, DealBasis, DealStatus, DealSummary, Facts, LinkKind, Rejection,
        StatementKind,
    },
    normalize::{self, Outcome, Settings},
    pipeline::{self, Import},
    recognize::{self, Known, Verdict},
    resolve::{self, Resolved},
    store::Store,
};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats/crm")
}

fn settings() -> Settings {
    Settings {
        zone: TimeZone::UTC,
        date_order: None,
        currency: None,
        stages: BTreeMap::new(),
    }
}

/// What reading one file gives.
struct Read {
    known: Box<Known>,
    outcome: Outcome,
    facts: Facts,
    rejections: Vec<Rejection>,
}

fn verdict(path: &Path) -> (discover::Source, Verdict) {
    let source = discover::Source::Path(path.to_path_buf());
    let scan = discover::scan(&mut fs::File::open(path).unwrap()).unwrap();
    let verdict = recognize::file(&path.display().to_string(), &scan);
    (source, verdict)
}

fn read_path(path: &Path) -> Read {
    let (source, verdict) = verdict(path);
    let Verdict::Known(known) = verdict else {
        panic!("{}: {verdict:?}", path.display())
    };
    let (mut facts, mut rejections) = (Facts::default(), Vec::new());
    let mut emit = |batch: normalize::Batch| {
        facts.identities.extend(batch.facts.identities);
        facts.accounts.extend(batch.facts.accounts);
        facts.contacts.extend(batch.facts.contacts);
        facts.deals.extend(batch.facts.deals);
        facts.links.extend(batch.facts.links);
        facts.statements.extend(batch.facts.statements);
        facts.evidence.extend(batch.facts.evidence);
        rejections.extend(batch.rejections);
    };
    let settings = settings();
    let outcome =
        normalize::file(&source, Limits::default(), &known, 1, &settings, &mut emit)
            .unwrap();
    Read { known, outcome, facts, rejections }
}

fn read(name: &str) -> Read {
    read_path(&samples().join(name))
}

/// Reads a table that is not on disk yet.
fn read_text(name: &str, text: &str) -> Read {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    read_path(&path)
}

impl Read {
    fn status(&self, status: DealStatus) -> u64 {
        self.facts.deals.iter().filter(|deal| deal.status == status).count() as u64
    }

    fn deleted(&self) -> u64 {
        let is_deletion = |kind| kind == StatementKind::Deleted;
        self.facts.statements.iter().filter(|one| is_deletion(one.kind)).count() as u64
    }

    fn won(
        &self,
        amount: impl Fn(&touchstone::domain::Deal) -> Option<i64>,
    ) -> BTreeMap<String, i64> {
        let mut sums = BTreeMap::new();
        for deal in self.facts.deals.iter().filter(|deal| deal.status == DealStatus::Won)
        {
            if let Some(minor) = amount(deal) {
                *sums.entry(deal.currency.code().to_owned()).or_default() += minor;
            }
        }
        sums
    }

    fn deal(&self, id: &str) -> &touchstone::domain::Deal {
        let mut deals = self.facts.deals.iter();
        deals
            .find(|deal| &*deal.remote_id == id)
            .unwrap_or_else(|| panic!("no deal {id}"))
    }

    fn identity(&self, id: &str) -> &touchstone::domain::Identity {
        let mut contacts = self.facts.contacts.iter();
        let contact = contacts.find(|one| &*one.remote_id == id).unwrap();
        let mut identities = self.facts.identities.iter();
        &identities.find(|(id, _)| *id == contact.identity).unwrap().1
    }

    fn links(&self, id: &str, kind: LinkKind) -> Vec<&str> {
        let deals = self.facts.deals.iter().map(|one| (&*one.remote_id, one.place));
        let contacts = self.facts.contacts.iter().map(|one| (&*one.remote_id, one.place));
        let mut records = contacts.chain(deals);
        let place = records.find(|(own, _)| *own == id).unwrap().1;
        let links = self.facts.links.iter();
        links
            .filter(|link| link.place == place && link.kind == kind)
            .map(|link| &*link.text)
            .collect()
    }
}

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
    assert_eq!(identity("20101").email.as_deref(), Some("mara@quillfeather.example"));
    assert_eq!(
        read.links("20101", LinkKind::AliasEmail),
        ["m.quillfeather@oldmail.example"]
    );
    assert_eq!(read.links("20101", LinkKind::MergedId), ["20077", "20088"]);
    assert_eq!(identity("20110").email.as_deref(), Some("ruth@abernathy.example"));
    let profile = |id| identity(id).profile.as_deref();
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
    assert_eq!(mara.full_name.as_deref(), Some("Mara Quillfeather"));
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

/// Imports paths below the samples, and joins what they hold.
fn joined(paths: &[&str]) -> Resolved {
    let paths: Vec<PathBuf> = paths.iter().map(|path| samples().join(path)).collect();
    joined_paths(&paths)
}

fn joined_paths(paths: &[PathBuf]) -> Resolved {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("test.db")).unwrap();
    let run_id = store.begin_run(jiff::Timestamp::UNIX_EPOCH, "test").unwrap();
    let inspection = pipeline::inspect(paths, Limits::default(), &|_| ()).unwrap();
    let settings = settings();
    let import = Import {
        store: &store,
        run_id,
        settings: &settings,
        limits: Limits::default(),
        threads: 2,
    };
    pipeline::import(&import, &inspection, &|_| ()).unwrap();
    resolve::resolve(&store.load().unwrap())
}

fn deal<'a>(resolved: &'a Resolved, id: &str) -> &'a DealSummary {
    let mut deals = resolved.deals.iter();
    deals.find(|deal| &*deal.remote_id == id).unwrap_or_else(|| panic!("no deal {id}"))
}

/// The persons of a deal: each lead's id, what tells so, in hundredths how sure.
fn persons(resolved: &Resolved, id: &str) -> Vec<(String, DealBasis, i64)> {
    let person = |one: &touchstone::domain::DealLead| {
        let lead = &resolved.leads[one.lead.index()];
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 100")]
        let hundredths = (one.confidence * 100.0).round() as i64;
        (lead.remote_id.to_string(), one.basis, hundredths)
    };
    deal(resolved, id).leads.iter().map(person).collect()
}

fn won_totals(resolved: &Resolved) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for deal in resolved.deals.iter().filter(|deal| deal.status == DealStatus::Won) {
        *sums.entry(deal.currency.code().to_owned()).or_default() +=
            deal.amount_minor.unwrap_or(0);
    }
    sums
}

#[test]
fn hubspot_deals_find_their_persons() {
    let resolved = joined(&["hubspot"]);
    let one = |id: &str, basis, sure| vec![(id.to_owned(), basis, sure)];
    assert_eq!(persons(&resolved, "40301"), one("20101", DealBasis::ContactId, 100));
    assert!(persons(&resolved, "40310").is_empty(), "a company without any person");
    assert!(persons(&resolved, "40312").is_empty(), "its contact is in no file");
    assert_eq!(
        deal(&resolved, "40303").status,
        DealStatus::Lost,
        "the newest state counts"
    );
    let person = |id: &str| {
        let mut leads = resolved.leads.iter();
        leads.find(|lead| &*lead.remote_id == id).unwrap().person
    };
    assert_ne!(person("20101"), person("20107"), "a name alone joins nobody");
    assert_ne!(person("20111"), person("20112"));
}

#[test]
fn salesforce_links_conversions_roles_and_accounts() {
    let resolved = joined(&["salesforce/weekly-export"]);
    let mara = "00Q5g00000Lead1EAB".to_owned();
    let ivo = "00Q5g00000Lead2EAB".to_owned();
    let of = |id: &str| persons(&resolved, id);
    assert_eq!(of("0065g00000Opp01AAB")[0], (mara.clone(), DealBasis::ContactId, 100));
    assert_eq!(of("0065g00000Opp01AAB").len(), 1, "lead and contact are one");
    assert_eq!(of("0065g00000Opp02AAB"), [(ivo.clone(), DealBasis::Company, 50)]);
    assert_eq!(of("0065g00000oPp02AAC"), [(ivo, DealBasis::ContactRole, 100)]);
    assert_eq!(of("0065g00000Opp09AAB"), [(mara.clone(), DealBasis::Company, 50)]);
    assert!(of("0065g00000Opp05AAB").is_empty());
    let ids: Vec<&str> = resolved.leads.iter().map(|lead| &*lead.remote_id).collect();
    // Deleted records, and the contacts that leads became, are no leads of their own.
    assert_eq!(
        ids,
        [
            "0035g00000noor1AAA",
            "00Q5g00000Lead1EAB",
            "00Q5g00000Lead2EAB",
            "00Q5g00000Lead4EAB",
            "00Q5g00000lead3EAA"
        ]
    );
    let lead = &resolved.leads[1];
    assert_eq!(lead.created_at.unwrap().text(), "2024-06-03T01:14:00Z");
    let campaigns: Vec<&str> =
        resolved.campaigns[1].iter().map(|one| &*one.text).collect();
    assert_eq!(campaigns[0], "LinkedIn organic 2024");
    let ids: Vec<&str> = resolved.deals.iter().map(|deal| &*deal.remote_id).collect();
    assert_eq!(ids.len(), 8);
    assert!(!ids.contains(&"0065g00000Opp06AAB"), "a deleted deal is none");
}

#[test]
fn overlapping_exports_count_each_deal_once() {
    let alone = joined(&["salesforce/weekly-export"]);
    let all = joined(&["salesforce"]);
    let ids = |resolved: &Resolved| -> Vec<String> {
        resolved.deals.iter().map(|deal| deal.remote_id.to_string()).collect()
    };
    assert_eq!(ids(&all), ids(&alone), "folder, archive, data loader and report overlap");
    assert_eq!(won_totals(&all), won_totals(&alone));
    let expected =
        BTreeMap::from([("AUD".to_owned(), 2_525_000), ("EUR".to_owned(), 1_150_028)]);
    assert_eq!(won_totals(&all), expected);
}

#[test]
fn a_name_that_two_persons_bear_joins_nobody_and_is_said() {
    let resolved = joined(&["pipedrive"]);
    let john = ("24".to_owned(), DealBasis::ContactId, 100);
    assert_eq!(persons(&resolved, "105"), [john], "the id decides where there is one");
    let folder = tempfile::tempdir().unwrap();
    let deals = "Deal - ID,Deal - Title,Deal - Status,Deal - Contact person\n\
                 1,Fleet,Open,John Smith\n2,Loan,Open,Noor Vandersloot\n";
    fs::write(folder.path().join("deals.csv"), deals).unwrap();
    let people = samples().join("pipedrive/people.csv");
    let resolved = joined_paths(&[folder.path().join("deals.csv"), people]);
    assert!(persons(&resolved, "1").is_empty());
    assert_eq!(persons(&resolved, "2"), [("23".to_owned(), DealBasis::ContactName, 70)]);
    let said = |one: &touchstone::domain::Ambiguity| one.text.contains("2 persons bear");
    assert!(resolved.ambiguities.iter().any(said), "{:?}", resolved.ambiguities);
}

#[test]
fn one_person_is_one_over_all_crms() {
    let resolved = joined(&["."]);
    let persons: std::collections::BTreeSet<_> = resolved
        .leads
        .iter()
        .filter(|lead| lead.profile.as_deref() == Some("mara-quillfeather-example"))
        .map(|lead| lead.person)
        .collect();
    assert_eq!(persons.len(), 1);
    // The same deals stand in each CRM under ids of their own: each is one of its CRM.
    let systems = |id: &str| {
        let deals = resolved.deals.iter().filter(|deal| &*deal.remote_id == id);
        deals.map(|deal| deal.source_system.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(systems("40301"), ["hubspot"]);
    assert_eq!(systems("0065g00000Opp01AAB"), ["salesforce"]);
    assert_eq!(systems("554023000000520301"), ["zoho"]);
}

#[test]
fn a_newer_deletion_takes_a_deal_away() {
    let folder = tempfile::tempdir().unwrap();
    let head = "Id,Name,StageName,IsClosed,IsWon,Amount,CurrencyIsoCode,CreatedDate,SystemModstamp,IsDeleted\n";
    let row = |changed: &str, deleted: u8| {
        format!(
            "{head}0065g00000Opp01AAB,A,Won,1,1,10,EUR,2024-01-01 00:00:00,{changed},{deleted}\n"
        )
    };
    let (old, new) = (folder.path().join("old.csv"), folder.path().join("new.csv"));
    fs::write(&old, row("2024-02-01 00:00:00", 0)).unwrap();
    fs::write(&new, row("2024-03-01 00:00:00", 1)).unwrap();
    assert_eq!(joined_paths(std::slice::from_ref(&old)).deals.len(), 1);
    assert_eq!(joined_paths(&[new.clone(), old.clone()]).deals.len(), 0);
    fs::write(&old, row("2024-04-01 00:00:00", 0)).unwrap();
    assert_eq!(joined_paths(&[new, old]).deals.len(), 1, "it was restored");
}
