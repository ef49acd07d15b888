//! Bytes to articles: walk, containers, decoding, one file per format, metadata.
//!
//! [`plan`] lists what there is to read; [`read_unit`] streams the articles of one file. Nothing is lost: each
//! record comes out as an [`Article`] or as a [`Reject`] that says why not. Only settings are errors
//! ([`ReadError`]); bad data never is, and no input makes a reader panic.
//!
//! A new format is one file here and one line in `detect::FORMATS`; a new container one file in `container/`
//! and one line in its table.

mod arc;
mod article_text;
pub mod clean;
mod container;
mod csv;
pub mod decode;
mod detect;
mod eml;
mod factiva;
mod fields;
mod html;
mod input;
mod json;
mod jsonl;
mod language;
mod md;
pub mod metadata;
mod nexis;
mod plan;
mod reject;
mod sink;
mod txt;
mod warc;
mod xml;

pub use metadata::DateOrder;
pub use plan::{Plan, PlanOptions, Unit, plan};
pub use reject::{EXCERPT_CHARS, Reject, RejectReason, excerpt};

use crate::article::Article;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Longest record, in bytes: the longest articles of real archives are under 1 MB; 32 MiB leaves room for a book
/// and keeps a worker's memory bounded.
const MAX_RECORD: usize = 32 << 20;

/// A problem with what was asked for, not with the data.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A path does not exist (exit code 66).
    #[error("no such file or folder: {}", .0.display())]
    Missing(PathBuf),
    /// A pattern is not a pattern (exit code 78).
    #[error("bad pattern {pattern}: {message}")]
    Pattern {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it.
        message: String,
    },
    /// Two fields look like the text, and only the user knows which is (exit code 78).
    #[error("{path}: both `{}` could be the text; choose one with --map text={}", fields.join("` and `"), fields[0])]
    AmbiguousText {
        /// The file.
        path: String,
        /// The fields, at least two.
        fields: Vec<String>,
    },
}

/// How to read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// `(article field, field of the source)`: `("text", "body")` for `--map text=body`. A source field may be a
    /// path of keys joined by full stops (`article.body.text`).
    pub map: Vec<(String, String)>,
    /// How to read `01/02/2023` where the source itself gives no evidence.
    pub date_order: Option<DateOrder>,
    /// The day of the run: later publication dates are refused.
    pub today: Date,
    /// Longest record in bytes; longer ones are rejected.
    pub max_record: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { map: Vec::new(), date_order: None, today: metadata::today(), max_record: MAX_RECORD }
    }
}

/// Reads one file and hands over its articles and rejects in order of their place in it.
///
/// `emit` may break off the reading. Formats that hold many records are read in memory bounded by the longest record.
///
/// # Errors
/// [`ReadError::AmbiguousText`] when two fields may be the text and no mapping says which.
pub fn read_unit(
    unit: &Unit,
    options: &ReadOptions,
    emit: &mut dyn FnMut(Result<Article, Reject>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    match input::read_file(unit, options, emit) {
        Ok(()) | Err(sink::Stop::Enough) => Ok(()),
        Err(sink::Stop::Failed(error)) => Err(error),
    }
}

/// Reads articles from bytes in memory as if they were the file `name`.
///
/// # Errors
/// As [`read_unit`].
pub fn read_bytes(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    emit: &mut dyn FnMut(Result<Article, Reject>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    match input::read_named(name, bytes, options, emit) {
        Ok(()) | Err(sink::Stop::Enough) => Ok(()),
        Err(sink::Stop::Failed(error)) => Err(error),
    }
}

/// Reads one web page from memory; `url` is where it came from.
///
/// # Errors
/// As [`read_unit`].
pub fn read_page(
    bytes: &[u8],
    url: Option<&str>,
    options: &ReadOptions,
    emit: &mut dyn FnMut(Result<Article, Reject>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let source = crate::article::Source { path: url.unwrap_or("page").to_owned(), ..Default::default() };
    match html::read_page(bytes, None, url, &mut sink::Sink::new(source, options, emit)) {
        Ok(()) | Err(sink::Stop::Enough) => Ok(()),
        Err(sink::Stop::Failed(error)) => Err(error),
    }
}

/// SHA-256 of `bytes` in lower-case hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    crate::text::hex(&Sha256::digest(bytes))
}
