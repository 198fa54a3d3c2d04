//! Which persons a deal has, and what tells so: what the CRM says of the deal and the person
//! together, else an address, an activity, a name that is one person's alone, and at last the
//! company.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{
    Exports,
    deals::links,
    leads::{self, Leads},
    persons::Resolving,
    records::{self, RecordKey, Records},
};
use crate::{
    domain::{
        Ambiguity, Deal, DealBasis, DealLead, Facts, LeadIndex, LinkKind, StatementKind,
        Subject,
    },
    normalize::{
        company::{self, CompanyKey},
        email, name,
    },
};

type Found = BTreeMap<LeadIndex, (DealBasis, f64)>;
/// Looked up and never walked.
type Index = FxHashMap<(Box<str>, String), BTreeSet<LeadIndex>>;

/// Finds the persons of deals.
pub(super) struct Finder<'a> {
    exports: &'a Exports<'a>,
    leads: &'a Leads,
    facts: &'a Facts,
    records: &'a Records<'a>,
    resolving: &'a Resolving<'a>,
    by_email: Index,
    by_name: Index,
    by_account: Index,
    /// Looked up and never walked.
    by_deal: FxHashMap<RecordKey, BTreeMap<LeadIndex, DealBasis>>,
    /// Whatever the CRM; looked up and never walked.
    by_any_email: FxHashMap<String, BTreeSet<LeadIndex>>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(
        exports: &'a Exports<'a>,
        leads: &'a Leads,
        facts: &'a Facts,
        records: &'a Records<'a>,
        resolving: &'a Resolving<'a>,
    ) -> Self {
        let mut finder = Self {
            exports,
            leads,
            facts,
            records,
            resolving,
            by_email: Index::default(),
            by_name: Index::default(),
            by_account: Index::default(),
            by_deal: FxHashMap::default(),
            by_any_email: FxHashMap::default(),
        };
        for (index, rows) in leads.records.iter().enumerate() {
            for &at in rows {
                finder.add(LeadIndex::from_index(index), at);
            }
        }
        finder
    }

    fn add(&mut self, lead: LeadIndex, row: usize) {
        let contact = &self.facts.contacts[row];
        let place = contact.place;
        let system: Box<str> = leads::system(&self.exports.file(place).format).into();
        let identity = self.resolving.identity(contact.identity);
        let aliases = links(self.facts, place, LinkKind::AliasEmail);
        for address in identity.email.into_iter().chain(aliases) {
            let key = (system.clone(), address.to_owned());
            self.by_email.entry(key).or_default().insert(lead);
            self.by_any_email.entry(address.to_owned()).or_default().insert(lead);
        }
        if let Some(key) = identity.full_name.and_then(name::key) {
            self.by_name.entry((system.clone(), key)).or_default().insert(lead);
        }
        let mut accounts: BTreeSet<String> =
            identity.company.and_then(account_key).into_iter().collect();
        for id in links(self.facts, place, LinkKind::AccountId) {
            let own = records::key(self.exports, place, Subject::Account, id);
            let account = self.records.current(own);
            if let Some(record) = self.records.accounts.get(&account) {
                let names = [&record.name, &record.domain].into_iter().flatten();
                accounts.extend(names.filter_map(|text| account_key(text)));
            }
            accounts.insert(format!("id {}", account.2));
        }
        for account in accounts {
            self.by_account.entry((system.clone(), account)).or_default().insert(lead);
        }
        for (kind, basis) in [
            (LinkKind::ConvertedDeal, DealBasis::Conversion),
            (LinkKind::DealId, DealBasis::ContactId),
        ] {
            for id in links(self.facts, place, kind) {
                let own = records::key(self.exports, place, Subject::Deal, id);
                let deal = self.by_deal.entry(self.records.current(own)).or_default();
                deal.entry(lead).or_insert(basis);
            }
        }
    }

    /// The persons of a deal, by the surest that tells any; what fits several persons and
    /// was not joined is said.
    pub(super) fn leads(
        &self,
        key: &RecordKey,
        rows: &[&Deal],
        ambiguities: &mut Vec<Ambiguity>,
    ) -> Vec<DealLead> {
        let mut found = self.listed(key, rows);
        if found.is_empty() {
            found = self.by_address(key, rows);
        }
        if found.is_empty() {
            let activities = self.records.statements(key, StatementKind::Activity);
            found = activities
                .filter_map(|one| self.lead(&key.0, &one.object))
                .map(|lead| (lead, (DealBasis::Activity, 0.85)))
                .collect();
        }
        if found.is_empty() {
            found = self.by_full_name(key, rows, ambiguities);
        }
        if found.is_empty() {
            found = self.of_company(key, rows);
        }
        found
            .into_iter()
            .map(|(lead, (basis, confidence))| DealLead { lead, basis, confidence })
            .collect()
    }

    /// The lead of a contact's id.
    fn lead(&self, system: &str, id: &str) -> Option<LeadIndex> {
        self.leads.by_id.get(&(system.into(), id.into())).copied()
    }

    /// What the newest row that has a field says under it.
    fn said(&self, rows: &[&'a Deal], kind: LinkKind, fields: &[&str]) -> Vec<&'a str> {
        let says = |row: &&&Deal| {
            fields.iter().any(|field| self.exports.has_field(row.place, field))
                || links(self.facts, row.place, kind).next().is_some()
        };
        let row = rows.iter().find(says);
        row.map(|row| links(self.facts, row.place, kind).collect()).unwrap_or_default()
    }

    /// Persons that the CRM itself ties to the deal.
    fn listed(&self, key: &RecordKey, rows: &[&Deal]) -> Found {
        let mut found = Found::new();
        for id in self.said(rows, LinkKind::ContactId, &["ContactIds"]) {
            if let Some(lead) = self.lead(&key.0, id) {
                found.insert(lead, (DealBasis::ContactId, 1.0));
            }
        }
        for role in self.records.statements(key, StatementKind::Role) {
            if let Some(lead) = self.lead(&key.0, &role.object) {
                found.entry(lead).or_insert((DealBasis::ContactRole, 1.0));
            }
        }
        for (lead, basis) in self.by_deal.get(key).into_iter().flatten() {
            found.entry(*lead).or_insert((*basis, 1.0));
        }
        found
    }

    /// Persons whose address the deal names, of its own CRM before any other.
    fn by_address(&self, key: &RecordKey, rows: &[&Deal]) -> Found {
        let fields = ["ContactEmails", "ContactNames"];
        let addresses = self.said(rows, LinkKind::ContactEmail, &fields);
        let mut found = Found::new();
        for address in addresses {
            if !email::is_personal(address) {
                continue;
            }
            let own = self.by_email.get(&(key.0.clone(), address.to_owned()));
            let any = self.by_any_email.get(address);
            let leads: Vec<LeadIndex> = own.map_or_else(
                || any.into_iter().flatten().take(1).copied().collect(),
                |own| own.iter().copied().collect(),
            );
            for lead in leads {
                found.insert(lead, (DealBasis::ContactEmail, 0.99));
            }
        }
        found
    }

    /// A person whom the deal names, where the CRM has one of that name.
    fn by_full_name(
        &self,
        key: &RecordKey,
        rows: &[&Deal],
        ambiguities: &mut Vec<Ambiguity>,
    ) -> Found {
        let mut found = Found::new();
        for text in self.said(rows, LinkKind::ContactName, &["ContactNames"]) {
            let Some(name) = name::key(text) else { continue };
            let Some(leads) = self.by_name.get(&(key.0.clone(), name)) else { continue };
            let person = |lead: &LeadIndex| self.leads.list[lead.index()].person;
            let persons: BTreeSet<_> = leads.iter().map(person).collect();
            match (persons.len(), leads.first()) {
                (1, Some(lead)) => {
                    found.insert(*lead, (DealBasis::ContactName, 0.70));
                }
                (count, _) => ambiguities.push(Ambiguity {
                    subject: format!("deal {} ({})", key.2, key.0).into(),
                    text: format!(
                        "names {text} without an id, and {count} persons bear that name; \
                         joined to none"
                    )
                    .into(),
                }),
            }
        }
        found
    }

    /// The persons of the deal's company.
    fn of_company(&self, key: &RecordKey, rows: &[&Deal]) -> Found {
        let account = |id: &str| {
            let own = (key.0.clone(), Subject::Account, id.into());
            let id = self.records.current(own).2;
            self.by_account.get(&(key.0.clone(), format!("id {id}")))
        };
        let ids = self.said(rows, LinkKind::AccountId, &["AccountIds"]);
        let by_id: BTreeSet<LeadIndex> =
            ids.into_iter().filter_map(account).flatten().copied().collect();
        let names = self.said(rows, LinkKind::AccountName, &["AccountNames"]);
        let by_name = names
            .into_iter()
            .filter_map(account_key)
            .filter_map(|name| self.by_account.get(&(key.0.clone(), name)))
            .flatten()
            .copied();
        let is_sure = by_id.len() == 1;
        let leads = if by_id.is_empty() { by_name.collect() } else { by_id };
        let confidence = if is_sure { 0.50 } else { 0.35 };
        leads.into_iter().map(|lead| (lead, (DealBasis::Company, confidence))).collect()
    }
}

fn account_key(text: &str) -> Option<String> {
    company::key(text).map(|key| match key {
        CompanyKey::Name(name) => format!("name {name}"),
        CompanyKey::Domain(domain) => format!("domain {domain}"),
    })
}
