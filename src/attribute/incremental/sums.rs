//! What the fit needs to know of connections, added up lead by lead, wherever that is done.
//!
//! Of those who became no lead only their number counts, by member and day; of a lead the
//! posts that it could have seen, and by theme what they come to. Both are whole or belong to
//! one lead alone, so that parts make the same sums, to the last bit, however they are made.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    exposure::{self, Met},
    profile::TAUS,
    study::{Days, Period, Study, StudyConnection},
};
use crate::domain::{LeadIndex, MemberIndex, PersonIndex};

/// What connections come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sums {
    /// Persons who became no lead, by member and time; each pair of them once.
    pub joined: Vec<Joined>,
    /// Leads that are connected, in their order, each once.
    pub leads: Vec<LeadSums>,
}

/// How many persons a member was connected to at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Joined {
    /// Whose connections.
    pub member: MemberIndex,
    /// Since when.
    pub connected_at: Days,
    /// How many became no lead.
    pub persons: u64,
}

/// A lead, its connections, and what it met.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadSums {
    /// Which.
    pub lead: LeadIndex,
    /// Members, each with since when.
    pub connections: Vec<(MemberIndex, Days)>,
    /// What it met; none where that is not told lead by lead.
    pub encounters: Option<LeadEncounters>,
}

/// The posts that a lead could have seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeadEncounters {
    /// Positions of the posts in the study, in order, and the days from each to the lead.
    pub pairs: Vec<(u32, Days)>,
    /// By mean lag, then by theme; nothing where there is no pair.
    pub met: Vec<Met>,
}

/// Adds up connections; all of one person are added to one of these.
#[derive(Debug)]
pub struct Summing<'a> {
    study: &'a Study,
    /// Looked up and never walked.
    lead_of: FxHashMap<PersonIndex, usize>,
    /// By member: its posts by time.
    posts: Vec<Vec<(Days, u32)>>,
    /// By member and the bits of a time.
    joined: BTreeMap<(MemberIndex, u64), u64>,
    /// By position of the lead.
    leads: BTreeMap<usize, Vec<(MemberIndex, Days)>>,
}

impl<'a> Summing<'a> {
    /// Nothing yet, of a study whose own connections do not count.
    pub fn new(study: &'a Study) -> Self {
        let leads = study.leads.iter().enumerate();
        let mut posts = vec![Vec::new(); study.periods.len()];
        for (position, post) in (0..).zip(&study.posts) {
            posts[post.member.index()].push((post.posted_at, position));
        }
        for own in &mut posts {
            own.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        Self {
            study,
            lead_of: leads.map(|(position, lead)| (lead.person, position)).collect(),
            posts,
            joined: BTreeMap::new(),
            leads: BTreeMap::new(),
        }
    }

    /// Adds a connection.
    pub fn add(&mut self, one: &StudyConnection) {
        let (member, at) = (one.member, one.connected_at);
        match self.lead_of.get(&one.person) {
            Some(lead) => self.leads.entry(*lead).or_default().push((member, at)),
            None => *self.joined.entry((member, at.to_bits())).or_default() += 1,
        }
    }

    /// Takes the leads that were added so far, all of the connections of each, with what they
    /// met.
    pub fn take_leads(&mut self) -> Vec<LeadSums> {
        let mut leads = self.connected();
        for one in &mut leads {
            one.encounters = self.encounters(one);
        }
        leads
    }

    fn connected(&mut self) -> Vec<LeadSums> {
        let sums = |(position, mut connections): (usize, Vec<(MemberIndex, Days)>)| {
            connections.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            let lead = self.study.leads[position].lead;
            LeadSums { lead, connections, encounters: None }
        };
        std::mem::take(&mut self.leads).into_iter().map(sums).collect()
    }

    /// How many leads were added and not taken.
    pub fn waiting(&self) -> usize {
        self.leads.len()
    }

    /// Takes the persons who were added so far and became no lead.
    pub fn take_joined(&mut self) -> Vec<Joined> {
        let joined = std::mem::take(&mut self.joined).into_iter();
        joined
            .map(|((member, bits), persons)| Joined {
                member,
                connected_at: Days::from_bits(bits),
                persons,
            })
            .collect()
    }

    fn encounters(&self, own: &LeadSums) -> Option<LeadEncounters> {
        let themes = self.study.themes.len();
        let lead = self.study.lead(own.lead)?;
        let mut pairs: Vec<(u32, Days, Days)> = Vec::new();
        for (member, connected_at) in &own.connections {
            let Some(period) = self.study.periods[member.index()] else { continue };
            if period.exit(*connected_at, lead.created_at).is_none() {
                continue;
            }
            let own = &self.posts[member.index()];
            let last = own.partition_point(|(at, _)| *at <= lead.created_at);
            for (posted_at, position) in own[..last].iter().rev() {
                if !exposure::is_near(*posted_at, lead.created_at) {
                    break;
                }
                let Some(window) = exposure::window(period, *posted_at) else { continue };
                if exposure::meets(window, *posted_at, *connected_at, lead.created_at) {
                    let closes = window.1 - posted_at;
                    pairs.push((*position, lead.created_at - posted_at, closes));
                }
            }
        }
        pairs.sort_unstable_by_key(|(position, ..)| *position);
        let mut met = Vec::new();
        if !pairs.is_empty() {
            met = vec![Met::default(); TAUS.len() * themes];
        }
        for (tau, met) in TAUS.into_iter().zip(met.chunks_mut(themes.max(1))) {
            for (position, lag, closes) in &pairs {
                let (now, last) =
                    (exposure::left(*lag, tau), exposure::left(*closes, tau));
                met[self.study.posts[*position as usize].theme].add(now, last, tau);
            }
        }
        let pairs = pairs.into_iter().map(|(position, lag, _)| (position, lag)).collect();
        Some(LeadEncounters { pairs, met })
    }
}

impl Sums {
    /// Those of the study's own connections.
    pub fn of(study: &Study) -> Self {
        let mut summing = Summing::new(study);
        study.connections.iter().for_each(|one| summing.add(one));
        let mut sums = Self { joined: summing.take_joined(), leads: summing.connected() };
        sums.sort();
        sums
    }

