//! The first screen: tiles, the funnel, and what was found.

use super::scale::{float, percent, short};
use crate::{
    report::{answer, money},
    store::{FindingLine, ReportInput, WonTotal},
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

/// What was won, of which posts can be credited with a part.
pub(super) fn credited_total(input: &ReportInput) -> Option<&WonTotal> {
    input.won.first().filter(|won| answer::obstacle(input, won).is_none())
}

/// The tiles below the answer.
pub(super) fn tiles(input: &ReportInput, currency: &str) -> Vec<Tile> {
    let mut tiles = Vec::new();
    if let Some(won) = credited_total(input) {
        let (least, most) = input.credited_won_minor;
        let share = |minor| percent(float(minor), float(won.won_minor));
        let (low, high) = (share(least), share(most));
        let models = money::counted(input.counts.models, "model", "models");
        let (value, over) = if (high - low).abs() < 0.5 {
            (format!("{high:.0} %"), format!("{models} agree"))
        } else {
            (format!("{low:.0} to {high:.0} %"), format!("over {models}"))
        };
        let part = if least == most {
            money::brief(least, currency)
        } else {
            // The currency stands before the first alone.
            [money::brief(least, currency), money::brief(most, "XXX")].join(" to ")
        };
        let note = format!(
            "{part} of {} {}, {over}; by touches that the data shows, so without silent readers",
            money::brief(won.won_minor, currency),
            won.amount_kind.replace('_', " ")
        );
        tiles.push(Tile { label: "Of what was won, credited to posts", value, note });
    }
    tiles.extend(silent(&input.page.findings));
    let posts = money::grouped(input.counts.posts.unsigned_abs());
    let people = format!(
        "{}, {}, {}",
        money::counted(input.counts.leads, "lead", "leads"),
        money::counted(input.counts.deals, "deal", "deals"),
        money::counted(input.counts.touches, "touch", "touches")
    );
    tiles.push(Tile { label: "Posts", value: posts, note: people });
    tiles
}

/// How much came from people who never reacted.
fn silent(findings: &[FindingLine]) -> Option<Tile> {
    let is_wanted = |line: &&FindingLine| {
        line.name == "silent-buyers" && line.statistic.contains("revenue")
    };
    let found = findings.iter().find(is_wanted)?;
    let (value, low, high) = (found.value?, found.low?, found.high?);
    let part = |share: f64| format!("{:.0}", share * 100.0);
    Some(Tile {
        label: "Won from silent buyers",
        value: format!("{} %", part(value)),
        note: format!(
            "never reacted before they became leads; may be credited by words or a tracked \
             link; 95 % interval {} to {} %, {}",
            part(low),
            part(high),
            money::counted(found.n, "deal", "deals")
        ),
    })
}

/// A p-value as people write it.
pub(super) fn probability(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") }
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
    fn where_nothing_can_be_credited_no_share_is_shown() {
        let won = WonTotal { deals: 3, unjoined: 3, ..WonTotal::default() };
        let mut input = ReportInput { won: vec![won], ..ReportInput::default() };
        input.counts.posts = 1;
        let labels = |input: &ReportInput| -> Vec<&str> {
            tiles(input, "EUR").iter().map(|tile| tile.label).collect()
        };
        assert_eq!(labels(&input), ["Posts"]);
        (input.won[0].unjoined, input.won[0].followed) = (2, 1);
        assert_eq!(labels(&input), ["Of what was won, credited to posts", "Posts"]);
    }

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
