//! An import spread over machines equals one on a single machine.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use touchstone::{
    discover::{self, Limits, Named},
    normalize::Settings,
    pipeline::{
        self, Attribution, Event, Imported, Look, Plan, Planned, Session, SpreadError,
    },
    recognize::{Field, Own, OwnKind, Registry},
    store::{Rows, Store},
};

use crate::{
    binary::{Place, samples},
    network::{Network, attribution, formats},
};

/// The rows of each table, in the order in which they were handed on.
type Parts = Vec<(&'static str, Rows)>;

/// Reads the planned tables of every file, the last file first.
fn read_all(
    named: &[Named],
    plan: &Plan,
    settings: &Settings,
) -> Result<(Parts, Imported), SpreadError> {
    let (parts, mut imported) = (RefCell::new(Vec::new()), Imported::default());
    for (at, one) in named.iter().enumerate().rev() {
        let planned: Vec<Planned> =
            plan.files.iter().filter(|file| file.look == at).cloned().collect();
        let mut each = |table, rows| parts.borrow_mut().push((table, rows));
        imported +=
            &pipeline::read(one, &planned, settings, Limits::default(), &mut each)?;
    }
    Ok((parts.into_inner(), imported))
}

fn collect(
    database: &Path,
    plan: &Plan,
    imported: &Imported,
    attribution: &Attribution,
    parts: &Parts,
) -> Result<Imported, SpreadError> {
    let session = Session {
        database,
        now: &|| Timestamp::UNIX_EPOCH,
        holder: "a test",
        threads: 1,
        observer: &|_: Event<'_>| {},
    };
    pipeline::collect(&session, plan, imported, Some(attribution), |store: &Store| {
        for (table, rows) in parts {
            store.insert_rows(table, rows).map_err(pipeline::PipelineError::from)?;
        }
        Ok(())
    })
}

/// Looks, plans, reads and collects as a cluster does, each file on its own.
fn spread(paths: &[PathBuf], place: &Network) -> (Plan, Imported) {
    let (named, unreadable) = discover::named(paths).unwrap();
    let mut looks: Vec<Look> = named
        .iter()
        .map(|one| pipeline::look(one, &place.settings.registry, Limits::default()))
        .collect();
    looks.push(Look {
        files: Vec::new(),
        unreadable: unreadable.into_iter().map(|one| (one.name, one.reason)).collect(),
    });
    // What crosses to other machines goes through text.
    let plan = serde_json::to_string(&pipeline::plan(&looks)).unwrap();
    let plan: Plan = serde_json::from_str(&plan).unwrap();
    let (parts, imported) = read_all(&named, &plan, &place.settings).unwrap();
    let imported =
        collect(&place.database(), &plan, &imported, &attribution(), &parts).unwrap();
    (plan, imported)
}

fn check(paths: &[PathBuf]) {
    check_with(paths, &Settings::plain());
}

fn check_with(paths: &[PathBuf], settings: &Settings) {
    let mut network = Network::new();
    network.threads = 2;
    network.settings = settings.clone();
    let expected = network.run(paths);
    let mut place = Network::new();
    place.settings = settings.clone();
    let (plan, imported) = spread(paths, &place);
    assert_eq!(imported, expected);
    assert!(!plan.files.is_empty());
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(
        sorted(&place.views_but(&["v_runs"])),
        sorted(&network.views_but(&["v_runs"]))
    );
}

#[test]
fn samples_give_the_same_tables_as_on_one_machine() {
    check(&[samples()]);
}

#[test]
fn all_formats_give_the_same_tables_as_on_one_machine() {
    check(&formats(&["linkedin", "crm"]));
}

#[test]
fn formats_of_the_users_own_give_the_same_tables_as_on_one_machine() {
    let place = Network::new();
    let table = "Vorgang,Phase,Umsatz\nA1,Beurkundet,100\n";
    let paths = [place.write("own.csv", table)];
    let mut own = Own::new("acme-deals", OwnKind::of("deal").unwrap());
    own.columns = vec![
        (Field::RemoteId, vec!["Vorgang".to_owned()]),
        (Field::Stage, vec!["Phase".to_owned()]),
        (Field::Amount, vec!["Umsatz".to_owned()]),
    ];
    let mut settings = Settings::plain();
    settings.registry.add(&own).unwrap();
    check_with(&paths, &settings);
}

#[test]
fn a_file_that_changed_since_it_was_looked_at_is_not_read() {
    let place = Place::new();
    let path = place.path("deals.csv");
    std::fs::copy(samples().join("themes.csv"), &path).unwrap();
    let (place, shown) = (path.display().to_string(), "deals.csv".to_owned());
    let named = Named { path: path.clone(), place, shown };
    let plan = pipeline::plan(&[pipeline::look(
        &named,
        &Registry::default(),
        Limits::default(),
    )]);
    std::fs::write(&path, "post,theme\n").unwrap();
    let error = read_all(&[named], &plan, &Settings::plain()).unwrap_err();
    assert!(error.to_string().contains("deals.csv: the file changed"), "{error}");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_not_taken() {
    let place = Place::new();
    let path = place.path("labels.csv");
    let row = |at: u64| {
        let id = 7_159_821_007_928_994_259 + at;
        format!("https://www.linkedin.com/feed/update/urn:li:share:{id},learning\n")
    };
    let rows: String = (0..60_000).map(row).collect();
    std::fs::write(&path, format!("post,theme\n{rows}")).unwrap();
    let (place, shown) = (path.display().to_string(), "labels.csv".to_owned());
    let named = Named { path: path.clone(), place, shown };
    let look = pipeline::look(&named, &Registry::default(), Limits::default());
    let planned = pipeline::plan(&[look]).files;
    assert_eq!(planned.len(), 1);
    // Another file takes its place once the first rows were handed on.
    let mut each =
        |_, _| std::fs::write(&path, format!("post,theme\n{}", row(0))).unwrap();
    let (settings, limits) = (Settings::plain(), Limits::default());
    let read = pipeline::read(&named, &planned, &settings, limits, &mut each);
    let error = read.unwrap_err().to_string();
    assert!(error.starts_with("labels.csv: it cannot be read: it changed"), "{error}");
}

#[test]
fn a_database_that_is_there_is_left_alone() {
    let place = Place::new();
    std::fs::write(place.database(), "somebody's").unwrap();
    let error = collect(
        &place.database(),
        &Plan::default(),
        &Imported::default(),
        &attribution(),
        &Vec::new(),
    )
    .unwrap_err();
    assert!(error.to_string().contains("there is a file already"), "{error}");
    assert_eq!(std::fs::read(place.database()).unwrap(), b"somebody's");
}
