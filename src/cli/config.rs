//! The configuration file: settings by name, each with the line it stands on.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use touchstone::{
    attribute::{Custom, KindWeights},
    classify::Rule,
    domain::DealStatus,
    recognize::Registry,
};

use super::{failure::Failure, own_formats, sections, settings};

/// The file that is read where none is named.
const DEFAULT: &str = "touchstone.toml";

/// One setting of the file.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Its name.
    pub(super) name: String,
    /// Its value, as it would be typed after a flag.
    pub(super) value: String,
    /// The line, from 1.
    pub(super) line: usize,
}

/// A configuration file.
#[derive(Clone, Debug, Default)]
pub(super) struct ConfigFile {
    /// The file; none where there is none.
    pub(super) path: Option<PathBuf>,
    /// What stages of a CRM mean, by their comparison form.
    pub(super) stages: BTreeMap<String, DealStatus>,
    /// How much a kind of touch counts.
    pub(super) weights: KindWeights,
    /// The weights of the custom model.
    pub(super) custom: Custom,
    /// Rules for themes.
    pub(super) themes: Vec<Rule>,
    /// The formats that are known, with the user's own and their names for columns.
    pub(super) registry: Registry,
    entries: Vec<Entry>,
}

impl ConfigFile {
    /// Reads the file that is named, or the default one if it exists.
    pub(super) fn read(named: Option<&Path>) -> Result<Self, Failure> {
        let path = named.unwrap_or(Path::new(DEFAULT));
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(path, &text),
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
                Ok(Self::default())
            }
            Err(error) => {
                Err(Failure::usage(format!("cannot read {}: {error}", path.display()))
                    .hint("touchstone config --template prints one to begin with"))
            }
        }
    }

    fn parse(path: &Path, text: &str) -> Result<Self, Failure> {
        let place = |at: usize| {
            let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
            (format!("{}:{line}", path.display()), line)
        };
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            Failure::usage(format!("{}: {}", place(at).0, error.message()))
        })?;
        let mut entries = Vec::new();
        let (mut stages, mut themes) = (None, Vec::new());
        let (mut weights, mut custom) = (KindWeights::default(), Custom::default());
        let at = |start: usize| place(start).0;
        let registry = formats(&at, table.get_ref())?;
        for (name, value) in table.get_ref() {
            let (place, line) = place(name.span().start);
            let name = name.get_ref().to_string();
            match (name.as_str(), value.get_ref()) {
                ("stages", DeValue::Table(table)) => {
                    stages = Some(sections::stages(&at, table)?);
                    continue;
                }
                ("weights", DeValue::Table(table)) => {
                    weights = sections::weights(&at, "weights", table)?;
                    continue;
                }
                ("custom", DeValue::Table(table)) => {
                    custom = sections::custom(&at, table)?;
                    continue;
                }
                ("theme", DeValue::Array(list)) => {
                    themes = sections::themes(&at, list)?;
                    continue;
                }
                ("format", DeValue::Array(_)) | ("columns", DeValue::Table(_)) => {
                    continue;
                }
                _ => {}
            }
            settings::known(&name).map_err(|hint| {
                let message = format!("{place}: there is no setting \"{name}\"");
                Failure::usage(message).hint(hint)
            })?;
            let value = plain(value.get_ref()).ok_or_else(|| {
                let words = "is neither a text, a number, a flag nor a list of texts";
                Failure::usage(format!("{place}: {name} {words}"))
            })?;
            entries.push(Entry { name, value, line });
        }
        let stages = stages.unwrap_or_default();
        let path = Some(path.to_path_buf());
        Ok(Self { path, stages, weights, custom, themes, registry, entries })
    }

    /// The setting of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

/// The formats that a configuration knows: its own first, so that columns can be named for
/// these too.
fn formats(
    place: own_formats::Place<'_>,
    table: &DeTable<'_>,
) -> Result<Registry, Failure> {
    let mut registry = Registry::default();
    if let Some(DeValue::Array(list)) = table.get("format").map(Spanned::get_ref) {
        own_formats::formats(place, list, &mut registry)?;
    }
    if let Some(DeValue::Table(columns)) = table.get("columns").map(Spanned::get_ref) {
        own_formats::columns(place, columns, &mut registry)?;
    }
    Ok(registry)
}

/// A value as it would be typed after a flag.
fn plain(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.to_string()),
        DeValue::Boolean(flag) => Some(flag.to_string()),
        DeValue::Datetime(moment) => Some(moment.to_string()),
        DeValue::Array(values) => {
            let texts: Option<Vec<String>> = values
                .iter()
                .map(|value| match value.get_ref() {
                    DeValue::String(text) => Some(text.to_string()),
                    _ => None,
                })
                .collect();
            Some(texts?.join(","))
        }
        DeValue::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_in_a_section_names_its_own_line() {
        let check = |text, expected: &str| {
            let told = ConfigFile::parse(Path::new("a.toml"), text).unwrap_err();
            assert!(told.to_string().contains(expected), "{told}");
        };
        check("window = 30\n\n[custom]\nfirst = 1\nlsat = 2\n", "a.toml:5: custom:");
        check("[custom]\n[custom.kinds]\n\nlike = 1\n", "a.toml:4: custom.kinds:");
        check("[weights]\ncomment = 2\nreaction = -1\n", "a.toml:3: weights:");
        check("[stages]\nWon = \"won\"\nLost = \"gone\"\n", "a.toml:3: stages:");
        check("[[theme]]\nname = \"a\"\nwrods = []\n", "a.toml:3: theme:");
        check("[[theme]]\nname = \"a\"\n[[theme]]\nwords = []\n", "a.toml:3: theme:");
    }

    #[test]
    fn the_custom_models_weights_come_from_its_section() {
        let text = "[custom]\nfirst = 0\n[custom.kinds]\ncomment = 2\n";
        let file = ConfigFile::parse(Path::new("a.toml"), text).unwrap();
        assert!(file.custom.first.abs() < f64::EPSILON);
    }
}
