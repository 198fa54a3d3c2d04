//! What LinkedIn and the tools around it export reads as it says.

mod analytics;
mod people;

use std::path::{Path, PathBuf};

use touchstone::{
    attribute,
    discover::Limits,
    domain::{
        Facts, Metric, Numbers, PostName, PostNameId, Rates, Rejection, UnixMs, iso,
    },
    normalize::{self, Settings},
    pipeline::{self, Attribution, Import, Inspection},
    recognize::Verdict,
    store::Store,
};

/// All that one file states.
#[derive(Default)]
struct Read {
    facts: Facts,
    rejections: Vec<Rejection>,
    notes: Vec<String>,
    rows: u64,
    formats: Vec<String>,
    places: Vec<String>,
}

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(path)
}

fn settings() -> Settings {
    Settings::plain()
}

fn inspect(paths: &[&str]) -> Inspection {
    let paths: Vec<PathBuf> = paths.iter().map(|path| data(path)).collect();
    pipeline::inspect(
        &paths,
        &touchstone::recognize::Registry::default(),
        Limits::default(),
        &|_| {},
    )
    .unwrap()
}

/// Reads the tables of one file that are known.
fn read(path: &str) -> Read {
    let mut read = Read::default();
    for one in inspect(&[path]).files {
        let known = match &one.verdict {
            Verdict::Known(known) => known,
            Verdict::Ignored(_) => continue,
            other => unreachable!("{}: {other:?}", one.file.name),
        };
        read.formats.push(known.format.name.to_owned());
        read.places.push(one.file.name.clone());
        let mut emit = |mut batch: normalize::Batch| {
            read.facts.identities.append(batch.facts.identities);
            read.facts.post_names.append(&mut batch.facts.post_names);
            read.facts.engagements.append(&mut batch.facts.engagements);
            read.facts.contacts.append(&mut batch.facts.contacts);
            read.facts.post_numbers.append(&mut batch.facts.post_numbers);
            read.facts.name_pairs.append(&mut batch.facts.name_pairs);
            read.facts.ad_days.append(&mut batch.facts.ad_days);
            read.facts.lead_forms.append(&mut batch.facts.lead_forms);
            read.facts.articles.append(&mut batch.facts.articles);
            read.facts.shares.append(&mut batch.facts.shares);
            read.rejections.append(&mut batch.rejections);
        };
        let id = u32::try_from(read.formats.len()).unwrap();
        let limits = Limits::default();
        let outcome =
            normalize::file(&one.file.source, limits, known, id, &settings(), &mut emit);
        let outcome = outcome.unwrap();
        read.rows += outcome.rows_read;
        read.notes.extend(outcome.notes);
    }
    read
}

impl Read {
    fn name(&self, id: PostNameId) -> String {
        let (_, name) = self.facts.post_names.iter().find(|(one, _)| *one == id).unwrap();
        name.to_string()
    }

    /// The numbers of a post under the name that the file uses.
    fn numbers(&self, name: &str) -> Numbers {
        let mut numbers = Numbers::default();
        for one in &self.facts.post_numbers {
            if self.name(one.post_name) == name {
                numbers.update(&one.numbers);
            }
        }
        assert!(!numbers.is_empty(), "nothing is known of {name}");
        numbers
    }

    fn posts(&self) -> usize {
        let mut names: Vec<String> =
            self.facts.post_numbers.iter().map(|one| self.name(one.post_name)).collect();
        names.sort();
        names.dedup();
        names.len()
    }
}

/// Runs the pipeline over paths and asks one view.
fn ask(paths: &[&str], sql: &str) -> Vec<String> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| data(path)).collect();
    ask_paths(&paths, sql)
}

fn ask_paths(paths: &[PathBuf], sql: &str) -> Vec<String> {
    let inspection = pipeline::inspect(
        paths,
        &touchstone::recognize::Registry::default(),
        Limits::default(),
        &|_| {},
    )
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.db");
    let store = Store::open(&path).unwrap();
    let run_id = store.begin_run(jiff::Timestamp::UNIX_EPOCH, "0").unwrap();
    let settings = settings();
    let limits = Limits::default();
    let import =
        Import { store: &store, run_id, settings: &settings, limits, threads: 2 };
    pipeline::import(&import, &inspection, &|_| {}).unwrap();
    let attribution = Attribution {
        window_days: 90,
        models: attribute::MODELS.to_vec(),
        options: attribute::Options::default(),
        weights: attribute::KindWeights::default(),
        themes: Vec::new(),
        effort: attribute::incremental::Effort { placebo_draws: 20, bootstrap_draws: 20 },
        as_of: None,
        rates: Rates::default(),
        told: touchstone::resolve::Told::default(),
    };
    pipeline::attribute(&store, &attribution, &|_| {}).unwrap();
    store.commit().unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    let mut statement = connection.prepare(sql).unwrap();
    let width = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cell = |at| {
            let value: rusqlite::types::Value = row.get(at).unwrap();
            match value {
                rusqlite::types::Value::Null => "null".to_owned(),
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Real(number) => number.to_string(),
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Blob(_) => "blob".to_owned(),
            }
        };
        Ok((0..width).map(cell).collect::<Vec<_>>().join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

const MIRA: &str = "urn:li:activity:7175981868172295581";
const AMARA: &str = "urn:li:activity:7424567489747591168";
