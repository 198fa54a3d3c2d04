//! Journeys as rows, and the credits that they give.

use super::{
    Emit, Frame, Group, ROWS_AT_ONCE,
    cells::{
        CellsError, column, index, integers, kind, kind_number, numbers, post_number,
        reals,
    },
    evidence, posts,
};
use crate::{
    attribute::{Crediting, Credits, Learning, Weigh},
    domain::{DealIndex, LeadIndex, PostIndex},
    link::{Journey, JourneyTouch, Milestones, Owner},
    store::{Cells, Rows, deal_parts, lead_shares},
};

/// The table of journeys.
pub(super) const JOURNEYS: &str = "journeys";

/// Journeys that wait to be written, a row a touch.
#[derive(Debug, Default)]
pub(super) struct Writing {
    owners: Vec<(i64, i64)>,
    touches: Vec<JourneyTouch>,
    milestones: Vec<Option<Milestones>>,
}

impl Writing {
    pub(super) fn add(&mut self, journey: &Journey, emit: Emit<'_>) {
        let owner = match journey.owner {
            Owner::Lead(lead) => (0, i64::from(lead.position())),
            Owner::Deal(deal) => (1, i64::from(deal.position())),
        };
        for touch in &journey.touches {
            self.owners.push(owner);
            self.touches.push(*touch);
            self.milestones.push(journey.milestones);
            if ROWS_AT_ONCE <= self.owners.len() {
                self.hand_on(emit);
            }
        }
    }

    pub(super) fn hand_on(&mut self, emit: Emit<'_>) {
        let Self { owners, touches, milestones } = std::mem::take(self);
        if owners.is_empty() {
            return;
        }
        let step = |of: fn(&Milestones) -> Option<usize>| {
            numbers(milestones.iter().map(|one| {
                one.as_ref().and_then(of).and_then(|at| i64::try_from(at).ok())
            }))
        };
        let days = touches.iter().map(|touch| Some(touch.days_before)).collect();
        let columns = vec![
            column("of_deals", numbers(owners.iter().map(|owner| Some(owner.0)))),
            column("owner", numbers(owners.iter().map(|owner| Some(owner.1)))),
            column("post", numbers(touches.iter().map(|touch| post_number(touch.post)))),
            column(
                "kind",
                numbers(touches.iter().map(|touch| Some(kind_number(touch.kind)))),
            ),
            column("days_before", Cells::Reals(days)),
            column("before_lead", step(|one| one.before_lead)),
            column("before_deal", step(|one| one.before_deal)),
        ];
        emit(JOURNEYS, Rows { columns });
    }
}

/// Gives the credits of journeys, each whole before it is credited.
pub struct ByJourney<'a> {
    frame: &'a Frame,
    of_leads: Vec<Weigh<'a>>,
    of_deals: Vec<Weigh<'a>>,
    open: Option<Journey>,
    credits: Credits,
    waiting: usize,
}

impl Frame {
    /// What [`ByJourney`] learns from.
    pub fn to_learn(&self) -> Learning<'_> {
        self.learning()
    }
}

impl<'a> ByJourney<'a> {
    /// Weighs as the frame says.
    pub fn new(frame: &'a Frame, learning: &'a Learning<'a>) -> Self {
        let models = frame.attribution.models.iter();
        Self {
            frame,
            of_leads: frame.weighs(learning, false),
            of_deals: frame.weighs(learning, true),
            open: None,
            credits: Credits::none(models.map(|model| model.name)),
            waiting: 0,
        }
    }

    fn close(&mut self, emit: Emit<'_>) {
        let Some(journey) = self.open.take() else { return };
        let weighs = match journey.owner {
            Owner::Lead(_) => &self.of_leads,
            Owner::Deal(_) => &self.of_deals,
        };
        let Frame { attribution, deals, .. } = self.frame;
        let crediting = Crediting::new(&journey, &attribution.weights);
        crediting.add(weighs, deals, &mut self.credits);
        self.waiting += journey.touches.len();
        if ROWS_AT_ONCE <= self.waiting {
            self.hand_on(emit);
        }
    }

    fn hand_on(&mut self, emit: Emit<'_>) {
        self.waiting = 0;
        for (table, rows) in [
            ("lead_shares", lead_shares(&self.credits)),
            ("deal_parts", deal_parts(&self.credits)),
        ] {
            if !rows.is_empty() {
                emit(table, rows);
            }
        }
        posts::hand_on_converted(self.frame, &self.credits, emit);
        self.credits.clear_parts();
    }
}

impl Group for ByJourney<'_> {
    fn add(&mut self, rows: &Rows, emit: Emit<'_>) -> Result<(), CellsError> {
        let (of_deals, owners) = (integers(rows, "of_deals")?, integers(rows, "owner")?);
        let (posts, kinds) = (integers(rows, "post")?, integers(rows, "kind")?);
        let days = reals(rows, "days_before")?;
        let steps = (integers(rows, "before_lead")?, integers(rows, "before_deal")?);
        let step = |cell: Option<i64>| cell.and_then(|at| usize::try_from(at).ok());
        for row in 0..rows.len() {
            let number = index(owners[row], "owner")?;
            let is_deal = of_deals[row] == Some(1);
            let owner = if is_deal {
                Owner::Deal(DealIndex::new(number))
            } else {
                Owner::Lead(LeadIndex::new(number))
            };
            if self.open.as_ref().is_none_or(|journey| journey.owner != owner) {
                self.close(emit);
                let milestones = is_deal.then(|| Milestones {
                    before_lead: step(steps.0[row]),
                    before_deal: step(steps.1[row]),
                });
                self.open = Some(Journey { owner, touches: Vec::new(), milestones });
            }
            let touch = JourneyTouch {
                post: posts[row]
                    .map(|post| index(Some(post), "post").map(PostIndex::new))
                    .transpose()?,
                kind: kind(kinds[row])?,
                days_before: days[row].unwrap_or(0.0),
            };
            self.open.iter_mut().for_each(|journey| journey.touches.push(touch));
        }
        Ok(())
    }

    fn finish(&mut self, emit: Emit<'_>) {
        self.close(emit);
        self.hand_on(emit);
        evidence::hand_on(self.frame, &self.credits, emit);
    }
}
