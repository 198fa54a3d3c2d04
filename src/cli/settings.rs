//! Settings: from a flag, else the configuration, else the default; read by one function
//! each, wherever they come from.

use std::path::PathBuf;

use touchstone::{
    attribute::{self, incremental::Effort},
    discover::Limits,
    normalize,
    pipeline::Attribution,
};

use super::{
    args::{self, Args},
    config::ConfigFile,
    failure::Failure,
    output::Output,
    values,
};

/// A setting that the command line and the configuration share.
struct Setting {
    name: &'static str,
    default: &'static str,
    summary: &'static str,
}

/// All settings, in the order in which they are shown.
const SETTINGS: &[Setting] = &[
    Setting { name: "db", default: "touchstone.db", summary: "The database." },
    Setting {
        name: "out",
        default: "touchstone-report",
        summary: "The folder for report.html and the tables.",
    },
    Setting {
        name: "time-zone",
        default: "UTC",
        summary: "The time zone of exports that state none.",
    },
    Setting {
        name: "date-order",
        default: "",
        summary: "The order of dates where a column does not decide itself: dmy, mdy, ymd.",
    },
    Setting {
        name: "currency",
        default: "",
        summary: "The currency of amounts that state none, such as AUD.",
    },
    Setting {
        name: "window",
        default: "90",
        summary: "Days before a conversion in which a touch counts.",
    },
    Setting {
        name: "models",
        default: "first-touch,last-touch,last-non-reaction,linear,time-decay,\
                  position-based,markov,shapley",
        summary: "Attribution models, separated by commas.",
    },
    Setting {
        name: "half-life",
        default: "7",
        summary: "Days after which a touch counts half as much (time-decay).",
    },
    Setting {
        name: "seed",
        default: "0",
        summary: "What random draws start from: the same seed, the same figures.",
    },
    Setting {
        name: "placebo",
        default: "200",
        summary: "How often posts are shifted, as the data's own check on the lens of \
                  silent readers; 0 for never.",
    },
    Setting {
        name: "bootstrap",
        default: "400",
        summary: "How often leads are drawn anew for the bounds of revenue; 0 for never.",
    },
    Setting {
        name: "as-of",
        default: "",
        summary: "The end of the study; else the newest instant that is recorded.",
    },
    Setting {
        name: "retention",
        default: "",
        summary: "Days after which persons of whom nothing newer is stated are deleted; \
                  else none are.",
    },
    Setting {
        name: "threads",
        default: "",
        summary: "Threads to work with; else one a core.",
    },
    Setting {
        name: "max-inflated-mb",
        default: "16384",
        summary: "Megabytes that one compressed file may inflate to.",
    },
    Setting {
        name: "max-inflation",
        default: "100",
        summary: "How many times its size a compressed file may inflate to, over 256 MB.",
    },
    Setting {
        name: "max-nested-mb",
        default: "256",
        summary: "Megabytes of archives inside archives, which are held in memory.",
    },
    Setting {
        name: "max-nesting",
        default: "3",
        summary: "How deep archives may lie inside archives.",
    },
    Setting {
        name: "max-workbook-mb",
        default: "256",
        summary: "Megabytes that a workbook may inflate to, which is held in memory.",
    },
    Setting {
        name: "max-record-mb",
        default: "32",
        summary: "Megabytes that one row, or one record of JSON, may take.",
    },
    Setting {
        name: "max-cell-kb",
        default: "64",
        summary: "Kilobytes of a cell; one that takes more is left out and listed.",
    },
    Setting {
        name: "max-rejections",
        default: "1000000",
        summary: "Rejections of one file that are listed; more are counted.",
    },
    Setting {
        name: "quiet",
        default: "false",
        summary: "Say nothing but what was asked for, and errors.",
    },
    Setting {
        name: "color",
        default: "auto",
        summary: "When to use color: auto, always, never.",
    },
    Setting {
        name: "log-format",
        default: "text",
        summary: "How progress is told: text, json.",
    },
];

/// What is no single value: its name, and how it begins.
const SECTION_NAMES: [(&str, &str); 6] = [
    ("stages", "[stages]"),
    ("weights", "[weights]"),
    ("custom", "[custom]"),
    ("theme", "[[theme]]"),
    ("columns", "[columns]"),
    ("format", "[[format]]"),
];

/// The sections as the template shows them.
const SECTIONS: &str = include_str!("sections.toml");

/// Says that a name is a setting, or what may have been meant.
pub(super) fn known(name: &str) -> Result<(), String> {
    if SETTINGS.iter().any(|setting| setting.name == name) {
        return Ok(());
    }
    if let Some((_, written)) = SECTION_NAMES.iter().find(|(own, _)| *own == name) {
        return Err(format!("it is a section, which begins with {written}"));
    }
    let sections = SECTION_NAMES.iter().map(|(name, _)| *name);
    let names = SETTINGS.iter().map(|setting| setting.name).chain(sections);
    Err(nearest(name, names).map_or_else(
        || "touchstone config --template prints all settings".to_owned(),
        |near| format!("did you mean \"{near}\"?"),
    ))
}

/// The name that is spelled most like a word, if any is near.
pub(super) fn nearest<'a>(
    word: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(word, name), name))
        .filter(|(likeness, _)| 0.75 < *likeness)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

