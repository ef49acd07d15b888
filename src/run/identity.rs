//! [`Identity`]: what a run is, apart from when it happened.
//!
//! Rows carry the run's id, and the same input must give the same bytes; so the id says nothing of the hour. It is a
//! hash of program, settings, models, lexicons and the listing of the input (names and sizes: hashing the content
//! would read a large archive twice, and every document carries its own hash anyway).

use super::settings::Settings;
use crate::Pipeline;
use crate::read::Plan;
use crate::tables::Id;
use sha2::{Digest, Sha256};

/// Of this program.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a run is.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    pub(crate) run_id: Id,
    pub(crate) config_sha256: String,
    pub(crate) lexicon_sha256: String,
    pub(crate) model_sha256: String,
}

impl Identity {
    pub(crate) fn of(settings: &Settings, plan: &Plan, pipeline: &Pipeline<'_>) -> Self {
        let mut listing = Sha256::new();
        for unit in &plan.units {
            listing.update(format!("{}\n{}\n", unit.shown, unit.bytes));
        }
        let listing = format!("{:x}", listing.finalize());
        let config_sha256 = settings.sha256();
        let lexicon_sha256 = pipeline.lexicon().sha256().to_owned();
        let model_sha256 = pipeline.models_sha256().to_owned();
        let run_id = Id::of('r', &[VERSION, &config_sha256, &lexicon_sha256, &model_sha256, &listing]);
        Self { run_id, config_sha256, lexicon_sha256, model_sha256 }
    }
}
