//! Engagements of a person, and other touches of their leads, become touches, journeys, and
//! what lists say of those who became no lead.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Emit, Frame, Group, ROWS_AT_ONCE,
    cells::{CellsError, column, index, integers, numbers, post_number, texts, touch},
    deals, journeys,
    paths::{Counting, Subject},
};
use crate::{
    attribute::KindWeights,
    domain::{
        EngagementKind, Identity, LeadIndex, PersonIndex, Place, PostIndex, Touch,
        TouchKind, UnixMs, Word, iso,
    },
    link::{self, Engaging, Once, Trace},
    resolve,
    store::{Cells, Rows},
};

/// The tables that come of persons, besides journeys, paths and deals' touches.
pub(super) const TRACES: &str = "traces";
pub(super) const AUDIENCE: &str = "audience";
pub(super) const POST_COUNTS: &str = "post_counts";

/// What tells which identities [`super::Attributing`] must know, in their order: `alike`, which
/// those share that stand for one person whatever else is known, `name_key`, the comparison
/// form of the name, and `profile`.
///
/// Only a profile or an opaque id makes two that say the same one person: of a name and a
/// company there may be two.
pub fn identity_keys(rows: &Rows) -> Result<Rows, CellsError> {
    let ids = integers(rows, "identity_id")?;
    let said = ["profile", "linkedin_member_id", "email", "full_name", "company"];
    let [profiles, member_ids, emails, names, companies] =
        said.map(|name| texts(rows, name));
    let (profiles, member_ids) = (profiles?, member_ids?);
    let (emails, names, companies) = (emails?, names?, companies?);
    let alike = |row: usize| {
        if profiles[row].is_none() && member_ids[row].is_none() {
            return ids[row].map(|id| id.to_string());
        }
        let said = [profiles, member_ids, emails, names, companies];
        serde_json::to_string(&said.map(|texts| &texts[row])).ok()
    };
    let name_key = |name: &Option<String>| {
        resolve::name_key(Identity { full_name: name.as_deref(), ..Identity::default() })
    };
    let columns = vec![
        column("identity_id", Cells::Integers(ids.to_vec())),
        column("alike", Cells::Texts((0..rows.len()).map(alike).collect())),
        column("name_key", Cells::Texts(names.iter().map(name_key).collect())),
        column("profile", Cells::Texts(profiles.to_vec())),
    ];
    Ok(Rows { columns })
}

/// Goes through rows that stand together by person, those of a person by post and kind. A row
/// with a lead is a touch that no list of engagers tells; the others are engagements.
#[derive(Debug)]
pub struct ByPerson<'a> {
    frame: &'a Frame,
    person: Option<PersonIndex>,
    listed: Option<Listed>,
    engaging: Engaging,
    /// Of a person who is no lead: when, how and with which post.
    nulls: Vec<(Timestamp, TouchKind, PostIndex)>,
    /// Of a person's leads.
    own: Vec<Touch>,
    counts: BTreeMap<(PostIndex, EngagementKind), i64>,
    touches: Vec<Touch>,
    traces: Vec<(LeadIndex, Trace)>,
    audience: Vec<(PersonIndex, link::Engaged)>,
    journeys: journeys::Writing,
    deals: deals::Writing,
    paths: Counting,
}

/// What lists say of a person, a post and a kind.
#[derive(Debug)]
struct Listed {
    post: PostIndex,
    kind: EngagementKind,
    /// The earliest that the engagement may have been; the greatest where nothing tells it.
    first_ms: i64,
    once: Once,
}

impl<'a> ByPerson<'a> {
    /// Nothing yet.
    pub fn new(frame: &'a Frame) -> Self {
        Self {
            frame,
            person: None,
            listed: None,
            engaging: Engaging::default(),
            nulls: Vec::new(),
            own: Vec::new(),
            counts: BTreeMap::new(),
            touches: Vec::new(),
            traces: Vec::new(),
            audience: Vec::new(),
            journeys: journeys::Writing::default(),
            deals: deals::Writing::default(),
            paths: Counting::default(),
        }
    }

    fn open(&mut self, person: PersonIndex, emit: Emit<'_>) {
        if self.person != Some(person) {
            self.close(emit);
            self.person = Some(person);
        }
    }

    fn close(&mut self, emit: Emit<'_>) {
        let Some(person) = self.person else { return };
        self.close_listed(emit);
        self.person = None;
        self.audience.extend(self.engaging.sums().map(|one| (person, one)));
        self.close_null(emit);
        self.close_touches(emit);
        if ROWS_AT_ONCE <= self.audience.len() {
            self.hand_on(emit);
        }
    }

