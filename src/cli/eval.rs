//! `tidings eval`: event coding scored against gold records.

use super::{Failure, Global, log, print};
use crate::Pipeline;
use crate::eval::{Evaluation, Options, read_gold};
use crate::extract::ExtractOptions;
use crate::run::{RunError, exit};
use clap::ValueEnum;
use indicatif::MultiProgress;
use std::path::PathBuf;

/// Flags of `tidings eval`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files of gold records, one JSON object a line
    #[arg(value_name = "GOLD", required = true)]
    gold: Vec<PathBuf>,
    /// Scores apart for each type of event or each source of records
    #[arg(long, value_enum)]
    by: Option<By>,
    /// List the records missed at this level, such as root or dyad+root, in place of the scores
    #[arg(long, value_name = "LEVEL")]
    misses: Option<String>,
    /// Write what was coded as the reference scorer reads it, in place of the scores
    #[arg(long)]
    lines: bool,
    /// The gold's quad classes follow the pentaclass scheme (statements are class 0)
    #[arg(long)]
    penta: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// PLOVER type
    Type,
    /// Where the record comes from
    Source,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    log::start(global, &MultiProgress::new());
    let pipeline = Pipeline::builtin(ExtractOptions::default()).map_err(RunError::from)?;
    for path in &args.gold {
        let gold = read_gold(path).map_err(|error| Failure::no_input(error.to_string()))?;
        let options = Options { penta: args.penta, ..Options::default() };
        let evaluation = Evaluation::run(&mut pipeline.worker(), &gold, options);
        if args.lines {
            print(&evaluation.lines());
        } else if let Some(level) = &args.misses {
            print(&evaluation.misses(level));
        } else {
            print(&format!("{}\n{}", path.display(), evaluation.scores()));
            match args.by {
                Some(by) => print(&evaluation.by(by == By::Source)),
                None => print(&evaluation.confusions()),
            }
        }
    }
    Ok(exit::OK)
}
