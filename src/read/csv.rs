//! Tables with a header row: comma, semicolon, tab or bar between cells.
//!
//! Records are split here rather than by a library, because a quotation mark that is never closed must not swallow the
//! rest of the file: such a record is rejected with the line it began on, and reading goes on at the next line.

use super::detect::{Format, Sure};
use super::fields::{self, Mapper};
use super::input::{Input, Line, Lines, reason_of};
use super::json::Value;
use super::sink::{Flow, Sink};
use super::{RejectReason, decode};
use crate::article::Warning;
use std::borrow::Cow;
use std::collections::VecDeque;

/// A table, told by its header.
pub(crate) static FORMAT: Format =
    Format { name: "csv", extensions: &["csv", "tsv", "tab", "psv"], name_suffices: true, recognise, read };

/// What may stand between cells, the usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Longest name of a column; a longer cell in the first row is prose.
const MAX_NAME: usize = 80;

fn recognise(head: &str) -> Sure {
    let Some(first) = head.lines().next() else { return Sure::No };
    let delimiter = sniff(first.as_bytes());
    let Some(names) = split(first.as_bytes(), delimiter) else { return Sure::No };
    let names: Vec<Cow<'_, str>> = names.iter().map(|n| String::from_utf8_lossy(n)).collect();
    let short = names.iter().all(|n| n.len() <= MAX_NAME && n.split_whitespace().count() <= 5);
    let known = names.iter().filter(|n| fields::names_any(n)).count();
    let text = names.iter().any(|n| fields::names_text(n));
    let rows = head.lines().count() > 1;
    match names.len() {
        2.. if short && rows && text && known >= 2 => Sure::Yes,
        2.. if short && known >= 1 => Sure::Perhaps,
        2.. => Sure::Perhaps,
        _ => Sure::No,
    }
}

/// The delimiter that splits the header into most cells; quoted ones do not count.
fn sniff(header: &[u8]) -> u8 {
    let cells = |d: u8| split(header, d).map_or(0, |c| c.len());
    // The first of equals, so that a single column stays a comma file.
    DELIMITERS.into_iter().rev().max_by_key(|d| cells(*d)).unwrap_or(b',')
}

/// The cells of a record without line end; `None` when a quotation mark stays open.
fn split(record: &[u8], delimiter: u8) -> Option<Vec<Vec<u8>>> {
    let mut cells = Vec::new();
    let mut cell = Vec::new();
    let mut i = 0;
    loop {
        cell.clear();
        if record.get(i) == Some(&b'"') {
            i += 1;
            loop {
                match memchr::memchr(b'"', record.get(i..)?) {
                    None => return None,
                    Some(n) => {
                        cell.extend_from_slice(&record[i..i + n]);
                        i += n + 1;
                    }
                }
                if record.get(i) != Some(&b'"') {
                    break;
                }
                cell.push(b'"');
                i += 1;
            }
        }
        // What follows a closing quote, or a cell without one.
        let rest = &record[i..];
        let n = memchr::memchr(delimiter, rest).unwrap_or(rest.len());
        cell.extend_from_slice(&rest[..n]);
        cells.push(std::mem::take(&mut cell));
        i += n + 1;
        if i > record.len() {
            return Some(cells);
        }
    }
}

/// Records of a stream: lines, joined while a quotation mark is open.
struct Records<'i> {
    lines: Lines<'i>,
    /// Lines read ahead in search of a closing quote, with their places.
    ahead: VecDeque<(Vec<u8>, u64, u64)>,
    delimiter: u8,
    limit: usize,
}

/// A line with its number and first byte.
type Placed = (Vec<u8>, u64, u64);

enum Record {
    Cells { cells: Vec<Vec<u8>>, raw: Vec<u8>, line: u64, offset: u64 },
    Bad { reason: RejectReason, message: String, head: Vec<u8>, line: u64, offset: u64, bytes: Option<u64> },
}

