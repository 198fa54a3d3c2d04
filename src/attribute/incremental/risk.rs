//! Who is at risk when: sorted join and exit times, never a row per person and day.

use rustc_hash::FxHashMap;

use super::{
    calendar::{Calendar, WEEKDAYS},
    study::{Days, Period, Study},
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
    /// When each was connected, ascending.
    pub(super) joins: Vec<Days>,
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

    /// Adds a stretch that begins and ends at positions in the calendar.
    fn add(&mut self, from: (usize, f64), to: (usize, f64)) {
        self.edges[from.0] += 1.0;
        self.edges[to.0] -= 1.0;
        self.parts[from.0] -= from.1;
        self.parts[to.0] += to.1;
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

    /// How many are at risk at a time; those connected at that very time are.
    pub(super) fn at_risk(&self, at: Days) -> usize {
        let joined = self.joins.partition_point(|join| *join <= at);
        joined - self.exits.partition_point(|exit| exit.at <= at)
    }
}

impl Risk {
    /// Finds who is at risk when.
    pub(super) fn new(study: &Study) -> Self {
        let calendar = Calendar::new(&study.periods);
        // Looked up and never walked.
        let left: FxHashMap<PersonIndex, usize> = (0..study.leads.len())
            .map(|index| (study.leads[index].person, index))
            .collect();
        let mut members: Vec<MemberRisk> = study
            .periods
            .iter()
            .map(|period| MemberRisk {
                period: *period,
                time: Time::new(calendar.days()),
                ..MemberRisk::default()
            })
            .collect();
        let mut connections: Vec<Connection> = (study.connections.iter())
            .map(|one| {
                let lead = left.get(&one.person).copied();
                Connection {
                    member: one.member.0,
                    connected_at: one.connected_at,
                    left_at: lead.map(|lead| study.leads[lead].created_at),
                    lead,
                }
            })
            .collect();
        // Sums come out the same in whatever order the persons are numbered.
        connections.sort_by(Connection::by_time);
        let mut of_lead: Vec<Vec<u32>> = vec![Vec::new(); study.leads.len()];
        for one in &connections {
            let member = &mut members[one.member as usize];
            if member.add(one, &calendar)
                && let Some(lead) = one.lead
            {
                of_lead[lead].push(one.member);
            }
        }
        let mut risk =
            Self { members, events: Vec::new(), event_members: Vec::new(), calendar };
        risk.number(study, of_lead);
        risk
    }

    /// The members whose connection a lead was.
    pub(super) fn members_of(&self, event: &Event) -> &[u32] {
        &self.event_members[event.first_member..event.first_member + event.members]
    }

    /// Sorts the events by time, and tells the exits which event each is.
    fn number(&mut self, study: &Study, mut of_lead: Vec<Vec<u32>>) {
        let mut order: Vec<usize> =
            (0..study.leads.len()).filter(|index| !of_lead[*index].is_empty()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&study.leads[*a], &study.leads[*b]);
            a.created_at.total_cmp(&b.created_at).then(a.lead.cmp(&b.lead))
        });
        let mut positions = vec![0; study.leads.len()];
        for index in order {
            let lead = study.leads[index];
            positions[index] = self.events.len();
            let members = &mut of_lead[index];
            members.sort_unstable();
            let (weekday, month) = self.calendar.cell(lead.created_at);
            self.events.push(Event {
                lead: lead.lead,
                person: lead.person,
                at: lead.created_at,
                weekday,
                month,
                first_member: self.event_members.len(),
                members: members.len(),
            });
            self.event_members.append(members);
        }
        for member in &mut self.members {
            for exit in &mut member.exits {
                exit.event = positions[exit.event];
            }
            member
                .exits
                .sort_by(|a, b| a.at.total_cmp(&b.at).then(a.event.cmp(&b.event)));
            member.joins.sort_by(f64::total_cmp);
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
    /// Adds a connection; says whether its becoming a lead is an event of the study.
    fn add(&mut self, one: &Connection, calendar: &Calendar) -> bool {
        let Some(period) = self.period else { return false };
        let from = one.connected_at.max(period.start);
        let to = one.left_at.map_or(period.end, |left| left.min(period.end));
        if to <= from {
            return false;
        }
        self.joins.push(one.connected_at);
        self.time.add(calendar.position(from), calendar.position(to));
        match (one.left_at, one.lead) {
            (Some(at), Some(event)) if at < period.end => {
                self.exits.push(Exit { at, connected_at: one.connected_at, event });
                true
            }
            _ => false,
        }
    }
}

/// A connection with the time at which it became a lead.
struct Connection {
    member: u32,
    connected_at: Days,
    left_at: Option<Days>,
    /// Its position among the study's leads.
    lead: Option<usize>,
}

impl Connection {
    fn by_time(&self, other: &Self) -> std::cmp::Ordering {
        let left = |one: &Self| one.left_at.unwrap_or(f64::INFINITY);
        (self.member.cmp(&other.member))
            .then(self.connected_at.total_cmp(&other.connected_at))
            .then(left(self).total_cmp(&left(other)))
    }
}
