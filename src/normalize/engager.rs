//! Lists of people who reacted to or commented on a post.

use super::{
    RowResult, company,
    context::{self, Context, KnownIdentity},
    link, name,
};
use crate::{
    decode::Row,
    domain::{Engagement, EngagementKind},
    recognize::Field,
};

/// One person and post; a row may tell of a reaction and a comment.
pub(super) fn engager(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let Some(post_url) = context.text(&row, Field::PostUrl) else {
        return Err("the row names no post".to_owned());
    };
    let Some(post_name) = context.post_url(post_url) else {
        return Err(format!("\"{}\" names no post", context::shortened(post_url)));
    };
    let url = context.raw(&row, Field::ProfileUrl);
    let occupation = context.raw(&row, Field::Occupation);
    let full_name = context.raw(&row, Field::FullName).trim();
    let (first, last) =
        (context.raw(&row, Field::FirstName), context.raw(&row, Field::LastName));
    let known = context.known_identity([url, full_name, first, occupation], || {
        let joined = name::join(first, last);
        let full_name = if full_name.is_empty() { &joined } else { full_name };
        let company = company::from_occupation(occupation);
        context::person(url, None, full_name, company)
    });
    let Some(KnownIdentity { id: identity, has_profile }) = known else {
        return Err("the row names nobody".to_owned());
    };
    if !has_profile {
        *context.counted.entry("rows name a person without a profile").or_default() += 1;
    }
    let listed_at = context.instant(&row, Field::ListedAt);
    let listed_ms = listed_at.map(jiff::Timestamp::as_millisecond);
    context.saw(listed_at);
    let has_commented = context.flag(&row, Field::HasCommented) == Some(true)
        || context.text(&row, Field::CommentText).is_some();
    let has_liked = if context.has(Field::HasLiked) {
        context.flag(&row, Field::HasLiked) == Some(true)
    } else if context.has(Field::ReactionType) {
        context.text(&row, Field::ReactionType).is_some()
    } else {
        !context.has(Field::CommentText)
    };
    let add = |context: &mut Context<'_>, part, kind, happened_ms| {
        let place = context.place(&row, part);
        let engagement =
            Engagement { place, identity, post_name, kind, happened_ms, listed_ms };
        context.batch.facts.engagements.push(engagement);
    };
    if has_liked {
        add(context, 0, EngagementKind::Reaction, None);
    }
    if has_commented {
        // The comment's id holds its instant in UTC; the date beside it may be local.
        let own = link::comment_instant(context.raw(&row, Field::CommentUrl));
        let commented_at = own.or_else(|| context.instant(&row, Field::CommentedAt));
        context.saw(commented_at);
        let happened_ms = commented_at.map(jiff::Timestamp::as_millisecond);
        add(context, 1, EngagementKind::Comment, happened_ms);
    }
    if !(has_liked || has_commented) {
        return Err(
            "the row says neither that the person reacted nor that they commented".into(),
        );
    }
    Ok(())
}
