//! Sections of the configuration for a user's own tables: `[[format]]` and `[columns]`.

use jiff::tz::TimeZone;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{ConfigError, sections::text, values::listed};
use crate::{
    domain::{AmountKind, DealStatus, Word},
    normalize,
    recognize::{Field, Ids, NameOrder, OWN_KINDS, Own, OwnKind, Registry},
};

/// Says on which line of which file something stands.
pub(super) type Place<'a> = &'a dyn Fn(usize) -> String;

type Value<'a> = Spanned<DeValue<'a>>;

/// What a format may say, in the order of the template.
const KEYS: [&str; 15] = [
    "name",
    "kind",
    "summary",
    "columns",
    "optional",
    "ignored",
    "stages",
    "otherwise",
    "amount-kind",
    "cents",
    "currency",
    "decimal",
    "date-order",
    "time-zone",
    "full-names",
];

/// Names that a word is looked up in, and what they are called together.
struct Names {
    what: &'static str,
    all: Vec<String>,
}

impl Names {
    fn of(what: &'static str, all: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { what, all: all.into_iter().map(Into::into).collect() }
    }

    fn of_words<W: Word>(what: &'static str) -> Self {
        Self::of(what, W::WORDS.iter().map(|(_, word)| *word))
    }

    fn of_fields(fields: &[Field]) -> Self {
        Self::of("field", fields.iter().map(|field| field.word()))
    }

    /// That there is no such thing, with the nearest that there is.
    fn missing(&self, place: &str, section: &str, word: &str) -> ConfigError {
        let known = self.all.iter().map(String::as_str);
        ConfigError::unknown(place, section, self.what, (word, known))
    }
}

/// `[[format]]`: adds each to the formats that are known.
pub(super) fn formats(
    place: Place<'_>,
    list: &[Value<'_>],
    registry: &mut Registry,
) -> Result<(), ConfigError> {
    for one in list {
        let here = place(one.span().start);
        let DeValue::Table(table) = one.get_ref() else {
            return Err(ConfigError::new(format!("{here}: format: it is no table"))
                .hint("a format begins with [[format]] on a line of its own"));
        };
        let own = format(place, &here, table)?;
        let name = own.name.clone();
        registry.add(&own).map_err(|reason| {
            ConfigError::new(format!("{here}: format {name}: {reason}"))
                .hint("docs/formats.md lists the kinds, and the fields of each")
        })?;
    }
    Ok(())
}

fn format(place: Place<'_>, here: &str, table: &DeTable<'_>) -> Result<Own, ConfigError> {
    let keys = Names::of("key", KEYS.iter().copied().chain(["ids"]));
    for (key, _) in table {
        if !keys.all.iter().any(|known| known == key.get_ref().as_ref()) {
            return Err(keys.missing(&place(key.span().start), "format", key.get_ref()));
        }
    }
    let needed = |key: &str| {
        let value = table.get(key).and_then(text);
        value.ok_or_else(|| {
            ConfigError::new(format!("{here}: format: it has no {key}"))
                .hint("a format needs a name, a kind, and columns")
        })
    };
    let name = needed("name")?;
    let word = needed("kind")?;
    let kind = OwnKind::of(word).ok_or_else(|| {
        let kinds = Names::of("kind of record", OWN_KINDS.iter().map(|kind| kind.word));
        let at = table.get_key_value("kind").map(|(key, _)| place(key.span().start));
        let at = at.as_deref().unwrap_or(here);
        kinds.missing(at, &format!("format {name}"), word)
    })?;
    let mut own = Own::new(name, kind);
    for (key, value) in table {
        let at = place(key.span().start);
        let section = format!("format {name}");
        Said { place, at: &at, section: &section, value }
            .into_own(key.get_ref(), &mut own)?;
    }
    Ok(own)
}

/// What stands behind one key.
struct Said<'a> {
    place: Place<'a>,
    at: &'a str,
    section: &'a str,
    value: &'a Value<'a>,
}

