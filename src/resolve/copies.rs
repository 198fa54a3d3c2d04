//! Records of a CRM that holds copies of another's, as the configuration says: each counts
//! once, where it is no copy.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Copy, Known, deals,
    leads::Leads,
    persons::Resolving,
    records::{self, RecordKey},
    twins::{Trait, traits},
};
use crate::{
    domain::{
        Ambiguity, AmountKind, Contact, Currency, DealStatus, DealSummary, LinkKind,
        Moment, PersonIndex, Subject,
    },
    normalize::stage_key,
};

/// Copies by their own keys, each with the record that it is a copy of.
pub(super) type Copies = BTreeMap<RecordKey, RecordKey>;

/// Makes one record of leads who are one person in a CRM and in its copy. The rows of the
/// copy stand behind the others.
pub(super) fn of_leads(
    known: Known<'_>,
    groups: &mut BTreeMap<RecordKey, Vec<&Contact>>,
    resolving: &Resolving<'_>,
    ambiguities: &mut Vec<Ambiguity>,
) -> Copies {
    let person = |rows: &[&Contact]| resolving.persons.of(rows[0].identity);
    let mut copies = Copies::new();
    for Copy { system, of } in &known.told.copies {
        let mut originals: BTreeMap<PersonIndex, Vec<RecordKey>> = BTreeMap::new();
        for (key, rows) in groups.iter().filter(|(key, _)| *key.0 == **of) {
            originals.entry(person(rows)).or_default().push(key.clone());
        }
        let own = groups.iter().filter(|(key, _)| *key.0 == **system);
        let own: Vec<(RecordKey, PersonIndex)> =
            own.map(|(key, rows)| (key.clone(), person(rows))).collect();
        for (key, person) in own {
            match originals.get(&person).map_or(&[][..], Vec::as_slice) {
                [] => {}
                [original] => {
                    let mut rows = groups.remove(&key).unwrap_or_default();
                    groups.entry(original.clone()).or_default().append(&mut rows);
                    copies.insert(key, original.clone());
                }
                several => ambiguities.push(Ambiguity::open(
                    format!("{} ({system})", key.2),
                    format!(
                        "is a copy of one of {} records of {of} that are one person, and \
                         counts by itself",
                        several.len()
                    ),
                )),
            }
        }
    }
    copies
}

/// What a deal and its copy have in common.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Sign {
    own: Trait,
    amount: Option<(i64, Currency, AmountKind)>,
    closed: Option<jiff::civil::Date>,
}

/// What is compared where no id tells a copy, the surest first.
#[derive(Clone, PartialEq, Eq)]
enum By {
    /// Name, amount and closing day, if they have any.
    Name,
    /// A person, of won deals with amount and closing day.
    Person,
    /// The same without the day, where a name or a day is missing.
    PersonAlone,
}

impl By {
    fn signs(&self, leads: &Leads<'_>, deal: &DealSummary) -> Vec<Sign> {
        let amount = deal.amount_minor.map(|it| (it, deal.currency, deal.amount_kind));
        let closed = deal.closed_at.map(Moment::day);
        let is_wanted = |own: &Trait| match own {
            Trait::Name(name) => *self == Self::Name && !name.is_empty(),
            Trait::Person(_) => {
                let has_day = *self == Self::PersonAlone || closed.is_some();
                let is_won = deal.status == DealStatus::Won && amount.is_some();
                *self != Self::Name && has_day && is_won
            }
        };
        let closed = closed.filter(|_| *self != Self::PersonAlone);
        let own = traits(leads, deal).into_iter().filter(is_wanted);
        own.map(|own| Sign { own, amount, closed }).collect()
    }

    /// Whether two deals that have a sign in common may be one.
    fn fits(&self, deals: [&DealSummary; 2]) -> bool {
        let lacks = |deal: &DealSummary| deal.name.is_none() || deal.closed_at.is_none();
        *self != Self::PersonAlone || deals.into_iter().any(lacks)
    }
}

/// Takes deals away that are copies of others: by an id, else by name, amount and closing
/// day, else by person, where these are one deal's on each side. What a copy alone knows of its
/// persons goes to the other. Returns what the configuration says that was true of any deal.
pub(super) fn of_deals<'a>(
    known: Known<'a>,
    leads: &Leads<'_>,
    deals: &mut Vec<DealSummary>,
    ambiguities: &mut Vec<Ambiguity>,
) -> Vec<&'a Copy> {
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    let mut told = Vec::new();
    for copy in &known.told.copies {
        let found = pairs(known, copy, (leads, deals), &gone);
        for (at, original) in &found {
            if deals[*original].leads.is_empty() {
                deals[*original].leads = std::mem::take(&mut deals[*at].leads);
            }
            gone.insert(*at);
        }
        // A name that means several spaces may have no records of its own.
        let is_spaces = 1 < known.exports.systems_of(&copy.of, Subject::Deal).len();
        if !is_spaces || deals.iter().any(|deal| *deal.source_system == *copy.of) {
            note(copy, deals, &found, &gone, ambiguities);
        }
        told.extend((!found.is_empty()).then_some(copy));
    }
    let mut at = 0..deals.len();
    deals.retain(|_| at.next().is_none_or(|at| !gone.contains(&at)));
    told
}

