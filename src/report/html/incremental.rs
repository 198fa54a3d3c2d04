//! What would not have come without the posts, theme by theme.

use super::{overview::probability, scale::short};
use crate::{
    report::{lens::shown, money},
    store::IncrementalLine,
};

/// A theme under the incremental model.
pub(super) struct Row {
    pub(super) theme: String,
    pub(super) posts: String,
    pub(super) posts_number: i64,
    pub(super) leads: String,
    pub(super) revenue: String,
    pub(super) chance: String,
    pub(super) false_share: String,
    pub(super) placebo: String,
    /// What the columns are sorted by: leads, revenue, p, q and placebo.
    pub(super) numbers: [String; 5],
    pub(super) verdict: String,
}

/// The table's rows; what the data cannot carry is a dash.
pub(super) fn rows(lines: &[IncrementalLine]) -> Vec<Row> {
    lines.iter().map(row).collect()
}

fn row(line: &IncrementalLine) -> Row {
    let dash = || "–".to_owned();
    let number = |value: f64| short(value).replace('-', "−");
    let leads = match (line.leads, line.leads_low, line.leads_high) {
        (Some(leads), Some(low), Some(high)) => {
            format!("{} ({} to {})", number(leads), number(low), number(high))
        }
        _ => dash(),
    };
    let revenue =
        match (line.revenue_minor, line.revenue_low_minor, line.revenue_high_minor) {
            (Some(minor), Some(low), Some(high)) => {
                let brief = |minor| {
                    money::brief(minor, line.currency.as_deref().unwrap_or("XXX"))
                };
                format!("{} ({} to {})", brief(minor), brief(low), brief(high))
            }
            _ => dash(),
        };
    let sorted =
        |value: Option<f64>| value.map_or("-1".to_owned(), |own| own.to_string());
    let minor = line.revenue_minor.map_or("-1".to_owned(), |minor| minor.to_string());
    let told = |value: Option<f64>| value.map_or_else(dash, probability);
    Row {
        theme: shown(&line.theme),
        posts: money::count(Some(line.posts)),
        posts_number: line.posts,
        leads,
        revenue,
        chance: told(line.p_value),
        false_share: told(line.q_value).replacen('p', "q", 1),
        placebo: told(line.placebo_p),
        numbers: [
            sorted(line.leads),
            minor,
            sorted(line.p_value),
            sorted(line.q_value),
            sorted(line.placebo_p),
        ],
        verdict: line.verdict.clone(),
    }
}
