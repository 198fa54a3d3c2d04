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
    decode::{Row, shortened},
    domain::{
        Engagement, EngagementKind, Identity, IdentityId, Moment, PostNameId, UnixMs,
    },
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
        context
            .note_counted("{comment is|comments are} the author's own; passed over", 1);
        return Ok(());
    }
    let told = told.unwrap_or_else(|| Told::hashes(context.fields(), &row));
    let Posts { first: post_name, others, fault } = posts(context, &row, told)?;
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
        context.note_counted("{row names|rows name} a person without a profile", 1);
    }
    let listed_at = told.listed_at.or_else(|| context.instant(&row, Field::ListedAt));
    let listed_ms = listed_at.map(UnixMs::from);
    context.saw(listed_at);
    let has_commented = context.flag(&row, Field::HasCommented) == Some(true)
        || context.text(&row, Field::CommentText).is_some();
    let has_liked = has_liked(context, &row);
    if !(has_liked || has_commented) {
        return Err(
            "the row says neither that the person reacted nor that they commented".into(),
        );
    }
    if let Some((column, reason)) = fault {
        context.reject_cell(&row, column, &reason);
    }
    if !others.is_empty() {
        let posts = [post_name].into_iter().chain(others).collect();
        add_all(context, &row, (identity, posts), [has_liked, has_commented], listed_ms);
        return Ok(());
    }
    let names = (identity, post_name);
    if has_liked {
        add(context, (&row, 0), names, EngagementKind::Reaction, [None, listed_ms]);
    }
    if has_commented {
        let commented_at = commented_at(context, &row);
        context.saw(commented_at);
        let times = [commented_at.map(UnixMs::from), listed_ms];
        add(context, (&row, 1), names, EngagementKind::Comment, times);
    }
    Ok(())
}

/// Whether a row tells of a reaction; a list that speaks of neither is one of reactions.
fn has_liked(context: &Context<'_>, row: &Row<'_>) -> bool {
    if context.has(Field::HasLiked) {
        context.flag(row, Field::HasLiked) == Some(true)
    } else if context.has(Field::ReactionType) {
        context.text(row, Field::ReactionType).is_some()
    } else {
        !context.has(Field::CommentText)
    }
}