    /// Brings what was put together of parts into its order, and adds up what is of one member
    /// and time.
    pub fn sort(&mut self) {
        self.leads.sort_by_key(|one| one.lead);
        self.joined.sort_by(|a, b| {
            a.member.cmp(&b.member).then(a.connected_at.total_cmp(&b.connected_at))
        });
        self.joined.dedup_by(|next, one| {
            let is_same = (next.member, next.connected_at.to_bits())
                == (one.member, one.connected_at.to_bits());
            one.persons += if is_same { next.persons } else { 0 };
            is_same
        });
    }
}

impl Period {
    /// From when to when a connection is at risk, if it ever is; it may leave by becoming a
    /// lead.
    pub(super) fn at_risk(
        self,
        connected_at: Days,
        left_at: Option<Days>,
    ) -> Option<(Days, Days)> {
        let from = connected_at.max(self.start);
        let to = left_at.map_or(self.end, |left| left.min(self.end));
        (from < to).then_some((from, to))
    }

    /// When a connection left by becoming a lead, if that is an event of the study.
    pub(super) fn exit(self, connected_at: Days, left_at: Days) -> Option<Days> {
        self.at_risk(connected_at, Some(left_at))?;
        (left_at < self.end).then_some(left_at)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            exposure::{Encounters, Exposure},
            risk::Risk,
            simulate::World,
            tests::small,
        },
        *,
    };

    /// The sums of so many parts, with what leads met.
    fn divided(study: &Study, parts: u32) -> Sums {
        let mut all = Sums::default();
        for part in (0..parts).rev() {
            let mut summing = Summing::new(study);
            for one in study.connections.iter().rev() {
                if one.person.position() % parts == part {
                    summing.add(one);
                }
            }
            all.leads.append(&mut summing.take_leads());
            all.joined.append(&mut summing.take_joined());
        }
        all.sort();
        all
    }

    #[test]
    fn parts_make_the_sums_of_the_whole() {
        let study = small(World::Effects, 3);
        let mut parts = divided(&study, 3);
        assert_eq!(parts, divided(&study, 1));
        parts.leads.iter_mut().for_each(|lead| lead.encounters = None);
        assert_eq!(parts, Sums::of(&study));
    }

    #[test]
    fn leads_one_by_one_meet_what_posts_one_by_one_meet() {
        let study = small(World::Effects, 3);
        let sums = divided(&study, 2);
        let risk = Risk::new(&study, &sums);
        let by_lead = Encounters::of_leads(&risk, &study.posts, &sums);
        let by_post = Encounters::new(&risk, &study.posts);
        assert!(100 < by_lead.pairs.len());
        assert_eq!(by_lead, by_post);
        let themes = study.themes.len();
        for (index, tau) in TAUS.into_iter().enumerate() {
            let of_leads = Exposure::of_leads(&by_lead, &risk, &sums, (index, themes));
            let events = risk.events.len();
            assert_eq!(of_leads, Exposure::new(&by_post, events, themes, tau));
        }
    }
}
