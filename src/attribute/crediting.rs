//! One journey under several models: what each gives to its posts, and on what that rests.

use super::{ByEvidence, Credits, DealCredit, LeadCredit, Weigh, evidence};
use crate::{
    domain::{DealIndex, DealSummary, LeadIndex, Money, PostIndex},
    link::{Journey, Owner},
};

/// A journey that is credited, with what is the same under every model.
#[derive(Debug)]
pub struct Crediting<'a> {
    journey: &'a Journey,
    /// Its posts in order, and what is no post first of them.
    posts: Vec<Option<PostIndex>>,
    /// By touch: which of the posts, and the slot of its evidence.
    places: Vec<(usize, usize)>,
}

impl<'a> Crediting<'a> {
    /// Looks at the touches of a journey.
    pub fn new(journey: &'a Journey) -> Self {
        let mut posts: Vec<_> = journey.touches.iter().map(|touch| touch.post).collect();
        posts.sort_unstable();
        posts.dedup();
        let places = journey
            .touches
            .iter()
            .map(|touch| {
                let post = posts.partition_point(|post| *post < touch.post);
                (post, evidence::slot(touch))
            })
            .collect();
        Self { journey, posts, places }
    }

    /// Adds what a model gives to the credits of this model: a lead's shares, or parts of a
    /// deal that has an amount.
    pub fn add(&self, weigh: &Weigh<'_>, deals: &[DealSummary], credits: &mut Credits) {
        match self.journey.owner {
            Owner::Lead(lead) => self.add_lead(lead, weigh, credits),
            Owner::Deal(deal) => {
                self.add_deal(deal, &deals[deal.index()], weigh, credits);
            }
        }
    }

    fn add_lead(&self, lead: LeadIndex, weigh: &Weigh<'_>, credits: &mut Credits) {
        let weights = weights(self.journey, weigh);
        let total: f64 = weights.iter().sum();
        let mut shares = vec![0.0; self.posts.len()];
        for ((post, slot), weight) in self.places.iter().zip(weights) {
            let share = weight / total;
            shares[*post] += share;
            credits.by_evidence.leads.add_slot(*slot, evidence::parts(share));
        }
        let shares = self.posts.iter().zip(shares).filter(|(_, share)| 0.0 < *share);
        credits.leads.extend(shares.map(|(post, share)| LeadCredit {
            lead,
            post: *post,
            share,
        }));
    }

    fn add_deal(
        &self,
        deal: DealIndex,
        summary: &DealSummary,
        weigh: &Weigh<'_>,
        credits: &mut Credits,
    ) {
        let Some(minor) = summary.amount_minor else { return };
        let weights = weights(self.journey, weigh);
        let parts = Money { minor, currency: summary.currency }.split(&weights);
        let mut sums: Vec<Option<i64>> = vec![None; self.posts.len()];
        let mut by_evidence = ByEvidence::default();
        for (((post, slot), weight), part) in self.places.iter().zip(weights).zip(parts) {
            if 0.0 < weight {
                *sums[*post].get_or_insert(0) += part;
                by_evidence.add_slot(*slot, part);
            }
        }
        credits.by_evidence.add_deal(summary, &by_evidence);
        let sums = self.posts.iter().zip(sums);
        let known = sums.filter_map(|(post, sum)| Some((*post, sum?)));
        credits.deals.extend(DealCredit::of_deal(deal, summary.converted, known));
    }
}

/// A journey's weights times those of its touches; if all are 0, every touch counts alike.
pub(super) fn weights(journey: &Journey, weigh: &Weigh<'_>) -> Vec<f64> {
    let mut weights = weigh(journey);
    assert_eq!(weights.len(), journey.touches.len(), "a model weighs every touch");
    for (weight, touch) in weights.iter_mut().zip(&journey.touches) {
        *weight *= touch.weight;
        assert!(
            weight.is_finite() && 0.0 <= *weight,
            "a weight is finite and not negative"
        );
    }
    if weights.iter().all(|weight| *weight == 0.0) {
        weights.fill(1.0);
    }
    weights
}
