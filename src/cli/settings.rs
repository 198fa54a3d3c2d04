//! What was typed and configured, and what it means.

use std::path::PathBuf;

use touchstone::{
    config::{self, Choice, Chosen, Configuration, Flags},
    discover::Limits,
    normalize,
    pipeline::Attribution,
};

use super::{
    args::{self, Args},
    failure::Failure,
    output::Output,
    values,
};

/// The flags that were typed, by the settings that they are.
fn flags(args: &Args) -> Flags {
    let Args { shared, command } = args;
    let reading = command.reading();
    let attributing = command.attributing();
    let typed = [
        ("db", shared.db.clone()),
        ("out", command.writing().out),
        ("time-zone", reading.time_zone),
        ("date-order", reading.date_order),
        ("currency", reading.currency),
        ("window", attributing.window),
        ("models", attributing.models),
        ("half-life", attributing.half_life),
        ("seed", attributing.seed),
        ("as-of", attributing.as_of),
        ("retention", command.retention()),
        ("threads", shared.threads.clone()),
        ("quiet", shared.quiet.then(|| "true".to_owned())),
        ("color", shared.color.clone()),
        ("log-format", shared.log_format.clone()),
    ];
    let typed = typed.into_iter();
    typed.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// When color is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// How progress is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LogFormat {
    Text,
    Json,
}

/// What was typed and configured, and what it means.
pub(super) struct Settings {
    pub(super) database: PathBuf,
    pub(super) out: PathBuf,
    pub(super) reading: normalize::Settings,
    pub(super) limits: Limits,
    pub(super) attribution: Attribution,
    pub(super) retention_days: Option<u32>,
    pub(super) threads: usize,
    pub(super) is_quiet: bool,
    pub(super) color: Color,
    pub(super) log_format: LogFormat,
    chosen: Vec<Chosen>,
}

impl Settings {
    /// Finds the settings in force.
    pub(super) fn resolve(args: &Args) -> Result<Self, Failure> {
        let file = match config::text(args.shared.config.as_deref())? {
            Some((name, text)) => Configuration::parse(&name, &text)?,
            None => Configuration::default(),
        };
        let flags = flags(args);
        let mut choice = Choice::new(&flags, &file);
        Ok(Self {
            database: choice.of("db", values::path)?,
            out: choice.of("out", values::path)?,
            reading: choice.reading()?,
            attribution: choice.attribution()?,
            retention_days: choice.retention_days()?,
            limits: choice.limits()?,
            threads: choice.of("threads", values::threads)?,
            is_quiet: choice.of("quiet", values::flag)?,
            color: choice.of("color", values::color)?,
            log_format: choice.of("log-format", values::log_format)?,
            chosen: choice.chosen().to_vec(),
        })
    }

    /// Prints the settings in force, or a template with the defaults.
    pub(super) fn show(
        &self,
        own: &args::Config,
        output: &mut Output,
    ) -> Result<std::process::ExitCode, Failure> {
        if own.template {
            output.text(&config::template())?;
        } else {
            for Chosen { name, value, origin } in &self.chosen {
                let value = if value.is_empty() { "–" } else { value };
                output.row(&format!("{name:15}  "), &format!("{value:24}  {origin}"))?;
            }
        }
        Ok(std::process::ExitCode::SUCCESS)
    }
}
