//! `report.html`: one page about an output folder, for a person who wants to see what is in it before using it.
//!
//! [`Survey`] counts the tables in one pass each; `page` draws the counts. The page is one file without
//! network, and every text in it comes from articles, so all of it is escaped and the page forbids everything but
//! its own style and script.

mod charts;
mod html;
mod map;
mod page;
mod survey;
mod view;

pub use survey::Survey;
pub use view::{Ink, page as view_page, text as view_text};

use crate::lexicon::Lexicon;
use crate::tables::reader::ReadTableError;
use std::path::Path;

/// The page about the tables in `out`. `run` is what `run.json` holds, where it is known.
///
/// # Errors
/// When a table is missing or damaged.
pub fn render(out: &Path, run: Option<&serde_json::Value>, lexicon: &Lexicon) -> Result<String, ReadTableError> {
    Ok(page::render(&Survey::of(out)?, run, lexicon))
}
