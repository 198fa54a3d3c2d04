//! The incremental lens as tables: themes with their verdicts, and the fit as points.

use super::{PostScore, ThemeScore, Verdict, scores::varies};
use crate::{
    attribute::incremental::{
        Diagnostics, Incremental, OTHER, Revenue, Study, ThemeEffect, TooLittleData,
    },
    domain::{Measure, Post},
};

/// What would not have come without the posts.
#[derive(Clone, Debug, Default)]
pub struct IncrementalLens {
    /// By theme, in the order of the study.
    pub themes: Vec<IncrementalTheme>,
    /// What was fitted, as points of pictures.
    pub points: Vec<Point>,
}

impl IncrementalLens {
    /// Leaves posts the verdicts that those of their themes allow: what is not told of a theme is
    /// not told of its posts, and where a theme brings little, so do they.
    pub fn settle_posts(&self, study: &Study, posts: &[Post], scores: &mut [PostScore]) {
        for (post, score) in posts.iter().zip(scores) {
            let own = self.verdict(study, post.theme.as_deref());
            score.verdict = match (own, score.verdict) {
                (Verdict::TooLittleData, _) => Verdict::TooLittleData,
                (Verdict::ApplauseOnly | Verdict::Neither, Verdict::Both) => {
                    Verdict::ApplauseOnly
                }
                (Verdict::ApplauseOnly | Verdict::Neither, Verdict::QuietEarner) => {
                    Verdict::Neither
                }
                (_, own) => own,
            };
        }
    }

    /// Gives themes the lens's own verdicts.
    pub fn settle_themes(&self, study: &Study, scores: &mut [ThemeScore]) {
        for score in scores {
            score.verdict = self.verdict(study, score.theme.as_deref());
        }
    }

    /// That of a theme; none of those that are joined has one of its own.
    fn verdict(&self, study: &Study, theme: Option<&str>) -> Verdict {
        let is_joined =
            study.counted_as(theme) == OTHER && !study.joined_themes.is_empty();
        let theme = theme.filter(|_| !is_joined);
        let own =
            theme.and_then(|theme| self.themes.iter().find(|own| &*own.theme == theme));
        own.map_or(Verdict::TooLittleData, |own| own.verdict)
    }
}

/// What the posts of a theme bring.
#[derive(Clone, Debug)]
pub struct IncrementalTheme {
    /// The theme.
    pub theme: Box<str>,
    /// How many posts.
    pub posts: u64,
    /// The effect; none where the data cannot tell.
    pub effect: Option<ThemeEffect>,
    /// Won revenue in what totals are made of.
    pub revenue: Option<Revenue>,
    /// How engagement and leads compare.
    pub verdict: Verdict,
}

/// A point of a picture of the fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Which picture: `week`, `tau`, `lag`, `month` or `placebo`.
    pub kind: &'static str,
    /// Which line of it.
    pub label: String,
    /// Where: a day, or a number.
    pub x: String,
    /// How much.
    pub y: f64,
}

/// Makes the tables. `scores` are those of any model: engagement is the same for all.
pub fn incremental_lens(
    study: &Study,
    found: &Result<Incremental, TooLittleData>,
    scores: &[ThemeScore],
    measure: Option<Measure>,
) -> IncrementalLens {
    let Ok(found) = found else {
        let posts = |theme| study.posts.iter().filter(|one| one.theme == theme).count();
        let themes = study.themes.iter().enumerate().map(|(index, theme)| {
            let (theme, posts) = (theme.clone(), posts(index) as u64);
            let verdict = Verdict::TooLittleData;
            IncrementalTheme { theme, posts, effect: None, revenue: None, verdict }
        });
        return IncrementalLens { themes: themes.collect(), points: Vec::new() };
    };
    let applause = |effect: &ThemeEffect| applause(study, effect, scores);
    let applause: Vec<_> = found.themes.iter().map(applause).collect();
    let verdicts = verdicts(&found.themes, &applause);
    let themes = found.themes.iter().zip(verdicts).map(|(effect, verdict)| {
        let is_measured = |one: &&Revenue| measure == Some(one.measure);
        let seen = Some(effect).filter(|effect| effect.is_seen());
        IncrementalTheme {
            theme: effect.theme.clone(),
            posts: effect.posts,
            revenue: seen
                .and_then(|effect| effect.revenue.iter().find(is_measured))
                .copied(),
            effect: seen.cloned(),
            verdict,
        }
    });
    IncrementalLens { themes: themes.collect(), points: points(study, found) }
}

