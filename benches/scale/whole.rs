//! Our own whole run: exports in; database, tables and report out.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
    time::Instant,
};

use jiff::Timestamp;
use touchstone::{
    attribute::{MODELS, Options},
    discover::Limits,
    domain::Rates,
    normalize::Settings,
    pipeline::{self, Attribution, Event, Session, Task},
};

use super::{Failure, measure::Figures};

/// Runs everything on the paths, with the seconds of each stage among the figures.
pub(crate) fn run(
    paths: &[PathBuf],
    database: &Path,
    threads: usize,
    figures: &mut Figures,
) -> Result<(), Failure> {
    let stages = Mutex::new((Instant::now(), Figures::new()));
    let observer = |event: Event<'_>| {
        let Ok(mut stages) = stages.lock() else { return };
        match event {
            Event::Begin { .. } => stages.0 = Instant::now(),
            Event::Advance { .. } | Event::Waits { .. } => {}
            Event::End { stage, .. } => {
                let seconds = stages.0.elapsed().as_secs_f64();
                stages.1.insert(format!("stage {stage}"), seconds);
            }
        }
    };
    let settings = Settings::plain();
    let attribution = Attribution {
        window_days: 90,
        models: MODELS.to_vec(),
        options: Options::default(),
        weights: touchstone::attribute::KindWeights::default(),
        themes: Vec::new(),
        effort: touchstone::attribute::incremental::Effort {
            placebo_draws: 0,
            bootstrap_draws: 0,
        },
        as_of: None,
        rates: Rates::default(),
        told: touchstone::resolve::Told::default(),
    };
    let report = database.with_extension("report");
    let task = Task {
        import: Some((paths, &settings, Limits::default())),
        attribution: Some(&attribution),
        out: Some(&report),
        ..Task::default()
    };
    let session = Session {
        database,
        now: &Timestamp::now,
        holder: "bench",
        threads,
        observer: &observer,
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .use_current_thread()
        .build_global()?;
    let imported = pipeline::run(&task, &session)?.imported;
    if let Ok(stages) = stages.into_inner() {
        figures.extend(stages.1);
    }
    #[expect(clippy::cast_precision_loss, reason = "a few billions fit")]
    {
        figures.insert("rows".to_owned(), imported.rows_read as f64);
        figures.insert("rejected".to_owned(), imported.rejections as f64);
        figures.insert("database".to_owned(), fs::metadata(database)?.len() as f64);
    }
    Ok(())
}
