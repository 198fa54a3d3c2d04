//! What models credit to posts: a row an owner and post, a part a model.

use std::iter::{Peekable, from_fn};

use super::EvidenceCredits;
use crate::domain::{DealIndex, DealSummary, LeadIndex, Money, PostIndex};

/// What models credit.
#[derive(Clone, Debug, PartialEq)]
pub struct Credits {
    /// The models, in the order of the parts.
    pub models: Vec<ModelCredits>,
    /// The shares of leads that have a journey, from 0 to 1.
    pub leads: Parts<LeadIndex, f64>,
    /// The parts of deals that have a journey and an amount, in whole minor units of the deal's
    /// currency.
    pub deals: Parts<DealIndex, i64>,
}

/// A model that credits.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelCredits {
    /// The model's name.
    pub name: &'static str,
    /// The same credits by what they rest on; nothing where credit is no touch's.
    pub by_evidence: EvidenceCredits,
}

impl Credits {
    /// No credits of some models.
    pub fn none(models: impl IntoIterator<Item = &'static str>) -> Self {
        let none = |name| ModelCredits { name, by_evidence: EvidenceCredits::default() };
        let models = models.into_iter().map(none).collect();
        Self { models, leads: Parts::default(), deals: Parts::default() }
    }

    /// Adds what the same models give to other journeys, those of later leads or deals.
    pub(super) fn append(&mut self, parts: Vec<Self>) {
        let all = |rows: fn(&Self) -> (usize, usize)| {
            let sizes = parts.iter().map(rows);
            sizes.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
        };
        self.leads.reserve(all(|part| part.leads.size()));
        self.deals.reserve(all(|part| part.deals.size()));
        for part in parts {
            for (own, other) in self.models.iter_mut().zip(&part.models) {
                own.by_evidence.add_all(&other.by_evidence);
            }
            self.leads.append(&part.leads);
            self.deals.append(&part.deals);
        }
    }

    /// Adds what other models credit.
    pub fn add_models(&mut self, other: Self) {
        let before = self.models.len();
        self.models.extend(other.models);
        self.leads = self.leads.beside(&other.leads, before);
        self.deals = self.deals.beside(&other.deals, before);
    }

    /// Calls `each` with what one model gives of deals, as totals count it: of which deal, to
    /// which post, the part.
    pub fn each_counted(
        &self,
        model: usize,
        deals: &[DealSummary],
        mut each: impl FnMut(&DealSummary, Option<PostIndex>, i64),
    ) {
        let converted = |deal: DealIndex| deals[deal.index()].converted;
        self.deals.each_counted(model, converted, |deal, post, minor| {
            each(&deals[deal.index()], post, minor);
        });
    }

    /// Takes away what was credited, and keeps what it rests on.
    pub fn clear_parts(&mut self) {
        self.leads = Parts::default();
        self.deals = Parts::default();
    }
}

/// What models give to posts of leads or deals, which stand in their order; the posts of each
/// too, what is no post first of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts<O, T> {
    rows: Vec<Head<O>>,
    /// Row by row: the parts of those models that give any.
    parts: Vec<T>,
}

/// What begins a row.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Head<O> {
    owner: O,
    post: Option<PostIndex>,
    /// A bit for each model that gives a part.
    models: u32,
}

/// What models give to one post of a lead or deal, or to what is no post.
#[derive(Clone, Copy, Debug)]
pub struct PartsRow<'a, O, T> {
    /// Of which lead or deal.
    pub owner: O,
    /// For which post.
    pub post: Option<PostIndex>,
    models: u32,
    parts: &'a [T],
}

impl<O, T: Copy> PartsRow<'_, O, T> {
    /// What a model gives.
    pub fn of(&self, model: usize) -> Option<T> {
        let bit = 1 << model;
        let before = (self.models & (bit - 1)).count_ones() as usize;
        (self.models & bit != 0).then(|| self.parts[before])
    }
}

impl<O, T> Default for Parts<O, T> {
    fn default() -> Self {
        Self { rows: Vec::new(), parts: Vec::new() }
    }
}

impl<O: Copy + Ord, T: Copy> Parts<O, T> {
    /// Adds a row: what each model gives. Where none gives any there is none.
    pub fn push(
        &mut self,
        owner: O,
        post: Option<PostIndex>,
        of_models: impl IntoIterator<Item = Option<T>>,
    ) {
        let mut models = 0;
        for (model, part) in of_models.into_iter().enumerate() {
            if let Some(part) = part {
                models |= 1 << model;
                self.parts.push(part);
            }
        }
        if models != 0 {
            self.rows.push(Head { owner, post, models });
        }
    }

    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = PartsRow<'_, O, T>> {
        let mut rest = self.parts.as_slice();
        self.rows.iter().map(move |head| {
            let (parts, later) = rest.split_at(head.models.count_ones() as usize);
            rest = later;
            PartsRow { owner: head.owner, post: head.post, models: head.models, parts }
        })
    }

    /// What one model gives: whose, to which post, the part.
    pub fn of(&self, model: usize) -> impl Iterator<Item = (O, Option<PostIndex>, T)> {
        let of_model = move |row: PartsRow<'_, O, T>| {
            row.of(model).map(|part| (row.owner, row.post, part))
        };
        self.rows().filter_map(of_model)
    }

    fn size(&self) -> (usize, usize) {
        (self.rows.len(), self.parts.len())
    }

    fn reserve(&mut self, (rows, parts): (usize, usize)) {
        self.rows.reserve_exact(rows);
        self.parts.reserve_exact(parts);
    }

    fn append(&mut self, other: &Self) {
        self.rows.extend_from_slice(&other.rows);
        self.parts.extend_from_slice(&other.parts);
    }

    /// These parts and those of other models, whose places come so many later.
    fn beside(&self, other: &Self, later: usize) -> Self {
        let mut all = Self::default();
        let (own, others) = (self.size(), other.size());
        all.reserve((own.0.max(others.0), own.1 + others.1));
        let (mut own, mut others) = (self.rows().peekable(), other.rows().peekable());
        let place = |row: &PartsRow<'_, O, T>| (row.owner, row.post);
        loop {
            let next = own.peek().map(place).into_iter().chain(others.peek().map(place));
            let Some(next) = next.min() else { return all };
            let is_next = |row: &PartsRow<'_, O, T>| place(row) == next;
            let (own, other) = (own.next_if(is_next), others.next_if(is_next));
            let models = own.map_or(0, |row| row.models)
                | other.map_or(0, |row| row.models << later);
            for parts in [own, other].into_iter().flatten().map(|row| row.parts) {
                all.parts.extend_from_slice(parts);
            }
            all.rows.push(Head { owner: next.0, post: next.1, models });
        }
    }
}

