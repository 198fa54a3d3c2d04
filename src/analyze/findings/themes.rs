//! Which themes get applause and bring nothing.

use std::collections::BTreeMap;

use super::{
    Finding, FindingsInput, ThemeLeads, real,
    sentence::{count, percent, too_little},
};

const NAME: &str = "applause-index";
const STATISTIC: &str = "share of reactions minus share of incremental leads";
/// Fewer leads, or reactions, have no shares worth the name.
const LEAST_LEADS: f64 = 3.0;
const LEAST_REACTIONS: u64 = 30;

/// Per theme: its share of all reactions less its share of all incremental leads. The bounds
/// are those of its leads, the other themes' held at their estimates.
pub(super) fn applause_index(input: &FindingsInput<'_>) -> Vec<Finding> {
    let mut reactions: BTreeMap<&str, u64> = BTreeMap::new();
    for post in input.posts {
        if let (Some(theme), Some(count)) = (post.theme.as_deref(), post.reactions) {
            *reactions.entry(theme).or_default() += count;
        }
    }
    let liked: u64 = reactions.values().sum();
    let leads: f64 = input.themes.iter().map(|theme| theme.leads).sum();
    if input.themes.is_empty() {
        let sentence = too_little("how many leads posts caused is not known");
        return vec![Finding::new(NAME, STATISTIC, liked, sentence)];
    }
    let is_told = input.themes.iter().any(|theme| theme.is_told);
    if !is_told {
        let sentence =
            too_little("of no theme it is sure that its posts caused any leads");
        return vec![Finding::new(NAME, STATISTIC, liked, sentence)];
    }
    if liked < LEAST_REACTIONS || leads < LEAST_LEADS {
        let sentence = too_little(&format!(
            "{} and {leads:.1} leads that posts caused; it takes {LEAST_REACTIONS} and \
             {LEAST_LEADS}",
            count(liked, "reaction", "reactions")
        ));
        return vec![Finding::new(NAME, STATISTIC, liked, sentence)];
    }
    let index = |theme: &ThemeLeads| {
        let own = reactions.get(&*theme.theme).copied().unwrap_or(0);
        let others = leads - theme.leads;
        let part = |own: f64| if own <= 0.0 { 0.0 } else { own / (own + others) };
        let applause = real(own) / real(liked);
        let value = applause - part(theme.leads);
        let bounds =
            (applause - part(theme.leads_high), applause - part(theme.leads_low));
        let meaning = match bounds {
            (low, _) if 0.0 < low => "more applause than business",
            (_, high) if high < 0.0 => "more business than applause",
            _ => "the data leave open whether it brings more applause or more business",
        };
        let sentence = format!(
            "The theme {} gets {} of all reactions and {} of the leads that posts caused \
             (between {} and {}): {meaning}.",
            theme.theme.replace('_', " "),
            percent(applause),
            percent(part(theme.leads)),
            percent(part(theme.leads_low)),
            percent(part(theme.leads_high)),
        );
        let mut finding = Finding::new(NAME, STATISTIC, liked, sentence);
        finding.subject = Some(theme.theme.to_string());
        finding.with_bounds(value, Some(bounds))
    };
    input.themes.iter().map(index).collect()
}
