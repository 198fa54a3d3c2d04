//! Sections of the configuration: what stages mean, rules for themes.

use std::collections::BTreeMap;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use touchstone::{
    classify::Rule,
    domain::{DealStatus, Word},
    normalize,
};

use super::failure::Failure;

/// `[stages]`: a stage as the CRM writes it, and `open`, `won` or `lost`.
pub(super) fn stages(
    place: &str,
    table: &DeTable<'_>,
) -> Result<BTreeMap<String, DealStatus>, Failure> {
    let mut stages = BTreeMap::new();
    for (name, value) in table {
        let stage = name.get_ref();
        let status = text(value).and_then(DealStatus::from_word);
        let status = status.ok_or_else(|| {
            Failure::usage(format!("{place}: stages: \"{stage}\" has no known meaning"))
                .hint("it can be open, won, lost or unknown")
        })?;
        stages.insert(normalize::stage_key(stage), status);
    }
    Ok(stages)
}

/// `[[theme]]`: `name`, the `words` that decide it, and perhaps the theme it stands
/// `instead_of`.
pub(super) fn themes(
    place: &str,
    list: &[Spanned<DeValue<'_>>],
) -> Result<Vec<Rule>, Failure> {
    list.iter().map(|one| theme(place, one.get_ref())).collect()
}

fn theme(place: &str, value: &DeValue<'_>) -> Result<Rule, Failure> {
    let wrong = |reason: String| {
        Failure::usage(format!("{place}: theme: {reason}")).hint(
            "a rule reads: [[theme]] name = \"hiring\", words = [\"vacancy\", \"we are hiring\"]",
        )
    };
    let DeValue::Table(table) = value else {
        return Err(wrong("it is no table".to_owned()));
    };
    let mut rule = Rule { theme: "".into(), words: Vec::new(), instead_of: None };
    for (name, value) in table {
        match (name.get_ref().as_ref(), value.get_ref()) {
            ("name", DeValue::String(name)) => rule.theme = name.to_string().into(),
            ("instead_of", DeValue::String(name)) => {
                rule.instead_of = Some(name.to_string().into());
            }
            ("words", DeValue::Array(words)) => {
                let words = words.iter().map(|word| text(word).map(Into::into));
                rule.words = words
                    .collect::<Option<_>>()
                    .ok_or_else(|| wrong("words are a list of texts".to_owned()))?;
            }
            (other, _) => {
                return Err(wrong(format!(
                    "\"{other}\" is no part of a rule, or of another kind"
                )));
            }
        }
    }
    if rule.theme.is_empty() {
        return Err(wrong("it has no name".to_owned()));
    }
    Ok(rule)
}

fn text<'a>(value: &'a Spanned<DeValue<'_>>) -> Option<&'a str> {
    match value.get_ref() {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}
