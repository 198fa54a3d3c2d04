//! `run`, `import`, `attribute` and `report`.

use std::{collections::BTreeMap, process::ExitCode};

use jiff::Timestamp;
use touchstone::{
    pipeline::{self, Event, Finished, Session, Task},
    report,
};

use super::{
    args::{self, Format},
    failure::{Failure, REJECTED},
    output::{Output, counted},
    progress::Progress,
    settings::Settings,
};

/// Reads, attributes, reports.
pub(super) fn run(
    own: &args::Run,
    settings: &Settings,
    progress: &Progress,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let task = Task {
        import: Some((&own.paths, &settings.reading, settings.limits)),
        attribution: Some(&settings.attribution),
        out: Some(&settings.out),
        names: own.showing.names(),
        retention_days: settings.retention_days,
    };
    let finished = perform(&task, settings, progress)?;
    let page = settings.out.join("report.html");
    if let Some(input) = &finished.report {
        if own.format == Format::Json {
            let mut summary = report::summary_json(input);
            summary["imported"] = serde_json::json!(finished.imported);
            summary["report"] = page.display().to_string().into();
            output.json(&summary)?;
        } else {
            let width = output.width();
            output.text(&report::summary(input, width))?;
            output.line(&format!("\nReport: {}", page.display()))?;
        }
    }
    Ok(code(own.strict, &finished))
}

/// Reads, and no more.
pub(super) fn import(
    own: &args::Import,
    settings: &Settings,
    progress: &Progress,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let task = Task {
        import: Some((&own.paths, &settings.reading, settings.limits)),
        retention_days: settings.retention_days,
        ..Task::default()
    };
    let finished = perform(&task, settings, progress)?;
    let imported = &finished.imported;
    output.line(&format!(
        "{} read, {} unchanged, {} ignored, {} rejected",
        counted(imported.files_read, "file", "files"),
        imported.files_unchanged,
        imported.files_ignored,
        imported.files_rejected
    ))?;
    output.line(&format!(
        "{} read, {} kept, {} rejected; {} in all",
        counted(imported.rows_read, "row", "rows"),
        imported.rows_kept,
        imported.rows_rejected,
        counted(imported.rejections, "rejection", "rejections")
    ))?;
    Ok(code(own.strict, &finished))
}

/// Rebuilds what is made of the facts.
pub(super) fn attribute(
    settings: &Settings,
    progress: &Progress,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let task = Task {
        attribution: Some(&settings.attribution),
        retention_days: settings.retention_days,
        ..Task::default()
    };
    let finished = perform(&task, settings, progress)?;
    if let Some(input) = &finished.report {
        let width = output.width();
        output.text(&report::summary(input, width))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the report again.
pub(super) fn report(
    own: &args::Report,
    settings: &Settings,
    progress: &Progress,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let names = own.showing.names();
    let store = pipeline::open_to_show(&settings.database, names, &holder())?;
    let observer = |event: Event<'_>| progress.show(event);
    let made = BTreeMap::new();
    let (prepared, input) =
        pipeline::prepare_report(&store, &settings.out, names, &made, &observer)?;
    prepared.publish().map_err(pipeline::PipelineError::from)?;
    let width = output.width();
    output.text(&report::summary(&input, width))?;
    output.line(&format!("\nReport: {}", settings.out.join("report.html").display()))?;
    Ok(ExitCode::SUCCESS)
}

/// What another run is told that finds the database held.
pub(super) fn holder() -> String {
    format!("process {}, since {:.0}", std::process::id(), Timestamp::now())
}

fn perform(
    task: &Task<'_>,
    settings: &Settings,
    progress: &Progress,
) -> Result<Finished, Failure> {
    let finished = pipeline::run(
        task,
        &Session {
            database: &settings.database,
            now: &Timestamp::now,
            holder: &holder(),
            threads: settings.threads,
            observer: &|event: Event<'_>| progress.show(event),
        },
    )?;
    for note in not_read(&finished) {
        progress.note(&note);
    }
    Ok(finished)
}

/// What was not read, as far as a screen is of use for it: `rejections.csv` has all.
fn not_read(finished: &Finished) -> Vec<String> {
    let files = finished.inspection.files.iter().filter_map(|one| {
        let reason = pipeline::why_not(&one.verdict)?;
        Some(format!("not read: {}: {reason}", one.file.name))
    });
    let unreadable = finished.inspection.unreadable.iter();
    let unreadable =
        unreadable.map(|one| format!("not read: {}: {}", one.name, one.reason));
    shortened(files.chain(unreadable))
}

/// The first notes, and how many more there are.
fn shortened(mut notes: impl Iterator<Item = String>) -> Vec<String> {
    const SHOWN: usize = 50;
    let mut shown: Vec<String> = notes.by_ref().take(SHOWN).collect();
    let more = notes.count();
    if 0 < more {
        shown.push(format!("not read: {more} more; rejections.csv names all of them"));
    }
    shown
}

fn code(is_strict: bool, finished: &Finished) -> ExitCode {
    let imported = &finished.imported;
    let is_clean = imported.rejections == 0 && imported.files_rejected == 0;
    if is_strict && !is_clean { ExitCode::from(REJECTED) } else { ExitCode::SUCCESS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_beyond_the_first_are_counted() {
        let notes = |count: usize| (0..count).map(|at| format!("not read: {at}"));
        assert_eq!(shortened(notes(50)), notes(50).collect::<Vec<_>>());
        let shown = shortened(notes(70_000));
        assert_eq!(shown.len(), 51);
        assert_eq!(shown[49], "not read: 49");
        assert_eq!(shown[50], "not read: 69950 more; rejections.csv names all of them");
    }
}
