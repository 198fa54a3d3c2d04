//! Records of a CRM become leads, each with the member whose connection it is.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Exports, members::Members, persons::Resolving};
use crate::{
    domain::{
        Contact, EvidenceKind, Facts, Lead, LeadIndex, LinkKind, MatchBasis, MemberIndex,
        Place, SourceEvidence,
    },
    normalize::{email, name},
};

/// The leads, and where they are found by id.
#[derive(Debug, Default)]
pub(super) struct Leads {
    pub(super) list: Vec<Lead>,
    /// By source and every id that the record has or had.
    pub(super) by_id: BTreeMap<(Box<str>, Box<str>), LeadIndex>,
    /// All rows of each lead, the newest first.
    pub(super) records: Vec<Vec<usize>>,
}

/// The vendor in a format's name. LinkedIn is no CRM but for its lead forms.
pub(super) fn system(format: &str) -> &str {
    const FORMS: &str = "linkedin-leadgen";
    if format.starts_with(FORMS) {
        return FORMS;
    }
    format.split('-').next().unwrap_or(format)
}

/// Makes the leads: one for each record, whatever the number of exports that hold it.
pub(super) fn leads(
    exports: &Exports<'_>,
    members: &Members,
    facts: &Facts,
    resolving: &mut Resolving<'_>,
) -> Leads {
    let survivors = survivors(exports, facts, LinkKind::MergedId);
    let mut groups: BTreeMap<(Box<str>, Box<str>), Vec<usize>> = BTreeMap::new();
    for (index, contact) in facts.contacts.iter().enumerate() {
        let key = survivor(&survivors, key(exports, contact.place, &contact.remote_id));
        groups.entry(key).or_default().push(index);
    }
    let owners: FxHashMap<String, MemberIndex> = unique_names(members);
    let mut leads = Leads::default();
    for (key, mut records) in groups {
        // The surviving record speaks for those merged into it; then the newer row.
        records.sort_by_key(|&at| {
            let contact = &facts.contacts[at];
            let is_survivor = contact.remote_id == key.1;
            let changed = contact.changed_at.map(crate::domain::Moment::start);
            std::cmp::Reverse((is_survivor, changed, exports.rank(contact.place)))
        });
        let index = LeadIndex::from_index(leads.list.len());
        leads.by_id.insert(key.clone(), index);
        for (merged, survivor) in &survivors {
            if *survivor == key {
                leads.by_id.insert(merged.clone(), index);
            }
        }
        let rows: Vec<&Contact> = records.iter().map(|&at| &facts.contacts[at]).collect();
        let lead = lead(exports, facts, key, &rows, resolving);
        leads.list.push(matched(lead, facts, &rows, resolving, &owners));
        leads.records.push(records);
    }
    leads
}

/// A record's source and id.
pub(super) fn key(exports: &Exports<'_>, place: Place, id: &str) -> (Box<str>, Box<str>) {
    (system(&exports.file(place).format).into(), id.into())
}

type Survivors = BTreeMap<(Box<str>, Box<str>), (Box<str>, Box<str>)>;

/// Which record each merged-away id belongs to now.
pub(super) fn survivors(
    exports: &Exports<'_>,
    facts: &Facts,
    kind: LinkKind,
) -> Survivors {
    let mut ids: BTreeMap<Place, &str> = BTreeMap::new();
    ids.extend(facts.contacts.iter().map(|one| (one.place, &*one.remote_id)));
    ids.extend(facts.deals.iter().map(|one| (one.place, &*one.remote_id)));
    let is_deal = |place: Place| exports.file(place).format.ends_with("deals");
    let mut survivors = Survivors::new();
    for link in facts.links.iter().filter(|link| link.kind == kind) {
        let Some(id) = ids.get(&link.place).filter(|id| **id != &*link.text) else {
            continue;
        };
        let prefix = if is_deal(link.place) { "deal " } else { "" };
        let (system, merged) =
            key(exports, link.place, &format!("{prefix}{}", link.text));
        survivors.insert((system.clone(), merged), (system, (*id).into()));
    }
    survivors
}

/// Follows merges of merged records to the end.
fn survivor(survivors: &Survivors, key: (Box<str>, Box<str>)) -> (Box<str>, Box<str>) {
    let mut seen = BTreeSet::new();
    let mut at = key;
    while let Some(next) = survivors.get(&at) {
        if !seen.insert(at.clone()) {
            break;
        }
        at = next.clone();
    }
    at
}

/// The newest word on a field: a row whose header lacks it says nothing, one whose cell is
/// empty says that there is none.
pub(super) fn newest<T, R: Copy>(
    exports: &Exports<'_>,
    rows: &[R],
    place: impl Fn(R) -> Place,
    field: &str,
    get: impl Fn(R) -> Option<T>,
) -> Option<T> {
    let says = |row: &&R| exports.has_field(place(**row), field);
    rows.iter().find(says).and_then(|row| get(*row))
}

