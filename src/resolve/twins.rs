//! Deals and leads of two CRMs that may be one. Nothing but their facts says so, so that
//! both count, and it is said.

use std::collections::{BTreeMap, BTreeSet};

use super::{leads::Leads, records::RecordKey};
use crate::{
    domain::{Ambiguity, Deal, DealStatus, DealSummary, Moment, PersonIndex},
    normalize::stage_key,
};

/// Says which won deals of two CRMs have one amount, one day, and one name or person.
pub(super) fn note_deals(
    leads: &Leads,
    deals: &[DealSummary],
    ambiguities: &mut Vec<Ambiguity>,
) {
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
    let persons = |deal: &DealSummary| -> BTreeSet<PersonIndex> {
        deal.leads.iter().map(|one| leads.list[one.lead.index()].person).collect()
    };
    let name = |deal: &DealSummary| deal.name.as_deref().map(stage_key);
    let is_one = |one: &DealSummary, other: &DealSummary| {
        one.source_system != other.source_system
            && ((name(one).is_some() && name(one) == name(other))
                || !persons(one).is_disjoint(&persons(other)))
    };
    for group in alike.into_values() {
        for (at, one) in group.iter().enumerate() {
            let Some(other) = group[at + 1..].iter().find(|other| is_one(one, other))
            else {
                continue;
            };
            let text = format!(
                "has the amount and day of deal {} ({}), and its name or person; nothing says \
                 that they are one, so both count: leave one export out if they are",
                other.remote_id, other.source_system
            );
            let subject = format!("deal {} ({})", one.remote_id, one.source_system);
            ambiguities.push(Ambiguity { subject: subject.into(), text: text.into() });
        }
    }
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
        let (Some(day), Some(other_day)) = (days[0], days[1]) else { return true };
        // The same instant in two zones may be two days.
        names[0] == names[1] || day.duration_until(other_day).as_hours().abs() <= 24
    };
    let own = |row: &&&Deal| row.remote_id == *id;
    let mut rows = rows.iter().filter(own);
    let Some(first) = rows.next() else { return };
    let Some(other) = rows.find(|row| !same(first, row)) else { return };
    let name = |deal: &Deal| deal.name.clone().unwrap_or_default();
    let text = format!(
        "is called \"{}\" in one file and \"{}\" in another, and was made on other days; \
         taken as one deal: if two CRMs gave this id, give each a format of its own",
        name(first),
        name(other)
    );
    let subject = format!("deal {id} ({system})").into();
    ambiguities.push(Ambiguity { subject, text: text.into() });
}

/// Says how many persons are leads of two CRMs.
pub(super) fn note_leads(leads: &Leads, ambiguities: &mut Vec<Ambiguity>) {
    let mut systems: BTreeMap<PersonIndex, BTreeSet<&str>> = BTreeMap::new();
    for lead in &leads.list {
        systems.entry(lead.person).or_default().insert(&lead.source_system);
    }
    let mut counts: BTreeMap<Vec<&str>, u64> = BTreeMap::new();
    for systems in systems.into_values().filter(|systems| 1 < systems.len()) {
        *counts.entry(systems.into_iter().collect()).or_default() += 1;
    }
    for (systems, count) in counts {
        let text = format!(
            "{count} persons are leads in each of them, and count once in each: leave an \
             export out if one CRM was copied into the other"
        );
        let subject = systems.join(" and ").into();
        ambiguities.push(Ambiguity { subject, text: text.into() });
    }
}
