//! Messages on standard error: lines for people (`tidings: …`) or JSON objects for machines.
//!
//! Everything goes through `tracing`, so that what the library notes and what the command says look alike. File names
//! and texts come from other people's archives: control characters are taken out before they reach a terminal.

use super::{Color, Global, LogFormat};
use indicatif::MultiProgress;
use std::fmt::{self, Write as _};
use std::io::{self, IsTerminal, Write};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, MakeWriter};
use tracing_subscriber::registry::LookupSpan;

/// Sends messages to standard error, around the bars. Only the first call in a process counts.
pub(super) fn start(global: &Global, bars: &MultiProgress) {
    let level = if global.quiet { LevelFilter::ERROR } else { LevelFilter::INFO };
    let builder = tracing_subscriber::fmt().with_max_level(level).with_writer(Stderr { bars: bars.clone() });
    let _ = match global.log_format {
        LogFormat::Json => {
            let json = builder.json().flatten_event(true).with_target(false).with_current_span(false);
            tracing::subscriber::set_global_default(json.with_span_list(false).finish())
        }
        LogFormat::Text => {
            let color = match global.color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
            };
            tracing::subscriber::set_global_default(builder.event_format(Lines { color }).finish())
        }
    };
}

/// Says why the command failed, also when it failed before [`start`].
pub(super) fn error(message: &str) {
    if tracing::event_enabled!(Level::ERROR) {
        tracing::error!("{message}");
    } else {
        let _ = writeln!(io::stderr(), "tidings: {}", printable(message));
    }
}

/// Without control characters: a file name must not move the cursor or set the title of a window.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

struct Lines {
    color: bool,
}

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut message = Message::default();
        event.record(&mut message);
        let (paint, word) = match *event.metadata().level() {
            Level::ERROR => ("\x1b[1;31m", ""),
            Level::WARN => ("\x1b[1;33m", "warning: "),
            _ => ("", ""),
        };
        if self.color && !paint.is_empty() {
            write!(out, "{paint}tidings:\x1b[0m {word}")?;
        } else {
            write!(out, "tidings: {word}")?;
        }
        writeln!(out, "{}", printable(&message.0))
    }
}

/// The message of an event. Its other fields are for machines; the message says the same in words.
#[derive(Default)]
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            let _ = write!(self.0, "{value:?}");
        }
    }
}

/// Standard error, with the bars out of the way.
struct Stderr {
    bars: MultiProgress,
}

impl<'a> MakeWriter<'a> for Stderr {
    type Writer = &'a Stderr;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

impl Write for &Stderr {
    /// A closed standard error is nobody to complain to.
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.bars.suspend(|| {
            let _ = io::stderr().write_all(text);
        });
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
