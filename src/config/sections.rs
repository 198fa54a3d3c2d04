//! Sections of the configuration: what stages mean, weights, rules for themes.

use std::collections::BTreeMap;

use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

use super::{ConfigError, meant, values::listed};
use crate::{
    attribute::{Custom, KindWeights},
    classify::{Rule, THEMES},
    domain::{Currency, DealStatus, Rate, Rates, TouchKind, Word},
    normalize,
};

/// Where something stands in the file, by its first byte.
pub(super) type Places<'a> = &'a dyn Fn(usize) -> String;

/// `[stages]`: a stage as the CRM writes it, and `open`, `won` or `lost`.
pub(super) fn stages(
    place: Places<'_>,
    table: &DeTable<'_>,
) -> Result<BTreeMap<String, DealStatus>, ConfigError> {
    let mut stages = BTreeMap::new();
    for (name, value) in table {
        let stage = name.get_ref();
        let status = text(value).and_then(DealStatus::from_word);
        let status = status.ok_or_else(|| {
            let place = place(name.span().start);
            ConfigError::new(format!("{place}: stages: \"{stage}\" has no known meaning"))
                .hint("it can be open, won, lost or unknown")
        })?;
        if stages.insert(normalize::stage_key(stage), status).is_some() {
            let place = place(name.span().start);
            let words = format!("{place}: stages: \"{stage}\" stands there twice");
            return Err(ConfigError::new(words)
                .hint("case, blanks and punctuation tell no stages apart"));
        }
    }
    Ok(stages)
}

/// `[exchange-rates]`: the currency that amounts count in, and what one of others is in it.
pub(super) fn rates(
    place: Places<'_>,
    (at, table): (usize, &DeTable<'_>),
) -> Result<Rates, ConfigError> {
    let section = "exchange-rates";
    let wrong = |at: usize, words: &str| {
        let place = place(at);
        ConfigError::new(format!("{place}: {section}: {words}"))
            .hint("a section reads: [exchange-rates] to = \"AUD\", USD = \"1.52\"")
    };
    let Some(to) = table.get("to") else {
        return Err(wrong(at, "it does not say to which currency"));
    };
    let start = to.span().start;
    let to = text(to).ok_or_else(|| wrong(start, "to is no currency"))?;
    let to = listed(to).ok_or_else(|| unknown_code(place, (start, to)))?;
    let mut rates = BTreeMap::new();
    for (name, value) in table.iter().filter(|(name, _)| name.get_ref() != "to") {
        let (start, code) = (name.span().start, name.get_ref());
        let of = listed(code).ok_or_else(|| unknown_code(place, (start, code)))?;
        if of == to {
            let words = format!("{code} is what amounts count in, and has no rate");
            return Err(wrong(start, &words));
        }
        let written = match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.to_string()),
            DeValue::Float(number) => Some(number.to_string()),
            _ => None,
        };
        let rate = written.as_deref().and_then(Rate::from_text).ok_or_else(|| {
            let words = format!(
                "{code} needs a rate over 0 such as \"1.52\", with a point and of at most 15 \
                 digits: what 1 {of} is in {to}"
            );
            wrong(start, &words)
        })?;
        if rates.insert(of, rate).is_some() {
            return Err(wrong(start, &format!("{of} stands there twice")));
        }
    }
    if rates.is_empty() {
        return Err(wrong(at, "there is no rate"));
    }
    Ok(Rates::new(to, rates))
}

/// Says that a code is of no currency, and which was probably meant.
fn unknown_code(place: Places<'_>, (at, code): (usize, &str)) -> ConfigError {
    let place = place(at);
    let upper = code.to_uppercase();
    let hint = meant(&upper, Currency::listed())
        .unwrap_or_else(|| "write the three letters of ISO 4217, such as AUD".to_owned());
    let words = format!("{place}: exchange-rates: there is no currency \"{code}\"");
    ConfigError::new(words).hint(hint)
}

/// `[weights]`: a kind of touch, and a number from 0.
pub(super) fn weights(
    place: Places<'_>,
    section: &str,
    table: &DeTable<'_>,
) -> Result<KindWeights, ConfigError> {
    let mut weights = KindWeights::default();
    let kinds: Vec<&str> = TouchKind::WORDS.iter().map(|(_, word)| *word).collect();
    for (name, value) in table {
        let kind = TouchKind::from_word(name.get_ref());
        let kind =
            kind.ok_or_else(|| unknown(place, section, "kind of touch", (name, &kinds)))?;
        weights.set(kind, number(place, section, (name, value))?);
    }
    Ok(weights)
}

