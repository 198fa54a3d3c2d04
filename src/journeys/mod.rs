//! Journeys that a user brings in a file, under the models that need no more than paths.
//!
//! [`read`] takes CSV or JSON Lines in bounded blocks and keeps the paths in few bytes;
//! [`attribute`] shares conversions and value out to the channels. Journeys carry no
//! times: each touch counts as one day before the next, the last as the day of the
//! conversion.

mod blocks;
mod csv_rows;
mod header;
mod json_rows;
mod names;
mod numbers;
mod shares;

use crate::attribute::{Model, Needs, Options, Paths, PathsError, UnknownModel, paths};

pub use blocks::read;
pub use shares::attribute;

/// The journeys of a file.
#[derive(Clone, Debug, Default)]
pub struct Journeys {
    /// The names of the channels, ascending.
    pub channels: Vec<Box<str>>,
    /// The paths.
    pub paths: Paths,
    /// How many rows were read.
    pub rows: u64,
    /// How many journeys converted.
    pub conversions: f64,
    /// What the conversions were worth.
    pub value: f64,
    /// How many did not convert.
    pub nulls: f64,
}

/// A file that is no file of journeys.
#[derive(Debug, thiserror::Error)]
pub enum JourneysError {
    /// It cannot be read.
    #[error("it cannot be read")]
    Unreadable(#[from] std::io::Error),
    /// The header lacks a column.
    #[error(
        "line {line}: the header has no column \"{column}\"; it has: {}",
        header.join(", ")
    )]
    NoColumn {
        /// The header's line.
        line: u64,
        /// Which column.
        column: &'static str,
        /// The header's cells.
        header: Vec<String>,
    },
    /// Rows say what cannot be.
    #[error("{}", listed(rows, *count))]
    Rows {
        /// The first of them.
        rows: Vec<BadRow>,
        /// How many there are.
        count: u64,
    },
    /// There are no journeys.
    #[error("there are no journeys in it")]
    Empty,
}

/// A row that says what cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its first line.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// Bad rows that are listed; more are counted.
const MOST_BAD_ROWS: usize = 20;

fn listed(rows: &[BadRow], count: u64) -> String {
    let lines: Vec<String> =
        rows.iter().map(|row| format!("line {}: {}", row.line, row.reason)).collect();
    let left = count - lines.len() as u64;
    match (count, left) {
        (1, _) => lines.concat(),
        (_, 0) => format!("{count} rows cannot be used\n  {}", lines.join("\n  ")),
        _ => format!(
            "{count} rows cannot be used\n  {}\n  and {left} more",
            lines.join("\n  ")
        ),
    }
}

/// Which models, and what they are told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The models, in the order in which they are shown.
    pub models: Vec<Chosen>,
    /// What models can be told; the order is that of each chosen model.
    pub options: Options,
}

/// A model, and the order of those that have one.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    /// The model.
    pub model: &'static Model,
    /// How many channels a Markov model remembers.
    pub order: usize,
}

impl Chosen {
    /// The model's name, `markov:3` for a Markov model of order 3.
    pub fn name(&self) -> String {
        match self.order {
            order if 1 < order && self.model.name == MARKOV => {
                format!("{MARKOV}:{order}")
            }
            _ => self.model.name.to_owned(),
        }
    }
}

const MARKOV: &str = "markov";

/// A model that journeys of a file cannot be run through.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// There is none of this name.
    #[error(transparent)]
    Unknown(#[from] UnknownModel),
    /// It needs what a path does not tell.
    #[error(
        "\"{name}\" needs to know when lead and deal were created, which a path does not tell"
    )]
    Milestones {
        /// The model.
        name: &'static str,
    },
    /// The order is no number from 1.
    #[error("\"{text}\" is no order: it is a whole number from 1")]
    Order {
        /// What was asked for.
        text: String,
    },
}

