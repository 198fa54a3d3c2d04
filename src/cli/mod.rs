//! The terminal: what was typed becomes one task, its events become bars or lines, its
//! errors sentences with a way out.

mod args;
mod changes;
mod check;
mod config;
mod demo;
mod documents;
mod explain;
mod export;
mod failure;
mod flags;
mod forget;
mod inspect;
mod journeys;
mod output;
mod overview;
mod own_formats;
mod progress;
mod registries;
mod rows;
mod run;
mod sections;
mod settings;
mod values;

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

use clap::{ColorChoice, CommandFactory, FromArgMatches};

use args::{Args, Command};
use failure::Failure;
use output::Output;
use progress::Progress;
use settings::Settings;

/// Does what the command line says.
pub(crate) fn main() -> ExitCode {
    let command = overview::grouped(Args::command().color(color()));
    let matches = match command.try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let error = overview::with_nearest(error);
            // Help goes to standard output, which may be closed.
            drop(error.print());
            return ExitCode::from(if error.use_stderr() { failure::USAGE } else { 0 });
        }
    };
    let done = Args::from_arg_matches(&matches)
        .map_err(|error| Failure::usage(error.to_string()))
        .and_then(|args| dispatch(&args));
    match done {
        Ok(code) => code,
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody is left to tell where standard error is closed too.
            drop(write!(std::io::stderr(), "{failure}"));
            failure.exit_code()
        }
    }
}

/// Color for help and usage errors, which are printed before the flags are known.
fn color() -> ColorChoice {
    let is_off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if is_off { ColorChoice::Never } else { ColorChoice::Auto }
}

fn dispatch(args: &Args) -> Result<ExitCode, Failure> {
    let settings = Settings::resolve(args)?;
    let progress = Progress::new(&settings, std::io::stderr().is_terminal());
    rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build_global()
        .map_err(|error| Failure::other(format!("cannot start threads: {error}")))?;
    let mut output = Output::new();
    let code = match &args.command {
        Command::Run(own) => run::run(own, &settings, &progress, &mut output),
        Command::Demo(own) => demo::demo(own, args, settings, &progress, &mut output),
        Command::Import(own) => run::import(own, &settings, &progress, &mut output),
        Command::Attribute(_) => run::attribute(&settings, &progress, &mut output),
        Command::Report(own) => run::report(own, &settings, &progress, &mut output),
        Command::Inspect(own) => inspect::inspect(own, &settings, &progress, &mut output),
        Command::Export(own) => export::export(own, &settings, &progress, &mut output),
        Command::Explain(own) => explain::explain(own, &settings, &mut output),
        Command::Changes(own) => changes::changes(own, &settings, &mut output),
        Command::Check(own) => check::check(own, &settings, &mut output),
        Command::Forget(own) => forget::forget(own, &settings, &progress, &mut output),
        Command::Completions(own) => documents::completions(own.shell, &mut output),
        Command::Man => documents::man(&mut output),
        Command::Journeys(own) => {
            journeys::journeys(own, &settings, &progress, &mut output)
        }
        Command::Formats(own) => {
            registries::formats(own.format, &settings.reading.registry, &mut output)
        }
        Command::Models(own) => registries::models(own.format, &mut output),
        Command::Config(own) => settings.show(own, &mut output),
    }?;
    output.flush()?;
    Ok(code)
}
