//! What analytics and lists of posts say of posts: each number from the newest file that
//! gives it, never a sum; words and formats where the archive has none.

use std::collections::{BTreeMap, BTreeSet};

use super::{Exports, members::Members, posts::Posts};
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
pub(super) fn complete(exports: &Exports<'_>, facts: &Facts, posts: &mut Posts) {
    let Posts { list: posts, post_of, .. } = posts;
    let mut stated: Vec<_> = facts.post_numbers.iter().collect();
    stated.sort_by_key(|one| exports.rank(one.place));
    let mut texts: Vec<Option<&str>> = vec![None; posts.len()];
    for one in stated {
        let name = domain::of_name(&facts.post_names, one.post_name);
        let Some(index) = name.and_then(|name| post_of.get(&name)) else { continue };
        let post = &mut posts[index.index()];
        post.numbers.update(&one.numbers);
        texts[index.index()] = one.text.as_deref().or(texts[index.index()]);
        post.format = one.format.clone().or(post.format.take());
        post.campaign = one.campaign.clone().or(post.campaign.take());
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

/// Whose lists say that posts are.
pub(super) fn authors<'a>(members: &Members, facts: &'a Facts) -> Authors<'a> {
    let mut stated = Authors::new();
    for one in &facts.post_numbers {
        let name = domain::of_name(&facts.post_names, one.post_name);
        if let (Some(name), Some(slug)) = (name, one.author.as_deref()) {
            let member = members.of_profile.get(slug).copied();
            let author = member.map_or(Author::Other(slug), Author::Member);
            stated.entry(name).or_default().insert(author);
        }
    }
    stated
}

/// Gives posts that no archive holds to whom lists say that they are; where lists contradict
/// each other under any names of a post, that is said.
pub(super) fn give_members(
    members: &Members,
    authors: &Authors<'_>,
    posts: &mut Posts,
    ambiguities: &mut Vec<Ambiguity>,
) {
    let mut of_posts: BTreeMap<PostIndex, BTreeSet<Author<'_>>> = BTreeMap::new();
    for (name, authors) in authors {
        if let Some(index) = posts.post_of.get(name) {
            of_posts.entry(*index).or_default().extend(authors);
        }
    }
    let called = |member: MemberIndex| members.list[member.index()].full_name.to_string();
    for (index, authors) in of_posts {
        let post = &mut posts.list[index.index()];
        let archived = post.member;
        post.member = archived.or_else(|| only(&authors));
        // Posts of strangers are nobody's in any case.
        if authors.len() < 2 || !matches!(authors.first(), Some(Author::Member(_))) {
            continue;
        }
        let names = authors.iter().map(|author| match author {
            Author::Member(member) => called(*member),
            Author::Other(slug) => format!("the profile {slug}"),
        });
        let names = names.collect::<Vec<_>>().join(" and of ");
        let text = format!("lists say that it is of {names}; taken as");
        let subject = post.name.to_string();
        ambiguities.push(match archived {
            Some(member) => {
                let member = called(member);
                Ambiguity::joined(
                    subject,
                    format!("{text} {member}'s, whose archive holds it"),
                )
            }
            None => Ambiguity::open(subject, format!("{text} nobody's")),
        });
    }
}

/// The member whose a post is, where lists say nothing else.
pub(super) fn only(authors: &BTreeSet<Author<'_>>) -> Option<MemberIndex> {
    match authors.first() {
        Some(Author::Member(member)) if authors.len() == 1 => Some(*member),
        _ => None,
    }
}

/// Whether a post shares one of these articles.
fn shares_article(slugs: &BTreeSet<&str>, post: &Post) -> bool {
    if slugs.is_empty() {
        return false;
    }
    let target = post.shared_url.as_deref().and_then(link::target);
    matches!(target, Some(LinkTarget::Article(slug)) if slugs.contains(slug.as_str()))
}
