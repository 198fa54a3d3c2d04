//! `changes`: what the last run moved, and which file brought it.

use std::process::ExitCode;

use serde_json::json;
use touchstone::{domain::Word, report, store::Store};

use super::{
    args::{self, Format},
    failure::Failure,
    output::Output,
    settings::Settings,
};

/// Prints the changes of the last run, or of all runs after one.
pub(super) fn changes(
    own: &args::Changes,
    settings: &Settings,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let store = Store::open_to_read(&settings.database)?;
    let last = store.last_run()?;
    let since = own.since.unwrap_or(last - 1);
    if last < since {
        return Err(Failure::usage(format!(
            "there is no run {since}; the last is {last}"
        ))
        .hint("runs.csv of the report lists them"));
    }
    let changes = store.changes_since(since)?;
    if own.format == Format::Json {
        let list: Vec<_> = changes
            .iter()
            .map(|(run_id, one)| {
                json!({
                    "run_id": run_id, "kind": one.kind.word(),
                    "source_system": one.source_system, "remote_id": one.remote_id,
                    "what": one.what, "old_value": one.old_value,
                    "new_value": one.new_value, "source_file": one.source_file,
                })
            })
            .collect();
        output.json(&list.into())?;
        return Ok(ExitCode::SUCCESS);
    }
    for line in report::changes(&store, &changes, since)? {
        output.line(&line)?;
    }
    Ok(ExitCode::SUCCESS)
}
