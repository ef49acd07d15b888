//! Trained models: how a word becomes features, how weights are packed, and how they are applied.
//!
//! `atoms` is the one feature extractor of training and prediction; `container` is the file; the rest is arithmetic.

pub mod atoms;
pub mod container;
pub mod features;
pub mod kernel;
pub mod linear;
pub mod math;
pub mod network;
pub mod tree;
pub mod vocabulary;
