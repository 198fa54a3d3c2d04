//! The only module that knows every stage: paths in, database and report out.
//!
//! [`inspect`] looks at all files, [`import`] reads those that are new, [`attribute`]
//! rebuilds what is made of them, [`write_report`] writes what people read.

mod advice;
mod import;
mod inspect;
mod units;

use std::path::Path;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::{
    analyze,
    attribute::{self, Model, UnknownModel},
    discover::Missing,
    domain::Metric,
    link::{self, Linking},
    report::{self, ReportError},
    resolve::{self, Exports},
    store::{Results, Store, StoreError},
};

pub use import::{Import, Imported, import};
pub use inspect::{Inspected, Inspection, inspect, why_not};

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
        /// What it did, with counts.
        words: &'a str,
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
    pub options: attribute::Options,
    /// The end of the study for open deals; else the newest instant of the exports.
    pub as_of: Option<Timestamp>,
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
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The report.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// A model that does not exist.
    #[error(transparent)]
    Model(#[from] UnknownModel),
    /// Threads cannot be started.
    #[error("cannot start {threads} threads")]
    Threads {
        /// How many.
        threads: usize,
    },
}

/// Rebuilds touches, journeys, credits and scorecards from what is imported.
pub fn attribute(
    store: &Store,
    attribution: &Attribution,
    observer: Observer<'_>,
) -> Result<(), PipelineError> {
    observer(Event::Begin { stage: "resolve", total: 0 });
    let loaded = store.load()?;
    let mut resolved = resolve::resolve(&loaded);
    let words = format!(
        "{} persons, {} posts, {} leads, {} deals; {} ambiguous",
        resolved.persons.len(),
        resolved.posts.len(),
        resolved.leads.len(),
        resolved.deals.len(),
        resolved.ambiguities.len()
    );
    observer(Event::End { stage: "resolve", words: &words });
    observer(Event::Begin { stage: "attribute", total: 0 });
    let exports = Exports::new(&loaded.files);
    let linking =
        Linking { resolved: &resolved, facts: &loaded.facts, exports: &exports };
    let counts = link::engagement_counts(&linking);
    let touches = link::touches(&linking);
    let inferred = link::inferred(&linking);
    for (post, (reactions, comments)) in resolved.posts.iter_mut().zip(counts) {
        post.reactions = link::most(post.numbers.get(Metric::Reactions), reactions);
        post.comments = link::most(post.numbers.get(Metric::Comments), comments);
    }
    let newest = resolved.newest_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let as_of = attribution.as_of.or(newest).unwrap_or(Timestamp::UNIX_EPOCH);
    let window = attribution.window_days;
    let lead_journeys = link::lead_journeys(&resolved.leads, &touches, window);
    let deal_journeys = link::deal_journeys(&resolved.deals, &touches, window, as_of);
    let credits = attribute::credits(
        &attribution.models,
        &attribution.options,
        &lead_journeys,
        &deal_journeys,
        &resolved.deals,
    );
    let measure = analyze::main_measure(&resolved.deals);
    let post_scores: Vec<_> = credits
        .par_iter()
        .map(|one| analyze::post_scores(&resolved.posts, &resolved.deals, measure, one))
        .collect();
    let theme_scores: Vec<_> = post_scores
        .iter()
        .map(|scores| analyze::theme_scores(&resolved.posts, scores))
        .collect();
    let funnel = analyze::funnel(&loaded.files, &resolved, &touches, &lead_journeys);
    store.replace_results(&Results {
        resolved: &resolved,
        touches: &touches,
        inferred: &inferred,
        credits: &credits,
        measure,
        post_scores: &post_scores,
        theme_scores: &theme_scores,
        funnel: &funnel,
    })?;
    let words = format!(
        "{} touches, {} lead journeys, {} deal journeys, {} models",
        touches.len(),
        lead_journeys.len(),
        deal_journeys.len(),
        credits.len()
    );
    observer(Event::End { stage: "attribute", words: &words });
    Ok(())
}

/// Writes the report and the tables from the database into a folder.
pub fn write_report(
    store: &Store,
    folder: &Path,
    observer: Observer<'_>,
) -> Result<String, PipelineError> {
    observer(Event::Begin { stage: "report", total: 0 });
    let input = store.report_input()?;
    let files = report::write(store, &input, folder)?;
    let words = format!("{files} files in {}", folder.display());
    observer(Event::End { stage: "report", words: &words });
    Ok(report::summary(&input))
}
