//! Finds the ends of JSON values in a stream without parsing them.
//!
//! The values of a top-level array come out one by one, as do values that follow each other. Nothing recurses, and no
//! more than one value is held.

use crate::read::RejectReason;
use crate::read::input::reason_of;
use std::io::Read;

/// Bytes asked of the stream at a time.
const CHUNK: usize = 64 * 1024;

/// One value, or why there is none.
pub(super) enum Found {
    Value { bytes: Vec<u8>, line: u64, offset: u64 },
    Bad { reason: RejectReason, message: String, head: Vec<u8>, line: u64, offset: u64 },
}

/// Splits a stream into values.
pub(super) struct Scanner<'i> {
    stream: Box<dyn Read + 'i>,
    limit: usize,
    buffer: Vec<u8>,
    at: usize,
    ended: bool,
    failed: Option<std::io::Error>,
    in_array: bool,
    /// Nothing more can be read.
    done: bool,
    line: u64,
    offset: u64,
}

impl<'i> Scanner<'i> {
    pub(super) fn new(stream: Box<dyn Read + 'i>, limit: usize) -> Self {
        Self {
            stream,
            limit,
            buffer: Vec::new(),
            at: 0,
            ended: false,
            failed: None,
            in_array: false,
            done: false,
            line: 1,
            offset: 0,
        }
    }

    /// The next value.
    pub(super) fn next_value(&mut self) -> Option<Found> {
        if self.done {
            return None;
        }
        loop {
            match self.peek()? {
                b' ' | b'\n' | b'\r' | b'\t' | b',' | 0 | 0xef | 0xbb | 0xbf => self.step(),
                b'[' if !self.in_array => {
                    self.in_array = true;
                    self.step();
                }
                b']' if self.in_array => {
                    self.in_array = false;
                    self.step();
                }
                _ => return Some(self.value()),
            }
        }
    }

    fn peek(&mut self) -> Option<u8> {
        if self.at == self.buffer.len() {
            self.fill();
        }
        if let Some(byte) = self.buffer.get(self.at) {
            return Some(*byte);
        }
        None
    }

    fn step(&mut self) {
        self.line += u64::from(self.buffer[self.at] == b'\n');
        self.at += 1;
        self.offset += 1;
    }

    /// Reads on; what was passed is forgotten.
    fn fill(&mut self) {
        if self.ended {
            return;
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let old = self.buffer.len();
        self.buffer.resize(old + CHUNK, 0);
        match self.stream.read(&mut self.buffer[old..]) {
            Ok(n) => {
                self.buffer.truncate(old + n);
                self.ended = n == 0;
            }
            Err(error) => {
                self.buffer.truncate(old);
                self.failed = Some(error);
                self.ended = true;
            }
        }
    }

    /// The value that begins here.
    fn value(&mut self) -> Found {
        let (line, offset) = (self.line, self.offset);
        let simple = !matches!(self.buffer[self.at], b'{' | b'[' | b'"');
        let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
        let mut i = 0;
        loop {
            while self.at + i >= self.buffer.len() {
                if self.ended {
                    return self.cut_short(line, offset, simple);
                }
                if i > self.limit {
                    return self.too_large(line, offset);
                }
                self.fill();
            }
            let byte = self.buffer[self.at + i];
            if in_string {
                if !escaped && byte != b'\\' && byte != b'"' {
                    // Jump to the next sign that matters.
                    let rest = &self.buffer[self.at + i..];
                    i += memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
                    continue;
                }
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    _ => in_string = false,
                }
            } else {
                match byte {
                    b'"' => in_string = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 0 => depth -= 1,
                    b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t' if simple => {
                        return self.take(i.max(1), line, offset);
                    }
                    _ => {}
                }
            }
            i += 1;
            if depth == 0 && !in_string && !simple {
                return self.take(i, line, offset);
            }
        }
    }

    fn take(&mut self, n: usize, line: u64, offset: u64) -> Found {
        let bytes = self.buffer[self.at..self.at + n].to_vec();
        self.at += n;
        self.offset += n as u64;
        self.line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        // A bare word outside a list is no JSON at all: one reject for the rest.
        if !self.in_array && !matches!(bytes[0], b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') {
            self.done = true;
        }
        Found::Value { bytes, line, offset }
    }

    fn cut_short(&mut self, line: u64, offset: u64, simple: bool) -> Found {
        self.done = true;
        let head = self.buffer[self.at..].to_vec();
        if let Some(error) = self.failed.take() {
            let message = format!("cannot read: {error}");
            return Found::Bad { reason: reason_of(&error), message, head, line, offset };
        }
        if simple {
            return Found::Value { bytes: head, line, offset };
        }
        let message = "the file ends inside a record".to_owned();
        Found::Bad { reason: RejectReason::JsonSyntax, message, head, line, offset }
    }

    fn too_large(&mut self, line: u64, offset: u64) -> Found {
        self.done = true;
        let head = self.buffer[self.at..self.at + 1024.min(self.limit)].to_vec();
        let message = format!("a record longer than the limit of {} bytes", self.limit);
        Found::Bad { reason: RejectReason::TooLarge, message, head, line, offset }
    }
}
