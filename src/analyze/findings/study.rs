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
    let mut sentence = format!(
        "Whether posts caused them is asked of {} of {}",
        grouped(connected_leads),
        count(leads, "lead", "leads")
    );
    let why = [
        (outside_network, "of nobody's connections since a known day"),
        (outside_period, "from before or after posts, connections and CRM overlap"),
        (other_records, "second records of a person or of no known time"),
    ];
    let others: Vec<String> = why
        .into_iter()
        .filter(|(leads, _)| 0 < *leads)
        .map(|(leads, why)| format!("{} are {why}", grouped(leads)))
        .collect();
    if !others.is_empty() {
        sentence += &format!("; {}", others.join(", "));
    }
    sentence.push('.');
    let Counts { undated_connections, outside_posts, weeks, .. } = input.studied;
    if 0 < undated_connections {
        let one = "connection has no known day and takes no part";
        let many = "connections have no known day and take no part";
        sentence += &format!(" {}.", count(undated_connections, one, many));
    }
    if 0 < outside_posts {
        let one = "post lies outside that time, too";
        let many = "posts lie outside that time, too";
        sentence += &format!(" {}.", count(outside_posts, one, many));
    }
    if input.themes.is_empty() {
        sentence += &format!(
            " It takes {LEAST_LEADS} leads and {LEAST_WEEKS} weeks, and there are {weeks:.1} \
             weeks."
        );
    }
    let finding =
        Finding::new("studied-leads", "share of leads asked about", leads, sentence);
    Some(finding.with_bounds(real(connected_leads) / real(leads), None))
}

/// The themes that are too rare to stand alone.
pub(super) fn joined_themes(input: &FindingsInput<'_>) -> Option<Finding> {
    let (last, rest) = input.joined_themes.split_last()?;
    let listed = if rest.is_empty() {
        format!("The theme {last}, the rarest, counts")
    } else {
        format!("The themes {} and {last}, the rarest, count", rest.join(", "))
    };
    let sentence = format!(
        "{} as {OTHER} in what posts caused: more than {MOST_THEMES} are not told apart.",
        listed.replace('_', " ")
    );
    let joined = input.joined_themes.len() as u64;
    let finding =
        Finding::new("joined-themes", "themes that count as other", joined, sentence);
    Some(finding.with_bounds(real(joined), None))
}
