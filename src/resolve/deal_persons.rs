//! Which persons a deal has, and what tells so: what the CRM says of the deal and the person
//! together, else an address, an activity, a name that is one person's alone, and at last the
//! company.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    hash::Hash,
};

use rustc_hash::FxHashMap;

use super::{
    Exports,
    deals::links,
    leads::{self, Leads},
    persons::Resolving,
    records::{self, RecordKey, Records},
    spaces::base_system,
};
use crate::{
    domain::{
        Ambiguity, Contact, Deal, DealBasis, DealLead, Facts, LeadIndex, LinkKind, Place,
        StatementKind, Subject,
    },
    normalize::{
        company::{self, CompanyKey},
        email, name,
    },
    recognize::Field,
};

type Found = BTreeMap<LeadIndex, (DealBasis, f64)>;
/// Leads by what is known of them; made when it is first looked up, for most deals say who they
/// are of, and never walked.
type Index<K> = OnceCell<FxHashMap<K, Vec<LeadIndex>>>;
/// A text within one CRM.
type Within = (Box<str>, String);

/// Finds the persons of deals.
pub(super) struct Finder<'a> {
    exports: &'a Exports<'a>,
    leads: &'a Leads<'a>,
    facts: &'a Facts,
    records: &'a Records<'a>,
    resolving: &'a Resolving<'a>,
    by_email: Index<Within>,
    by_name: Index<Within>,
    by_account: Index<Within>,
    /// Whatever the CRM.
    by_any_email: Index<String>,
    /// Looked up and never walked.
    by_deal: FxHashMap<RecordKey, BTreeMap<LeadIndex, DealBasis>>,
    /// The one CRM that has leads, where tables of none have deals alone.
    only_crm: Option<&'a str>,
    /// Ids of contacts that no lead of a deal's own CRM has, by that CRM and where they were
    /// found, if anywhere.
    unknown: BTreeMap<(Box<str>, Option<&'a str>), BTreeSet<&'a str>>,
    /// By system: ids of contacts that several tables of it have.
    doubtful: BTreeMap<Box<str>, BTreeSet<&'a str>>,
}

/// Of a company with more leads nobody can say which of them a deal is of, and as many rows a
/// deal are no longer in proportion to what was read.
const MOST_OF_COMPANY: usize = 1_000;

/// The system of tables that are no CRM's own.
const GENERIC: &str = "generic";

