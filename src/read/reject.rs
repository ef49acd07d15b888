//! A [`Reject`]: a record that did not become an article, and why.
//!
//! Every file, member or record that is not an [`Article`](crate::article::Article) is one of these, so that
//! documents in = documents out + rejects + skipped. The list of reasons is closed.

use crate::article::Source;
use std::fmt::Write;

/// Longest excerpt, in characters: enough to recognise a record, short enough for a log line.
pub const EXCERPT_CHARS: usize = 200;

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        /// Why a record was not read.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RejectReason { $($(#[$doc])* $variant),+ }

        impl RejectReason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As written in the `reason` column.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

reasons! {
    /// No characters but white space.
    Empty = "empty",
    /// A title, byline or date, and nothing else.
    EmptyBody = "empty_body",
    /// A stand-in such as `[Removed]` instead of a text.
    Placeholder = "placeholder",
    /// Binary data.
    NotText = "not_text",
    /// A kind of file that is recognised and not read.
    UnsupportedFormat = "unsupported_format",
    /// An encoding that is recognised and not read (UTF-32).
    EncodingUnsupported = "encoding_unsupported",
    /// The record is longer than the limit.
    TooLarge = "too_large",
    /// The data expands more than real text does.
    Ratio = "ratio",
    /// Archives within archives within archives.
    ContainerDepth = "container_depth",
    /// A page without an article.
    NoArticleText = "no_article_text",
    /// Not JSON.
    JsonSyntax = "json_syntax",
    /// JSON nested deeper than any record is.
    JsonDepth = "json_depth",
    /// A JSON value that is not a record with fields.
    RecordShape = "record_shape",
    /// No field is known to hold the text.
    NoTextField = "no_text_field",
    /// One column name stands twice, so that no mapping can tell which is meant.
    AmbiguousField = "ambiguous_field",
    /// A row with more or fewer cells than the header.
    CsvRagged = "csv_ragged",
    /// A quotation mark that is never closed.
    CsvQuote = "csv_quote",
    /// The checksum of the compressed data is wrong.
    GzCrc = "gz_crc",
    /// The compressed data ends early.
    GzTruncated = "gz_truncated",
    /// Compressed data that cannot be expanded.
    Deflate = "deflate",
    /// Zstandard data that cannot be expanded.
    Zstd = "zstd",
    /// bzip2 data, which is not read.
    Bz2 = "bz2",
    /// xz data, which is not read.
    Xz = "xz",
    /// XML that is not well formed.
    XmlSyntax = "xml_syntax",
    /// XML that defines entities.
    XmlEntity = "xml_entity",
    /// XML nested deeper than any article is.
    XmlDepth = "xml_depth",
    /// A zip member whose checksum is wrong.
    ZipCrc = "zip_crc",
    /// A zip archive without its directory.
    ZipTruncated = "zip_truncated",
    /// A zip member that needs a password.
    ZipEncrypted = "zip_encrypted",
    /// A zip member compressed with an unusual method.
    ZipMethod = "zip_method",
    /// A zip member whose size is not the size it declares.
    ZipSize = "zip_size",
    /// Zip members that share their data.
    ZipOverlap = "zip_overlap",
    /// A tar archive that ends early.
    TarTruncated = "tar_truncated",
    /// A tar header that cannot be read.
    TarHeader = "tar_header",
    /// A WARC record header that cannot be read.
    WarcHeader = "warc_header",
    /// A WARC record whose length is wrong.
    WarcLength = "warc_length",
    /// A WARC file that ends early.
    WarcTruncated = "warc_truncated",
    /// An HTTP response that cannot be read.
    HttpSyntax = "http_syntax",
    /// A chunked HTTP body that cannot be read.
    HttpChunk = "http_chunk",
    /// An HTTP body in an encoding that is not read.
    ContentEncoding = "content_encoding",
    /// The file or folder may not be read.
    Permission = "permission",
    /// The file or folder could not be read.
    Unreadable = "unreadable",
    /// A link that leads to itself.
    SymlinkLoop = "symlink_loop",
    /// A link that leads nowhere.
    SymlinkDangling = "symlink_dangling",
    /// A link, which is not followed.
    Symlink = "symlink",
    /// A pipe, socket or device.
    SpecialFile = "special_file",
    /// A hidden, temporary or lock file.
    HiddenFile = "hidden_file",
    /// A link, device or other non-file inside an archive.
    SpecialEntry = "special_entry",
    /// A record that is no article by its kind: a request, a redirect, a picture.
    NotAnArticle = "not_an_article",
}

