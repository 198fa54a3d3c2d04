//! Themes given to posts by hand: `post,theme`.

use super::{RowResult, context::Context};
use crate::{decode::Row, domain::Label, recognize::Field};

/// One label.
pub(super) fn label(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let post = context.text(&row, Field::Post).unwrap_or("");
    let post_name =
        context.post_url(post).ok_or_else(|| format!("\"{post}\" names no post"))?;
    let theme = context.text(&row, Field::Theme).ok_or("the row names no theme")?.into();
    let place = context.place(&row, 0);
    context.batch.facts.labels.push(Label { place, post_name, theme });
    Ok(())
}