impl Said<'_> {
    fn into_own(self, key: &str, own: &mut Own) -> Result<(), ConfigError> {
        match key {
            "summary" => self.word(key)?.clone_into(&mut own.summary),
            "columns" => own.columns = self.columns(&own.kind.fields())?,
            "optional" => {
                let fields: Vec<Field> =
                    own.kind.fields().iter().map(|(field, _)| *field).collect();
                let words = self.texts(key)?;
                let read = words.iter().map(|word| self.field(&fields, self.at, word));
                own.optional = read.collect::<Result<_, _>>()?;
            }
            "ignored" => own.unused = self.texts(key)?,
            "stages" => own.stages = self.stages()?,
            "otherwise" => own.otherwise = self.one_of::<DealStatus>(key, "status")?,
            "amount-kind" => {
                own.amount_kind = self.one_of::<AmountKind>(key, "kind of amount")?;
            }
            "cents" => own.is_cents = self.flag(key)?,
            "currency" => {
                let code = self.word(key)?;
                let currency = listed(code).ok_or_else(|| {
                    self.wrong(&format!("\"{code}\" is no currency such as AUD"))
                })?;
                own.currency = Some(currency);
            }
            "decimal" => {
                own.has_comma =
                    Some(self.choice(key, [("point", false), ("comma", true)])?);
            }
            "date-order" => {
                let order = self
                    .word(key)?
                    .parse()
                    .map_err(|error: String| self.wrong(&error))?;
                own.date_order = Some(order);
            }
            "time-zone" => {
                let zone = self.word(key)?;
                if TimeZone::get(zone).is_err() {
                    return Err(self.wrong(&format!("\"{zone}\" is no time zone")));
                }
                own.zone = Some(zone.to_owned());
            }
            "full-names" => {
                let orders = [
                    ("first-last", NameOrder::FirstLast),
                    ("last-first", NameOrder::LastFirst),
                ];
                own.names = self.choice(key, orders)?;
            }
            "ids" => {
                let spellings = [
                    ("plain", Ids::Plain),
                    ("salesforce", Ids::Salesforce),
                    ("zoho", Ids::Zoho),
                    ("guid", Ids::Guid),
                ];
                own.ids = self.choice(key, spellings)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn wrong(&self, reason: &str) -> ConfigError {
        ConfigError::new(format!("{}: {}: {reason}", self.at, self.section))
    }

    fn word(&self, key: &str) -> Result<&str, ConfigError> {
        text(self.value).ok_or_else(|| self.wrong(&format!("{key} is no text")))
    }

    fn flag(&self, key: &str) -> Result<bool, ConfigError> {
        match self.value.get_ref() {
            DeValue::Boolean(flag) => Ok(*flag),
            _ => Err(self.wrong(&format!("{key} is neither true nor false"))),
        }
    }

    fn texts(&self, key: &str) -> Result<Vec<String>, ConfigError> {
        let words =
            || self.wrong(&format!("{key} is neither a text nor a list of texts"));
        texts(self.value).ok_or_else(words)
    }

    fn one_of<W: Word>(&self, key: &str, what: &'static str) -> Result<W, ConfigError> {
        let word = self.word(key)?;
        W::from_word(word).ok_or_else(|| {
            Names::of_words::<W>(what).missing(self.at, self.section, word)
        })
    }

    fn choice<T: Copy>(
        &self,
        key: &str,
        among: impl IntoIterator<Item = (&'static str, T)> + Clone,
    ) -> Result<T, ConfigError> {
        let word = self.word(key)?;
        let found = among.clone().into_iter().find(|(known, _)| *known == word);
        found.map(|(_, value)| value).ok_or_else(|| {
            let all: Vec<&str> = among.into_iter().map(|(known, _)| known).collect();
            self.wrong(&format!("{key}: \"{word}\" is none of {}", all.join(", ")))
        })
    }

    fn field(&self, known: &[Field], at: &str, word: &str) -> Result<Field, ConfigError> {
        let found = known.iter().find(|field| field.word() == word);
        let missing = || Names::of_fields(known).missing(at, self.section, word);
        found.copied().ok_or_else(missing)
    }

    fn table(&self, key: &str) -> Result<&DeTable<'_>, ConfigError> {
        match self.value.get_ref() {
            DeValue::Table(table) => Ok(table),
            _ => Err(self.wrong(&format!("{key} is no table"))),
        }
    }

    fn columns<K>(
        &self,
        known: &[(Field, K)],
    ) -> Result<Vec<(Field, Vec<String>)>, ConfigError> {
        let known: Vec<Field> = known.iter().map(|(field, _)| *field).collect();
        let mut columns = Vec::new();
        for (key, value) in self.table("columns")? {
            let at = (self.place)(key.span().start);
            let field = self.field(&known, &at, key.get_ref())?;
            let names =
                texts(value).filter(|names| !names.is_empty()).ok_or_else(|| {
                    let word = field.word();
                    ConfigError::new(format!(
                        "{at}: {}: {word} is neither a header nor a list of headers",
                        self.section
                    ))
                })?;
            columns.push((field, names));
        }
        Ok(columns)
    }

    fn stages(&self) -> Result<Vec<(String, DealStatus)>, ConfigError> {
        let mut stages = Vec::new();
        for (key, value) in self.table("stages")? {
            let at = (self.place)(key.span().start);
            let status = text(value).and_then(DealStatus::from_word);
            let status = status.ok_or_else(|| {
                let stage = key.get_ref();
                ConfigError::new(format!(
                    "{at}: stages: \"{stage}\" has no known meaning"
                ))
                .hint("it can be open, won, lost or unknown")
            })?;
            stages.push((normalize::stage_key(key.get_ref()), status));
        }
        Ok(stages)
    }
}

/// `[columns]`: more header names, by field of the generic formats, or under a format's
/// name by its fields.
pub(super) fn columns(
    place: Place<'_>,
    table: &DeTable<'_>,
    registry: &mut Registry,
) -> Result<(), ConfigError> {
    for (key, value) in table {
        let at = place(key.span().start);
        let name = key.get_ref().as_ref();
        match value.get_ref() {
            DeValue::Table(own) => {
                let formats = registry.formats().iter().map(|format| format.name);
                let formats = Names::of("format", formats);
                if !formats.all.iter().any(|known| known == name) {
                    return Err(formats.missing(&at, "columns", name));
                }
                for (field, value) in own {
                    let at = place(field.span().start);
                    more_names(registry, &at, Some(name), (field.get_ref(), value))?;
                }
            }
            _ => more_names(registry, &at, None, (name, value))?,
        }
    }
    Ok(())
}

fn more_names(
    registry: &mut Registry,
    at: &str,
    format: Option<&str>,
    (word, value): (&str, &Value<'_>),
) -> Result<(), ConfigError> {
    let is_meant =
        |name: &str, is_generic: bool| format.map_or(is_generic, |own| own == name);
    let mut fields: Vec<Field> = registry
        .formats()
        .iter()
        .filter(|one| is_meant(one.name, one.crm().is_generic))
        .flat_map(|one| one.columns.iter().map(|column| column.field))
        .filter(|field| *field != Field::Unused)
        .collect();
    fields.sort_unstable();
    fields.dedup();
    let section = format.map_or("columns".to_owned(), |name| format!("columns.{name}"));
    let found = fields.iter().find(|field| field.word() == word);
    let missing = || Names::of_fields(&fields).missing(at, &section, word);
    let field = *found.ok_or_else(missing)?;
    let names = texts(value).ok_or_else(|| {
        ConfigError::new(format!(
            "{at}: {section}: {word} is neither a header nor a list of headers"
        ))
    })?;
    registry
        .add_names(format, field, &names)
        .map_err(|reason| ConfigError::new(format!("{at}: {section}: {reason}")))
}

/// A text, or a list of them.
fn texts(value: &Value<'_>) -> Option<Vec<String>> {
    match value.get_ref() {
        DeValue::String(text) => Some(vec![text.to_string()]),
        DeValue::Array(list) => {
            list.iter().map(|one| text(one).map(str::to_owned)).collect()
        }
        _ => None,
    }
}
