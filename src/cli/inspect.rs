//! `inspect`: what each file is, what it would give, and what is wrong with it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use rayon::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;
use touchstone::{
    pipeline::{self, Event, Inspected, Inspection, Preview},
    propose::{self, Proposal},
    recognize::{Known, Verdict},
    report::harmless,
};

use super::{
    args::{self, InspectFormat},
    failure::Failure,
    output::{Output, counted},
    progress::Progress,
    rows,
    settings::Settings,
};

/// Looks at files and writes nothing.
pub(super) fn inspect(
    own: &args::Inspect,
    settings: &Settings,
    progress: &Progress,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let observer = |event: Event<'_>| progress.show(event);
    let limits = settings.limits;
    let registry = &settings.reading.registry;
    if let Some(path) = &own.rows {
        let (paths, _folder) = with_standard_input(std::slice::from_ref(path))?;
        let format = rows::Format::of(own.format)?;
        return rows::rows(&paths[0], format, (registry, limits), progress, output);
    }
    if own.format == Some(InspectFormat::Csv) {
        return Err(Failure::usage("findings are no table: --format csv is for --rows")
            .hint("write inspect --rows FILE --format csv, or --format json"));
    }
    let (paths, _folder) = with_standard_input(&own.paths)?;
    let inspection = pipeline::inspect(&paths, registry, limits, &observer)?;
    let previews: Vec<_> = inspection
        .files
        .par_iter()
        .map(|file| pipeline::preview(file, &settings.reading, limits))
        .collect();
    let mut proposals: Vec<_> = inspection
        .files
        .par_iter()
        .map(|file| pipeline::propose(file, registry, limits))
        .collect();
    propose::together(registry, &mut proposals);
    let found = Found { inspection: &inspection, previews, proposals };
    match own.format {
        Some(InspectFormat::Json) => as_json(&found, output)?,
        _ => as_text(&found, output)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What was found, with what files would give and formats that would fit them, by file.
struct Found<'a> {
    inspection: &'a Inspection,
    previews: Vec<Option<io::Result<Preview>>>,
    proposals: Vec<Option<Proposal>>,
}

impl Found<'_> {
    fn files(
        &self,
    ) -> impl Iterator<Item = (&Inspected, Option<&io::Result<Preview>>, Option<&Proposal>)>
    {
        let beside = self.previews.iter().zip(&self.proposals);
        self.inspection.files.iter().zip(beside).map(|(file, (preview, proposal))| {
            (file, preview.as_ref(), proposal.as_ref())
        })
    }
}

/// Puts standard input into a file, so that it can be read more than once.
fn with_standard_input(
    paths: &[PathBuf],
) -> Result<(Vec<PathBuf>, Option<TempDir>), Failure> {
    let is_input = |path: &&PathBuf| path.as_path() == Path::new("-");
    if !paths.iter().any(|path| is_input(&path)) {
        return Ok((paths.to_vec(), None));
    }
    let cannot =
        |error: io::Error| Failure::other(format!("cannot keep standard input: {error}"));
    let folder = tempfile::tempdir().map_err(cannot)?;
    let kept = folder.path().join("standard input");
    let mut file = fs::File::create(&kept).map_err(cannot)?;
    io::copy(&mut io::stdin().lock(), &mut file).map_err(cannot)?;
    let paths = paths.iter().map(|path| if is_input(&path) { &kept } else { path });
    Ok((paths.cloned().collect(), Some(folder)))
}

fn as_text(found: &Found<'_>, output: &mut Output) -> Result<(), Failure> {
    for (file, preview, proposal) in found.files() {
        output.line(&harmless(&file.file.name))?;
        for line in lines(file, preview) {
            output.line(&format!("  {}", harmless(&line)))?;
        }
        if let Some(proposal) = proposal {
            output.line("")?;
            output.line(&proposal.text)?;
        } else if matches!(file.verdict, Verdict::Unknown(_)) {
            output.line(&format!("  {NOTHING_GUESSED}"))?;
        }
    }
    for one in &found.inspection.unreadable {
        output.line(&harmless(&one.name))?;
        output.line(&format!("  not read: {}", harmless(&one.reason)))?;
    }
    Ok(())
}

