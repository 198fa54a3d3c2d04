//! Deals and leads of two CRMs that may be one. Nothing but their facts says so, so that
//! both count, and it is said.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Copy, Exports,
    leads::Leads,
    records::RecordKey,
    spaces::{base_system, is_nobodys},
};
use crate::{
    domain::{
        Ambiguity, Deal, DealStatus, DealSummary, LeadIndex, Moment, PersonIndex, count,
    },
    normalize::stage_key,
};

/// Says which won deals of two CRMs have one amount, one day, and one name or person; `copies`
/// are those of the configuration that were found to be some.
pub(super) fn note_deals(
    leads: &Leads<'_>,
    deals: &[DealSummary],
    copies: &[&Copy],
    ambiguities: &mut Vec<Ambiguity>,
) {
    if is_one(deals.iter().map(|deal| &deal.source_system)) {
        return;
    }
    // What the configuration speaks of is told elsewhere.
    let is_told = |one: &str, other: &str| {
        let mut copies = copies.iter();
        copies.any(|Copy { system, of }| {
            [(one, other), (other, one)].contains(&(system.as_str(), of.as_str()))
        })
    };
    let mut alike: BTreeMap<_, Vec<&DealSummary>> = BTreeMap::new();
    for deal in deals.iter().filter(|deal| deal.status == DealStatus::Won) {
        let (Some(amount), Some(closed)) = (deal.amount_minor, deal.closed_at) else {
            continue;
        };
        if amount != 0 {
            let key = (amount, deal.currency, deal.amount_kind, closed.day());
            alike.entry(key).or_default().push(deal);
        }
    }
    for group in alike.into_values() {
        let systems: BTreeSet<&str> =
            group.iter().map(|one| &*one.source_system).collect();
        if systems.len() < 2 {
            continue;
        }
        // By trait and system: where in the group, in order.
        let mut places: BTreeMap<Trait, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
        for (at, deal) in group.iter().enumerate() {
            for own in traits(leads, deal) {
                let of_system = places.entry(own).or_default();
                of_system.entry(&deal.source_system).or_default().push(at);
            }
        }
        for (at, one) in group.iter().enumerate() {
            let others = traits(leads, one).into_iter().flat_map(|own| &places[&own]);
            let others = others.filter(|(system, _)| {
                **system != &*one.source_system && !is_told(system, &one.source_system)
            });
            let next = others.filter_map(|(_, places)| {
                places.get(places.partition_point(|place| *place <= at))
            });
            let Some(other) = next.min().map(|at| group[*at]) else { continue };
            let text = format!(
                "has the amount and day of deal {} ({}), and its name or person; nothing says \
                 that they are one, so both count: [[copy]] in the configuration says that one CRM holds \
                 copies of the other",
                other.remote_id, other.source_system
            );
            let subject = format!("deal {} ({})", one.remote_id, one.source_system);
            ambiguities.push(Ambiguity::open(subject, text));
        }
    }
}

/// Whether all records are of one CRM, as most people have.
fn is_one<'a>(mut systems: impl Iterator<Item = &'a Box<str>>) -> bool {
    let first = systems.next();
    systems.all(|system| Some(system) == first)
}

/// What two deals of one amount and day have in common where they are one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trait {
    Name(String),
    Person(PersonIndex),
}

pub(super) fn traits(leads: &Leads<'_>, deal: &DealSummary) -> BTreeSet<Trait> {
    let name = deal.name.as_deref().map(|name| Trait::Name(stage_key(name)));
    let person = |lead: LeadIndex| Trait::Person(leads.list[lead.index()].person);
    name.into_iter().chain(deal.leads.iter().map(|one| person(one.lead))).collect()
}

/// Says which rows of one id differ in all that makes a deal: two CRMs may have given it.
pub(super) fn note_one_id(
    (system, _, id): &RecordKey,
    rows: &[&Deal],
    ambiguities: &mut Vec<Ambiguity>,
) {
    let same = |one: &Deal, other: &Deal| {
        let names = [one, other].map(|deal| deal.name.as_deref().map(stage_key));
        let days = [one, other].map(|deal| deal.created_at.map(Moment::day));
        let amounts = [one, other].map(|deal| Some((deal.amount_minor?, deal.currency)));
        let is_one_file = one.place.source_file_id() == other.place.source_file_id();
        let are_names_unlike = are_unlike(names[0].as_ref(), names[1].as_ref());
        let (Some(day), Some(other_day)) = (days[0], days[1]) else {
            let is_unlike = are_names_unlike && are_unlike(amounts[0], amounts[1]);
            return is_one_file || !is_unlike;
        };
        // The same instant in two zones may be two days.
        names[0] == names[1] || day.duration_until(other_day).as_hours().abs() <= 24
    };
    let own = |row: &&&Deal| row.remote_id == *id;
    let mut rows = rows.iter().filter(own);
    let Some(first) = rows.next() else { return };
    let Some(other) = rows.find(|row| !same(first, row)) else { return };
    let name = |deal: &Deal| deal.name.clone().unwrap_or_default();
    let what = |one: &Deal, other: &Deal| match one.created_at.zip(other.created_at) {
        Some(_) => "was made on other days",
        None => "is worth another amount",
    };
    let text = format!(
        "is called \"{}\" in one file and \"{}\" in another, and {}; \
         taken as one deal: if two CRMs gave this id, give each a format of its own",
        name(first),
        name(other),
        what(first, other)
    );
    let subject = format!("deal {id} ({system})");
    ambiguities.push(Ambiguity::joined(subject, text));
}

