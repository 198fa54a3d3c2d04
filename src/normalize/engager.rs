//! Lists of people who reacted to or commented on a post.

use std::borrow::Cow;

use jiff::Timestamp;

use super::{
    RowResult, company,
    context::{self, Context, Fields, KnownIdentity},
    interned::KeyHash,
    link, name, named, post_numbers,
};
use crate::{
    decode::Row,
    domain::{Engagement, EngagementKind, Identity, Moment, PostNameId, UnixMs},
    recognize::Field,
};

/// What a row tells by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// By which hashes its person and its post are found.
    identity: KeyHash,
    post_url: Option<KeyHash>,
    /// When it was listed, where nothing is to be said of the date.
    listed_at: Option<Timestamp>,
}

impl Told {
    /// Asks a row.
    pub(super) fn of(fields: &Fields<'_>, row: &Row<'_>) -> Self {
        let listed_at = fields.plain_moment(row, Field::ListedAt).map(Moment::start);
        Self { listed_at, ..Self::hashes(fields, row) }
    }

    fn hashes(fields: &Fields<'_>, row: &Row<'_>) -> Self {
        let post_url = fields.text(row, Field::PostUrl);
        Self {
            identity: KeyHash::of(&parts(fields, row)),
            post_url: post_url.map(|url| KeyHash::of(&[url])),
            listed_at: None,
        }
    }
}

/// One person and post; a row may tell of a reaction and a comment.
pub(super) fn engager(
    context: &mut Context<'_>,
    row: Row<'_>,
    told: Option<Told>,
) -> RowResult {
    if context.flag(&row, Field::IsAuthor) == Some(true) {
        *context
            .counted
            .entry("comments are the author's own; passed over")
            .or_default() += 1;
        return Ok(());
    }
    let told = told.unwrap_or_else(|| Told::hashes(context.fields(), &row));
    let post_name = post(context, &row, told)?;
    let parts = parts(context.fields(), &row);
    let [url, full_name, _, occupation] = parts;
    let (first, last) =
        (context.raw(&row, Field::FirstName), context.raw(&row, Field::LastName));
    let member_id = context.raw(&row, Field::MemberId).trim();
    let known = context.known_identity(told.identity, parts, || {
        let full_name = if full_name.is_empty() {
            Cow::Owned(name::join(first, last))
        } else {
            Cow::Borrowed(full_name)
        };
        let company = company::from_occupation(occupation);
        let person = context::person(url, None, full_name, company);
        with_member_id(person, member_id)
    });
    let Some(KnownIdentity { id: identity, has_profile }) = known else {
        return Err("the row names nobody".to_owned());
    };
    if !has_profile && !link::is_member_id(member_id) {
        *context.counted.entry("rows name a person without a profile").or_default() += 1;
    }
    let listed_at = told.listed_at.or_else(|| context.instant(&row, Field::ListedAt));
    let listed_ms = listed_at.map(UnixMs::from);
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
        let (names, times) = ((identity, post_name), [happened_ms, listed_ms]);
        let engagement = Engagement::new(place, names, kind, times);
        let engagement = engagement.expect("both are named by this file");
        context.batch.facts.engagements.push(engagement);
    };
    if has_liked {
        add(context, 0, EngagementKind::Reaction, None);
    }
    if has_commented {
        let commented_at = commented_at(context, &row);
        context.saw(commented_at);
        let happened_ms = commented_at.map(UnixMs::from);
        add(context, 1, EngagementKind::Comment, happened_ms);
    }
    if !(has_liked || has_commented) {
        return Err(
            "the row says neither that the person reacted nor that they commented".into(),
        );
    }
    Ok(())
}

/// What tells one person of a list from another.
fn parts<'a>(fields: &Fields<'_>, row: &Row<'a>) -> [&'a str; 4] {
    let first = fields.raw(row, Field::FirstName);
    let or_id = match first {
        "" => fields.raw(row, Field::MemberId).trim(),
        first => first,
    };
    let full_name = fields.raw(row, Field::FullName).trim();
    let occupation = fields.raw(row, Field::Occupation);
    [fields.raw(row, Field::ProfileUrl), full_name, or_id, occupation]
}

/// Asks ahead for what is known of the persons and posts of rows.
pub(super) fn expect(context: &Context<'_>, told: impl Iterator<Item = Told>) {
    let told: Vec<Told> = told.collect();
    context.identities.ask_ahead(told.iter().map(|one| one.identity));
    context.post_urls.ask_ahead(told.iter().filter_map(|one| one.post_url));
}

/// The post of a row, by its address or its number; where the row says both the activity
/// and what it shows, the two are names of one post.
fn post(
    context: &mut Context<'_>,
    row: &Row<'_>,
    told: Told,
) -> Result<PostNameId, String> {
    let url = context.text(row, Field::PostUrl);
    let by_id = match context.text(row, Field::PostId) {
        Some(cell) => Some(named::post_id(cell)?),
        None => None,
    };
    let shown = context.text(row, Field::ReactionUrn).and_then(link::post);
    let post_name = match (by_id, url) {
        (Some(name), _) => context.post_name(name),
        (None, Some(url)) => match context.known_post_url(told.post_url, url) {
            Some(id) => id,
            None => {
                return Err(format!("\"{}\" names no post", context::shortened(url)));
            }
        },
        (None, None) => match shown {
            Some(name) => context.post_name(name),
            None => return Err("the row names no post".to_owned()),
        },
    };
    if let Some(shown) = shown {
        let other = context.post_name(shown);
        if other != post_name {
            post_numbers::pair(context, row, (post_name, other), None);
        }
    }
    Ok(post_name)
}

/// The comment's id holds its instant in UTC, and so does a number of milliseconds; the
/// date beside them may be local.
fn commented_at(context: &mut Context<'_>, row: &Row<'_>) -> Option<Timestamp> {
    let by_url = link::comment_instant(context.raw(row, Field::CommentUrl));
    let by_id = context
        .text(row, Field::CommentId)
        .and_then(|cell| named::post_id(cell).ok())
        .and_then(crate::domain::PostName::instant);
    let by_ms = context
        .text(row, Field::CommentedMs)
        .and_then(|cell| cell.parse().ok())
        .and_then(|ms| Timestamp::from_millisecond(ms).ok());
    by_url.or(by_id).or(by_ms).or_else(|| context.instant(row, Field::CommentedAt))
}

/// Adds LinkedIn's opaque id, where a column of its own has it: lists that know the slug
/// as well tell whose it is.
fn with_member_id<'a>(
    person: Option<Identity<Cow<'a, str>>>,
    member_id: &'a str,
) -> Option<Identity<Cow<'a, str>>> {
    if !link::is_member_id(member_id) {
        return person;
    }
    let mut person = person.unwrap_or_default();
    person.member_id.get_or_insert_with(|| member_id.into());
    Some(person)
}
