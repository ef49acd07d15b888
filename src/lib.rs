//! tidings: from an archive of news articles to tidy tables of who did what to whom, where and when.

pub mod article;
#[cfg(feature = "run")]
pub mod cli;
mod closed_list;
pub mod eval;
pub mod extract;
pub mod lexicon;
pub mod nlp;
mod pipeline;
pub mod read;
#[cfg(feature = "run")]
pub mod report;
#[cfg(feature = "run")]
pub mod run;
#[cfg(feature = "run")]
pub mod tables;
pub mod text;

pub use pipeline::{Pipeline, Worker};
