//! WARC archives of web crawls: every response that is a page becomes an article.
//!
//! Records are streamed. A record whose length is wrong is rejected and reading goes on at the next `WARC/1.`. Requests,
//! redirects, pictures and errors are skips, counted and not rejected. The day of the crawl is no publication date.

use super::detect::{Format, Sure};
use super::input::{Input, reason_of};
use super::sink::{Flow, Sink};
use super::{RejectReason, html};
use flate2::read::{GzDecoder, ZlibDecoder};
use std::io::{self, BufRead, BufReader, Read};

/// Told by the version line.
pub(crate) static FORMAT: Format = Format {
    name: "warc",
    extensions: &["warc"],
    name_suffices: false,
    recognise: |head| if head.starts_with("WARC/") { Sure::Yes } else { Sure::No },
    read,
};

/// Longest header of a record or response; real ones have two kilobytes.
const MAX_HEADER: usize = 64 * 1024;

/// A page expands at most this many times.
const MAX_RATIO: usize = 200;

struct Archive<'i, 'a> {
    stream: BufReader<&'i mut Input<'a>>,
    offset: u64,
}

/// A header: names in lower case, and values.
type Header = Vec<(String, String)>;

fn get<'h>(header: &'h Header, name: &str) -> Option<&'h str> {
    header.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

impl Archive<'_, '_> {
    /// A line up to the limit; empty at the end of the stream.
    fn line(&mut self, limit: usize) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        (&mut self.stream).take(limit as u64).read_until(b'\n', &mut line)?;
        self.offset += line.len() as u64;
        Ok(line)
    }

    /// Goes to the next version line; true when other bytes stood before it.
    fn find_record(&mut self) -> io::Result<Option<bool>> {
        let mut odd = false;
        loop {
            let line = self.line(MAX_HEADER)?;
            if line.is_empty() {
                return Ok(if odd { Some(true) } else { None });
            }
            // A version line may stand at the end of a payload that was longer than stated.
            if let Some(at) = memchr::memmem::find(&line, b"WARC/1.").filter(|at| line.len() - at < 16) {
                return Ok(Some(odd || at > 0));
            }
            odd |= !line.trim_ascii().is_empty();
        }
    }

    fn header(&mut self) -> io::Result<Option<Header>> {
        let mut header = Header::new();
        let mut room = MAX_HEADER;
        loop {
            let line = self.line(room)?;
            if !line.ends_with(b"\n") {
                return Ok(None);
            }
            room -= line.len().min(room - 1);
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end();
            if text.is_empty() {
                return Ok(Some(header));
            }
            if let Some((name, value)) = text.split_once(':') {
                header.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }
}

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let mut archive = Archive { stream: BufReader::with_capacity(64 * 1024, input), offset: 0 };
    loop {
        match record(&mut archive, sink) {
            Ok(Some(flow)) => flow?,
            Ok(None) => return Ok(()),
            Err(error) => {
                let reason = match reason_of(&error) {
                    RejectReason::Unreadable => RejectReason::WarcTruncated,
                    other => other,
                };
                return sink.reject_cut(reason, format!("cannot read on: {error}"), b"", None, None);
            }
        }
    }
}

