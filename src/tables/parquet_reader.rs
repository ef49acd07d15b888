//! Tables read back from Parquet. Beside `parquet` the only file that calls polars.
//!
//! A file is read one row group at a time, so memory is bounded by a row group whatever the table's size.

use super::cell::{Cell, Day, Kind};
use super::reader::{ReadTableError, Want};
use polars::prelude::{
    BooleanChunked, DataFrame, DataType, Float64Chunked, Int32Chunked, Int64Chunked, ParallelStrategy, ParquetReader,
    PolarsError, SerReader, StringChunked, TimeUnit,
};
use std::fs::File;
use std::path::Path;

/// One column of a row group, by the type its table gives it.
enum Values {
    Text(StringChunked),
    Int(Int64Chunked),
    Float(Float64Chunked),
    Bool(BooleanChunked),
    Date(Int32Chunked),
    Datetime(Int64Chunked),
    /// The file does not have the column: it was written before the column was added.
    Missing,
}

/// Calls `each` with the wanted cells of every row of the file, in order.
pub(super) fn scan(path: &Path, wants: &[Want<'_>], each: &mut impl FnMut(&[Cell<'_>])) -> Result<(), ReadTableError> {
    let open = || File::open(path).map_err(|source| ReadTableError::open(path, source));
    let broken = |error: PolarsError| ReadTableError::broken(path, &error);
    let mut head = ParquetReader::new(open()?);
    let metadata = head.get_metadata().map_err(broken)?.clone();
    let schema = head.schema().map_err(broken)?;
    let present: Vec<String> =
        wants.iter().filter(|want| schema.contains(want.name)).map(|want| want.name.to_owned()).collect();

    let mut start = 0;
    for group in &metadata.row_groups {
        let rows = group.num_rows();
        let mut reader = ParquetReader::new(open()?)
            .read_parallel(ParallelStrategy::None)
            .with_columns(Some(present.clone()))
            .with_slice(Some((start, rows)));
        reader.set_metadata(metadata.clone());
        let frame = reader.finish().map_err(broken)?;
        rows_of(&frame, wants, each).map_err(broken)?;
        start += rows;
    }
    Ok(())
}

fn rows_of(frame: &DataFrame, wants: &[Want<'_>], each: &mut impl FnMut(&[Cell<'_>])) -> Result<(), PolarsError> {
    let columns = wants.iter().map(|want| values(frame, want)).collect::<Result<Vec<_>, _>>()?;
    let mut cells = Vec::with_capacity(wants.len());
    for row in 0..frame.height() {
        cells.clear();
        cells.extend(columns.iter().map(|column| column.get(row)));
        each(&cells);
    }
    Ok(())
}

fn values(frame: &DataFrame, want: &Want<'_>) -> Result<Values, PolarsError> {
    let Ok(column) = frame.column(want.name) else { return Ok(Values::Missing) };
    let series = column.as_materialized_series().rechunk();
    Ok(match want.kind {
        Kind::Text => Values::Text(series.str()?.clone()),
        Kind::Int => Values::Int(series.cast(&DataType::Int64)?.i64()?.clone()),
        Kind::Float => Values::Float(series.cast(&DataType::Float64)?.f64()?.clone()),
        Kind::Bool => Values::Bool(series.bool()?.clone()),
        Kind::Date => Values::Date(series.cast(&DataType::Int32)?.i32()?.clone()),
        Kind::Datetime => {
            let micros = series.cast(&DataType::Datetime(TimeUnit::Microseconds, None))?;
            Values::Datetime(micros.cast(&DataType::Int64)?.i64()?.clone())
        }
    })
}

impl Values {
    fn get(&self, row: usize) -> Cell<'_> {
        let cell = match self {
            Self::Text(column) => column.get(row).map(Cell::Text),
            Self::Int(column) => column.get(row).map(Cell::Int),
            Self::Float(column) => column.get(row).map(Cell::Float),
            Self::Bool(column) => column.get(row).map(Cell::Bool),
            Self::Date(column) => column.get(row).and_then(Day::from_epoch).map(Cell::Date),
            Self::Datetime(column) => column.get(row).map(Cell::Datetime),
            Self::Missing => None,
        };
        cell.unwrap_or(Cell::Null)
    }
}
