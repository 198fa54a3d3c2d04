//! `forget`: a person is erased.

use std::process::ExitCode;

use jiff::Timestamp;
use touchstone::{
    pipeline::{self, Event, Forget, Session},
    report,
};

use super::{
    args::{self, Format},
    failure::Failure,
    output::Output,
    progress::Progress,
    settings::Settings,
};

/// Erases a person, or says what would be erased.
pub(super) fn forget(
    own: &args::Forget,
    settings: &Settings,
    progress: &Progress,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let folders = [settings.out.as_path()];
    let whom = Forget {
        person: &own.person,
        attribution: &settings.attribution,
        folders: &folders,
    };
    let erased = if own.dry_run {
        pipeline::preview_forget(&whom, &settings.database)?
    } else {
        let holder = format!("process {}, forgetting somebody", std::process::id());
        let session = Session {
            database: &settings.database,
            now: &Timestamp::now,
            holder: &holder,
            threads: settings.threads,
            observer: &|event: Event<'_>| progress.show(event),
        };
        pipeline::forget(&whom, &session)?
    };
    if own.format == Format::Json {
        output.json(&serde_json::json!(erased))?;
        return Ok(ExitCode::SUCCESS);
    }
    output.line(if own.dry_run {
        "This would be erased:"
    } else {
        "This was erased:"
    })?;
    if erased.statements.is_empty() {
        output.line("  nothing: the database names nobody of that key")?;
    }
    for (what, count) in &erased.statements {
        output.line(&format!("  {count:6} {}", what.replace('_', " ")))?;
    }
    let kept = if own.dry_run { "would be kept" } else { "are kept" };
    output.line(&format!(
        "{} keyed hashes {kept}, so that no later import brings the person back.",
        erased.keys
    ))?;
    if !erased.namesakes.is_empty() {
        output.line(
            "Others bear the name and stay; if one is the same person, name them:",
        )?;
        for one in &erased.namesakes {
            output.line(&format!("  {}", report::harmless(one)))?;
        }
    }
    if !erased.reports.is_empty() {
        output
            .line("These files of a report name the person until it is written again:")?;
        for path in &erased.reports {
            output.line(&format!("  {}", path.display()))?;
        }
    }
    output.line("Exports, backups and reports elsewhere are yours to delete.")?;
    Ok(ExitCode::SUCCESS)
}
