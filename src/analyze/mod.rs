//! Credits and engagement become tables: scorecards of posts and themes, the funnel.

mod agreement;
mod changes;
mod evidence;
mod findings;
mod funnel;
mod groups;
mod incremental;
mod scores;
mod state;

pub use agreement::{Agreement, agreement};
pub use changes::{Change, ChangeKind, Comparison, NewSources};
pub use evidence::{EvidenceScore, evidence_scores};
pub use findings::{
    Finding, FindingsInput, TOO_LITTLE, ThemeLeads, UNFITTED_MODEL, bounds_of_share,
    findings,
};
pub use funnel::{FunnelStep, LEADS_CREDITED, LEADS_TOUCHED, NO_MEMBER, UNDATED, funnel};
pub use groups::{GroupKind, GroupScore, PostRange, called, group_scores, post_ranges};
pub use incremental::{
    IncrementalLens, IncrementalTheme, PLACEBO_REAL, Point, incremental_lens, is_told,
};
pub use scores::{
    PostScore, PostSum, ThemeScore, Verdict, compared, engagement_ranks, main_measure,
    post_scores, theme_scores,
};
pub use state::{State, new_sources};