/// A setting in force.
struct Chosen {
    name: &'static str,
    value: String,
    origin: String,
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
        let file = ConfigFile::read(args.shared.config.as_deref())?;
        let mut choice = Choice { file: &file, chosen: Vec::new() };
        let shared = &args.shared;
        let command = &args.command;
        let reading = command.reading();
        let attributing = command.attributing();
        let writing = command.writing();
        let is_quiet = shared.quiet.then(|| "true".to_owned());
        Ok(Self {
            database: choice.of("db", shared.db.as_ref(), values::path)?,
            out: choice.of("out", writing.out.as_ref(), values::path)?,
            reading: normalize::Settings {
                zone: choice.of("time-zone", reading.time_zone.as_ref(), values::zone)?,
                date_order: choice.of(
                    "date-order",
                    reading.date_order.as_ref(),
                    values::order,
                )?,
                currency: choice.of(
                    "currency",
                    reading.currency.as_ref(),
                    values::currency,
                )?,
                stages: file.stages.clone(),
                registry: file.registry.clone(),
            },
            attribution: attribution(&mut choice, &attributing)?,
            retention_days: choice.of(
                "retention",
                command.retention().as_ref(),
                values::retention,
            )?,
            limits: limits(&mut choice)?,
            threads: choice.of("threads", shared.threads.as_ref(), values::threads)?,
            is_quiet: choice.of("quiet", is_quiet.as_ref(), values::flag)?,
            color: choice.of("color", shared.color.as_ref(), values::color)?,
            log_format: choice.of(
                "log-format",
                shared.log_format.as_ref(),
                values::log_format,
            )?,
            chosen: choice.chosen,
        })
    }

    /// Prints the settings in force, or a template with the defaults.
    pub(super) fn show(
        &self,
        own: &args::Config,
        output: &mut Output,
    ) -> Result<std::process::ExitCode, Failure> {
        if own.template {
            output.line("# Settings of Touchstone. Flags win over what stands here.")?;
            for setting in SETTINGS {
                let value = match setting.default {
                    number if number.parse::<u32>().is_ok() => number.to_owned(),
                    flag @ ("true" | "false") => flag.to_owned(),
                    text => format!("\"{text}\""),
                };
                output.line(&format!("\n# {}", setting.summary))?;
                output.line(&format!("# {} = {value}", setting.name))?;
            }
            output.text(SECTIONS)?;
        } else {
            for Chosen { name, value, origin } in &self.chosen {
                let value = if value.is_empty() { "–" } else { value };
                output.row(&format!("{name:15}  {value:24}  {origin}"))?;
            }
        }
        Ok(std::process::ExitCode::SUCCESS)
    }
}

fn attribution(
    choice: &mut Choice<'_>,
    attributing: &args::Attributing,
) -> Result<Attribution, Failure> {
    Ok(Attribution {
        window_days: choice.of("window", attributing.window.as_ref(), values::window)?,
        models: choice.of("models", attributing.models.as_ref(), values::models)?,
        options: attribute::Options {
            half_life_days: choice.of(
                "half-life",
                attributing.half_life.as_ref(),
                values::half_life,
            )?,
            seed: choice.of("seed", attributing.seed.as_ref(), values::seed)?,
            custom: choice.file.custom,
            ..attribute::Options::default()
        },
        weights: choice.file.weights,
        themes: choice.file.themes.clone(),
        effort: Effort {
            placebo_draws: choice.of("placebo", None, values::draws)?,
            bootstrap_draws: choice.of("bootstrap", None, values::draws)?,
        },
        as_of: choice.of("as-of", attributing.as_of.as_ref(), values::end_of_day)?,
    })
}

fn limits(choice: &mut Choice<'_>) -> Result<Limits, Failure> {
    Ok(Limits {
        inflated_bytes: choice.of("max-inflated-mb", None, values::megabytes)?,
        inflation: choice.of("max-inflation", None, values::inflation)?,
        nested_archive_bytes: choice.of("max-nested-mb", None, values::megabytes)?,
        nesting: choice.of("max-nesting", None, values::nesting)?,
        workbook_bytes: choice.of("max-workbook-mb", None, values::megabytes)?,
        record_bytes: choice.of("max-record-mb", None, values::megabytes)?,
        cell_bytes: choice.of("max-cell-kb", None, values::kilobytes)?,
        rejections: choice.of("max-rejections", None, values::rejections)?,
    })
}

/// Chooses settings and notes where each comes from.
struct Choice<'a> {
    file: &'a ConfigFile,
    chosen: Vec<Chosen>,
}

impl Choice<'_> {
    fn of<T>(
        &mut self,
        name: &'static str,
        flag: Option<&String>,
        read: fn(&str) -> Result<T, String>,
    ) -> Result<T, Failure> {
        let default = SETTINGS.iter().find(|setting| setting.name == name);
        let default = default.map_or("", |setting| setting.default);
        let path = self.file.path.as_deref().unwrap_or(std::path::Path::new(""));
        let (value, origin) = match (flag, self.file.get(name)) {
            (Some(value), _) => (value.as_str(), format!("--{name}")),
            (None, Some(entry)) => (
                entry.value.as_str(),
                format!("{}:{}: {name}", path.display(), entry.line),
            ),
            (None, None) => (default, "default".to_owned()),
        };
        let meant = read(value)
            .map_err(|reason| Failure::usage(format!("{origin}: {reason}")))?;
        self.chosen.push(Chosen { name, value: value.to_owned(), origin });
        Ok(meant)
    }
}
