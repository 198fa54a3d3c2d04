//! Sections of the configuration: what stages mean, rules for themes.

use std::collections::BTreeMap;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use touchstone::{
    attribute::KindWeights,
    classify::Rule,
    domain::{DealStatus, TouchKind, Word},
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

/// `[weights]`: a kind of touch, and a number from 0.
pub(super) fn weights(place: &str, table: &DeTable<'_>) -> Result<KindWeights, Failure> {
    let mut weights = KindWeights::default();
    let kinds = || TouchKind::WORDS.iter().map(|(_, word)| *word);
    for (name, value) in table {
        let name = name.get_ref().as_ref();
        let kind = TouchKind::from_word(name).ok_or_else(|| {
            let near = super::settings::nearest(name, kinds());
            Failure::usage(format!(
                "{place}: weights: there is no kind of touch \"{name}\""
            ))
            .hint(near.map_or_else(
                || format!("the kinds are: {}", kinds().collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean \"{near}\"?"),
            ))
        })?;
        let number = match value.get_ref() {
            DeValue::Float(number) => number.to_string().parse().ok(),
            DeValue::Integer(number) => number.to_string().parse().ok(),
            _ => None,
        };
        let weight = number.filter(|weight: &f64| (0.0..=1e6).contains(weight));
        let weight = weight.ok_or_else(|| {
            Failure::usage(format!(
                "{place}: weights: {name} is no number from 0 to 1000000"
            ))
        })?;
        weights.set(kind, weight);
    }
    Ok(weights)
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

pub(super) fn text<'a>(value: &'a Spanned<DeValue<'_>>) -> Option<&'a str> {
    match value.get_ref() {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<KindWeights, Failure> {
        weights("touchstone.toml:1", DeTable::parse(text).unwrap().get_ref())
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
