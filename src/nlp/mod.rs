//! Article to [`Doc`]: tokens, sentences, tags, lemmas, dependencies, names.
//!
//! Each pass is a function or predictor with `run(&self, doc: &mut Doc)`; the annotator holds them in order.

pub mod clusters;
pub mod doc;
pub mod names;
pub mod tags;

pub use doc::{Doc, Name, NameKind, Sentence, Token};
