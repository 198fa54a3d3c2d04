//! Who is at risk when: sorted join and exit times, never a row per person and day.

use super::{
    calendar::{Calendar, WEEKDAYS},
    exposure::count,
    study::{Days, Period, Study},
    sums::Sums,
};
use crate::domain::{LeadIndex, PersonIndex};

/// The connected leads and the time at risk of all connections.
#[derive(Clone, Debug)]
pub(super) struct Risk {
    /// By member: the join and exit times of the connections.
    pub(super) members: Vec<MemberRisk>,
    /// The connected leads of the study, by time.
    pub(super) events: Vec<Event>,
    /// The members whose connections the leads were; see [`Event::members`].
    pub(super) event_members: Vec<u32>,
    /// The days of the study.
    pub(super) calendar: Calendar,
}

/// A connection that became a lead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Event {
    pub(super) lead: LeadIndex,
    pub(super) person: PersonIndex,
    /// Its position among the sums of leads.
    pub(super) sums: usize,
    pub(super) at: Days,
    pub(super) weekday: usize,
    pub(super) month: usize,
    /// Its first member in [`Risk::event_members`], and how many.
    pub(super) first_member: usize,
    pub(super) members: usize,
}

/// The connections of one member that are at risk at some time of the member's period.
#[derive(Clone, Debug, Default)]
pub(super) struct MemberRisk {
    pub(super) period: Option<Period>,
    /// When they were connected, ascending, and how many were until then.
    joins: Vec<(Days, usize)>,
    /// The connections that became leads, by time.
    pub(super) exits: Vec<Exit>,
    time: Time,
}

/// Time at risk, collected as whole days between two edges and the parts at both ends.
#[derive(Clone, Debug, Default)]
struct Time {
    edges: Vec<f64>,
    parts: Vec<f64>,
}

impl Time {
    fn new(days: usize) -> Self {
        Self { edges: vec![0.0; days + 1], parts: vec![0.0; days + 1] }
    }

    /// Adds the same stretch of some persons, which begins and ends at positions in the
    /// calendar.
    fn add(&mut self, from: (usize, f64), to: (usize, f64), persons: usize) {
        let persons = count(persons);
        self.edges[from.0] += persons;
        self.edges[to.0] -= persons;
        self.parts[from.0] -= persons * from.1;
        self.parts[to.0] += persons * to.1;
    }

    /// By day of the calendar.
    fn by_day(&self) -> Vec<f64> {
        let mut whole = 0.0;
        let days = self.edges.iter().zip(&self.parts).map(|(edge, part)| {
            whole += edge;
            whole + part
        });
        days.collect()
    }
}

/// A connection that left the risk set by becoming a lead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exit {
    pub(super) at: Days,
    pub(super) connected_at: Days,
    /// Which event; set once the events are sorted.
    pub(super) event: usize,
}

impl MemberRisk {
    /// By day of the calendar: the person-days at risk.
    pub(super) fn person_days(&self) -> Vec<f64> {
        self.time.by_day()
    }

    /// How many are at risk at a time; those who are connected at that very time are, and
    /// those who become leads.
    pub(super) fn at_risk(&self, at: Days) -> usize {
        let joined = self.joins.partition_point(|(join, _)| *join <= at);
        let joined = joined.checked_sub(1).map_or(0, |last| self.joins[last].1);
        joined - self.exits.partition_point(|exit| exit.at < at)
    }

    /// The connections that became leads from one instant until before another, by time.
    pub(super) fn exits_within(&self, (from, to): (Days, Days)) -> &[Exit] {
        let first = self.exits.partition_point(|exit| exit.at < from);
        let exits = &self.exits[first..];
        &exits[..exits.partition_point(|exit| exit.at < to)]
    }

    /// How many are at risk at some time.
    pub(super) fn connections(&self) -> usize {
        self.joins.last().map_or(0, |(_, persons)| *persons)
    }
}

