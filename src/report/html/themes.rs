//! Themes as paired bars: the share of all reactions beside the share of leads.

use super::{
    glyph::{Glyph, Glyphs},
    scale::{float, percent, short},
};
use crate::{
    analyze,
    report::{lens, money},
    store::{IncrementalLine, ReportInput, ThemeLine},
};

/// All themes, and what the lower bars mean.
pub(super) struct Themes {
    pub(super) rows: Vec<Row>,
    /// Whether the bars show leads that would not have come, or else credited ones.
    pub(super) is_incremental: bool,
    /// What stands where no leads can be told.
    pub(super) open: &'static str,
}

/// A theme.
pub(super) struct Row {
    pub(super) glyph: Glyph,
    pub(super) posts: i64,
    pub(super) reactions: String,
    pub(super) reactions_number: i64,
    /// In percent, with its words; none where no reactions are known.
    pub(super) applause: Option<(String, String)>,
    /// None where the data cannot carry it.
    pub(super) leads: Option<Share>,
    pub(super) leads_text: String,
    pub(super) leads_number: String,
    pub(super) won: String,
    pub(super) won_number: i64,
    pub(super) verdict: String,
}

/// A share with its range, in percent.
pub(super) struct Share {
    pub(super) middle: String,
    pub(super) low: String,
    pub(super) high: String,
    pub(super) text: String,
}

/// Leads of a theme: low, middle and high.
type Leads = (f64, f64, f64);

/// Shows all themes, those with the most reactions first.
pub(super) fn themes(input: &ReportInput, glyphs: &Glyphs, currency: &str) -> Themes {
    let own = |theme: &ThemeLine| {
        let wanted = theme.theme.as_deref()?;
        input.page.incremental.iter().find(|line| line.theme == wanted)
    };
    let estimated: Vec<Option<Leads>> =
        input.themes.iter().map(|theme| own(theme).and_then(estimate)).collect();
    let is_incremental = estimated.iter().any(Option::is_some);
    let leads: Vec<Option<Leads>> = if is_incremental {
        estimated
    } else {
        let credited = |theme: &ThemeLine| {
            let (least, most) = theme.leads;
            Some((least, f64::midpoint(least, most), most))
        };
        input.themes.iter().map(credited).collect()
    };
    // Where no theme is known to bring any leads, shares of them mean nothing.
    let is_known = !is_incremental || leads.iter().flatten().any(|(low, ..)| 0.0 < *low);
    let whole: f64 = leads.iter().flatten().map(|(_, middle, _)| middle.max(0.0)).sum();
    // Models range over the themes together, while each estimate errs for itself.
    let beside = |(low, middle, high): Leads| {
        if is_incremental { (low, middle, high) } else { (middle, middle, middle) }
    };
    let share = |at: usize| {
        let others = leads.iter().enumerate().filter(|(other, _)| *other != at);
        let others: Vec<Leads> = others.filter_map(|(_, one)| one.map(beside)).collect();
        leads[at].filter(|_| is_known && 0.0 < whole).and_then(|own| part(own, &others))
    };
    let shares: Vec<Option<Share>> = (0..leads.len()).map(share).collect();
    let reactions: i64 = input.themes.iter().filter_map(|theme| theme.reactions).sum();
    let mut rows: Vec<Row> = input
        .themes
        .iter()
        .zip(leads.iter().zip(shares))
        .map(|(theme, (&leads, share))| {
            let applause = theme.reactions.map(|own| {
                let share = percent(float(own), float(reactions));
                (short(share), whole_percent(share))
            });
            Row {
                glyph: glyphs.of(theme.theme.as_deref()).clone(),
                posts: theme.posts,
                reactions: money::count(theme.reactions),
                reactions_number: theme.reactions.unwrap_or(-1),
                applause,
                leads: share,
                leads_text: leads.map_or_else(|| "too little data".to_owned(), told),
                leads_number: leads.map_or_else(String::new, |leads| short(leads.1)),
                won: money::range(theme.won_minor, currency),
                won_number: theme.won_minor.0.midpoint(theme.won_minor.1),
                verdict: lens::verdict(input, theme),
            }
        })
        .collect();
    rows.sort_by(|one, other| {
        (other.reactions_number, &one.glyph.name)
            .cmp(&(one.reactions_number, &other.glyph.name))
    });
    let open = if input.counts.leads == 0 { "no leads yet" } else { "too little data" };
    Themes { rows, is_incremental, open }
}

/// A share in whole percent; what is none is not the same as what is little.
fn whole_percent(share: f64) -> String {
    if 0.0 < share && share < 0.5 {
        "under 1 %".to_owned()
    } else {
        format!("{share:.0} %")
    }
}

/// None where the data cannot tell.
fn estimate(line: &IncrementalLine) -> Option<Leads> {
    Some((line.leads_low?, line.leads?, line.leads_high?))
}

/// A share with the bounds that the applause index has; none where it may be anything.
fn part(own: Leads, others: &[Leads]) -> Option<Share> {
    const ANYTHING_PERCENT: f64 = 95.0;
    let (low, high) = analyze::bounds_of_share(own, others);
    let rest: f64 = others.iter().map(|one| one.1).sum();
    let (from, own, to) = (low * 100.0, percent(own.1, own.1 + rest), high * 100.0);
    if ANYTHING_PERCENT <= to - from {
        return None;
    }
    let is_range = 0.5 <= to - from;
    let text = if is_range {
        format!("{own:.0} % ({from:.0} to {to:.0})")
    } else {
        format!("{own:.0} %")
    };
    Some(Share { middle: short(own), low: short(from), high: short(to), text })
}

fn told((low, middle, high): Leads) -> String {
    let text = |number: f64| short(number).replace('-', "−");
    if high - low < 0.05 {
        text(middle)
    } else {
        format!("{} ({} to {})", text(middle), text(low), text(high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_may_be_anything_is_none() {
        let sure = [(6.0, 6.0, 6.0)];
        assert!(part((0.0, 4.0, 120.0), &sure).is_none());
        assert_eq!(part((1.0, 4.0, 9.0), &sure).unwrap().text, "40 % (14 to 60)");
        // What the others may bring counts, too.
        let unsure = [(2.0, 6.0, 12.0)];
        assert_eq!(part((1.0, 4.0, 9.0), &unsure).unwrap().text, "40 % (13 to 72)");
    }

    #[test]
    fn a_theme_of_unknown_reactions_has_no_share_of_them() {
        let theme = |name: &str, reactions| ThemeLine {
            theme: Some(name.to_owned()),
            posts: 1,
            reactions,
            comments: None,
            leads: (0.0, 0.0),
            won_minor: (0, 0),
            verdict: None,
        };
        let themes = vec![
            theme("a", Some(997)),
            theme("b", Some(3)),
            theme("c", Some(0)),
            theme("d", None),
        ];
        let input = ReportInput { themes, ..ReportInput::default() };
        let drawn = super::themes(&input, &Glyphs::new(&input.themes), "");
        let told: Vec<Option<&str>> = drawn
            .rows
            .iter()
            .map(|row| row.applause.as_ref().map(|(_, words)| words.as_str()))
            .collect();
        assert_eq!(told, [Some("100 %"), Some("under 1 %"), Some("0 %"), None]);
        assert_eq!(drawn.open, "no leads yet");
    }
}
