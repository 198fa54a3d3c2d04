//! The shares of posts in leads, and of leads' posts in deals.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    NAME,
    exposure::{Encounters, Reach},
    profile::{Averaged, Lens, TAUS},
    study::{Study, StudyDeal},
};
use crate::{
    attribute::Credits,
    domain::{LeadIndex, Measure, Money, PersonIndex, PostIndex},
};

/// The posts' shares in each event, as the most likely parameters have them.
#[derive(Clone, Debug)]
pub(super) struct Shares {
    /// By pair of the encounters: α g / h, averaged over τ.
    pub(super) pairs: Vec<f64>,
}

impl Shares {
    pub(super) fn new(
        lens: &Lens<'_>,
        maximum: &Averaged,
        encounters: &Encounters,
    ) -> Self {
        let mut pairs = vec![0.0; encounters.pairs.len()];
        for (tau, weight) in maximum.posterior().into_iter().enumerate() {
            let parameters = &maximum.fits[tau].parameters;
            let hazards = lens.likelihood(tau).hazards(parameters);
            let reached = &lens.exposures[tau].reached;
            let brought = |reach: &&Reach| 0.0 < parameters.leads[reach.theme];
            for reach in encounters.posts.iter().filter(brought) {
                let effect = parameters.leads[reach.theme] / reached[reach.theme];
                let own = pairs[reach.range()].iter_mut();
                for (share, pair) in own.zip(encounters.pairs_of(reach)) {
                    let now = libm::exp(-pair.lag / TAUS[tau]) / TAUS[tau];
                    *share += weight * effect * now / hazards[pair.event()];
                }
            }
        }
        Self { pairs }
    }
}

/// The credits of all leads and of all deals with an amount.
pub(super) fn credits(
    study: &Study,
    lens: &Lens<'_>,
    encounters: &Encounters,
    shares: &Shares,
    inclusions: &[f64],
) -> Credits {
    let events = &lens.baseline.risk.events;
    let mut of_event: Vec<BTreeMap<PostIndex, f64>> = vec![BTreeMap::new(); events.len()];
    for reach in &encounters.posts {
        let post = study.posts[reach.post].post;
        let own = shares.pairs[reach.range()].iter();
        for (share, pair) in own.zip(encounters.pairs_of(reach)) {
            let share = inclusions[reach.theme] * share;
            if 0.0 < share {
                *of_event[pair.event()].entry(post).or_default() += share;
            }
        }
    }
    // Looked up and never walked.
    let of_person: FxHashMap<PersonIndex, &BTreeMap<PostIndex, f64>> =
        events.iter().map(|event| event.person).zip(&of_event).collect();
    let mut leads: Vec<(LeadIndex, Option<PostIndex>, f64)> = Vec::new();
    for lead in &study.leads {
        let shares = mean_parts(vec![of_person.get(&lead.person).copied()]);
        leads.extend(shares.into_iter().map(|(post, share)| (lead.lead, post, share)));
    }
    leads.extend(study.other_leads.iter().map(|lead| (*lead, None, 1.0)));
    leads.sort_by_key(|(lead, post, _)| (*lead, *post));
    let mut credits = Credits::none([NAME]);
    for (lead, post, share) in leads {
        credits.leads.push(lead, post, [Some(share)]);
    }
    for deal in &study.deals {
        for (post, minor) in of_deal(deal, &of_person) {
            credits.deals.push(deal.deal, post, [Some(minor)]);
        }
    }
    credits
}

/// The mean of some persons' shares, with what is left for no post.
fn mean_parts(
    persons: Vec<Option<&BTreeMap<PostIndex, f64>>>,
) -> BTreeMap<Option<PostIndex>, f64> {
    let number = super::exposure::count(persons.len());
    let mut parts: BTreeMap<Option<PostIndex>, f64> = BTreeMap::new();
    for (post, share) in persons.into_iter().flatten().flatten() {
        *parts.entry(Some(*post)).or_default() += share / number;
    }
    let brought: f64 = parts.values().sum();
    if brought < 1.0 {
        parts.insert(None, 1.0 - brought);
    }
    parts
}

/// A deal takes over the shares of its persons; the amount is split to the last unit.
fn of_deal(
    deal: &StudyDeal,
    of_person: &FxHashMap<PersonIndex, &BTreeMap<PostIndex, f64>>,
) -> Vec<(Option<PostIndex>, i64)> {
    let Some(minor) = deal.amount_minor else { return Vec::new() };
    let persons = deal.persons.iter().map(|person| of_person.get(person).copied());
    let parts = mean_parts(persons.collect());
    let weights: Vec<f64> = parts.values().copied().collect();
    let amounts = Money { minor, currency: deal.currency }.split(&weights);
    parts.into_keys().zip(amounts).collect()
}

/// Won revenue that posts bring, by theme and measure.
pub(super) fn revenue(
    study: &Study,
    credits: &Credits,
) -> BTreeMap<(usize, Measure), i64> {
    let themes: FxHashMap<PostIndex, usize> =
        study.posts.iter().map(|post| (post.post, post.theme)).collect();
    let won: FxHashMap<_, &StudyDeal> = (study.deals.iter())
        .filter(|deal| deal.is_won)
        .map(|deal| (deal.deal, deal))
        .collect();
    let mut revenue = BTreeMap::new();
    let converted = |deal| won.get(&deal).and_then(|deal| deal.converted);
    credits.deals.each_counted(0, converted, |deal, post, minor| {
        if let (Some(deal), Some(post)) = (won.get(&deal), post) {
            *revenue.entry((themes[&post], deal.measure)).or_default() += minor;
        }
    });
    revenue
}
