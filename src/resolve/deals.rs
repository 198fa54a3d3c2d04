//! Records of a CRM become deals, each with its persons.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    Exports, Known, copies,
    deal_persons::Finder,
    leads::{Leads, newest},
    persons::Resolving,
    records::{self, RecordKey, Records},
    twin_tables, twins,
};
use crate::{
    domain::{
        Ambiguity, Deal, DealStatus, DealSummary, Facts, LinkKind, Moment, Place,
        Statement, StatementKind, Subject, Word,
    },
    recognize::{AMOUNTS, Field},
};

/// Makes the deals: one for each record, whatever the number of exports that hold it; none
/// for a record that a newer row deletes.
pub(super) fn deals(
    told: Known<'_>,
    leads: &Leads<'_>,
    resolving: &Resolving<'_>,
    ambiguities: &mut Vec<Ambiguity>,
) -> Vec<DealSummary> {
    let Known { exports, facts, records: known, .. } = told;
    let mut groups: BTreeMap<RecordKey, Vec<&Deal>> = BTreeMap::new();
    for deal in &facts.deals {
        let own = records::key(exports, deal.place, Subject::Deal, &deal.remote_id);
        groups.entry(known.current(own)).or_default().push(deal);
    }
    let mut finder = Finder::new(exports, leads, facts, known, resolving);
    let mut deals = Vec::with_capacity(groups.len());
    for (key, mut rows) in groups {
        let dated = |deal: &Deal| {
            let is_survivor = deal.remote_id == key.2;
            let changed = exports.changed_ms(deal.place, deal.changed_at);
            (is_survivor, changed, exports.named_on(deal.place))
        };
        rows.sort_by_key(|deal| {
            Reverse((dated(deal), richness(deal), exports.rank(deal.place)))
        });
        let seen = rows.iter().map(|deal| (deal.place, deal.changed_at));
        if known.is_deleted(exports, &key, seen) {
            continue;
        }
        let mut deal = deal(exports, &key, &rows);
        by_history(exports, known, &key, &rows, &mut deal);
        twins::note_one_id(&key, &rows, ambiguities);
        let undated = rows.iter().take_while(|row| dated(row) == dated(rows[0]));
        twins::note_undated(exports, &key, undated.copied(), ambiguities);
        twins::note_named_later(exports, &key, &rows, ambiguities);
        deal.leads = finder.leads(&key, &rows, ambiguities);
        deals.push(deal);
    }
    finder.note_unknown(ambiguities);
    // What is looked up in it takes memory.
    drop(finder);
    let in_spaces = told.in_spaces(Subject::Deal);
    let told = Known { told: &in_spaces, ..told };
    let copies = copies::of_deals(told, leads, &mut deals, ambiguities);
    twins::note_deals(leads, &deals, &copies, ambiguities);
    twin_tables::note(exports, leads, &deals, ambiguities);
    twins::note_leads(leads, ambiguities);
    deals
}

/// How much a row tells: of rows that are equally new, the richer one counts.
fn richness(deal: &Deal) -> usize {
    let Deal { name, stage, status, amount_minor, loan_minor, .. } = deal;
    let Deal { created_at, closed_at, owner, .. } = deal;
    let known = [
        name.is_some(),
        stage.is_some(),
        *status != DealStatus::Unknown,
        amount_minor.is_some(),
        loan_minor.is_some(),
        created_at.is_some(),
        closed_at.is_some(),
        owner.is_some(),
    ];
    known.into_iter().filter(|is_known| *is_known).count()
}

fn deal(exports: &Exports<'_>, key: &RecordKey, rows: &[&Deal]) -> DealSummary {
    let first = rows[0];
    let place = |deal: &Deal| deal.place;
    // What totals count by comes from one row: the newest whose file has an amount.
    let has_amount =
        |row: &&&Deal| AMOUNTS.iter().any(|field| exports.has_field(row.place, *field));
    let measured = rows.iter().find(has_amount).unwrap_or(&first);
    // A row that cannot tell how the deal stands says nothing.
    let is_told = |row: &&&Deal| row.status != DealStatus::Unknown;
    let status = rows.iter().find(is_told).map_or(first.status, |row| row.status);
    let is_over = matches!(status, DealStatus::Won | DealStatus::Lost);
    let closed_at = rows.iter().find_map(|row| row.closed_at).filter(|_| is_over);
    DealSummary {
        source_system: key.0.clone(),
        remote_id: key.2.clone(),
        name: newest(exports, rows, place, Field::Name, |deal| deal.name.clone())
            .or_else(|| first.name.clone()),
        status,
        amount_minor: measured.amount_minor,
        currency: measured.currency,
        amount_kind: measured.amount_kind,
        converted: None,
        loan_minor: newest(exports, rows, place, Field::LoanAmount, |deal| {
            deal.loan_minor
        }),
        created_at: newest(exports, rows, place, Field::CreatedAt, |deal| {
            deal.created_at
        }),
        closed_at,
        place: first.place,
        leads: Vec::new(),
    }
}

/// What the history of its stages adds to a deal: the newest state counts, and the day on
/// which it came to its end where no row tells that.
fn by_history(
    exports: &Exports<'_>,
    known: &Records<'_>,
    key: &RecordKey,
    rows: &[&Deal],
    deal: &mut DealSummary,
) {
    let entered = |one: &Statement| one.happened_at.map(Moment::start);
    let last = known
        .statements(key, StatementKind::Stage)
        .filter(|one| one.happened_at.is_some())
        .max_by_key(|one| (entered(one), exports.rank(one.place)));
    let Some(last) = last else { return };
    let told = last.detail.as_deref().and_then(DealStatus::from_word);
    let row_ms = exports.changed_ms(rows[0].place, rows[0].changed_at);
    let is_newer = row_ms < entered(last).map(jiff::Timestamp::as_millisecond);
    if let Some(told) = told
        && (deal.status == DealStatus::Unknown || is_newer)
        && told != deal.status
    {
        deal.status = told;
        deal.closed_at = None;
    }
    let is_over = matches!(deal.status, DealStatus::Won | DealStatus::Lost);
    let is_same =
        told == Some(deal.status) || rows[0].stage.as_ref() == Some(&last.object);
    if is_over && is_same && deal.closed_at.is_none() {
        deal.closed_at = last.happened_at;
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
