//! What analytics and lists of posts say of posts: each number from the newest file that
//! gives it, never a sum; words and formats where the archive has none.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Exports, members::Members};
use crate::{
    domain::{self, Ambiguity, Facts, MemberIndex, Post, PostIndex, PostName},
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
    let mut authors: Vec<BTreeSet<MemberIndex>> = vec![BTreeSet::new(); posts.len()];
    for one in stated {
        let name = domain::name_of(&facts.post_names, one.post_name);
        let Some(index) = name.and_then(|name| post_of.get(&name)) else { continue };
        let post = &mut posts[index.index()];
        post.numbers.update(&one.numbers);
        texts[index.index()] = one.text.as_deref().or(texts[index.index()]);
        post.format = one.format.clone().or(post.format.take());
        post.campaign = one.campaign.clone().or(post.campaign.take());
        let author = one.author.as_deref().and_then(|slug| member(members, slug));
        authors[index.index()].extend(author);
    }
    for (post, authors) in posts.iter_mut().zip(authors) {
        if post.member.is_none() && authors.len() == 1 {
            post.member = authors.first().copied();
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

/// Whose post a name is, where lists give the profile of one member.
pub(super) fn authors(
    members: &Members,
    facts: &Facts,
    ambiguities: &mut Vec<Ambiguity>,
) -> BTreeMap<PostName, MemberIndex> {
    let mut stated: BTreeMap<PostName, BTreeSet<MemberIndex>> = BTreeMap::new();
    for one in &facts.post_numbers {
        let author = one.author.as_deref().and_then(|slug| member(members, slug));
        let name = domain::name_of(&facts.post_names, one.post_name);
        if let (Some(name), Some(author)) = (name, author) {
            stated.entry(name).or_default().insert(author);
        }
    }
    for (name, authors) in stated.iter().filter(|(_, authors)| 1 < authors.len()) {
        let names = authors.iter().map(|author| &*members.list[author.index()].full_name);
        let names: Vec<&str> = names.collect();
        ambiguities.push(Ambiguity {
            subject: name.to_string().into(),
            text: format!(
                "lists say that it is of {}; taken as nobody's",
                names.join(" and of ")
            )
            .into(),
        });
    }
    let single = stated.into_iter().filter(|(_, authors)| authors.len() == 1);
    single
        .flat_map(|(name, authors)| authors.into_iter().map(move |one| (name, one)))
        .collect()
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
