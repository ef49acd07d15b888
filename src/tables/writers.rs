//! [`TableWriters`]: all tables as files, written while rows come.
//!
//! Layout: `<table>/part-00000.parquet` and `csv/<table>.csv` below one folder. Every table has its files, also when
//! it has no row, so that a script that reads them never fails on a quiet day. The same rows in the same order give
//! the same bytes.

use super::cell::Cell;
use super::corpus::Corpus;
use super::corpus::merge::{Spanning, merge};
use super::csv_file::CsvFile;
use super::extras::{ColumnInfo, DocumentExtras, extra_cells};
use super::file::{FileInfo, Output, TableError};
use super::parquet::ParquetFile;
use super::rows::Rows;
use super::schema::{Table, TableRow, tables};
use super::{codebook, datapackage};
use crate::lexicon::Country;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Formats to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Formats {
    /// Parquet only.
    #[default]
    Parquet,
    /// CSV only.
    Csv,
    /// Both.
    Both,
}

/// How to write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// Formats to write.
    pub formats: Formats,
    /// CSV for Excel: byte order mark and formula guard.
    pub excel: bool,
    /// Columns of `documents` beyond the fixed ones: those of the [`RunContext`](super::RunContext).
    pub extras: DocumentExtras,
}

/// The files of all tables, being written.
pub struct TableWriters {
    dir: PathBuf,
    sinks: Vec<Sink>,
}

/// The files of one table.
struct Sink {
    table: &'static Table,
    /// Number of columns, the added ones included.
    width: usize,
    csv: Option<CsvFile>,
    parquet: Option<ParquetFile>,
}

impl TableWriters {
    /// Creates the files of all tables in `dir`.
    ///
    /// # Errors
    /// When a folder or file cannot be made.
    pub fn create(dir: impl Into<PathBuf>, options: &WriteOptions) -> Result<Self, TableError> {
        let dir = dir.into();
        let sinks = tables().into_iter().map(|table| Sink::create(&dir, table, options)).collect::<Result<_, _>>()?;
        Ok(Self { dir, sinks })
    }

