//! Records of a CRM become leads, each with the member whose connection it is.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{
    Exports, Known, copies,
    members::Members,
    persons::{Joins, Resolving, Taken},
    records::{self, RecordKey, Records},
};
use crate::{
    domain::{
        Ambiguity, Contact, EvidenceKind, Facts, Identity, Lead, LeadIndex, LeadStatus,
        LinkKind, MatchBasis, MemberIndex, Place, SourceEvidence, StatementKind, Subject,
    },
    normalize::{email, name},
    recognize::Field,
};

/// The leads, and where they are found by id.
#[derive(Debug, Default)]
pub(super) struct Leads<'a> {
    /// By source and id.
    pub(super) list: Vec<Lead>,
    /// By the source and id of what became part of one; looked up and never walked.
    joined: FxHashMap<(Box<str>, Box<str>), LeadIndex>,
    /// All rows of each lead, the newest first, lead after lead.
    pub(super) rows: Vec<(LeadIndex, &'a Contact)>,
    /// The newest row of each record that it is.
    pub(super) places: Vec<Vec<Place>>,
    /// The campaigns that the person answered.
    pub(super) campaigns: Vec<Vec<SourceEvidence>>,
}

impl Leads<'_> {
    /// The lead that has an id, or once had it.
    pub(super) fn by_id(&self, system: &str, id: &str) -> Option<LeadIndex> {
        let joined = || self.joined.get(&(system.into(), id.into())).copied();
        let joined = if self.joined.is_empty() { None } else { joined() };
        joined.or_else(|| {
            let found =
                self.list.binary_search_by(|one| Self::own_id(one).cmp(&(system, id)));
            found.ok().map(LeadIndex::from_index)
        })
    }

    /// What leads stand by.
    fn own_id(lead: &Lead) -> (&str, &str) {
        (&lead.source_system, &lead.remote_id)
    }

    /// Lets another id lead to the lead that a record is, if it is one.
    fn join(&mut self, gone: &RecordKey, now: &RecordKey) {
        if let Some(lead) = self.by_id(&now.0, &now.2) {
            self.joined.insert((gone.0.clone(), gone.2.clone()), lead);
        }
    }
}

/// The system of LinkedIn's lead forms.
pub(super) const FORMS: &str = "linkedin-leadgen";

/// The vendor in a format's name. LinkedIn is no CRM but for its lead forms.
pub fn system(format: &str) -> &str {
    if format.starts_with(FORMS) {
        return FORMS;
    }
    format.split('-').next().unwrap_or(format)
}

/// Makes the leads: one for each record, whatever the number of exports that hold it. A lead
/// and the contact that the CRM made of it are one.
pub(super) fn leads<'a>(
    told: Known<'a>,
    members: &Members,
    (resolving, joins): (&Resolving<'_>, &Joins),
    ambiguities: &mut Vec<Ambiguity>,
) -> Leads<'a> {
    let Known { exports, facts, records: known, .. } = told;
    let mut groups: BTreeMap<RecordKey, Vec<&Contact>> = BTreeMap::new();
    for contact in &facts.contacts {
        let own =
            records::key(exports, contact.place, Subject::Contact, &contact.remote_id);
        groups.entry(known.current(own)).or_default().push(contact);
    }
    let in_spaces = told.in_spaces(Subject::Contact);
    let in_spaces = Known { told: &in_spaces, ..told };
    let copies = copies::of_leads(in_spaces, &mut groups, resolving, ambiguities);
    let mut labelled = resolving.labelled.clone();
    labelled.extend(
        copies
            .iter()
            .filter(|(gone, _)| labelled.contains(*gone))
            .map(|(_, now)| now.clone())
            .collect::<Vec<_>>(),
    );
    let owners: FxHashMap<String, MemberIndex> = unique_names(members);
    let mut leads = Leads { list: Vec::with_capacity(groups.len()), ..Leads::default() };
    for (key, mut rows) in groups {
        // The surviving record speaks for those merged into it; then the newer row.
        rows.sort_by_key(|contact| {
            let own = exports.system(contact.place, Subject::Contact);
            let is_of_system = own == &*key.0;
            let is_survivor = (is_of_system, contact.remote_id == key.2);
            let changed = exports.changed_ms(contact.place, contact.changed_at);
            std::cmp::Reverse((is_survivor, changed, exports.rank(contact.place)))
        });
        let seen = rows.iter().map(|contact| (contact.place, contact.changed_at));
        if known.is_deleted(exports, &key, seen) {
            continue;
        }
        leads.campaigns.push(campaigns(known, &key));
        let is_labelled = labelled.contains(&key);
        let lead = lead(exports, facts, (key.0, key.2), &rows, known, resolving);
        let owner = owner(known, &lead.source_system, &rows);
        let index = LeadIndex::from_index(leads.list.len());
        leads.list.push(matched(
            lead,
            facts,
            &rows,
            (resolving, joins),
            owner.and_then(|name| owners.get(&name).copied()),
            is_labelled,
        ));
        leads.places.push(newest_of_each(&rows));
        leads.rows.extend(rows.into_iter().map(|row| (index, row)));
    }
    debug_assert!(
        leads.list.is_sorted_by_key(Leads::own_id),
        "leads stand by source and id"
    );
    for (gone, now) in &copies {
        leads.join(gone, now);
    }
    for (gone, now) in known.merged().filter(|(gone, _)| gone.1 == Subject::Contact) {
        leads.join(gone, &now);
    }
    leads
}

