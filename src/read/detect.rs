//! What a file is: by its content first, by its name second.
//!
//! Every format says how sure it is of the first bytes. A format that is certain wins; among those that may be, the
//! one the name speaks for; a text nothing else claims is plain text. Binary data and documents that are not read
//! (PDF, Word, RTF …) are refused here, with a hint.

use super::input::Input;
use super::sink::{Flow, Sink};
use super::{RejectReason, arc, csv, eml, factiva, html, json, jsonl, md, nexis, txt, warc, xml};

/// Share of control characters above which data is not text: a few stray ones are in many archives, random bytes
/// have more than a tenth.
const MAX_CONTROLS: f64 = 0.06;

/// A file format.
pub(crate) struct Format {
    /// As written in the `format` column.
    pub(crate) name: &'static str,
    /// Extensions that speak for it, lower case.
    pub(crate) extensions: &'static [&'static str],
    /// The name alone suffices: what does not fit is rejected as a damaged file of this format.
    pub(crate) name_suffices: bool,
    /// How sure the first bytes make it. They are decoded as far as possible, without byte order mark and without
    /// white space at the start.
    pub(crate) recognise: fn(&str) -> Sure,
    /// Reads a stream of it.
    pub(crate) read: fn(&mut Input<'_>, &mut Sink<'_>) -> Flow,
}

/// How sure a format is of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sure {
    /// It is something else.
    No,
    /// It may be this.
    Perhaps,
    /// It is this.
    Yes,
}

/// Every format, the more telling before the less.
pub(crate) static FORMATS: &[&Format] = &[
    &warc::FORMAT,
    &arc::FORMAT,
    &nexis::FORMAT,
    &factiva::FORMAT,
    &eml::FORMAT,
    &xml::feed::FORMAT,
    &xml::reuters::FORMAT,
    &xml::trec::FORMAT,
    &xml::nitf::FORMAT,
    &xml::newsml::FORMAT,
    &xml::petrarch::FORMAT,
    &xml::factiva::FORMAT,
    &html::FORMAT,
    &xml::unknown::FORMAT,
    &jsonl::FORMAT,
    &json::FORMAT,
    &md::FORMAT,
    &csv::FORMAT,
    &txt::FORMAT,
];

