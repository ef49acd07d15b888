//! Tables read back from an output folder, from whichever of the two formats is there.
//!
//! For everything that works on the tables of a finished run (panels, exports, reports). Rows come in the order in
//! which they were written, one row group or line at a time.

use super::cell::{Cell, Day, Kind};
use super::parquet_reader;
use super::schema::Table;
use jiff::Timestamp;
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};

/// A table that could not be read back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadTableError {
    /// The folder has no file of this table.
    #[error("there is no table `{table}` in {}", out.display())]
    NoTable {
        /// Name of the table.
        table: &'static str,
        /// The output folder.
        out: PathBuf,
    },
    /// A file could not be opened or read.
    #[error("cannot read {}: {source}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is not what it should be.
    #[error("cannot read {}: {reason}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

impl ReadTableError {
    pub(super) fn open(path: &Path, source: io::Error) -> Self {
        Self::Open { path: path.to_owned(), source }
    }

    pub(super) fn broken(path: &Path, reason: &dyn std::fmt::Display) -> Self {
        // Only the first line: the rest of a parser's message is about its own insides.
        let reason = reason.to_string().lines().next().unwrap_or_default().to_owned();
        Self::Broken { path: path.to_owned(), reason }
    }
}

/// A column somebody wants to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Want<'t> {
    pub(super) name: &'t str,
    pub(super) kind: Kind,
}

/// Calls `each` with the cells of `columns`, in that order, for every row of `table` below `out`.
///
/// A column that the files do not have (they are of an older version) is null throughout.
///
/// # Errors
/// When the table is not there or a file of it is damaged.
///
/// # Panics
/// When `columns` names a column that `table` does not have.
pub fn scan(
    out: &Path,
    table: &'static Table,
    columns: &[&str],
    each: &mut impl FnMut(&[Cell<'_>]),
) -> Result<(), ReadTableError> {
    let wants: Vec<Want<'_>> = columns.iter().map(|name| want(table, name)).collect();
    let parts = parquet_files(&out.join(table.name))?;
    if !parts.is_empty() {
        return parts.iter().try_for_each(|part| parquet_reader::scan(part, &wants, each));
    }
    let csv = out.join("csv").join(format!("{}.csv", table.name));
    if csv.is_file() {
        return scan_csv(&csv, &wants, each);
    }
    Err(ReadTableError::NoTable { table: table.name, out: out.to_owned() })
}

fn want<'t>(table: &'static Table, name: &'t str) -> Want<'t> {
    let column = table.columns.iter().find(|column| column.name == name);
    let kind = column.unwrap_or_else(|| panic!("{} has no column {name}", table.name)).kind;
    Want { name, kind }
}

/// The Parquet files of a table, in the order of their paths: the order in which they were written.
fn parquet_files(folder: &Path) -> Result<Vec<PathBuf>, ReadTableError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(ReadTableError::open(&folder, error)),
        };
        for entry in entries {
            let path = entry.map_err(|error| ReadTableError::open(&folder, error))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "parquet") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn scan_csv(path: &Path, wants: &[Want<'_>], each: &mut impl FnMut(&[Cell<'_>])) -> Result<(), ReadTableError> {
    let broken = |error: csv::Error| ReadTableError::broken(path, &error);
    let mut reader = csv::Reader::from_path(path).map_err(broken)?;
    let header = reader.headers().map_err(broken)?.clone();
    let clean = |name: &str| name.trim_start_matches('\u{feff}').to_owned();
    let at: Vec<Option<usize>> =
        wants.iter().map(|want| header.iter().position(|name| clean(name) == want.name)).collect();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        let cells: Vec<Cell<'_>> = wants
            .iter()
            .zip(&at)
            .map(|(want, at)| at.and_then(|at| record.get(at)).map_or(Cell::Null, |text| parse(text, want.kind)))
            .collect();
        each(&cells);
    }
    Ok(())
}

/// The cell that `csv_file` writes as `text`.
fn parse(text: &str, kind: Kind) -> Cell<'_> {
    if text.is_empty() {
        return Cell::Null;
    }
    let cell = match kind {
        Kind::Text => Some(Cell::Text(text)),
        Kind::Int => text.parse().ok().map(Cell::Int),
        Kind::Float => text.parse().ok().map(Cell::Float),
        Kind::Bool => text.parse().ok().map(Cell::Bool),
        Kind::Date => text.parse::<Date>().ok().and_then(Day::of).map(Cell::Date),
        Kind::Datetime => text.parse::<Timestamp>().ok().map(|instant| Cell::Datetime(instant.as_microsecond())),
    };
    cell.unwrap_or(Cell::Null)
}

impl<'a> Cell<'a> {
    /// Its text, if it is one.
    pub const fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its number, if it is whole.
    pub const fn int(self) -> Option<i64> {
        match self {
            Self::Int(int) => Some(int),
            _ => None,
        }
    }

    /// Its number.
    pub const fn float(self) -> Option<f64> {
        match self {
            Self::Float(float) => Some(float),
            _ => None,
        }
    }

    /// Its day, if it is one.
    pub const fn day(self) -> Option<Day> {
        match self {
            Self::Date(day) => Some(day),
            _ => None,
        }
    }

    /// True for `true` only.
    pub const fn is_true(self) -> bool {
        matches!(self, Self::Bool(true))
    }
}
