//! ARC archives, the format before WARC: a line `URL IP date type length` before each response.
//!
//! A line whose length is no number, or is wrong, is rejected, and reading goes on at the next line of that shape.

use super::RejectReason;
use super::detect::{Format, Sure};
use super::input::{Input, Line, Lines, reason_of};
use super::sink::{Flow, Sink};
use super::warc;

/// Told by its first record, which describes the file.
pub(crate) static FORMAT: Format = Format {
    name: "arc",
    extensions: &["arc"],
    name_suffices: false,
    recognise: |head| if head.starts_with("filedesc://") { Sure::Yes } else { Sure::No },
    read,
};

/// The address and the length in a line before a record; `Err` when it is one with a bad length.
fn head_line(line: &[u8]) -> Option<(String, Result<u64, String>)> {
    let text = std::str::from_utf8(line).ok()?.trim_end();
    let fields: Vec<&str> = text.split(' ').collect();
    let [url, address, date, .., length] = fields.as_slice() else { return None };
    let is_date = date.len() >= 14 && date.bytes().all(|b| b.is_ascii_digit());
    if !url.contains(':') || !address.contains(['.', ':']) || !is_date {
        return None;
    }
    Some(((*url).to_owned(), length.parse().map_err(|_| (*length).to_owned())))
}

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let limit = sink.options.max_record;
    let mut lines = Lines::new(Box::new(input), limit);
    let mut odd = false;
    while let Some(line) = lines.next_line() {
        let place = Some((lines.line, lines.offset));
        let range = match line {
            Line::Whole(range) => range,
            Line::TooLong { .. } => {
                odd = true;
                continue;
            }
            Line::Failed(error) => {
                return sink.reject_cut(reason_of(&error), format!("cannot read on: {error}"), b"", place, None);
            }
        };
        let line = lines.bytes(range).to_vec();
        let Some((url, length)) = head_line(&line) else {
            if !line.trim_ascii().is_empty() && !odd {
                odd = true;
                sink.reject_cut(
                    RejectReason::WarcLength,
                    "bytes between records: a length is wrong",
                    &line,
                    place,
                    None,
                )?;
            }
            continue;
        };
        odd = false;
        let length = match length {
            Ok(length) => length,
            Err(_) if url.starts_with("filedesc:") => {
                odd = true;
                continue;
            }
            Err(text) => {
                let message = format!("`{}` where the length should be", super::excerpt(text.as_bytes()));
                sink.reject_cut(RejectReason::WarcHeader, message, &line, place, None)?;
                odd = true;
                continue;
            }
        };
        if length > limit as u64 {
            let message = format!("a record longer than the limit of {limit} bytes");
            sink.reject_cut(RejectReason::TooLarge, message, &line, place, Some(length))?;
            if lines.skip(length).is_err() {
                return sink.reject_cut(RejectReason::WarcTruncated, "the file ends inside a record", b"", place, None);
            }
            continue;
        }
        match lines.take(length as usize) {
            Ok(_) if url.starts_with("filedesc:") || url.starts_with("dns:") => {}
            Ok(payload) => warc::response(&payload, Some(&url), FORMAT.name, sink)?,
            Err(error) => {
                let reason = match reason_of(&error) {
                    RejectReason::Unreadable => RejectReason::WarcTruncated,
                    other => other,
                };
                return sink.reject_cut(reason, "the file ends inside a record", &line, place, None);
            }
        }
    }
    Ok(())
}
