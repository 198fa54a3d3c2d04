//! Rows of a table of facts ↔ a batch of Arrow.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Int64Array, LargeStringArray, RecordBatch};
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
        let name = field.name().clone();
        let cells = match array.data_type() {
            DataType::Int64 => {
                let list = array.as_any().downcast_ref::<Int64Array>();
                Cells::Integers(
                    list.map(|list| list.iter().collect()).unwrap_or_default(),
                )
            }
            DataType::LargeUtf8 => {
                let list = array.as_any().downcast_ref::<LargeStringArray>();
                let list = list.map(|list| list.iter());
                let own = |cell: Option<&str>| cell.map(str::to_owned);
                Cells::Texts(list.map(|list| list.map(own).collect()).unwrap_or_default())
            }
            other => {
                return Err(failed(format!(
                    "the column {name} holds {other}; an import of this release writes \
                     whole numbers and text alone"
                )));
            }
        };
        columns.push((name, cells));
    }
    Ok(Rows { columns })
}
