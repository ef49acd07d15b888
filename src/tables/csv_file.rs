//! One table as CSV: RFC 4180 with LF, UTF-8, empty for nothing, ISO dates, `true` and `false`.
//!
//! With `excel`, the file begins with a byte order mark (without it Excel reads "Türkiye" as Latin-1) and a text cell
//! that would be a formula (`=HYPERLINK(…)` in a scraped headline) gets an apostrophe in front.

use super::cell::{Cell, iso_instant};
use super::extras::ColumnInfo;
use super::file::{FileInfo, Output, TableError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Characters that make a spreadsheet read a text as a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

pub(super) struct CsvFile {
    output: Output,
    writer: csv::Writer<Output>,
    excel: bool,
    rows: u64,
    /// Reused for numbers and guarded texts.
    scratch: Vec<u8>,
}

impl CsvFile {
    pub(super) fn create(path: PathBuf, columns: &[ColumnInfo], excel: bool) -> Result<Self, TableError> {
        let mut output = Output::create(path)?;
        if excel {
            output.write_all("\u{feff}".as_bytes()).map_err(|source| output.error(source))?;
        }
        let writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(output.clone());
        let mut file = Self { output, writer, excel, rows: 0, scratch: Vec::new() };
        file.writer.write_record(columns.iter().map(|c| &c.name)).map_err(|error| file.error(error))?;
        Ok(file)
    }

    #[inline]
    pub(super) fn cell(&mut self, cell: Cell<'_>) -> Result<(), TableError> {
        self.scratch.clear();
        let scratch = &mut self.scratch;
        let field: &[u8] = match cell {
            Cell::Null => b"",
            Cell::Text(text) if self.excel && text.starts_with(FORMULA_STARTS) => {
                scratch.push(b'\'');
                scratch.extend_from_slice(text.as_bytes());
                scratch
            }
            Cell::Text(text) => text.as_bytes(),
            Cell::Int(int) => {
                push_int(scratch, int);
                scratch
            }
            Cell::Float(float) => {
                // Writing to a vector cannot fail.
                let _ = write!(scratch, "{float}");
                scratch
            }
            Cell::Bool(true) => b"true",
            Cell::Bool(false) => b"false",
            Cell::Date(day) => {
                scratch.extend_from_slice(&day.iso());
                scratch
            }
            Cell::Datetime(micros) => {
                scratch.extend_from_slice(iso_instant(micros).as_bytes());
                scratch
            }
        };
        self.writer.write_field(field).map_err(|error| csv_error(&self.output, error))
    }

    pub(super) fn end_row(&mut self) -> Result<(), TableError> {
        self.rows += 1;
        self.writer.write_record(None::<&[u8]>).map_err(|error| self.error(error))
    }

    pub(super) fn finish(mut self, root: &Path, table: &'static str) -> Result<FileInfo, TableError> {
        self.writer.flush().map_err(|source| self.output.error(source))?;
        self.output.finish(root, Some(table), "csv", self.rows)
    }

    fn error(&self, error: csv::Error) -> TableError {
        csv_error(&self.output, error)
    }
}

fn csv_error(output: &Output, error: csv::Error) -> TableError {
    output.error(match error.into_kind() {
        csv::ErrorKind::Io(source) => source,
        other => std::io::Error::other(format!("{other:?}")),
    })
}

/// Decimal digits of `int`: most cells are offsets and counts, and `write!` takes three times as long for them.
fn push_int(out: &mut Vec<u8>, int: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = int.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if int < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_print_as_rust_prints_them() {
        for int in [0, 7, -7, 10, 1_000_000, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            push_int(&mut out, int);
            assert_eq!(String::from_utf8(out).unwrap(), int.to_string());
        }
    }
}
