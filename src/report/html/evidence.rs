//! What the credit rests on.

use super::{super::money, scale::short};
use crate::store::EvidenceLine;

/// A kind of evidence.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) of: &'static str,
    pub(super) leads: String,
    pub(super) leads_number: String,
    pub(super) pipeline: String,
    pub(super) pipeline_number: i64,
    pub(super) won: String,
    pub(super) won_number: i64,
}

/// The kinds, firmest first; nothing where nothing rests on a touch.
pub(super) fn rows(lines: &[EvidenceLine], currency: &str) -> Vec<Row> {
    if lines.iter().all(|line| line.evidence.is_none()) {
        return Vec::new();
    }
    lines.iter().map(|line| row(line, currency)).collect()
}

fn row(line: &EvidenceLine, currency: &str) -> Row {
    let middle = |range: (i64, i64)| range.0.midpoint(range.1);
    Row {
        name: match line.evidence.as_deref() {
            Some("tracked") => "tracked by a link, form or campaign",
            Some("self_reported") => "said by the lead",
            Some("rep_entered") => "entered by a rep",
            Some("observed") => "observed: comments, reactions, messages",
            _ => "no touch is known",
        },
        of: match (&line.evidence, line.is_of_post) {
            (None, _) => "–",
            (_, true) => "a post",
            (_, false) => "another source",
        },
        leads: money::leads(line.leads),
        leads_number: short(line.leads.1),
        pipeline: money::range(line.pipeline_minor, currency),
        pipeline_number: middle(line.pipeline_minor),
        won: money::range(line.won_minor, currency),
        won_number: middle(line.won_minor),
    }
}
