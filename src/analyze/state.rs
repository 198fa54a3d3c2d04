//! The results of a run as a state, to be compared with those of the last one.

use std::collections::BTreeSet;

use super::{Finding, NewSources, State};
use crate::{
    domain::{DealIndex, LeadIndex, Moment, PostIndex, SourceFile, Touch, Word},
    resolve::Resolved,
};

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