/// The newest row of each record that a lead is; rows stand with the newest first.
fn newest_of_each(rows: &[&Contact]) -> Vec<Place> {
    let mut seen = BTreeSet::new();
    let newest = rows.iter().filter(|row| seen.insert(&row.remote_id));
    let mut places: Vec<Place> = newest.map(|row| row.place).collect();
    places.shrink_to_fit();
    places
}

/// The campaigns that a person answered, as evidence of where they came from; each once, as
/// the newest export that holds it says.
fn campaigns(known: &Records<'_>, key: &RecordKey) -> Vec<SourceEvidence> {
    let statements = known.statements(key, StatementKind::Campaign);
    let newest: BTreeMap<&str, Place> =
        statements.map(|one| (&*one.object, one.place)).collect();
    let evidence = newest.into_iter().map(|(id, place)| SourceEvidence {
        place,
        kind: EvidenceKind::Tracked,
        column: "campaign".into(),
        text: known.name(&key.0, Subject::Campaign, id).unwrap_or(id).into(),
    });
    evidence.collect()
}

/// The key of the name of whose contact it is; a user's id stands for the user's name.
fn owner(known: &Records<'_>, system: &str, rows: &[&Contact]) -> Option<String> {
    let owner = rows[0].owner.as_deref()?;
    name::key(known.name(system, Subject::User, owner).unwrap_or(owner))
}

/// The newest word on a field: a row whose header lacks it says nothing, one whose cell is
/// empty says that there is none.
pub(super) fn newest<T, R: Copy>(
    exports: &Exports<'_>,
    rows: &[R],
    place: impl Fn(R) -> Place,
    field: Field,
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
    known: &Records<'_>,
    resolving: &Resolving<'_>,
) -> Lead {
    let first = rows[0];
    let identity = |row: &Contact| resolving.identity(row.identity);
    let any =
        |get: &dyn Fn(&Contact) -> Option<Box<str>>| rows.iter().find_map(|row| get(row));
    let said = |kind| {
        rows.iter().find_map(|row| {
            evidence(&facts.evidence, row.place).find(|one| one.kind == kind)
        })
    };
    let place = |row: &Contact| row.place;
    let account = |row: &Contact| known.accounts_of(exports, facts, row.place).next();
    // A record made of another, or merged with it, is as old as the oldest of them.
    let mut own: BTreeMap<&str, Vec<&Contact>> = BTreeMap::new();
    for &row in rows {
        own.entry(&row.remote_id).or_default().push(row);
    }
    let created_at = own
        .values()
        .filter_map(|rows| {
            newest(exports, rows, place, Field::CreatedAt, |row| row.created_at)
        })
        .min_by_key(|moment| moment.start());
    Lead {
        source_system,
        remote_id,
        person: resolving.persons.of(first.identity),
        full_name: any(&|row| identity(row).full_name.map(Into::into)),
        profile: any(&|row| identity(row).profile.map(Into::into)),
        company: any(&|row| identity(row).company.map(Into::into))
            .or_else(|| any(&|row| account(row).and_then(|one| one.name.clone()))),
        created_at,
        status: status(rows),
        lead_source: said(EvidenceKind::RepEntered).map(|one| one.text.clone()),
        self_reported: said(EvidenceKind::SelfReported).map(|one| one.text.clone()),
        member: None,
        matched: None,
        place: first.place,
    }
}