impl RejectReason {
    /// True for what was passed over by rule and not because something is wrong with it. Such records are
    /// counted as skipped, they never change the exit code.
    pub const fn is_skip(self) -> bool {
        matches!(
            self,
            Self::SymlinkLoop
                | Self::SymlinkDangling
                | Self::Symlink
                | Self::SpecialFile
                | Self::HiddenFile
                | Self::SpecialEntry
                | Self::NotAnArticle
        )
    }

    /// True when a later attempt may succeed without a change of the data.
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::Permission | Self::Unreadable)
    }
}

/// A record that did not become an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Which record.
    pub source: Source,
    /// Line of the file where the record begins, from 1.
    pub line: Option<u64>,
    /// Byte of the file where the record begins, from 0.
    pub byte_offset: Option<u64>,
    /// Stage of the flow: `plan` or `read`.
    pub stage: &'static str,
    /// Why, from a closed list.
    pub reason: RejectReason,
    /// Why, in words.
    pub message: String,
    /// First characters of the record, without control characters.
    pub excerpt: String,
    /// SHA-256 of the record's bytes, when they could be read.
    pub sha256: Option<String>,
    /// Number of the record's bytes, when known.
    pub bytes: Option<u64>,
    /// A later attempt may succeed without a change of the data.
    pub retryable: bool,
}

impl Reject {
    /// A reject of stage `read`.
    pub fn new(source: Source, reason: RejectReason, message: impl Into<String>) -> Self {
        Self {
            source,
            line: None,
            byte_offset: None,
            stage: "read",
            reason,
            message: message.into(),
            excerpt: String::new(),
            sha256: None,
            bytes: None,
            retryable: reason.is_retryable(),
        }
    }

    /// Adds what is known of the record's bytes.
    #[must_use]
    pub fn with_bytes(mut self, bytes: &[u8]) -> Self {
        self.excerpt = excerpt(bytes);
        self.sha256 = Some(super::sha256(bytes));
        self.bytes = Some(bytes.len() as u64);
        self
    }

    /// Adds where the record begins.
    #[must_use]
    pub fn at(mut self, line: u64, byte_offset: u64) -> Self {
        self.line = Some(line);
        self.byte_offset = Some(byte_offset);
        self
    }
}

/// The first characters of `bytes` as one printable line: control characters and broken bytes are written `\xNN`,
/// characters that reorder text `\u{NNNN}`.
pub fn excerpt(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(EXCERPT_CHARS * 4)];
    let mut out = String::new();
    let mut n = 0;
    for chunk in head.utf8_chunks() {
        for c in chunk.valid().chars() {
            let piece = escape(c);
            n += piece.chars().count();
            if n > EXCERPT_CHARS {
                return out;
            }
            out.push_str(&piece);
        }
        for b in chunk.invalid() {
            n += 4;
            if n > EXCERPT_CHARS {
                return out;
            }
            let _ = write!(out, "\\x{b:02x}");
        }
    }
    out
}

fn escape(c: char) -> String {
    match c {
        '\n' => "\\n".into(),
        '\r' => "\\r".into(),
        '\t' => "\\t".into(),
        c if c.is_control() => format!("\\x{:02x}", c as u32),
        c if super::clean::is_hidden(c) => format!("\\u{{{:04x}}}", c as u32),
        c => c.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_are_short_and_printable() {
        assert_eq!(excerpt(b"a\x1b[31m\n\xffb"), "a\\x1b[31m\\n\\xffb");
        assert!(excerpt("é".repeat(5000).as_bytes()).chars().count() <= EXCERPT_CHARS);
        assert!(excerpt(&[0u8; 5000]).chars().count() <= EXCERPT_CHARS);
    }

    #[test]
    fn reasons_are_distinct_snake_case_words() {
        let mut words: Vec<_> = RejectReason::ALL.iter().map(|r| r.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), RejectReason::ALL.len());
        assert!(words.iter().all(|w| w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')));
    }
}
