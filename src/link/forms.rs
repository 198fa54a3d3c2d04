//! Touches from lead forms that name the post, campaign or creative that they belong to.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use rustc_hash::FxHashMap;

use super::Linking;
use crate::domain::{
    DealStatus, LeadForm, LeadIndex, Moment, OfPersons, PersonIndex, PostIndex, Touch,
    TouchKind,
};

/// A form that a person sent on a day: in several exports it is one.
type Key = (PersonIndex, Date, Option<PostIndex>, Option<Box<str>>);

/// Touches of all leads of whoever sent a form: of a day at the last of it, after whatever else
/// is known of that day.
pub(super) fn touches(linking: &Linking<'_>, leads: &OfPersons<LeadIndex>) -> Vec<Touch> {
    let mut sent: BTreeMap<Key, BTreeMap<Moment, &LeadForm>> = BTreeMap::new();
    let campaigns = campaigns(linking);
    for form in &linking.facts.lead_forms {
        let contacts = &linking.facts.contacts;
        let found = contacts.binary_search_by_key(&form.place, |one| one.place);
        let Some(contact) = found.ok().map(|at| &contacts[at]) else { continue };
        let Some(at) = contact.created_at else { continue };
        let names_something = form.post_name.is_some()
            || form.campaign_id.is_some()
            || form.campaign.is_some()
            || form.creative_id.is_some();
        if !names_something {
            continue;
        }
        let person = linking.resolved.persons.of(contact.identity);
        let post = form
            .post_name
            .and_then(|id| linking.post(id))
            .or_else(|| *campaigns.get(form.campaign.as_deref()?.trim())?);
        let key = (person, at.day(), post, form.form.clone());
        let sent = sent.entry(key).or_default();
        sent.entry(at)
            .and_modify(|known| {
                let rank = |one: &LeadForm| linking.exports.rank(one.place);
                if rank(known) < rank(form) {
                    *known = form;
                }
            })
            .or_insert(form);
    }
    let sent = sent.into_iter().flat_map(|((person, _, post, _), mut sent)| {
        // What one export tells of the day alone is what another knows the time of.
        if sent.keys().any(|at| is_instant(*at)) {
            sent.retain(|at, _| is_instant(*at));
        }
        sent.into_iter().map(move |(at, form)| (person, at, post, form))
    });
    let mut touches = Vec::new();
    let newest = linking.newest();
    let closed = closed(linking);
    for (person, at, post, form) in sent {
        touches.extend(leads.of(person).iter().map(|lead| {
            let closed = closed.get(lead).map_or(&[][..], Vec::as_slice);
            let ends = linking.lead(*lead).created_at.iter().chain(closed);
            Touch {
                lead: *lead,
                post,
                kind: TouchKind::LeadGenForm,
                touched_ms: touched_at(at, ends, newest).into(),
                evidence: words(form, post).into(),
                place: form.place,
            }
        }));
    }
    touches
}

fn is_instant(moment: Moment) -> bool {
    matches!(moment, Moment::Instant(_))
}

/// When the deals of each lead were closed. Looked up and never walked.
fn closed(linking: &Linking<'_>) -> FxHashMap<LeadIndex, Vec<Moment>> {
    let mut found: FxHashMap<LeadIndex, Vec<Moment>> = FxHashMap::default();
    for deal in &linking.resolved.deals {
        let is_closed = matches!(deal.status, DealStatus::Won | DealStatus::Lost);
        let Some(at) = deal.closed_at.filter(|_| is_closed) else { continue };
        for join in &deal.leads {
            found.entry(join.lead).or_default().push(at);
        }
    }
    found
}

/// When a form counts as sent: of a day at its end, but no later than a journey ends at an
/// instant of that day.
fn touched_at<'a>(
    sent: Moment,
    ends: impl Iterator<Item = &'a Moment>,
    known_until: Timestamp,
) -> Timestamp {
    let end = sent.end_until(known_until);
    let of_day =
        ends.filter(|at| !is_instant(sent) && is_instant(**at) && at.day() == sent.day());
    of_day.map(|at| at.start()).fold(end, Timestamp::min)
}

/// The one post that each campaign paid for; of several none. Looked up and never walked.
fn campaigns<'a>(linking: &Linking<'a>) -> FxHashMap<&'a str, Option<PostIndex>> {
    let mut found: FxHashMap<&str, Option<PostIndex>> = FxHashMap::default();
    for (index, post) in linking.resolved.posts.iter().enumerate() {
        let Some(campaign) = post.campaign.as_deref() else { continue };
        let post = found.entry(campaign.trim());
        post.and_modify(|one| *one = None).or_insert(Some(PostIndex::from_index(index)));
    }
    found
}

/// The evidence in words.
fn words(form: &LeadForm, post: Option<PostIndex>) -> String {
    let part = |what: &str, text: Option<&str>| {
        text.map(|text| format!("{what} {text}")).unwrap_or_default()
    };
    let parts = [
        part("form", form.form.as_deref()),
        part("campaign", form.campaign.as_deref().or(form.campaign_id.as_deref())),
        part("creative", form.creative_id.as_deref()),
    ];
    let named: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let how = match (post, form.post_name) {
        (Some(_), Some(_)) => "the form names the post",
        (Some(_), None) => "the campaign paid for this post alone",
        (None, _) => "which post it showed is not known",
    };
    format!("sent a lead form ({}): {how}", named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_a_day_is_sent_at_its_end_and_before_a_record_of_that_day() {
        let check = |sent, ends: Option<&str>, expected| {
            let moment = |text| Moment::from_text(text).unwrap();
            let known_until = "2024-06-02T10:00:00Z".parse().unwrap();
            let at = touched_at(moment(sent), ends.map(moment).iter(), known_until);
            assert_eq!(at.to_string(), expected, "{sent}, {ends:?}");
        };
        let noon = "2024-05-02T12:00:00Z";
        check("2024-05-02", None, "2024-05-02T23:59:59.999Z");
        check("2024-05-02", Some("2024-05-02"), "2024-05-02T23:59:59.999Z");
        check("2024-05-02", Some(noon), noon);
        check("2024-05-02", Some("2024-05-01T12:00:00Z"), "2024-05-02T23:59:59.999Z");
        check("2024-05-02", Some("2024-05-03T12:00:00Z"), "2024-05-02T23:59:59.999Z");
        check("2024-05-02T13:00:00Z", Some(noon), "2024-05-02T13:00:00Z");
        check("2024-06-02", None, "2024-06-02T10:00:00Z");
    }
}
