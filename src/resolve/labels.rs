//! Who leads and contacts are, or are not, as the configuration says: that wins over all
//! that exports say.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Known, Label, Named,
    positions::Positions,
    records::{self, RecordKey},
    spaces::base_system,
    union_find::UnionFind,
};
use crate::{
    domain::{Ambiguity, Subject},
    normalize::{email, link::PersonKey},
};

/// What labels come to.
#[derive(Debug, Default)]
pub(super) struct Labelled {
    /// Records that are somebody, with the identities of both.
    same: Vec<(Vec<u32>, u32)>,
    /// Records that are not somebody.
    other: Vec<(Vec<u32>, Vec<u32>)>,
    /// The records that a label says who they are.
    pub(super) records: BTreeSet<RecordKey>,
    /// Identities whose own keys a label contradicts: they join nobody by these.
    pub(super) alone: FxHashSet<u32>,
}

/// A label with what it names.
struct Found<'a> {
    label: &'a Label,
    records: BTreeSet<RecordKey>,
    rows: Vec<u32>,
    holders: Vec<u32>,
}

impl Labelled {
    /// Finds what labels name. `sets` are joined by keys alone.
    pub(super) fn find(
        known: Known<'_>,
        positions: &Positions,
        sets: &mut UnionFind,
        ambiguities: &mut Vec<Ambiguity>,
    ) -> Self {
        let mut labelled = Self::default();
        if known.told.labels.is_empty() {
            return labelled;
        }
        let mut note = |label: &Label, text: String| {
            let not = if label.is_same { "" } else { " not" };
            let subject = format!("{} is{not} {}", label.record, label.name);
            ambiguities.push(Ambiguity::open(subject, text));
        };
        let rows = Rows::new(known, positions);
        let mut found = Vec::new();
        for label in &known.told.labels {
            match rows.of(known, label, sets) {
                Ok(one) => found.push(one),
                Err(text) => note(label, format!("configured, but {text}")),
            }
        }
        for at in disputed(&found, sets).into_iter().rev() {
            let one = found.remove(at);
            note(
                one.label,
                "configured, but another line says who else that is; neither counts"
                    .to_owned(),
            );
        }
        labelled.take(known, positions, found, sets);
        labelled
    }

    fn take(
        &mut self,
        known: Known<'_>,
        positions: &Positions,
        found: Vec<Found<'_>>,
        sets: &mut UnionFind,
    ) {
        let of_linkedin = of_linkedin(known, positions, sets);
        for one in found {
            let (row, holder) = (sets.find(one.rows[0]), sets.find(one.holders[0]));
            let is_joined = row == holder;
            let are_two = of_linkedin.contains(&row) && of_linkedin.contains(&holder);
            let is_contradicted =
                if one.label.is_same { !is_joined && are_two } else { is_joined };
            if is_contradicted {
                self.alone.extend(&one.rows);
            }
            if one.label.is_same {
                self.records.extend(one.records);
                self.same.push((one.rows, one.holders[0]));
            } else {
                self.other.push((one.rows, one.holders));
            }
        }
    }

    /// Joins records with whom they are.
    pub(super) fn join(&self, sets: &mut UnionFind) {
        for (rows, holder) in &self.same {
            for row in rows {
                sets.union(*row, *holder);
            }
        }
    }

    /// The sets of records that are somebody.
    pub(super) fn sets(&self, sets: &mut UnionFind) -> FxHashSet<u32> {
        self.same.iter().flat_map(|(rows, _)| rows).map(|row| sets.find(*row)).collect()
    }

    /// Pairs of sets that must not become one.
    pub(super) fn apart(&self, sets: &mut UnionFind) -> BTreeSet<(u32, u32)> {
        let mut apart = BTreeSet::new();
        for (rows, holders) in &self.other {
            for row in rows {
                for holder in holders {
                    let (one, other) = (sets.find(*row), sets.find(*holder));
                    apart.insert((one.min(other), one.max(other)));
                }
            }
        }
        apart
    }
}

/// The labels that contradict one another: of one record that is two persons, or is somebody
/// and is not.
fn disputed(found: &[Found<'_>], sets: &mut UnionFind) -> BTreeSet<usize> {
    let mut is: BTreeMap<&RecordKey, Vec<(usize, u32, bool)>> = BTreeMap::new();
    for (at, one) in found.iter().enumerate() {
        let holder = sets.find(one.holders[0]);
        for record in &one.records {
            is.entry(record).or_default().push((at, holder, one.label.is_same));
        }
    }
    let mut disputed = BTreeSet::new();
    for said in is.values() {
        for (at, holder, _) in said.iter().filter(|one| one.2) {
            let differs = |other: &&(usize, u32, bool)| (other.1 == *holder) != other.2;
            for (other, ..) in said.iter().filter(differs) {
                disputed.extend([*at, *other]);
            }
        }
    }
    disputed
}

/// The sets that stand for somebody on LinkedIn.
fn of_linkedin(
    known: Known<'_>,
    positions: &Positions,
    sets: &mut UnionFind,
) -> FxHashSet<u32> {
    let connected = known.facts.connections.iter().filter_map(|one| one.identity);
    let mut found: FxHashSet<u32> =
        connected.map(|id| sets.find(positions.of(id))).collect();
    for (at, (_, identity)) in (0_u32..).zip(known.facts.identities.iter()) {
        if identity.profile.is_some() || identity.member_id.is_some() {
            found.insert(sets.find(at));
        }
    }
    found
}

/// The rows of records by all that a label can name them by.
struct Rows<'a> {
    by_record: BTreeMap<RecordKey, Vec<u32>>,
    /// By id: the records that have or had it.
    by_id: BTreeMap<Box<str>, BTreeSet<RecordKey>>,
    // Looked up and never walked.
    record_of: FxHashMap<u32, RecordKey>,
    by_email: FxHashMap<&'a str, Vec<u32>>,
    by_link: FxHashMap<PersonKey, Vec<u32>>,
}

