//! JSON Lines: one record a line. A bad line is a reject, the next one is read.

use super::RejectReason;
use super::detect::{Format, Sure};
use super::fields::Mapper;
use super::input::{Input, Line, Lines, reason_of};
use super::json;
use super::sink::{Flow, Sink};

/// JSON Lines, told by two lines that are objects.
pub(crate) static FORMAT: Format =
    Format { name: "jsonl", extensions: &["jsonl", "ndjson", "jl"], name_suffices: true, recognise, read };

fn recognise(head: &str) -> Sure {
    let lines: Vec<&str> = head.lines().map(str::trim).filter(|l| !l.is_empty()).take(12).collect();
    let whole = |l: &&&str| l.starts_with("{\"") && l.ends_with('}');
    match lines.iter().filter(whole).count() {
        2.. => Sure::Yes,
        1 if lines.len() > 1 && lines[0].starts_with("{\"") && lines[1].starts_with("{\"") => Sure::Yes,
        1 => Sure::Perhaps,
        _ if head.starts_with("{\"") && lines.len() == 1 => Sure::Perhaps,
        _ => Sure::No,
    }
}

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let limit = sink.options.max_record;
    let mut lines = Lines::new(input.ascii_stream(), limit);
    let mut mapper = Mapper::default();
    while let Some(line) = lines.next_line() {
        let place = (lines.line, lines.offset);
        match line {
            Line::Whole(range) => {
                let bytes = lines.bytes(range).trim_ascii();
                let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
                if bytes.is_empty() {
                    continue;
                }
                if bytes.iter().all(|b| *b == 0) {
                    let message = "zero bytes, as a crashed file system leaves them";
                    sink.reject_cut(
                        RejectReason::JsonSyntax,
                        message,
                        &bytes[..bytes.len().min(100)],
                        Some(place),
                        None,
                    )?;
                    continue;
                }
                json::record(bytes, place, FORMAT.name, &mut mapper, sink)?;
            }
            Line::TooLong { head, bytes } => {
                let message = format!("a line longer than the limit of {limit} bytes");
                sink.reject_cut(RejectReason::TooLarge, message, &head, Some(place), Some(bytes))?;
            }
            Line::Failed(error) => {
                sink.reject_cut(reason_of(&error), format!("cannot read on: {error}"), b"", Some(place), None)?;
            }
        }
    }
    Ok(())
}
