//! Credit by what it rests on: tracked, said, entered, observed or inferred, never mixed.

use super::scores::add_money;
use crate::{
    attribute::{Credits, EvidenceCredits, ModelCredits, incremental, shares},
    domain::{CreditEvidence, DealStatus, DealSummary, Measure},
};

/// What a model credits on one kind of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceScore {
    /// The evidence; none where no touch is known, or nothing is inferred.
    pub evidence: Option<CreditEvidence>,
    /// It is about posts, and not about a source that is none.
    pub is_of_post: bool,
    /// Leads, as a sum of shares.
    pub leads: f64,
    /// Credit of open deals.
    pub pipeline_minor: i64,
    /// Credit of won deals.
    pub won_minor: i64,
}

impl EvidenceScore {
    fn new(evidence: Option<CreditEvidence>, is_of_post: bool) -> Self {
        Self { evidence, is_of_post, leads: 0.0, pipeline_minor: 0, won_minor: 0 }
    }

    fn add_deal(&mut self, status: DealStatus, minor: i64) {
        match status {
            DealStatus::Won => add_money(&mut self.won_minor, minor),
            DealStatus::Open => add_money(&mut self.pipeline_minor, minor),
            DealStatus::Lost | DealStatus::Unknown => {}
        }
    }
}

/// The credit of one of the models by what it rests on, what rests on nothing last: together all
/// leads, and all open and won deals of the measure. Of leads it is told how many there are,
/// and how many of them have no journey.
pub fn evidence_scores(
    leads: (usize, usize),
    deals: &[DealSummary],
    measure: Option<Measure>,
    credits: &Credits,
    model: usize,
) -> Vec<EvidenceScore> {
    let ModelCredits { name, by_evidence } = &credits.models[model];
    let is_inferred = *name == incremental::NAME;
    let mut scores = if is_inferred {
        vec![inferred(deals, measure, credits, model)]
    } else {
        touched(measure, by_evidence)
    };
    scores.push(rest(leads, deals, measure, is_inferred, &scores));
    let is_empty = |score: &EvidenceScore| {
        score.leads <= 0.0 && score.pipeline_minor == 0 && score.won_minor == 0
    };
    scores.retain(|score| !is_empty(score));
    scores
}

/// What touches are credited with.
fn touched(
    measure: Option<Measure>,
    by_evidence: &EvidenceCredits,
) -> Vec<EvidenceScore> {
    let mut scores: Vec<EvidenceScore> = by_evidence
        .leads
        .counts()
        .map(|(evidence, is_of_post, parts)| EvidenceScore {
            leads: shares(parts),
            ..EvidenceScore::new(Some(evidence), is_of_post)
        })
        .collect();
    for ((status, own), parts) in &by_evidence.deals {
        if measure == Some(*own) {
            for (score, (_, _, minor)) in scores.iter_mut().zip(parts.counts()) {
                score.add_deal(*status, minor);
            }
        }
    }
    scores
}

/// What posts are credited with beyond any touch.
fn inferred(
    deals: &[DealSummary],
    measure: Option<Measure>,
    credits: &Credits,
    model: usize,
) -> EvidenceScore {
    let mut score = EvidenceScore::new(Some(CreditEvidence::Inferred), true);
    let of_posts = credits.leads.of(model).filter(|(_, post, _)| post.is_some());
    of_posts.for_each(|(.., share)| score.leads += share);
    credits.each_counted(model, deals, |deal, post, minor| {
        if post.is_some() && measure == Some(deal.measure()) {
            score.add_deal(deal.status, minor);
        }
    });
    score
}

/// What is left of all leads and deals.
#[expect(clippy::cast_precision_loss, reason = "leads are far fewer than 2^53")]
fn rest(
    (leads, untouched): (usize, usize),
    deals: &[DealSummary],
    measure: Option<Measure>,
    is_inferred: bool,
    scores: &[EvidenceScore],
) -> EvidenceScore {
    let mut rest = EvidenceScore::new(None, false);
    rest.leads = if is_inferred {
        let credited: f64 = scores.iter().map(|score| score.leads).sum();
        (leads as f64 - credited).max(0.0)
    } else {
        untouched as f64
    };
    for deal in deals.iter().filter(|deal| measure == Some(deal.measure())) {
        rest.add_deal(deal.status, deal.counted_minor().unwrap_or(0));
    }
    for score in scores {
        add_money(&mut rest.pipeline_minor, score.pipeline_minor.saturating_neg());
        add_money(&mut rest.won_minor, score.won_minor.saturating_neg());
    }
    rest
}
