//! Options as the command line gives them, with the names and defaults of `touchstone`.

use std::{collections::BTreeMap, str::FromStr};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use pyo3::prelude::*;
use touchstone::{
    attribute::{self, KindWeights, incremental::Effort},
    discover::Limits,
    domain::Currency,
    normalize::{self, date::DateOrder},
    pipeline::Attribution,
    recognize::Registry,
};

use crate::failed;

/// What was given, by name without dashes.
pub(crate) type Given = BTreeMap<String, String>;

/// The options that there are: name, default, what it says.
const OPTIONS: [(&str, &str, &str); 10] = [
    ("time-zone", "UTC", "the time zone of exports that state none"),
    ("date-order", "", "dmy, mdy or ymd, where a column does not decide itself"),
    ("currency", "", "the currency of amounts that state none, such as AUD"),
    ("window", "90", "days before a conversion in which a touch counts"),
    (
        "models",
        "first-touch,last-touch,last-non-reaction,linear,time-decay,position-based,markov,\
         shapley",
        "attribution models, separated by commas",
    ),
    ("half-life", "7", "days after which a touch counts half as much"),
    ("seed", "0", "what random draws start from"),
    ("placebo", "200", "how often posts are shifted, as the data's own check"),
    ("bootstrap", "400", "how often leads are drawn anew for the bounds of revenue"),
    ("as-of", "", "the end of the study; else the newest instant that is recorded"),
];

/// The options of the command line, each with its default and what it says.
#[pyfunction]
pub(crate) fn options() -> Vec<(String, String, String)> {
    let own = |(name, default, says): (&str, &str, &str)| {
        (name.to_owned(), default.to_owned(), says.to_owned())
    };
    OPTIONS.map(own).to_vec()
}

/// Reads one option.
fn of<T>(given: &Given, name: &str, read: impl Fn(&str) -> Option<T>) -> PyResult<T> {
    let default = OPTIONS.iter().find(|(known, ..)| *known == name);
    let text = given.get(name).map(String::as_str);
    let text = text.or(default.map(|(_, text, _)| *text)).unwrap_or("");
    let says = default.map_or("", |(.., says)| *says);
    read(text)
        .ok_or_else(|| failed(format!("--{name}: \"{text}\" cannot be read: {says}")))
}

/// Reads one option that may be empty, which is none.
fn optional<T>(
    given: &Given,
    name: &str,
    read: impl Fn(&str) -> Option<T>,
) -> PyResult<Option<T>> {
    if given.get(name).is_none_or(String::is_empty) {
        return Ok(None);
    }
    of(given, name, read).map(Some)
}

/// How files are read.
pub(crate) fn reading(given: &Given) -> PyResult<normalize::Settings> {
    Ok(normalize::Settings {
        zone: of(given, "time-zone", |text| TimeZone::get(text).ok())?,
        date_order: optional(given, "date-order", |text| DateOrder::from_str(text).ok())?,
        currency: optional(given, "currency", Currency::from_code)?,
        stages: BTreeMap::new(),
        registry: Registry::default(),
    })
}

/// How touches are linked and credited.
pub(crate) fn attribution(given: &Given) -> PyResult<Attribution> {
    let days = |text: &str| text.parse().ok().filter(|days| (1..=3650).contains(days));
    let half_life = |text: &str| {
        text.parse().ok().filter(|days: &f64| 0.0 < *days && *days <= 3650.0)
    };
    let draws = |text: &str| text.parse().ok().filter(|draws| *draws <= 100_000_u32);
    let models = |text: &str| {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        let names: Vec<String> = names.map(str::to_owned).collect();
        attribute::models(&names).ok().filter(|models| !models.is_empty())
    };
    Ok(Attribution {
        window_days: of(given, "window", days)?,
        models: of(given, "models", models)?,
        options: attribute::Options {
            half_life_days: of(given, "half-life", half_life)?,
            seed: of(given, "seed", |text| text.parse().ok())?,
            ..attribute::Options::default()
        },
        weights: KindWeights::default(),
        themes: Vec::new(),
        effort: Effort {
            placebo_draws: of(given, "placebo", draws)?,
            bootstrap_draws: of(given, "bootstrap", draws)?,
        },
        as_of: optional(given, "as-of", end_of_day)?,
    })
}

fn end_of_day(text: &str) -> Option<Timestamp> {
    let end = text.parse::<Date>().ok()?.at(23, 59, 59, 999_000_000);
    jiff::tz::Offset::UTC.to_timestamp(end).ok()
}

/// What a single file may cost.
pub(crate) fn limits() -> Limits {
    Limits::default()
}