/// Says that two exports, or two rows of one, state a deal otherwise where nothing tells which
/// is newer: `rows` are those that may be the newest, the one that counts first.
pub(super) fn note_undated<'a>(
    exports: &Exports<'_>,
    (system, _, id): &RecordKey,
    mut rows: impl Iterator<Item = &'a Deal>,
    ambiguities: &mut Vec<Ambiguity>,
) {
    let Some(first) = rows.next() else { return };
    let Some(other) = rows.find(|other| are_stated_unlike(first, other)) else { return };
    let lines = [first, other].map(|deal| deal.place.line());
    let is_one_file = first.place.source_file_id() == other.place.source_file_id();
    let [file, other] = [first, other].map(|deal| &*exports.file(deal.place).name);
    let (places, way_out) = if is_one_file {
        let [line, other] = lines;
        (
            format!("lines {line} and {other} of {file}: taken as in line {line}"),
            "A column of when records changed would tell; where each row is a part of the \
             deal, as a product is, export deals alone, a row each",
        )
    } else {
        let places = if file == other {
            format!(
                "two files called {file}, and nothing tells which is newer: taken as in one"
            )
        } else {
            format!(
                "{file} and {other}, and nothing tells which is newer: taken as in the first"
            )
        };
        let way_out = "A column of when records changed would tell, or a day like 2026-01-31 \
                       in the names of the files";
        (places, way_out)
    };
    let text = format!("amount or status are not the same in {places}. {way_out}");
    let subject = format!("deal {id} ({system})");
    ambiguities.push(Ambiguity::joined(subject, text));
}

/// Says that a file whose name has a later day states a deal otherwise than the one that counts,
/// because that one's newest record is newer: `rows` begin with the row that counts.
pub(super) fn note_named_later(
    exports: &Exports<'_>,
    (system, _, id): &RecordKey,
    rows: &[&Deal],
    ambiguities: &mut Vec<Ambiguity>,
) {
    let Some((first, others)) = rows.split_first() else { return };
    let is_doubtful = |other: &&&Deal| {
        let is_dated = first.changed_at.is_some() && other.changed_at.is_some();
        let days = exports.named_on(first.place).zip(exports.named_on(other.place));
        let is_later = days.is_some_and(|(one, other)| one < other);
        !is_dated && is_later && are_stated_unlike(first, other)
    };
    let Some(other) = others.iter().find(is_doubtful) else { return };
    let [file, other] = [first, other].map(|deal| &*exports.file(deal.place).name);
    let text = format!(
        "amount or status are not the same in {other}, whose name has the later day, and in \
         {file}, whose newest record is newer: taken as in the latter. A column of when records \
         changed would tell"
    );
    let subject = format!("deal {id} ({system})");
    ambiguities.push(Ambiguity::joined(subject, text));
}

/// Whether two rows say otherwise what became of a deal, or what it is worth.
fn are_stated_unlike(one: &Deal, other: &Deal) -> bool {
    let status =
        |deal: &Deal| Some(deal.status).filter(|status| *status != DealStatus::Unknown);
    let amount = |deal: &Deal| Some((deal.amount_minor?, deal.currency));
    are_unlike(status(one), status(other)) || are_unlike(amount(one), amount(other))
}

/// Whether both are known, and not the same.
fn are_unlike<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Says how many persons are leads of two CRMs, or several leads of tables of nobody's.
pub(super) fn note_leads(leads: &Leads<'_>, ambiguities: &mut Vec<Ambiguity>) {
    note_several(leads, ambiguities);
    if is_one(leads.list.iter().map(|lead| &lead.source_system)) {
        return;
    }
    let mut systems: BTreeMap<PersonIndex, BTreeSet<&str>> = BTreeMap::new();
    for lead in &leads.list {
        systems.entry(lead.person).or_default().insert(&lead.source_system);
    }
    let mut counts: BTreeMap<Vec<&str>, u64> = BTreeMap::new();
    for systems in systems.into_values().filter(|systems| 1 < systems.len()) {
        *counts.entry(systems.into_iter().collect()).or_default() += 1;
    }
    for (systems, persons) in counts {
        let text = format!(
            "{} in each of them, each counted once in each: [[copy]] in the configuration says \
             that one CRM holds copies of the other",
            count(persons, "person is a lead", "persons are leads")
        );
        let subject = systems.join(" and ");
        ambiguities.push(Ambiguity::open(subject, text));
    }
}

/// A CRM says who is who among its own records, and tables of nobody's do not.
fn note_several(leads: &Leads<'_>, ambiguities: &mut Vec<Ambiguity>) {
    let systems: BTreeSet<&str> =
        leads.list.iter().map(|it| &*it.source_system).collect();
    for system in systems.into_iter().filter(|system| is_nobodys(base_system(system))) {
        let mut times: BTreeMap<PersonIndex, u64> = BTreeMap::new();
        for lead in leads.list.iter().filter(|lead| *lead.source_system == *system) {
            *times.entry(lead.person).or_default() += 1;
        }
        let count = times.values().filter(|times| 1 < **times).count();
        if 0 < count {
            let text = format!(
                "persons who are leads under several ids, and count once for each: {count}; \
                 where one table holds copies of another, formats of their own and [[copy]] \
                 in the configuration make them one"
            );
            ambiguities.push(Ambiguity::open(format!("leads of {system}"), text));
        }
    }
}