    /// Takes what one row says.
    fn list(
        &mut self,
        post: PostIndex,
        kind: EngagementKind,
        once: Once,
        emit: Emit<'_>,
    ) {
        let posted_at = self.frame.post(post).posted_at;
        let posted_ms = posted_at.map(UnixMs::from);
        let ms = once.happened_ms.or(posted_ms).or(once.listed_ms);
        let new = Listed { post, kind, first_ms: ms.map_or(i64::MAX, UnixMs::get), once };
        let frame = self.frame;
        match &mut self.listed {
            Some(known) if (known.post, known.kind) == (new.post, new.kind) => {
                known.first_ms = known.first_ms.min(new.first_ms);
                known.once = known.once.merged(new.once, |place| frame.rank(place));
            }
            _ => {
                self.close_listed(emit);
                self.listed = Some(new);
            }
        }
    }

    /// Counts what the person did, each kind and post once, and makes touches of it.
    fn close_listed(&mut self, emit: Emit<'_>) {
        let (Some(listed), Some(person)) = (self.listed.take(), self.person) else {
            return;
        };
        let Listed { post, kind, .. } = listed;
        *self.counts.entry((post, kind)).or_default() += 1;
        if ROWS_AT_ONCE <= self.counts.len() {
            self.hand_on_counts(emit);
        }
        let own = self.frame.post(post);
        self.engaging.add(own.member, kind, listed.first_ms);
        let leads = self.frame.leads_of(person);
        if leads.is_empty() {
            let touched_at = listed.once.touched_at(own.posted_at);
            self.nulls.extend(touched_at.map(|at| (at, link::touch_kind(kind), post)));
        }
        for lead in leads {
            let touch = listed.once.touch(*lead, (post, own.posted_at), kind);
            self.own.extend(touch);
        }
    }

    fn close_null(&mut self, emit: Emit<'_>) {
        let touches = std::mem::take(&mut self.nulls);
        if !touches.is_empty() {
            let null = link::lead_null(touches, self.frame.attribution.window_days);
            let path = self.frame.channels.path(&null);
            self.paths.add(Subject::Lead, false, path, emit);
        }
    }

    fn close_touches(&mut self, emit: Emit<'_>) {
        let frame = self.frame;
        let mut touches = std::mem::take(&mut self.own);
        link::sort_touches(
            &mut touches,
            |post| frame.post(post).rank,
            |place| frame.rank(place),
        );
        for own in touches.chunk_by(|one, next| one.lead == next.lead) {
            self.add_lead(own, emit);
        }
        for touch in touches {
            self.touches.push(touch);
            if ROWS_AT_ONCE <= self.touches.len() {
                self.hand_on(emit);
            }
        }
    }

    /// Takes all touches of one lead, in the order of time.
    fn add_lead(&mut self, own: &[Touch], emit: Emit<'_>) {
        let frame = self.frame;
        let lead = own[0].lead;
        let created_at = frame.created_at[lead.index()];
        let window_days = frame.attribution.window_days;
        let journey = link::lead_journey(lead, created_at, own, window_days);
        self.traces.push((lead, link::trace(own, journey.as_ref())));
        if let Some(journey) = &journey {
            let path = frame.channels.path(&journey.touches);
            self.paths.add(Subject::Lead, true, path, emit);
            self.journeys.add(journey, emit);
        }
        drop(journey);
        if !frame.has_won(lead)
            && let Some(null) = link::deal_null(created_at, own, window_days, frame.as_of)
        {
            self.paths.add(Subject::Deal, false, frame.channels.path(&null), emit);
        }
        for deal in &frame.deals_of[lead.index()] {
            for touch in own {
                self.deals.add(*deal, touch, emit);
            }
        }
    }

    fn hand_on(&mut self, emit: Emit<'_>) {
        let kinds = &self.frame.attribution.weights;
        for (table, rows) in [
            ("touches", touch_rows(&std::mem::take(&mut self.touches), kinds)),
            (TRACES, trace_rows(&std::mem::take(&mut self.traces))),
            (AUDIENCE, audience_rows(&std::mem::take(&mut self.audience))),
        ] {
            if !rows.is_empty() {
                emit(table, rows);
            }
        }
    }

    fn hand_on_counts(&mut self, emit: Emit<'_>) {
        let counts = std::mem::take(&mut self.counts);
        if !counts.is_empty() {
            emit(POST_COUNTS, count_rows(&counts));
        }
    }
}

