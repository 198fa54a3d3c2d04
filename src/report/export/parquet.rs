//! A public view as Parquet: typed columns, all of which may be null.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical},
    data_type::{
        BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
    },
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::{Type, TypePtr},
};

use super::{cannot_write, misfit};
use crate::{
    domain::Moment,
    report::ReportError,
    store::{Cell, Column, ColumnKind, Store},
};

/// Rows and bytes of text of which a row group has at most about so many.
const GROUP_ROWS: usize = 1 << 16;
const GROUP_BYTES: usize = 32 << 20;

/// Writes all rows of a view, and counts them.
pub(super) fn write(
    store: &Store,
    view: &str,
    target: &mut (dyn Write + Send),
) -> Result<u64, ReportError> {
    let cannot = |error: ParquetError| cannot_write(view)(std::io::Error::other(error));
    let columns = store.columns(view)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("touchstone ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let schema = schema(view, &columns).map_err(cannot)?;
    let mut file = SerializedFileWriter::new(target, schema, Arc::new(properties))
        .map_err(cannot)?;
    let mut buffers: Vec<Buffer> = columns.iter().map(Buffer::of).collect();
    let (mut rows, mut held, mut bytes) = (0, 0, 0);
    store.each_row(view, |cells| {
        for (buffer, cell) in buffers.iter_mut().zip(cells) {
            bytes += buffer.push(cell)?;
        }
        rows += 1;
        held += 1;
        if GROUP_ROWS <= held || GROUP_BYTES <= bytes {
            (held, bytes) = (0, 0);
            group(&mut file, &mut buffers).map_err(cannot)?;
        }
        Ok::<(), ReportError>(())
    })?;
    if 0 < held {
        group(&mut file, &mut buffers).map_err(cannot)?;
    }
    file.close().map_err(cannot)?;
    Ok(rows)
}

/// Writes what is held as one row group, and holds nothing after it.
fn group(
    file: &mut SerializedFileWriter<&mut (dyn Write + Send)>,
    buffers: &mut [Buffer],
) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    for buffer in buffers {
        let column = group.next_column()?.expect("the schema has a column for each");
        buffer.write(column)?;
    }
    group.close()?;
    Ok(())
}

fn schema(view: &str, columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let fields = columns
        .iter()
        .map(|column| {
            let (physical, logical) = match column.kind {
                ColumnKind::Integer => (Physical::INT64, None),
                ColumnKind::Real => (Physical::DOUBLE, None),
                ColumnKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                ColumnKind::Flag => (Physical::BOOLEAN, None),
                ColumnKind::Day => (Physical::INT32, Some(LogicalType::Date)),
                ColumnKind::Moment => {
                    let milliseconds = LogicalType::timestamp(true, TimeUnit::MILLIS);
                    (Physical::INT64, Some(milliseconds))
                }
            };
            Type::primitive_type_builder(&column.name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical)
                .build()
                .map(Arc::new)
        })
        .collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder(view).with_fields(fields).build().map(Arc::new)
}

/// The cells of a column that are not written yet.
struct Buffer {
    values: Values,
    /// 1 for each cell that is known, 0 for each that is null.
    levels: Vec<i16>,
}

enum Values {
    Integers(Vec<i64>),
    Reals(Vec<f64>),
    Texts(Vec<ByteArray>),
    Flags(Vec<bool>),
    Days(Vec<i32>),
    Moments(Vec<i64>),
}

impl Buffer {
    fn of(column: &Column) -> Self {
        let values = match column.kind {
            ColumnKind::Integer => Values::Integers(Vec::new()),
            ColumnKind::Real => Values::Reals(Vec::new()),
            ColumnKind::Text => Values::Texts(Vec::new()),
            ColumnKind::Flag => Values::Flags(Vec::new()),
            ColumnKind::Day => Values::Days(Vec::new()),
            ColumnKind::Moment => Values::Moments(Vec::new()),
        };
        Self { values, levels: Vec::new() }
    }

    /// Takes a cell, and says how many bytes it holds.
    fn push(&mut self, cell: &Cell<'_>) -> Result<usize, ReportError> {
        self.levels.push(i16::from(*cell != Cell::Null));
        match (&mut self.values, cell) {
            (_, Cell::Null) => return Ok(0),
            (Values::Integers(own), Cell::Integer(number)) => own.push(*number),
            (Values::Reals(own), Cell::Real(number)) => own.push(*number),
            #[expect(clippy::cast_precision_loss, reason = "the column holds fractions")]
            (Values::Reals(own), Cell::Integer(number)) => own.push(*number as f64),
            (Values::Texts(own), Cell::Text(text)) => {
                own.push(ByteArray::from(*text));
                return Ok(text.len());
            }
            (Values::Texts(own), Cell::Integer(number)) => {
                own.push(ByteArray::from(number.to_string().as_str()));
            }
            (Values::Texts(own), Cell::Real(number)) => {
                own.push(ByteArray::from(number.to_string().as_str()));
            }
            (Values::Flags(own), Cell::Integer(flag @ 0..=1)) => own.push(*flag == 1),
            (Values::Days(own), Cell::Text(text)) => own.push(day(text)?),
            (Values::Moments(own), Cell::Text(text)) => {
                let moment =
                    Moment::from_text(text).ok_or_else(|| misfit("moment", text))?;
                own.push(moment.start().as_millisecond());
            }
            (_, other) => {
                return Err(misfit("value of another kind", format!("{other:?}")));
            }
        }
        Ok(size_of::<i64>())
    }

    fn write(&mut self, column: SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = std::mem::take(&mut self.levels);
        match &mut self.values {
            Values::Integers(own) | Values::Moments(own) => {
                batch::<Int64Type>(column, own, &levels)
            }
            Values::Reals(own) => batch::<DoubleType>(column, own, &levels),
            Values::Texts(own) => batch::<ByteArrayType>(column, own, &levels),
            Values::Flags(own) => batch::<BoolType>(column, own, &levels),
            Values::Days(own) => batch::<Int32Type>(column, own, &levels),
        }
    }
}

fn batch<T: DataType>(
    mut column: SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    levels: &[i16],
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(values, Some(levels), None)?;
    values.clear();
    column.close()
}

/// A day as days since 1970.
fn day(text: &str) -> Result<i32, ReportError> {
    let day: jiff::civil::Date = text.parse().map_err(|_| misfit("day", text))?;
    let since = day.since(jiff::civil::Date::constant(1970, 1, 1));
    since.map(|span| span.get_days()).map_err(|_| misfit("day", text))
}