/// A lead that was converted has qualified, whatever the contact made of it says.
fn status(rows: &[&Contact]) -> LeadStatus {
    let is_converted = rows.iter().any(|row| row.is_converted);
    if is_converted { LeadStatus::Qualified } else { rows[0].status }
}

/// The statements of a record about its source.
fn evidence(
    all: &[SourceEvidence],
    place: Place,
) -> impl Iterator<Item = &SourceEvidence> {
    let same_line = move |other: Place| {
        (other.source_file_id(), other.line()) == (place.source_file_id(), place.line())
    };
    let from = all.partition_point(|one| one.place < place);
    all[from..].iter().take_while(move |one| same_line(one.place))
}

/// What is said of a lead's source: by its rows, and by the campaigns that the person
/// answered.
pub fn sources<'a>(
    all: &'a [SourceEvidence],
    rows: &'a [Place],
    campaigns: &'a [SourceEvidence],
) -> impl Iterator<Item = &'a SourceEvidence> {
    rows.iter().flat_map(|place| evidence(all, *place)).chain(campaigns)
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
    (resolving, joins): (&Resolving<'_>, &Joins),
    owner: Option<MemberIndex>,
    is_labelled: bool,
) -> Lead {
    let connections = || resolving.connections.of(lead.person);
    // Of several members' connections the owner's; else whose connection is the oldest.
    let chosen = connections().find(|(one, _)| Some(one.member) == owner).or_else(|| {
        connections().min_by_key(|(one, _)| (one.since.is_none(), one.since, one.member))
    });
    if let Some((connected, named)) = chosen {
        lead.member = Some(connected.member);
        let aliases: BTreeSet<String> = rows
            .iter()
            .flat_map(|row| super::deals::links(facts, row.place, LinkKind::AliasEmail))
            .flat_map(email::all)
            .collect();
        let other = resolving.identity(named);
        let taken = rows
            .iter()
            .map(|row| joins.taken(&resolving.persons, row.identity, named))
            .min();
        let shares = |get: fn(Identity<&str>) -> Option<&str>| {
            let theirs = get(other);
            theirs.is_some()
                && rows.iter().any(|row| get(resolving.identity(row.identity)) == theirs)
        };
        // What joins the record to another of the person, by which the connection is known.
        let through = match other.profile {
            Some(_) => MatchBasis::Profile,
            None => MatchBasis::Email,
        };
        lead.matched = Some(if is_labelled {
            (MatchBasis::Label, 1.0)
        } else if taken == Some(Taken::Phone) {
            (through, 0.90)
        } else if taken == Some(Taken::Domain) {
            (MatchBasis::NameCompany, 0.85)
        } else if taken != Some(Taken::Keys) {
            (MatchBasis::NameCompany, 0.75)
        } else if shares(|identity| identity.profile) {
            (MatchBasis::Profile, 0.97)
        } else if shares(|identity| identity.email) {
            (MatchBasis::Email, 0.99)
        } else if other.email.is_some_and(|address| aliases.contains(address)) {
            (MatchBasis::Email, 0.95)
        } else if lead.profile.is_some() {
            // Another record or list names the same person under both keys.
            (MatchBasis::Profile, 0.95)
        } else {
            (MatchBasis::Email, 0.95)
        });
    } else if let Some(member) = owner {
        lead.member = Some(member);
        lead.matched = Some((MatchBasis::Owner, 1.0));
    }
    lead
}
