//! What credits rest on, as sums.

use std::collections::BTreeMap;

use super::{
    Emit, Frame,
    cells::{CellsError, column, index, integers, numbers},
};
use crate::{
    attribute::{Credits, EvidenceCredits},
    domain::{DealStatus, Measure},
    store::Rows,
};

/// The table of sums.
pub(super) const EVIDENCE_SUMS: &str = "evidence_sums";

/// A sum: the model, the slot of the evidence, parts of leads, open and won credit.
type Sum = (usize, usize, [i64; 3]);

/// Hands on what credits rest on.
pub(super) fn hand_on(frame: &Frame, credits: &Credits, emit: Emit<'_>) {
    let mut sums: BTreeMap<(usize, usize), [i64; 3]> = BTreeMap::new();
    for (model, own) in credits.models.iter().enumerate() {
        for (slot, (.., parts)) in own.by_evidence.leads.counts().enumerate() {
            sums.entry((model, slot)).or_default()[0] += parts;
        }
        for ((status, measure), minor) in &own.by_evidence.deals {
            let at = match status {
                DealStatus::Open => 1,
                DealStatus::Won => 2,
                DealStatus::Lost | DealStatus::Unknown => continue,
            };
            if frame.measure == Some(*measure) {
                for (slot, (.., minor)) in minor.counts().enumerate() {
                    let sum = &mut sums.entry((model, slot)).or_default()[at];
                    *sum = sum.saturating_add(minor);
                }
            }
        }
    }
    let sums: Vec<Sum> = sums
        .into_iter()
        .map(|((model, slot), sum)| (model, slot, sum))
        .filter(|(.., sum)| *sum != [0; 3])
        .collect();
    if sums.is_empty() {
        return;
    }
    let number = |of: &dyn Fn(&Sum) -> i64| numbers(sums.iter().map(|sum| Some(of(sum))));
    let small = |number: usize| i64::try_from(number).unwrap_or(0);
    let columns = vec![
        column("model", number(&|sum| small(sum.0))),
        column("slot", number(&|sum| small(sum.1))),
        column("leads", number(&|sum| sum.2[0])),
        column("pipeline_minor", number(&|sum| sum.2[1])),
        column("won_minor", number(&|sum| sum.2[2])),
    ];
    emit(EVIDENCE_SUMS, Rows { columns });
}

/// Adds sums to those of all models.
pub(super) fn add(
    rows: &Rows,
    measure: Option<Measure>,
    to: &mut BTreeMap<usize, EvidenceCredits>,
) -> Result<(), CellsError> {
    let (models, slots) = (integers(rows, "model")?, integers(rows, "slot")?);
    let leads = integers(rows, "leads")?;
    let money = [
        (DealStatus::Open, integers(rows, "pipeline_minor")?),
        (DealStatus::Won, integers(rows, "won_minor")?),
    ];
    for row in 0..rows.len() {
        let own = to.entry(index(models[row], "model")? as usize).or_default();
        let slot = index(slots[row], "slot")? as usize;
        own.leads.add_slot(slot, leads[row].unwrap_or(0));
        let Some(measure) = measure else { continue };
        for (status, minor) in &money {
            let sum = own.deals.entry((*status, measure)).or_default();
            sum.add_slot(slot, minor[row].unwrap_or(0));
        }
    }
    Ok(())
}
