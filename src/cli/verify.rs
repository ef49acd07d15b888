//! `tidings verify`: is an output folder what its manifest says?

use super::{Failure, Global, log};
use crate::run::{exit, verify};
use indicatif::{HumanCount, MultiProgress};
use std::path::PathBuf;

/// Flags of `tidings verify`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Output folder of a run
    #[arg(value_name = "DIR", default_value = "output")]
    out: PathBuf,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    log::start(global, &MultiProgress::new());
    let Some(found) = verify(&args.out) else {
        return Err(Failure::no_input(format!("there is no manifest.json that can be read in {}", args.out.display())));
    };
    for problem in &found.problems {
        tracing::warn!("{problem}");
    }
    if found.problems.is_empty() {
        let (files, rows) = (HumanCount(found.files), HumanCount(found.rows));
        tracing::info!("{files} files and {rows} rows in {} are as they were written", args.out.display());
        return Ok(exit::OK);
    }
    let n = found.problems.len();
    Err(Failure::data(format!(
        "{} is not as it was written: {n} {}",
        args.out.display(),
        if n == 1 { "problem" } else { "problems" }
    )))
}
