//! The bytes of one file: opened safely, looked at, handed to the reader of their format.
//!
//! Memory is bounded: only the first [`SAMPLE`] bytes are looked at to tell the format; readers of one-record formats
//! take the whole file up to the record limit, the others stream.

use super::container;
use super::detect::{self, Verdict};
use super::sink::{Emit, Flow, Sink};
use super::{ReadOptions, Reject, RejectReason, Unit, decode, metadata};
use crate::article::Source;
use std::fs::File;
use std::io::{self, Read, Seek};

/// Bytes looked at to tell what a file is: enough for the head of a page and for a dozen rows.
pub(crate) const SAMPLE: usize = 64 * 1024;

/// A failure inside a stream that has its own reason (a wrong checksum, a bomb).
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Broken {
    /// The reason to reject with.
    pub(crate) reason: RejectReason,
    /// In words.
    pub(crate) message: String,
}

/// The reason to reject with when reading fails with `error`.
pub(crate) fn reason_of(error: &io::Error) -> RejectReason {
    match error.get_ref().and_then(|e| e.downcast_ref::<Broken>()) {
        Some(broken) => broken.reason,
        None if error.kind() == io::ErrorKind::PermissionDenied => RejectReason::Permission,
        None => RejectReason::Unreadable,
    }
}

/// A stream whose first bytes are known.
pub(crate) struct Input<'a> {
    /// The first bytes, [`SAMPLE`] or all.
    pub(crate) sample: Vec<u8>,
    at: usize,
    rest: &'a mut dyn Read,
    file: Option<File>,
    /// The stream broke within the sample: told when reading gets there.
    failed: Option<io::Error>,
}

impl<'a> Input<'a> {
    /// Reads the sample.
    pub(crate) fn new(rest: &'a mut dyn Read) -> io::Result<Self> {
        let mut sample = Vec::with_capacity(SAMPLE);
        let failed = rest.take(SAMPLE as u64).read_to_end(&mut sample).err();
        match failed {
            Some(error) if sample.is_empty() => Err(error),
            failed => Ok(Self { sample, at: 0, rest, file: None, failed }),
        }
    }

    /// The file itself, from its beginning, when the stream is one.
    pub(crate) fn file(&mut self) -> Option<File> {
        let mut file = self.file.take()?;
        file.rewind().ok()?;
        Some(file)
    }

    /// The whole content, if it is not longer than `limit`.
    pub(crate) fn read_all(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let mut bytes = std::mem::take(&mut self.sample);
        let room = (limit + 1).saturating_sub(bytes.len()) as u64;
        self.rest.take(room).read_to_end(&mut bytes)?;
        Ok((bytes.len() <= limit).then_some(bytes))
    }

    /// The content as a stream in an encoding of which ASCII is a part: UTF-16 is turned into UTF-8.
    pub(crate) fn ascii_stream(&mut self) -> Box<dyn Read + '_> {
        let encoding = encoding_rs::Encoding::for_bom(&self.sample)
            .map(|(e, _)| e)
            .or_else(|| decode::utf16_without_mark(&self.sample))
            .filter(|e| *e != encoding_rs::UTF_8);
        match encoding {
            Some(e) => Box::new(Transcoder { from: e.new_decoder(), input: self, out: Vec::new(), at: 0, end: false }),
            None => Box::new(self),
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let left = &self.sample[self.at.min(self.sample.len())..];
        if left.is_empty() {
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
            return self.rest.read(buf);
        }
        let n = left.len().min(buf.len());
        buf[..n].copy_from_slice(&left[..n]);
        self.at += n;
        Ok(n)
    }
}

/// Turns a stream of another encoding into UTF-8 as it is read.
struct Transcoder<'i, 'a> {
    from: encoding_rs::Decoder,
    input: &'i mut Input<'a>,
    out: Vec<u8>,
    at: usize,
    end: bool,
}

