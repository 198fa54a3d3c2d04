//! The only module that knows every stage: paths in, database and report out.
//!
//! [`run()`] does a whole task, all or nothing: [`inspect()`] looks at all files, [`import()`]
//! reads those that are new, [`attribute()`] rebuilds what is made of them, and
//! [`prepare_report`] writes what people read.

mod archives;
mod asked;
mod attribution;
pub mod divided;
mod forget;
mod forgotten;
mod ids;
mod import;
mod inspect;
mod key;
mod measured;
mod mentions;
mod naming;
mod propose;
mod pseudonyms;
mod refused;
mod relabelled;
mod retention;
pub mod rows;
mod run;
mod settings;
mod spread;
mod themes;
mod units;
mod writing;

use std::{collections::BTreeMap, path::Path};

use jiff::Timestamp;

use crate::{
    attribute::{KindWeights, Model, Options, UnknownModel, incremental::Effort},
    classify::Rule,
    discover::Missing,
    domain::Rates,
    report::{self, Prepared, ReportError},
    resolve::Told,
    store::{ReportInput, Store, StoreError},
};

pub use attribution::attribute;
pub use forget::{Erased, Forget, forget, preview_forget};
pub use import::{Import, Imported, import};
pub use inspect::{Inspected, Inspection, Preview, inspect, preview, why_not};
pub use propose::propose;
pub use pseudonyms::{Names, open_to_show};
pub use run::{Finished, Session, Task, run};
pub use spread::{Look, Plan, Planned, SpreadError, collect, look, plan, read};
pub use units::{Looked, UseOf};

/// What happens while a run goes on, for whoever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A stage begins, with so many things to do.
    Begin {
        /// The stage, as a verb.
        stage: &'a str,
        /// How many things; 0 where that is not known.
        total: u64,
    },
    /// So many more things are done.
    Advance {
        /// How many.
        count: u64,
    },
    /// The stage is over.
    End {
        /// The stage, as a verb.
        stage: &'a str,
        /// What it did: how many of what.
        counts: &'a [(&'static str, u64)],
    },
    /// All is done but for the commit, which waits until no other program reads the database.
    Waits {
        /// How long at most.
        minutes: u64,
    },
}

/// Shows events; called from several threads.
pub type Observer<'a> = &'a (dyn Fn(Event<'_>) + Sync);

/// How a run links and attributes.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// Days before a conversion in which a touch counts.
    pub window_days: u32,
    /// The models.
    pub models: Vec<&'static Model>,
    /// What models can be told.
    pub options: Options,
    /// What every model's weights are multiplied by, by kind of touch.
    pub weights: KindWeights,
    /// Rules of the user's own for themes.
    pub themes: Vec<Rule>,
    /// How much is computed beside the incremental estimates.
    pub effort: Effort,
    /// The end of the study for open deals; else the newest instant of the exports.
    pub as_of: Option<Timestamp>,
    /// What amounts of other currencies count as.
    pub rates: Rates,
    /// What the configuration says of persons and records.
    pub told: Told,
}

impl Attribution {
    /// Names the settings and the release, so that results of others are made again.
    pub fn fingerprint(&self) -> String {
        format!("{} {}", env!("CARGO_PKG_VERSION"), self.settings())
    }

    /// Names the settings alone.
    fn settings(&self) -> String {
        let Self { window_days, models, options, weights, themes, effort, .. } = self;
        let Self { as_of, rates, told, .. } = self;
        let models: Vec<&str> = models.iter().map(|model| model.name).collect();
        format!(
            "{window_days} {models:?} {options:?} {weights:?} {themes:?} {effort:?} {as_of:?} {rates:?} {told:?}"
        )
    }

    /// Names what tells the theme of a text, and the release.
    fn themes_fingerprint(&self) -> String {
        format!("{} {:?}", env!("CARGO_PKG_VERSION"), self.themes)
    }
}

/// An error that ends a run; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// A named path does not exist.
    #[error(transparent)]
    Missing(#[from] Missing),
    /// There is nothing to read.
    #[error("{paths}: there are no files in it")]
    Empty {
        /// The paths, as they were given.
        paths: String,
    },
    /// A file of which no table can be read.
    #[error("{path}: {reason}")]
    NoTable {
        /// The file, as it was given.
        path: String,
        /// Why not.
        reason: String,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The report.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// A person who cannot be forgotten, or is not one person.
    #[error("\"{person}\" {reason}")]
    Person {
        /// What was typed.
        person: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A model that does not exist.
    #[error(transparent)]
    Model(#[from] UnknownModel),
}

/// Writes the report and its tables aside; [`Prepared::publish`] gives them their names.
/// The database must have been opened with the names that are wanted. `made` says by view
/// what tables hold that need not be written again, as a SHA-256.
pub fn prepare_report(
    store: &Store,
    folder: &Path,
    names: Names,
    made: &BTreeMap<String, String>,
    observer: Observer<'_>,
) -> Result<(Prepared, ReportInput), PipelineError> {
    observer(Event::Begin { stage: "report", total: 0 });
    let is_pseudonymous = names == Names::Invented;
    // Only the connection that was told to invent names does so.
    let count = if is_pseudonymous { 0 } else { rayon::current_num_threads() - 1 };
    let readers = store.readers(count)?;
    let (prepared, input) =
        report::prepare(store, readers, is_pseudonymous, folder, made)?;
    let counts = [("files", prepared.files() as u64)];
    observer(Event::End { stage: "report", counts: &counts });
    Ok((prepared, input))
}