/// `[custom]`: the weights of the first touch, of those between together and of the last, and
/// of `kinds` of touch.
pub(super) fn custom(
    place: Places<'_>,
    table: &DeTable<'_>,
) -> Result<Custom, ConfigError> {
    let mut custom = Custom::default();
    for (name, value) in table {
        let number = || number(place, "custom", (name, value));
        match (name.get_ref().as_ref(), value.get_ref()) {
            ("first", _) => custom.first = number()?,
            ("middle", _) => custom.middle = number()?,
            ("last", _) => custom.last = number()?,
            ("kinds", DeValue::Table(kinds)) => {
                custom.kinds = weights(place, "custom.kinds", kinds)?;
            }
            ("kinds", _) => {
                let place = place(name.span().start);
                let words = "kinds are a section of their own, [custom.kinds]";
                return Err(ConfigError::new(format!("{place}: custom: {words}")));
            }
            _ => {
                let known = ["first", "middle", "last", "kinds"];
                return Err(unknown(place, "custom", "weight", (name, &known)));
            }
        }
    }
    let Custom { first, middle, last, .. } = custom;
    if first + middle + last <= 0.0 {
        let start = table.keys().next().map_or(0, |name| name.span().start);
        let place = place(start);
        return Err(ConfigError::new(format!(
            "{place}: custom: first, middle and last are all 0, so no touch would count"
        )));
    }
    Ok(custom)
}

/// A weight that is written out.
fn number(
    place: Places<'_>,
    section: &str,
    (name, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>),
) -> Result<f64, ConfigError> {
    let number = match value.get_ref() {
        DeValue::Float(number) => number.to_string().parse().ok(),
        DeValue::Integer(number) => number.to_string().parse().ok(),
        _ => None,
    };
    number.filter(|weight: &f64| (0.0..=1e6).contains(weight)).ok_or_else(|| {
        let (place, name) = (place(name.span().start), name.get_ref());
        ConfigError::new(format!(
            "{place}: {section}: {name} is no number from 0 to 1000000"
        ))
    })
}

