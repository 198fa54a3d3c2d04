//! Touches of leads become journeys of deals.

use super::{
    Emit, Frame, Group, ROWS_AT_ONCE,
    cells::{
        CellsError, column, index, integers, kind_number, numbers, post_number, touch,
    },
    journeys,
    paths::{Counting, Subject},
};
use crate::{
    domain::{DealIndex, DealStatus, Touch},
    link,
    store::Rows,
};

/// The table of touches of leads that have a deal, once for each of their deals.
pub(super) const DEAL_TOUCHES: &str = "deal_touches";

/// The table of deals that have a journey.
pub(super) const DEALS: &str = "deals_with_journey";

/// Touches of deals that wait to be written.
#[derive(Debug, Default)]
pub(super) struct Writing {
    list: Vec<(DealIndex, Touch<()>)>,
}

impl Writing {
    pub(super) fn add<Evidence: Clone>(
        &mut self,
        deal: DealIndex,
        touch: &Touch<Evidence>,
        emit: Emit<'_>,
    ) {
        // Journeys need no evidence.
        self.list.push((deal, touch.clone().told(drop)));
        if ROWS_AT_ONCE <= self.list.len() {
            self.hand_on(emit);
        }
    }

    pub(super) fn hand_on(&mut self, emit: Emit<'_>) {
        let list = std::mem::take(&mut self.list);
        if list.is_empty() {
            return;
        }
        let number =
            |of: fn(&(DealIndex, Touch<()>)) -> Option<i64>| numbers(list.iter().map(of));
        let columns = vec![
            column("deal", number(|(deal, _)| Some(deal.position().into()))),
            column("lead", number(|(_, touch)| Some(touch.lead.position().into()))),
            column("post", number(|(_, touch)| post_number(touch.post))),
            column("kind", number(|(_, touch)| Some(kind_number(touch.kind)))),
            column("touched_ms", number(|(_, touch)| Some(touch.touched_ms.get()))),
            column("place", number(|(_, touch)| Some(touch.place.row_id()))),
        ];
        emit(DEAL_TOUCHES, Rows { columns });
    }
}

/// Makes the journeys of deals from touches that stand together by deal.
#[derive(Debug)]
pub struct ByDeal<'a> {
    frame: &'a Frame,
    deal: Option<DealIndex>,
    touches: Vec<Touch<()>>,
    journeys: journeys::Writing,
    with_journey: Vec<DealIndex>,
    paths: Counting,
}

impl<'a> ByDeal<'a> {
    /// Nothing yet.
    pub fn new(frame: &'a Frame) -> Self {
        Self {
            frame,
            deal: None,
            touches: Vec::new(),
            journeys: journeys::Writing::default(),
            with_journey: Vec::new(),
            paths: Counting::default(),
        }
    }

    fn close(&mut self, emit: Emit<'_>) {
        let Some(index) = self.deal.take() else { return };
        let mut touches = std::mem::take(&mut self.touches);
        let frame = self.frame;
        link::sort_touches(
            &mut touches,
            |post| frame.post(post).rank,
            |place| frame.rank(place),
        );
        let deal = &frame.deals[index.index()];
        let journey = link::deal_journey(
            (index, deal),
            touches.iter(),
            |lead| frame.created_at[lead.index()],
            frame.attribution.window_days,
            frame.as_of,
        );
        let Some(journey) = journey else { return };
        if deal.status == DealStatus::Won {
            let path = frame.channels.path(&journey.touches);
            self.paths.add(Subject::Deal, true, path, emit);
        }
        self.journeys.add(&journey, emit);
        self.with_journey.push(index);
    }
}

impl Group for ByDeal<'_> {
    fn add(&mut self, rows: &Rows, emit: Emit<'_>) -> Result<(), CellsError> {
        let (deals, leads) = (integers(rows, "deal")?, integers(rows, "lead")?);
        let (posts, kinds) = (integers(rows, "post")?, integers(rows, "kind")?);
        let (instants, places) =
            (integers(rows, "touched_ms")?, integers(rows, "place")?);
        for row in 0..rows.len() {
            let deal = DealIndex::new(index(deals[row], "deal")?);
            if self.deal != Some(deal) {
                self.close(emit);
                self.deal = Some(deal);
            }
            self.touches.push(touch(
                (leads[row], posts[row], kinds[row]),
                (instants[row], places[row]),
            )?);
        }
        Ok(())
    }

    fn finish(&mut self, emit: Emit<'_>) {
        self.close(emit);
        self.journeys.hand_on(emit);
        self.paths.hand_on(emit);
        let deals = std::mem::take(&mut self.with_journey);
        if !deals.is_empty() {
            let deals = numbers(deals.iter().map(|deal| Some(deal.position().into())));
            emit(DEALS, Rows { columns: vec![column("deal", deals)] });
        }
    }
}
