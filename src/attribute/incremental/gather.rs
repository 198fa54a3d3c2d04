//! Members, connections, posts, leads and deals as they were resolved become a study.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::study::{
    Days, MOST_THEMES, OTHER, Period, Study, StudyConnection, StudyDeal, StudyLead,
    StudyPost,
};
use crate::{
    domain::{DealIndex, DealStatus, LeadIndex, Moment, PersonIndex, PostIndex},
    resolve::Resolved,
};

/// Puts everything on one time axis. A member's period lasts from the latest of the first
/// post, the CRM's first lead and the day before which persons were deleted to the earliest of `as_of`, the newest export and the
/// newest archive of the member's.
pub fn study(resolved: &Resolved, as_of: Timestamp, seed: u64) -> Study {
    let study = study_alone(resolved, as_of, seed);
    Study { connections: connections(resolved).collect(), ..study }
}

/// The study without its connections.
pub fn study_alone(resolved: &Resolved, as_of: Timestamp, seed: u64) -> Study {
    let (themes, joined_themes) = themes(resolved);
    let mut study = Study {
        periods: periods(resolved, as_of),
        posts: posts(resolved, &themes),
        deals: deals(resolved),
        themes,
        joined_themes,
        seed,
        ..Study::default()
    };
    (study.leads, study.other_leads) = leads(resolved);
    let undated = resolved.connected.iter().filter(|one| one.since.is_none());
    study.undated_connections = undated.count() as u64;
    study
}

/// The connections that a day is known of.
pub fn connections(resolved: &Resolved) -> impl Iterator<Item = StudyConnection> {
    resolved.connected.iter().filter_map(|one| {
        Some(StudyConnection {
            member: one.member,
            person: one.person,
            connected_at: days(Moment::Day(one.since?).start()),
        })
    })
}

/// Days since 1970 in UTC.
fn days(at: Timestamp) -> Days {
    const DAY_MILLISECONDS: f64 = 86_400_000.0;
    #[expect(clippy::cast_precision_loss, reason = "53 bits of milliseconds are enough")]
    let milliseconds = at.as_millisecond() as f64;
    milliseconds / DAY_MILLISECONDS
}

/// When a lead was made; of a day without a time, its middle.
fn lead_days(moment: Moment) -> Days {
    match moment {
        Moment::Day(_) => days(moment.start()) + 0.5,
        Moment::Instant(instant) => days(instant),
    }
}

fn periods(resolved: &Resolved, as_of: Timestamp) -> Vec<Option<Period>> {
    let created = resolved.leads.iter().filter_map(|lead| lead.created_at);
    let first_lead = created.map(lead_days).fold(f64::INFINITY, f64::min);
    let known_from = resolved.known_from_ms;
    let known_from = known_from.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let first_lead = known_from.map_or(first_lead, |from| first_lead.max(days(from)));
    let mut first_posts = vec![f64::INFINITY; resolved.members.len()];
    for post in &resolved.posts {
        if let (Some(member), Some(at)) = (post.member, post.posted_at) {
            let first = &mut first_posts[member.index()];
            *first = first.min(days(at));
        }
    }
    let known_until = |member: usize| {
        let archived = resolved.archived_ms.get(member).copied().flatten();
        let exported = [resolved.newest_ms, archived].into_iter().flatten().min();
        let exported = exported.and_then(|ms| Timestamp::from_millisecond(ms).ok());
        days(exported.map_or(as_of, |exported| exported.min(as_of)))
    };
    let period = |(member, first_post): (usize, f64)| {
        let period =
            Period { start: first_post.max(first_lead), end: known_until(member) };
        (period.start < period.end).then_some(period)
    };
    first_posts.into_iter().enumerate().map(period).collect()
}

fn theme_of(theme: Option<&str>) -> &str {
    theme.unwrap_or(OTHER)
}

/// The themes by name, and those too rare to stand alone.
fn themes(resolved: &Resolved) -> (Vec<Box<str>>, Vec<Box<str>>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for post in &resolved.posts {
        if post.member.is_some() && post.posted_at.is_some() {
            *counts.entry(theme_of(post.theme.as_deref())).or_default() += 1;
        }
    }
    if counts.len() <= MOST_THEMES {
        return (counts.into_keys().map(Into::into).collect(), Vec::new());
    }
    let mut order: Vec<(&str, usize)> =
        counts.into_iter().filter(|(theme, _)| *theme != OTHER).collect();
    order.sort_by_key(|(theme, count)| (std::cmp::Reverse(*count), *theme));
    let rare = order.split_off(MOST_THEMES - 1);
    let mut kept: Vec<Box<str>> =
        order.into_iter().map(|(theme, _)| theme.into()).collect();
    kept.push(OTHER.into());
    kept.sort();
    let mut joined: Vec<Box<str>> =
        rare.into_iter().map(|(theme, _)| theme.into()).collect();
    joined.sort();
    (kept, joined)
}

fn posts(resolved: &Resolved, themes: &[Box<str>]) -> Vec<StudyPost> {
    let position = |theme: &str| themes.iter().position(|one| &**one == theme);
    let posts = resolved.posts.iter().enumerate().filter_map(|(index, post)| {
        let theme = position(theme_of(post.theme.as_deref()));
        Some(StudyPost {
            post: PostIndex::from_index(index),
            member: post.member?,
            posted_at: days(post.posted_at?),
            theme: theme.or_else(|| position(OTHER))?,
        })
    });
    posts.collect()
}