fn lines(file: &Inspected, preview: Option<&io::Result<Preview>>) -> Vec<String> {
    let mut lines = match &file.verdict {
        Verdict::Known(known) => known_lines(known),
        Verdict::Ignored(what) => vec![format!("known, not needed: {what}")],
        verdict => pipeline::why_not(verdict)
            .map(|reason| format!("not read: {reason}"))
            .into_iter()
            .collect(),
    };
    match preview {
        Some(Ok(preview)) => {
            let outcome = &preview.outcome;
            let all = match preview.rejections {
                0 => String::new(),
                count => {
                    let words = counted(count, "rejection", "rejections");
                    format!("; {words}, cells included")
                }
            };
            lines.push(format!(
                "{}, {} kept, {} rejected{all}",
                counted(outcome.rows_read, "row", "rows"),
                outcome.rows_kept,
                outcome.rows_rejected
            ));
            lines.extend(outcome.notes.iter().map(|note| format!("note: {note}")));
            for one in &preview.first {
                let column = one
                    .column
                    .as_deref()
                    .map(|name| format!("{name}: "))
                    .unwrap_or_default();
                lines.push(format!(
                    "line {}: {column}\"{}\": {}",
                    one.line, one.text, one.reason
                ));
            }
        }
        Some(Err(error)) => lines.push(format!("it breaks off: {error}")),
        None => {}
    }
    lines
}

fn known_lines(known: &Known) -> Vec<String> {
    let layout = &known.layout;
    let columns: Vec<&str> = known
        .columns
        .bound()
        .iter()
        .filter_map(|(_, column, _)| layout.header.get(*column).map(|name| name.trim()))
        .collect();
    vec![
        format!("{} ({})", known.format.summary, known.format.name),
        format!(
            "{}, separated by {}, header on line {}",
            layout.encoding.encoding.name(),
            layout.delimiter_word(),
            layout.header_line
        ),
        format!("columns: {}", columns.join(", ")),
    ]
}

fn as_json(found: &Found<'_>, output: &mut Output) -> Result<(), Failure> {
    let mut files: Vec<Value> = found
        .files()
        .map(|(file, preview, proposal)| {
            let mut value = verdict_json(file);
            if let Some(proposal) = proposal {
                value["proposal"] = proposal_json(proposal);
            }
            if let Some(Ok(preview)) = preview {
                value["rows_read"] = preview.outcome.rows_read.into();
                value["rows_kept"] = preview.outcome.rows_kept.into();
                value["rows_rejected"] = preview.outcome.rows_rejected.into();
                value["rejections"] = preview.rejections.into();
                value["notes"] = json!(preview.outcome.notes);
            }
            value
        })
        .collect();
    files.extend(found.inspection.unreadable.iter().map(
        |one| json!({ "name": one.name, "verdict": "unreadable", "reason": one.reason }),
    ));
    output.json(&files.into())
}

/// What is said of a table for which no format can be proposed.
const NOTHING_GUESSED: &str = "no format can be guessed: its columns look neither like deals, \
                               leads or people nor like posts; docs/formats.md shows how to \
                               write one";

fn proposal_json(proposal: &Proposal) -> Value {
    let columns = proposal.own.columns.iter();
    let columns: serde_json::Map<String, Value> =
        columns.map(|(field, names)| (field.word(), json!(names))).collect();
    json!({
        "name": proposal.own.name,
        "kind": proposal.own.kind.word,
        "columns": columns,
        "configuration": proposal.text,
    })
}

fn verdict_json(file: &Inspected) -> Value {
    let mut value = match &file.verdict {
        Verdict::Known(known) => json!({
            "verdict": "known",
            "format": known.format.name,
            "encoding": known.layout.encoding.encoding.name(),
            "delimiter": known.layout.delimiter_word(),
            "header_line": known.layout.header_line,
            "columns": known.layout.header,
        }),
        Verdict::Ignored(what) => json!({ "verdict": "ignored", "reason": what }),
        Verdict::Refused(reason) => json!({ "verdict": "refused", "reason": reason }),
        Verdict::Ambiguous(names) => json!({ "verdict": "ambiguous", "formats": names }),
        Verdict::Unknown(unknown) => json!({
            "verdict": "unknown",
            "columns": unknown.header,
            "nearest": unknown.nearest.as_ref().map(|nearest| json!({
                "format": nearest.format, "has": nearest.has, "lacks": nearest.lacks,
            })),
        }),
    };
    value["name"] = file.file.name.clone().into();
    value["sha256"] = file.sha256.clone().into();
    value["bytes"] = file.whole.bytes.into();
    value
}
