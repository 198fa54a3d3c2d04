//! Rows of a table of facts ↔ a batch of Arrow.

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, Float64Array, Int32Array, Int64Array, LargeStringArray, RecordBatch,
    StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use pyo3::prelude::*;
use touchstone::store::{Cells, Rows};

use crate::failed;

/// Rows as a batch.
pub(crate) fn batch(rows: Rows) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    for (name, cells) in rows.columns {
        let array: ArrayRef = match cells {
            Cells::Integers(list) => Arc::new(Int64Array::from(list)),
            Cells::Reals(list) => Arc::new(Float64Array::from(list)),
            Cells::Texts(list) => Arc::new(LargeStringArray::from(list)),
        };
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
}

/// A batch as rows.
pub(crate) fn rows(batch: &RecordBatch) -> PyResult<Rows> {
    let mut columns = Vec::new();
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        let cells = cells(array.as_ref()).ok_or_else(|| {
            let (name, other) = (field.name(), array.data_type());
            failed(format!(
                "the column {name} holds {other}; this release writes numbers and text alone"
            ))
        })?;
        columns.push((field.name().clone(), cells));
    }
    Ok(Rows { columns })
}

fn cells(array: &dyn Array) -> Option<Cells> {
    let own = |cell: Option<&str>| cell.map(str::to_owned);
    let any = array.as_any();
    Some(match array.data_type() {
        DataType::Int64 => {
            Cells::Integers(any.downcast_ref::<Int64Array>()?.iter().collect())
        }
        DataType::Int32 => {
            let list = any.downcast_ref::<Int32Array>()?.iter();
            Cells::Integers(list.map(|cell| cell.map(i64::from)).collect())
        }
        DataType::Float64 => {
            Cells::Reals(any.downcast_ref::<Float64Array>()?.iter().collect())
        }
        DataType::LargeUtf8 => {
            let list = any.downcast_ref::<LargeStringArray>()?.iter();
            Cells::Texts(list.map(own).collect())
        }
        DataType::Utf8 => {
            let list = any.downcast_ref::<StringArray>()?.iter();
            Cells::Texts(list.map(own).collect())
        }
        _ => return None,
    })
}
