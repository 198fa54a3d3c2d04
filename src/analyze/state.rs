//! The results of a run as a state, to be compared with those of the last one.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{ChangeKind, Finding, NewSources};
use crate::{
    domain::{DealIndex, LeadIndex, Moment, PostIndex, SourceFile, Touch, Word},
    resolve::Resolved,
};

/// The results as they stand: all texts in one, as a network has some hundred thousand.
#[derive(Clone, Debug, Default)]
pub struct State {
    texts: String,
    pub(super) fields: Vec<Field>,
    pub(super) models: Vec<String>,
    /// System and id of each deal, by its number in this state.
    pub(super) deals: Vec<(i64, [Span; 2])>,
    /// The name of each post, by its number in this state.
    pub(super) posts: Vec<(i64, Span)>,
    pub(super) credits: Vec<Credited>,
    /// What models credit, in minor units, credit by credit.
    minor: Vec<i64>,
}

/// Where a text begins and ends.
pub(super) type Span = (usize, usize);

/// A value of a record: its kind; system, id and field; the value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    kind: ChangeKind,
    key: [Span; 3],
    pub(super) value: Span,
}

impl Field {
    /// Its kind; system, id and field.
    pub(super) fn key(self, state: &State) -> (ChangeKind, [&str; 3]) {
        (self.kind, self.key.map(|span| state.text(span)))
    }
}

/// What a deal credits a post with, or no post.
#[derive(Clone, Copy, Debug)]
pub(super) struct Credited {
    pub(super) deal: i64,
    pub(super) post: Option<i64>,
    /// A bit for each model that says something.
    models: u32,
    /// Where that begins.
    first: usize,
}

