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
    let why = if input.credited_won_minor != (0, 0) {
        return None;
    } else if input.counts.posts == 0 {
        no_posts(input)
    } else if won.unjoined == won.deals {
        "no buyer is known, so nothing tells who read a post before"
    } else if won.undated == won.deals {
        "no export says when a deal was created, and only what came before counts"
    } else if won.followed == 0 {
        "no deal has both a known buyer and a creation date, and only what the buyer met \
         before it counts"
    } else {
        return None;
    };
    Some(why)
}

/// Why there are no posts: an export that holds none is no export that is missing.
fn no_posts(input: &ReportInput) -> &'static str {
    if has_empty_shares(input) { "Shares.csv holds no post" } else { "no post was read" }
}

/// Whether the archives' lists of posts were read and have no rows.
pub(super) fn has_empty_shares(input: &ReportInput) -> bool {
    let mut shares = shares(input).peekable();
    shares.peek().is_some() && shares.all(|rows| rows == 0)
}

/// How many rows each list of a member's posts has.
pub(super) fn shares(input: &ReportInput) -> impl Iterator<Item = i64> {
    let lists = input.files.iter().filter(|(_, format, ..)| format == "linkedin-shares");
    lists.map(|(_, _, rows, _)| *rows)
}

/// How many leads posts are credited with.
fn leads_with_posts(input: &ReportInput) -> i64 {
    let is_wanted = |(step, reason, _): &&(String, Option<String>, i64)| {
        step == LEADS_CREDITED && reason.is_none()
    };
    input.funnel.iter().find(is_wanted).map_or(0, |(_, _, rows)| *rows)
}

/// Why no credit is left, where buyers and days of deals are known.
fn no_credit(input: &ReportInput, won: &WonTotal) -> String {
    let mut why = if won.refunds == 0 || leads_with_posts(input) == 0 {
        "no buyer is known to have met one in time"
    } else {
        "no buyer is known to have met one in time, or refunds took back what was credited"
    }
    .to_owned();
    let lacks = [(won.unjoined, "known buyer"), (won.undated, "creation date")];
    for (deals, what) in lacks.into_iter().filter(|(deals, _)| 0 < *deals) {
        let have = if deals == 1 { "has" } else { "have" };
        let of = money::part(deals, won.deals, "deal", "deals");
        why = format!("{why}; {of} {have} no {what}");
    }
    why
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
        let why =
            obstacle(input, won).map_or_else(|| no_credit(input, won), str::to_owned);
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
    let credited = leads_with_posts(input);
    let leads = money::counted(input.counts.leads, "lead", "leads");
    let undated = lost(input, UNDATED);
    let came = if input.counts.leads == 1 { "it came" } else { "they came" };
    let told = if input.counts.posts == 0 {
        format!("none can be credited: {}", no_posts(input))
    } else if input.counts.leads <= undated {
        "none can be credited: no export says when they came".to_owned()
    } else {
        let credited = money::grouped(credited.unsigned_abs());
        let told = format!("{credited} had to do with posts before {came}");
        if undated == 0 {
            told
        } else {
            let undated = money::grouped(undated.unsigned_abs());
            format!("{told}; of {undated} no export says when they came")
        }
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
        (input.won[0].unjoined, input.won[0].undated) = (3, 1);
        let why = "no buyer is known to have met one in time; 3 of 4 deals have no known \
                   buyer; 1 of 4 deals has no creation date";
        check(&input, why);
        input.won[0].followed = 0;
        let why = "no deal has both a known buyer and a creation date, and only what the \
                   buyer met before it counts";
        check(&input, why);
        input.won[0].undated = 4;
        let why =
            "no export says when a deal was created, and only what came before counts";
        check(&input, why);
        input.won[0].unjoined = 4;
        let why = "no buyer is known, so nothing tells who read a post before";
        check(&input, why);
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
        input.funnel[0].2 = 20;
        let start = "Of 60 leads, 0 had to do with posts before they came; of 20 no export \
                     says when they came. ";
        assert!(first(&input).starts_with(start), "{}", first(&input));
        input.counts.posts = 0;
        let start = "Of 60 leads, none can be credited: no post was read. ";
        assert!(first(&input).starts_with(start), "{}", first(&input));
        input.files = vec![(String::new(), "linkedin-shares".to_owned(), 0, 0)];
        let start = "Of 60 leads, none can be credited: Shares.csv holds no post. ";
        assert!(first(&input).starts_with(start), "{}", first(&input));
    }

    #[test]
    fn what_refunds_took_back_is_not_said_to_have_met_no_post() {
        let won = WonTotal { refunds: 2, won_minor: 0, ..won(4) };
        let mut input = ReportInput { won: vec![won], ..ReportInput::default() };
        input.counts.posts = 1;
        assert!(first(&input).ends_with(" is known to have met one in time."));
        input.funnel = vec![(LEADS_CREDITED.to_owned(), None, 1)];
        let end = " met one in time, or refunds took back what was credited.";
        assert!(first(&input).ends_with(end), "{}", first(&input));
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
