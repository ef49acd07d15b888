//! The models compiled into the program: once each, however many places use them.

use sha2::{Digest, Sha256};

pub(super) static CLUSTERS: &[u8] = include_bytes!("../../models/clusters.bin");
pub(super) static LEMMA: &[u8] = include_bytes!("../../models/lemma.bin");
pub(crate) static NAMES: &[u8] = include_bytes!("../../models/names.bin");
pub(super) static SENTENCES: &[u8] = include_bytes!("../../models/sentences.bin");
pub(super) static SYNTAX: &[u8] = include_bytes!("../../models/syntax.bin");

/// SHA-256 of all of them, lower-case hex: two runs with the same digest used the same models.
pub fn sha256() -> String {
    digest(&[CLUSTERS, LEMMA, NAMES, SENTENCES, SYNTAX])
}

/// SHA-256 of files one after another, lower-case hex.
pub(super) fn digest(files: &[impl AsRef<[u8]>]) -> String {
    format!("{:x}", files.iter().fold(Sha256::new(), Digest::chain_update).finalize())
}
