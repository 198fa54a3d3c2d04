//! From rows read to leads credited, and why the others were not.

use std::collections::BTreeSet;

use crate::{
    domain::{LeadIndex, MatchBasis, SourceFile, Touch},
    link::{Journey, Owner, of_lead},
    resolve::Resolved,
};

/// A step of the funnel, or a reason why something did not take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunnelStep {
    /// The step.
    pub step: &'static str,
    /// Why these did not take it; none for those that did.
    pub reason: Option<&'static str>,
    /// How many.
    pub rows: u64,
}

/// Counts each step; the reasons of a step add up to what it lost.
pub fn funnel(
    files: &[SourceFile],
    resolved: &Resolved,
    touches: &[Touch],
    lead_journeys: &[Journey],
) -> Vec<FunnelStep> {
    let mut steps = Vec::new();
    let mut add = |step, reason: Option<&'static str>, rows: u64| {
        if reason.is_none() || 0 < rows {
            steps.push(FunnelStep { step, reason, rows });
        }
    };
    let read: u64 = files.iter().map(|file| file.rows_read).sum();
    let kept: u64 = files.iter().map(|file| file.rows_kept).sum();
    add("rows read", None, read);
    add("rows kept", None, kept);
    add("rows kept", Some("rejected, see v_rejections"), read - kept);
    let leads = &resolved.leads;
    add("leads", None, leads.len() as u64);
    let count = |wanted: &dyn Fn(&crate::domain::Lead) -> bool| {
        leads.iter().filter(|lead| wanted(lead)).count() as u64
    };
    let is_matched = |lead: &crate::domain::Lead| {
        lead.matched.is_some_and(|(basis, _)| basis != MatchBasis::Owner)
    };
    let is_owned = |lead: &crate::domain::Lead| {
        lead.matched.is_some_and(|(basis, _)| basis == MatchBasis::Owner)
    };
    add("leads matched to a connection", None, count(&is_matched));
    add(
        "leads matched to a connection",
        Some("outside the network: known as a member's contact alone"),
        count(&is_owned),
    );
    let no_member = count(&|lead| lead.matched.is_none());
    add(
        "leads matched to a connection",
        Some("no member is known for the lead"),
        no_member,
    );
    let with_journey: BTreeSet<LeadIndex> = lead_journeys
        .iter()
        .filter_map(|journey| match journey.owner {
            Owner::Lead(lead) => Some(lead),
            Owner::Deal(_) => None,
        })
        .collect();
    let untouched = |reason: &dyn Fn(usize) -> bool| {
        (0..leads.len())
            .filter(|at| {
                !with_journey.contains(&LeadIndex::from_index(*at)) && reason(*at)
            })
            .count() as u64
    };
    let has_touch = |at: usize| !of_lead(touches, LeadIndex::from_index(at)).is_empty();
    let has_date = |at: usize| leads[at].created_at.is_some();
    add("leads touched", None, with_journey.len() as u64);
    add(
        "leads touched",
        Some("no touch: a silent reader, or no reader"),
        untouched(&|at| has_date(at) && !has_touch(at)),
    );
    add(
        "leads touched",
        Some("touches outside the window or after the lead"),
        untouched(&|at| has_date(at) && has_touch(at)),
    );
    add("leads touched", Some("no creation date"), untouched(&|at| !has_date(at)));
    let names_post =
        |journey: &&Journey| journey.touches.iter().any(|touch| touch.post.is_some());
    let credited = lead_journeys.iter().filter(names_post).count() as u64;
    add("leads credited to posts", None, credited);
    add(
        "leads credited to posts",
        Some("the only touch is a source that is no post"),
        with_journey.len() as u64 - credited,
    );
    steps
}
