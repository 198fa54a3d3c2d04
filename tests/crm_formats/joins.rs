//! Whole imports: several exports of one truth, and who is whose.

use std::{collections::BTreeMap, fs, path::PathBuf};

use touchstone::{
    discover::Limits,
    domain::{DealBasis, DealStatus, DealSummary, Rates},
    pipeline::{self, Import},
    resolve::{self, Resolved, Told},
    store::Store,
};

use super::{samples, settings};

/// Imports paths below the samples, and joins what they hold.
fn joined(paths: &[&str]) -> Resolved {
    let paths: Vec<PathBuf> = paths.iter().map(|path| samples().join(path)).collect();
    joined_paths(&paths)
}

fn joined_paths(paths: &[PathBuf]) -> Resolved {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("test.db")).unwrap();
    let run_id = store.begin_run(jiff::Timestamp::UNIX_EPOCH, "test").unwrap();
    let inspection = pipeline::inspect(
        paths,
        &touchstone::recognize::Registry::default(),
        Limits::default(),
        &|_| (),
    )
    .unwrap();
    let settings = settings();
    let import = Import {
        store: &store,
        run_id,
        settings: &settings,
        limits: Limits::default(),
        threads: 2,
    };
    pipeline::import(&import, &inspection, &|_| ()).unwrap();
    resolve::resolve(&store.load().unwrap(), &Told::default())
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

#[test]
fn two_files_of_deals_without_ids_overlap() {
    let folder = tempfile::tempdir().unwrap();
    let january =
        "Deal,Stage,Amount,Created\nA,Won,10.00,2024-01-01\nB,Open,5.00,2024-01-02\n";
    let february =
        "Deal,Stage,Amount,Created\nB,Won,5.00,2024-01-02\nC,Won,7.00,2024-02-01\n";
    let paths = [folder.path().join("1.csv"), folder.path().join("2.csv")];
    fs::write(&paths[0], january).unwrap();
    fs::write(&paths[1], february).unwrap();
    let resolved = joined_paths(&paths);
    assert_eq!(resolved.deals.len(), 3);
    assert_eq!(won_totals(&resolved), BTreeMap::from([("XXX".to_owned(), 2200)]));
}

#[test]
fn activities_join_a_deal_to_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let paths = [
        write(
            "Opportunity.csv",
            "Id,Name,StageName,IsClosed,IsWon,Amount\n0065g00000Opp01AAB,A,x,1,1,5\n",
        ),
        write(
            "Contact.csv",
            "Id,AccountId,LastName,Email\n0035g00000Mara1AAB,,Q,q@b.example\n",
        ),
        write(
            "Task.csv",
            "Id,WhoId,WhatId,Subject\n1,0035g00000Mara1AAB,0065g00000Opp01AAB,Call\n\
             2,0035g00000Mara1AAB,0015g00000QxAbCAAV,Call\n",
        ),
    ];
    let resolved = joined_paths(&paths);
    let mara = ("0035g00000Mara1AAB".to_owned(), DealBasis::Activity, 85);
    assert_eq!(persons(&resolved, "0065g00000Opp01AAB"), [mara]);
}

#[test]
fn a_history_newer_than_the_deal_tells_how_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let deals = "Record ID,Deal Name,Deal Stage,Create Date,Last Modified Date,Is Deal Closed?,Is Closed Won\n\
                 1,A,Closed Won,2024-01-01 10:00,2024-02-01 10:00,true,true\n";
    let history = "Record ID,Property name,Value,Timestamp\n\
                   1,Deal Stage,Closed Won,2024-02-01 10:00\n1,Deal Stage,Closed Lost,2024-03-01 10:00\n";
    let paths = [folder.path().join("deals.csv"), folder.path().join("history.csv")];
    fs::write(&paths[0], deals).unwrap();
    fs::write(&paths[1], history).unwrap();
    let resolved = joined_paths(&paths);
    assert_eq!(deal(&resolved, "1").status, DealStatus::Lost);
    assert_eq!(deal(&resolved, "1").closed_at.unwrap().text(), "2024-03-01T10:00:00Z");
}

#[test]
fn exports_of_all_crms_run_to_their_end_and_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let attribution = pipeline::Attribution {
        window_days: 90,
        models: touchstone::attribute::models(&["all".to_owned()]).unwrap(),
        options: touchstone::attribute::Options::default(),
        weights: touchstone::attribute::KindWeights::default(),
        themes: Vec::new(),
        effort: touchstone::attribute::incremental::Effort {
            placebo_draws: 20,
            bootstrap_draws: 20,
        },
        as_of: None,
        rates: Rates::default(),
        told: Told::default(),
    };
    let settings = settings();
    let mut read = Vec::new();
    for _ in 0..2 {
        let store = Store::open(&path).unwrap();
        let run_id = store.begin_run(jiff::Timestamp::UNIX_EPOCH, "test").unwrap();
        let inspection = pipeline::inspect(
            &[samples()],
            &touchstone::recognize::Registry::default(),
            Limits::default(),
            &|_| (),
        )
        .unwrap();
        let limits = Limits::default();
        let import =
            Import { store: &store, run_id, settings: &settings, limits, threads: 2 };
        let imported = pipeline::import(&import, &inspection, &|_| ()).unwrap();
        pipeline::attribute(&store, &attribution, &|_| ()).unwrap();
        read.push((
            imported.files_read,
            resolve::resolve(&store.load().unwrap(), &Told::default()).deals.len(),
        ));
        store.commit().unwrap();
    }
    let [first, second] = read.as_slice() else { panic!("two runs") };
    assert_eq!((second.0, second.1), (0, first.1), "the second run finds nothing new");
}
