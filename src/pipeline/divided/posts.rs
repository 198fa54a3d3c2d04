//! Credits of a post become its sums.

use std::collections::BTreeMap;

use super::{
    Emit, Frame, Group, ROWS_AT_ONCE,
    cells::{CellsError, column, integers, numbers, reals},
};
use crate::{
    analyze::PostSum,
    attribute::Credits,
    store::{Cells, Rows, part_column, share_column},
};

/// The table of sums.
pub(super) const POST_SUMS: &str = "post_sums";

/// Adds up the credits of posts: rows of `lead_shares` or of `deal_parts` that stand together
/// by post, those of a post in the order of leads or deals.
#[derive(Debug)]
pub struct ByPost<'a> {
    frame: &'a Frame,
    post: Option<i64>,
    sums: Vec<PostSum>,
    written: Vec<(i64, usize, PostSum)>,
}

impl<'a> ByPost<'a> {
    /// Nothing yet.
    pub fn new(frame: &'a Frame) -> Self {
        Self { frame, post: None, sums: Vec::new(), written: Vec::new() }
    }

    fn open(&mut self, post: i64, emit: Emit<'_>) {
        if self.post == Some(post) {
            return;
        }
        self.close(emit);
        self.post = Some(post);
        self.sums = vec![PostSum::default(); self.frame.attribution.models.len()];
    }

    fn close(&mut self, emit: Emit<'_>) {
        let Some(post) = self.post.take() else { return };
        let sums = self.sums.drain(..).enumerate();
        self.written.extend(sums.map(|(model, sum)| (post, model, sum)));
        if ROWS_AT_ONCE <= self.written.len() {
            self.hand_on(emit);
        }
    }

    fn hand_on(&mut self, emit: Emit<'_>) {
        write(&std::mem::take(&mut self.written), emit);
    }

    fn add_shares(&mut self, rows: &Rows, emit: Emit<'_>) -> Result<(), CellsError> {
        let posts = integers(rows, "post_id")?;
        let models = self.frame.attribution.models.len();
        let shares: Vec<&[Option<f64>]> = (0..models)
            .map(|model| reals(rows, &share_column(model)))
            .collect::<Result<_, _>>()?;
        for row in 0..rows.len() {
            let Some(post) = posts[row] else { continue };
            self.open(post, emit);
            for (sum, shares) in self.sums.iter_mut().zip(&shares) {
                if let Some(share) = shares[row] {
                    sum.add_share(share);
                }
            }
        }
        Ok(())
    }

    fn add_parts(&mut self, rows: &Rows, emit: Emit<'_>) -> Result<(), CellsError> {
        let (posts, deals) = (integers(rows, "post_id")?, integers(rows, "deal_id")?);
        let models = self.frame.attribution.models.len();
        let parts: Vec<&[Option<i64>]> = (0..models)
            .map(|model| integers(rows, &part_column(model)))
            .collect::<Result<_, _>>()?;
        let frame = self.frame;
        for row in 0..rows.len() {
            let Some(post) = posts[row] else { continue };
            self.open(post, emit);
            let at = deals[row].and_then(|id| usize::try_from(id - 1).ok());
            let Some(deal) = at.and_then(|at| frame.deals.get(at)) else { continue };
            if deal.converted.is_some() {
                continue;
            }
            for (sum, parts) in self.sums.iter_mut().zip(&parts) {
                if let Some(minor) = parts[row] {
                    sum.add_minor(deal, frame.measure, minor);
                }
            }
        }
        Ok(())
    }
}

/// Hands on sums: post, model, and what they come to.
fn write(list: &[(i64, usize, PostSum)], emit: Emit<'_>) {
    if list.is_empty() {
        return;
    }
    let number = |of: fn(&(i64, usize, PostSum)) -> i64| {
        numbers(list.iter().map(|one| Some(of(one))))
    };
    let columns = vec![
        column("post", number(|(post, ..)| *post)),
        column("model", number(|(_, model, _)| i64::try_from(*model).unwrap_or(0))),
        column(
            "leads",
            Cells::Reals(list.iter().map(|(.., sum)| Some(sum.leads)).collect()),
        ),
        column("pipeline_minor", number(|(.., sum)| sum.pipeline_minor)),
        column("won_minor", number(|(.., sum)| sum.won_minor)),
        column("has_other_won", number(|(.., sum)| i64::from(sum.has_other_won))),
    ];
    emit(POST_SUMS, Rows { columns });
}

/// Hands on the money of converted deals by post: what their parts count as is known only
/// where those of a deal are together. Sums of money are the same in any order.
pub(super) fn hand_on_converted(frame: &Frame, credits: &Credits, emit: Emit<'_>) {
    let mut sums: BTreeMap<(i64, usize), PostSum> = BTreeMap::new();
    for model in 0..credits.models.len() {
        credits.each_counted(model, &frame.deals, |deal, post, minor| {
            if let (Some(post), Some(_)) = (post, deal.converted) {
                let sum = sums.entry((post.row_id(), model)).or_default();
                sum.add_minor(deal, frame.measure, minor);
            }
        });
    }
    let list: Vec<_> =
        sums.into_iter().map(|((post, model), sum)| (post, model, sum)).collect();
    write(&list, emit);
}

impl Group for ByPost<'_> {
    fn add(&mut self, rows: &Rows, emit: Emit<'_>) -> Result<(), CellsError> {
        let is_of_deals = rows.columns.iter().any(|(name, _)| name == "deal_id");
        if is_of_deals { self.add_parts(rows, emit) } else { self.add_shares(rows, emit) }
    }

    fn finish(&mut self, emit: Emit<'_>) {
        self.close(emit);
        self.hand_on(emit);
    }
}
