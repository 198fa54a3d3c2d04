//! Who buys in silence, who only likes, what people say against what was tracked, and how
//! long it takes.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Finding, FindingsInput, exact, real,
    sentence::{count, percent, share, too_little},
    survival::{Wait, median},
};
use crate::{
    domain::{DealStatus, DealSummary, EvidenceKind, PersonIndex, UnixMs},
    link, resolve,
};

/// Fewer deals, reactions or leads carry no share.
const LEAST_DEALS: u64 = 5;
const LEAST_REACTIONS: u64 = 10;
const LEAST_LEADS: u64 = 5;
/// Fewer who engaged, or became a lead after it, carry no median.
const LEAST_ENGAGED: u64 = 10;
const DAY_SECONDS: f64 = 86_400.0;

/// When each person became a lead: the earliest record of theirs that has a date, a day at
/// its end. The value is none where no record has one.
fn became_leads(input: &FindingsInput<'_>) -> BTreeMap<PersonIndex, Option<Timestamp>> {
    let mut became: BTreeMap<PersonIndex, Option<Timestamp>> = BTreeMap::new();
    for lead in input.leads {
        let at = lead.created_at.map(|moment| moment.end_until(input.as_of));
        became
            .entry(lead.person)
            .and_modify(|known| *known = known.iter().copied().chain(at).min())
            .or_insert(at);
    }
    became
}

/// The shares of won revenue and of won deals from persons who never engaged before they
/// became a lead. A deal of several persons is silent if all of them are; where it cannot be
/// known that somebody engaged later, it was before. Where nobody knows when those who engaged
/// became leads, a deal tells nothing.
pub(super) fn silent_buyers(input: &FindingsInput<'_>) -> [Finding; 2] {
    let became = became_leads(input);
    let is_silent = |person: PersonIndex| {
        let Some(engager) = input.audience.engager(person) else { return Some(true) };
        let became_at = became.get(&person).copied().flatten()?;
        let first_at = engager.first_ms.and_then(UnixMs::timestamp);
        Some(first_at.is_some_and(|first| became_at < first))
    };
    let mut deals: Vec<(Option<i64>, bool)> = Vec::new();
    let mut undated = 0;
    // A refund is no purchase.
    let is_bought = |deal: &&DealSummary| {
        deal.status == DealStatus::Won && deal.amount_minor.is_none_or(|minor| 0 <= minor)
    };
    for deal in input.deals.iter().filter(is_bought) {
        let persons = deal.leads.iter().map(|one| input.leads[one.lead.index()].person);
        let persons: Vec<Option<bool>> = persons.map(is_silent).collect();
        let has_engaged = persons.contains(&Some(false));
        if persons.is_empty() {
            continue;
        }
        if persons.contains(&None) && !has_engaged {
            undated += 1;
            continue;
        }
        // Other currencies are not added up.
        let amount = deal
            .counted_minor()
            .filter(|minor| 0 < *minor && input.measure == Some(deal.measure()));
        deals.push((amount, !has_engaged));
    }
    let worth: Vec<(f64, bool)> = deals
        .iter()
        .filter_map(|(minor, is_silent)| {
            Some((real(minor.as_ref()?.unsigned_abs()), *is_silent))
        })
        .collect();
    let each: Vec<(f64, bool)> = deals.iter().map(|(_, silent)| (1.0, *silent)).collect();
    [
        silent(input, ["share of won revenue", "won revenue comes"], &worth, undated),
        silent(input, ["share of won deals", "won deals come"], &each, undated),
    ]
}

