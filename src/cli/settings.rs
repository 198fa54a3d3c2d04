//! Settings: from a flag, else the configuration, else the default; read by one function
//! each, wherever they come from.

use std::{path::PathBuf, str::FromStr};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use touchstone::{
    attribute::{self, incremental::Effort},
    discover::Limits,
    domain::Currency,
    normalize,
    normalize::date::DateOrder,
    pipeline::Attribution,
};

use super::{
    args::{self, Args},
    config::ConfigFile,
    failure::Failure,
    output::Output,
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
const SECTION_NAMES: [(&str, &str); 5] = [
    ("stages", "[stages]"),
    ("weights", "[weights]"),
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
            database: choice.of("db", shared.db.as_ref(), path)?,
            out: choice.of("out", writing.out.as_ref(), path)?,
            reading: normalize::Settings {
                zone: choice.of("time-zone", reading.time_zone.as_ref(), zone)?,
                date_order: choice.of(
                    "date-order",
                    reading.date_order.as_ref(),
                    order,
                )?,
                currency: choice.of("currency", reading.currency.as_ref(), currency)?,
                stages: file.stages.clone(),
                registry: file.registry.clone(),
            },
            attribution: Attribution {
                window_days: choice.of("window", attributing.window.as_ref(), window)?,
                models: choice.of("models", attributing.models.as_ref(), models)?,
                options: attribute::Options {
                    half_life_days: choice.of(
                        "half-life",
                        attributing.half_life.as_ref(),
                        half_life,
                    )?,
                    seed: choice.of("seed", attributing.seed.as_ref(), seed)?,
                    ..attribute::Options::default()
                },
                weights: file.weights,
                themes: file.themes.clone(),
                effort: Effort {
                    placebo_draws: choice.of("placebo", None, draws)?,
                    bootstrap_draws: choice.of("bootstrap", None, draws)?,
                },
                as_of: choice.of("as-of", attributing.as_of.as_ref(), end_of_day)?,
            },
            limits: Limits {
                inflated_bytes: choice.of("max-inflated-mb", None, megabytes)?,
                inflation: choice.of("max-inflation", None, inflation)?,
                nested_archive_bytes: choice.of("max-nested-mb", None, megabytes)?,
                nesting: choice.of("max-nesting", None, nesting)?,
                workbook_bytes: choice.of("max-workbook-mb", None, megabytes)?,
                record_bytes: choice.of("max-record-mb", None, megabytes)?,
                cell_bytes: choice.of("max-cell-kb", None, kilobytes)?,
                rejections: choice.of("max-rejections", None, rejections)?,
            },
            threads: choice.of("threads", shared.threads.as_ref(), threads)?,
            is_quiet: choice.of("quiet", is_quiet.as_ref(), flag)?,
            color: choice.of("color", shared.color.as_ref(), color)?,
            log_format: choice.of(
                "log-format",
                shared.log_format.as_ref(),
                log_format,
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
                output.row(&format!("{name:15}  {value:24}  {origin}"))?;
            }
        }
        Ok(std::process::ExitCode::SUCCESS)
    }
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

fn path(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() { Err("the name is empty".to_owned()) } else { Ok(text.into()) }
}

fn zone(text: &str) -> Result<TimeZone, String> {
    TimeZone::get(text).map_err(|_| {
        format!("\"{text}\" is no time zone; write one such as Australia/Sydney or UTC")
    })
}

fn order(text: &str) -> Result<Option<DateOrder>, String> {
    optional(text, DateOrder::from_str)
}

fn currency(text: &str) -> Result<Option<Currency>, String> {
    optional(text, |code| {
        Currency::from_code(code).ok_or_else(|| {
            format!("\"{code}\" is no currency; write its three letters, such as AUD")
        })
    })
}

fn optional<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<Option<T>, String> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some) }
}

fn window(text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| (1..=3650).contains(days));
    days.ok_or_else(|| format!("\"{text}\" is no number of days from 1 to 3650"))
}

fn half_life(text: &str) -> Result<f64, String> {
    let days = text.parse().ok().filter(|days| 0.0 < *days && *days <= 3650.0);
    days.ok_or_else(|| format!("\"{text}\" is no number of days over 0, up to 3650"))
}

fn draws(text: &str) -> Result<u32, String> {
    let draws = text.parse().ok().filter(|draws| *draws <= 100_000);
    draws.ok_or_else(|| format!("\"{text}\" is no whole number up to 100000"))
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("\"{text}\" is no whole number from 0"))
}

fn models(text: &str) -> Result<Vec<&'static attribute::Model>, String> {
    let names: Vec<String> = text
        .split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let models = attribute::models(&names).map_err(|error| {
        let near = super::registries::model_names(&error.name);
        format!("{error}; the models are: {near}")
    })?;
    if models.is_empty() { Err("the list of models is empty".into()) } else { Ok(models) }
}

fn end_of_day(text: &str) -> Result<Option<Timestamp>, String> {
    optional(text, |text| {
        text.parse::<Date>()
            .and_then(|day| {
                jiff::tz::Offset::UTC.to_timestamp(day.at(23, 59, 59, 999_000_000))
            })
            .map_err(|_| format!("\"{text}\" is no day; write it as YYYY-MM-DD"))
    })
}

fn megabytes(text: &str) -> Result<u64, String> {
    let megabytes = text.parse().ok().filter(|number| (1..=1 << 24).contains(number));
    megabytes
        .map(|number: u64| number << 20)
        .ok_or_else(|| format!("\"{text}\" is no number of megabytes from 1 to 16777216"))
}

fn kilobytes(text: &str) -> Result<u64, String> {
    let kilobytes = text.parse().ok().filter(|number| (1..=1 << 20).contains(number));
    kilobytes
        .map(|number: u64| number << 10)
        .ok_or_else(|| format!("\"{text}\" is no number of kilobytes from 1 to 1048576"))
}

fn rejections(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("\"{text}\" is no whole number from 0"))
}

fn inflation(text: &str) -> Result<u64, String> {
    let times = text.parse().ok().filter(|times| (1..=100_000).contains(times));
    times.ok_or_else(|| format!("\"{text}\" is no number from 1 to 100000"))
}

fn nesting(text: &str) -> Result<u8, String> {
    let depth = text.parse().ok().filter(|depth| *depth <= 20);
    depth.ok_or_else(|| format!("\"{text}\" is no number from 0 to 20"))
}

fn threads(text: &str) -> Result<usize, String> {
    if text.is_empty() {
        return Ok(std::thread::available_parallelism().map_or(1, Into::into));
    }
    let threads = text.parse().ok().filter(|threads| (1..=1024).contains(threads));
    threads.ok_or_else(|| format!("\"{text}\" is no number from 1 to 1024"))
}

fn flag(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| format!("\"{text}\" is neither true nor false"))
}

fn color(text: &str) -> Result<Color, String> {
    match text {
        "auto" => Ok(Color::Auto),
        "always" => Ok(Color::Always),
        "never" => Ok(Color::Never),
        _ => Err(format!("\"{text}\" is neither auto, always nor never")),
    }
}

fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(format!("\"{text}\" is neither text nor json")),
    }
}