/// Copies with their originals, as positions.
fn pairs(
    known: Known<'_>,
    copy: &Copy,
    (leads, deals): (&Leads<'_>, &[DealSummary]),
    gone: &BTreeSet<usize>,
) -> BTreeMap<usize, usize> {
    let of_system = |system: &str| -> Vec<usize> {
        let is_own =
            |at: &usize| *deals[*at].source_system == *system && !gone.contains(at);
        (0..deals.len()).filter(is_own).collect()
    };
    let (copies, originals) = (of_system(&copy.system), of_system(&copy.of));
    let mut found = BTreeMap::new();
    let mut is_taken = BTreeSet::new();
    for (at, original) in by_id(known, copy, deals, (&copies, &originals)) {
        if is_taken.insert(original) {
            found.insert(at, original);
        }
    }
    for by in [By::Name, By::Person, By::PersonAlone] {
        let mut signs: BTreeMap<Sign, [Vec<usize>; 2]> = BTreeMap::new();
        let rest = copies.iter().filter(|at| !found.contains_key(at));
        let others = originals.iter().filter(|at| !is_taken.contains(at));
        for (side, at) in rest.map(|at| (0, *at)).chain(others.map(|at| (1, *at))) {
            for sign in by.signs(leads, &deals[at]) {
                signs.entry(sign).or_default()[side].push(at);
            }
        }
        for sides in signs.into_values() {
            let ([at], [original]) = (sides[0].as_slice(), sides[1].as_slice()) else {
                continue;
            };
            let is_one =
                !found.contains_key(at) && by.fits([*at, *original].map(|at| &deals[at]));
            if is_one && is_taken.insert(*original) {
                found.insert(*at, *original);
            }
        }
    }
    found
}

/// Pairs of which one names the other's id.
fn by_id(
    known: Known<'_>,
    copy: &Copy,
    deals: &[DealSummary],
    (copies, originals): (&[usize], &[usize]),
) -> BTreeMap<usize, usize> {
    let Known { exports, facts, records, .. } = known;
    let by_key: BTreeMap<RecordKey, usize> = copies
        .iter()
        .chain(originals)
        .map(|at| {
            let deal = &deals[*at];
            let id = deal.remote_id.clone();
            ((deal.source_system.clone(), Subject::Deal, id), *at)
        })
        .collect();
    let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for row in &facts.deals {
        let own = records::key(exports, row.place, Subject::Deal, &row.remote_id);
        let own = records.current(own);
        let (is_copy, other) = match &*own.0 {
            system if *system == *copy.system => (true, &copy.of),
            system if *system == *copy.of => (false, &copy.system),
            _ => continue,
        };
        for id in deals::links(facts, row.place, LinkKind::OtherId) {
            let named = (other.as_str().into(), Subject::Deal, id.into());
            let named = by_key.get(&records.current(named));
            if let (Some(own), Some(named)) = (by_key.get(&own), named) {
                let (at, original) = if is_copy { (own, named) } else { (named, own) };
                found.entry(*at).or_default().insert(*original);
            }
        }
    }
    let sure = found.into_iter().filter(|(_, originals)| originals.len() == 1);
    sure.filter_map(|(at, originals)| Some((at, originals.into_iter().next()?))).collect()
}

/// Says how many copies count by themselves, and which of them another deal has the name of.
fn note(
    copy: &Copy,
    deals: &[DealSummary],
    found: &BTreeMap<usize, usize>,
    gone: &BTreeSet<usize>,
    ambiguities: &mut Vec<Ambiguity>,
) {
    let Copy { system, of } = copy;
    let is_of = |at: usize, system: &str| *deals[at].source_system == *system;
    let taken: BTreeSet<usize> = found.values().copied().collect();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for at in (0..deals.len()).filter(|at| is_of(*at, of) && !taken.contains(at)) {
        if let Some(name) = &deals[at].name {
            names.entry(stage_key(name)).or_insert(at);
        }
    }
    let mut alone: u64 = 0;
    for at in (0..deals.len()).filter(|at| is_of(*at, system) && !gone.contains(at)) {
        alone += 1;
        let deal = &deals[at];
        let name = deal.name.as_deref().map(stage_key);
        let Some(other) = name.and_then(|name| names.get(&name)) else { continue };
        let is_won = [deal, &deals[*other]].map(|one| one.status == DealStatus::Won);
        let both = if is_won == [true, true] { "; both are won" } else { "" };
        let text = format!(
            "has the name of deal {} ({of}), but another amount or closing day, or several \
             have them; not taken as its copy, so both count{both}",
            deals[*other].remote_id
        );
        let subject = format!("deal {} ({system})", deal.remote_id);
        ambiguities.push(Ambiguity::open(subject, text));
    }
    if 0 < alone {
        let text = format!(
            "configured as a copy: deals counted as {of} has them: {}; deals without a \
             counterpart there, which count by themselves: {alone}",
            found.len()
        );
        let subject = format!("{system} and {of}");
        ambiguities.push(Ambiguity::open(subject, text));
    }
}
