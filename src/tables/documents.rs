//! `documents`: one row per article, whatever the format it came in.

use super::cell::{Cell, Column, Day, Id, Kind, closed_columns};
use super::extras::DocumentExtras;
use super::schema::table;
use crate::article::{Article, PublishedBasis, TextKind};

/// What became of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocStatus {
    /// Analysed as a whole.
    Ok,
    /// Analysed up to a limit.
    Partial,
    /// Nothing in it to analyse.
    Empty,
    /// Not analysed, for the reason in `skip_reason`.
    Skipped,
}

impl DocStatus {
    /// Every member.
    pub const ALL: &'static [Self] = &[Self::Ok, Self::Partial, Self::Empty, Self::Skipped];

    /// As written in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Partial => "partial",
            Self::Empty => "empty",
            Self::Skipped => "skipped",
        }
    }
}

closed_columns!(DocStatus = DocStatus::ALL);

/// Where a publication date was found; `none` when there is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateSource(pub Option<PublishedBasis>);

impl Column for DateSource {
    const KIND: Kind = Kind::Text;
    const VALUES: &'static [&'static str] = &[
        PublishedBasis::Metadata.as_str(),
        PublishedBasis::Dateline.as_str(),
        PublishedBasis::Filename.as_str(),
        PublishedBasis::Url.as_str(),
        PublishedBasis::User.as_str(),
        "none",
    ];
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.0.map_or("none", PublishedBasis::as_str))
    }
}

table! {
    /// One article.
    DocumentRow in "documents": "One row per article that was read."
    key [doc_id]
    references [run_id -> runs.run_id]
    {
        doc_id: Id = "Id of the article: hash of its source and content.",
        source_path: String = "File it was read from, as given to the run.",
        source_entry: Option<String> = "Member of the archive, when the file is one.",
        record_no: u64 = "Number of the record in the file or member, from 0.",
        sha256: String = "SHA-256 of the bytes of the record, lower-case hexadecimal.",
        format: &'static str = "Reader that understood it, such as txt, html or jsonl.",
        byte_len: u64 = "Length of the record as read, in bytes.",
        char_len: u32 = "Length of the article's text, in code points.",
        lang: Option<String> = "Language as stated by the source, ISO 639-1.",
        title: Option<String> = "Headline.",
        author: Option<String> = "Authors, joined by semicolons.",
        publisher: Option<String> = "Newspaper, agency or site.",
        url: Option<String> = "Address, as given.",
        published_at: Option<Day> = "Day of publication, in the publisher's time zone where one is stated.",
        published_time: Option<String> = "Time of publication as HH:MM:SS in UTC, when stated with a zone.",
        published_basis: DateSource = "Where the day of publication was found.",
        published_text: Option<String> = "Words the day of publication was read from.",
        genre: Option<String> = "Kind of article.",
        n_sentences: u32 = "Number of sentences.",
        n_words: u32 = "Number of words: tokens with a letter or digit.",
        n_mentions: u32 = "Number of rows in `mentions`.",
        n_events: u32 = "Number of rows in `events`.",
        dup_of: Option<Id> = "Earlier article with the same text, when this one repeats it.",
        cluster_id: Option<Id> = "Group of articles that are nearly the same.",
        status: DocStatus = "What became of the article.",
        skip_reason: Option<String> = "Why it was skipped.",
        text_kind: TextKind = "How much of the article the source holds.",
        date_confidence: Option<f64> = "Confidence in the day of publication, 0 to 1.",
        meta: Option<String> = "Fields of the user's own as a JSON object; columns `meta_*` hold those named in the settings.",
        run_id: Id = "Run that wrote the row.",
    }
}

/// Counts of what was found in an article.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) sentences: u32,
    pub(super) words: u32,
    pub(super) mentions: u32,
    pub(super) events: u32,
}

pub(super) fn row(article: &Article, doc_id: Id, char_len: u32, counts: Counts, run_id: Id) -> DocumentRow {
    DocumentRow {
        doc_id,
        source_path: article.source.path.clone(),
        source_entry: article.source.entry.clone(),
        record_no: article.source.record_no,
        sha256: article.sha256.clone(),
        format: article.format,
        byte_len: article.byte_len,
        char_len,
        lang: article.lang.clone(),
        title: article.title.clone(),
        author: article.author.clone(),
        publisher: article.publisher.clone(),
        url: article.url.clone(),
        published_at: article.published_date().and_then(Day::of),
        published_time: article
            .published
            .and_then(|p| p.time)
            .map(|t| format!("{:02}:{:02}:{:02}", t.hour(), t.minute(), t.second())),
        published_basis: DateSource(article.published.map(|p| p.basis)),
        published_text: None,
        genre: None,
        n_sentences: counts.sentences,
        n_words: counts.words,
        n_mentions: counts.mentions,
        n_events: counts.events,
        dup_of: None,
        cluster_id: None,
        status: if counts.words == 0 { DocStatus::Empty } else { DocStatus::Ok },
        skip_reason: None,
        text_kind: article.text_kind,
        date_confidence: None,
        meta: DocumentExtras::meta_json(&article.meta),
        run_id,
    }
}