fn lead(
    exports: &Exports<'_>,
    facts: &Facts,
    (source_system, remote_id): (Box<str>, Box<str>),
    rows: &[&Contact],
    resolving: &Resolving<'_>,
) -> Lead {
    let first = rows[0];
    let identity = |row: &Contact| resolving.identity(row.identity);
    let any =
        |get: &dyn Fn(&Contact) -> Option<Box<str>>| rows.iter().find_map(|row| get(row));
    let said = |kind| {
        rows.iter()
            .find_map(|row| evidence(facts, row.place).find(|one| one.kind == kind))
    };
    let place = |row: &Contact| row.place;
    let created_at = newest(exports, rows, place, "CreatedAt", |row| row.created_at);
    Lead {
        source_system,
        remote_id,
        person: resolving.persons.of(first.identity),
        full_name: any(&|row| identity(row).full_name.clone()),
        profile: any(&|row| identity(row).profile.clone()),
        company: any(&|row| identity(row).company.clone()),
        created_at,
        status: first.status,
        lead_source: said(EvidenceKind::RepEntered).map(|one| one.text.clone()),
        self_reported: said(EvidenceKind::SelfReported).map(|one| one.text.clone()),
        member: None,
        matched: None,
        place: first.place,
    }
}

/// The statements of a record about its source.
pub fn evidence(facts: &Facts, place: Place) -> impl Iterator<Item = &SourceEvidence> {
    let same_line = move |other: Place| {
        (other.source_file_id(), other.line()) == (place.source_file_id(), place.line())
    };
    let from = facts.evidence.partition_point(|one| one.place < place);
    facts.evidence[from..].iter().take_while(move |one| same_line(one.place))
}

/// Full names that are one member's alone.
fn unique_names(members: &Members) -> FxHashMap<String, MemberIndex> {
    let mut named: FxHashMap<String, Vec<MemberIndex>> = FxHashMap::default();
    for (index, member) in members.list.iter().enumerate() {
        if let Some(key) = name::key(&member.full_name) {
            named.entry(key).or_default().push(MemberIndex::from_index(index));
        }
    }
    named
        .into_iter()
        .filter(|(_, one)| one.len() == 1)
        .map(|(key, one)| (key, one[0]))
        .collect()
}

/// Finds the member: whose connection it is, else whose contact the CRM says it is.
fn matched(
    mut lead: Lead,
    facts: &Facts,
    rows: &[&Contact],
    resolving: &mut Resolving<'_>,
    owners: &FxHashMap<String, MemberIndex>,
) -> Lead {
    let owner =
        rows[0].owner.as_deref().and_then(name::key).and_then(|key| owners.get(&key));
    let range = (lead.person, MemberIndex(0))..=(lead.person, MemberIndex(u32::MAX));
    let connections: Vec<_> = resolving
        .connections
        .range(range)
        .map(|((_, member), one)| (*member, *one))
        .collect();
    // Of several members' connections the owner's; else whose connection is the oldest.
    let chosen =
        connections.iter().find(|(member, _)| Some(member) == owner).or_else(|| {
            connections
                .iter()
                .min_by_key(|(member, one)| (one.since.is_none(), one.since, *member))
        });
    if let Some((member, connected)) = chosen {
        lead.member = Some(*member);
        let aliases: BTreeSet<String> = rows
            .iter()
            .flat_map(|row| super::deals::links(facts, row.place, LinkKind::AliasEmail))
            .flat_map(email::all)
            .collect();
        let other = resolving.identity(connected.identity);
        let is_strong =
            rows.iter().any(|row| resolving.is_strong(row.identity, connected.identity));
        let shares = |get: &dyn Fn(&crate::domain::Identity) -> Option<Box<str>>| {
            let theirs = get(other);
            theirs.is_some()
                && rows.iter().any(|row| get(resolving.identity(row.identity)) == theirs)
        };
        lead.matched = Some(if !is_strong {
            (MatchBasis::NameCompany, 0.75)
        } else if shares(&|identity| identity.profile.clone()) {
            (MatchBasis::Profile, 0.97)
        } else if shares(&|identity| identity.email.clone()) {
            (MatchBasis::Email, 0.99)
        } else if other.email.as_deref().is_some_and(|address| aliases.contains(address))
        {
            (MatchBasis::Email, 0.95)
        } else if lead.profile.is_some() {
            // Another record or list names the same person under both keys.
            (MatchBasis::Profile, 0.95)
        } else {
            (MatchBasis::Email, 0.95)
        });
    } else if let Some(&member) = owner {
        lead.member = Some(member);
        lead.matched = Some((MatchBasis::Owner, 1.0));
    }
    lead
}
