//! The settings that the results were made with, as people read them.

use crate::{attribute::MODELS, report::words::capitalized};

/// Names and values in words, with units.
pub(super) fn settings(own: &[(String, String)]) -> Vec<(String, String)> {
    let is_known =
        |(name, value): &&(String, String)| name != "as-of" || !day(value).is_empty();
    let own = own.iter().filter(is_known);
    own.map(|(name, value)| (named(name), told(name, value))).collect()
}

/// The day of an instant; none of what stands where no file holds a date.
pub(super) fn day(instant: &str) -> &str {
    let day = instant.get(..10).unwrap_or("");
    if day == "1970-01-01" { "" } else { day }
}

/// Models with what each of them does.
pub(super) fn models(names: &[String]) -> Vec<(&str, &'static str)> {
    let words = |name: &String| MODELS.iter().find(|model| model.name == name);
    names.iter().filter_map(|name| Some((name.as_str(), words(name)?.summary))).collect()
}

/// `half-life` is `Half-life`.
fn named(name: &str) -> String {
    let name = match name {
        "as-of" => "as of",
        "window" => "window before a conversion",
        "seed" => "seed of random draws",
        "placebo" => "shifts of the placebo",
        "bootstrap" => "draws of leads for bounds of revenue",
        "weights" => "weights by kind of touch",
        "custom kinds" => "custom, by kind of touch",
        "exchange-rates" => "exchange rates",
        "deleted-before" => "deleted before",
        other => other,
    };
    capitalized(name)
}

fn told(name: &str, value: &str) -> String {
    match name {
        "window" | "half-life" if value == "1" => "1 day".to_owned(),
        "window" | "half-life" => format!("{value} days"),
        "as-of" => value.replacen('T', " ", 1).replacen('Z', " UTC", 1),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_stand_with_what_they_do() {
        let names = ["linear".to_owned(), "of another release".to_owned()];
        let linear = ("linear", "Every touch gets the same credit.");
        assert_eq!(models(&names), [linear]);
    }

    #[test]
    fn settings_read_with_their_units() {
        let check = |name: &str, value: &str, expected: (&str, &str)| {
            let told = settings(&[(name.to_owned(), value.to_owned())]);
            assert_eq!(told, [(expected.0.to_owned(), expected.1.to_owned())]);
        };
        check("half-life", "7", ("Half-life", "7 days"));
        check(
            "exchange-rates",
            "1 USD = 1.52 AUD",
            ("Exchange rates", "1 USD = 1.52 AUD"),
        );
        check("window", "1", ("Window before a conversion", "1 day"));
        let undated = ("as-of".to_owned(), "1970-01-01T00:00:00Z".to_owned());
        assert!(settings(&[undated]).is_empty());
        assert_eq!(day("2026-01-05T00:00:00Z"), "2026-01-05");
        check("as-of", "2026-01-05T00:00:00Z", ("As of", "2026-01-05 00:00:00 UTC"));
    }
}
