//! Which themes get applause and bring nothing.

use std::{collections::BTreeMap, f64::consts::FRAC_PI_2};

use super::{
    Finding, FindingsInput, ThemeLeads, real,
    sentence::{count, percent, too_little},
};

const NAME: &str = "applause-index";
const STATISTIC: &str = "share of reactions minus share of incremental leads";
/// Fewer leads, or reactions, have no shares worth the name.
const LEAST_LEADS: f64 = 3.0;
const LEAST_REACTIONS: u64 = 30;

/// An estimate between its 95 % bounds: low, middle and high.
type Estimate = (f64, f64, f64);

/// The 95 % bounds of a part's share of a whole whose parts have bounds of their own: the ends
/// of what lies no further from the estimates than one of them alone at its bound does
/// (Zou and Donner's MOVER).
pub fn bounds_of_share((low, middle, high): Estimate, others: &[Estimate]) -> (f64, f64) {
    const STEPS: u32 = 64;
    let rest: f64 = others.iter().map(|one| one.1).sum();
    let root = |of: fn(&Estimate) -> f64| {
        others.iter().map(of).map(|margin| margin * margin).sum::<f64>().sqrt()
    };
    let (down, up) = (root(|one| one.1 - one.0), root(|one| one.2 - one.1));
    let angles = (0..=STEPS).map(|step| FRAC_PI_2 * f64::from(step) / f64::from(STEPS));
    angles.fold((1.0, 0.0), |(least, most): (f64, f64), angle| {
        let (cos, sin) = (libm::cos(angle), libm::sin(angle));
        let below = share(middle - (middle - low) * cos, rest + up * sin);
        let above = share(middle + (high - middle) * cos, rest - down * sin);
        (least.min(below), most.max(above))
    })
}

/// A part of the whole that it makes with the rest.
fn share(own: f64, rest: f64) -> f64 {
    if own <= 0.0 { 0.0 } else { own / (own + rest.max(0.0)) }
}

/// Per theme: its share of all reactions less its share of all incremental leads.
pub(super) fn applause_index(input: &FindingsInput<'_>) -> Vec<Finding> {
    let mut reactions: BTreeMap<&str, u64> = BTreeMap::new();
    for post in input.posts {
        if let Some(count) = post.reactions {
            let theme = input.study.counted_as(post.theme.as_deref());
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
    let estimate = |theme: &ThemeLeads| (theme.leads_low, theme.leads, theme.leads_high);
    let index = |(at, theme): (usize, &ThemeLeads)| {
        let own = reactions.get(&*theme.theme).copied().unwrap_or(0);
        let others = input.themes.iter().enumerate().filter(|(other, _)| *other != at);
        let others: Vec<Estimate> = others.map(|(_, other)| estimate(other)).collect();
        let part = share(theme.leads, leads - theme.leads);
        let (low, high) = bounds_of_share(estimate(theme), &others);
        let applause = real(own) / real(liked);
        let value = applause - part;
        let bounds = (applause - high, applause - low);
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
            percent(part),
            percent(low),
            percent(high),
        );
        let mut finding = Finding::new(NAME, STATISTIC, liked, sentence);
        finding.subject = Some(theme.theme.to_string());
        finding.with_bounds(value, Some(bounds))
    };
    input.themes.iter().enumerate().map(index).collect()
}
