//! Columns of rows, by name.

use crate::{
    domain::{LeadIndex, Place, PostIndex, Touch, TouchKind, UnixMs, Word},
    store::{Cells, Rows},
};

/// Rows that are not as this release writes them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the column {name} {fault}; were the rows written by another release?")]
pub struct CellsError {
    /// The column.
    pub name: String,
    /// What is wrong with it.
    pub fault: &'static str,
}

fn wrong(name: &str, fault: &'static str) -> CellsError {
    CellsError { name: name.to_owned(), fault }
}

fn cells<'a>(rows: &'a Rows, name: &str) -> Result<&'a Cells, CellsError> {
    let found = rows.columns.iter().find(|(own, _)| own == name);
    found.map(|(_, cells)| cells).ok_or_else(|| wrong(name, "is missing"))
}

/// Whole numbers that may be unknown.
pub(super) fn integers<'a>(
    rows: &'a Rows,
    name: &str,
) -> Result<&'a [Option<i64>], CellsError> {
    match cells(rows, name)? {
        Cells::Integers(list) => Ok(list),
        _ => Err(wrong(name, "holds no whole numbers")),
    }
}

/// Numbers with a fraction that may be unknown.
pub(super) fn reals<'a>(
    rows: &'a Rows,
    name: &str,
) -> Result<&'a [Option<f64>], CellsError> {
    match cells(rows, name)? {
        Cells::Reals(list) => Ok(list),
        _ => Err(wrong(name, "holds no numbers")),
    }
}

/// Texts that may be unknown.
pub(super) fn texts<'a>(
    rows: &'a Rows,
    name: &str,
) -> Result<&'a [Option<String>], CellsError> {
    match cells(rows, name)? {
        Cells::Texts(list) => Ok(list),
        _ => Err(wrong(name, "holds no text")),
    }
}

/// A cell that must be known and lie within a range of indexes.
pub(super) fn index(cell: Option<i64>, name: &str) -> Result<u32, CellsError> {
    let number = cell.and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| wrong(name, "holds no index"))
}

/// A column of whole numbers.
pub(super) fn numbers(list: impl Iterator<Item = Option<i64>>) -> Cells {
    Cells::Integers(list.collect())
}

/// Names a column.
pub(super) fn column(name: &str, cells: Cells) -> (String, Cells) {
    (name.to_owned(), cells)
}

/// The number of a kind of touch, in the order of kinds.
pub(super) fn kind_number(kind: TouchKind) -> i64 {
    let at = TouchKind::WORDS.iter().position(|(known, _)| *known == kind);
    at.and_then(|at| i64::try_from(at).ok()).unwrap_or(0)
}

/// The kind of a number.
pub(super) fn kind(number: Option<i64>) -> Result<TouchKind, CellsError> {
    let at = number.and_then(|number| usize::try_from(number).ok());
    let found = at.and_then(|at| TouchKind::WORDS.get(at));
    found.map(|(kind, _)| *kind).ok_or_else(|| wrong("kind", "holds no kind of touch"))
}

/// An optional index as a cell.
pub(super) fn post_number(post: Option<PostIndex>) -> Option<i64> {
    post.map(|post| i64::from(post.position()))
}

/// A touch as cells say it, without its evidence.
pub(super) fn touch(
    (lead, post, touched_kind): (Option<i64>, Option<i64>, Option<i64>),
    (touched_ms, place): (Option<i64>, Option<i64>),
) -> Result<Touch<()>, CellsError> {
    let instant = touched_ms.and_then(UnixMs::new).filter(|ms| ms.timestamp().is_some());
    Ok(Touch {
        lead: LeadIndex::new(index(lead, "lead")?),
        post: post
            .map(|post| index(Some(post), "post").map(PostIndex::new))
            .transpose()?,
        kind: kind(touched_kind)?,
        touched_ms: instant.ok_or_else(|| wrong("touched_ms", "holds no instant"))?,
        evidence: (),
        place: Place::from_row_id(place.ok_or_else(|| wrong("place", "is empty"))?),
    })
}