impl Records<'_> {
    fn line(&mut self) -> Option<Result<Placed, Record>> {
        if let Some(line) = self.ahead.pop_front() {
            return Some(Ok(line));
        }
        let line = self.lines.next_line()?;
        let (number, offset) = (self.lines.line, self.lines.offset);
        let bad =
            |reason, message: String, head, bytes| Record::Bad { reason, message, head, line: number, offset, bytes };
        Some(match line {
            Line::Whole(range) => Ok((self.lines.bytes(range).to_vec(), number, offset)),
            Line::TooLong { head, bytes } => {
                let message = format!("a line longer than the limit of {} bytes", self.limit);
                Err(bad(RejectReason::TooLarge, message, head, Some(bytes)))
            }
            Line::Failed(error) => Err(bad(reason_of(&error), format!("cannot read on: {error}"), Vec::new(), None)),
        })
    }

    fn next_record(&mut self) -> Option<Record> {
        let (first, line, offset) = match self.line()? {
            Ok(line) => line,
            Err(bad) => return Some(bad),
        };
        let mut raw = first;
        let mut open = is_open(&raw, self.delimiter, State::default());
        let mut taken: Vec<(Vec<u8>, u64, u64)> = Vec::new();
        while open.quoted {
            let next = if raw.len() > self.limit { None } else { self.line() };
            match next {
                Some(Ok(next)) => {
                    raw.push(b'\n');
                    open = is_open(&next.0, self.delimiter, open);
                    raw.extend_from_slice(&next.0);
                    taken.push(next);
                }
                other => {
                    // Never closed: give the lines after the first one back.
                    let head = raw[..raw.len().min(1024)].to_vec();
                    let too_large = raw.len() > self.limit && other.is_none();
                    for line in taken.into_iter().rev() {
                        self.ahead.push_front(line);
                    }
                    let (reason, message) = if too_large {
                        (RejectReason::TooLarge, format!("a record longer than the limit of {} bytes", self.limit))
                    } else {
                        (RejectReason::CsvQuote, "a quotation mark is opened and never closed".to_owned())
                    };
                    return Some(Record::Bad { reason, message, head, line, offset, bytes: None });
                }
            }
        }
        if raw.ends_with(b"\r") {
            raw.pop();
        }
        let cells = split(&raw, self.delimiter).unwrap_or_default();
        Some(Record::Cells { cells, raw, line, offset })
    }
}

/// Where a scan for quotes stands at the end of a line.
#[derive(Default, Clone, Copy)]
struct State {
    quoted: bool,
}

/// Goes on with the scan over one more line.
fn is_open(line: &[u8], delimiter: u8, state: State) -> State {
    let mut quoted = state.quoted;
    let mut begins = !quoted;
    let mut i = 0;
    while i < line.len() {
        if quoted {
            match memchr::memchr(b'"', &line[i..]) {
                None => return State { quoted },
                Some(n) => {
                    i += n + 1;
                    if line.get(i) == Some(&b'"') {
                        i += 1;
                    } else {
                        quoted = false;
                        begins = false;
                    }
                }
            }
        } else if begins && line[i] == b'"' {
            quoted = true;
            i += 1;
        } else {
            match memchr::memchr(delimiter, &line[i..]) {
                None => return State { quoted },
                Some(n) => {
                    i += n + 1;
                    begins = true;
                }
            }
        }
    }
    State { quoted }
}

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let limit = sink.options.max_record;
    let sample = input.sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&input.sample);
    let delimiter = sniff(sample.split(|b| *b == b'\n').next().unwrap_or(sample));
    // UTF-16 becomes UTF-8 in the stream, so its header has to be looked at again.
    let wide = sample.contains(&0) && super::decode::utf16_without_mark(sample).is_some()
        || sample.starts_with(b"\xff\xfe")
        || sample.starts_with(b"\xfe\xff");
    let mut records =
        Records { lines: Lines::new(input.ascii_stream(), limit), ahead: VecDeque::new(), delimiter, limit };
    let (mut names, header_line) = loop {
        match records.line() {
            None => return Ok(()),
            Some(Err(bad)) => return reject(bad, sink),
            Some(Ok((line, number, offset))) => {
                let line: &[u8] = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
                let line = line.trim_ascii_end();
                if line.is_empty() {
                    continue;
                }
                if wide {
                    records.delimiter = sniff(line);
                }
                if is_open(line, records.delimiter, State::default()).quoted {
                    // A header over several lines: read it as a record.
                    records.ahead.push_front((line.to_vec(), number, offset));
                    match records.next_record() {
                        Some(Record::Cells { cells, raw, .. }) => break (cells, raw),
                        Some(bad) => return reject(bad, sink),
                        None => return Ok(()),
                    }
                }
                break (split(line, records.delimiter).unwrap_or_default(), line.to_vec());
            }
        }
    };
    let names: Vec<String> = names.drain(..).map(|n| decode::decode(&n, None).text.trim().to_owned()).collect();
    if let Some(problem) = header_problem(&names, sink) {
        return sink.reject_cut(problem.0, problem.1, &header_line, Some((1, 0)), None);
    }
    let mut mapper = Mapper::default();
    while let Some(record) = records.next_record() {
        match record {
            bad @ Record::Bad { .. } => reject(bad, sink)?,
            Record::Cells { cells, raw, line, offset } => {
                if raw.trim_ascii().is_empty() {
                    continue;
                }
                row(&names, &cells, &raw, (line, offset), &mut mapper, sink)?;
            }
        }
    }
    Ok(())
}

