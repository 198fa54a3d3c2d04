//! A configuration's text and flags → the settings of all stages, each with where it
//! comes from.

mod own_formats;
mod persons;
mod sections;
mod settings;
mod values;

use std::{
    collections::BTreeMap,
    error::Error,
    fmt, fs,
    io::{self, Read},
    path::Path,
};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    attribute::{Custom, KindWeights},
    classify::Rule,
    domain::{DealStatus, Rates},
    recognize::Registry,
    resolve::Told,
};

pub use settings::{Choice, Chosen, Flags, SETTINGS, Setting, template};
pub use values::model_names;

/// The configuration that is read where none is named.
const DEFAULT: &str = "touchstone.toml";

/// What is wrong with a configuration or a flag: the place, the thing, the way out.
#[derive(Debug)]
pub struct ConfigError {
    message: String,
    hint: Option<String>,
}

impl ConfigError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// That there is no such name, with the one that was probably meant.
    fn unknown<'a>(
        place: &str,
        section: &str,
        what: &str,
        (name, known): (&str, impl Iterator<Item = &'a str> + Clone),
    ) -> Self {
        let all =
            || format!("there are: {}", known.clone().collect::<Vec<_>>().join(", "));
        let hint = meant(name, known.clone()).unwrap_or_else(all);
        Self::new(format!("{place}: {section}: there is no {what} \"{name}\"")).hint(hint)
    }

    /// Adds the way out.
    fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// What is wrong, and the way out if there is one.
    pub fn into_parts(self) -> (String, Option<String>) {
        (self.message, self.hint)
    }
}

impl Error for ConfigError {}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(formatter, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

/// The name and the text of the configuration that is named, or of the default one; none if
/// that is not there.
pub fn text(named: Option<&Path>) -> Result<Option<(String, String)>, ConfigError> {
    let path = named.unwrap_or(Path::new(DEFAULT));
    let name = path.display().to_string();
    match read(path) {
        Ok(text) => Ok(Some((name, text))),
        Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
            Ok(None)
        }
        Err(error) => Err(ConfigError::new(format!("cannot read {name}: {error}"))
            .hint("touchstone config --template prints one to begin with")),
    }
}

/// The text of a file; what is called a configuration may never end.
fn read(path: &Path) -> io::Result<String> {
    const MOST_BYTES: u64 = 16 << 20;
    let mut text = String::new();
    fs::File::open(path)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if MOST_BYTES < text.len() as u64 {
        return Err(io::Error::other("it is larger than any configuration"));
    }
    Ok(text)
}

/// One setting of the file.
#[derive(Clone, Debug)]
struct Entry {
    /// Its name.
    name: String,
    /// Its value, as it would be typed after a flag.
    value: String,
    /// The line, from 1.
    line: usize,
}

/// What a configuration says; one by default says nothing.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    /// How the file is called in what is told of it.
    name: String,
    /// What stages of a CRM mean, by their comparison form.
    stages: BTreeMap<String, DealStatus>,
    /// What amounts of other currencies count as.
    rates: Rates,
    /// What it says of persons and records.
    told: Told,
    /// How much a kind of touch counts.
    weights: KindWeights,
    /// The weights of the custom model.
    custom: Custom,
    /// Rules for themes.
    themes: Vec<Rule>,
    /// The formats that are known, with the user's own and their names for columns.
    registry: Registry,
    entries: Vec<Entry>,
    /// The sections, as they are shown.
    sections: Vec<Entry>,
}