fn silent(
    input: &FindingsInput<'_>,
    [statistic, what]: [&'static str; 2],
    deals: &[(f64, bool)],
    undated: u64,
) -> Finding {
    let n = deals.len() as u64;
    let listed = count(input.audience.posts_listed, "post", "posts");
    let new = |sentence| Finding::new("silent-buyers", statistic, n, sentence);
    if input.audience.engagers.is_empty() {
        return new(too_little("no list says who reacted or commented"));
    }
    let left_out = match undated {
        0 => String::new(),
        _ => format!(
            " {} of people who engaged and became leads nobody knows when tell nothing.",
            count(undated, "won deal", "won deals")
        ),
    };
    if n < LEAST_DEALS {
        let why = too_little(&format!(
            "{} with known persons and worth; it takes {LEAST_DEALS}",
            count(n, "won deal", "won deals")
        ));
        return new(why + &left_out);
    }
    let (value, bounds) = weighted(deals);
    new(format!(
        "{} of {what} from people who never reacted or commented before they became a \
         lead, as far as the lists of {listed} show (out of {}).{left_out}",
        share(value, bounds),
        count(n, "deal", "deals")
    ))
    .with_bounds(value, Some(bounds))
}

/// The weighted share of what is marked. Its Wilson interval counts as many trials as equal
/// weights would be: one big deal, or one busy liker, is not many.
fn weighted(parts: &[(f64, bool)]) -> (f64, (f64, f64)) {
    let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
    // The sum of no numbers is -0, which would show.
    let marked = parts
        .iter()
        .filter(|(_, is_marked)| *is_marked)
        .fold(0.0, |sum, (weight, _)| sum + weight);
    let value = if total == 0.0 { 0.0 } else { marked / total };
    let trials = exact::effective(parts.iter().map(|(weight, _)| *weight));
    (value, exact::wilson(value, trials))
}

/// The shares of reactions from persons who never became a lead, and from the member's own
/// company, the latter of those whose company is known.
pub(super) fn idle_likers(input: &FindingsInput<'_>) -> [Finding; 2] {
    let became = became_leads(input);
    let engagers = input.audience.engagers.iter();
    let idle = engagers.clone().filter(|one| !became.contains_key(&one.person));
    let idle = idle.map(|one| u64::from(one.reactions)).sum();
    let own = engagers.clone().map(|one| u64::from(one.reactions_of_own_company)).sum();
    let known = engagers.clone().map(|one| one.reactions_of_known_company.into());
    [
        likers(
            "share of reactions from people who never became a lead",
            "come from people who never became a lead",
            "listed with a name",
            (engagers.map(|one| one.reactions.into()), idle),
        ),
        likers(
            "share of reactions from the member's own company",
            "come from the member's own company",
            "where both companies are known",
            (known, own),
        ),
    ]
}

/// A share of reactions: those of each person, and how many of all count.
fn likers(
    statistic: &'static str,
    what: &str,
    which: &str,
    (all, counted): (impl Iterator<Item = u64> + Clone, u64),
) -> Finding {
    let n: u64 = all.clone().sum();
    let new = |sentence| Finding::new("idle-likers", statistic, n, sentence);
    let reactions = count(n, "reaction", "reactions");
    if n < LEAST_REACTIONS {
        return new(too_little(&format!(
            "{reactions} {which}; it takes {LEAST_REACTIONS}"
        )));
    }
    let value = real(counted) / real(n);
    let trials = exact::effective(all.map(real));
    let bounds = exact::wilson(value, trials);
    new(format!("Of {reactions} {which}, {} {what}.", share(value, bounds)))
        .with_bounds(value, Some(bounds))
}

/// What is known of a lead's source.
#[derive(Clone, Copy, Default)]
struct Source {
    /// What the person says: nothing, or whether it names LinkedIn.
    says_linkedin: Option<bool>,
    /// What the CRM tracked: nothing, or whether it names LinkedIn.
    is_tracked: Option<bool>,
}

/// Of leads who say LinkedIn, how many the CRM tracked as LinkedIn; and the reverse, of
/// those who said anything.
pub(super) fn said_and_tracked(input: &FindingsInput<'_>) -> [Finding; 2] {
    let mut sources = Vec::with_capacity(input.leads.len());
    for (rows, campaigns) in input.lead_places.iter().zip(input.campaigns) {
        let mut source = Source::default();
        for evidence in resolve::sources(input.evidence, rows, campaigns) {
            let names_linkedin = link::names_linkedin(evidence);
            let said = match evidence.kind {
                EvidenceKind::SelfReported => &mut source.says_linkedin,
                EvidenceKind::Tracked => &mut source.is_tracked,
                EvidenceKind::RepEntered => continue,
            };
            *said = Some(said.unwrap_or(false) | names_linkedin);
        }
        sources.push(source);
    }
    let is_told = sources.iter().any(|one| one.says_linkedin.is_some())
        && sources.iter().any(|one| one.is_tracked.is_some());
    let said: Vec<bool> = sources
        .iter()
        .filter(|one| one.says_linkedin == Some(true))
        .map(|one| one.is_tracked == Some(true))
        .collect();
    let tracked: Vec<bool> = sources
        .iter()
        .filter(|one| one.is_tracked == Some(true))
        .filter_map(|one| one.says_linkedin)
        .collect();
    [
        said_finding(
            "share of those who say LinkedIn that the CRM tracked as LinkedIn",
            "who say that LinkedIn brought them, the CRM tracked",
            " as LinkedIn",
            is_told,
            &said,
        ),
        said_finding(
            "share of those tracked as LinkedIn who say so",
            "whom the CRM tracked as LinkedIn and who were asked,",
            " say so themselves",
            is_told,
            &tracked,
        ),
    ]
}

fn said_finding(
    statistic: &'static str,
    who: &str,
    what: &str,
    is_told: bool,
    leads: &[bool],
) -> Finding {
    let n = leads.len() as u64;
    let new = |sentence| Finding::new("said-vs-tracked", statistic, n, sentence);
    if !is_told {
        return new(too_little(
            "the CRM does not hold both what people say and tracking",
        ));
    }
    let words = count(n, "lead", "leads");
    if n < LEAST_LEADS {
        return new(too_little(&format!("{words} to compare; it takes {LEAST_LEADS}")));
    }
    let hits = leads.iter().filter(|is_hit| **is_hit).count() as u64;
    let value = real(hits) / real(n);
    let bounds = exact::wilson(value, real(n));
    new(format!("Of {words} {who} {}{what}.", share(value, bounds)))
        .with_bounds(value, Some(bounds))
}

/// The median time from the first reaction or comment to the lead, of everybody who left one:
/// those who are no lead yet still wait. A touch that only a lead can have, as what somebody
/// says or a link that led to the form, would have nobody beside it who still waits.
pub(super) fn time_to_lead(input: &FindingsInput<'_>) -> Finding {
    let became = became_leads(input);
    let mut waits: Vec<Wait> = Vec::with_capacity(input.audience.engagers.len());
    for one in &input.audience.engagers {
        let Some(first_at) = one.first_ms.and_then(UnixMs::timestamp) else { continue };
        let became_at = match became.get(&one.person) {
            // A lead since when nobody knows says nothing of the time.
            Some(None) => continue,
            Some(Some(became_at)) => Some(*became_at),
            None => None,
        };
        let has_ended = became_at.is_some_and(|at| at <= input.as_of);
        let end = became_at.filter(|_| has_ended).unwrap_or(input.as_of);
        // Whoever was a lead before any touch did not become one by it.
        if first_at <= end {
            waits.push(Wait { days: days(first_at, end), has_ended });
        }
    }
    time_finding(&mut waits)
}

fn days(from: Timestamp, to: Timestamp) -> f64 {
    let seconds = (to.as_second() - from.as_second()).unsigned_abs();
    real(seconds) / DAY_SECONDS
}

fn time_finding(waits: &mut [Wait]) -> Finding {
    let n = waits.len() as u64;
    let ended = waits.iter().filter(|wait| wait.has_ended).count() as u64;
    let statistic = "median days from first touch to lead";
    let new = |sentence| Finding::new("time-to-lead", statistic, n, sentence);
    let people = count(n, "person", "people");
    if n < LEAST_ENGAGED || ended < LEAST_LEADS {
        return new(too_little(&format!(
            "{people} who reacted or commented, {ended} of whom became a lead after it; it \
             takes {LEAST_ENGAGED} and {LEAST_LEADS}"
        )));
    }
    let found = median(waits);
    let Some(days) = found.days else {
        return new(format!(
            "Of {people} who reacted or commented {} became a lead so far: no more than half \
             ever do, so there is no time by which half of them have.",
            percent(real(ended) / real(n))
        ));
    };
    let until =
        found.high.map_or("an unknown time".to_owned(), |high| format!("{high:.0}"));
    let sentence = format!(
        "Of {people} who reacted or commented {} became a lead so far; counting that others \
         may yet, half do within {days:.0} days of the first time (between {:.0} and {until}).",
        percent(real(ended) / real(n)),
        found.low.unwrap_or(0.0)
    );
    Finding { low: found.low, high: found.high, ..new(sentence).with_bounds(days, None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_has_no_sign() {
        let (value, bounds) = weighted(&[(3.0, false), (1.0, false)]);
        assert!(value.is_sign_positive() && bounds.0.is_sign_positive());
        assert!(share(value, bounds).starts_with("0 % (between 0 % and "));
    }
}
