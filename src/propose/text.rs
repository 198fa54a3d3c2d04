//! A proposed format as a section of a configuration.

use std::fmt::Write as _;

use super::{Guess, is_usual};
use crate::{
    domain::{self, AmountKind},
    recognize::{AMOUNTS, Field, Own, fold_header},
};

/// The section: what is sure as it stands, what is not behind a `#`.
pub(super) fn section(file: &str, own: &Own, guesses: &[Guess<'_>]) -> String {
    let mut text = String::new();
    let mut line = |words: &str| {
        text.push_str(words);
        text.push('\n');
    };
    line(&format!(
        "# {}: guessed; correct it, and put it into touchstone.toml.",
        comment(file, 60)
    ));
    line("[[format]]");
    line(&format!(
        "name = {}  # before the hyphen: the CRM; the same for all tables of one",
        quoted(&own.name)
    ));
    line(&format!("kind = {}", quoted(own.kind.word)));
    if own.amount_kind != AmountKind::Revenue {
        line("amount-kind = \"loan\"");
    }
    for words in unsaid(guesses) {
        line(&words);
    }
    line("[format.columns]");
    for guess in guesses {
        if let (Some((field, _)), true) = (guess.field, guess.is_sure) {
            line(&column(field, guess));
        }
    }
    for guess in guesses {
        if let (Some((field, _)), false) = (guess.field, guess.is_sure) {
            line(&format!("# {}", column(field, guess)));
        }
    }
    for guess in guesses.iter().filter(|guess| guess.field.is_none()) {
        if !guess.header.is_empty() {
            line(&format!("# ? = {}", column_of(guess)));
        }
    }
    for words in stages(own, guesses) {
        line(&words);
    }
    text
}

fn column(field: Field, guess: &Guess<'_>) -> String {
    format!("{} = {}", field.word(), column_of(guess))
}

/// A header with what stands below it.
fn column_of(guess: &Guess<'_>) -> String {
    let shown: Vec<String> = guess
        .look
        .first
        .iter()
        .map(|value| format!("\"{}\"", comment(value, 30)))
        .collect();
    let shown = if shown.is_empty() { "empty".to_owned() } else { shown.join(", ") };
    format!("{}  # {shown}", quoted(&header_name(guess.header)))
}

/// A header as a format names it. A star stands for anything in a name, so it is left out
/// where it only marks a field of a form.
pub(super) fn header_name(header: &str) -> String {
    if header.contains('*') { fold_header(header) } else { header.trim().to_owned() }
}

/// Settings that the cells leave open.
fn unsaid(guesses: &[Guess<'_>]) -> Vec<String> {
    let of = |wanted: &[Field]| {
        let wanted = wanted.to_vec();
        guesses.iter().filter(move |guess| {
            guess.is_sure && guess.field.is_some_and(|(field, _)| wanted.contains(&field))
        })
    };
    let mut lines = Vec::new();
    let has_currency = of(&[Field::Currency]).next().is_some()
        || of(&AMOUNTS).all(|guess| guess.look.has_currency());
    if !has_currency {
        lines.push("# currency = \"EUR\"  # no cell says which".to_owned());
    }
    if let Some(cell) = of(&AMOUNTS).find_map(|guess| guess.look.needs_mark()) {
        lines.push(format!(
            "# decimal = \"comma\"  # or point: \"{}\" reads both ways",
            comment(cell, 30)
        ));
    }
    let mut dated = guesses.iter().filter(|guess| guess.is_sure);
    if let Some(cell) = dated.find_map(|guess| guess.look.needs_order()) {
        lines.push(format!(
            "# date-order = \"dmy\"  # or mdy: \"{}\" reads both ways",
            comment(cell, 30)
        ));
    }
    lines
}

/// Stages that no usual word tells, the most frequent first.
fn stages(own: &Own, guesses: &[Guess<'_>]) -> Vec<String> {
    const MOST: usize = 20;
    if !["deal", "contact-with-deal"].contains(&own.kind.word) {
        return Vec::new();
    }
    let mut unknown: Vec<(u64, &str)> = guesses
        .iter()
        .filter(|guess| {
            guess.is_sure
                && matches!(guess.field, Some((Field::Stage | Field::Status, _)))
        })
        .flat_map(|guess| &guess.look.values)
        .filter(|(stage, _)| !is_usual(stage))
        .map(|(stage, count)| (*count, stage.as_str()))
        .collect();
    unknown.sort_by_key(|(count, stage)| (std::cmp::Reverse(*count), *stage));
    if unknown.is_empty() {
        return Vec::new();
    }
    let mut lines = vec!["[format.stages]".to_owned()];
    for (count, stage) in unknown.iter().take(MOST) {
        let mut line = format!("# {} = \"open\"", quoted(stage));
        write!(line, "  # or won, lost; {}", domain::count(*count, "row", "rows"))
            .expect("a string takes everything");
        lines.push(line);
    }
    lines
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            ' ' => quoted.push(' '),
            other if other.is_control() || other.is_whitespace() || is_hidden(other) => {
                write!(quoted, "\\u{:04X}", u32::from(other))
                    .expect("a string takes everything");
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// Characters that nobody sees, or that turn the direction of others.
fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Words that stand in a comment: in one line, and cut.
fn comment(text: &str, width: usize) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_hidden(*c))
        .collect();
    match clean.char_indices().nth(width) {
        Some((end, _)) => format!("{}…", &clean[..end]),
        None => clean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_so_that_they_read_back() {
        for text in ["Amount", "say \"hi\"", "a\\b", "a\tb\nc", "x\u{202e}y", "Größe €"]
        {
            let table: toml::Table = format!("a = {}", quoted(text)).parse().unwrap();
            assert_eq!(table["a"].as_str(), Some(text));
            assert!(!quoted(text).contains(['\n', '\u{202e}']));
        }
    }
}
