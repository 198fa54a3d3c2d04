//! The data's own check on the model: posts at times when they were not posted.
//!
//! Every member's posts are shifted by a random number of whole days round the time of the
//! study, so that their hours and their order stay, but not their nearness to leads.

use rayon::prelude::*;

use super::{
    exposure::{Encounters, count},
    profile::{self, Averaged, Lens},
    random::{Draws, Purpose},
    risk::Risk,
    study::{Days, Study, StudyPost, WINDOW_DAYS},
};
use crate::domain::MemberIndex;

/// What shifted posts seem to bring.
#[derive(Clone, Debug, Default)]
pub(super) struct Placebo {
    /// By theme, then by draw: the likelihood ratio.
    pub(super) ratios: Vec<Vec<f64>>,
    /// By whole days of lag: pairs of post and lead, in the mean of the draws.
    pub(super) pairs: Vec<f64>,
}

/// Shifts and refits, as often as asked for.
pub(super) fn placebo(
    study: &Study,
    lens: &Lens<'_>,
    maximum: &Averaged,
    encounters: &Encounters,
    draws: u32,
) -> Placebo {
    let risk = lens.baseline.risk;
    let rounds = rounds(study, risk, encounters);
    let results: Vec<(Vec<f64>, Vec<f64>)> = (0..draws)
        .into_par_iter()
        .map(|draw| {
            let posts = shifted(study, encounters, &rounds, draw);
            let encounters = Encounters::new(risk, &posts);
            let themes = study.themes.len();
            let exposures = profile::exposures(&encounters, risk.events.len(), themes);
            let lens = Lens { exposures: &exposures, ..*lens };
            let found = lens.maximum_from(maximum);
            let ratios = (0..themes).map(|theme| lens.ratio(&found, theme)).collect();
            (ratios, encounters.pairs_by_day())
        })
        .collect();
    let mut placebo = Placebo {
        ratios: vec![Vec::new(); study.themes.len()],
        pairs: vec![0.0; super::diagnostics::LAG_DAYS],
    };
    for (ratios, pairs) in results {
        for (all, ratio) in placebo.ratios.iter_mut().zip(ratios) {
            all.push(ratio);
        }
        for (mean, pairs) in placebo.pairs.iter_mut().zip(pairs) {
            *mean += pairs / f64::from(draws);
        }
    }
    placebo
}

/// How often chance gives a likelihood ratio at least as large; none without a draw.
pub(super) fn p_value(ratios: &[f64], observed: f64) -> Option<f64> {
    let as_large = ratios.iter().filter(|ratio| observed <= **ratio).count();
    (!ratios.is_empty()).then(|| count(1 + as_large) / count(1 + ratios.len()))
}

/// By member: the time round which posts are shifted, as its start and whole days.
fn rounds(
    study: &Study,
    risk: &Risk,
    encounters: &Encounters,
) -> Vec<Option<(Days, usize)>> {
    let mut starts: Vec<Option<Days>> =
        risk.members.iter().map(|member| Some(member.period?.start)).collect();
    for reach in &encounters.posts {
        let post = &study.posts[reach.post];
        if let Some(start) = &mut starts[post.member.index()] {
            *start = start.min(post.posted_at);
        }
    }
    let ends = risk.members.iter().map(|member| Some(member.period?.end));
    let rounds = starts.into_iter().zip(ends).map(|(start, end)| {
        let start = start?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number of days, not negative"
        )]
        let days = (end? - start).ceil().max(1.0) as usize;
        Some((start, days))
    });
    rounds.collect()
}

/// The posts of the study, every member's shifted by a number of days of its own.
fn shifted(
    study: &Study,
    encounters: &Encounters,
    rounds: &[Option<(Days, usize)>],
    draw: u32,
) -> Vec<StudyPost> {
    let mut draws = Draws::new(study.seed, Purpose::Placebo, draw);
    let shifts: Vec<usize> = rounds
        .iter()
        .map(|round| round.map_or(0, |(_, days)| draws.below(days)))
        .collect();
    let shift = |member: MemberIndex, at: Days| {
        let (start, days) = rounds[member.index()]?;
        let moved = (at - start + count(shifts[member.index()])).rem_euclid(count(days));
        Some(start + moved)
    };
    let posts = encounters.posts.iter().filter_map(|reach| {
        let post = study.posts[reach.post];
        let posted_at = shift(post.member, post.posted_at)?;
        Some(StudyPost { posted_at, ..post })
    });
    posts.collect()
}

impl Encounters {
    /// Pairs by whole days of lag.
    pub(super) fn pairs_by_day(&self) -> Vec<f64> {
        let mut days = vec![0.0; super::diagnostics::LAG_DAYS];
        for pair in self.pairs.iter().filter(|pair| pair.lag < WINDOW_DAYS) {
            days[super::diagnostics::whole_days(pair.lag)] += 1.0;
        }
        days
    }
}