/// The next rows, as long as they are the owner's.
pub fn of_owner<'a, O: Copy + Eq, T>(
    rows: &mut Peekable<impl Iterator<Item = PartsRow<'a, O, T>>>,
    owner: O,
) -> Vec<PartsRow<'a, O, T>> {
    from_fn(|| rows.next_if(|row| row.owner == owner)).collect()
}

impl Parts<DealIndex, i64> {
    /// Calls `each` with what one model gives, as totals count it: of which deal, to which
    /// post, the part. The amount that a deal is converted to is shared out anew.
    pub fn each_counted(
        &self,
        model: usize,
        converted: impl Fn(DealIndex) -> Option<Money>,
        mut each: impl FnMut(DealIndex, Option<PostIndex>, i64),
    ) {
        let mut credits = self.of(model).peekable();
        while let Some((deal, post, minor)) = credits.next() {
            let Some(amount) = converted(deal) else {
                each(deal, post, minor);
                continue;
            };
            let later = from_fn(|| credits.next_if(|(own, ..)| *own == deal));
            let later = later.map(|(_, post, minor)| (post, minor));
            let (posts, parts): (Vec<_>, Vec<_>) =
                std::iter::once((post, minor)).chain(later).unzip();
            for (post, counted) in posts.into_iter().zip(amount.like(&parts)) {
                each(deal, post, counted);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Currency, Money};

    /// What models give, by deal and post.
    type Given = BTreeMap<(DealIndex, Option<PostIndex>), Vec<Option<i64>>>;

    fn given(models: usize) -> impl Strategy<Value = Given> {
        let deal = (0_u32..4).prop_map(DealIndex::new);
        let post = prop::option::of((0_u32..4).prop_map(PostIndex::new));
        let parts = prop::collection::vec(prop::option::of(1_i64..1000), models);
        prop::collection::btree_map((deal, post), parts, 0..12)
    }

    fn parts(given: &Given) -> Parts<DealIndex, i64> {
        let mut parts = Parts::default();
        for ((deal, post), of_models) in given {
            parts.push(*deal, *post, of_models.iter().copied());
        }
        parts
    }

    /// What one of the models gives.
    fn of(given: &Given, model: usize) -> Vec<(DealIndex, Option<PostIndex>, i64)> {
        let rows = given.iter();
        rows.filter_map(|((deal, post), parts)| Some((*deal, *post, parts[model]?)))
            .collect()
    }

    proptest! {
        #[test]
        fn what_was_given_is_read_model_by_model(one in given(3), other in given(2)) {
            let mut credits = Credits::none(["a", "b", "c"]);
            credits.deals = parts(&one);
            let mut others = Credits::none(["d", "e"]);
            others.deals = parts(&other);
            credits.add_models(others);
            prop_assert_eq!(credits.models.len(), 5);
            for model in 0..5 {
                let expected = if model < 3 { of(&one, model) } else { of(&other, model - 3) };
                prop_assert_eq!(credits.deals.of(model).collect::<Vec<_>>(), expected);
            }
            let places = |row: PartsRow<'_, DealIndex, i64>| (row.owner, row.post);
            let rows: Vec<_> = credits.deals.rows().map(places).collect();
            prop_assert!(rows.is_sorted_by(|row, next| row < next), "{rows:?}");
        }

        #[test]
        fn a_converted_deal_is_shared_out_whole(given in given(2), minor in 1_i64..100_000) {
            let parts = parts(&given);
            let euros = Money { minor, currency: Currency::from_code("EUR").unwrap() };
            let converted = |deal: DealIndex| deal.index().is_multiple_of(2).then_some(euros);
            let mut sums: BTreeMap<DealIndex, i64> = BTreeMap::new();
            let mut counted = Vec::new();
            parts.each_counted(1, converted, |deal, post, part| {
                *sums.entry(deal).or_default() += part;
                counted.push((deal, post));
            });
            let credited: Vec<_> = of(&given, 1);
            let places: Vec<_> = credited.iter().map(|one| (one.0, one.1)).collect();
            prop_assert_eq!(counted, places);
            for (deal, sum) in sums {
                let own = credited.iter().filter(|one| one.0 == deal).map(|one| one.2).sum();
                prop_assert_eq!(sum, if deal.index().is_multiple_of(2) { minor } else { own });
            }
        }
    }
}