/// Adds the `part`-th engagement of a row.
fn add(
    context: &mut Context<'_>,
    (row, part): (&Row<'_>, u8),
    names: (IdentityId, PostNameId),
    kind: EngagementKind,
    times: [Option<UnixMs>; 2],
) {
    let place = context.place(row, part);
    let engagement = Engagement::new(place, names, kind, times);
    let engagement = engagement.expect("both are named by this file");
    context.batch.facts.engagements.push(engagement);
}

/// Adds an engagement with each of several posts: the reaction with all of them, beside it
/// the comment with the post that its URL names, and where none does, what the row tells.
fn add_all(
    context: &mut Context<'_>,
    row: &Row<'_>,
    (identity, posts): (IdentityId, Vec<PostNameId>),
    [has_liked, has_commented]: [bool; 2],
    listed_ms: Option<UnixMs>,
) {
    let named = context.text(row, Field::CommentUrl).filter(|_| has_commented);
    let named = named.and_then(link::post).map(|name| context.post_name(name));
    // It may be another name of one of them.
    let has_place =
        |name: &_| posts.len() < MOST_POSTS || !has_liked && posts.contains(name);
    let commented = named.filter(has_place);
    let commented_at = if has_commented { commented_at(context, row) } else { None };
    if commented.is_some() {
        context.saw(commented_at);
    } else if has_liked && has_commented {
        context.note_counted(LIKED_OR_COMMENTED, 1);
    } else if commented_at.is_some() {
        let words = "{row names|rows name} several posts and when the person commented, and \
                     not on which; nothing is taken of when";
        context.note_counted(words, 1);
    }
    let kind = if has_liked { EngagementKind::Reaction } else { EngagementKind::Comment };
    let all = posts.into_iter().filter(|name| has_liked || commented != Some(*name));
    let comment = commented.map(|name| (name, EngagementKind::Comment, commented_at));
    let all = all.map(|name| (name, kind, None)).chain(comment);
    for (part, (post_name, kind, at)) in (0..).zip(all) {
        let times = [at.map(UnixMs::from), listed_ms];
        add(context, (row, part), (identity, post_name), kind, times);
    }
}

/// What is noted of rows that tell of several posts together.
const LIKED_OR_COMMENTED: &str = "{row names|rows name} several posts, a reaction and \
     a comment, and not which is whose: all are read as reactions";

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

/// The post of a row, and the others that the same cell names, as far as a line has places
/// for an engagement with each.
struct Posts {
    first: PostNameId,
    others: Vec<PostNameId>,
    /// What of the cell could not be used, if the row can: its column, and why.
    fault: Option<(usize, String)>,
}

/// A line has places for so many engagements.
const MOST_POSTS: usize = 16;

fn posts(context: &mut Context<'_>, row: &Row<'_>, told: Told) -> Result<Posts, String> {
    let several = context
        .cells(row, Field::PostUrl)
        .find_map(|(column, cell)| Some((column, addresses(cell)?)));
    let Some((column, urls)) = several else {
        let first = post(context, row, told)?;
        return Ok(Posts { first, others: Vec::new(), fault: None });
    };
    let mut names: Vec<PostNameId> = Vec::new();
    let (mut bad, mut has_more) = (Vec::new(), false);
    for url in urls {
        match context.post_url(url) {
            Some(name) if names.contains(&name) => {}
            Some(name) if names.len() < MOST_POSTS => names.push(name),
            Some(_) => has_more = true,
            None => bad.push(url),
        }
    }
    let no_post = bad.first().map(|url| match bad.len() {
        1 => format!("\"{}\" names no post", shortened(url)),
        all => format!("\"{}\" names no post, nor do {} more", shortened(url), all - 1),
    });
    let mut names = names.into_iter();
    let Some(first) = names.next() else {
        return Err(no_post.unwrap_or_else(|| "the row names no post".to_owned()));
    };
    let left_out =
        has_more.then(|| "names more than 16 posts; the others are left out".to_owned());
    let faults: Vec<String> = no_post.into_iter().chain(left_out).collect();
    let fault = (!faults.is_empty()).then(|| (column, faults.join("; ")));
    Ok(Posts { first, others: names.collect(), fault })
}

/// The addresses and URNs of a cell that holds several; none where it does not.
fn addresses(cell: &str) -> Option<Vec<&str>> {
    const BETWEEN: [char; 9] = [' ', '|', ',', ';', '\n', '\t', '(', '<', '['];
    const STARTS: [&str; 4] = ["http", "urn:li:", "www.", "linkedin.com/"];
    let bytes = cell.as_bytes();
    memchr::memchr3(b' ', b'|', b',', bytes)
        .or_else(|| memchr::memchr3(b';', b'\n', b'\t', bytes))?;
    let is_start = |at: usize| {
        let (before, rest) = cell.split_at(at);
        let starts_with = |start: &&str| {
            let front = rest.get(..start.len());
            front.is_some_and(|front| front.eq_ignore_ascii_case(start))
        };
        (before.is_empty() || before.ends_with(BETWEEN)) && STARTS.iter().any(starts_with)
    };
    let mut starts = Vec::new();
    // `urn:li:comment:(urn:li:activity:1,2)` is one name.
    let mut is_within = false;
    for (at, c) in cell.char_indices() {
        if !is_within && is_start(at) {
            starts.push(at);
        }
        is_within = match c {
            '(' => cell[..at].ends_with(':'),
            ')' => false,
            _ => is_within && !c.is_whitespace(),
        };
    }
    let ends = starts.iter().skip(1).copied().chain([cell.len()]);
    let texts = starts.iter().zip(ends).map(|(start, end)| &cell[*start..end]);
    let texts: Vec<&str> = texts.map(without_words).collect();
    (1 < texts.len()).then_some(texts)
}

/// An address without the words and brackets behind it.
fn without_words(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || c == '|';
    let text = text.split(ends).next().unwrap_or(text).trim_end_matches([',', ';']);
    let is_within = text.contains(['(', '<', '[']);
    if is_within { text } else { text.trim_end_matches([')', '>', ']']) }
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
                return Err(format!("\"{}\" names no post", shortened(url)));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_name_several_posts() {
        let check = |cell: &str, expected: &[&str]| {
            let found = addresses(cell).unwrap_or_default();
            assert_eq!(found, expected, "{cell:?}");
        };
        let (one, other) = (
            "https://www.linkedin.com/feed/update/urn:li:activity:7315705602825936896",
            "https://www.linkedin.com/feed/update/urn:li:activity:7338518966606131201/",
        );
        check(one, &[]);
        check("", &[]);
        for between in [" | ", ", ", ";", "\n", " "] {
            check(&format!("{one}{between}{other}"), &[one, other]);
        }
        check("urn:li:share:1 | urn:li:share:2", &["urn:li:share:1", "urn:li:share:2"]);
        let (www, upper) = (&one["https://".len()..], one.replace("https", "HTTPS"));
        check(&format!("{www} | {other}"), &[www, other]);
        check(&format!("{upper}\n{other}"), &[&upper, other]);
        check(&format!("{one} (and {other}), <{one}>"), &[one, other, one]);
        check("see http://b.example ", &[]);
        let within = "urn:li:fsd_comment:(2,urn:li:activity:1)";
        check(within, &[]);
        check(&format!("{within} urn:li:share:1"), &[within, "urn:li:share:1"]);
        let comment = "https://www.linkedin.com/feed/update/urn:li:activity:1?commentUrn=\
                       urn:li:comment:(activity:1,2)";
        check(comment, &[]);
    }
}
