//! Tables in the forms of other event data sets, for scripts that were written for those.
//!
//! One row per pair of a source and a target of an event, as those sets have it; a group named as one party stays
//! one. What tidings does not know is empty and never guessed: no tone, no feature ids of other gazetteers. Needs
//! memory for the parties of all events and for one entry per article.

mod facts;
mod gdelt;
mod icews;
mod phoenix;
mod plover;
mod polecat;

use super::reader::ReadTableError;
use crate::lexicon::Lexicon;
use facts::{Facts, Pair};
use std::io::{self, Write};
use std::path::Path;

/// The form of another event data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// GDELT 2.0 event files: 61 columns, tabs, no header.
    Gdelt2,
    /// ICEWS: 20 columns, tabs, a header.
    Icews,
    /// POLECAT: 40 columns, tabs, a header.
    Polecat,
    /// Phoenix, the form of PETRARCH pipelines: 26 columns, tabs, no header.
    Petrarch,
    /// PLOVER: one JSON object a line.
    PloverJsonl,
}

/// An export that failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// A table could not be read.
    #[error(transparent)]
    Read(#[from] ReadTableError),
    /// The result could not be written.
    #[error("cannot write the export")]
    Write(#[from] io::Error),
}

impl Form {
    /// Columns in order; none for JSON.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Gdelt2 => gdelt::COLUMNS,
            Self::Icews => icews::COLUMNS,
            Self::Polecat => polecat::COLUMNS,
            Self::Petrarch => phoenix::COLUMNS,
            Self::PloverJsonl => &[],
        }
    }

    /// Do its files begin with the names of the columns?
    const fn has_header(self) -> bool {
        matches!(self, Self::Icews | Self::Polecat)
    }

    fn line(self, pair: &Pair<'_>) -> String {
        let fields = match self {
            Self::Gdelt2 => gdelt::fields(pair),
            Self::Icews => icews::fields(pair),
            Self::Polecat => polecat::fields(pair),
            Self::Petrarch => phoenix::fields(pair),
            Self::PloverJsonl => return plover::object(pair).to_string(),
        };
        debug_assert_eq!(fields.len(), self.columns().len());
        tabbed(fields.iter().map(String::as_str))
    }
}

/// Which events an export has.
#[derive(Debug, Clone, Copy, Default)]
pub struct ExportOptions {
    /// Only what is told as having happened and is not denied: the other sets hold nothing else.
    pub past_only: bool,
    /// Least confidence, 0 to 1.
    pub min_confidence: f64,
}

/// Writes the events of the tables in `out` in another form and returns the number of rows.
///
/// # Errors
/// When a table is missing or damaged, or writing fails.
pub fn export(
    out: &Path,
    form: Form,
    options: ExportOptions,
    lexicon: &Lexicon,
    writer: &mut dyn Write,
) -> Result<u64, ExportError> {
    let facts = Facts::load(out, lexicon)?;
    if form.has_header() {
        writeln!(writer, "{}", tabbed(form.columns().iter().copied()))?;
    }
    let mut rows = 0;
    let mut failed = None;
    facts.each_pair(out, options, &mut |pair| {
        if failed.is_none() {
            rows += 1;
            failed = writeln!(writer, "{}", form.line(pair)).err();
        }
    })?;
    failed.map_or(Ok(()), Err)?;
    writer.flush()?;
    Ok(rows)
}

/// Fields between tabs. These formats know no quotes, so tabs and line ends within a field become spaces.
fn tabbed<'f>(fields: impl Iterator<Item = &'f str>) -> String {
    let mut line = String::new();
    for (at, field) in fields.enumerate() {
        if at > 0 {
            line.push('\t');
        }
        line.extend(field.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
    line
}

/// Quad class as GDELT, ICEWS and Phoenix have it: by CAMEO root, so that protest is verbal conflict.
fn cameo_quad(root: &str) -> Option<u8> {
    match root.parse::<u8>().ok()? {
        1..=5 => Some(1),
        6..=9 => Some(2),
        10..=14 => Some(3),
        15..=20 => Some(4),
        _ => None,
    }
}

/// Sector as CAMEO writes it.
fn cameo_sector(sector: &str) -> &str {
    match sector {
        "JRN" => "MED",
        "PRO" => "OPP",
        other => other,
    }
}

#[cfg(test)]
mod tests;