impl<'a> Rows<'a> {
    fn new(known: Known<'a>, positions: &Positions) -> Self {
        let mut rows = Self {
            by_record: BTreeMap::new(),
            by_id: BTreeMap::new(),
            record_of: FxHashMap::default(),
            by_email: FxHashMap::default(),
            by_link: FxHashMap::default(),
        };
        for contact in &known.facts.contacts {
            let at = positions.of(contact.identity);
            let own = records::key(
                known.exports,
                contact.place,
                Subject::Contact,
                &contact.remote_id,
            );
            let record = known.records.current(own.clone());
            rows.name(&own, &record);
            rows.record_of.insert(at, record.clone());
            rows.by_record.entry(record).or_default().push(at);
        }
        for (gone, record) in known.records.merged() {
            if gone.1 == Subject::Contact {
                rows.name(gone, &record);
            }
        }
        for (at, (_, identity)) in (0_u32..).zip(known.facts.identities.iter()) {
            if let Some(address) = identity.email {
                rows.by_email.entry(address).or_default().push(at);
            }
            let slug = identity.profile.map(str::to_owned);
            let id = identity.member_id.map(str::to_owned);
            let keys = [slug.map(PersonKey::Profile), id.map(PersonKey::MemberId)];
            for key in keys.into_iter().flatten() {
                rows.by_link.entry(key).or_default().push(at);
            }
        }
        rows
    }

    fn name(&mut self, (system, _, id): &RecordKey, record: &RecordKey) {
        let mut add = |name: String| {
            self.by_id.entry(name.into()).or_default().insert(record.clone());
        };
        add(id.to_string());
        add(format!("{system}:{id}"));
        // Two tables may have it, and only where one does it says which record is meant.
        add(format!("{}:{id}", base_system(system)));
        // The same id in a report of Salesforce's.
        if &**system == "salesforce" && id.len() == 18 && id.is_ascii() {
            add(id[..15].to_owned());
            add(format!("{system}:{}", &id[..15]));
        }
    }

    fn of(
        &self,
        known: Known<'_>,
        label: &'a Label,
        sets: &mut UnionFind,
    ) -> Result<Found<'a>, String> {
        let records = self.records(known, &label.record, sets)?;
        let rows: Vec<u32> =
            records.iter().flat_map(|record| &self.by_record[record]).copied().collect();
        let holders = match &label.person {
            Named::Email(address) => self.by_email.get(address.as_str()),
            Named::Profile(key) => self.by_link.get(key),
        };
        let holders: Vec<u32> = holders
            .into_iter()
            .flatten()
            .copied()
            .filter(|at| !rows.contains(at))
            .collect();
        let persons: BTreeSet<u32> = holders.iter().map(|at| sets.find(*at)).collect();
        match persons.len() {
            0 => {
                Err("no other file names that person; nothing was joined by it"
                    .to_owned())
            }
            1 => Ok(Found { label, records, rows, holders }),
            count => {
                Err(format!("that stands on {count} persons; name one by a LinkedIn URL"))
            }
        }
    }

    /// The records that a label names.
    fn records(
        &self,
        known: Known<'_>,
        name: &str,
        sets: &mut UnionFind,
    ) -> Result<BTreeSet<RecordKey>, String> {
        if let Some(address) = email::key(name) {
            let rows = self.by_email.get(address.as_str()).into_iter().flatten();
            let rows: Vec<u32> =
                rows.copied().filter(|at| self.record_of.contains_key(at)).collect();
            let persons: BTreeSet<u32> = rows.iter().map(|at| sets.find(*at)).collect();
            return match persons.len() {
                0 => Err("no lead or contact has that address".to_owned()),
                1 => Ok(rows.iter().map(|at| self.record_of[at].clone()).collect()),
                count => Err(format!(
                    "that address stands on {count} leads; name one by the CRM's id"
                )),
            };
        }
        let name = name.trim();
        let found = self.by_id.get(name).cloned().unwrap_or_default();
        let found: BTreeSet<RecordKey> =
            found.into_iter().map(|key| known.records.current(key)).collect();
        let found: BTreeSet<RecordKey> =
            found.into_iter().filter(|key| self.by_record.contains_key(key)).collect();
        match found.len() {
            0 => Err("no lead or contact has that id".to_owned()),
            1 => Ok(found),
            _ => {
                let names: Vec<String> = found
                    .iter()
                    .map(|(system, _, id)| format!("{system}:{id}"))
                    .collect();
                Err(format!("that is the id of several: {}", names.join(", ")))
            }
        }
    }
}
