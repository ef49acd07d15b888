//! Reading one CSV table into typed rows, with errors that name the file, the line and the column.
//!
//! Files are UTF-8 with a header; several values in a cell are joined by `;`. Columns may stand in any order, and
//! columns we do not know (remarks of the user) are ignored.

use super::code::{Country, Sector};
use super::dates::{Bound, Spell};
use std::path::PathBuf;

/// Why a lexicon cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// The ontology cannot be used.
    #[error(transparent)]
    Ontology(#[from] super::ontology::OntologyError),
    /// The gazetteer cannot be used.
    #[error(transparent)]
    Gazetteer(#[from] super::gazetteer::GazetteerError),
    /// The file or folder cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// What was being read.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not well-formed CSV.
    #[error("{file}, line {line}: {message}")]
    Csv {
        /// Name of the table.
        file: String,
        /// Line in the file, from 1.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
    /// A column the table needs is not there.
    #[error("{file}: column `{column}` is missing")]
    Column {
        /// Name of the table.
        file: String,
        /// The column sought.
        column: &'static str,
    },
    /// A cell that cannot be understood.
    #[error("{file}, line {line}, column `{column}`: {message}, found `{value}`")]
    Cell {
        /// Name of the table.
        file: String,
        /// Line in the file, from 1.
        line: u64,
        /// The column.
        column: &'static str,
        /// What the cell holds.
        value: String,
        /// What was expected.
        message: &'static str,
    },
    /// A CSV file in the folder that is no table of the lexicon: probably a misspelt name.
    #[error("{} is no table of the lexicon (expected one of {known})", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// The names that would be read.
        known: String,
    },
}

/// The text of one table, perhaps in several files (the table and the user's additions to it).
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Name shown in errors.
    pub(super) file: String,
    /// Whole content.
    pub(super) text: std::borrow::Cow<'static, str>,
}

/// One line of a table.
pub(super) struct Row<'a> {
    file: &'a str,
    header: &'a csv::StringRecord,
    record: &'a csv::StringRecord,
    pub(super) line: u64,
}

impl<'a> Row<'a> {
    /// The cell, trimmed; empty when the column is absent.
    pub(super) fn get(&self, column: &str) -> &'a str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default().trim()
    }

    pub(super) fn text(&self, column: &str) -> String {
        self.get(column).to_owned()
    }

    /// A cell that must not be empty.
    pub(super) fn some_text(&self, column: &'static str) -> Result<String, LexiconError> {
        let text = self.get(column);
        if text.is_empty() { Err(self.bad(column, "expected a value")) } else { Ok(text.to_owned()) }
    }

    pub(super) fn list(&self, column: &str) -> Vec<String> {
        self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    pub(super) fn country(&self, column: &'static str) -> Result<Option<Country>, LexiconError> {
        match self.get(column) {
            "" => Ok(None),
            text => {
                Country::parse(text).map(Some).map_err(|_| self.bad(column, "expected a three-letter country code"))
            }
        }
    }

    pub(super) fn sectors(&self, column: &'static str) -> Result<Vec<Sector>, LexiconError> {
        let parts = self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| Sector::parse(part).map_err(|_| self.bad(column, "expected three-letter sectors"))).collect()
    }

    pub(super) fn bound(&self, column: &'static str) -> Result<Option<Bound>, LexiconError> {
        match self.get(column) {
            "" => Ok(None),
            text => {
                Bound::parse(text).map(Some).ok_or_else(|| self.bad(column, "expected YYYY, YYYY-MM or YYYY-MM-DD"))
            }
        }
    }

    /// The columns `valid_from` and `valid_to`.
    pub(super) fn spell(&self) -> Result<Spell, LexiconError> {
        Ok(Spell { from: self.bound("valid_from")?, to: self.bound("valid_to")? })
    }

    pub(super) fn bad(&self, column: &'static str, message: &'static str) -> LexiconError {
        LexiconError::Cell {
            file: self.file.to_owned(),
            line: self.line,
            column,
            value: self.get(column).to_owned(),
            message,
        }
    }
}

/// Reads every row of `sources`; `columns` must be present in each of them.
pub(super) fn read<T>(
    sources: &[Source],
    columns: &[&'static str],
    mut typed: impl FnMut(&Row<'_>) -> Result<T, LexiconError>,
) -> Result<Vec<T>, LexiconError> {
    let mut rows = Vec::new();
    for Source { file, text } in sources {
        // A byte order mark, as Excel writes it, would otherwise become part of the first column's name.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let broken = |error: &csv::Error| LexiconError::Csv {
            file: file.clone(),
            line: error.position().map_or(0, csv::Position::line),
            message: match error.kind() {
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                    format!("has {len} cells where the header has {expected_len}")
                }
                kind => format!("{kind:?}"),
            },
        };
        let header = reader.headers().map_err(|error| broken(&error))?.clone();
        for column in columns {
            if !header.iter().any(|name| name == *column) {
                return Err(LexiconError::Column { file: file.clone(), column });
            }
        }
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| broken(&error))? {
            let line = record.position().map_or(0, csv::Position::line);
            rows.push(typed(&Row { file, header: &header, record: &record, line })?);
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(text: &'static str) -> Result<Vec<(String, Spell)>, LexiconError> {
        let source = Source { file: "x.csv".into(), text: text.into() };
        read(&[source], &["name", "valid_from"], |row| Ok((row.text("name"), row.spell()?)))
    }

    #[test]
    fn errors_name_file_line_and_column() {
        let error = read_one("name,valid_from\na,2014\nb,soon\n").unwrap_err().to_string();
        assert_eq!(error, "x.csv, line 3, column `valid_from`: expected YYYY, YYYY-MM or YYYY-MM-DD, found `soon`");
        let error = read_one("name\na\n").unwrap_err().to_string();
        assert_eq!(error, "x.csv: column `valid_from` is missing");
        let error = read_one("name,valid_from\na,2014,x\n").unwrap_err().to_string();
        assert_eq!(error, "x.csv, line 2: has 3 cells where the header has 2");
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_name() {
        assert_eq!(read_one("\u{feff}name,valid_from\na,2014\n").unwrap().len(), 1);
    }
}