/// The models of a list of names, `markov` with this order and `markov:K` with its own; all
/// that need no dates or milestones for `all` and for an empty list.
pub fn models(names: &[String], order: usize) -> Result<Vec<Chosen>, ChoiceError> {
    if order == 0 {
        return Err(ChoiceError::Order { text: "0".to_owned() });
    }
    if names.is_empty() || names.iter().any(|name| name == "all") {
        let all = crate::attribute::MODELS.iter();
        let fitting = all.filter(|model| model.needs != Needs::Milestones);
        return Ok(fitting.map(|model| Chosen { model, order }).collect());
    }
    let mut chosen: Vec<Chosen> = Vec::new();
    for name in names {
        let one = choice(name, order)?;
        if !chosen.iter().any(|known| known.name() == one.name()) {
            chosen.push(one);
        }
    }
    Ok(chosen)
}

fn choice(name: &str, order: usize) -> Result<Chosen, ChoiceError> {
    let (name, order) = match name.strip_prefix("markov:") {
        Some(text) => match text.parse() {
            Ok(order) if 0 < order => (MARKOV, order),
            _ => return Err(ChoiceError::Order { text: text.to_owned() }),
        },
        None => (name, order),
    };
    let model = crate::attribute::models(&[name.to_owned()])?[0];
    if model.needs == Needs::Milestones {
        return Err(ChoiceError::Milestones { name: model.name });
    }
    Ok(Chosen { model, order })
}

/// What a model credits to a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The model's name, with its order above 1.
    pub model: String,
    /// The channel.
    pub channel: Box<str>,
    /// Its part of the conversions.
    pub conversions: f64,
    /// Its part of the value.
    pub value: f64,
    /// The standard error of the conversions, where they are drawn.
    pub standard_error: Option<f64>,
}

/// What would be lost without a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct RemovalEffect {
    /// The model's name, with its order above 1.
    pub model: String,
    /// The channel.
    pub channel: Box<str>,
    /// The part of all conversions, from 0 to 1.
    pub effect: f64,
}

/// The removal effects of the chosen Markov models, channels in the order of their names.
pub fn removal_effects(
    journeys: &Journeys,
    settings: &Settings,
) -> Result<Vec<RemovalEffect>, PathsError> {
    let mut rows = Vec::new();
    for chosen in markov_models(settings) {
        let options = Options { order: chosen.order, ..settings.options };
        let fitted = paths::markov(&journeys.paths, &options)?;
        let effects = fitted.removal_effects.unwrap_or_default();
        rows.extend(journeys.channels.iter().zip(effects).map(|(channel, effect)| {
            RemovalEffect { model: chosen.name(), channel: channel.clone(), effect }
        }));
    }
    Ok(rows)
}

/// A transition of a Markov chain, with the names of its channels.
#[derive(Clone, Debug, PartialEq)]
pub struct TransitionRow {
    /// The model's name, with its order above 1.
    pub model: String,
    /// The state before: channels joined by ` > `, or `(start)`.
    pub from: String,
    /// The state after: channels joined by ` > `, `(conversion)` or `(null)`.
    pub to: String,
    /// How often journeys go this way.
    pub count: f64,
    /// The part of all that leave `from`.
    pub probability: f64,
}

/// The transitions of the chosen Markov models.
pub fn transitions(journeys: &Journeys, settings: &Settings) -> Vec<TransitionRow> {
    let words = |channels: &[u32]| {
        let names = channels.iter().map(|one| &*journeys.channels[*one as usize]);
        names.collect::<Vec<_>>().join(" > ")
    };
    let mut rows = Vec::new();
    for chosen in markov_models(settings) {
        let model = chosen.name();
        for transition in paths::transitions(&journeys.paths, chosen.order) {
            let from = match transition.from.as_slice() {
                [] => "(start)".to_owned(),
                channels => words(channels),
            };
            let to = match transition.to {
                paths::Step::To(channels) => words(&channels),
                paths::Step::Conversion => "(conversion)".to_owned(),
                paths::Step::Null => "(null)".to_owned(),
            };
            let (count, probability) = (transition.count, transition.probability);
            rows.push(TransitionRow {
                model: model.clone(),
                from,
                to,
                count,
                probability,
            });
        }
    }
    rows
}

/// The chosen Markov models.
fn markov_models(settings: &Settings) -> impl Iterator<Item = &Chosen> {
    settings.models.iter().filter(|chosen| chosen.model.name == MARKOV)
}

#[cfg(test)]
mod tests;
