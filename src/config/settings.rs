//! Settings: from a flag, else the configuration, else the default; read by one function
//! each, wherever they come from.

use std::collections::BTreeMap;

use super::{ConfigError, Configuration, meant, values};
use crate::{
    attribute::{self, incremental::Effort},
    discover::Limits,
    normalize,
    pipeline::Attribution,
    resolve::Told,
};

/// A setting that flags and the configuration share.
pub struct Setting {
    /// Its name, as a flag without dashes.
    pub name: &'static str,
    /// What is in force where nothing else is said.
    pub default: &'static str,
    /// What it says, as a sentence.
    pub summary: &'static str,
}

/// All settings, in the order in which they are shown.
pub const SETTINGS: &[Setting] = &[
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
        name: "country",
        default: "",
        summary: "The country of telephone numbers that state none, such as AU.",
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
const SECTION_NAMES: [(&str, &str); 10] = [
    ("stages", "[stages]"),
    ("exchange-rates", "[exchange-rates]"),
    ("weights", "[weights]"),
    ("custom", "[custom]"),
    ("theme", "[[theme]]"),
    ("same-person", "[same-person]"),
    ("other-person", "[other-person]"),
    ("copy", "[[copy]]"),
    ("columns", "[columns]"),
    ("format", "[[format]]"),
];

/// The sections as the template shows them.
const SECTIONS: &str = include_str!("sections.toml");

/// Whether a name is one of these.
pub(super) fn is_section(name: &str) -> bool {
    SECTION_NAMES.iter().any(|(own, _)| *own == name)
}

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
    Err(meant(name, names)
        .unwrap_or_else(|| "touchstone config --template prints all settings".to_owned()))
}

/// A commented configuration with the defaults.
pub fn template() -> String {
    let mut text =
        "# Settings of Touchstone. Flags win over what stands here.\n".to_owned();
    for Setting { name, default, summary } in SETTINGS {
        let value = match *default {
            number if number.parse::<u32>().is_ok() => number.to_owned(),
            flag @ ("true" | "false") => flag.to_owned(),
            text => format!("\"{text}\""),
        };
        text.extend(["\n# ", summary, "\n# ", name, " = ", &value, "\n"]);
    }
    text + SECTIONS
}

/// What flags say, by the names of settings.
pub type Flags = BTreeMap<String, String>;

/// A setting in force.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Its name.
    pub name: &'static str,
    /// Its value, as it would be typed after a flag.
    pub value: String,
    /// The flag, or the line of the configuration; `default` if neither.
    pub origin: String,
}

/// Chooses settings and notes where each comes from.
pub struct Choice<'a> {
    file: &'a Configuration,
    flags: &'a Flags,
    chosen: Vec<Chosen>,
}

impl<'a> Choice<'a> {
    /// Chooses between flags and a configuration.
    pub fn new(flags: &'a Flags, file: &'a Configuration) -> Self {
        Self { file, flags, chosen: Vec::new() }
    }

    /// How files are read.
    pub fn reading(&mut self) -> Result<normalize::Settings, ConfigError> {
        Ok(normalize::Settings {
            zone: self.of("time-zone", values::zone)?,
            date_order: self.of("date-order", values::order)?,
            currency: self.of("currency", values::currency)?,
            stages: self.file.stages.clone(),
            registry: self.file.registry.clone(),
        })
    }

    /// How touches are linked and credited.
    pub fn attribution(&mut self) -> Result<Attribution, ConfigError> {
        Ok(Attribution {
            window_days: self.of("window", values::window)?,
            models: self.of("models", values::models)?,
            options: attribute::Options {
                half_life_days: self.of("half-life", values::half_life)?,
                seed: self.of("seed", values::seed)?,
                custom: self.file.custom,
                ..attribute::Options::default()
            },
            weights: self.file.weights,
            themes: self.file.themes.clone(),
            rates: self.file.rates.clone(),
            told: Told {
                country: self.of("country", values::country)?,
                ..self.file.told.clone()
            },
            effort: Effort {
                placebo_draws: self.of("placebo", values::draws)?,
                bootstrap_draws: self.of("bootstrap", values::draws)?,
            },
            as_of: self.of("as-of", values::end_of_day)?,
        })
    }

    /// Days after which persons of whom nothing newer is stated are deleted.
    pub fn retention_days(&mut self) -> Result<Option<u32>, ConfigError> {
        self.of("retention", values::retention)
    }

    /// What a single file may cost.
    pub fn limits(&mut self) -> Result<Limits, ConfigError> {
        Ok(Limits {
            inflated_bytes: self.of("max-inflated-mb", values::megabytes)?,
            inflation: self.of("max-inflation", values::inflation)?,
            nested_archive_bytes: self.of("max-nested-mb", values::megabytes)?,
            nesting: self.of("max-nesting", values::nesting)?,
            workbook_bytes: self.of("max-workbook-mb", values::megabytes)?,
            record_bytes: self.of("max-record-mb", values::megabytes)?,
            cell_bytes: self.of("max-cell-kb", values::kilobytes)?,
            rejections: self.of("max-rejections", values::rejections)?,
        })
    }

    /// The setting of a name, by the function that reads it.
    pub fn of<T>(
        &mut self,
        name: &'static str,
        read: fn(&str) -> Result<T, String>,
    ) -> Result<T, ConfigError> {
        let default = SETTINGS.iter().find(|setting| setting.name == name);
        let default = default.map_or("", |setting| setting.default);
        let (value, origin) = match (self.flags.get(name), self.file.get(name)) {
            (Some(value), _) => (value.as_str(), format!("--{name}")),
            (None, Some(entry)) => (
                entry.value.as_str(),
                format!("{}:{}: {name}", self.file.name, entry.line),
            ),
            (None, None) => (default, "default".to_owned()),
        };
        let meant = read(value)
            .map_err(|reason| ConfigError::new(format!("{origin}: {reason}")))?;
        self.chosen.push(Chosen { name, value: value.to_owned(), origin });
        Ok(meant)
    }

    /// The settings that were asked for, in this order.
    pub fn chosen(&self) -> &[Chosen] {
        &self.chosen
    }

    /// The sections of the configuration, which no flag has.
    pub fn sections(&self) -> impl Iterator<Item = Chosen> + use<'a> {
        let file = self.file;
        file.sections.iter().filter_map(move |entry| {
            let mut known = SECTION_NAMES.iter();
            let (name, written) = known.find(|(name, _)| *name == entry.name)?;
            let origin = format!("{}:{}: {written}", file.name, entry.line);
            Some(Chosen { name, value: entry.value.clone(), origin })
        })
    }
}
