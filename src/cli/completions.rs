//! `tidings completions SHELL`: a script that completes commands.

use super::{Failure, definition, print};
use crate::run::exit;
use clap_complete::Shell;

/// Arguments of `tidings completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "For example: tidings completions bash > /etc/bash_completion.d/tidings")]
pub(super) struct Args {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

#[expect(clippy::unnecessary_wraps, reason = "all subcommands have one form")]
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut definition(), "tidings", &mut script);
    print(&String::from_utf8_lossy(&script));
    Ok(exit::OK)
}