/// As precise as a report shows it: what moves less has not moved.
fn rounded(number: f64) -> String {
    let text = format!("{number:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

/// What stands at a number in a list that is in the order of numbers.
fn at<T: Copy>(list: &[(i64, T)], number: i64) -> Option<T> {
    let place = list.binary_search_by_key(&number, |(number, _)| *number);
    place.ok().map(|place| list[place].1)
}

impl State {
    /// The results that a run makes: who and what there is, the findings, and what every model
    /// credits, in minor units, by deal and post.
    pub fn of_results(
        models: Vec<String>,
        resolved: &Resolved,
        findings: &[Finding],
        credits: impl Iterator<Item = ((i64, Option<i64>), impl Iterator<Item = Option<i64>>)>,
    ) -> Self {
        let Resolved { leads, deals, posts, members, .. } = resolved;
        let mut state = Self::of(models);
        for lead in leads {
            let member = lead.member.map(|member| &*members[member.index()].full_name);
            let basis = lead.matched.map(|(basis, _)| basis.word());
            state.add_lead([&lead.source_system, &lead.remote_id], member, basis);
        }
        for (index, deal) in deals.iter().enumerate() {
            let amount = deal.amount_minor.map(|minor| (minor, deal.currency.code()));
            let closed_at = deal.closed_at.map(Moment::text);
            let values = (deal.status.word(), amount, closed_at.as_deref());
            let number = DealIndex::from_index(index).row_id();
            state.add_deal(number, [&deal.source_system, &deal.remote_id], values);
            for one in &deal.leads {
                let lead = &leads[one.lead.index()];
                let lead = [&*lead.source_system, &*lead.remote_id];
                let key = [&*deal.source_system, &*deal.remote_id];
                state.add_join(key, lead, one.basis.word());
            }
        }
        for one in findings {
            let what = [Some(one.statistic), one.model, one.subject.as_deref()];
            state.add_finding(one.name, what, [one.value, one.low, one.high]);
        }
        for (index, post) in posts.iter().enumerate() {
            state.add_post(PostIndex::from_index(index).row_id(), &post.name.urn());
        }
        for (place, minor) in credits {
            state.add_credits(place, minor);
        }
        state
    }

    /// A state of models, in the order of the credits.
    pub fn of(models: Vec<String>) -> Self {
        Self { models, ..Self::default() }
    }

    /// Adds the value of a field: system and id of its record, and its name.
    pub(super) fn add(&mut self, kind: ChangeKind, key: [&str; 3], value: &str) {
        let (key, value) = (key.map(|text| self.keep(text)), self.keep(value));
        self.fields.push(Field { kind, key, value });
    }

    /// Adds a lead: system and id; whose it is, and what tells so.
    pub fn add_lead(
        &mut self,
        [system, id]: [&str; 2],
        member: Option<&str>,
        basis: Option<&str>,
    ) {
        for (what, value) in [("member", member), ("match basis", basis)] {
            if let Some(value) = value {
                self.add(ChangeKind::Lead, [system, id, what], value);
            }
        }
    }

    /// Adds a deal under its number, which is higher than that of the one before: its system
    /// and id; its status, amount with currency, and when it was closed.
    pub fn add_deal(
        &mut self,
        number: i64,
        [system, id]: [&str; 2],
        (status, amount, closed_at): (&str, Option<(i64, &str)>, Option<&str>),
    ) {
        let key = [system, id].map(|text| self.keep(text));
        self.deals.push((number, key));
        let amount = amount.map(|(minor, currency)| format!("{minor} {currency}"));
        let values = [
            ("status", Some(status)),
            ("amount", amount.as_deref()),
            ("closed at", closed_at),
        ];
        for (what, value) in values {
            if let Some(value) = value {
                self.add(ChangeKind::Deal, [system, id, what], value);
            }
        }
    }

    /// Adds a person of a deal: system and id of the lead, which may be another CRM's, and
    /// what tells so.
    pub fn add_join(
        &mut self,
        [system, id]: [&str; 2],
        [lead_system, lead_id]: [&str; 2],
        basis: &str,
    ) {
        let what = format!("lead {lead_system} {lead_id}");
        self.add(ChangeKind::Deal, [system, id, &what], basis);
    }

    /// Adds a finding: its name; statistic, model and subject; the value with its bounds.
    pub fn add_finding(
        &mut self,
        name: &str,
        what: [Option<&str>; 3],
        numbers: [Option<f64>; 3],
    ) {
        let what: Vec<&str> = what.into_iter().flatten().collect();
        let value = match numbers.map(|number| number.map(rounded)) {
            [Some(value), Some(low), Some(high)] => format!("{value} [{low}, {high}]"),
            [Some(value), ..] => value,
            [None, ..] => "too little data".to_owned(),
        };
        self.add(ChangeKind::Finding, ["touchstone", name, &what.join(" ")], &value);
    }

    /// Adds a post under its number, which is higher than that of the one before.
    pub fn add_post(&mut self, number: i64, urn: &str) {
        let urn = self.keep(urn);
        self.posts.push((number, urn));
    }

    /// Adds what each model credits a post with, or no post, of a deal, in minor units.
    pub fn add_credits(
        &mut self,
        (deal, post): (i64, Option<i64>),
        minor: impl IntoIterator<Item = Option<i64>>,
    ) {
        let (mut models, first) = (0, self.minor.len());
        for (model, minor) in minor.into_iter().enumerate() {
            if let Some(minor) = minor {
                models |= 1 << model;
                self.minor.push(minor);
            }
        }
        self.credits.push(Credited { deal, post, models, first });
    }

    fn keep(&mut self, text: &str) -> Span {
        let start = self.texts.len();
        self.texts.push_str(text);
        (start, self.texts.len())
    }

    pub(super) fn text(&self, (start, end): Span) -> &str {
        &self.texts[start..end]
    }

    /// Where each field is and its value, by kind, system, record and field; put into order by
    /// whoever walks them.
    pub(super) fn values(&self) -> FxHashMap<(ChangeKind, [&str; 3]), (usize, &str)> {
        let fields = self.fields.iter().enumerate();
        let value =
            |(at, one): (usize, &Field)| (one.key(self), (at, self.text(one.value)));
        fields.map(value).collect()
    }

    /// Whose credit it is: system and id of the deal, and the post.
    pub(super) fn named(&self, one: &Credited) -> Option<([&str; 2], Option<&str>)> {
        let deal = at(&self.deals, one.deal)?.map(|span| self.text(span));
        let post = one.post.and_then(|post| at(&self.posts, post));
        Some((deal, post.map(|urn| self.text(urn))))
    }

    /// Which models say something, and what.
    pub(super) fn parts(&self, one: &Credited) -> (u32, &[i64]) {
        let count = one.models.count_ones() as usize;
        (one.models, &self.minor[one.first..one.first + count])
    }

    /// What a model credits, at a place of the credits.
    pub(super) fn credit(&self, credit: usize, model: &str) -> Option<i64> {
        let at = self.models.iter().position(|name| name == model)?;
        let (models, minor) = self.parts(&self.credits[credit]);
        let before = (models & ((1 << at) - 1)).count_ones() as usize;
        (models >> at & 1 == 1).then(|| minor[before])
    }
}

/// The files from a number on that speak of a lead, or of a deal or touches of its persons.
pub fn new_sources(
    resolved: &Resolved,
    touches: &[Touch],
    files: &[SourceFile],
    first: u32,
) -> NewSources {
    let Resolved { leads, deals, .. } = resolved;
    let mut sources = NewSources::new();
    let mut add = |kind: &str, key: [&str; 2], file: u32| {
        let at = files.binary_search_by_key(&file, |one| one.source_file_id);
        if let (true, Ok(at)) = (first <= file, at) {
            let record = (kind.to_owned(), key[0].to_owned(), key[1].to_owned());
            sources.entry(record).or_default().insert(files[at].name.to_string());
        }
    };
    for lead in leads {
        let key = [&*lead.source_system, &*lead.remote_id];
        add("lead", key, lead.place.source_file_id());
    }
    let touched: BTreeSet<(LeadIndex, u32)> = touches
        .iter()
        .map(|touch| (touch.lead, touch.place.source_file_id()))
        .filter(|(_, file)| first <= *file)
        .collect();
    for deal in deals {
        let key = [&*deal.source_system, &*deal.remote_id];
        add("deal", key, deal.place.source_file_id());
        for one in &deal.leads {
            let of_lead = touched.range((one.lead, 0)..=(one.lead, u32::MAX));
            of_lead.for_each(|(_, file)| add("deal", key, *file));
        }
    }
    sources
}
