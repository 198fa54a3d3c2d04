//! `export`: the result tables for other tools.

use std::{
    io::{IsTerminal, stdout},
    path::Path,
    process::ExitCode,
};

use touchstone::{
    config, pipeline,
    report::export::{self, ExportFormat},
    store::VIEWS,
};

use super::{
    args, failure::Failure, output::Output, progress::Progress, run, settings::Settings,
};

/// Writes views into a folder, or one of them to standard output.
pub(super) fn export(
    own: &args::Export,
    settings: &Settings,
    progress: &Progress,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let views = chosen(&own.views)?;
    let format = match own.format {
        args::ExportFormat::Csv => ExportFormat::Csv,
        args::ExportFormat::Json => ExportFormat::JsonLines,
        args::ExportFormat::Xlsx => ExportFormat::Workbook,
        args::ExportFormat::Parquet => ExportFormat::Parquet,
    };
    let names = own.showing.names();
    let open = || pipeline::open_to_show(&settings.database, names, &run::holder());
    if own.out == Path::new("-") {
        check_standard_output(&views, format)?;
        let notes = export::write_one(&open()?, views[0], format, output.bytes())?;
        for note in &notes {
            progress.note(note);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let store = open()?;
    let (prepared, written) = export::prepare(&store, &views, format, &own.out)?;
    prepared.publish()?;
    for one in &written.views {
        let name = export::plain_name(one.view);
        output.line(&format!(
            "{:>9} rows  {name:24}  {}",
            one.rows,
            one.path.display()
        ))?;
    }
    for note in &written.notes {
        progress.note(note);
    }
    Ok(ExitCode::SUCCESS)
}

/// Says that standard output takes one view, and a terminal none that is not text.
fn check_standard_output(
    views: &[&'static str],
    format: ExportFormat,
) -> Result<(), Failure> {
    if views.len() != 1 {
        return Err(Failure::usage("--out -: standard output takes one view")
            .hint("choose it with --view, such as --view posts"));
    }
    let is_binary = matches!(format, ExportFormat::Workbook | ExportFormat::Parquet);
    if is_binary && stdout().is_terminal() {
        return Err(Failure::usage("--out -: a terminal cannot show this format")
            .hint("send it into a file: touchstone export ... --out - > FILE"));
    }
    Ok(())
}

/// The views of these names, with or without the prefix, in the order of all; all where
/// none is named.
fn chosen(names: &[String]) -> Result<Vec<&'static str>, Failure> {
    let plain = || VIEWS.iter().map(|view| export::plain_name(view));
    for name in names {
        if !plain().any(|view| view == export::plain_name(name)) {
            let all = plain().collect::<Vec<_>>().join(", ");
            let hint = match config::meant(export::plain_name(name), plain()) {
                Some(meant) => format!("{meant} The views are: {all}"),
                None => format!("the views are: {all}"),
            };
            return Err(
                Failure::usage(format!("--view: there is no view \"{name}\"")).hint(hint)
            );
        }
    }
    let is_chosen = |view: &&&str| {
        names.is_empty()
            || names
                .iter()
                .any(|name| export::plain_name(name) == export::plain_name(view))
    };
    Ok(VIEWS.iter().filter(is_chosen).copied().collect())
}