impl<'a> Finder<'a> {
    pub(super) fn new(
        exports: &'a Exports<'a>,
        leads: &'a Leads<'a>,
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
            by_email: OnceCell::new(),
            by_name: OnceCell::new(),
            by_account: OnceCell::new(),
            by_any_email: OnceCell::new(),
            by_deal: FxHashMap::default(),
            only_crm: only_crm(leads),
            unknown: BTreeMap::new(),
            doubtful: BTreeMap::new(),
        };
        let ties = [
            (LinkKind::ConvertedDeal, DealBasis::Conversion),
            (LinkKind::DealId, DealBasis::ContactId),
        ];
        for (lead, contact) in finder.rows() {
            for (kind, basis) in ties {
                for id in links(facts, contact.place, kind) {
                    let own = records::named(exports, contact.place, Subject::Deal, id);
                    let Some(own) = own else { continue };
                    let deal = finder.by_deal.entry(records.current(own)).or_default();
                    deal.entry(lead).or_insert(basis);
                }
            }
        }
        finder
    }

    /// The rows of all leads.
    fn rows(&self) -> impl Iterator<Item = (LeadIndex, &'a Contact)> + use<'a> {
        self.leads.rows.iter().copied()
    }

    /// The leads of a key of their rows.
    fn indexed<'own, K: Eq + Hash>(
        &self,
        index: &'own Index<K>,
        keys: impl Fn(&Contact) -> Vec<K>,
        key: &K,
    ) -> Option<&'own [LeadIndex]> {
        let made = index.get_or_init(|| {
            let mut made: FxHashMap<K, Vec<LeadIndex>> = FxHashMap::default();
            for (lead, contact) in self.rows() {
                for key in keys(contact) {
                    let leads = made.entry(key).or_insert_with(|| Vec::with_capacity(1));
                    if leads.last() != Some(&lead) {
                        leads.push(lead);
                    }
                }
            }
            made
        });
        made.get(key).map(Vec::as_slice)
    }

    /// The CRM of a row, for each of some texts of it.
    fn within(
        &self,
        contact: &Contact,
        texts: impl IntoIterator<Item = String>,
    ) -> Vec<Within> {
        let system = base_system(self.exports.system(contact.place, Subject::Contact));
        texts.into_iter().map(|text| (system.into(), text)).collect()
    }

    /// The addresses of a row.
    fn addresses(&self, contact: &Contact) -> Vec<String> {
        let aliases = links(self.facts, contact.place, LinkKind::AliasEmail);
        let own = self.resolving.identity(contact.identity).email;
        own.into_iter().chain(aliases).map(str::to_owned).collect()
    }

    /// The keys of a row's companies: names, domains, ids.
    fn accounts(&self, contact: &Contact) -> BTreeSet<String> {
        let company = self.resolving.identity(contact.identity).company;
        let mut accounts: BTreeSet<String> =
            company.and_then(account_key).into_iter().collect();
        for id in links(self.facts, contact.place, LinkKind::AccountId) {
            let own = records::key(self.exports, contact.place, Subject::Account, id);
            let account = self.records.current(own);
            if let Some(record) = self.records.accounts.get(&account) {
                let names = [&record.name, &record.domain].into_iter().flatten();
                accounts.extend(names.filter_map(|text| account_key(text)));
            }
            accounts.insert(format!("id {}", account.2));
        }
        accounts
    }

    /// The leads of a CRM with an address, or of any.
    fn of_address(&self, system: &str, address: &str) -> Vec<LeadIndex> {
        let within = |contact: &Contact| self.within(contact, self.addresses(contact));
        let key = (base_system(system).into(), address.to_owned());
        if let Some(own) = self.indexed(&self.by_email, within, &key) {
            return own.to_vec();
        }
        let addresses = |contact: &Contact| self.addresses(contact);
        let any = self.indexed(&self.by_any_email, addresses, &key.1);
        any.into_iter().flatten().take(1).copied().collect()
    }

    /// The leads of a CRM with a name.
    fn of_name(&self, system: &str, name: String) -> Option<&[LeadIndex]> {
        let names = |contact: &Contact| {
            let full_name = self.resolving.identity(contact.identity).full_name;
            self.within(contact, full_name.and_then(name::key))
        };
        self.indexed(&self.by_name, names, &(base_system(system).into(), name))
    }

    /// The leads of a CRM with a key of a company.
    fn of_account(&self, system: &str, account: String) -> Option<&[LeadIndex]> {
        let accounts = |contact: &Contact| self.within(contact, self.accounts(contact));
        self.indexed(&self.by_account, accounts, &(base_system(system).into(), account))
    }

    /// The persons of a deal, by the surest that tells any; what fits several persons and
    /// was not joined is said.
    pub(super) fn leads(
        &mut self,
        key: &RecordKey,
        rows: &[&'a Deal],
        ambiguities: &mut Vec<Ambiguity>,
    ) -> Vec<DealLead> {
        let (mut found, doubtful) = self.listed(key, rows);
        let is_listed = !found.is_empty();
        if found.is_empty() {
            found = self.by_address(key, rows);
        }
        if found.is_empty() {
            let activities = self.records.statements(key, StatementKind::Activity);
            found = activities
                .filter_map(|one| self.leads.by_id(&key.0, &one.object))
                .map(|lead| (lead, (DealBasis::Activity, 0.85)))
                .collect();
        }
        if found.is_empty() {
            found = self.by_full_name(key, rows, ambiguities);
        }
        if (is_listed || found.is_empty()) && !doubtful.is_empty() {
            let system = base_system(&key.0).into();
            self.doubtful.entry(system).or_default().extend(doubtful);
        }
        if found.is_empty() {
            found = self.of_company(key, rows, ambiguities);
        }
        found
            .into_iter()
            .map(|(lead, (basis, confidence))| DealLead { lead, basis, confidence })
            .collect()
    }

    /// What the newest row that has a field says under it.
    fn said(&self, rows: &[&'a Deal], kind: LinkKind, fields: &[Field]) -> Vec<&'a str> {
        let place = self.saying(rows, kind, fields);
        place.map(|place| links(self.facts, place, kind).collect()).unwrap_or_default()
    }

    /// Where that row stands.
    fn saying(&self, rows: &[&Deal], kind: LinkKind, fields: &[Field]) -> Option<Place> {
        let says = |place: &Place| {
            fields.iter().any(|field| self.exports.has_field(*place, *field))
                || links(self.facts, *place, kind).next().is_some()
        };
        rows.iter().map(|row| row.place).find(says)
    }

    /// Persons that the CRM itself ties to the deal.
    fn listed(&mut self, key: &RecordKey, rows: &[&'a Deal]) -> (Found, Vec<&'a str>) {
        let mut found = Found::new();
        let mut doubtful = Vec::new();
        let place = self.saying(rows, LinkKind::ContactId, &[Field::ContactIds]);
        let place = place.unwrap_or(rows[0].place);
        for id in links(self.facts, place, LinkKind::ContactId) {
            let Some(system) = self.exports.holder(place, Subject::Contact, id) else {
                doubtful.push(id);
                continue;
            };
            if let Some(lead) = self.leads.by_id(system, id) {
                // The only table that has it need not be the one that is meant.
                let own = self.exports.system(place, Subject::Contact);
                let is_sure = system == own || system == base_system(system);
                let confidence = if is_sure { 1.0 } else { 0.90 };
                found.insert(lead, (DealBasis::ContactId, confidence));
                continue;
            }
            let other = self.other_crm(key);
            let lead = other.and_then(|other| self.leads.by_id(other, id));
            found.extend(lead.map(|lead| (lead, (DealBasis::ContactId, 0.90))));
            let place = (key.0.clone(), other.filter(|_| lead.is_some()));
            self.unknown.entry(place).or_default().insert(id);
        }
        for role in self.records.statements(key, StatementKind::Role) {
            if let Some(lead) = self.leads.by_id(&key.0, &role.object) {
                found.entry(lead).or_insert((DealBasis::ContactRole, 1.0));
            }
        }
        for (lead, basis) in self.by_deal.get(key).into_iter().flatten() {
            found.entry(*lead).or_insert((*basis, 1.0));
        }
        (found, doubtful)
    }

    /// The one CRM that has leads, for deals of a table of nobody's.
    fn other_crm(&self, key: &RecordKey) -> Option<&'a str> {
        self.only_crm.filter(|_| base_system(&key.0) == GENERIC)
    }

    /// Says how many ids of contacts no lead of the deal's own CRM has, or several have.
    pub(super) fn note_unknown(&self, ambiguities: &mut Vec<Ambiguity>) {
        for (system, ids) in &self.doubtful {
            let text = format!(
                "contacts that are named by ids which several tables have, so that they are \
                 not joined: {}",
                ids.len()
            );
            ambiguities.push(Ambiguity::open(format!("deals of {system}"), text));
        }
        for ((system, found), ids) in &self.unknown {
            let count = ids.len();
            let subject = format!("deals of {system}");
            ambiguities.push(match found {
                Some(other) => Ambiguity::joined(
                    subject,
                    format!(
                        "contacts that were found by their ids in {other}, the only CRM with \
                         leads: {count}"
                    ),
                ),
                None => Ambiguity::open(
                    subject,
                    format!(
                        "contacts that are named by ids which no lead has, so that they are \
                         not joined: {count}"
                    ),
                ),
            });
        }
    }

    /// Persons whose address the deal names, of its own CRM before any other.
    fn by_address(&self, key: &RecordKey, rows: &[&Deal]) -> Found {
        let fields = [Field::ContactEmails, Field::ContactNames];
        let addresses = self.said(rows, LinkKind::ContactEmail, &fields);
        let mut found = Found::new();
        for address in addresses {
            if !email::is_personal(address) {
                continue;
            }
            for lead in self.of_address(&key.0, address) {
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
        for text in self.said(rows, LinkKind::ContactName, &[Field::ContactNames]) {
            let Some(name) = name::key(text) else { continue };
            let own = self.of_name(&key.0, name.clone());
            let other = || self.of_name(self.other_crm(key)?, name);
            let confidence = if own.is_some() { 0.70 } else { 0.60 };
            let Some(leads) = own.or_else(other) else { continue };
            let person = |lead: &LeadIndex| self.leads.list[lead.index()].person;
            let persons: BTreeSet<_> = leads.iter().map(person).collect();
            match (persons.len(), leads.first()) {
                (1, Some(lead)) => {
                    found.insert(*lead, (DealBasis::ContactName, confidence));
                }
                (count, _) => ambiguities.push(Ambiguity::open(
                    format!("deal {} ({})", key.2, key.0),
                    format!(
                        "names {text} without an id, and {count} persons bear that name; \
                         joined to none"
                    ),
                )),
            }
        }
        found
    }

    /// The persons of the deal's company.
    fn of_company(
        &self,
        key: &RecordKey,
        rows: &[&Deal],
        ambiguities: &mut Vec<Ambiguity>,
    ) -> Found {
        let account = |id: &str| {
            let own = (base_system(&key.0).into(), Subject::Account, id.into());
            let id = self.records.current(own).2;
            self.of_account(&key.0, format!("id {id}"))
        };
        let ids = self.said(rows, LinkKind::AccountId, &[Field::AccountIds]);
        let by_id: Vec<_> = ids.into_iter().filter_map(account).collect();
        let names = self.said(rows, LinkKind::AccountName, &[Field::AccountNames]);
        let by_name = names
            .into_iter()
            .filter_map(account_key)
            .filter_map(|name| self.of_account(&key.0, name));
        let is_by_id = !by_id.is_empty();
        let companies = if is_by_id { by_id } else { by_name.collect() };
        let most = companies.iter().map(|leads| leads.len()).max().unwrap_or(0);
        if MOST_OF_COMPANY < most {
            let text = format!("its company has {most} leads; joined to none of them");
            let subject = format!("deal {} ({})", key.2, key.0);
            ambiguities.push(Ambiguity::open(subject, text));
            return Found::new();
        }
        let leads: BTreeSet<LeadIndex> =
            companies.into_iter().flatten().copied().collect();
        let confidence = if is_by_id && leads.len() == 1 { 0.50 } else { 0.35 };
        leads.into_iter().map(|lead| (lead, (DealBasis::Company, confidence))).collect()
    }
}

/// The one CRM that leads are of; none where tables of no CRM have leads too.
fn only_crm<'a>(leads: &'a Leads<'_>) -> Option<&'a str> {
    let systems = leads.list.iter().map(|lead| &*lead.source_system);
    let systems: BTreeSet<&str> =
        systems.filter(|system| *system != leads::FORMS).collect();
    let mut systems = systems.into_iter();
    let first = systems.next().filter(|system| base_system(system) != GENERIC);
    first.filter(|_| systems.next().is_none())
}

fn account_key(text: &str) -> Option<String> {
    company::key(text).map(|key| match key {
        CompanyKey::Name(name) => format!("name {name}"),
        CompanyKey::Domain(domain) => format!("domain {domain}"),
    })
}