/// False findings among themes that are told, and shifted posts that do as well, at most.
const MOST_FALSE: f64 = 0.05;

/// Whether the data tell that posts of a theme bring leads: chance alone does not do as much,
/// nor do posts at other times, where they were tried.
pub fn is_told(q_value: Option<f64>, placebo_p: Option<f64>) -> bool {
    q_value.is_some_and(|q| q < MOST_FALSE) && placebo_p.is_none_or(|p| p <= MOST_FALSE)
}

/// Fewer themes have no median worth the name.
const LEAST_THEMES: usize = 3;

/// Engagement per post of which it is known, over all that count as one theme.
fn applause(study: &Study, effect: &ThemeEffect, scores: &[ThemeScore]) -> Option<f64> {
    let is_own =
        |one: &&ThemeScore| study.counted_as(one.theme.as_deref()) == &*effect.theme;
    let own = scores.iter().filter(is_own).filter_map(ThemeScore::applause);
    let (total, known) = own.reduce(|one, next| (one.0 + next.0, one.1 + next.1))?;
    Some(per_post(total, known))
}

/// Engagement per post of which it is known against its median, and leads per post against
/// theirs: over it where the whole interval lies over and the leads are told, under it where the
/// whole interval lies under.
fn verdicts(effects: &[ThemeEffect], applause: &[Option<f64>]) -> Vec<Verdict> {
    let leads: Vec<f64> = effects
        .iter()
        .filter(|effect| effect.is_seen())
        .map(|effect| effect.leads / per_post(effect.posts, 1))
        .collect();
    let known: Vec<f64> = applause.iter().flatten().copied().collect();
    let is_too_little = known.len() < LEAST_THEMES || leads.len() < LEAST_THEMES;
    if is_too_little || !varies(&known) {
        return vec![Verdict::TooLittleData; effects.len()];
    }
    let (applause_median, leads_median) = (median(known), median(leads));
    effects
        .iter()
        .zip(applause)
        .map(|(effect, applause)| {
            let Some(applause) = applause.filter(|_| effect.is_seen()) else {
                return Verdict::TooLittleData;
            };
            let posts = per_post(effect.posts, 1);
            let has_applause = applause_median < applause;
            let is_over = leads_median < effect.leads_low / posts
                && is_told(Some(effect.q_value), effect.placebo_p);
            let is_under = effect.leads_high / posts < leads_median;
            match (has_applause, is_over, is_under) {
                (true, true, _) => Verdict::Both,
                (false, true, _) => Verdict::QuietEarner,
                (true, _, true) => Verdict::ApplauseOnly,
                (false, _, true) => Verdict::Neither,
                _ => Verdict::TooLittleData,
            }
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^52")]
fn per_post(total: u64, posts: u64) -> f64 {
    total as f64 / posts as f64
}

/// The median of at least one value.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    }
}

/// Where among the draws of a placebo the posts' own times stand.
pub const PLACEBO_REAL: &str = "real";

fn points(study: &Study, found: &Incremental) -> Vec<Point> {
    let Diagnostics { taus, months, weeks, lags, placebo, .. } = &found.diagnostics;
    let mut points = Vec::new();
    let mut add = |kind, label: &str, x: String, y: f64| {
        points.push(Point { kind, label: label.to_owned(), x, y });
    };
    for week in weeks {
        let x = || week.starts_on.to_string();
        add("week", "observed", x(), per_post(week.observed, 1));
        add("week", "baseline", x(), week.baseline);
        add("week", "brought", x(), week.brought);
    }
    for tau in taus {
        add("tau", "prior", tau.tau_days.to_string(), tau.prior);
        add("tau", "posterior", tau.tau_days.to_string(), tau.posterior);
    }
    for lag in lags {
        add("lag", "pairs", lag.day.to_string(), per_post(lag.pairs, 1));
        add("lag", "credited", lag.day.to_string(), lag.credited);
        if let Some(pairs) = lag.placebo_pairs {
            add("lag", "placebo", lag.day.to_string(), pairs);
        }
    }
    for month in months {
        add("month", "factor", month.month.to_string(), month.factor);
    }
    for (theme, ratios) in study.themes.iter().zip(placebo) {
        for (draw, ratio) in ratios.iter().enumerate() {
            add("placebo", theme, draw.to_string(), *ratio);
        }
        let own = found.themes.iter().find(|own| own.theme == *theme);
        if let (Some(own), false) = (own, ratios.is_empty()) {
            add("placebo", theme, PLACEBO_REAL.to_owned(), own.likelihood_ratio);
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PostKind, PostName};

    fn effect(theme: &str, leads: f64, low: f64, high: f64) -> ThemeEffect {
        ThemeEffect {
            theme: theme.into(),
            posts: 10,
            exposures: 1000,
            leads,
            leads_low: low,
            leads_high: high,
            likely_leads: leads,
            likelihood_ratio: 0.0,
            p_value: 0.001,
            q_value: 0.001,
            placebo_p: None,
            inclusion: 1.0,
            revenue: Vec::new(),
        }
    }

    fn score(theme: &str, reactions: u64) -> ThemeScore {
        ThemeScore {
            theme: Some(theme.into()),
            posts: 10,
            reactions: Some(reactions),
            comments: None,
            engagement: reactions,
            posts_known: 10,
            leads: 0.0,
            pipeline_minor: 0,
            won_minor: 0,
            has_other_won: false,
            verdict: Verdict::TooLittleData,
        }
    }

    fn told(effects: &[ThemeEffect], scores: &[ThemeScore]) -> Vec<Verdict> {
        told_of(&Study::default(), effects, scores)
    }

    fn told_of(
        study: &Study,
        effects: &[ThemeEffect],
        scores: &[ThemeScore],
    ) -> Vec<Verdict> {
        let own = |effect| applause(study, effect, scores);
        verdicts(effects, &effects.iter().map(own).collect::<Vec<_>>())
    }

    #[test]
    fn themes_that_are_joined_share_their_applause() {
        let effects = [
            effect("quiet", 40.0, 25.0, 60.0),
            effect("middle", 12.0, 11.0, 13.0),
            effect("other", 2.0, 0.0, 9.0),
        ];
        let scores = [("quiet", 60), ("middle", 50), ("other", 10), ("rare", 200)];
        let scores = scores.map(|(theme, reactions)| score(theme, reactions));
        assert_eq!(told(&effects, &scores)[2], Verdict::Neither);
        let study = Study { joined_themes: vec!["rare".into()], ..Study::default() };
        assert_eq!(told_of(&study, &effects, &scores)[2], Verdict::ApplauseOnly);
    }

    #[test]
    fn posts_are_told_no_more_than_their_themes() {
        let theme = |theme: &str, verdict| IncrementalTheme {
            theme: theme.into(),
            posts: 10,
            effect: None,
            revenue: None,
            verdict,
        };
        let (told, under) = (Verdict::QuietEarner, Verdict::Neither);
        let themes = vec![theme("told", told), theme("under", under)];
        let lens = IncrementalLens { themes, points: Vec::new() };
        let name = PostName { kind: PostKind::Share, group: 0, number: 1 };
        let posts = ["told", "under", "under", "unknown"]
            .map(|theme| Post { theme: Some(theme.into()), ..Post::named(name) });
        let given = [told, told, Verdict::Both, told];
        let post_score = PostScore {
            leads: 1.0,
            pipeline_minor: 0,
            won_minor: 1,
            revenue_rank: 1,
            has_other_won: false,
            verdict: told,
        };
        let mut scores = given.map(|verdict| PostScore { verdict, ..post_score });
        lens.settle_posts(&Study::default(), &posts, &mut scores);
        let settled = scores.map(|score| score.verdict);
        let none = Verdict::TooLittleData;
        assert_eq!(settled, [told, under, Verdict::ApplauseOnly, none]);
        let mut themes = ["told", "under", "unknown"].map(|theme| score(theme, 10));
        lens.settle_themes(&Study::default(), &mut themes);
        assert_eq!(themes.map(|theme| theme.verdict), [told, under, none]);
        // What is told of several together is told of none of them.
        let study = Study { joined_themes: vec!["told".into()], ..Study::default() };
        let mut posts_of_joined = [PostScore { verdict: told, ..post_score }];
        lens.settle_posts(&study, &posts[..1], &mut posts_of_joined);
        assert_eq!(posts_of_joined[0].verdict, none);
    }

    #[test]
    fn a_verdict_needs_the_whole_interval_on_one_side() {
        let effects = [
            effect("quiet", 40.0, 25.0, 60.0),
            effect("loud", 2.0, 0.0, 9.0),
            effect("unsure", 12.0, 0.0, 50.0),
            effect("middle", 12.0, 11.0, 13.0),
        ];
        let scores = [
            score("quiet", 10),
            score("loud", 900),
            score("unsure", 20),
            score("middle", 400),
        ];
        let expected = [
            Verdict::QuietEarner,
            Verdict::ApplauseOnly,
            Verdict::TooLittleData,
            Verdict::TooLittleData,
        ];
        assert_eq!(told(&effects, &scores), expected);
        // What chance or shifted posts do as well brings nothing that is told.
        for (q_value, placebo_p) in [(0.06, None), (0.001, Some(0.06))] {
            let mut effects = effects.clone();
            effects[0] = ThemeEffect { q_value, placebo_p, ..effects[0].clone() };
            assert_eq!(told(&effects, &scores)[0], Verdict::TooLittleData);
        }
    }

    #[test]
    fn engagement_is_that_of_posts_of_which_it_is_known_and_tells_where_it_varies() {
        let effects = [
            effect("quiet", 40.0, 25.0, 60.0),
            effect("middle", 12.0, 11.0, 13.0),
            effect("loud", 2.0, 0.0, 9.0),
        ];
        let mut scores = ["quiet", "middle", "loud"].map(|theme| score(theme, 100));
        assert_eq!(told(&effects, &scores), [Verdict::TooLittleData; 3]);
        // Ten of each are 100, and of the loud ones five.
        scores[2].posts_known = 5;
        let told = told(&effects, &scores);
        assert_eq!((told[0], told[2]), (Verdict::QuietEarner, Verdict::ApplauseOnly));
    }

    #[test]
    fn a_theme_that_nobody_could_read_has_no_numbers() {
        let mut unseen = effect("unseen", 0.0, 0.0, 2.0);
        unseen.exposures = 0;
        let effects = [
            effect("quiet", 40.0, 25.0, 60.0),
            effect("middle", 12.0, 11.0, 13.0),
            effect("loud", 2.0, 0.0, 9.0),
            unseen,
        ];
        let scores = ["quiet", "middle", "loud", "unseen"]
            .map(|theme| score(theme, if theme == "unseen" { 0 } else { 10 }));
        assert_eq!(
            told(&effects, &scores)[2..],
            [Verdict::Neither, Verdict::TooLittleData]
        );
        assert!(!effects[3].is_seen() && effects[0].is_seen());
    }
}