impl Read for Transcoder<'_, '_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.at == self.out.len() && !self.end {
            let mut raw = [0u8; 8192];
            let n = self.input.read(&mut raw)?;
            self.end = n == 0;
            self.at = 0;
            // A 16-bit unit becomes three bytes at most; the mark and a replacement need a few more.
            self.out.resize(n * 3 + 16, 0);
            let (_, _, written, _) = self.from.decode_to_utf8(&raw[..n], &mut self.out, self.end);
            self.out.truncate(written);
        }
        let n = (self.out.len() - self.at).min(buf.len());
        buf[..n].copy_from_slice(&self.out[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

/// Opens and reads one file.
pub(crate) fn read_file(unit: &Unit, options: &ReadOptions, emit: Emit<'_>) -> Flow {
    let source = Source { path: unit.shown.clone(), ..Source::default() };
    let mut sink = Sink::new(source, options, emit);
    match open(unit) {
        Ok(mut file) => {
            let second = file.try_clone().ok();
            read_stream(&mut file, second, &mut sink)
        }
        Err(error) => {
            let reason = reason_of(&error);
            sink.reject_cut(reason, format!("cannot open: {error}"), &[], None, Some(unit.bytes))
        }
    }
}

/// Reads bytes in memory as if they were a file.
pub(crate) fn read_named(name: &str, mut bytes: &[u8], options: &ReadOptions, emit: Emit<'_>) -> Flow {
    let source = Source { path: name.to_owned(), ..Source::default() };
    read_stream(&mut bytes, None, &mut Sink::new(source, options, emit))
}

/// Opens a regular file only: opening a pipe would wait for ever, and reading a device may never end.
fn open(unit: &Unit) -> io::Result<File> {
    if !std::fs::metadata(&unit.path)?.is_file() {
        let broken = Broken { reason: RejectReason::SpecialFile, message: "not a regular file".into() };
        return Err(io::Error::other(broken));
    }
    File::open(&unit.path)
}

/// Reads what is inside a container.
pub(crate) fn read_inner(stream: &mut dyn Read, sink: &mut Sink<'_>) -> Flow {
    sink.depth += 1;
    let flow = read_stream(stream, None, sink);
    sink.depth -= 1;
    flow
}

/// Tells the format of a stream and reads it; `file` is the same stream when it is a file.
fn read_stream(stream: &mut dyn Read, file: Option<File>, sink: &mut Sink<'_>) -> Flow {
    let mut input = match Input::new(stream) {
        Ok(input) => input,
        Err(error) => return sink.reject_cut(reason_of(&error), format!("cannot read: {error}"), &[], None, None),
    };
    input.file = file;
    if let Some(container) = container::find(&input.sample) {
        if sink.depth >= container::MAX_DEPTH {
            let message = format!("more than {} containers around each other", container::MAX_DEPTH);
            return sink.reject_cut(RejectReason::ContainerDepth, message, b"", None, None);
        }
        return (container.read)(&mut input, sink);
    }
    sink.date_order = metadata::order_by_evidence(&input.sample).or(sink.options.date_order);
    match detect::detect(&input.sample, &sink.file_name()) {
        Verdict::Format { format, wrong_extension } => {
            sink.wrong_extension = wrong_extension;
            (format.read)(&mut input, sink)
        }
        Verdict::Nothing => Ok(()),
        Verdict::Refuse { reason, message } => {
            let head = &input.sample[..input.sample.len().min(1024)];
            sink.reject_cut(reason, message, head, None, None)
        }
    }
}

/// The whole content for a reader of a one-record format; when it cannot be had, the reject has been passed on.
pub(crate) fn whole(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<Option<Vec<u8>>, super::sink::Stop> {
    let limit = sink.options.max_record;
    let head: Vec<u8> = input.sample[..input.sample.len().min(1024)].to_vec();
    match input.read_all(limit) {
        Ok(Some(bytes)) => Ok(Some(bytes)),
        Ok(None) => {
            let message = format!("longer than the limit of {limit} bytes");
            sink.reject_cut(RejectReason::TooLarge, message, &head, None, None)?;
            Ok(None)
        }
        Err(error) => {
            sink.reject_cut(reason_of(&error), format!("cannot read: {error}"), &head, None, None)?;
            Ok(None)
        }
    }
}

/// Lines of a stream, each ended by `\n`, in memory bounded by the limit.
pub(crate) struct Lines<'i> {
    stream: Box<dyn Read + 'i>,
    buffer: Vec<u8>,
    at: usize,
    limit: usize,
    ended: bool,
    /// Number of the line last returned, from 1.
    pub(crate) line: u64,
    /// Its first byte.
    pub(crate) offset: u64,
    next_offset: u64,
}

/// One line, or how it failed.
pub(crate) enum Line {
    /// The bytes, without line end, as a range of [`Lines::bytes`].
    Whole(std::ops::Range<usize>),
    /// It is longer than the limit; this is its beginning. The rest was skipped.
    TooLong { head: Vec<u8>, bytes: u64 },
    /// The stream broke.
    Failed(io::Error),
}

/// Bytes asked of the stream at a time.
const CHUNK: usize = 128 * 1024;

impl<'i> Lines<'i> {
    /// Lines of at most `limit` bytes.
    pub(crate) fn new(stream: Box<dyn Read + 'i>, limit: usize) -> Self {
        Self { stream, buffer: Vec::new(), at: 0, limit, ended: false, line: 0, offset: 0, next_offset: 0 }
    }

    /// The bytes of a line returned last.
    pub(crate) fn bytes(&self, range: std::ops::Range<usize>) -> &[u8] {
        &self.buffer[range]
    }

    /// The next line.
    pub(crate) fn next_line(&mut self) -> Option<Line> {
        self.offset = self.next_offset;
        let mut searched = self.at;
        loop {
            if let Some(i) = memchr(b'\n', &self.buffer[searched..]) {
                let range = self.at..searched + i;
                self.line += 1;
                self.next_offset += (range.len() + 1) as u64;
                self.at = range.end + 1;
                return Some(Line::Whole(range));
            }
            searched = self.buffer.len();
            if searched - self.at > self.limit {
                return Some(self.skip_long_line());
            }
            if self.ended {
                let range = self.at..searched;
                self.at = searched;
                self.line += 1;
                self.next_offset += range.len() as u64;
                return (!range.is_empty()).then_some(Line::Whole(range));
            }
            searched -= self.at;
            if let Err(error) = self.fill() {
                // What was read of the line before the stream broke is part of the failure.
                self.ended = true;
                self.at = self.buffer.len();
                return Some(Line::Failed(error));
            }
        }
    }

    /// The next `length` bytes, whatever is in them.
    pub(crate) fn take(&mut self, length: usize) -> io::Result<Vec<u8>> {
        while self.buffer.len() - self.at < length {
            if self.ended {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.fill()?;
        }
        let bytes = self.buffer[self.at..self.at + length].to_vec();
        self.at += length;
        self.next_offset += length as u64;
        Ok(bytes)
    }

    /// Passes over the next `length` bytes.
    pub(crate) fn skip(&mut self, length: u64) -> io::Result<()> {
        let mut left = length;
        while left > 0 {
            let part = left.min(CHUNK as u64);
            self.take(part as usize)?;
            left -= part;
        }
        Ok(())
    }

    /// Reads on, after moving the unfinished line to the front.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let old = self.buffer.len();
        self.buffer.resize(old + CHUNK, 0);
        let n = loop {
            match self.stream.read(&mut self.buffer[old..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Ok(n) => break n,
                Err(e) => {
                    self.buffer.truncate(old);
                    return Err(e);
                }
            }
        };
        self.buffer.truncate(old + n);
        self.ended = n == 0;
        Ok(())
    }

    fn skip_long_line(&mut self) -> Line {
        let head = self.buffer[self.at..self.at + 1024.min(self.limit)].to_vec();
        let mut bytes = (self.buffer.len() - self.at) as u64;
        self.line += 1;
        loop {
            self.at = self.buffer.len();
            if self.ended {
                break;
            }
            if let Err(error) = self.fill() {
                self.ended = true;
                return Line::Failed(error);
            }
            if let Some(i) = memchr(b'\n', &self.buffer) {
                self.at = i + 1;
                bytes += i as u64;
                self.next_offset += bytes + 1;
                return Line::TooLong { head, bytes };
            }
            bytes += self.buffer.len() as u64;
        }
        self.next_offset += bytes;
        Line::TooLong { head, bytes }
    }
}

/// First place of `byte`.
pub(crate) fn memchr(byte: u8, bytes: &[u8]) -> Option<usize> {
    memchr::memchr(byte, bytes)
}

/// A reject for a file that could not be listed.
pub(crate) fn plan_reject(shown: String, reason: RejectReason, message: impl Into<String>) -> Reject {
    let source = Source { path: shown, ..Source::default() };
    Reject { stage: "plan", ..Reject::new(source, reason, message) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_skipped_and_the_rest_is_read() {
        let text = format!("a\n{}\nb\nlast", "x".repeat(500_000));
        let mut lines = Lines::new(Box::new(text.as_bytes()), 1000);
        let mut seen = Vec::new();
        while let Some(line) = lines.next_line() {
            seen.push(match line {
                Line::Whole(range) => {
                    let offset = lines.offset as usize;
                    assert_eq!(&text.as_bytes()[offset..offset + range.len()], lines.bytes(range.clone()));
                    format!("{} {}", lines.line, String::from_utf8_lossy(lines.bytes(range)))
                }
                Line::TooLong { bytes, .. } => format!("{} too long {bytes}", lines.line),
                Line::Failed(e) => panic!("{e}"),
            });
        }
        assert_eq!(seen, ["1 a", "2 too long 500000", "3 b", "4 last"]);
    }

    #[test]
    fn utf16_streams_become_utf8() {
        let mut bytes = vec![0xfe, 0xff];
        bytes.extend("é — Vilnius\n".repeat(20_000).encode_utf16().flat_map(u16::to_be_bytes));
        let mut stream = bytes.as_slice();
        let mut input = Input::new(&mut stream).unwrap();
        let mut text = String::new();
        input.ascii_stream().read_to_string(&mut text).unwrap();
        assert_eq!(text, "é — Vilnius\n".repeat(20_000));
    }
}
