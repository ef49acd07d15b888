//! `tidings schema`: the columns of every table.

use super::{Failure, print};
use crate::run::exit;
use crate::tables::schema;

/// Flags of `tidings schema`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[expect(clippy::unnecessary_wraps, reason = "all subcommands have one form")]
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let text = if args.json { format!("{:#}\n", schema::to_json()) } else { schema::render() };
    print(&text);
    Ok(exit::OK)
}
