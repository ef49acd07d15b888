//! `tidings run`: read articles and write tables.

use super::options::Options;
use super::progress::Progress;
use super::signals::Signals;
use super::{Failure, Global, log, print};
use crate::run::{Summary, exit};
use indicatif::{HumanCount, MultiProgress};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Flags of `tidings run`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    options: Options,
    /// Settings file, with the flags' names as keys [default: tidings.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(super) fn run(args: Args, global: &Global, command_line: &[OsString]) -> Result<u8, Failure> {
    let bars = MultiProgress::new();
    log::start(global, &bars);
    let options = args.options.or(Options::from_file(args.config.as_deref())?);
    let summary_file = options.summary.clone();
    let settings = options.settings(shown(command_line));

    let progress = Progress::new(global, &bars, Signals::listen());
    let outcome = crate::run::run(&settings, &progress);
    progress.end();
    let summary = outcome?;

    tell(&summary, settings.max_rejects.get());
    if let Some(path) = summary_file {
        std::fs::write(&path, summary.to_json()).map_err(|error| Failure::write(&path, &error))?;
    }
    // For scripts: a person at a terminal has just read the same in words.
    if !global.quiet && !std::io::stdout().is_terminal() {
        print(&(summary.to_json_line() + "\n"));
    }
    Ok(summary.exit_code)
}

fn tell(summary: &Summary, allowed: f64) {
    let counts = &summary.counts;
    tracing::info!(
        documents = counts.documents,
        events = counts.events,
        dyads = counts.dyads,
        rejects = counts.rejects,
        seconds = summary.seconds,
        "{} articles, {} words: {} events, {} dyads in {:.1} s ({} words/s)",
        HumanCount(counts.documents),
        HumanCount(counts.words),
        HumanCount(counts.events),
        HumanCount(counts.dyads),
        summary.seconds,
        HumanCount(summary.speed() as u64),
    );
    if counts.other_language > 0 {
        tracing::info!(
            "{} not in English: listed in documents, not analysed (--lang any analyses them)",
            HumanCount(counts.other_language)
        );
    }
    if counts.skipped > 0 {
        tracing::info!("{} skipped: {}", HumanCount(counts.skipped), listed(&counts.skipped_by_reason));
    }
    if counts.rejects > 0 {
        tracing::info!("{} rejected: {}", HumanCount(counts.rejects), listed(&counts.rejects_by_reason));
    }
    tracing::info!(out = summary.out, "the tables are in {}", summary.out);
    if summary.exit_code == exit::TOO_MANY_REJECTS {
        let share = 100.0 * counts.reject_share();
        tracing::warn!(
            "{share:.1} % of the records were rejected and {:.1} % are allowed (exit code 65)",
            allowed * 100.0
        );
    }
}

/// `12 empty, 3 not_text`, the commonest first.
fn listed(reasons: &BTreeMap<String, u64>) -> String {
    let mut reasons: Vec<_> = reasons.iter().collect();
    reasons.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    reasons.iter().map(|(reason, n)| format!("{n} {reason}")).collect::<Vec<_>>().join(", ")
}

/// The arguments as they would be typed.
fn shown(command_line: &[OsString]) -> String {
    let quoted = command_line.iter().skip(1).map(|arg| {
        let arg = arg.to_string_lossy();
        if arg.is_empty() || arg.contains(|c: char| c.is_whitespace() || "'\"*?$&;|<>()".contains(c)) {
            format!("'{}'", arg.replace('\'', r"'\''"))
        } else {
            arg.into_owned()
        }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_can_be_typed_again() {
        let args = ["tidings", "run", "my news", "*.txt", "it's"].map(OsString::from);
        assert_eq!(shown(&args), r"run 'my news' '*.txt' 'it'\''s'");
    }

    #[test]
    fn the_commonest_reason_comes_first() {
        let reasons = BTreeMap::from([("empty".to_owned(), 2), ("not_text".to_owned(), 9)]);
        assert_eq!(listed(&reasons), "9 not_text, 2 empty");
    }
}
