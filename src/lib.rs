//! tidings: from an archive of news articles to tidy tables of who did what to whom, where and when.

pub mod article;
pub mod nlp;
pub mod read;
pub mod text;
