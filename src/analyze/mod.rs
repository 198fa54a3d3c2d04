//! Credits and engagement become tables: scorecards of posts and themes, the funnel.

mod agreement;
mod changes;
mod funnel;
mod scores;

pub use agreement::{Agreement, agreement};
pub use changes::{Change, ChangeKind, NewSources, State, changes};
pub use funnel::{FunnelStep, funnel};
pub use scores::{
    Measure, PostScore, ThemeScore, Verdict, main_measure, post_scores, theme_scores,
};
