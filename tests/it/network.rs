//! A database in a folder of its own, filled by the pipeline as a run fills it.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use tempfile::TempDir;
use touchstone::{
    attribute,
    discover::Limits,
    domain::Rates,
    normalize::Settings,
    pipeline::{self, Attribution, Event, Import, Imported, PipelineError},
    resolve::Told,
    store::{Cell, Store, StoreError, VIEWS},
};

use crate::binary;

/// The folder that holds what the tests read.
pub(crate) fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path)
}

/// Sees nothing.
pub(crate) fn silent(_: Event<'_>) {}

/// How all tests attribute: every model, as by default.
pub(crate) fn attribution() -> Attribution {
    Attribution {
        window_days: 90,
        models: attribute::models(&["all".to_owned()]).unwrap(),
        options: attribute::Options::default(),
        weights: attribute::KindWeights::default(),
        themes: Vec::new(),
        effort: attribute::incremental::Effort { placebo_draws: 20, bootstrap_draws: 20 },
        as_of: None,
        rates: Rates::default(),
        told: Told::default(),
    }
}

/// Settings as without flags.
pub(crate) fn settings() -> Settings {
    Settings::plain()
}

/// A folder with a database, and with files that a test writes.
pub(crate) struct Network {
    folder: TempDir,
    /// How many files are read at once.
    pub(crate) threads: usize,
    /// What a single file may cost.
    pub(crate) limits: Limits,
    /// What the user says about exports.
    pub(crate) settings: Settings,
    /// What amounts of other currencies count as.
    pub(crate) rates: Rates,
    /// What the user says of persons and records.
    pub(crate) told: Told,
}

impl Network {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            threads: 2,
            limits: Limits::default(),
            settings: settings(),
            rates: Rates::default(),
            told: Told::default(),
        }
    }

    /// A network that has read some paths of `tests/data/formats`.
    pub(crate) fn of(paths: &[&str]) -> Self {
        let network = Self::new();
        network.run(&formats(paths));
        network
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("network.db")
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join("files").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// A run up to its commit.
    pub(crate) fn begin(
        &self,
        paths: &[PathBuf],
    ) -> Result<(Store, Imported), PipelineError> {
        let limits = self.limits;
        let settings = &self.settings;
        let inspection = pipeline::inspect(paths, &settings.registry, limits, &silent)?;
        let store = Store::open(&self.database())?;
        let run_id = store.begin_run(Timestamp::UNIX_EPOCH, "test")?;
        let import =
            Import { store: &store, run_id, settings, limits, threads: self.threads };
        let imported = pipeline::import(&import, &inspection, &silent)?;
        let (rates, told) = (self.rates.clone(), self.told.clone());
        let attribution = Attribution { rates, told, ..attribution() };
        pipeline::attribute(&store, &attribution, &silent)?;
        store.finish_run(run_id, Timestamp::UNIX_EPOCH, "{}")?;
        Ok((store, imported))
    }

    /// A whole run.
    pub(crate) fn try_run(&self, paths: &[PathBuf]) -> Result<Imported, PipelineError> {
        let (store, imported) = self.begin(paths)?;
        store.commit()?;
        Ok(imported)
    }

    pub(crate) fn run(&self, paths: &[PathBuf]) -> Imported {
        self.try_run(paths).unwrap()
    }

    pub(crate) fn store(&self) -> Store {
        Store::open_to_read(&self.database()).unwrap()
    }

    /// All rows of a query, a line each, cells joined by ` | `.
    pub(crate) fn query(&self, sql: &str) -> String {
        let rows = binary::rows(&self.database(), sql, " | ");
        rows.into_iter().map(|row| row.replace('\n', "⏎") + "\n").collect()
    }

    /// A single number.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        binary::count(&self.database(), sql)
    }

    /// The public views, every cell of them, as text.
    pub(crate) fn views(&self) -> String {
        self.views_but(&["v_runs"])
    }

    /// The public views but those that tell how things were read, not what was found.
    pub(crate) fn views_but(&self, without: &[&str]) -> String {
        let store = self.store();
        let mut text = String::new();
        for view in VIEWS.into_iter().filter(|view| !without.contains(view)) {
            writeln!(text, "== {view}").unwrap();
            store
                .each_row::<StoreError>(view, |cells| {
                    for cell in cells {
                        match cell {
                            Cell::Null => text.push('-'),
                            other => write!(text, "{other:?}").unwrap(),
                        }
                        text.push('|');
                    }
                    text.push('\n');
                    Ok(())
                })
                .unwrap();
        }
        text
    }
}

/// Paths below `tests/data/formats`.
pub(crate) fn formats(paths: &[&str]) -> Vec<PathBuf> {
    paths.iter().map(|path| data("formats").join(path)).collect()
}
