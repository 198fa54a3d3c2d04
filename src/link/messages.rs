//! Touches from messages that carry a post's link.

use std::collections::{BTreeMap, BTreeSet};

use super::Linking;
use crate::domain::{
    LeadIndex, Message, MessageKind, OfPersons, PersonIndex, PostIndex, Touch, TouchKind,
};

/// What two rows state alike: in one export two messages, in two exports one.
type Key = (PersonIndex, PostIndex, Option<jiff::Timestamp>, Option<PersonIndex>);

/// Touches of leads who wrote or got a message with a known post in it.
pub(super) fn touches(linking: &Linking<'_>, leads: &OfPersons<LeadIndex>) -> Vec<Touch> {
    let mut stated: BTreeMap<Key, BTreeMap<i64, Vec<&Message>>> = BTreeMap::new();
    let with_posts =
        linking.facts.messages.iter().filter(|one| one.kind == MessageKind::Contact);
    for message in with_posts {
        let sender = message.sender.map(|id| linking.resolved.persons.of(id));
        let recipients =
            message.recipients.iter().map(|id| linking.resolved.persons.of(*id));
        let people: BTreeSet<PersonIndex> =
            sender.into_iter().chain(recipients).collect();
        let export = linking.exports.file(message.place).export.export_id;
        // A message that names one post under two of its names is one touch.
        let posts = message.post_names.iter().filter_map(|id| linking.post(*id));
        for post in posts.collect::<BTreeSet<PostIndex>>() {
            for &person in people.iter().filter(|person| !leads.of(**person).is_empty()) {
                let key = (person, post, message.sent_at, sender);
                stated.entry(key).or_default().entry(export).or_default().push(message);
            }
        }
    }
    let mut touches = Vec::new();
    for ((person, post, sent_at, sender), by_export) in stated {
        // Overlap goes between exports: the one that states it most often is believed.
        let most = by_export.values().max_by_key(|rows| {
            (rows.len(), rows.first().map(|row| linking.exports.rank(row.place)))
        });
        let Some(sent_at) = sent_at else { continue };
        let evidence = if sender == Some(person) {
            "wrote the post's link"
        } else {
            "was sent the post's link"
        };
        for row in most.into_iter().flatten() {
            touches.extend(leads.of(person).iter().map(|lead| Touch {
                lead: *lead,
                post: Some(post),
                kind: TouchKind::Message,
                touched_ms: sent_at.into(),
                evidence: evidence.into(),
                place: row.place,
            }));
        }
    }
    touches
}
