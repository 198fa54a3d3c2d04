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

/// The format of words that a configuration asks for, whatever else it says.
fn log_format(text: &str) -> Option<String> {
    let table: toml::Table = text.parse().ok()?;
    Some(table.get("log-format")?.as_str()?.to_owned())
}

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
        let text = config::text(args.shared.config.as_deref());
        let configured = text.as_ref().ok().and_then(Option::as_ref);
        let configured = configured.and_then(|(_, text)| log_format(text));
        // Errors are told in the format that is asked for, whatever else is wrong.
        let asked = args.shared.log_format.clone().or(configured);
        let told =
            |failure: Failure| failure.for_programs(asked.as_deref() == Some("json"));
        let text = text.map_err(|error| told(error.into()))?;
        Self::of(args, text).map_err(told)
    }

    fn of(args: &Args, text: Option<(String, String)>) -> Result<Self, Failure> {
        let file = match text {
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
            chosen: choice.chosen().iter().cloned().chain(choice.sections()).collect(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_of_words_is_known_where_other_settings_are_wrong() {
        let json = log_format("windw = 3\nlog-format = \"json\"\n");
        assert_eq!(json.as_deref(), Some("json"));
        assert_eq!(log_format("window = 3"), None);
        assert_eq!(log_format("log-format = ["), None);
    }
}
