//! One journey under several models: what each gives to its posts, and on what that rests.

use super::{ByEvidence, Credits, KindWeights, Weigh, evidence};
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
    /// By touch: what a model's weight is multiplied by.
    kinds: Vec<f64>,
}

impl<'a> Crediting<'a> {
    /// Looks at the touches of a journey.
    pub fn new(journey: &'a Journey, kinds: &KindWeights) -> Self {
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
        let kinds = journey.touches.iter().map(|touch| kinds.get(touch.kind)).collect();
        Self { journey, posts, places, kinds }
    }

    /// Adds what each model gives: a lead's shares, or parts of a deal that has an amount.
    pub fn add(
        &self,
        weighs: &[Weigh<'_>],
        deals: &[DealSummary],
        credits: &mut Credits,
    ) {
        match self.journey.owner {
            Owner::Lead(lead) => self.add_lead(lead, weighs, credits),
            Owner::Deal(deal) => {
                self.add_deal(deal, &deals[deal.index()], weighs, credits);
            }
        }
    }

    fn add_lead(&self, lead: LeadIndex, weighs: &[Weigh<'_>], credits: &mut Credits) {
        let mut sums = Sums::new(self.posts.len(), weighs.len());
        for (model, weigh) in weighs.iter().enumerate() {
            let weights = self.weights(weigh);
            let total: f64 = weights.iter().sum();
            let by_evidence = &mut credits.models[model].by_evidence.leads;
            for ((post, slot), weight) in self.places.iter().zip(weights) {
                let share = weight / total;
                *sums.of(*post, model).get_or_insert(0.0) += share;
                by_evidence.add_slot(*slot, evidence::parts(share));
            }
        }
        for (post, shares) in self.posts.iter().zip(sums.by_post()) {
            let given = shares.iter().map(|share| share.filter(|share| 0.0 < *share));
            credits.leads.push(lead, *post, given);
        }
    }

    fn add_deal(
        &self,
        deal: DealIndex,
        summary: &DealSummary,
        weighs: &[Weigh<'_>],
        credits: &mut Credits,
    ) {
        let Some(minor) = summary.amount_minor else { return };
        let amount = Money { minor, currency: summary.currency };
        let mut sums = Sums::new(self.posts.len(), weighs.len());
        for (model, weigh) in weighs.iter().enumerate() {
            let weights = self.weights(weigh);
            let parts = amount.split(&weights);
            let mut by_evidence = ByEvidence::default();
            for (((post, slot), weight), part) in
                self.places.iter().zip(weights).zip(parts)
            {
                if 0.0 < weight {
                    *sums.of(*post, model).get_or_insert(0) += part;
                    by_evidence.add_slot(*slot, part);
                }
            }
            credits.models[model].by_evidence.add_deal(summary, &by_evidence);
        }
        for (post, parts) in self.posts.iter().zip(sums.by_post()) {
            credits.deals.push(deal, *post, parts.iter().copied());
        }
    }

    /// A model's weights times those of kinds; if all are 0, every touch counts alike.
    pub(super) fn weights(&self, weigh: &Weigh<'_>) -> Vec<f64> {
        let mut weights = weigh(self.journey);
        assert_eq!(weights.len(), self.kinds.len(), "a model weighs every touch");
        for (weight, kind) in weights.iter_mut().zip(&self.kinds) {
            *weight *= kind;
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
}

/// What models give to the posts of a journey.
struct Sums<T> {
    /// By post, then by model.
    all: Vec<Option<T>>,
    models: usize,
}

impl<T: Copy> Sums<T> {
    fn new(posts: usize, models: usize) -> Self {
        Self { all: vec![None; posts * models], models }
    }

    fn of(&mut self, post: usize, model: usize) -> &mut Option<T> {
        &mut self.all[post * self.models + model]
    }

    fn by_post(&self) -> impl Iterator<Item = &[Option<T>]> {
        self.all.chunks(self.models.max(1))
    }
}
