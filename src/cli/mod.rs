//! The terminal: what was typed becomes one task, its events become bars or lines, its
//! errors sentences with a way out.

mod args;
mod changes;
mod check;
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
mod progress;
mod registries;
mod rows;
mod run;
mod settings;
mod values;

use std::{
    io::{IsTerminal, Write},
    panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind},
    process::ExitCode,
};

use clap::{ColorChoice, CommandFactory, FromArgMatches};

use args::{Args, Command};
use failure::Failure;
use output::Output;
use progress::Progress;
use settings::{LogFormat, Settings};

/// Does what the command line says.
pub(crate) fn main() -> ExitCode {
    let typed: Vec<String> =
        std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let is_for_programs = asked(&typed, "--log-format") == Some("json");
    let command = overview::grouped(Args::command().color(color(&typed)));
    let matches = match command.try_get_matches() {
        Ok(matches) => matches,
        Err(error) if error.use_stderr() && is_for_programs => {
            let words = error.render().to_string();
            let words = words.trim().trim_start_matches("error: ");
            return told(&Failure::usage(words).for_programs(true));
        }
        Err(error) => {
            let error = overview::with_example(overview::with_nearest(error), &typed);
            // Help goes to standard output, which may be closed.
            drop(error.print());
            return ExitCode::from(if error.use_stderr() { failure::USAGE } else { 0 });
        }
    };
    std::panic::set_hook(Box::new(tell_fault));
    let work = || {
        Args::from_arg_matches(&matches)
            .map_err(|error| Failure::usage(error.to_string()))
            .and_then(|args| dispatch(&args))
    };
    // What was told is told; nothing was committed.
    let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Ok(failure::FAILED.into()));
    match done {
        Ok(code) => code,
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => told(&failure),
    }
}

/// Tells of an error.
fn told(failure: &Failure) -> ExitCode {
    // Nobody is left to tell where standard error is closed too.
    let words = failure.to_string();
    drop(write!(std::io::stderr(), "{}", output::harmless_lines(&words)));
    failure.exit_code()
}

/// What a flag says, of which nothing may be wrong but what else was typed.
fn asked<'a>(typed: &'a [String], flag: &str) -> Option<&'a str> {
    let words = typed.iter().take_while(|word| *word != "--").enumerate();
    let said = words.filter_map(|(at, word)| match word.strip_prefix(flag)? {
        "" => typed.get(at + 1).map(String::as_str),
        value => value.strip_prefix('='),
    });
    said.last()
}

/// Tells of a panic, unless it is code of others that gave up, which its caller tells of.
fn tell_fault(panic: &PanicHookInfo<'_>) {
    if touchstone::decode::guard::is_guarded() {
        return;
    }
    let words = panic.payload_as_str().unwrap_or_default();
    let place = panic.location().map(|place| format!(", at {place}")).unwrap_or_default();
    let told = writeln!(
        std::io::stderr(),
        "error: a fault of touchstone itself{place}: {words}\nhint: nothing was changed; \
         please report it with the line above"
    );
    drop(told);
}

/// Color for help and usage errors, which are printed before the flags are read.
fn color(typed: &[String]) -> ColorChoice {
    let is_off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match asked(typed, "--color") {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ if is_off => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

fn dispatch(args: &Args) -> Result<ExitCode, Failure> {
    let settings = Settings::resolve(args)?;
    let is_for_programs = settings.log_format == LogFormat::Json;
    perform_all(args, settings).map_err(|failure| failure.for_programs(is_for_programs))
}

fn perform_all(args: &Args, settings: Settings) -> Result<ExitCode, Failure> {
    let progress = Progress::new(&settings, std::io::stderr().is_terminal());
    rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        // A run on one thread is one on this.
        .use_current_thread()
        .build_global()
        .map_err(|error| Failure::other(format!("cannot start threads: {error}")))?;
    let mut output = Output::new();
    let writes = match &args.command {
        Command::Export(own) => own.out != std::path::Path::new("-"),
        Command::Forget(own) => !own.dry_run,
        Command::Run(_)
        | Command::Demo(_)
        | Command::Import(_)
        | Command::Attribute(_)
        | Command::Report(_) => true,
        _ => false,
    };
    let done = perform(args, settings, &progress, &mut output)
        .and_then(|code| output.flush().map(|()| code));
    if writes { done.map_err(Failure::after_work) } else { done }
}

fn perform(
    args: &Args,
    settings: Settings,
    progress: &Progress,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::Run(own) => run::run(own, &settings, progress, output),
        Command::Demo(own) => demo::demo(own, args, settings, progress, output),
        Command::Import(own) => run::import(own, &settings, progress, output),
        Command::Attribute(_) => run::attribute(&settings, progress, output),
        Command::Report(own) => run::report(own, &settings, progress, output),
        Command::Inspect(own) => inspect::inspect(own, &settings, progress, output),
        Command::Export(own) => export::export(own, &settings, progress, output),
        Command::Explain(own) => explain::explain(own, &settings, output),
        Command::Changes(own) => changes::changes(own, &settings, output),
        Command::Check(own) => check::check(own, &settings, output),
        Command::Forget(own) => forget::forget(own, &settings, progress, output),
        Command::Completions(own) => documents::completions(own.shell, output),
        Command::Man => documents::man(output),
        Command::Journeys(own) => journeys::journeys(own, &settings, progress, output),
        Command::Formats(own) => {
            registries::formats(own.format, &settings.reading.registry, output)
        }
        Command::Models(own) => registries::models(own.format, output),
        Command::Config(own) => settings.show(own, output),
    }
}
