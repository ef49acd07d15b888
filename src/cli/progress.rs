//! How a run looks from outside: bars on a terminal, a line now and then elsewhere, nothing with `--quiet`.

use super::signals::Signals;
use super::{Global, LogFormat};
use crate::run::{Counts, Observer};
use crate::tables::RejectRow;
use indicatif::{HumanBytes, HumanCount, MultiProgress, ProgressBar, ProgressStyle};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// Between two lines of progress: often enough to see that it lives, rarely enough for a night's log.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Rejects that are told one by one. The rest is in the table.
const REJECTS_TOLD: u64 = 5;

const STYLE: &str = "{bar:30} {bytes}/{total_bytes} {msg} (about {eta} left)";

/// Shows progress, and listens for signals.
pub(super) struct Progress {
    view: View,
    signals: Signals,
    planned: Cell<u64>,
    began: Instant,
    last_line: Cell<Instant>,
    rejects: Cell<u64>,
}

enum View {
    Bar(ProgressBar),
    Lines,
    Nothing,
}

impl Progress {
    /// As the flags and the terminal have it. `bars` draws only where standard error is a terminal.
    pub(super) fn new(global: &Global, bars: &MultiProgress, signals: Signals) -> Self {
        let view = if global.quiet {
            View::Nothing
        } else if bars.is_hidden() || global.log_format == LogFormat::Json {
            View::Lines
        } else {
            let style = ProgressStyle::with_template(STYLE).unwrap_or_else(|_| ProgressStyle::default_bar());
            View::Bar(bars.add(ProgressBar::new(0).with_style(style)))
        };
        let now = Instant::now();
        Self { view, signals, planned: Cell::new(0), began: now, last_line: Cell::new(now), rejects: Cell::new(0) }
    }

    /// Takes the bar away, so that what follows stands alone.
    pub(super) fn end(&self) {
        if let View::Bar(bar) = &self.view {
            bar.finish_and_clear();
        }
    }

    fn speed(&self, counts: &Counts) -> f64 {
        counts.documents as f64 / self.began.elapsed().as_secs_f64().max(1e-3)
    }
}

impl Observer for Progress {
    fn planned(&self, files: u64, bytes: u64) {
        self.planned.set(bytes);
        if let View::Bar(bar) = &self.view {
            bar.set_length(bytes);
        }
        tracing::info!(files, bytes, "reading {} files, {}", HumanCount(files), HumanBytes(bytes));
    }

    fn progress(&self, done: &Counts, bytes_done: u64) {
        let speed = self.speed(done);
        match &self.view {
            View::Nothing => {}
            View::Bar(bar) => {
                bar.set_position(bytes_done);
                let (articles, events) = (HumanCount(done.documents), HumanCount(done.events));
                bar.set_message(format!("{articles} articles, {speed:.0}/s, {events} events"));
            }
            View::Lines => {
                if self.last_line.get().elapsed() < LINE_EVERY {
                    return;
                }
                self.last_line.set(Instant::now());
                let percent = 100.0 * bytes_done as f64 / self.planned.get().max(1) as f64;
                tracing::info!(
                    bytes_done,
                    articles = done.documents,
                    events = done.events,
                    rejects = done.rejects,
                    "{percent:.0}% read: {} articles ({speed:.0}/s), {} events, {} rejects",
                    HumanCount(done.documents),
                    HumanCount(done.events),
                    HumanCount(done.rejects),
                );
            }
        }
    }

    fn rejected(&self, reject: &RejectRow) {
        let told = self.rejects.get();
        self.rejects.set(told + 1);
        if told < REJECTS_TOLD {
            let entry = reject.entry.as_deref().map(|entry| format!(" / {entry}")).unwrap_or_default();
            let line = reject.line.map(|line| format!(":{line}")).unwrap_or_default();
            let (path, reason, message) = (&reject.source_path, reject.reason, &reject.message);
            tracing::warn!(source_path = %path, reason, "{path}{entry}{line}: {message} ({reason})");
        } else if told == REJECTS_TOLD {
            tracing::warn!("further rejects are not told one by one; they are in the table `rejects`");
        }
    }

    fn stop(&self) -> Option<i32> {
        self.signals.received()
    }
}
