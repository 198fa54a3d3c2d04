//! What the credit of touches rests on.

use std::collections::BTreeMap;

use crate::{
    domain::{CreditEvidence, DealStatus, DealSummary, Measure, Word},
    link::JourneyTouch,
};

/// Kinds of evidence, each of posts and of sources that are none.
const SLOTS: usize = 2 * CreditEvidence::WORDS.len();

/// Parts that a share is counted in, 2^40, so that sums are the same in any order.
const PARTS: f64 = 1_099_511_627_776.0;

/// A share as a count of parts.
#[expect(clippy::cast_possible_truncation, reason = "a share is from 0 to 1")]
pub(super) fn parts(share: f64) -> i64 {
    (share * PARTS).round() as i64
}

/// A sum of counted parts as a sum of shares.
#[expect(
    clippy::cast_precision_loss,
    reason = "what is lost is far below a part of a lead"
)]
pub fn shares(parts: i64) -> f64 {
    parts as f64 / PARTS
}

/// The slot of what a touch gets, in the order of [`ByEvidence::counts`].
pub(super) fn slot(touch: &JourneyTouch) -> usize {
    let evidence = touch.kind.evidence();
    let known = CreditEvidence::WORDS.iter().position(|(own, _)| *own == evidence);
    2 * known.expect("every kind has a word") + usize::from(touch.post.is_none())
}

/// A count by kind of evidence, of posts and of sources that are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByEvidence([i64; SLOTS]);

impl ByEvidence {
    /// Adds to the slot of a number, in the order of [`Self::counts`]; there is none of others.
    pub fn add_slot(&mut self, slot: usize, count: i64) {
        if let Some(sum) = self.0.get_mut(slot) {
            *sum = sum.saturating_add(count);
        }
    }

    fn add_all(&mut self, other: &Self) {
        other.0.iter().enumerate().for_each(|(slot, count)| self.add_slot(slot, *count));
    }

    /// All counts: the evidence, whether it is about posts, the number.
    pub fn counts(&self) -> impl Iterator<Item = (CreditEvidence, bool, i64)> {
        let kinds = CreditEvidence::WORDS.iter().map(|(evidence, _)| *evidence);
        let slots = kinds.flat_map(|evidence| [(evidence, true), (evidence, false)]);
        slots
            .zip(self.0)
            .map(|((evidence, is_of_post), count)| (evidence, is_of_post, count))
    }
}

/// What touches are credited with under one model, by what they rest on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceCredits {
    /// Parts of leads, which [`shares`] makes shares of.
    pub leads: ByEvidence,
    /// Minor units, by what must not be added up.
    pub deals: BTreeMap<(DealStatus, Measure), ByEvidence>,
}

impl EvidenceCredits {
    /// Adds parts of a deal to those of deals that it may be added up with.
    pub(super) fn add_deal(&mut self, deal: &DealSummary, parts: &ByEvidence) {
        let sums = self.deals.entry((deal.status, deal.measure())).or_default();
        let counted = deal.counted(&parts.0);
        counted.iter().enumerate().for_each(|(slot, part)| sums.add_slot(slot, *part));
    }

    /// Adds what other journeys give.
    pub(super) fn add_all(&mut self, other: &Self) {
        self.leads.add_all(&other.leads);
        for (key, own) in &other.deals {
            self.deals.entry(*key).or_default().add_all(own);
        }
    }
}
