//! One table as Parquet. The only file that calls polars.
//!
//! Rows are gathered into column builders and written as a row group when there are enough, so memory is bounded by
//! one row group. polars stores text as the Arrow type `string_view`, on which pyarrow cannot compare, sort or join;
//! so the file carries a schema of our own in which text is plain `string` and every column has its description.

use super::cell::{Cell, Kind};
use super::extras::ColumnInfo;
use super::file::{FileInfo, Output, TableError};
use super::schema::{SCHEMA_VERSION, Table};
use polars::io::parquet::write::BatchedWriter;
use polars::prelude::{
    ArrowDataType, ArrowField, ArrowSchema, ArrowTimeUnit, BooleanChunkedBuilder, ChunkedBuilder, Column, DataFrame,
    DataType, Field, Float64Type, Int32Type, Int64Type, IntoColumn, IntoSeries, KeyValueMetadata, ParquetCompression,
    ParquetWriter, PlSmallStr, PolarsError, PrimitiveChunkedBuilder, Schema, StringChunkedBuilder, TimeUnit, TimeZone,
};
use polars_parquet::write::{ZstdLevel, schema_to_metadata_key};
use std::io;
use std::path::{Path, PathBuf};

/// Rows of a row group: enough for good compression, few enough to skip groups when reading.
const GROUP_ROWS: usize = 64 << 10;
/// Bytes of a row group before compression: the bound on memory where cells are long (`documents` with texts).
const GROUP_BYTES: usize = 4 << 20;
/// Level 1 writes twice as fast as the default and its files are a few per cent longer.
const ZSTD_LEVEL: i32 = 1;
/// Key under which Arrow readers look for the schema.
const ARROW_SCHEMA_KEY: &str = "ARROW:schema";

pub(super) struct ParquetFile {
    output: Output,
    writer: BatchedWriter<Output>,
    columns: Vec<ColumnInfo>,
    builders: Vec<Builder>,
    /// Rows in the builders.
    held: usize,
    /// Bytes in the builders, about.
    held_bytes: usize,
    rows: u64,
}

/// The cells of one column of a row group.
enum Builder {
    Text(StringChunkedBuilder),
    Int(PrimitiveChunkedBuilder<Int64Type>),
    Float(PrimitiveChunkedBuilder<Float64Type>),
    Bool(BooleanChunkedBuilder),
    Date(PrimitiveChunkedBuilder<Int32Type>),
    Datetime(PrimitiveChunkedBuilder<Int64Type>),
}

impl Builder {
    fn new(column: &ColumnInfo) -> Self {
        let name = PlSmallStr::from_str(&column.name);
        match column.kind {
            Kind::Text => Self::Text(StringChunkedBuilder::new(name, 0)),
            Kind::Int => Self::Int(PrimitiveChunkedBuilder::new(name, 0)),
            Kind::Float => Self::Float(PrimitiveChunkedBuilder::new(name, 0)),
            Kind::Bool => Self::Bool(BooleanChunkedBuilder::new(name, 0)),
            Kind::Date => Self::Date(PrimitiveChunkedBuilder::new(name, 0)),
            Kind::Datetime => Self::Datetime(PrimitiveChunkedBuilder::new(name, 0)),
        }
    }

    /// Appends a cell; one of another kind than the column's, which no row struct can make, is nothing.
    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Text(column), Cell::Text(text)) => column.append_value(text),
            (Self::Text(column), _) => column.append_null(),
            (Self::Int(column), Cell::Int(int)) => column.append_value(int),
            (Self::Float(column), Cell::Float(float)) => column.append_value(float),
            (Self::Float(column), _) => column.append_null(),
            (Self::Bool(column), Cell::Bool(bool)) => column.append_value(bool),
            (Self::Bool(column), _) => column.append_null(),
            (Self::Date(column), Cell::Date(day)) => column.append_value(day.since_epoch()),
            (Self::Date(column), _) => column.append_null(),
            (Self::Datetime(column), Cell::Datetime(micros)) => column.append_value(micros),
            (Self::Int(column) | Self::Datetime(column), _) => column.append_null(),
        }
    }

    fn finish(self) -> Column {
        match self {
            Self::Text(column) => column.finish().into_column(),
            Self::Int(column) => column.finish().into_column(),
            Self::Float(column) => column.finish().into_column(),
            Self::Bool(column) => column.finish().into_column(),
            Self::Date(column) => column.finish().into_date().into_series().into_column(),
            Self::Datetime(column) => {
                column.finish().into_datetime(TimeUnit::Microseconds, Some(TimeZone::UTC)).into_series().into_column()
            }
        }
    }
}

