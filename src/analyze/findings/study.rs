//! What the incremental model counts, and what it has to leave out.

use super::{
    Finding, FindingsInput, real,
    sentence::{count, grouped},
};
use crate::attribute::incremental::{
    Counts, LEAST_LEADS, LEAST_WEEKS, MOST_THEMES, OTHER,
};

/// Of how many leads the model asks whether posts caused them, and why not of the others.
pub(super) fn studied_leads(input: &FindingsInput<'_>) -> Option<Finding> {
    let Counts {
        connected_leads, outside_network, outside_period, other_records, ..
    } = input.studied;
    let leads = connected_leads + outside_network + outside_period + other_records;
    if leads == 0 {
        return None;
    }
    let why = [
        (outside_network, "of nobody's connections since a known day"),
        (outside_period, "from before or after posts, connections and CRM overlap"),
        (other_records, "of a person who was a lead before, or of no known time"),
    ];
    let others = why.into_iter().filter(|(leads, _)| 0 < *leads).map(|(leads, why)| {
        let are = if leads == 1 { "is" } else { "are" };
        format!("{} {are} {why}", grouped(leads))
    });
    let others: Vec<String> = others.collect();
    let asked = format!(
        "Whether posts caused them is asked of {} of {}",
        grouped(connected_leads),
        count(leads, "lead", "leads")
    );
    let asked = if others.is_empty() {
        format!("{asked}.")
    } else {
        format!("{asked}; {}.", others.join(", "))
    };
    let Counts { undated_connections, outside_posts, weeks, .. } = input.studied;
    let undated = [
        "connection has no known day and takes no part.",
        "connections have no known day and take no part.",
    ];
    let outside =
        ["post lies outside that time, too.", "posts lie outside that time, too."];
    let said = |number: u64, [one, many]: [&str; 2]| {
        (0 < number).then(|| count(number, one, many))
    };
    let unmeasured = if !input.is_measured {
        // Too few do not become enough by rounding.
        let weeks = (weeks * 10.0).floor() / 10.0;
        Some(format!(
            "It takes {LEAST_LEADS} leads and {LEAST_WEEKS} weeks, and there are {weeks:.1} \
             weeks."
        ))
    } else if input.themes.is_empty() {
        Some("No connection could read a post.".to_owned())
    } else {
        None
    };
    let sentences = [
        Some(asked),
        said(undated_connections, undated),
        said(outside_posts, outside),
        unmeasured,
    ];
    let sentence = sentences.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let finding =
        Finding::new("studied-leads", "share of leads asked about", leads, sentence);
    Some(finding.with_bounds(real(connected_leads) / real(leads), None))
}

/// The themes that are too rare to stand alone.
pub(super) fn joined_themes(input: &FindingsInput<'_>) -> Option<Finding> {
    let joined = &input.study.joined_themes;
    let (last, rest) = joined.split_last().filter(|_| input.is_measured)?;
    let listed = if rest.is_empty() {
        format!("The theme {last}, the rarest, counts")
    } else {
        format!("The themes {} and {last}, the rarest, count", rest.join(", "))
    };
    let sentence = format!(
        "{} as {OTHER} in what posts caused: more than {MOST_THEMES} are not told apart.",
        listed.replace('_', " ")
    );
    let joined = joined.len() as u64;
    let finding =
        Finding::new("joined-themes", "themes that count as other", joined, sentence);
    Some(finding.with_bounds(real(joined), None))
}
