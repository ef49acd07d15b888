//! `tidings man`: manual pages.

use super::{Failure, definition, print};
use crate::run::exit;
use std::path::PathBuf;

/// Flags of `tidings man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "For example: tidings man run | man -l -")]
pub(super) struct Args {
    /// Command to print the page of
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
    /// Write the pages of all commands into this folder instead
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    if let Some(dir) = &args.dir {
        std::fs::create_dir_all(dir).map_err(|error| Failure::write(dir, &error))?;
        clap_mangen::generate_to(definition(), dir).map_err(|error| Failure::write(dir, &error))?;
        return Ok(exit::OK);
    }
    let mut all = definition();
    all.build();
    let command = match &args.command {
        None => all,
        Some(name) => match all.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return Err(Failure::no_such_command(name)),
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(|error| Failure::bug(&error.to_string()))?;
    print(&String::from_utf8_lossy(&page));
    Ok(exit::OK)
}
