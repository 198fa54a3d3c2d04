//! What the person did: messages go, engagements stay as counts.

use std::collections::{BTreeMap, BTreeSet};

use super::Found;
use crate::{
    domain::{EngagementKind, Loaded, PostIndex, PostName},
    store::Erasure,
};

/// Messages of the person, and those that went to nobody else.
pub(super) fn erase_messages(loaded: &Loaded, found: &Found, erasure: &mut Erasure) {
    for one in &loaded.facts.messages {
        let mut recipients = one.recipients.clone();
        recipients.retain(|id| !found.identities.contains(id));
        let is_theirs = one.sender.is_some_and(|id| found.identities.contains(&id));
        let went_to = recipients.len() < one.recipients.len();
        if is_theirs || (went_to && recipients.is_empty()) {
            let tables = ["message_recipients", "message_posts", "messages"];
            erasure.facts.extend(tables.map(|table| (table, one.place)));
        } else if went_to {
            let theirs = one.recipients.iter().filter(|id| found.identities.contains(id));
            erasure.recipients.extend(theirs.map(|id| (one.place, *id)));
        }
    }
}

/// That somebody engaged stays, so that a post keeps its counts; each engagement once, for
/// the lists of several exports can no longer be told to name one person.
pub(super) fn erase_engagements(loaded: &Loaded, found: &Found, erasure: &mut Erasure) {
    let names: BTreeMap<_, _> =
        loaded.facts.post_names.iter().map(|(id, name)| (*id, *name)).collect();
    let mut seen: BTreeSet<(Option<PostIndex>, Option<PostName>, EngagementKind)> =
        BTreeSet::new();
    let theirs = loaded.facts.engagements.iter();
    for one in theirs.filter(|one| found.identities.contains(&one.identity())) {
        // Lists may name one post by other names.
        let name = names.get(&one.post_name()).copied();
        let post = name.and_then(|name| found.post_of.get(&name).copied());
        if !seen.insert((post, name.filter(|_| post.is_none()), one.kind())) {
            erasure.facts.push(("engagements", one.place));
        }
    }
}
