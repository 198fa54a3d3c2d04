//! What analytics and lists of posts say of posts: each number from the newest file that
//! gives it, never a sum; words and formats where the archive has none.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Exports, members::Members};
use crate::{
    domain::{self, Ambiguity, Facts, MemberIndex, Post, PostIndex, PostName},
    normalize::link::{self, LinkTarget},
};

/// Whose a list says that a post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Author<'a> {
    Member(MemberIndex),
    /// Somebody else's profile.
    Other(&'a str),
}

/// By name of a post: all whose lists say that it is.
pub(super) type Authors<'a> = BTreeMap<PostName, BTreeSet<Author<'a>>>;

/// Completes the posts.
pub(super) fn complete(
    exports: &Exports<'_>,
    stated_authors: &Authors<'_>,
    facts: &Facts,
    post_of: &FxHashMap<PostName, PostIndex>,
    posts: &mut [Post],
) {
    let mut stated: Vec<_> = facts.post_numbers.iter().collect();
    stated.sort_by_key(|one| exports.rank(one.place));
    let mut texts: Vec<Option<&str>> = vec![None; posts.len()];
    let mut authors: Vec<BTreeSet<Author<'_>>> = vec![BTreeSet::new(); posts.len()];
    for one in stated {
        let name = domain::name_of(&facts.post_names, one.post_name);
        let Some(index) = name.and_then(|name| post_of.get(&name)) else { continue };
        let post = &mut posts[index.index()];
        post.numbers.update(&one.numbers);
        texts[index.index()] = one.text.as_deref().or(texts[index.index()]);
        post.format = one.format.clone().or(post.format.take());
        post.campaign = one.campaign.clone().or(post.campaign.take());
    }
    for (name, stated) in stated_authors {
        if let Some(index) = post_of.get(name) {
            authors[index.index()].extend(stated);
        }
    }
    for (post, authors) in posts.iter_mut().zip(authors) {
        post.member = post.member.or_else(|| only(&authors));
    }
    let slugs: BTreeSet<&str> = facts.articles.iter().map(|one| &*one.slug).collect();
    for (post, text) in posts.iter_mut().zip(texts) {
        if post.text.is_none() {
            post.text = text.map(Into::into);
        }
        if shares_article(&slugs, post) {
            post.format = Some("article".into());
        }
    }
}

/// Whose lists say that posts are; where they contradict each other, that is said.
pub(super) fn authors<'a>(
    members: &Members,
    facts: &'a Facts,
    ambiguities: &mut Vec<Ambiguity>,
) -> Authors<'a> {
    let mut stated = Authors::new();
    for one in &facts.post_numbers {
        let name = domain::name_of(&facts.post_names, one.post_name);
        if let (Some(name), Some(slug)) = (name, one.author.as_deref()) {
            let author =
                member(members, slug).map_or(Author::Other(slug), Author::Member);
            stated.entry(name).or_default().insert(author);
        }
    }
    let called = |author: &Author<'_>| match author {
        Author::Member(member) => members.list[member.index()].full_name.to_string(),
        Author::Other(slug) => format!("the profile {slug}"),
    };
    for (name, authors) in stated.iter().filter(|(_, authors)| 1 < authors.len()) {
        // Posts of strangers are nobody's in any case.
        if matches!(authors.first(), Some(Author::Member(_))) {
            let names: Vec<String> = authors.iter().map(called).collect();
            let names = names.join(" and of ");
            let text = format!("lists say that it is of {names}; taken as nobody's");
            let subject = name.to_string().into();
            ambiguities.push(Ambiguity { subject, text: text.into() });
        }
    }
    stated
}

/// The member whose a post is, where lists say nothing else.
pub(super) fn only(authors: &BTreeSet<Author<'_>>) -> Option<MemberIndex> {
    match authors.first() {
        Some(Author::Member(member)) if authors.len() == 1 => Some(*member),
        _ => None,
    }
}

/// The member of a profile.
fn member(members: &Members, slug: &str) -> Option<MemberIndex> {
    let is_theirs = |member: &domain::Member| member.profile.as_deref() == Some(slug);
    members.list.iter().position(is_theirs).map(MemberIndex::from_index)
}

/// Whether a post shares one of these articles.
fn shares_article(slugs: &BTreeSet<&str>, post: &Post) -> bool {
    if slugs.is_empty() {
        return false;
    }
    let target = post.shared_url.as_deref().and_then(link::target);
    matches!(target, Some(LinkTarget::Article(slug)) if slugs.contains(slug.as_str()))
}
