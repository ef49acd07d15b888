//! Where readers put what they read: articles and rejects, numbered and completed with what the file itself tells.

use super::metadata::{self, DateOrder};
use super::{ReadError, ReadOptions, Reject, RejectReason};
use crate::article::{Article, Published, PublishedBasis, Source, TextKind, Warning};
use std::ops::ControlFlow;

/// Extensions that say how a file is compressed, not what it is.
const COMPRESSED: &[&str] = &["gz", "gzip", "zst", "zstd"];

/// Why reading ends before the end of the file.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The receiver wants no more.
    Enough,
    /// The settings do not fit the data.
    Failed(ReadError),
}

/// What readers return.
pub(crate) type Flow = Result<(), Stop>;

/// The receiver of what is read.
pub(crate) type Emit<'a> = &'a mut dyn FnMut(Result<Article, Reject>) -> ControlFlow<()>;

/// Receives the records of one file or archive member.
pub(crate) struct Sink<'a> {
    /// The settings.
    pub(crate) options: &'a ReadOptions,
    /// Order of day and month by the evidence of this source, or as set.
    pub(crate) date_order: Option<DateOrder>,
    /// The file name says another format than the content.
    pub(crate) wrong_extension: bool,
    /// Containers around this stream.
    pub(crate) depth: u8,
    source: Source,
    emit: Emit<'a>,
}

impl<'a> Sink<'a> {
    /// A sink for the records of `source`, the first of which is number 0.
    pub(crate) fn new(source: Source, options: &'a ReadOptions, emit: Emit<'a>) -> Self {
        Self { options, date_order: options.date_order, wrong_extension: false, depth: 0, source, emit }
    }

    /// Path or member name as shown in messages.
    pub(crate) fn path(&self) -> &str {
        &self.source.path
    }

    /// The last part of the name of the file or member.
    pub(crate) fn file_name(&self) -> String {
        let whole = self.source.entry.as_deref().unwrap_or(&self.source.path);
        let last = whole.rsplit('/').next().unwrap_or(whole);
        let inner = last.rsplit_once('.').filter(|(_, e)| COMPRESSED.contains(&e.to_ascii_lowercase().as_str()));
        inner.map_or(last, |(stem, _)| stem).to_owned()
    }

    /// Passes on an article that was read from `bytes`, or rejects it when nothing can be read in it.
    pub(crate) fn article(&mut self, mut article: Article, format: &'static str, bytes: &[u8]) -> Flow {
        let has_body =
            article.blocks.iter().any(|b| b.kind.is_analysed() && b.kind != crate::article::BlockKind::Title);
        if !has_body && article.title.is_none() {
            let reason = if article.text.is_empty() { RejectReason::Empty } else { RejectReason::EmptyBody };
            return self.reject(reason, "no text in this record", bytes, None);
        }
        if !has_body {
            article.text_kind = TextKind::Headline;
        }
        if article.published.is_none() {
            article.published = self.date_elsewhere(&article);
        }
        // What the words say counts before what the source says: pages in every language claim `lang="en"`.
        if let Some(lang) = super::language::of_article(&article) {
            article.lang = Some(lang.to_owned());
        }
        if self.wrong_extension {
            article.warn(Warning::WrongExtension);
        }
        article.format = format;
        article.sha256 = super::sha256(bytes);
        article.byte_len = bytes.len() as u64;
        article.source = self.source.clone();
        self.source.record_no += 1;
        self.pass(Ok(article))
    }

    /// Passes on a reject; `place` is the line and byte where the record begins.
    pub(crate) fn reject(
        &mut self,
        reason: RejectReason,
        message: impl Into<String>,
        bytes: &[u8],
        place: Option<(u64, u64)>,
    ) -> Flow {
        let mut reject = Reject::new(self.source.clone(), reason, message).with_bytes(bytes);
        if let Some((line, byte)) = place {
            reject = reject.at(line, byte);
        }
        self.source.record_no += 1;
        self.pass(Err(reject))
    }

    /// Rejects a record of which only the beginning was kept.
    pub(crate) fn reject_cut(
        &mut self,
        reason: RejectReason,
        message: impl Into<String>,
        head: &[u8],
        place: Option<(u64, u64)>,
        bytes: Option<u64>,
    ) -> Flow {
        let mut reject = Reject::new(self.source.clone(), reason, message);
        reject.excerpt = super::excerpt(head);
        reject.bytes = bytes;
        if let Some((line, byte)) = place {
            reject = reject.at(line, byte);
        }
        self.source.record_no += 1;
        self.pass(Err(reject))
    }

    fn pass(&mut self, item: Result<Article, Reject>) -> Flow {
        match (self.emit)(item) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Enough),
        }
    }

    /// A sink for a member of this archive.
    pub(crate) fn member(&mut self, entry: String) -> Sink<'_> {
        let entry = match &self.source.entry {
            Some(outer) => format!("{outer}/{entry}"),
            None => entry,
        };
        let source = Source { path: self.source.path.clone(), entry: Some(entry), record_no: 0 };
        Sink { depth: self.depth, ..Sink::new(source, self.options, &mut *self.emit) }
    }

    /// A date from the address, or from the name of a file of one article.
    fn date_elsewhere(&self, article: &Article) -> Option<Published> {
        let today = self.options.today;
        if let Some(date) = article.url.as_deref().and_then(|u| metadata::date_in_url(u, today)) {
            return Some(Published { date, time: None, basis: PublishedBasis::Url });
        }
        let date = metadata::date_in_name(&self.file_name(), today)?;
        Some(Published { date, time: None, basis: PublishedBasis::Filename })
    }
}
