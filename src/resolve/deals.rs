//! Records of a CRM become deals, each with its persons.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Exports,
    leads::{self, Leads, key, newest},
};
use crate::{
    domain::{
        Deal, DealBasis, DealLead, DealSummary, Facts, LeadIndex, LinkKind, Moment, Place,
    },
    normalize::{
        company::{self, CompanyKey},
        email,
    },
};

/// Makes the deals: one for each record, whatever the number of exports that hold it.
pub(super) fn deals(
    exports: &Exports<'_>,
    leads: &Leads,
    facts: &Facts,
) -> Vec<DealSummary> {
    let survivors = leads::survivors(exports, facts, LinkKind::MergedId);
    let mut groups: BTreeMap<(Box<str>, Box<str>), Vec<&Deal>> = BTreeMap::new();
    for deal in &facts.deals {
        let (system, id) = key(exports, deal.place, &deal.remote_id);
        let merged = (system.clone(), format!("deal {id}").into());
        let key = survivors.get(&merged).cloned().unwrap_or((system, id));
        groups.entry(key).or_default().push(deal);
    }
    let finder = Finder::new(exports, leads, facts);
    groups
        .into_iter()
        .map(|(key, mut rows)| {
            rows.sort_by_key(|deal| {
                let is_survivor = deal.remote_id == key.1;
                let changed = deal.changed_at.map(Moment::start);
                std::cmp::Reverse((is_survivor, changed, exports.rank(deal.place)))
            });
            deal(exports, key, &rows, &finder)
        })
        .collect()
}

fn deal(
    exports: &Exports<'_>,
    (source_system, remote_id): (Box<str>, Box<str>),
    rows: &[&Deal],
    finder: &Finder<'_>,
) -> DealSummary {
    let first = rows[0];
    let place = |deal: &Deal| deal.place;
    let amount = newest(exports, rows, place, "Amount", |deal| {
        deal.amount_minor.map(|minor| (minor, deal.currency))
    });
    let amount = amount.or(first.amount_minor.map(|minor| (minor, first.currency)));
    DealSummary {
        name: newest(exports, rows, place, "Name", |deal| deal.name.clone()),
        status: first.status,
        amount_minor: amount.map(|(minor, _)| minor),
        currency: amount.map_or(first.currency, |(_, currency)| currency),
        amount_kind: first.amount_kind,
        loan_minor: newest(exports, rows, place, "LoanAmount", |deal| deal.loan_minor),
        created_at: newest(exports, rows, place, "CreatedAt", |deal| deal.created_at),
        closed_at: newest(exports, rows, place, "ClosedAt", |deal| deal.closed_at),
        place: first.place,
        leads: finder.leads(&source_system, &remote_id, rows),
        source_system,
        remote_id,
    }
}

/// The links of a record of one kind.
pub(super) fn links(
    facts: &Facts,
    place: Place,
    kind: LinkKind,
) -> impl Iterator<Item = &str> {
    let from = facts.links.partition_point(|link| link.place < place);
    facts.links[from..]
        .iter()
        .take_while(move |link| link.place == place)
        .filter(move |link| link.kind == kind)
        .map(|link| &*link.text)
}