/// The first record of each person, and all other records.
fn leads(resolved: &Resolved) -> (Vec<StudyLead>, Vec<LeadIndex>) {
    let mut first: BTreeMap<PersonIndex, (Days, LeadIndex)> = BTreeMap::new();
    for (index, lead) in resolved.leads.iter().enumerate() {
        let Some(created_at) = lead.created_at.map(lead_days) else { continue };
        let found = (created_at, LeadIndex::from_index(index));
        let known = first.entry(lead.person).or_insert(found);
        if created_at < known.0 {
            *known = found;
        }
    }
    let leads: BTreeMap<LeadIndex, StudyLead> = first
        .into_iter()
        .map(|(person, (created_at, lead))| {
            (lead, StudyLead { lead, person, created_at })
        })
        .collect();
    let all = (0..resolved.leads.len()).map(LeadIndex::from_index);
    let other = all.filter(|lead| !leads.contains_key(lead)).collect();
    (leads.into_values().collect(), other)
}

fn deals(resolved: &Resolved) -> Vec<StudyDeal> {
    let deal = |(index, deal): (usize, &crate::domain::DealSummary)| {
        let persons =
            deal.leads.iter().map(|one| resolved.leads[one.lead.index()].person);
        let persons: BTreeSet<PersonIndex> = persons.collect();
        StudyDeal {
            deal: DealIndex::from_index(index),
            persons: persons.into_iter().collect(),
            amount_minor: deal.amount_minor,
            currency: deal.currency,
            converted: deal.converted,
            measure: deal.measure(),
            is_won: deal.status == DealStatus::Won,
        }
    };
    resolved.deals.iter().enumerate().map(deal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            Lead, LeadStatus, Member, MemberIndex, Place, Post, PostKind, PostName,
        },
        resolve::Connected,
    };

    fn resolved() -> Resolved {
        let member = |name: &str| Member { full_name: name.into(), profile: None };
        Resolved {
            members: vec![member("Ann"), member("Ben"), member("Cid")],
            member_persons: vec![None; 3],
            newest_ms: Some(at("2024-12-31T00:00:00Z").as_millisecond()),
            archived_ms: vec![
                None,
                Some(at("2024-11-01T00:00:00Z").as_millisecond()),
                None,
            ],
            ..Resolved::default()
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn post(member: u32, posted_at: &str, theme: &str) -> Post {
        Post {
            member: Some(MemberIndex::new(member)),
            posted_at: Some(at(posted_at)),
            theme: Some(theme.into()),
            ..Post::named(PostName { kind: PostKind::Share, group: 0, number: 1 })
        }
    }

    fn lead(person: u32, created_at: Option<&str>) -> Lead {
        Lead {
            source_system: "hubspot".into(),
            remote_id: "1".into(),
            person: PersonIndex::new(person),
            full_name: None,
            profile: None,
            company: None,
            created_at: created_at.map(|text| Moment::from_text(text).unwrap()),
            status: LeadStatus::Open,
            lead_source: None,
            self_reported: None,
            member: None,
            matched: None,
            place: Place::new(1, 1, 0),
        }
    }

    #[test]
    fn a_period_is_where_posts_leads_and_exports_overlap() {
        let mut resolved = resolved();
        resolved.posts = vec![
            post(0, "2024-01-10T00:00:00Z", "a"),
            post(1, "2024-03-10T00:00:00Z", "a"),
        ];
        resolved.leads = vec![lead(1, Some("2024-02-01T00:00:00Z")), lead(2, None)];
        let day = |text: &str| days(at(&format!("{text}T00:00:00Z")));
        let periods = study(&resolved, at("2024-12-01T00:00:00Z"), 1).periods;
        let period = |start, end| Some(Period { start: day(start), end: day(end) });
        assert_eq!(periods[0], period("2024-02-01", "2024-12-01"));
        assert_eq!(periods[1], period("2024-03-10", "2024-11-01"));
        assert_eq!(periods[2], None);
    }

    #[test]
    fn a_person_becomes_a_lead_once() {
        let mut resolved = resolved();
        resolved.leads = vec![
            lead(7, Some("2024-05-02")),
            lead(7, Some("2024-05-01T12:00:00Z")),
            lead(8, None),
        ];
        let study = study(&resolved, at("2024-12-01T00:00:00Z"), 1);
        let lead = StudyLead {
            lead: LeadIndex::new(1),
            person: PersonIndex::new(7),
            created_at: days(at("2024-05-01T12:00:00Z")),
        };
        assert_eq!(study.leads, [lead]);
        assert_eq!(study.other_leads, [LeadIndex::new(0), LeadIndex::new(2)]);
    }

    #[test]
    fn rare_themes_beyond_twelve_are_joined() {
        let mut resolved = resolved();
        for theme in 0..14_u32 {
            let posts = (0..20 - theme)
                .map(|_| post(0, "2024-01-10T00:00:00Z", &format!("t{theme:02}")));
            resolved.posts.extend(posts);
        }
        let study = study(&resolved, at("2024-12-01T00:00:00Z"), 1);
        assert_eq!(study.themes.len(), MOST_THEMES);
        assert_eq!(study.joined_themes, ["t11".into(), "t12".into(), "t13".into()]);
        let other = study.themes.iter().position(|theme| &**theme == OTHER).unwrap();
        assert_eq!(study.posts.iter().filter(|post| post.theme == other).count(), 24);
    }

    #[test]
    fn connections_without_a_day_are_counted_and_left_out() {
        let mut resolved = resolved();
        let connected = |since| Connected {
            person: PersonIndex::new(1),
            member: MemberIndex::new(0),
            since,
        };
        resolved.connected =
            vec![connected(None), connected(Some(jiff::civil::date(1970, 1, 3)))];
        let study = study(&resolved, at("2024-12-01T00:00:00Z"), 1);
        assert_eq!(study.undated_connections, 1);
        assert_eq!(study.connections[0].connected_at.to_bits(), 2.0_f64.to_bits());
    }
}
