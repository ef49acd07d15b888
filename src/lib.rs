//! tidings: from an archive of news articles to tidy tables of who did what to whom, where and when.

pub mod article;
pub mod extract;
pub mod lexicon;
pub mod nlp;
#[cfg(feature = "run")]
pub mod tables;
pub mod text;
