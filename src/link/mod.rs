//! Persons, posts and deals become touches, and touches become journeys.
//!
//! A touch is observed, never inferred: a list of engagers, a message, a tracked link, the
//! person's own words. A silent reader leaves none.

mod audience;
mod engagement;
mod forms;
mod inferred;
mod journeys;
mod messages;
mod nulls;
mod source_names;
mod sources;
mod traces;
mod windows;

use std::mem;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::{
    domain::{
        self, Contact, Facts, Lead, LeadForm, LeadIndex, MemberClaim, Message, OfPersons,
        OwnComment, Place, PostIndex, PostName, PostNameId, SourceEvidence, Touch,
    },
    resolve::{Exports, Resolved},
};

pub use audience::{Audience, Employers, Engaged, Engager, Engaging, audience};
pub use engagement::{Engagements, Once, most, touch_kind};
pub use inferred::inferred;
pub use journeys::{
    Journey, JourneyTouch, Milestones, Owner, deal_journey, deal_journeys, lead_journey,
    lead_journeys,
};
pub use nulls::{deal_null, deal_nulls, lead_null, lead_nulls};
pub use source_names::names_linkedin;
pub use traces::{Trace, trace, traces};
pub use windows::{Outside, Window};

/// The facts that links are made of, once everything is joined. Identities and engagements,
/// which take more memory than all else that is imported, are not among them: whoever needs
/// them is given them, until they end.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names are the types'")]
pub struct Linkable {
    pub claims: Vec<MemberClaim>,
    /// The post of each name that a file mentions, by name; of a name of another's post none.
    pub posts: Vec<(PostNameId, PostIndex)>,
    /// Those on one of the posts.
    pub own_comments: Vec<OwnComment>,
    /// Those that name posts.
    pub messages: Vec<Message>,
    pub contacts: Vec<Contact>,
    pub evidence: Vec<SourceEvidence>,
    pub lead_forms: Vec<LeadForm>,
}

impl Linkable {
    /// Takes them out of all facts.
    pub fn taken(facts: &mut Facts, resolved: &Resolved) -> Self {
        let post = |(id, name): (PostNameId, PostName)| {
            Some((id, *resolved.post_of.get(&name)?))
        };
        let names = mem::take(&mut facts.post_names).into_iter();
        let mut posts: Vec<_> = names.filter_map(post).collect();
        posts.shrink_to_fit();
        let mut own_comments = mem::take(&mut facts.own_comments);
        let is_known = |id| domain::of_name(&posts, id).is_some();
        own_comments.retain(|one| one.post_name.is_some_and(is_known));
        own_comments.shrink_to_fit();
        let mut messages = mem::take(&mut facts.messages);
        messages.retain(|one| !one.post_names.is_empty());
        messages.shrink_to_fit();
        Self {
            claims: mem::take(&mut facts.claims),
            posts,
            own_comments,
            messages,
            contacts: mem::take(&mut facts.contacts),
            evidence: mem::take(&mut facts.evidence),
            lead_forms: mem::take(&mut facts.lead_forms),
        }
    }
}

/// What a link step reads.
pub struct Linking<'a> {
    /// Who and what there is.
    pub resolved: &'a Resolved,
    /// What is imported of links.
    pub facts: &'a Linkable,
    /// The files and their age.
    pub exports: &'a Exports<'a>,
}

impl Linking<'_> {
    /// The leads of each person: a person may be several records.
    fn leads_by_person(&self) -> OfPersons<LeadIndex> {
        let leads = 0..self.resolved.leads.len();
        let mut leads: Vec<_> = leads.map(LeadIndex::from_index).collect();
        let person = |lead: &LeadIndex| self.lead(*lead).person;
        leads.sort_by_key(person);
        OfPersons::new(self.resolved.persons.len(), leads, person)
    }

    /// The post of a name that a file mentions.
    fn post(&self, id: PostNameId) -> Option<PostIndex> {
        domain::of_name(&self.facts.posts, id)
    }

    /// The newest instant that any file knows of.
    fn newest(&self) -> Timestamp {
        self.resolved.newest().unwrap_or(Timestamp::MAX)
    }

    fn lead(&self, lead: LeadIndex) -> &Lead {
        &self.resolved.leads[lead.index()]
    }
}

/// All touches, by lead and time; touches of one instant by kind and post.
pub fn touches(linking: &Linking<'_>, engagements: &Engagements) -> Vec<Touch> {
    let leads = linking.leads_by_person();
    let mut others = other_touches(linking);
    // They take much memory: it is asked for once, and they are sorted where they stand.
    let mut touches = Vec::with_capacity(engagements.of_leads() + others.len());
    touches.append(&mut others);
    engagement::add_touches(linking, engagements, &leads, &mut touches);
    let urn = |post: PostIndex| linking.resolved.posts[post.index()].name.urn();
    sort_touches(&mut touches, urn, |place| linking.exports.rank(place));
    touches
}

/// Touches from everything but lists of people who engaged, in no order.
pub fn other_touches(linking: &Linking<'_>) -> Vec<Touch> {
    let leads = linking.leads_by_person();
    let mut touches = messages::touches(linking, &leads);
    touches.extend(forms::touches(linking, &leads));
    touches.extend(sources::touches(linking));
    touches
}

/// Sorts touches by lead and time; those of one instant by kind, name of the post, and rank
/// of the place, which no two have in common.
pub fn sort_touches<Evidence: Send, Urn: Ord>(
    touches: &mut [Touch<Evidence>],
    urn: impl Fn(PostIndex) -> Urn + Sync,
    rank: impl Fn(Place) -> (u32, Place) + Sync,
) {
    touches.par_sort_unstable_by(|a, b| {
        let key = |touch: &Touch<Evidence>| (touch.lead, touch.touched_ms, touch.kind);
        let urn = |touch: &Touch<Evidence>| touch.post.map(&urn);
        key(a)
            .cmp(&key(b))
            .then_with(|| urn(a).cmp(&urn(b)))
            .then_with(|| rank(a.place).cmp(&rank(b.place)))
    });
}

/// The touches of one lead, in a list sorted by lead.
pub fn of_lead(touches: &[Touch], lead: LeadIndex) -> &[Touch] {
    let from = touches.partition_point(|touch| touch.lead < lead);
    let to = touches.partition_point(|touch| touch.lead <= lead);
    &touches[from..to]
}
