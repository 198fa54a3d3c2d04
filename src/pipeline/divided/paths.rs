//! How often each path of channels was taken.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    Emit, ROWS_AT_ONCE,
    cells::{CellsError, column, integers, numbers, texts},
};
use crate::{
    attribute::{Channel, Paths},
    store::{Cells, Rows},
};

/// The table of paths.
pub(super) const PATHS: &str = "paths";

/// Whose path it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Lead,
    Deal,
}

/// Counts paths until there are many.
#[derive(Debug, Default)]
pub(super) struct Counting {
    counts: BTreeMap<(Subject, bool, Vec<Channel>), i64>,
}

impl Counting {
    pub(super) fn add(
        &mut self,
        subject: Subject,
        is_converted: bool,
        path: Vec<Channel>,
        emit: Emit<'_>,
    ) {
        *self.counts.entry((subject, is_converted, path)).or_default() += 1;
        if ROWS_AT_ONCE <= self.counts.len() {
            self.hand_on(emit);
        }
    }

    pub(super) fn hand_on(&mut self, emit: Emit<'_>) {
        let counts = std::mem::take(&mut self.counts);
        if counts.is_empty() {
            return;
        }
        let subject = |subject: Subject| i64::from(subject == Subject::Deal);
        let words = |path: &[Channel]| {
            let mut words = String::new();
            for channel in path {
                // Text takes all.
                let _ = write!(words, "{channel} ");
            }
            words
        };
        let columns = vec![
            column("of_deals", numbers(counts.keys().map(|key| Some(subject(key.0))))),
            column("is_converted", numbers(counts.keys().map(|key| Some(key.1.into())))),
            column(
                "path",
                Cells::Texts(counts.keys().map(|key| Some(words(&key.2))).collect()),
            ),
            column("journeys", numbers(counts.values().copied().map(Some))),
        ];
        emit(PATHS, Rows { columns });
    }
}

/// Adds counted paths to those of leads and of deals.
#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2^52 journeys")]
pub(super) fn add(rows: &Rows, to: &mut [Paths; 2]) -> Result<(), CellsError> {
    let (of_deals, converted) =
        (integers(rows, "of_deals")?, integers(rows, "is_converted")?);
    let (paths, journeys) = (texts(rows, "path")?, integers(rows, "journeys")?);
    for row in 0..rows.len() {
        let text = paths[row].as_deref().unwrap_or("");
        let path: Vec<Channel> =
            text.split_whitespace().filter_map(|one| one.parse().ok()).collect();
        let count = journeys[row].unwrap_or(0) as f64;
        let (conversions, nulls) =
            if converted[row] == Some(1) { (count, 0.0) } else { (0.0, count) };
        let at = usize::from(of_deals[row] == Some(1));
        to[at].push(&path, conversions, 0.0, nulls);
    }
    Ok(())
}
