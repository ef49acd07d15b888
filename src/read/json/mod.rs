//! JSON: one record, many one after another, an array of them, or an object that holds such an array.
//!
//! Arrays and sequences are streamed record by record; an object that wraps an array is taken whole, up to the limit.

mod scan;
mod value;

pub(crate) use value::{Error, Parsed, Value, parse};

use super::RejectReason;
use super::detect::{Format, Sure};
use super::fields::{self, Mapper};
use super::input::Input;
use super::sink::{Flow, Sink};
use scan::{Found, Scanner};
use std::borrow::Cow;

/// JSON by its first two signs.
pub(crate) static FORMAT: Format = Format { name: "json", extensions: &["json"], name_suffices: true, recognise, read };

/// Fields in which services wrap a list of articles.
const ENVELOPES: &[&str] = &[
    "articles",
    "items",
    "data",
    "results",
    "hits",
    "docs",
    "documents",
    "response",
    "news",
    "posts",
    "stories",
    "entries",
    "value",
    "records",
    "rows",
    "result",
    "feed",
];

fn recognise(head: &str) -> Sure {
    let mut signs = head.chars().filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{')) => Sure::Yes,
        (Some('{' | '['), _) => Sure::Perhaps,
        _ => Sure::No,
    }
}

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let limit = sink.options.max_record;
    let mut scanner = Scanner::new(input.ascii_stream(), limit);
    let mut mapper = Mapper::default();
    while let Some(found) = scanner.next_value() {
        match found {
            Found::Value { bytes, line, offset } => record(&bytes, (line, offset), FORMAT.name, &mut mapper, sink)?,
            Found::Bad { reason, message, head, line, offset } => {
                sink.reject_cut(reason, message, &head, Some((line, offset)), None)?;
            }
        }
    }
    Ok(())
}

/// One record from its bytes, or the records it wraps.
pub(crate) fn record(
    bytes: &[u8],
    place: (u64, u64),
    format: &'static str,
    mapper: &mut Mapper,
    sink: &mut Sink<'_>,
) -> Flow {
    let decoded;
    let (text, warnings) = if let Ok(text) = std::str::from_utf8(bytes) {
        (Cow::Borrowed(text), Vec::new())
    } else {
        decoded = super::decode::decode(bytes, None);
        (Cow::Owned(decoded.text), decoded.warnings)
    };
    let parsed = match parse(&text) {
        Ok(parsed) => parsed,
        Err(Error { at, message, too_deep }) => {
            let reason = if too_deep { RejectReason::JsonDepth } else { RejectReason::JsonSyntax };
            let hint =
                if text.trim_start().starts_with("{'") { "; this is Python's notation, use json.dumps" } else { "" };
            let (line, column) = (place.0 + count_lines(&text[..at]), column(&text[..at]));
            return sink.reject(reason, format!("{message} at line {line}, column {column}{hint}"), bytes, Some(place));
        }
    };
    let Parsed { value, duplicate_key, lossy } = parsed;
    let Some(list) = records(&value) else {
        let message = format!("{} where a record with fields should be", value.kind());
        return sink.reject(RejectReason::RecordShape, message, bytes, Some(place));
    };
    let single = list.len() == 1 && std::ptr::eq(list[0], &raw const value);
    for item in list {
        let raw = match item {
            _ if single => bytes,
            Value::Object(_, raw) => raw.as_bytes(),
            other => {
                sink.reject(
                    RejectReason::RecordShape,
                    format!("{} where a record should be", other.kind()),
                    b"",
                    Some(place),
                )?;
                continue;
            }
        };
        let Value::Object(fields, _) = source(item) else { continue };
        match mapper.article(fields, sink)? {
            Ok(mut article) => {
                for warning in &warnings {
                    article.warn(*warning);
                }
                fields::warn_duplicate(&mut article, duplicate_key);
                if lossy {
                    article.warn(crate::article::Warning::EncodingLossy);
                }
                sink.article(article, format, raw)?;
            }
            Err(problem) => sink.reject(problem.reason, problem.message, raw, Some(place))?,
        }
    }
    Ok(())
}

fn count_lines(text: &str) -> u64 {
    text.bytes().filter(|b| *b == b'\n').count() as u64
}

fn column(text: &str) -> usize {
    text.rsplit('\n').next().unwrap_or("").chars().count() + 1
}

/// A search engine's hit holds the record in `_source`.
fn source<'v, 'a>(value: &'v Value<'a>) -> &'v Value<'a> {
    match value.get("_source") {
        Some(inner @ Value::Object(..)) => inner,
        _ => value,
    }
}

/// The records in a value: itself, or what it wraps.
fn records<'v, 'a>(value: &'v Value<'a>) -> Option<Vec<&'v Value<'a>>> {
    let Value::Object(fields, _) = value else { return None };
    let is_record = fields.iter().any(|(k, v)| fields::names_text(k) && matches!(v, Value::String(_)));
    if !is_record && let Some(items) = wrapped(value, 0) {
        return Some(items.iter().collect());
    }
    Some(vec![value])
}

fn wrapped<'v, 'a>(value: &'v Value<'a>, depth: usize) -> Option<&'v [Value<'a>]> {
    let Value::Object(fields, _) = value else { return None };
    let inner = |name: &str| fields.iter().find(|(k, _)| fields::key(k) == name).map(|(_, v)| v);
    ENVELOPES.iter().find_map(|name| match inner(name)? {
        Value::Array(items) if items.iter().any(|i| matches!(i, Value::Object(..))) => Some(items.as_slice()),
        object @ Value::Object(..) if depth < 3 => wrapped(object, depth + 1),
        _ => None,
    })
}
