//! `forget`: a person is erased.

use std::{path::Path, process::ExitCode};

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
    let folders = [settings.out.as_path(), Path::new(args::EXPORT_FOLDER)];
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
        output.line(&format!("  {count:6} {}", named(what, *count)))?;
    }
    output.line(&keys(erased.keys, own.dry_run))?;
    if !erased.namesakes.is_empty() {
        output.line(
            "Others bear the name and stay; if one is the same person, name them:",
        )?;
        for one in &erased.namesakes {
            output.line(&format!("  {}", report::harmless(one)))?;
        }
    }
    for (paths, words) in [
        (&erased.reports, "These files name the person until they are written again:"),
        (
            &erased.unread,
            "These files are compressed or cannot be read, and may name the person until \
             they are written again:",
        ),
    ] {
        if !paths.is_empty() {
            output.line(words)?;
        }
        for path in paths {
            output
                .line(&format!("  {}", report::harmless(&path.display().to_string())))?;
        }
    }
    if erased.has_other_settings {
        output.line(other_settings(own.dry_run))?;
    }
    output.line(
        "The exports that were read, backups and reports elsewhere are yours to delete.",
    )?;
    Ok(ExitCode::SUCCESS)
}

/// What a table holds, in the singular where it is one.
fn named(what: &str, count: u64) -> String {
    let name = what.replace('_', " ");
    if count != 1 {
        return name;
    }
    // The things come last in the name of a table, and first in words of their own.
    if let Some((things, rest)) = what.split_once(' ') {
        let rest = rest.replace("that lose ", "that loses ").replace("in them", "in it");
        return format!("{} {rest}", named(things, count));
    }
    match (name.strip_suffix("ies"), name.strip_suffix('s')) {
        (Some(start), _) => format!("{start}y"),
        (None, Some(start)) => start.to_owned(),
        (None, None) => name,
    }
}

/// That results are not made as the last run made them.
fn other_settings(is_dry_run: bool) -> &'static str {
    if is_dry_run {
        "Results would be made again with the settings in force now (touchstone config shows \
         them),\nwhich are not the last run's."
    } else {
        "Results were made again with the settings in force now (touchstone config shows \
         them),\nwhich are not the last run's; run again with its flags, or put them into the \
         configuration."
    }
}

/// What keeps the person from coming back.
fn keys(count: u64, is_dry_run: bool) -> String {
    let kept = match (is_dry_run, count) {
        (true, _) => "would be kept",
        (false, 1) => "is kept",
        (false, _) => "are kept",
    };
    let hashes = if count == 1 { "keyed hash" } else { "keyed hashes" };
    format!("{count} {hashes} {kept}, so that no later import brings the person back.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_table_is_singular() {
        assert_eq!(named("connections", 1), "connection");
        assert_eq!(named("identities", 1), "identity");
        assert_eq!(
            named("references from other records", 1),
            "reference from other records"
        );
        assert_eq!(named("deals that lose a name", 1), "deal that loses a name");
        assert_eq!(named("deals that lose a name", 2), "deals that lose a name");
        assert_eq!(named("own_comments", 2), "own comments");
    }
}
