//! The first screen: tiles, the funnel, and what was found.

use super::scale::{float, percent, short};
use crate::{
    report::money,
    store::{FindingLine, ReportInput},
};

/// A number that answers a part of the question.
pub(super) struct Tile {
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) note: String,
}

/// A step of the funnel with the reasons why others did not take it.
pub(super) struct Step {
    pub(super) name: String,
    pub(super) rows: String,
    pub(super) percent: String,
    pub(super) of: String,
    pub(super) reasons: Vec<(String, String)>,
}

/// A finding in a sentence, with its numbers.
pub(super) struct Finding {
    pub(super) title: String,
    pub(super) sentence: String,
    pub(super) numbers: String,
    /// Low, middle and high on a picture from -1 to 1, for correlations.
    pub(super) interval: Option<(String, String, String)>,
}

/// The tiles below the answer.
pub(super) fn tiles(input: &ReportInput, currency: &str) -> Vec<Tile> {
    let mut tiles = Vec::new();
    if let Some(won) = input.won.first() {
        tiles.push(Tile {
            label: "Won",
            value: money::brief(won.won_minor, currency),
            note: format!("{} deals, {}", won.deals, won.amount_kind.replace('_', " ")),
        });
        let (least, most) = input.credited_won_minor;
        let share = |minor| percent(float(minor), float(won.won_minor));
        let value = if least == most {
            money::brief(least, currency)
        } else {
            format!(
                "{} to {}",
                money::brief(least, currency),
                money::brief(most, currency)
            )
        };
        let note = match (share(least), share(most)) {
            (low, high) if least == most || (high - low).abs() < 0.5 => {
                format!("{high:.0} % of won; {} models agree", input.counts.models)
            }
            (low, high) => format!(
                "{low:.0} to {high:.0} % of won, over {} models",
                input.counts.models
            ),
        };
        tiles.push(Tile { label: "Credited to posts", value, note });
    }
    if let Some(found) = input.page.findings.iter().find(|one| one.value.is_some()) {
        let value = found.value.unwrap_or(0.0);
        tiles.push(Tile {
            label: "Likes against revenue",
            value: signed(value),
            note: interval_note(found),
        });
    }
    let posts = money::grouped(input.counts.posts.unsigned_abs());
    let people = format!(
        "{} leads, {} deals, {} touches",
        money::grouped(input.counts.leads.unsigned_abs()),
        money::grouped(input.counts.deals.unsigned_abs()),
        money::grouped(input.counts.touches.unsigned_abs())
    );
    tiles.push(Tile { label: "Posts", value: posts, note: people });
    tiles
}

fn signed(value: f64) -> String {
    format!("{value:+.2}").replace('-', "−")
}

fn interval_note(found: &FindingLine) -> String {
    let mut parts = Vec::new();
    parts.push(found.statistic.replace('_', " "));
    if let (Some(low), Some(high)) = (found.low, found.high) {
        parts.push(format!("95 % interval {} to {}", signed(low), signed(high)));
    }
    if let Some(p) = found.p_value {
        parts.push(probability(p));
    }
    parts.push(format!("n = {}", money::grouped(found.n.unsigned_abs())));
    parts.join(", ")
}

/// A p-value as people write it.
pub(super) fn probability(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") }
}

/// The findings, in their order.
pub(super) fn findings(lines: &[FindingLine]) -> Vec<Finding> {
    let place = |value: f64| short(f64::midpoint(value.clamp(-1.0, 1.0), 1.0) * 100.0);
    lines
        .iter()
        .map(|line| {
            let is_correlation =
                Some(line.statistic.to_lowercase()).is_some_and(|statistic| {
                    ["spearman", "correlation", "rho"]
                        .iter()
                        .any(|word| statistic.contains(word))
                });
            let interval = match (line.low, line.value, line.high) {
                (Some(low), Some(value), Some(high)) if is_correlation => {
                    Some((place(low), place(value), place(high)))
                }
                _ => None,
            };
            let name = line.name.replace('_', " ");
            let mut letters = name.chars();
            let title = letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            });
            let numbers = match line.value {
                Some(value) => {
                    let number = if value.abs() < 10.0 {
                        format!("{value:.2}").replace('-', "−")
                    } else {
                        format!("{value:.0}").replace('-', "−")
                    };
                    format!("{number}: {}", interval_note(line))
                }
                None => String::new(),
            };
            Finding { title, sentence: line.sentence.clone(), numbers, interval }
        })
        .collect()
}

/// The steps; each as a share of the first of its kind (rows, leads).
pub(super) fn funnel(lines: &[(String, Option<String>, i64)]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let (mut kind, mut base) = (String::new(), 0);
    for (step, reason, rows) in lines {
        let count = money::grouped(rows.unsigned_abs());
        match (reason, steps.last_mut()) {
            (Some(reason), Some(last)) => last.reasons.push((count, reason.clone())),
            (Some(_), None) => {}
            (None, _) => {
                let own = step.split(' ').next().unwrap_or("").to_owned();
                if own != kind {
                    (kind, base) = (own, *rows);
                }
                let share = percent(float(*rows), float(base));
                steps.push(Step {
                    name: step.clone(),
                    rows: count,
                    percent: short(share),
                    of: format!("{share:.0} % of {kind}"),
                    reasons: Vec::new(),
                });
            }
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_a_share_of_the_first_of_its_kind() {
        let line = |step: &str, reason: Option<&str>, rows| {
            (step.to_owned(), reason.map(str::to_owned), rows)
        };
        let steps = funnel(&[
            line("rows read", None, 200),
            line("rows kept", None, 150),
            line("rows kept", Some("rejected"), 50),
            line("leads", None, 40),
            line("leads touched", None, 10),
        ]);
        let shares: Vec<_> = steps.iter().map(|step| step.percent.as_str()).collect();
        assert_eq!(shares, ["100", "75", "100", "25"]);
        assert_eq!(steps[1].reasons, [("50".to_owned(), "rejected".to_owned())]);
    }
}
