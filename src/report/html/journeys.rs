//! The way to each won deal.

use jiff::Timestamp;

use super::super::{currencies, money, words};
use crate::{
    domain::{DealStatus, Moment, iso},
    link::{Outside, Window},
    store::{JourneyStep, ReportInput, WonJourney},
};

/// Touches of a deal that the page shows, the last ones.
const MOST_TOUCHES: usize = 10;

/// A won deal, unfolding.
pub(super) struct Journey {
    pub(super) title: String,
    pub(super) amount: String,
    pub(super) closed: String,
    pub(super) path: String,
    pub(super) credited: String,
    pub(super) steps: Vec<Step>,
    /// What it may mean that there are no steps.
    pub(super) without_touch: &'static str,
    pub(super) left_out: usize,
    pub(super) command: String,
}

/// A touch.
pub(super) struct Step {
    pub(super) day: String,
    pub(super) kind: String,
    pub(super) person: String,
    pub(super) words: String,
    pub(super) credit: String,
    pub(super) evidence: String,
}

/// The journeys, the largest deal first.
pub(super) fn journeys(
    lines: &[WonJourney],
    window_days: &str,
    as_of: &str,
) -> Vec<Journey> {
    let window_days = window_days.parse().unwrap_or(0);
    let as_of = as_of.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    lines.iter().map(|line| journey(line, window_days, as_of)).collect()
}

/// How many of the won deals are shown, in a sentence; empty where nothing was won.
pub(super) fn shown(input: &ReportInput) -> String {
    let Some(won) = input.won.first() else { return String::new() };
    let which = currencies::measure(input)
        .map_or_else(|| "with an amount".to_owned(), |measure| format!("in {measure}"));
    let refunds = match won.refunds {
        0 => String::new(),
        count => format!(" and {}", money::counted(count, "refund", "refunds")),
    };
    let journeys = i64::try_from(input.page.journeys.len()).unwrap_or(i64::MAX);
    let deals = money::counted(won.deals - won.refunds, "won deal", "won deals");
    if journeys < won.deals {
        format!(
            "The {journeys} largest of {deals} {which}{refunds}; the others stand in deals.csv, \
             touches.csv and deal_credits.csv."
        )
    } else if won.deals == 1 && won.refunds == 0 {
        format!("The one won deal {which}.")
    } else {
        format!("All {deals} {which}{refunds}, the largest first.")
    }
}

/// The command that tells all of a deal, as a shell takes it.
fn command(id: &str) -> String {
    let id = words::harmless(id);
    let is_plain =
        |letter: char| letter.is_ascii_alphanumeric() || "_.:-".contains(letter);
    let ends_options = if id.starts_with('-') { "-- " } else { "" };
    let id = if !id.is_empty() && id.chars().all(is_plain) {
        id
    } else {
        format!("'{}'", id.replace('\'', r"'\''"))
    };
    format!("touchstone explain deal {ends_options}{id}")
}

fn journey(line: &WonJourney, window_days: u32, as_of: Timestamp) -> Journey {
    let currency = line.currency.as_str();
    let window = line.created_at.map(|at| {
        Window::of_deal(at, DealStatus::Won, line.closed_at, window_days, as_of)
    });
    let skipped = line.touches.len().saturating_sub(MOST_TOUCHES);
    let shown = line.touches.iter().skip(skipped);
    let credited = line
        .credits
        .iter()
        .fold((0, 0), |(least, most), (_, low, high)| (least + low, most + high));
    Journey {
        title: line.name.clone().unwrap_or_else(|| format!("Deal {}", line.remote_id)),
        amount: money::amount(line.amount_minor, currency),
        closed: line.closed_at.map(|at| at.day().to_string()).unwrap_or_default(),
        path: match line.touches.len() {
            0 => format!("no touch known: {}", words::without_touch(line.is_joined)),
            1 => "1 touch".to_owned(),
            count => format!("{count} touches"),
        },
        credited: match (line.credits.len(), credited) {
            (0, _) if line.touches.is_empty() => String::new(),
            (0, _) => "nothing to posts".to_owned(),
            (1, range) => format!("{} to 1 post", money::range(range, currency)),
            (posts, (_, most)) => {
                let most = most.min(line.amount_minor.max(0));
                format!("up to {} to {posts} posts", money::amount(most, currency))
            }
        },
        steps: shown.map(|touch| step(touch, line, window)).collect(),
        without_touch: words::without_touch(line.is_joined),
        left_out: skipped,
        command: command(&line.remote_id),
    }
}

fn step(touch: &JourneyStep, line: &WonJourney, window: Option<Window>) -> Step {
    let currency = line.currency.as_str();
    let outside = match (window, touch.touched_at) {
        (Some(window), Some(at)) => window.check(at).err().map(|outside| match outside {
            Outside::TooEarly => "does not count: before the window",
            Outside::AfterConversion => "does not count: after the close",
        }),
        _ => Some("does not count: no creation date"),
    };
    let credit = touch
        .post_urn
        .as_ref()
        .and_then(|urn| line.credits.iter().find(|(own, ..)| own == urn));
    Step {
        day: touch
            .touched_at
            .map(|at| Moment::Instant(at).day().to_string())
            .unwrap_or_default(),
        kind: match touch.kind.as_str() {
            "self_reported" => "self-reported".to_owned(),
            kind => kind.replace('_', " "),
        },
        person: touch.person.clone().unwrap_or_default(),
        words: match (&touch.words, &touch.post_urn) {
            (Some(words), _) if !words.trim().is_empty() => {
                words::first_words(words, 110)
            }
            (_, Some(urn)) => urn.clone(),
            (_, None) => "no post".to_owned(),
        },
        credit: match (outside, credit) {
            (Some(why), _) => why.to_owned(),
            (None, Some((_, least, most))) => money::range((*least, *most), currency),
            (None, None) if touch.post_urn.is_none() => "no post to credit".to_owned(),
            (None, None) => "nothing".to_owned(),
        },
        evidence: format!(
            "{}; {}:{}{}",
            touch.evidence,
            touch.source_file,
            touch.source_line,
            touch.touched_at.map(|at| format!("; {}", iso(at))).unwrap_or_default()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::WonTotal;

    #[test]
    fn no_name_of_a_deal_is_a_command() {
        let check = |id: &str, expected: &str| assert_eq!(command(id), expected);
        check("900012", "touchstone explain deal 900012");
        check("a:B_c.d-e", "touchstone explain deal a:B_c.d-e");
        check("O'Brien; echo $(id)", r"touchstone explain deal 'O'\''Brien; echo $(id)'");
        check("Wren - Home loan", "touchstone explain deal 'Wren - Home loan'");
        check("-x\ny", "touchstone explain deal -- '-x y'");
        check("-5", "touchstone explain deal -- -5");
        check("größe", "touchstone explain deal 'größe'");
        check("", "touchstone explain deal ''");
    }

    #[test]
    fn deals_are_counted_in_their_currency_and_without_refunds() {
        let won = |currency: &str, deals, refunds| WonTotal {
            currency: currency.to_owned(),
            deals,
            refunds,
            ..WonTotal::default()
        };
        let check = |won: Vec<WonTotal>, expected: &str| {
            let input = ReportInput { won, ..ReportInput::default() };
            assert!(shown(&input).starts_with(expected), "{}", shown(&input));
        };
        check(
            vec![won("AUD", 74, 4)],
            "The 0 largest of 70 won deals with an amount and 4 ",
        );
        check(
            vec![won("AUD", 53, 0), won("NZD", 2, 0)],
            "The 0 largest of 53 won deals in AUD;",
        );
        check(Vec::new(), "");
    }
}
