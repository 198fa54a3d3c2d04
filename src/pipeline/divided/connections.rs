//! Connections become what the incremental model needs to know of them.

use std::collections::BTreeMap;

use super::{
    CellsError, Emit, Group,
    cells::{column, index, integers, numbers, reals},
};
use crate::{
    attribute::incremental::{
        Days, Joined, LeadEncounters, LeadSums, Met, Period, Study, StudyConnection,
        StudyLead, StudyPost, Summing, Sums,
    },
    domain::{LeadIndex, MemberIndex, PersonIndex, PostIndex},
    store::{Cells, Rows},
};

/// The tables that come of connections: persons who are no lead, leads, the posts that each
/// could have seen, and by theme what these come to.
pub(super) const JOINED: &str = "risk_joined";
pub(super) const LEADS: &str = "risk_leads";
pub(super) const PAIRS: &str = "risk_pairs";
pub(super) const MET: &str = "risk_met";

/// Leads that are handed on at once, each with many rows.
const LEADS_AT_ONCE: usize = 500;

/// What is written down of a study for those who go through its connections. Floats go as
/// their bits, which no text rounds.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
struct WrittenStudy {
    themes: Vec<Box<str>>,
    periods: Vec<Option<[u64; 2]>>,
    /// Post, member, when, theme.
    posts: Vec<(u32, u32, u64, usize)>,
    /// Lead, person, when.
    leads: Vec<(u32, u32, u64)>,
}

/// Writes a study down, without its connections and deals.
pub(super) fn written(study: &Study) -> String {
    let period = |own: &Period| [own.start.to_bits(), own.end.to_bits()];
    let post = |one: &StudyPost| {
        (one.post.position(), one.member.position(), one.posted_at.to_bits(), one.theme)
    };
    let lead = |one: &StudyLead| {
        (one.lead.position(), one.person.position(), one.created_at.to_bits())
    };
    let written = WrittenStudy {
        themes: study.themes.clone(),
        periods: study.periods.iter().map(|own| own.as_ref().map(period)).collect(),
        posts: study.posts.iter().map(post).collect(),
        leads: study.leads.iter().map(lead).collect(),
    };
    serde_json::to_string(&written).unwrap_or_default()
}

/// Reads what [`super::Attributing::study`] wrote; none where it is no study.
pub fn read_study(text: &str) -> Option<Study> {
    let written: WrittenStudy = serde_json::from_str(text).ok()?;
    let days = Days::from_bits;
    let period = |[start, end]: [u64; 2]| Period { start: days(start), end: days(end) };
    let post = |(post, member, posted_at, theme)| StudyPost {
        post: PostIndex::new(post),
        member: MemberIndex::new(member),
        posted_at: days(posted_at),
        theme,
    };
    let lead = |(lead, person, created_at)| StudyLead {
        lead: LeadIndex::new(lead),
        person: PersonIndex::new(person),
        created_at: days(created_at),
    };
    Some(Study {
        themes: written.themes,
        periods: written.periods.into_iter().map(|own| own.map(period)).collect(),
        posts: written.posts.into_iter().map(post).collect(),
        leads: written.leads.into_iter().map(lead).collect(),
        ..Study::default()
    })
}

/// Connections as [`ByConnection`] reads them.
pub(super) fn rows(connections: impl Iterator<Item = StudyConnection>) -> Rows {
    let list: Vec<StudyConnection> = connections.collect();
    let times = list.iter().map(|one| Some(one.connected_at));
    let columns = vec![
        column(
            "person",
            numbers(list.iter().map(|one| Some(one.person.position().into()))),
        ),
        column(
            "member",
            numbers(list.iter().map(|one| Some(one.member.position().into()))),
        ),
        column("connected_at", Cells::Reals(times.collect())),
    ];
    Rows { columns }
}

/// Adds up connections that stand together by person.
#[derive(Debug)]
pub struct ByConnection<'a> {
    summing: Summing<'a>,
    person: Option<PersonIndex>,
}

impl<'a> ByConnection<'a> {
    /// Nothing yet.
    pub fn new(study: &'a Study) -> Self {
        Self { summing: Summing::new(study), person: None }
    }
}

impl Group for ByConnection<'_> {
    fn add(&mut self, rows: &Rows, emit: Emit<'_>) -> Result<(), CellsError> {
        let (persons, members) = (integers(rows, "person")?, integers(rows, "member")?);
        let times = reals(rows, "connected_at")?;
        for row in 0..rows.len() {
            let person = PersonIndex::new(index(persons[row], "person")?);
            let is_next = self.person.replace(person) != Some(person);
            if is_next && LEADS_AT_ONCE <= self.summing.waiting() {
                hand_on_leads(&self.summing.take_leads(), emit);
            }
            self.summing.add(&StudyConnection {
                member: MemberIndex::new(index(members[row], "member")?),
                person,
                connected_at: times[row].unwrap_or(f64::INFINITY),
            });
        }
        Ok(())
    }

    fn finish(&mut self, emit: Emit<'_>) {
        hand_on_leads(&self.summing.take_leads(), emit);
        let list = self.summing.take_joined();
        let columns = vec![
            column(
                "member",
                numbers(list.iter().map(|one| Some(one.member.position().into()))),
            ),
            column(
                "connected_at",
                Cells::Reals(list.iter().map(|one| Some(one.connected_at)).collect()),
            ),
            column(
                "persons",
                numbers(list.iter().map(|one| i64::try_from(one.persons).ok())),
            ),
        ];
        if !list.is_empty() {
            emit(JOINED, Rows { columns });
        }
    }
}