    /// Writes rows, in their order.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn append(&mut self, rows: &Rows) -> Result<(), TableError> {
        debug_assert_eq!(rows.documents.len(), rows.document_extras.len());
        for (row, extras) in rows.documents.iter().zip(&rows.document_extras) {
            self.sink(&rows.documents).row(row, extra_cells(extras))?;
        }
        self.table(&rows.sentences)?;
        self.table(&rows.mentions)?;
        self.table(&rows.events)?;
        self.table(&rows.participants)?;
        self.table(&rows.dyads)?;
        self.table(&rows.dates)?;
        self.table(&rows.quotations)?;
        self.table(&rows.rejects)?;
        self.table(&rows.runs)
    }

    /// Writes what spans articles, closes all files and says what they are, sorted by path.
    ///
    /// `country_name` names countries that are only members of mentioned groups.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(
        mut self,
        corpus: Corpus,
        country_name: &dyn Fn(Country) -> Option<String>,
    ) -> Result<Vec<FileInfo>, TableError> {
        let (entities, members, places) = corpus.into_rows(country_name);
        self.table(&entities)?;
        self.table(&members)?;
        self.table(&places)?;
        self.close()
    }

    /// Writes the tables that span articles from sorted runs of observations. `scratch` is a folder for intermediate runs.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn append_spanning(
        &mut self,
        runs: &[PathBuf],
        scratch: &Path,
        country_name: &dyn Fn(Country) -> Option<String>,
    ) -> Result<(), TableError> {
        merge(runs, scratch, country_name, |row| self.spanning(&row).map_err(Failed::Table))
            .map_err(|failed| failed.at(scratch))
    }

    /// Closes all files and says what they are, sorted by path.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn close(self) -> Result<Vec<FileInfo>, TableError> {
        let mut files = Vec::new();
        for sink in self.sinks {
            if let Some(csv) = sink.csv {
                files.push(csv.finish(&self.dir, sink.table.name)?);
            }
            if let Some(parquet) = sink.parquet {
                files.push(parquet.finish(&self.dir, sink.table.name)?);
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    fn spanning(&mut self, row: &Spanning) -> Result<(), TableError> {
        match row {
            Spanning::Entity(row) => self.table(std::slice::from_ref(row)),
            Spanning::Member(row) => self.table(std::slice::from_ref(row)),
            Spanning::Place(row) => self.table(std::slice::from_ref(row)),
        }
    }

    fn table<R: TableRow>(&mut self, rows: &[R]) -> Result<(), TableError> {
        if rows.is_empty() {
            return Ok(());
        }
        let sink = self.sink(rows);
        rows.iter().try_for_each(|row| sink.row(row, std::iter::empty()))
    }

    fn sink<R: TableRow>(&mut self, _: &[R]) -> &mut Sink {
        let at = self.sinks.iter().position(|sink| sink.table.name == R::TABLE.name);
        &mut self.sinks[at.expect("every row type's table is in schema::tables")]
    }
}

/// Why rows that span articles were not written.
enum Failed {
    Table(TableError),
    Io(io::Error),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Failed {
    /// As a problem with a table; what went wrong between the runs is a problem of the folder they are in.
    fn at(self, folder: &Path) -> TableError {
        match self {
            Self::Table(error) => error,
            Self::Io(source) => TableError::Write { path: folder.to_owned(), source },
        }
    }
}

impl Sink {
    fn create(dir: &Path, table: &'static Table, options: &WriteOptions) -> Result<Self, TableError> {
        let columns = ColumnInfo::of(table, &options.extras);
        let csv = match options.formats {
            Formats::Parquet => None,
            Formats::Csv | Formats::Both => {
                Some(CsvFile::create(dir.join("csv").join(format!("{}.csv", table.name)), &columns, options.excel)?)
            }
        };
        let width = columns.len();
        let parquet = match options.formats {
            Formats::Csv => None,
            Formats::Parquet | Formats::Both => {
                Some(ParquetFile::create(dir.join(table.name).join("part-00000.parquet"), table, columns)?)
            }
        };
        Ok(Self { table, width, csv, parquet })
    }

    /// Writes one row and its added cells.
    fn row<'r, R: TableRow>(&mut self, row: &'r R, added: impl Iterator<Item = Cell<'r>>) -> Result<(), TableError> {
        let mut at = 0;
        let mut failed = None;
        let mut write = |cell: Cell<'_>| {
            if let Some(csv) = &mut self.csv
                && let Err(error) = csv.cell(cell)
            {
                failed.get_or_insert(error);
            }
            if let Some(parquet) = &mut self.parquet {
                parquet.cell(at, cell);
            }
            at += 1;
        };
        row.cells(&mut write);
        added.for_each(&mut write);
        debug_assert_eq!(at, self.width, "row and writer disagree on the columns of {}", self.table.name);
        if let Some(error) = failed {
            return Err(error);
        }
        self.end_row()
    }

    fn end_row(&mut self) -> Result<(), TableError> {
        if let Some(csv) = &mut self.csv {
            csv.end_row()?;
        }
        if let Some(parquet) = &mut self.parquet {
            parquet.end_row()?;
        }
        Ok(())
    }
}

/// Writes `datapackage.json` and `codebook.md` for these files into `dir`.
///
/// # Errors
/// When a file cannot be written.
pub fn write_docs(dir: &Path, files: &[FileInfo], extras: &DocumentExtras) -> Result<Vec<FileInfo>, TableError> {
    let package = format!("{:#}\n", datapackage::descriptor(files, extras));
    Ok(vec![
        write_text(dir, "codebook.md", "md", &codebook::render(extras))?,
        write_text(dir, "datapackage.json", "json", &package)?,
    ])
}

fn write_text(dir: &Path, name: &str, format: &'static str, text: &str) -> Result<FileInfo, TableError> {
    let mut output = Output::create(dir.join(name))?;
    output.write_all(text.as_bytes()).map_err(|source| output.error(source))?;
    output.finish(dir, None, format, 0)
}