fn reject(record: Record, sink: &mut Sink<'_>) -> Flow {
    match record {
        Record::Bad { reason, message, head, line, offset, bytes } => {
            sink.reject_cut(reason, message, &head, Some((line, offset)), bytes)
        }
        Record::Cells { .. } => Ok(()),
    }
}

/// A header without a text, or with two of one name, spoils the whole file.
fn header_problem(names: &[String], sink: &Sink<'_>) -> Option<(RejectReason, String)> {
    let mapped = sink.options.map.iter().find(|(f, _)| f == "text").map(|(_, path)| path);
    let is_text = |n: &&String| mapped.map_or_else(|| fields::names_text(n), |m| m == *n);
    let texts: Vec<&String> = names.iter().filter(is_text).collect();
    if texts.is_empty() && !names.iter().any(|n| fields::names_any(n)) || texts.is_empty() && mapped.is_some() {
        let shown: String =
            names.iter().take(12).map(|n| n.chars().take(40).collect::<String>()).collect::<Vec<_>>().join(", ");
        let message = format!("no column holds a text; the first row is: {shown}; name one with --map text=COLUMN");
        return Some((RejectReason::NoTextField, message));
    }
    let twice = texts.iter().find(|t| names.iter().filter(|n| n == *t).count() > 1)?;
    Some((RejectReason::AmbiguousField, format!("the column `{twice}` stands twice")))
}

fn row(
    names: &[String],
    cells: &[Vec<u8>],
    raw: &[u8],
    place: (u64, u64),
    mapper: &mut Mapper,
    sink: &mut Sink<'_>,
) -> Flow {
    if cells.len() != names.len() {
        let message = format!("{} cells in a row where the header has {}", cells.len(), names.len());
        return sink.reject(RejectReason::CsvRagged, message, raw, Some(place));
    }
    let mut warnings: Vec<Warning> = Vec::new();
    // One encoding for the whole row, so that a short cell is not guessed alone.
    let legacy = std::str::from_utf8(raw).is_err().then(|| decode::decode(raw, None).encoding);
    let mut record: Vec<fields::Field<'_>> = Vec::with_capacity(cells.len());
    for (name, cell) in names.iter().zip(cells) {
        let text = match (std::str::from_utf8(cell), legacy) {
            (Ok(text), _) => Cow::Borrowed(text),
            (Err(_), encoding) => {
                let encoding = encoding.unwrap_or(encoding_rs::WINDOWS_1252);
                let (text, lossy) = encoding.decode_without_bom_handling(cell);
                warnings.push(if lossy { Warning::EncodingLossy } else { Warning::EncodingGuessed });
                text
            }
        };
        record.push((Cow::Borrowed(name.as_str()), Value::String(text)));
    }
    match mapper.article(&record, sink)? {
        Ok(mut article) => {
            for warning in warnings {
                article.warn(warning);
            }
            sink.article(article, FORMAT.name, raw)
        }
        Err(problem) => sink.reject(problem.reason, problem.message, raw, Some(place)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(record: &str, delimiter: u8) -> Vec<String> {
        split(record.as_bytes(), delimiter).unwrap().into_iter().map(|c| String::from_utf8(c).unwrap()).collect()
    }

    #[test]
    fn cells_are_split_as_spreadsheets_do() {
        assert_eq!(cells("a,\"b, c\",\"d \"\"e\"\"\",", b','), ["a", "b, c", "d \"e\"", ""]);
        assert_eq!(cells("a;b", b';'), ["a", "b"]);
        assert_eq!(cells("", b','), [""]);
        assert!(split(b"a,\"b", b',').is_none());
        assert_eq!(sniff(b"id;title,with;text"), b';');
        assert_eq!(sniff(b"text"), b',');
    }

    #[test]
    fn an_open_quote_does_not_swallow_the_file() {
        let text = "a,b\n1,\"x\ny\"\n2,\"never\n3,z\n";
        let mut records = Records {
            lines: Lines::new(Box::new(text.as_bytes()), 1 << 20),
            ahead: VecDeque::new(),
            delimiter: b',',
            limit: 1 << 20,
        };
        let mut seen = Vec::new();
        while let Some(record) = records.next_record() {
            seen.push(match record {
                Record::Cells { cells, line, .. } => format!("{line}: {}", cells.len()),
                Record::Bad { reason, line, .. } => format!("{line}: {}", reason.as_str()),
            });
        }
        assert_eq!(seen, ["1: 2", "2: 2", "4: csv_quote", "5: 2"]);
    }
}
