//! The settings that results were made with, in words that make them again.

use jiff::{Timestamp, civil::Date};

use super::Attribution;
use crate::{
    attribute::Custom,
    classify::Rule,
    domain::iso,
    resolve::{Copy, Told},
};

/// Names and values, in the order in which they are shown: what all results rest on first, then
/// what the configuration alone can say, where it does.
pub(super) fn settings(
    attribution: &Attribution,
    as_of: Timestamp,
    deleted_before: Option<Date>,
) -> Vec<(&'static str, String)> {
    let Attribution { options, weights, themes, effort, rates, told, .. } = attribution;
    let mut settings = vec![
        ("as-of", iso(as_of)),
        ("half-life", options.half_life_days.to_string()),
        ("seed", options.seed.to_string()),
        ("window", attribution.window_days.to_string()),
        ("placebo", effort.placebo_draws.to_string()),
        ("bootstrap", effort.bootstrap_draws.to_string()),
    ];
    let mut add = |name, value: String| {
        if !value.is_empty() {
            settings.push((name, value));
        }
    };
    let Custom { first, middle, last, kinds } = options.custom;
    if attribution.models.iter().any(|model| model.name == "custom") {
        add("custom", format!("first {first}, middle {middle}, last {last}"));
        add("custom kinds", kinds.to_string());
    }
    add("weights", weights.to_string());
    add("themes", joined(themes.iter().map(rule), "; "));
    if rates.to().is_some() {
        add("exchange-rates", rates.to_string());
    }
    // Who is whom is told by names, which stay in the configuration.
    let Told { labels, copies, country } = told;
    let of = |is_same| labels.iter().filter(|label| label.is_same == is_same).count();
    for (name, is_same) in [("same-person", true), ("other-person", false)] {
        let count = of(is_same);
        add(name, if count == 0 { String::new() } else { format!("{count} told") });
    }
    let copies = copies.iter().map(|Copy { system, of }| format!("{system} of {of}"));
    add("copy", joined(copies, ", "));
    add("country", country.map(|country| country.code().to_owned()).unwrap_or_default());
    add("deleted-before", deleted_before.map(|day| day.to_string()).unwrap_or_default());
    settings
}

fn rule(rule: &Rule) -> String {
    let instead = rule.instead_of.as_ref().map(|own| format!(" instead of {own}"));
    let theme = [&*rule.theme, instead.as_deref().unwrap_or_default()].concat();
    if rule.words.is_empty() {
        theme
    } else {
        format!("{theme}: {}", joined(rule.words.iter(), ", "))
    }
}

fn joined(texts: impl Iterator<Item = impl ToString>, between: &str) -> String {
    texts.map(|text| text.to_string()).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        attribute::{KindWeights, MODELS, Options, incremental::Effort},
        domain::{Rates, TouchKind},
    };

    #[test]
    fn what_changes_results_is_among_the_settings() {
        let mut weights = KindWeights::default();
        weights.set(TouchKind::Reaction, 0.25);
        let rule = |theme: &str, words: &[&str], instead_of: Option<&str>| Rule {
            theme: theme.into(),
            words: words.iter().map(|word| (*word).into()).collect(),
            instead_of: instead_of.map(Into::into),
        };
        let attribution = Attribution {
            window_days: 30,
            models: MODELS.to_vec(),
            options: Options {
                custom: Custom { first: 2.0, kinds: weights, ..Custom::default() },
                ..Options::default()
            },
            weights,
            themes: vec![
                rule("rates", &["rate", "fixed*"], None),
                rule("tips", &[], Some("learning")),
            ],
            effort: Effort { placebo_draws: 0, bootstrap_draws: 7 },
            as_of: None,
            rates: Rates::default(),
            told: Told::default(),
        };
        let as_of = "2026-01-05T00:00:00Z".parse().unwrap();
        let told: Vec<String> = settings(&attribution, as_of, None)
            .into_iter()
            .map(|(name, value)| format!("{name} = {value}"))
            .collect();
        assert_eq!(
            told[3..],
            [
                "window = 30",
                "placebo = 0",
                "bootstrap = 7",
                "custom = first 2, middle 1, last 1",
                "custom kinds = reaction 0.25",
                "weights = reaction 0.25",
                "themes = rates: rate, fixed*; tips instead of learning",
            ]
        );
    }
}