impl Configuration {
    /// Reads the text of a file, which is called by name where something is wrong.
    pub fn parse(name: &str, text: &str) -> Result<Self, ConfigError> {
        let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
        let place = |at: usize| {
            let line = 1 + ends.partition_point(|end| *end < at);
            (format!("{name}:{line}"), line)
        };
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            ConfigError::new(format!("{}: {}", place(at).0, error.message()))
        })?;
        let at = |start: usize| place(start).0;
        let registry = formats(&at, table.get_ref())?;
        let mut file = Self { name: name.to_owned(), registry, ..Self::default() };
        for (name, value) in table.get_ref() {
            let start = name.span().start;
            let (place, line) = place(start);
            let name = name.get_ref().to_string();
            if settings::is_section(&name) {
                let value = sections::shown(value.get_ref());
                file.sections.push(Entry { name: name.clone(), value, line });
            }
            if file.takes_section(&at, (&name, start), value.get_ref())? {
                continue;
            }
            settings::known(&name).map_err(|hint| {
                let message = format!("{place}: there is no setting \"{name}\"");
                ConfigError::new(message).hint(hint)
            })?;
            let value = plain(value.get_ref()).ok_or_else(|| {
                let words = "is neither a text, a number, a flag nor a list of texts";
                ConfigError::new(format!("{place}: {name} {words}"))
            })?;
            file.entries.push(Entry { name, value, line });
        }
        Ok(file)
    }

    /// Takes what is a section and stands as one; whether it does.
    fn takes_section(
        &mut self,
        place: sections::Places<'_>,
        (name, start): (&str, usize),
        value: &DeValue<'_>,
    ) -> Result<bool, ConfigError> {
        match (name, value) {
            ("stages", DeValue::Table(table)) => {
                self.stages = sections::stages(place, table)?;
            }
            ("exchange-rates", DeValue::Table(table)) => {
                self.rates = sections::rates(place, (start, table))?;
            }
            ("weights", DeValue::Table(table)) => {
                self.weights = sections::weights(place, "weights", table)?;
            }
            ("custom", DeValue::Table(table)) => {
                self.custom = sections::custom(place, table)?;
            }
            ("same-person" | "other-person", DeValue::Table(table)) => {
                let section = (name, name == "same-person");
                self.told.labels.extend(persons::labels(place, section, table)?);
            }
            ("copy", DeValue::Array(list)) => {
                self.told.copies = persons::copies(place, list)?;
            }
            ("theme", DeValue::Array(list)) => {
                self.themes = sections::themes(place, list)?;
            }
            // These are read before all else.
            ("format", DeValue::Array(_)) | ("columns", DeValue::Table(_)) => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The setting of a name.
    fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

/// The formats that a configuration knows: its own first, so that columns can be named for
/// these too.
fn formats(
    place: own_formats::Place<'_>,
    table: &DeTable<'_>,
) -> Result<Registry, ConfigError> {
    let mut registry = Registry::default();
    if let Some(DeValue::Array(list)) = table.get("format").map(Spanned::get_ref) {
        own_formats::formats(place, list, &mut registry)?;
    }
    if let Some(DeValue::Table(columns)) = table.get("columns").map(Spanned::get_ref) {
        own_formats::columns(place, columns, &mut registry)?;
    }
    Ok(registry)
}

/// Asks for the name that is spelled most like a word, if any is near.
pub fn meant<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(word, name), name))
        .filter(|(likeness, _)| 0.75 < *likeness)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| format!("did you mean \"{name}\"?"))
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
            let told = Configuration::parse("a.toml", text).unwrap_err();
            assert!(told.to_string().contains(expected), "{told}");
        };
        check("window = 30\n\n[custom]\nfirst = 1\nlsat = 2\n", "a.toml:5: custom:");
        check("[custom]\n[custom.kinds]\n\nlike = 1\n", "a.toml:4: custom.kinds:");
        check("[weights]\ncomment = 2\nreaction = -1\n", "a.toml:3: weights:");
        check("[stages]\nWon = \"won\"\nLost = \"gone\"\n", "a.toml:3: stages:");
        check("[[theme]]\nname = \"a\"\nwrods = []\n", "a.toml:3: theme:");
        check("[[theme]]\nname = \"a\"\n[[theme]]\nwords = []\n", "a.toml:1: theme:");
        let second = "[[theme]]\nname=\"a\"\nwords=[\"b\"]\n\n[[theme]]\nwords = []\n";
        check(second, "a.toml:5: theme:");
        check("[stages]\nWon = \"won\"\n\"won \" = \"lost\"\n", "a.toml:3: stages:");
        let format = "[[format]]\nname = \"a-b\"\nkind = \"deal\"\ncurrency = \"ZZZ\"\n";
        check(format, "\"ZZZ\" is no currency");
    }

    #[test]
    fn a_rule_that_could_never_apply_is_refused() {
        let check = |rules: &[&str], expected: &str| {
            let rules =
                rules.iter().map(|rule| format!("[[theme]]\nname = \"a\"\n{rule}\n"));
            let told = Configuration::parse("a.toml", &rules.collect::<String>());
            let told = told.map_or_else(|error| error.to_string(), |_| String::new());
            assert!(
                told.contains(expected) && told.is_empty() == expected.is_empty(),
                "{told}"
            );
        };
        check(&[""], "it has neither words nor");
        check(&["words = []"], "it has neither words nor");
        for word in ["", " ", "*", "sell* houses", "*hiring", "x*y", "x**"] {
            check(&[&format!("words = [\"{word}\"]")], "needs letters");
        }
        check(&["words = [\"sell*\", \"we are hir*\", \"€\"]"], "");
        check(&["instead_of = \"persona\""], "did you mean \"personal\"?");
        check(&["instead_of = \"personal\"", "words = [\"b\"]"], "");
        let other = "instead_of = \"personal\"\n[[theme]]\nname = \"b\"\ninstead_of = \"personal\"";
        check(&[other], "has another name already");
    }

    #[test]
    fn sections_are_shown_with_their_lines() {
        let text = "window = 30\n[stages]\n\"Done deal\" = \"won\"\n[custom]\nfirst = 0\n\
                    [custom.kinds]\ncomment = 2\n[[theme]]\nname = \"a\"\nwords = [\"b\", \
                    \"c\"]\n[[theme]]\nname = \"d\"\nwords = [\"e\"]\n";
        let file = Configuration::parse("a.toml", text).unwrap();
        let flags = Flags::new();
        let shown = Choice::new(&flags, &file).sections();
        let shown = shown.map(|one| [one.name, &one.value, &one.origin].join("|"));
        let expected = [
            "custom|first = 0, kinds = (comment = 2)|a.toml:4: [custom]",
            "stages|Done deal = won|a.toml:2: [stages]",
            "theme|(name = a, words = b, c), (name = d, words = e)|a.toml:8: [[theme]]",
        ];
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_custom_models_weights_come_from_its_section() {
        let text = "[custom]\nfirst = 0\n[custom.kinds]\ncomment = 2\n";
        let file = Configuration::parse("a.toml", text).unwrap();
        assert!(file.custom.first.abs() < f64::EPSILON);
    }
}
