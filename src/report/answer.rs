//! What the posts brought, in a few sentences, or what keeps that from being known.

use super::{currencies, lens, money};
use crate::{
    analyze::{LEADS_CREDITED, UNDATED, UNFITTED_MODEL},
    store::{ReportInput, WonTotal},
};

/// A sentence of the answer, by what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// What the posts brought, or what keeps that from being known.
    Answer(String),
    /// What credit does not see.
    Silence,
}

impl Said {
    /// The sentence.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Answer(text) => text,
            Self::Silence => {
                "Credit goes only to touches that the data shows; silent readers leave none."
            }
        }
    }
}

/// Two or three sentences that answer the question, and what they do not rest on.
pub(super) fn answer(input: &ReportInput) -> Vec<Said> {
    let findings = input.page.findings.iter();
    let unfitted = findings.filter(|finding| finding.name == UNFITTED_MODEL);
    let mut said = credited(input);
    said.extend(unfitted.map(|finding| Said::Answer(finding.sentence.clone())));
    said.extend(deleted(input).map(Said::Answer));
    said
}

/// Whether files were given and nothing of any was kept.
pub(super) fn is_all_rejected(input: &ReportInput) -> bool {
    input.counts.files == 0 && 0 < input.counts.rejections
}

/// What keeps posts from being credited with anything that was won, whatever they brought.
pub(super) fn obstacle(input: &ReportInput, won: &WonTotal) -> Option<&'static str> {
    if input.credited_won_minor != (0, 0) {
        None
    } else if input.counts.posts == 0 {
        Some("no post was read")
    } else if won.unjoined == won.deals {
        Some("no export says who bought")
    } else if won.followed == 0 {
        Some(
            "no export says when these deals were created, and only what came before \
             counts",
        )
    } else {
        None
    }
}

/// How many leads did not take a step for a reason.
pub(super) fn lost(input: &ReportInput, reason: &str) -> i64 {
    let is_lost =
        |(_, own, _): &&(String, Option<String>, i64)| own.as_deref() == Some(reason);
    input.funnel.iter().find(is_lost).map_or(0, |(.., rows)| *rows)
}

fn credited(input: &ReportInput) -> Vec<Said> {
    let alone = |sentence: String| vec![Said::Answer(sentence)];
    if is_all_rejected(input) {
        return alone(match input.counts.rejections {
            1 => "The one file could not be read; rejections.csv says why.".to_owned(),
            files => format!(
                "None of the {} files could be read; rejections.csv says why of each.",
                money::grouped(files.unsigned_abs())
            ),
        });
    }
    if input.counts.leads == 0 && input.won.is_empty() {
        let sentence = "There are no leads yet, so nothing can be credited to posts.";
        return alone(sentence.to_owned());
    }
    let mut lines = match input.won.split_first() {
        None => vec![credited_leads(input)],
        Some((won, others)) => credited_won(input, won, others),
    };
    lines.extend(lens::sentences(input));
    lines.extend(lens::likes(&input.page.findings));
    lines.into_iter().map(Said::Answer).chain([Said::Silence]).collect()
}

fn credited_won(input: &ReportInput, won: &WonTotal, others: &[WonTotal]) -> Vec<String> {
    let all = format!(
        "Of {} won in {}",
        currencies::stated(won.won_minor, &won.currency),
        money::won_deals(won)
    );
    let mut lines = vec![if input.credited_won_minor == (0, 0) {
        let why = obstacle(input, won);
        let why = why.unwrap_or("no buyer is known to have met one in time");
        format!("{all}, none is credited to posts: {why}.")
    } else {
        format!(
            "{all}, posts are credited with {} ({}).",
            money::range(input.credited_won_minor, &won.currency),
            money::counted(input.counts.models, "model", "models")
        )
    }];
    lines.extend(currencies::converted(input, &won.currency));
    lines.extend(currencies::apart(input, won, others));
    let without_amount = input.counts.won_without_amount;
    if 0 < without_amount {
        lines.push(format!(
            "Of {} no amount was read.",
            money::counted(without_amount, "more won deal", "more won deals")
        ));
    }
    lines
}

/// The answer where nothing was won: how many leads posts had to do with.
fn credited_leads(input: &ReportInput) -> String {
    let credited = input
        .funnel
        .iter()
        .find(|(step, reason, _)| step == LEADS_CREDITED && reason.is_none())
        .map_or(0, |(_, _, rows)| *rows);
    let leads = money::counted(input.counts.leads, "lead", "leads");
    let told = if input.counts.posts == 0 {
        "none can be credited: no post was read".to_owned()
    } else if input.counts.leads <= lost(input, UNDATED) {
        "none can be credited: no export says when they came".to_owned()
    } else {
        let credited = money::grouped(credited.unsigned_abs());
        format!("{credited} had to do with posts before they came")
    };
    let why = if input.counts.deals == 0 {
        "There are no deals yet".to_owned()
    } else if 0 < input.counts.won_without_amount {
        let deals = input.counts.won_without_amount;
        format!(
            "Of {} no amount was read",
            money::counted(deals, "won deal", "won deals")
        )
    } else {
        "No deal with an amount was won yet".to_owned()
    };
    format!("Of {leads}, {told}. {why}, so no revenue is credited.")
}

