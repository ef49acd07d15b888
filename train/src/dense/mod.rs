//! The dense family: a small recurrent network, trained in floating point, shipped in integers.

pub(crate) mod data;
pub(crate) mod export;
pub(crate) mod fit;
mod matrix;
pub(crate) mod net;
mod param;
mod sru;
pub(crate) mod teach;