/// Finds the persons of deals.
struct Finder<'a> {
    exports: &'a Exports<'a>,
    leads: &'a Leads,
    facts: &'a Facts,
    by_email: BTreeMap<(&'a str, String), BTreeSet<LeadIndex>>,
    by_deal: BTreeMap<(&'a str, &'a str), BTreeSet<LeadIndex>>,
    by_account: BTreeMap<(&'a str, String), BTreeSet<LeadIndex>>,
}

impl<'a> Finder<'a> {
    fn new(exports: &'a Exports<'a>, leads: &'a Leads, facts: &'a Facts) -> Self {
        let mut finder = Self {
            exports,
            leads,
            facts,
            by_email: BTreeMap::new(),
            by_deal: BTreeMap::new(),
            by_account: BTreeMap::new(),
        };
        for (index, records) in leads.records.iter().enumerate() {
            let lead = LeadIndex::from_index(index);
            for &at in records {
                finder.add(lead, at);
            }
        }
        finder
    }

    fn add(&mut self, lead: LeadIndex, record: usize) {
        let contact = &self.facts.contacts[record];
        let system = leads::system(&self.exports.file(contact.place).format);
        let identity = self
            .facts
            .identities
            .binary_search_by_key(&contact.identity, |(id, _)| *id)
            .map(|at| &self.facts.identities[at].1);
        if let Ok(identity) = identity {
            if let Some(address) = &identity.email {
                self.by_email
                    .entry((system, address.to_string()))
                    .or_default()
                    .insert(lead);
            }
            if let Some(key) = identity.company.as_deref().and_then(account_key) {
                self.by_account.entry((system, key)).or_default().insert(lead);
            }
        }
        for address in links(self.facts, contact.place, LinkKind::AliasEmail) {
            self.by_email.entry((system, address.to_owned())).or_default().insert(lead);
        }
        for deal in links(self.facts, contact.place, LinkKind::DealId) {
            self.by_deal.entry((system, deal)).or_default().insert(lead);
        }
        for account in links(self.facts, contact.place, LinkKind::AccountId) {
            let key = format!("id {account}");
            self.by_account.entry((system, key)).or_default().insert(lead);
        }
    }

    /// The persons that the newest row of a deal names, else those whose own records name
    /// the deal, else those of its company.
    fn leads(&self, system: &str, remote_id: &str, rows: &[&Deal]) -> Vec<DealLead> {
        let newest = rows[0];
        let mut found: BTreeMap<LeadIndex, (DealBasis, f64)> = BTreeMap::new();
        for id in links(self.facts, newest.place, LinkKind::ContactId) {
            if let Some(lead) = self.leads.by_id.get(&(system.into(), id.into())) {
                found.insert(*lead, (DealBasis::ContactId, 1.0));
            }
        }
        if found.is_empty() {
            for address in links(self.facts, newest.place, LinkKind::ContactEmail) {
                let is_personal = !email::is_role(address) && !email::is_dummy(address);
                let leads = self.by_email.get(&(system, address.to_owned()));
                for lead in leads.into_iter().flatten().filter(|_| is_personal) {
                    found.insert(*lead, (DealBasis::ContactEmail, 0.99));
                }
            }
        }
        if found.is_empty() {
            for lead in self.by_deal.get(&(system, remote_id)).into_iter().flatten() {
                found.insert(*lead, (DealBasis::ContactId, 1.0));
            }
        }
        if found.is_empty() {
            found = self.of_company(system, newest);
        }
        found
            .into_iter()
            .map(|(lead, (basis, confidence))| DealLead { lead, basis, confidence })
            .collect()
    }

    fn of_company(
        &self,
        system: &str,
        deal: &Deal,
    ) -> BTreeMap<LeadIndex, (DealBasis, f64)> {
        let ids = links(self.facts, deal.place, LinkKind::AccountId);
        let by_id: BTreeSet<LeadIndex> = ids
            .filter_map(|id| self.by_account.get(&(system, format!("id {id}"))))
            .flatten()
            .copied()
            .collect();
        let names = links(self.facts, deal.place, LinkKind::AccountName);
        let by_name: BTreeSet<LeadIndex> = names
            .filter_map(account_key)
            .filter_map(|key| self.by_account.get(&(system, key)))
            .flatten()
            .copied()
            .collect();
        let leads = if by_id.is_empty() { by_name } else { by_id };
        let confidence = if leads.len() == 1 { 0.50 } else { 0.35 };
        leads.into_iter().map(|lead| (lead, (DealBasis::Company, confidence))).collect()
    }
}

fn account_key(text: &str) -> Option<String> {
    company::key(text).map(|key| match key {
        CompanyKey::Name(name) => format!("name {name}"),
        CompanyKey::Domain(domain) => format!("domain {domain}"),
    })
}