/// What the results do not know any more.
fn deleted(input: &ReportInput) -> Option<String> {
    let day = input.page.setting("deleted-before")?;
    Some(format!(
        "Persons of whom nothing is stated since {day} were deleted, as the retention says: \
         their leads and deals count, and are credited to no post but by what is left."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{report::text::summary, store::ThemeLine};

    fn won(deals: i64) -> WonTotal {
        WonTotal {
            currency: "EUR".to_owned(),
            amount_kind: "revenue".to_owned(),
            deals,
            won_minor: 1_234_500,
            followed: deals,
            ..WonTotal::default()
        }
    }

    fn first(input: &ReportInput) -> String {
        answer(input)[0].text().to_owned()
    }

    #[test]
    fn what_keeps_revenue_from_being_credited_is_said() {
        let mut input = ReportInput { won: vec![won(4)], ..ReportInput::default() };
        let check = |input: &ReportInput, why: &str| {
            let expected = format!(
                "Of EUR 12,345.00 won in 4 deals, none is credited to posts: {why}."
            );
            assert_eq!(first(input), expected);
        };
        check(&input, "no post was read");
        input.counts.posts = 1;
        check(&input, "no buyer is known to have met one in time");
        (input.won[0].unjoined, input.won[0].followed) = (3, 0);
        let why = "no export says when these deals were created, and only what came before \
                   counts";
        check(&input, why);
        input.won[0].unjoined = 4;
        check(&input, "no export says who bought");
        assert!(obstacle(&input, &input.won[0]).is_some());
        input.credited_won_minor = (0, 1);
        assert_eq!(obstacle(&input, &input.won[0]), None);
    }

    #[test]
    fn leads_of_no_known_time_are_not_said_to_have_met_no_post() {
        let mut input = ReportInput::default();
        (input.counts.leads, input.counts.posts) = (60, 1);
        input.funnel = vec![("leads touched".to_owned(), Some(UNDATED.to_owned()), 60)];
        let start = "Of 60 leads, none can be credited: no export says when they came. ";
        assert!(first(&input).starts_with(start), "{}", first(&input));
        input.counts.posts = 0;
        let start = "Of 60 leads, none can be credited: no post was read. ";
        assert!(first(&input).starts_with(start), "{}", first(&input));
    }

    #[test]
    fn won_deals_without_an_amount_are_counted() {
        let mut input = ReportInput { won: vec![won(4)], ..ReportInput::default() };
        input.counts.won_without_amount = 26;
        assert_eq!(answer(&input)[1].text(), "Of 26 more won deals no amount was read.");
        input.won.clear();
        (input.counts.leads, input.counts.deals) = (3, 26);
        let end = " Of 26 won deals no amount was read, so no revenue is credited.";
        assert!(first(&input).ends_with(end), "{}", first(&input));
    }

    #[test]
    fn refunds_are_no_won_deals() {
        let refunds = |refunds| WonTotal { refunds, ..won(74) };
        let mut input = ReportInput { won: vec![refunds(4)], ..ReportInput::default() };
        assert!(first(&input).contains(" won in 70 deals less 4 refunds, none is "));
        input.won = vec![refunds(1)];
        assert!(first(&input).contains(" won in 73 deals less 1 refund, none is "));
    }

    #[test]
    fn where_no_file_could_be_read_that_is_the_answer() {
        let mut input = ReportInput::default();
        input.counts.rejections = 3;
        let said = answer(&input);
        let expected =
            "None of the 3 files could be read; rejections.csv says why of each.";
        assert_eq!(said, [Said::Answer(expected.to_owned())]);
        input.counts.rejections = 1;
        assert!(first(&input).starts_with("The one file could not be read;"));
    }

    #[test]
    fn a_model_that_could_not_be_fitted_stands_in_the_answer() {
        let finding = crate::store::FindingLine {
            name: UNFITTED_MODEL.to_owned(),
            statistic: "states".to_owned(),
            value: None,
            low: None,
            high: None,
            p_value: None,
            n: 12_000,
            sentence: "The model markov could not be fitted.".to_owned(),
            model: Some("markov".to_owned()),
            subject: None,
        };
        let mut input = ReportInput::default();
        input.page.findings = vec![finding];
        let text = summary(&input, None);
        assert!(text.contains("The model markov could not be fitted."), "{text}");
    }

    #[test]
    fn without_deals_it_says_so() {
        let input = ReportInput::default();
        assert!(summary(&input, None).starts_with("There are no leads yet"));
    }

    #[test]
    fn where_nothing_was_won_leads_are_the_answer_and_no_amount_is_shown() {
        let mut input = ReportInput::default();
        (input.counts.leads, input.counts.deals) = (1_330, 7);
        input.counts.posts = 1;
        input.funnel = vec![(LEADS_CREDITED.to_owned(), None, 45)];
        input.themes = vec![ThemeLine {
            theme: Some("client_story".to_owned()),
            posts: 1,
            reactions: Some(1),
            comments: None,
            leads: (1.0, 1.0),
            won_minor: (0, 0),
            verdict: None,
        }];
        let text = summary(&input, None);
        let start = "Of 1,330 leads, 45 had to do with posts before they came. No deal with an \
                     amount was won yet, so no revenue is credited.";
        assert!(text.starts_with(start), "{text}");
        let line = "\n  client story  1 post  1 like  1.0 lead  too little data\n";
        assert!(text.contains(line), "{text}");
        assert!(!text.contains("0.00"), "{text}");
    }

    #[test]
    fn one_deal_is_singular_and_many_are_grouped() {
        let mut input = ReportInput { won: vec![won(1)], ..ReportInput::default() };
        input.counts.models = 1;
        assert!(summary(&input, None).contains("won in 1 deal, none is credited"));
        input.credited_won_minor = (0, 1);
        assert!(summary(&input, None).contains("won in 1 deal, posts"));
        input.won = vec![won(4_700)];
        assert!(summary(&input, None).contains("won in 4,700 deals, posts"));
    }
}