impl ParquetFile {
    pub(super) fn create(path: PathBuf, table: &Table, columns: Vec<ColumnInfo>) -> Result<Self, TableError> {
        let output = Output::create(path)?;
        let metadata = vec![
            (ARROW_SCHEMA_KEY.to_owned(), arrow_schema(&columns)),
            ("tidings:table".to_owned(), table.name.to_owned()),
            ("tidings:description".to_owned(), table.description.to_owned()),
            ("tidings:schema_version".to_owned(), SCHEMA_VERSION.to_string()),
        ];
        let schema: Schema =
            columns.iter().map(|c| Field::new(PlSmallStr::from_str(&c.name), polars_type(c.kind))).collect();
        let writer = ParquetWriter::new(output.clone())
            .with_compression(ParquetCompression::Zstd(ZstdLevel::try_new(ZSTD_LEVEL).ok()))
            .with_key_value_metadata(Some(KeyValueMetadata::from_static(metadata)))
            .set_parallel(false)
            .batched(&schema)
            .map_err(|error| output.error(io_error(&error)))?;
        let builders = columns.iter().map(Builder::new).collect();
        Ok(Self { output, writer, columns, builders, held: 0, held_bytes: 0, rows: 0 })
    }

    /// Sets the cell of column `at` in the row that is being made.
    pub(super) fn cell(&mut self, at: usize, cell: Cell<'_>) {
        self.held_bytes += match cell {
            Cell::Text(text) => text.len() + 16,
            _ => 8,
        };
        self.builders[at].push(cell);
    }

    pub(super) fn end_row(&mut self) -> Result<(), TableError> {
        self.held += 1;
        if self.held >= GROUP_ROWS || self.held_bytes >= GROUP_BYTES { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<(), TableError> {
        if self.held == 0 {
            return Ok(());
        }
        let fresh = self.columns.iter().map(Builder::new).collect();
        let columns = std::mem::replace(&mut self.builders, fresh).into_iter().map(Builder::finish).collect();
        DataFrame::new(self.held, columns)
            .and_then(|frame| self.writer.write_batch(&frame))
            .map_err(|error| self.output.error(io_error(&error)))?;
        self.rows += self.held as u64;
        self.held = 0;
        self.held_bytes = 0;
        Ok(())
    }

    pub(super) fn finish(mut self, root: &Path, table: &'static str) -> Result<FileInfo, TableError> {
        self.write_group()?;
        self.writer.finish().map_err(|error| self.output.error(io_error(&error)))?;
        self.output.finish(root, Some(table), "parquet", self.rows)
    }
}

fn polars_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::String,
        Kind::Int => DataType::Int64,
        Kind::Float => DataType::Float64,
        Kind::Bool => DataType::Boolean,
        Kind::Date => DataType::Date,
        Kind::Datetime => DataType::Datetime(TimeUnit::Microseconds, Some(TimeZone::UTC)),
    }
}

/// The schema that Arrow readers see, as they expect it in the file's metadata.
fn arrow_schema(columns: &[ColumnInfo]) -> String {
    let schema: ArrowSchema = columns
        .iter()
        .map(|column| {
            let dtype = match column.kind {
                Kind::Text => ArrowDataType::Utf8,
                Kind::Int => ArrowDataType::Int64,
                Kind::Float => ArrowDataType::Float64,
                Kind::Bool => ArrowDataType::Boolean,
                Kind::Date => ArrowDataType::Date32,
                Kind::Datetime => ArrowDataType::Timestamp(ArrowTimeUnit::Microsecond, Some("UTC".into())),
            };
            let name = PlSmallStr::from_str(&column.name);
            let description = (PlSmallStr::from_static("description"), PlSmallStr::from_str(&column.description));
            let field = ArrowField::new(name.clone(), dtype, true).with_metadata([description].into_iter().collect());
            (name, field)
        })
        .collect();
    schema_to_metadata_key(&schema).value.unwrap_or_default()
}

fn io_error(error: &PolarsError) -> io::Error {
    io::Error::other(error.to_string())
}
