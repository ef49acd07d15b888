//! `tidings report`: a page about the tables of a run.

use super::{Failure, Global, log};
use crate::lexicon::Lexicon;
use crate::report;
use crate::run::exit;
use indicatif::MultiProgress;
use std::path::PathBuf;

/// Flags of `tidings report`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Output folder of a run
    #[arg(value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// File to write [default: DIR/report.html]
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

pub(super) fn run(args: Args, global: &Global) -> Result<u8, Failure> {
    log::start(global, &MultiProgress::new());
    let run = std::fs::read(args.out.join("run.json")).ok().and_then(|text| serde_json::from_slice(&text).ok());
    let page = report::render(&args.out, run.as_ref(), Lexicon::builtin()).map_err(|error| Failure::tables(&error))?;
    let file = args.file.unwrap_or_else(|| args.out.join("report.html"));
    std::fs::write(&file, page).map_err(|error| Failure::write(&file, &error))?;
    tracing::info!("the report is {}", file.display());
    Ok(exit::OK)
}
