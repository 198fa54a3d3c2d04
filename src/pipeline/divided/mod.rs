//! The same attribution, divided: what can be done for one person, deal, journey or post at
//! a time is done wherever there is room, the rest in one place.
//!
//! [`Attributing`] resolves in one place and makes a [`Frame`], which says of posts, leads
//! and deals what everybody needs to know. [`ByPerson`] turns engagements into touches and
//! leads' journeys, [`ByDeal`] touches into deals' journeys, [`ByJourney`] journeys into
//! credits, [`ByPost`] credits into sums, and [`ByConnection`] connections into what the
//! incremental model is fitted to. [`Attributing::finish`] makes the tables of what
//! they came to.

mod attributing;
mod cells;
mod connections;
mod deals;
mod evidence;
mod frame;
mod journeys;
mod paths;
mod persons;
mod posts;

use crate::store::Rows;

pub use attributing::Attributing;
pub use cells::CellsError;
pub use connections::{ByConnection, read_study};
pub use deals::ByDeal;
pub use frame::Frame;
pub use journeys::ByJourney;
pub use persons::{ByPerson, identity_keys};
pub use posts::ByPost;

/// Takes rows of a table.
pub type Emit<'a> = &'a mut dyn FnMut(&'static str, Rows);

/// Rows that are handed on at once.
const ROWS_AT_ONCE: usize = 50_000;

/// What goes through rows that stand together by what they are about.
pub trait Group {
    /// Takes the next rows; groups are whole over all rows, not within them.
    fn add(&mut self, rows: &Rows, emit: Emit<'_>) -> Result<(), CellsError>;

    /// Ends the last group.
    fn finish(&mut self, emit: Emit<'_>);
}
