//! An [`Article`]: what every reader yields, whatever the format it came in.
//!
//! The text is one string in reading order; [`Block`]s say what each stretch of it is. Blocks never overlap,
//! are sorted, and may leave gaps (white space, navigation, page furniture).

use crate::text::{Byte, Span};
use jiff::civil::{Date, Time};

/// One article, decoded, cleaned and dated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    /// Where it came from.
    pub source: Source,
    /// Name of the reader that made it: `txt md html json jsonl csv …`.
    pub format: &'static str,
    /// SHA-256 of the bytes of the record (the whole file for one-article files), lower-case hex.
    pub sha256: String,
    /// Length of those bytes.
    pub byte_len: u64,
    /// Headline. When known it is also the first block of `text`, with [`BlockKind::Title`].
    pub title: Option<String>,
    /// Authors, `;`-joined, without "By".
    pub author: Option<String>,
    /// Newspaper, agency or site.
    pub publisher: Option<String>,
    /// Address, as given.
    pub url: Option<String>,
    /// When it was published, if that is known.
    pub published: Option<Published>,
    /// The date as the source writes it, also when it could not be read (`31.02.2023`).
    pub published_text: Option<String>,
    /// ISO 639-1 code, as the words of the text show it, or else as the source states it.
    pub lang: Option<String>,
    /// What the reader knows of the completeness of `text`.
    pub text_kind: TextKind,
    /// Everything that can be shown, in reading order, as `\n`-separated blocks.
    pub text: String,
    /// What each stretch of `text` is.
    pub blocks: Vec<Block>,
    /// Fields of the user's own that become `meta_*` columns, in source order.
    pub meta: Vec<(String, String)>,
    /// What the reader had to guess or repair; each at most once.
    pub warnings: Vec<Warning>,
}

/// Something a reader had to guess, repair or refuse without giving the article up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// The encoding was neither marked nor declared.
    EncodingGuessed,
    /// Some bytes had no meaning in the encoding and were replaced.
    EncodingLossy,
    /// The text looks like UTF-8 that was once read as Windows-1252; it is left as it is.
    Mojibake,
    /// Control characters were replaced by spaces.
    ControlChars,
    /// The text holds characters that reorder or hide others.
    BidiOrZeroWidth,
    /// The content is of another format than the file name says.
    WrongExtension,
    /// The date is impossible, ambiguous or not understood.
    Date,
    /// The byline is too long or odd to be a list of names.
    Byline,
    /// The front matter could not be read in full.
    FrontMatter,
    /// A key stands twice in one JSON object; the last one counts.
    JsonDupKey,
    /// The page nests deeper than pages do.
    HtmlDepth,
    /// No stretch of the page looks like an article; what there is was taken.
    NoArticleText,
    /// Bytes follow the end of the compressed data.
    TrailingGarbage,
}

impl Warning {
    /// As written in logs and in the `warnings` column.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EncodingGuessed => "encoding_guessed",
            Self::EncodingLossy => "encoding_lossy",
            Self::Mojibake => "mojibake",
            Self::ControlChars => "control_chars",
            Self::BidiOrZeroWidth => "bidi_or_zero_width",
            Self::WrongExtension => "wrong_extension",
            Self::Date => "date",
            Self::Byline => "byline",
            Self::FrontMatter => "front_matter",
            Self::JsonDupKey => "json_dup_key",
            Self::HtmlDepth => "html_depth",
            Self::NoArticleText => "no_article_text",
            Self::TrailingGarbage => "trailing_garbage",
        }
    }
}

/// Place of a record in the input.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Source {
    /// Path as given on the command line, joined with what was found below it, `/`-separated.
    pub path: String,
    /// Member of an archive, when inside one.
    pub entry: Option<String>,
    /// Number of the record in the file, from 0.
    pub record_no: u64,
}

/// A publication day, perhaps with a time, and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The calendar day in the publisher's own zone where a zone is stated.
    pub date: Date,
    /// Time of day in UTC, when stated with a zone (the day above is then still the publisher's).
    pub time: Option<Time>,
    /// Where the day was found.
    pub basis: PublishedBasis,
}

/// Where a publication date was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PublishedBasis {
    /// A field of the record or the head of the page.
    Metadata,
    /// A date line in the text.
    Dateline,
    /// The name of the file.
    Filename,
    /// The address of the page.
    Url,
    /// Given by the user (`--published`).
    User,
}

impl PublishedBasis {
    /// As written in the `published_basis` column.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Dateline => "dateline",
            Self::Filename => "filename",
            Self::Url => "url",
            Self::User => "user",
        }
    }
}

/// Whether `text` is a whole article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextKind {
    /// As far as the reader can tell.
    #[default]
    Full,
    /// Title only.
    Headline,
    /// Cut by the source (`[+1234 chars]`).
    Truncated,
}

impl TextKind {
    /// As written in the `text_kind` column.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Headline => "headline",
            Self::Truncated => "truncated",
        }
    }
}

/// A stretch of an article's text of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is, without surrounding white space.
    pub span: Span<Byte>,
}

/// What a block of text is. Only some kinds are prose that can report events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// Body prose. An agency dateline (`SEOUL (Reuters) -`) is a block of its own before it.
    Paragraph,
    /// A section heading.
    Heading,
    /// An item of a list.
    List,
    /// Prose set off as somebody's words.
    Quote,
    /// "By …".
    Byline,
    /// A date line or an agency dateline.
    Dateline,
    /// The author's biography, with its heading.
    AuthorBio,
    /// Caption of a picture or table.
    Caption,
    /// A row of a table, its cells joined by ` | `.
    Table,
    /// "Read more", copyright lines, correction notes, page furniture.
    Boilerplate,
}

impl BlockKind {
    /// As written in the `block_kind` column.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::List => "list",
            Self::Quote => "quote",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::AuthorBio => "author_bio",
            Self::Caption => "caption",
            Self::Table => "table",
            Self::Boilerplate => "boilerplate",
        }
    }

    /// True for blocks that are split into sentences and analysed at all.
    pub const fn is_analysed(self) -> bool {
        matches!(self, Self::Title | Self::Paragraph | Self::Heading | Self::List | Self::Quote)
    }

    /// True for blocks whose sentences may report events: biographies, bylines, captions and headings yield none.
    pub const fn may_report(self) -> bool {
        matches!(self, Self::Title | Self::Paragraph | Self::List | Self::Quote)
    }
}

impl Article {
    /// Content-based id: the same words from the same place give the same id in every run.
    pub fn doc_id(&self) -> String {
        let record = self.source.record_no.to_string();
        let entry = self.source.entry.as_deref().unwrap_or("");
        crate::text::content_id('d', &[&self.source.path, entry, &record, &self.sha256])
    }

    /// Appends `text` as a block, on a line of its own. White space at both ends is dropped; empty text adds nothing.
    pub fn push_block(&mut self, kind: BlockKind, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.blocks.push(Block { kind, span: Span::of(start, self.text.len()) });
    }

    /// Notes a warning, once.
    pub fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// True when it is in another language than English, as far as is known.
    pub fn is_foreign(&self) -> bool {
        self.lang.as_deref().is_some_and(|lang| lang != "en")
    }

    /// The day of publication.
    pub fn published_date(&self) -> Option<Date> {
        self.published.map(|p| p.date)
    }
}
