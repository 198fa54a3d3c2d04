//! From rows read to leads credited, and why the others were not.

use crate::{
    domain::{Lead, MatchBasis, SourceFile},
    link::Trace,
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

/// The last step: leads that posts are credited with.
pub const LEADS_CREDITED: &str = "leads credited to posts";

/// Why a lead is matched to no connection: nothing tells whose it is.
pub const NO_MEMBER: &str = "no member is known for the lead";

/// The step of leads that touches count for.
pub const LEADS_TOUCHED: &str = "leads touched";

/// Why a lead is touched by nothing: nothing tells what came before it.
pub const UNDATED: &str = "no creation date";

/// Counts each step; the reasons of a step add up to what it lost.
pub fn funnel(
    files: &[SourceFile],
    resolved: &Resolved,
    traces: &[Trace],
) -> Vec<FunnelStep> {
    let mut steps = rows(files);
    let is_deleted = |lead: &Lead| is_deleted(lead, resolved.known_from_ms);
    steps.extend(matched(&resolved.leads, &is_deleted));
    steps.extend(touched(&resolved.leads, traces, &is_deleted));
    steps.retain(|step| step.reason.is_none() || 0 < step.rows);
    steps
}

fn taken(step: &'static str, rows: u64) -> FunnelStep {
    FunnelStep { step, reason: None, rows }
}

fn lost(step: &'static str, reason: &'static str, rows: u64) -> FunnelStep {
    FunnelStep { step, reason: Some(reason), rows }
}

fn rows(files: &[SourceFile]) -> Vec<FunnelStep> {
    let read: u64 = files.iter().map(|file| file.rows_read).sum();
    let kept: u64 = files.iter().map(|file| file.rows_kept).sum();
    vec![
        taken("rows read", read),
        taken("rows kept", kept),
        lost("rows kept", "rejected; each is listed with its reason", read - kept),
    ]
}

/// Why a lead of whom nothing is left takes no further step.
const DELETED: &str = "personal data deleted: older than the retention";

/// Whether nobody is known any more behind a lead's record.
fn is_deleted(lead: &Lead, known_from_ms: Option<i64>) -> bool {
    let created_ms = lead.created_at.map(|at| at.start().as_millisecond());
    let is_nobody = lead.full_name.is_none() && lead.profile.is_none();
    is_nobody && created_ms.zip(known_from_ms).is_some_and(|(at, from)| at < from)
}

fn matched(leads: &[Lead], is_deleted: &dyn Fn(&Lead) -> bool) -> Vec<FunnelStep> {
    const STEP: &str = "leads matched to a connection";
    let count = |wanted: &dyn Fn(Option<MatchBasis>) -> bool| {
        let is_wanted = |lead: &&Lead| {
            !is_deleted(lead) && wanted(lead.matched.map(|(basis, _)| basis))
        };
        leads.iter().filter(is_wanted).count() as u64
    };
    let deleted = leads.iter().filter(|lead| is_deleted(lead)).count() as u64;
    let owned = count(&|basis| basis == Some(MatchBasis::Owner));
    let unknown = count(&|basis| basis.is_none());
    vec![
        taken("leads", leads.len() as u64),
        taken(STEP, leads.len() as u64 - deleted - owned - unknown),
        lost(STEP, "outside the network: known as a member's contact alone", owned),
        lost(STEP, NO_MEMBER, unknown),
        lost(STEP, DELETED, deleted),
    ]
}

fn touched(
    leads: &[Lead],
    traces: &[Trace],
    is_deleted: &dyn Fn(&Lead) -> bool,
) -> Vec<FunnelStep> {
    const STEP: &str = LEADS_TOUCHED;
    let (mut undated, mut silent, mut outside, mut deleted) = (0, 0, 0, 0);
    for (lead, trace) in leads.iter().zip(traces) {
        if trace.has_journey {
            continue;
        }
        *match (lead.created_at, trace.is_touched) {
            (None, _) => &mut undated,
            _ if is_deleted(lead) => &mut deleted,
            (_, false) => &mut silent,
            _ => &mut outside,
        } += 1;
    }
    let credited = traces.iter().filter(|trace| trace.names_post).count() as u64;
    let touched = traces.iter().filter(|trace| trace.has_journey).count() as u64;
    vec![
        taken(STEP, touched),
        lost(STEP, "no touch: a silent reader, or no reader", silent),
        lost(STEP, "touches outside the window or after the lead", outside),
        lost(STEP, UNDATED, undated),
        lost(STEP, DELETED, deleted),
        taken(LEADS_CREDITED, credited),
        lost(
            LEADS_CREDITED,
            "the only touch is a source that is no post",
            touched - credited,
        ),
    ]
}