/// Reads one record.
fn record(archive: &mut Archive<'_, '_>, sink: &mut Sink<'_>) -> io::Result<Option<Flow>> {
    let Some(odd) = archive.find_record()? else { return Ok(None) };
    let place = Some((0, archive.offset));
    if odd {
        let flow =
            sink.reject_cut(RejectReason::WarcLength, "bytes between records: a length is wrong", b"", place, None);
        if flow.is_err() || archive.stream.fill_buf()?.is_empty() {
            return Ok(Some(flow));
        }
    }
    let Some(header) = archive.header()? else {
        return Ok(Some(sink.reject_cut(
            RejectReason::WarcHeader,
            "a header that is too long or cut",
            b"",
            place,
            None,
        )));
    };
    let Some(length) = get(&header, "content-length").and_then(|l| l.parse::<u64>().ok()) else {
        return Ok(Some(sink.reject_cut(RejectReason::WarcLength, "a record without a length", b"", place, None)));
    };
    let kind = get(&header, "warc-type").unwrap_or("").to_ascii_lowercase();
    let wanted = matches!(kind.as_str(), "response" | "resource" | "conversion");
    let limit = sink.options.max_record as u64;
    if !wanted || length > limit {
        let skipped = io::copy(&mut (&mut archive.stream).take(length), &mut io::sink())?;
        archive.offset += skipped;
        if skipped < length {
            return Ok(Some(sink.reject_cut(
                RejectReason::WarcLength,
                "a record longer than the file",
                b"",
                place,
                Some(length),
            )));
        }
        if matches!(kind.as_str(), "warcinfo" | "metadata" | "request") {
            return Ok(Some(Ok(())));
        }
        let (reason, message) = if wanted {
            (RejectReason::TooLarge, format!("a record longer than the limit of {limit} bytes"))
        } else {
            (RejectReason::NotAnArticle, format!("a record of kind {kind}"))
        };
        return Ok(Some(sink.reject_cut(reason, message, b"", place, Some(length))));
    }
    let mut payload = Vec::new();
    (&mut archive.stream).take(length).read_to_end(&mut payload)?;
    archive.offset += payload.len() as u64;
    if (payload.len() as u64) < length {
        return Ok(Some(sink.reject_cut(
            RejectReason::WarcTruncated,
            "the file ends inside a record",
            &payload,
            place,
            None,
        )));
    }
    let url = get(&header, "warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
    if url.as_deref().is_some_and(|u| u.starts_with("metadata:")) {
        return Ok(Some(sink.reject_cut(RejectReason::NotAnArticle, "notes of the crawler", b"", place, Some(length))));
    }
    let is_http = get(&header, "content-type").is_some_and(|t| t.contains("http"));
    if !is_http {
        let kind = get(&header, "content-type").unwrap_or("").to_owned();
        return Ok(Some(page(&payload, &kind, url.as_deref(), FORMAT.name, sink)));
    }
    Ok(Some(response(&payload, url.as_deref(), FORMAT.name, sink)))
}

/// Reads an HTTP response.
pub(super) fn response(payload: &[u8], url: Option<&str>, format: &'static str, sink: &mut Sink<'_>) -> Flow {
    let (head_end, body_at) = match (memchr::memmem::find(payload, b"\r\n\r\n"), memchr::memmem::find(payload, b"\n\n"))
    {
        (Some(a), b) if b.is_none_or(|b| a < b) => (a, a + 4),
        (_, Some(b)) => (b, b + 2),
        _ => return sink.reject(RejectReason::HttpSyntax, "a response without a head", payload, None),
    };
    let head = String::from_utf8_lossy(&payload[..head_end.min(MAX_HEADER)]);
    let mut lines = head.lines();
    let status_line = lines.next().unwrap_or("");
    let status =
        status_line.strip_prefix("HTTP/").and_then(|l| l.split_whitespace().nth(1)).and_then(|s| s.parse::<u16>().ok());
    let Some(status) = status else {
        return sink.reject(RejectReason::HttpSyntax, "a response without a status line", payload, None);
    };
    let header: Header = lines
        .filter_map(|l| l.split_once(':'))
        .map(|(n, v)| (n.trim().to_ascii_lowercase(), v.trim().to_owned()))
        .collect();
    let kind = get(&header, "content-type").unwrap_or("text/html").to_owned();
    if status != 200 || !is_page(&kind) {
        return sink.reject_cut(
            RejectReason::NotAnArticle,
            format!("a response with status {status}, {kind}"),
            b"",
            None,
            None,
        );
    }
    let mut body = std::borrow::Cow::Borrowed(&payload[body_at..]);
    if get(&header, "transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked")) {
        match unchunk(&body) {
            Chunks::Whole(bytes) => body = bytes.into(),
            // Many archives keep the header and store the body whole.
            Chunks::None => {}
            Chunks::Broken => {
                return sink.reject(RejectReason::HttpChunk, "a chunked body with a wrong length", payload, None);
            }
        }
    }
    let encoding = get(&header, "content-encoding").unwrap_or("").to_ascii_lowercase();
    let limit = sink.options.max_record.min(body.len().saturating_mul(MAX_RATIO).max(1 << 20)) as u64;
    let expanded = match encoding.as_str() {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => Some(expand(GzDecoder::new(&body[..]), limit)),
        "deflate" if body.first() == Some(&0x78) => Some(expand(ZlibDecoder::new(&body[..]), limit)),
        "" | "identity" | "gzip" | "x-gzip" | "deflate" | "none" | "utf-8" => None,
        other => {
            let looks_plain = body.trim_ascii_start().starts_with(b"<");
            if !looks_plain {
                return sink.reject(
                    RejectReason::ContentEncoding,
                    format!("a body in encoding {other}"),
                    payload,
                    None,
                );
            }
            None
        }
    };
    match expanded {
        Some(Ok(bytes)) => page(&bytes, &kind, url, format, sink),
        Some(Err((reason, message))) => sink.reject(reason, message, payload, None),
        None => page(&body, &kind, url, format, sink),
    }
}

fn expand(decoder: impl Read, limit: u64) -> Result<Vec<u8>, (RejectReason, String)> {
    let mut bytes = Vec::new();
    match decoder.take(limit + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > limit => {
            Err((RejectReason::Ratio, format!("expands to more than {limit} bytes")))
        }
        Ok(_) => Ok(bytes),
        // What was expanded before the damage is a page without its end.
        Err(_) if bytes.len() > 1000 => Ok(bytes),
        Err(error) => Err((RejectReason::Deflate, error.to_string())),
    }
}

fn is_page(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.is_empty() || kind.contains("html") || kind.starts_with("text/plain")
}

fn page(bytes: &[u8], kind: &str, url: Option<&str>, format: &'static str, sink: &mut Sink<'_>) -> Flow {
    if !is_page(kind) {
        return sink.reject_cut(RejectReason::NotAnArticle, format!("a record of type {kind}"), b"", None, None);
    }
    let charset =
        kind.to_ascii_lowercase().split_once("charset=").map(|(_, c)| c.trim_matches(['"', '\'', ' ', ';']).to_owned());
    html::read_page_as(format, bytes, charset.as_deref(), url, sink)
}

enum Chunks {
    Whole(Vec<u8>),
    /// The body is not in chunks.
    None,
    Broken,
}

fn unchunk(body: &[u8]) -> Chunks {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Some(end) = memchr::memchr(b'\n', &rest[..rest.len().min(64)]) else {
            return if out.is_empty() { Chunks::None } else { Chunks::Whole(out) };
        };
        let digits = rest[..end].trim_ascii();
        let digits = digits.split(|b| *b == b';').next().unwrap_or(digits);
        let Some(length) = std::str::from_utf8(digits).ok().and_then(|d| u64::from_str_radix(d, 16).ok()) else {
            return if out.is_empty() { Chunks::None } else { Chunks::Broken };
        };
        if length == 0 {
            return Chunks::Whole(out);
        }
        let from = end + 1;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let Some(chunk) = from.checked_add(length).and_then(|to| rest.get(from..to)) else {
            // The last chunk of a page cut by the crawler.
            out.extend_from_slice(&rest[from..]);
            return if out.len() > 1000 { Chunks::Whole(out) } else { Chunks::Broken };
        };
        out.extend_from_slice(chunk);
        rest = &rest[from + length..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}