impl Group for ByPerson<'_> {
    fn add(&mut self, rows: &Rows, emit: Emit<'_>) -> Result<(), CellsError> {
        let (persons, leads) = (integers(rows, "person")?, integers(rows, "lead")?);
        let (posts, kinds) = (integers(rows, "post")?, integers(rows, "kind")?);
        let instants = integers(rows, "touched_ms")?;
        let listed = integers(rows, "listed_ms")?;
        let (places, evidence) = (integers(rows, "place")?, texts(rows, "evidence")?);
        for row in 0..rows.len() {
            let person = PersonIndex::new(index(persons[row], "person")?);
            self.open(person, emit);
            if leads[row].is_some() {
                let touch = touch(
                    (leads[row], posts[row], kinds[row]),
                    (instants[row], places[row]),
                )?;
                let words = evidence[row].as_deref().unwrap_or("");
                self.own.push(touch.told(|()| words.into()));
                continue;
            }
            let post = PostIndex::new(index(posts[row], "post")?);
            // The author is no reader.
            if self.frame.post(post).author != Some(person) {
                let is_reaction = kinds[row] == Some(1);
                let kind = if is_reaction {
                    EngagementKind::Reaction
                } else {
                    EngagementKind::Comment
                };
                let once = Once {
                    place: Place::from_row_id(places[row].unwrap_or(0)),
                    happened_ms: instants[row].and_then(UnixMs::new),
                    listed_ms: listed[row].and_then(UnixMs::new),
                };
                self.list(post, kind, once, emit);
            }
        }
        Ok(())
    }

    fn finish(&mut self, emit: Emit<'_>) {
        self.close(emit);
        self.hand_on(emit);
        self.journeys.hand_on(emit);
        self.deals.hand_on(emit);
        self.paths.hand_on(emit);
        self.hand_on_counts(emit);
    }
}

/// Touches as the database holds them.
fn touch_rows(touches: &[Touch], kinds: &KindWeights) -> Rows {
    let number = |of: fn(&Touch) -> Option<i64>| numbers(touches.iter().map(of));
    let text = |of: fn(&Touch) -> String| {
        Cells::Texts(touches.iter().map(|touch| Some(of(touch))).collect())
    };
    let columns = vec![
        column("lead_id", number(|touch| Some(touch.lead.row_id()))),
        column("post_id", number(|touch| touch.post.map(PostIndex::row_id))),
        column("kind", text(|touch| TouchKind::word(touch.kind).to_owned())),
        column("touched_at", text(|touch| iso(touch.touched_at()))),
        column(
            "weight",
            Cells::Reals(
                touches.iter().map(|touch| Some(kinds.get(touch.kind))).collect(),
            ),
        ),
        column("evidence", text(|touch| touch.evidence.to_string())),
        column("place", number(|touch| Some(touch.place.row_id()))),
    ];
    Rows { columns }
}

fn trace_rows(traces: &[(LeadIndex, Trace)]) -> Rows {
    let number =
        |of: fn(&(LeadIndex, Trace)) -> Option<i64>| numbers(traces.iter().map(of));
    let columns = vec![
        column("lead", number(|(lead, _)| Some(lead.position().into()))),
        column("has_journey", number(|(_, trace)| Some(trace.has_journey.into()))),
        column("names_post", number(|(_, trace)| Some(trace.names_post.into()))),
    ];
    Rows { columns }
}

fn audience_rows(audience: &[(PersonIndex, link::Engaged)]) -> Rows {
    let number = |of: fn(&(PersonIndex, link::Engaged)) -> Option<i64>| {
        numbers(audience.iter().map(of))
    };
    let columns = vec![
        column("person", number(|(person, _)| Some(person.position().into()))),
        column(
            "member",
            number(|(_, one)| one.member.map(|member| member.position().into())),
        ),
        column("first_ms", number(|(_, one)| Some(one.first_ms))),
        column("reactions", number(|(_, one)| Some(one.reactions.into()))),
    ];
    Rows { columns }
}

fn count_rows(counts: &BTreeMap<(PostIndex, EngagementKind), i64>) -> Rows {
    let is_reaction = |kind| i64::from(kind == EngagementKind::Reaction);
    let keys = || counts.keys();
    let columns = vec![
        column("post", numbers(keys().map(|(post, _)| post_number(Some(*post))))),
        column("kind", numbers(keys().map(|(_, kind)| Some(is_reaction(*kind))))),
        column("persons", numbers(counts.values().copied().map(Some))),
    ];
    Rows { columns }
}
