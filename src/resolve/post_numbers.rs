//! What analytics and lists of posts say of posts: each number from the newest file that
//! gives it, never a sum; words and formats where the archive has none.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Exports, members::Members};
use crate::{
    domain::{Facts, MemberIndex, Post, PostIndex, PostName},
    normalize::link::{self, LinkTarget},
};

/// Completes the posts.
pub(super) fn complete(
    exports: &Exports<'_>,
    members: &Members,
    facts: &Facts,
    post_of: &FxHashMap<PostName, PostIndex>,
    posts: &mut [Post],
) {
    let mut stated: Vec<_> = facts.post_numbers.iter().collect();
    stated.sort_by_key(|one| exports.rank(one.place));
    let mut texts: Vec<Option<&str>> = vec![None; posts.len()];
    for one in stated {
        let found = facts.post_names.binary_search_by_key(&one.post_name, |(id, _)| *id);
        let name = found.ok().map(|at| facts.post_names[at].1);
        let Some(index) = name.and_then(|name| post_of.get(&name)) else { continue };
        let post = &mut posts[index.index()];
        post.numbers.update(&one.numbers);
        texts[index.index()] = one.text.as_deref().or(texts[index.index()]);
        post.format = one.format.clone().or(post.format.take());
        post.campaign = one.campaign.clone().or(post.campaign.take());
        if post.member.is_none() {
            post.member = one.author.as_deref().and_then(|slug| member(members, slug));
        }
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

/// Whose post a name is, where a list gives the profile of a member.
pub(super) fn authors(
    members: &Members,
    facts: &Facts,
) -> BTreeMap<PostName, MemberIndex> {
    let stated = facts.post_numbers.iter().filter_map(|one| {
        let author = member(members, one.author.as_deref()?)?;
        let found = facts.post_names.binary_search_by_key(&one.post_name, |(id, _)| *id);
        Some((facts.post_names[found.ok()?].1, author))
    });
    stated.collect()
}

/// The member of a profile.
fn member(members: &Members, slug: &str) -> Option<MemberIndex> {
    let is_theirs =
        |member: &crate::domain::Member| member.profile.as_deref() == Some(slug);
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