/// Says that there is no such name, and which was probably meant.
fn unknown(
    place: Places<'_>,
    section: &str,
    what: &str,
    (name, known): (&Spanned<DeString<'_>>, &[&str]),
) -> ConfigError {
    let place = place(name.span().start);
    ConfigError::unknown(&place, section, what, (name.get_ref(), known.iter().copied()))
}

/// `[[theme]]`: `name`, the `words` that decide it, and perhaps the theme it stands
/// `instead_of`.
pub(super) fn themes(
    place: Places<'_>,
    list: &[Spanned<DeValue<'_>>],
) -> Result<Vec<Rule>, ConfigError> {
    let mut rules: Vec<Rule> = Vec::new();
    for one in list {
        let rule = theme(place, one)?;
        let is_other = |known: &Rule| {
            known.instead_of == rule.instead_of && known.theme != rule.theme
        };
        if let Some(name) = &rule.instead_of
            && rules.iter().any(is_other)
        {
            let place = place(one.span().start);
            let words = format!("{place}: theme: \"{name}\" has another name already");
            return Err(ConfigError::new(words));
        }
        rules.push(rule);
    }
    Ok(rules)
}

fn theme(place: Places<'_>, value: &Spanned<DeValue<'_>>) -> Result<Rule, ConfigError> {
    let wrong = |reason: String| {
        let place = place(value.span().start);
        ConfigError::new(format!("{place}: theme: {reason}")).hint(
            "a rule reads: [[theme]] name = \"hiring\", words = [\"vacancy\", \"we are hiring\"]",
        )
    };
    let DeValue::Table(table) = value.get_ref() else {
        return Err(wrong("it is no table".to_owned()));
    };
    let mut rule = Rule { theme: "".into(), words: Vec::new(), instead_of: None };
    let known = ["name", "words", "instead_of"];
    for (name, value) in table {
        match (name.get_ref().as_ref(), value.get_ref()) {
            (other, _) if !known.contains(&other) => {
                return Err(unknown(place, "theme", "part of a rule", (name, &known)));
            }
            ("name", DeValue::String(name)) => rule.theme = name.to_string().into(),
            ("instead_of", DeValue::String(theme)) => {
                if !THEMES.contains(&theme.as_ref()) {
                    let place = place(value.span().start);
                    let theme = (theme.as_ref(), THEMES.into_iter());
                    return Err(ConfigError::unknown(&place, "theme", "theme", theme));
                }
                rule.instead_of = Some(theme.to_string().into());
            }
            ("words", DeValue::Array(words)) => {
                let words = words.iter().map(|word| text(word).map(Into::into));
                rule.words = words
                    .collect::<Option<_>>()
                    .ok_or_else(|| wrong("words are a list of texts".to_owned()))?;
            }
            (other, _) => {
                return Err(wrong(format!("{other} is of another kind")));
            }
        }
    }
    if rule.theme.trim().is_empty() {
        return Err(wrong("it has no name".to_owned()));
    }
    if rule.words.is_empty() && rule.instead_of.is_none() {
        return Err(wrong(
            "it has neither words nor a theme that it stands for".to_owned(),
        ));
    }
    for word in &rule.words {
        let rest = word.trim().strip_suffix('*').unwrap_or(word).trim();
        if rest.is_empty() || rest.contains('*') {
            let words = "needs letters, and may have a star at its end alone";
            return Err(wrong(format!("\"{word}\" {words}")));
        }
    }
    Ok(rule)
}

/// What a section says, in a line.
pub(super) fn shown(value: &DeValue<'_>) -> String {
    let within = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
        inner @ DeValue::Table(_) => format!("({})", shown(inner)),
        inner => shown(inner),
    };
    match value {
        DeValue::Table(table) => {
            let pairs = table.iter();
            let pairs = pairs
                .map(|(name, value)| format!("{} = {}", name.get_ref(), within(value)));
            pairs.collect::<Vec<_>>().join(", ")
        }
        DeValue::Array(list) => list.iter().map(within).collect::<Vec<_>>().join(", "),
        one => super::plain(one).unwrap_or_default(),
    }
}

pub(super) fn text<'a>(value: &'a Spanned<DeValue<'_>>) -> Option<&'a str> {
    match value.get_ref() {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(_: usize) -> String {
        "touchstone.toml:1".to_owned()
    }

    fn read(text: &str) -> Result<KindWeights, ConfigError> {
        weights(&place, "weights", DeTable::parse(text).unwrap().get_ref())
    }

    fn read_custom(text: &str) -> Result<Custom, ConfigError> {
        custom(&place, DeTable::parse(text).unwrap().get_ref())
    }

    #[test]
    fn custom_weights_are_by_position_and_kind() {
        let custom = read_custom("first = 0.2\nlast = 2\n[kinds]\ncomment = 3").unwrap();
        let expected = [(custom.first, 0.2), (custom.middle, 1.0), (custom.last, 2.0)];
        assert!(expected.iter().all(|(own, wanted)| (own - wanted).abs() < f64::EPSILON));
        assert!((custom.kinds.get(TouchKind::Comment) - 3.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_wrong_custom_weight_is_told() {
        let check = |text, expected: &str| {
            let told = read_custom(text).unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        };
        check("fist = 1", "did you mean \"first\"?");
        check("first = -1", "first is no number from 0");
        check("kinds = 1", "a section of their own");
        check("[kinds]\nreactions = 1", "did you mean \"reaction\"?");
        check("first = 0\nmiddle = 0.0\nlast = 0", "no touch would count");
    }

    fn read_rates(text: &str) -> Result<Rates, ConfigError> {
        rates(&place, (0, DeTable::parse(text).unwrap().get_ref()))
    }

    #[test]
    fn rates_are_decimal_texts_or_numbers_by_currency() {
        let rates =
            read_rates("to = \"aud\"\nUSD = \"1.52\"\neur = 1.650\nGBP = 2").unwrap();
        assert_eq!(rates.to().unwrap().code(), "AUD");
        let expected = "1 EUR = 1.65 AUD, 1 GBP = 2 AUD, 1 USD = 1.52 AUD";
        assert_eq!(rates.to_string(), expected);
    }

    #[test]
    fn a_wrong_rate_is_told() {
        let check = |text: &str, expected: &str| {
            let told = read_rates(text).unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        };
        check("USD = \"1.5\"", "does not say to which currency");
        check("to = 3\nUSD = \"1.5\"", "to is no currency");
        check("to = \"AUD\"", "there is no rate");
        check("to = \"AUDD\"\nUSD = \"1.5\"", "did you mean \"AUD\"?");
        check("to = \"AUD\"\nUSB = \"1.5\"", "there is no currency \"USB\"");
        check("to = \"AUD\"\nXXX = \"1.5\"", "there is no currency \"XXX\"");
        check("to = \"AUD\"\nAUD = \"1\"", "AUD is what amounts count in");
        check("to = \"AUD\"\nUSD = \"1\"\nusd = \"2\"", "USD stands there twice");
        for rate in
            ["0", "-1", "\"0.0\"", "\"1,52\"", "\"\"", "nan", "1e3", "0x10", "[1]"]
        {
            check(&format!("to = \"AUD\"\nUSD = {rate}"), "USD needs a rate over 0");
        }
    }

    #[test]
    fn a_kind_of_touch_has_its_weight_and_all_others_one() {
        let weights = read("reaction = 0.5\ncomment = 2").unwrap();
        assert!((weights.get(TouchKind::Reaction) - 0.5).abs() < f64::EPSILON);
        assert!((weights.get(TouchKind::Comment) - 2.0).abs() < f64::EPSILON);
        assert!((weights.get(TouchKind::Message) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_wrong_kind_or_number_is_told() {
        let check = |text, expected: &str| {
            assert!(read(text).unwrap_err().to_string().contains(expected), "{text}");
        };
        check("reactions = 1", "did you mean \"reaction\"?");
        check("reaction = -1", "reaction is no number from 0");
        check("reaction = nan", "reaction is no number from 0");
    }
}
