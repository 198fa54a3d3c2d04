//! The words of the trade: plain data, without files, SQL or CSV.

mod moment;
mod money;
mod place;
mod post;

pub use moment::{Moment, iso};
pub use money::{Currency, Money, round_to_minor};
pub use place::Place;
pub use post::{PostKind, PostName};
