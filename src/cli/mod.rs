//! The command line: one file per subcommand. Nothing below this module prints or sees a flag.

mod completions;
mod eval;
mod export;
mod failure;
mod gazetteer;
mod log;
mod man;
mod options;
mod panel;
mod progress;
mod report;
mod run;
mod schema;
mod signals;
mod verify;
mod view;

pub use failure::Failure;

use crate::run::{exit, guard};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::io::Write;

/// From an archive of news articles to tidy tables of who did what to whom, where and when.
#[derive(Debug, Parser)]
#[command(name = "tidings", version, max_term_width = 100, after_help = EXIT_CODES, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 finished, 64 usage, 65 finished with more rejects than allowed, 66 input missing, \
70 a bug, 73 output cannot be made, 74 disk full or broken, 75 another run is at work, 78 settings, 130/143 interrupted.";

/// Flags of every subcommand.
#[derive(Debug, Clone, clap::Args)]
struct Global {
    /// Print nothing but errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Form of the messages on standard error
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORM")]
    log_format: LogFormat,
    /// Colour on standard error
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum LogFormat {
    /// Lines for people, and bars on a terminal
    #[default]
    Text,
    /// One JSON object a line
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read articles and write tables
    Run(run::Args),
    /// Count events by dyad or country and period
    Panel(panel::Args),
    /// Write the events in the form of another data set (GDELT, ICEWS, POLECAT, …)
    Export(export::Args),
    /// Write a page about the tables of a run
    Report(report::Args),
    /// Check that the tables of a run are as they were written
    Verify(verify::Args),
    /// Show one article with everything that was found in it
    View(view::Args),
    /// Make a gazetteer file from files of GeoNames
    Gazetteer(gazetteer::Args),
    /// Score event coding against gold records
    Eval(eval::Args),
    /// Print the columns of every table
    Schema(schema::Args),
    /// Print a script that completes commands in a shell
    Completions(completions::Args),
    /// Print or write manual pages
    Man(man::Args),
}

/// Does what the command line says and returns the exit code.
///
/// # Errors
/// What to print, and the exit code that goes with it.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Result<u8, Failure> {
    guard::install_hook();
    let args: Vec<OsString> = args.into_iter().collect();
    guard::catch(|| dispatch(&args)).unwrap_or_else(|bug| Err(Failure::bug(&bug)))
}

fn dispatch(args: &[OsString]) -> Result<u8, Failure> {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => {
            print(&error.render().to_string());
            return Ok(exit::OK);
        }
        Err(error) => return Err(Failure::usage(&error)),
    };
    match cli.command {
        Command::Run(command) => run::run(command, &cli.global, args),
        Command::Panel(command) => panel::run(command, &cli.global),
        Command::Export(command) => export::run(&command, &cli.global),
        Command::Report(command) => report::run(command, &cli.global),
        Command::Verify(command) => verify::run(&command, &cli.global),
        Command::View(command) => view::run(command, &cli.global),
        Command::Gazetteer(command) => gazetteer::run(&command),
        Command::Eval(command) => eval::run(&command, &cli.global),
        Command::Schema(command) => schema::run(&command),
        Command::Completions(command) => completions::run(&command),
        Command::Man(command) => man::run(&command),
    }
}

/// The definition of the command line, for completions and manual pages.
fn definition() -> clap::Command {
    Cli::command()
}

/// Writes to standard output. Nobody listening (`tidings schema | head -1`) is no error.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_definition_is_consistent() {
        super::definition().debug_assert();
    }
}