/// A row of a lead: a number, and two more.
type Row = (LeadIndex, i64, f64, f64);

fn hand_on_leads(leads: &[LeadSums], emit: Emit<'_>) {
    let (mut connections, mut pairs, mut met) = (Vec::new(), Vec::new(), Vec::new());
    for own in leads {
        let row = |number: i64, one, other| -> Row { (own.lead, number, one, other) };
        let connected = own.connections.iter();
        connections.extend(
            connected.map(|(member, at)| row(member.position().into(), *at, 0.0)),
        );
        let Some(encounters) = &own.encounters else { continue };
        let met_posts = encounters.pairs.iter();
        pairs.extend(met_posts.map(|(post, lag)| row((*post).into(), *lag, 0.0)));
        let sums = (0..).zip(&encounters.met).filter(|(_, sum)| **sum != Met::default());
        met.extend(sums.map(|(slot, sum)| row(slot, sum.intensity, sum.lost)));
    }
    write(LEADS, ["member", "connected_at"], None, &connections, emit);
    write(PAIRS, ["post", "lag"], None, &pairs, emit);
    write(MET, ["slot", "intensity"], Some("lost"), &met, emit);
}

fn write(
    table: &'static str,
    [number, one]: [&str; 2],
    other: Option<&str>,
    list: &[Row],
    emit: Emit<'_>,
) {
    if list.is_empty() {
        return;
    }
    let real = |of: fn(&Row) -> f64| {
        Cells::Reals(list.iter().map(|row| Some(of(row))).collect())
    };
    let mut columns = vec![
        column("lead", numbers(list.iter().map(|row| Some(row.0.position().into())))),
        column(number, numbers(list.iter().map(|row| Some(row.1)))),
        column(one, real(|row| row.2)),
    ];
    columns.extend(other.map(|other| column(other, real(|row| row.3))));
    emit(table, Rows { columns });
}

/// What connections came to elsewhere so far.
#[derive(Debug, Default)]
pub(super) struct Added {
    joined: Vec<Joined>,
    leads: BTreeMap<LeadIndex, LeadSums>,
}

impl Added {
    /// Takes persons who are no lead.
    pub(super) fn add_joined(&mut self, rows: &Rows) -> Result<(), CellsError> {
        let (members, times) = (integers(rows, "member")?, reals(rows, "connected_at")?);
        let persons = integers(rows, "persons")?;
        for row in 0..rows.len() {
            self.joined.push(Joined {
                member: MemberIndex::new(index(members[row], "member")?),
                connected_at: times[row].unwrap_or(f64::INFINITY),
                persons: persons[row].map_or(0, i64::unsigned_abs),
            });
        }
        Ok(())
    }

    /// Takes the connections of leads.
    pub(super) fn add_leads(&mut self, rows: &Rows) -> Result<(), CellsError> {
        let (members, times) = (integers(rows, "member")?, reals(rows, "connected_at")?);
        self.each(rows, |own, row| {
            let member = MemberIndex::new(index(members[row], "member")?);
            own.connections.push((member, times[row].unwrap_or(f64::INFINITY)));
            Ok(())
        })
    }

    /// Takes posts that leads could have seen.
    pub(super) fn add_pairs(&mut self, rows: &Rows) -> Result<(), CellsError> {
        let (posts, lags) = (integers(rows, "post")?, reals(rows, "lag")?);
        self.each(rows, |own, row| {
            let post = index(posts[row], "post")?;
            let encounters = own.encounters.get_or_insert_default();
            encounters.pairs.push((post, lags[row].unwrap_or(0.0)));
            Ok(())
        })
    }

    /// Takes what these posts come to, of so many sums.
    pub(super) fn add_met(&mut self, rows: &Rows, sums: usize) -> Result<(), CellsError> {
        let slots = integers(rows, "slot")?;
        let (intensities, lost) = (reals(rows, "intensity")?, reals(rows, "lost")?);
        self.each(rows, |own, row| {
            let slot = index(slots[row], "slot")? as usize;
            let LeadEncounters { met, .. } = own.encounters.get_or_insert_default();
            met.resize(sums, Met::default());
            if let Some(met) = met.get_mut(slot) {
                met.intensity = intensities[row].unwrap_or(0.0);
                met.lost = lost[row].unwrap_or(0.0);
            }
            Ok(())
        })
    }

    fn each(
        &mut self,
        rows: &Rows,
        mut add: impl FnMut(&mut LeadSums, usize) -> Result<(), CellsError>,
    ) -> Result<(), CellsError> {
        let leads = integers(rows, "lead")?;
        for (row, lead) in leads.iter().enumerate() {
            let lead = LeadIndex::new(index(*lead, "lead")?);
            let none = || LeadSums { lead, connections: Vec::new(), encounters: None };
            add(self.leads.entry(lead).or_insert_with(none), row)?;
        }
        Ok(())
    }

    /// All of it, in its order.
    pub(super) fn sums(self) -> Sums {
        let leads = self.leads.into_values().collect();
        let mut sums = Sums { joined: self.joined, leads };
        sums.sort();
        sums
    }
}
