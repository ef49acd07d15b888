//! What a worker does: a batch of records in, rows and counts out.

use super::guard;
use super::read::{Batch, PANIC, Record, blank_row};
use super::summary::Counts;
use crate::article::Article;
use crate::{Pipeline, Worker};

use crate::read::ReadError;
use crate::tables::{Corpus, RejectRow, Rows, RunContext};

/// Bytes of an article's text kept aside, in case its analysis fails: what an excerpt is made from.
const HEAD: usize = 800;

/// `skip_reason` of an article that is not in English: rules and models for English would make events of nothing.
const OTHER_LANGUAGE: &str = "language";

/// What became of a batch.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) rows: Rows,
    pub(super) corpus: Corpus,
    pub(super) counts: Counts,
    pub(super) bytes_done: u64,
    pub(super) failed: Option<ReadError>,
}

/// One worker and its memory.
pub(super) struct Analyst<'p> {
    pipeline: &'p Pipeline<'p>,
    worker: Worker<'p>,
    context: &'p RunContext,
    any_language: bool,
}

impl<'p> Analyst<'p> {
    pub(super) fn new(pipeline: &'p Pipeline<'p>, context: &'p RunContext, any_language: bool) -> Self {
        Self { pipeline, worker: pipeline.worker(), context, any_language }
    }

    /// As the function that the ordered workers call.
    pub(super) fn into_worker(mut self) -> impl FnMut(Batch) -> Part {
        move |batch| self.batch(batch)
    }

    fn batch(&mut self, batch: Batch) -> Part {
        let mut part = Part { bytes_done: batch.bytes_done, failed: batch.failed, ..Part::default() };
        for record in batch.records {
            part.counts.records += 1;
            match record {
                Record::Article(article) => self.article(*article, &mut part),
                Record::Rejected(row) => part.reject(*row),
                Record::Skipped(reason) => {
                    part.counts.skipped += 1;
                    *part.counts.skipped_by_reason.entry(reason.to_owned()).or_default() += 1;
                }
            }
        }
        part.count();
        part
    }

    fn article(&mut self, article: Article, part: &mut Part) {
        if !self.any_language && article.is_foreign() {
            part.rows.push_skipped(&article, OTHER_LANGUAGE, self.context);
            part.counts.other_language += 1;
            return;
        }
        let (source, sha256, bytes) = (article.source.clone(), article.sha256.clone(), article.byte_len);
        let head = article.text.as_bytes()[..article.text.len().min(HEAD)].to_vec();
        // Rows are made on their own, so that an article whose rows fail half-way leaves none behind.
        let analysed = guard::catch(|| {
            let (doc, findings) = self.worker.analyse(article);
            let mut rows = Rows::default();
            rows.push_article(doc, findings, self.context);
            part.corpus.push_article(doc, findings);
            rows
        });
        match analysed {
            Ok(rows) => part.rows += rows,
            Err(bug) => {
                self.worker = self.pipeline.worker();
                part.reject(
                    RejectRow {
                        record_no: Some(source.record_no),
                        stage: "analyse",
                        reason: PANIC,
                        message: bug,
                        excerpt: Some(crate::read::excerpt(&head)),
                        sha256: Some(sha256),
                        bytes: Some(bytes),
                        ..blank_row(source, self.context.run_id)
                    }
                    .sealed(),
                );
            }
        }
    }
}

impl Part {
    fn reject(&mut self, row: RejectRow) {
        *self.counts.rejects_by_reason.entry(row.reason.to_owned()).or_default() += 1;
        self.rows.rejects.push(row);
    }

    /// Counts the rows, once they are complete.
    fn count(&mut self) {
        let (rows, counts) = (&self.rows, &mut self.counts);
        counts.documents = rows.documents.len() as u64;
        counts.rejects = rows.rejects.len() as u64;
        counts.sentences = rows.sentences.len() as u64;
        counts.words = rows.documents.iter().map(|document| u64::from(document.n_words)).sum();
        counts.mentions = rows.mentions.len() as u64;
        counts.events = rows.events.len() as u64;
        counts.dyads = rows.dyads.len() as u64;
    }
}
