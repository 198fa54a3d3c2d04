//! How the models agree, as a matrix.

use std::collections::BTreeMap;

use super::scale::{float, percent, rank, short};
use crate::{
    report::money,
    store::{AgreementLine, ReportInput},
};

/// The matrix and what it means.
pub(super) struct Models {
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) sentence: String,
    /// Whether the choice of model decides the answer.
    pub(super) is_warning: bool,
}

/// A model against all others.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) cells: Vec<Cell>,
}

/// A pair of models.
pub(super) struct Cell {
    pub(super) correlation: String,
    pub(super) moved: String,
    /// Three steps of agreement, for the shade behind the number.
    pub(super) class: &'static str,
}

/// Correlations below are no agreement, and above are as good as the same.
const WEAK: f64 = 0.7;
const STRONG: f64 = 0.9;
/// Moving more than this part of the won revenue decides the answer.
const MUCH_PERCENT: f64 = 20.0;

/// Makes the matrix; none where there are fewer than two models.
pub(super) fn models(input: &ReportInput, currency: &str) -> Models {
    let lines = &input.page.agreement;
    let mut pairs: BTreeMap<(&str, &str), &AgreementLine> = BTreeMap::new();
    for line in lines {
        pairs.insert((&line.model, &line.other_model), line);
        pairs.insert((&line.other_model, &line.model), line);
    }
    let mut names = input.models.clone();
    for line in lines {
        if !names.contains(&line.other_model) {
            names.push(line.other_model.clone());
        }
    }
    let row = |name: &String| Row {
        name: name.clone(),
        cells: names
            .iter()
            .map(|other| {
                cell(pairs.get(&(name.as_str(), other.as_str())).copied(), currency)
            })
            .collect(),
    };
    let won = input.won.first().map_or(0, |won| won.won_minor);
    let (is_warning, sentence) = told(lines, won, currency, input);
    Models {
        rows: if lines.iter().all(|line| line.correlation.is_none()) {
            Vec::new()
        } else {
            names.iter().map(row).collect()
        },
        names,
        sentence,
        is_warning,
    }
}

fn cell(line: Option<&AgreementLine>, currency: &str) -> Cell {
    let Some(line) = line else {
        return Cell {
            correlation: "–".to_owned(), moved: String::new(), class: "self"
        };
    };
    let class = match line.correlation {
        Some(value) if value < WEAK => "weak",
        Some(value) if value < STRONG => "fair",
        Some(_) => "strong",
        None => "self",
    };
    Cell {
        correlation: line.correlation.map_or_else(|| "–".to_owned(), rank),
        moved: money::brief(line.moved_minor, currency),
        class,
    }
}

/// The least agreement in a sentence, and whether it is a warning.
fn told(
    lines: &[AgreementLine],
    won: i64,
    currency: &str,
    input: &ReportInput,
) -> (bool, String) {
    // The incremental lens answers another question.
    let is_credited = |line: &&AgreementLine| {
        input.models.contains(&line.model) && input.models.contains(&line.other_model)
    };
    let lines: Vec<&AgreementLine> = lines.iter().filter(is_credited).collect();
    let least = lines
        .iter()
        .filter_map(|line| line.correlation.map(|value| (value, line)))
        .min_by(|one, other| one.0.total_cmp(&other.0));
    let most = lines.iter().max_by_key(|line| line.moved_minor);
    let (Some((correlation, apart)), Some(moving)) = (least, most) else {
        return (
            false,
            "There are too few credited posts to compare the models.".to_owned(),
        );
    };
    let share = percent(float(moving.moved_minor), float(won));
    let open = input.themes.iter().filter(|theme| theme.verdict.is_none()).count();
    let is_apart = correlation < WEAK || MUCH_PERCENT < share;
    // Where all verdicts agree, what differs is how much each post gets.
    let is_warning = 0 < open || (is_apart && input.themes.is_empty());
    let start = if is_warning {
        "The choice of model decides part of the answer"
    } else if is_apart {
        "The choice of model decides how much single posts are credited with, and no theme's \
         verdict"
    } else {
        "The choice of model does not decide the answer"
    };
    let verdicts = match open {
        0 if input.themes.is_empty() => "no theme is known".to_owned(),
        0 => "every theme gets the same verdict from all models".to_owned(),
        1 => "one theme's verdict depends on the model".to_owned(),
        _ => format!("the verdicts of {open} themes depend on the model"),
    };
    if !is_warning && moving.moved_minor == 0 {
        let sentence =
            format!("{start}: all models credit the same posts alike, and {verdicts}.");
        return (false, sentence);
    }
    let sentence = format!(
        "{start}: {} and {} rank posts least alike (correlation {}), {} and {} move the most \
         revenue between posts ({}, {} % of won), and {verdicts}.",
        apart.model,
        apart.other_model,
        rank(correlation),
        moving.model,
        moving.other_model,
        money::amount(moving.moved_minor, currency),
        short(share),
    );
    (is_warning, sentence)
}