impl Risk {
    /// Finds who is at risk when, from what the connections come to.
    pub(super) fn new(study: &Study, sums: &Sums) -> Self {
        let calendar = Calendar::new(&study.periods);
        let mut members: Vec<MemberRisk> = study
            .periods
            .iter()
            .map(|period| MemberRisk {
                period: *period,
                time: Time::new(calendar.days()),
                ..MemberRisk::default()
            })
            .collect();
        for one in &sums.joined {
            let persons = usize::try_from(one.persons).unwrap_or(usize::MAX);
            let member = &mut members[one.member.index()];
            member.add((one.connected_at, None), persons, &calendar);
        }
        let mut events = Vec::new();
        for (position, own) in sums.leads.iter().enumerate() {
            let Some(lead) = study.lead(own.lead) else { continue };
            let left_at = lead.created_at;
            let mut of_members = Vec::new();
            for (member, connected_at) in &own.connections {
                let risk = &mut members[member.index()];
                risk.add((*connected_at, Some(left_at)), 1, &calendar);
                let exit = risk.period.and_then(|own| own.exit(*connected_at, left_at));
                if let Some(at) = exit {
                    let connected_at = *connected_at;
                    risk.exits.push(Exit { at, connected_at, event: events.len() });
                    of_members.push(member.position());
                }
            }
            if of_members.is_empty() {
                continue;
            }
            let (weekday, month) = calendar.cell(left_at);
            let event = Event {
                lead: lead.lead,
                person: lead.person,
                sums: position,
                at: left_at,
                weekday,
                month,
                first_member: 0,
                members: of_members.len(),
            };
            events.push((event, of_members));
        }
        let mut risk =
            Self { members, events: Vec::new(), event_members: Vec::new(), calendar };
        risk.number(&events);
        risk
    }

    /// The members whose connection a lead was.
    pub(super) fn members_of(&self, event: &Event) -> &[u32] {
        &self.event_members[event.first_member..event.first_member + event.members]
    }

    /// Sorts the events by time, and tells the exits which event each is.
    fn number(&mut self, events: &[(Event, Vec<u32>)]) {
        let mut order: Vec<usize> = (0..events.len()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&events[*a].0, &events[*b].0);
            a.at.total_cmp(&b.at).then(a.lead.cmp(&b.lead))
        });
        let mut positions = vec![0; events.len()];
        for (position, index) in order.into_iter().enumerate() {
            positions[index] = position;
            let (event, of_members) = &events[index];
            let first_member = self.event_members.len();
            self.events.push(Event { first_member, ..*event });
            self.event_members.extend(of_members);
        }
        for member in &mut self.members {
            for exit in &mut member.exits {
                exit.event = positions[exit.event];
            }
            member
                .exits
                .sort_by(|a, b| a.at.total_cmp(&b.at).then(a.event.cmp(&b.event)));
            member.joins.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut persons = 0;
            for (_, until) in &mut member.joins {
                persons += *until;
                *until = persons;
            }
        }
    }

    /// Person-days at risk by member, weekday and month: `[member][weekday][month]`.
    pub(super) fn person_days(&self) -> Vec<f64> {
        let months = self.calendar.months();
        let cells = WEEKDAYS * months;
        let mut table = vec![0.0; self.members.len() * cells];
        for (member, table) in self.members.iter().zip(table.chunks_mut(cells.max(1))) {
            for (day, days) in member.person_days().into_iter().enumerate() {
                let (weekday, month) = self.calendar.cell_of_day(day);
                table[weekday * months + month] += days.max(0.0);
            }
        }
        table
    }
}

impl MemberRisk {
    /// Adds persons who were connected at one time, and left or not.
    fn add(
        &mut self,
        (connected_at, left_at): (Days, Option<Days>),
        persons: usize,
        calendar: &Calendar,
    ) {
        let at_risk = self.period.and_then(|own| own.at_risk(connected_at, left_at));
        if let Some((from, to)) = at_risk {
            self.joins.push((connected_at, persons));
            self.time.add(calendar.position(from), calendar.position(to), persons);
        }
    }
}