/// What to do with a file.
pub(crate) enum Verdict {
    /// Read it.
    Format { format: &'static Format, wrong_extension: bool },
    /// An empty list of records.
    Nothing,
    /// Reject it.
    Refuse { reason: RejectReason, message: String },
}

/// First bytes of what is never text, the reason, and what a person may do about it.
const MAGIC: &[(&[u8], RejectReason, &str)] = &[
    (b"%PDF", RejectReason::UnsupportedFormat, "a PDF; convert it to text first (pdftotext)"),
    (b"{\\rtf", RejectReason::UnsupportedFormat, "an RTF document; save it as text, HTML or DOCX"),
    (b"\xd0\xcf\x11\xe0", RejectReason::UnsupportedFormat, "an old Office document; save it as text or DOCX"),
    (b"PAR1", RejectReason::UnsupportedFormat, "a Parquet file"),
    (b"BZh", RejectReason::Bz2, "bzip2 data; expand it first (bunzip2)"),
    (b"\xfd7zXZ\0", RejectReason::Xz, "xz data; expand it first (unxz)"),
    (b"7z\xbc\xaf\x27\x1c", RejectReason::UnsupportedFormat, "a 7z archive; unpack it first"),
    (b"Rar!", RejectReason::UnsupportedFormat, "a RAR archive; unpack it first"),
    (b"SQLite format 3\0", RejectReason::UnsupportedFormat, "a SQLite database; export a CSV from it"),
    (b"\xff\xfe\0\0", RejectReason::EncodingUnsupported, "UTF-32 text; convert it to UTF-8"),
    (b"\0\0\xfe\xff", RejectReason::EncodingUnsupported, "UTF-32 text; convert it to UTF-8"),
    (b"\xff\xd8\xff", RejectReason::NotText, "a JPEG picture"),
    (b"\x89PNG", RejectReason::NotText, "a PNG picture"),
    (b"GIF8", RejectReason::NotText, "a GIF picture"),
    (b"RIFF", RejectReason::NotText, "a picture or sound (RIFF)"),
    (b"OggS", RejectReason::NotText, "a sound (Ogg)"),
    (b"\x7fELF", RejectReason::NotText, "a program"),
    (b"MZ\x90", RejectReason::NotText, "a program"),
];

/// Tells what a file with these first bytes and this name is.
pub(crate) fn detect(sample: &[u8], name: &str) -> Verdict {
    let by_name = by_extension(name);
    if let Some((_, reason, message)) = MAGIC.iter().find(|(magic, ..)| sample.starts_with(magic)) {
        return Verdict::Refuse { reason: *reason, message: (*message).to_owned() };
    }
    let text = head_of(sample);
    let head = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'));
    if head.is_empty() {
        return match by_name {
            Some(format) if format.name == "jsonl" && sample.is_empty() => Verdict::Nothing,
            _ if sample.len() > 1000 && sample.iter().all(|b| *b == 0) => refuse_binary(),
            // More may follow.
            _ if sample.len() >= super::input::SAMPLE => {
                Verdict::Format { format: &txt::FORMAT, wrong_extension: false }
            }
            _ => Verdict::Refuse { reason: RejectReason::Empty, message: "nothing but white space".into() },
        };
    }
    // Archives of pages are text at their beginning and may be compressed further on.
    let certain_archive = [&warc::FORMAT, &arc::FORMAT].iter().any(|f| (f.recognise)(head) == Sure::Yes);
    if !certain_archive && is_binary(head) {
        return refuse_binary();
    }
    let opinions: Vec<(&'static Format, Sure)> = FORMATS.iter().map(|f| (*f, (f.recognise)(head))).collect();
    let sure_of = |name: &str| opinions.iter().find(|(f, _)| f.name == name).map_or(Sure::No, |(_, s)| *s);
    let format = match (opinions.iter().find(|(_, s)| *s == Sure::Yes), by_name) {
        (Some((certain, _)), _) => certain,
        (None, Some(named)) if named.name_suffices || sure_of(named.name) == Sure::Perhaps => named,
        (None, named) => opinions
            .iter()
            .find(|(f, s)| *s == Sure::Perhaps && (named.is_none() || f.name == "txt"))
            .map_or(&txt::FORMAT, |(f, _)| f),
    };
    let wrong_extension = by_name.is_some_and(|named| named.name != format.name && !related(named.name, format.name));
    Verdict::Format { format, wrong_extension }
}

/// JSON and JSON Lines are often named for each other, and every XML format is XML.
fn related(a: &str, b: &str) -> bool {
    const XML: &[&str] = &["xml", "rss", "nitf", "newsml", "petrarch", "factiva", "reuters", "trec"];
    // Exports of databases are saved under the extension of their form.
    matches!(b, "nexis" | "factiva" | "eml")
        || a.starts_with("json") && b.starts_with("json")
        || XML.contains(&a) && XML.contains(&b)
}

fn refuse_binary() -> Verdict {
    Verdict::Refuse { reason: RejectReason::NotText, message: "binary data".into() }
}

fn by_extension(name: &str) -> Option<&'static Format> {
    let (_, extension) = name.rsplit_once('.')?;
    let extension = extension.trim().to_ascii_lowercase();
    FORMATS.iter().copied().find(|f| f.extensions.contains(&extension.as_str()))
}

/// The sample as text: good enough to tell a format by.
fn head_of(sample: &[u8]) -> String {
    let sample = &sample[..sample.len().min(16 * 1024)];
    let utf16 = encoding_rs::Encoding::for_bom(sample)
        .map(|(e, _)| e)
        .filter(|e| *e != encoding_rs::UTF_8)
        .or_else(|| super::decode::utf16_without_mark(sample));
    match utf16 {
        Some(encoding) => encoding.decode(sample).0.into_owned(),
        None => String::from_utf8_lossy(sample).into_owned(),
    }
}

/// A file system that crashed leaves zeros at the end of a good file, so those do not count.
fn is_binary(head: &str) -> bool {
    let head = head.trim_end_matches('\0');
    let (mut controls, mut all) = (0usize, 0usize);
    for c in head.chars() {
        all += 1;
        controls += usize::from((c < ' ' && !matches!(c, '\n' | '\r' | '\t' | '\x0c' | '\x1b')) || c == '\x7f');
    }
    controls as f64 > MAX_CONTROLS * all as f64 && controls > 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sample: &[u8], name: &str) -> String {
        match detect(sample, name) {
            Verdict::Format { format, wrong_extension } => {
                format!("{}{}", format.name, if wrong_extension { " misnamed" } else { "" })
            }
            Verdict::Nothing => "nothing".into(),
            Verdict::Refuse { reason, .. } => reason.as_str().into(),
        }
    }

    #[test]
    fn content_speaks_before_the_name() {
        for (sample, name, expected) in [
            (&b"<!DOCTYPE html><html><head></head></html>"[..], "a.txt", "html misnamed"),
            (b"Leaders meet\nBy Jane Roe\nPolice said.", "a.html", "txt misnamed"),
            (b"{\"text\":\"x\"}\n{\"text\":\"y\"}\n", "a.json", "jsonl"),
            (b"{\n \"text\": \"x\"\n}", "a.json", "json"),
            (b"[{\"text\":\"x\"}]", "a.json", "json"),
            (b"garbage\n{\"text\":\"x\"}\n{\"text\":\"x\"}\n", "a.jsonl", "jsonl"),
            (b"---\ntitle: T\n---\nText", "a.md", "md"),
            (b"# Heading\n\nText", "a.md", "md"),
            (b"id,title,text\n1,T,\"Long talks, they said\"\n", "a.csv", "csv"),
            (b"Police said, on Monday, that\nnothing, in fact, happened.", "a.txt", "txt"),
            (b"id\ttitle\ttext\n1\tT\tx\n", "a.tsv", "csv"),
            (b"", "a.jsonl", "nothing"),
            (b"", "a.csv", "empty"),
            (b" \n\xc2\xa0\n", "a.txt", "empty"),
            (b"%PDF-1.7", "a.txt", "unsupported_format"),
            (b"\xff\xfe\0\0a\0\0\0", "a.txt", "encoding_unsupported"),
            (b"\xff\xfea\0b\0c\0", "a.txt", "txt"),
        ] {
            assert_eq!(told(sample, name), expected, "{name}: {}", String::from_utf8_lossy(sample));
        }
    }

    #[test]
    fn random_bytes_are_not_text() {
        let bytes: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(told(&bytes, "a.txt"), "not_text");
    }
}
