//! The reader thread: units to batches of records.

use super::guard;
use super::ordered::Feed;
use crate::article::{Article, Source};
use crate::read::{Plan, ReadError, ReadOptions, Reject, Unit, read_unit};
use crate::tables::{Id, RejectRow, RunContext};
use std::ops::ControlFlow;

/// Records handed to a worker at a time: enough to make the hand-over cheap, few enough that two workers finish at
/// about the same time.
const BATCH_RECORDS: usize = 32;

/// Bytes of text in a batch: with the window this bounds memory when articles are long.
const BATCH_BYTES: usize = 256 << 10;

/// Reason of a reject for which nobody but us is to blame.
pub(super) const PANIC: &str = "panic";

/// What a reader made of one place in the input.
#[derive(Debug)]
pub(super) enum Record {
    Article(Box<Article>),
    Rejected(Box<RejectRow>),
    /// Passed over by rule, with the reason.
    Skipped(&'static str),
}

/// Some records in order.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) records: Vec<Record>,
    /// Bytes of the planned input used up once these records are done.
    pub(super) bytes_done: u64,
    /// Why reading ends after these records, when it ends before its time.
    pub(super) failed: Option<ReadError>,
}

/// Reads all units of the plan, in order, until nobody wants any more.
pub(super) fn read(plan: &Plan, options: &ReadOptions, context: &RunContext, feed: Feed<Batch>) {
    let mut batcher = Batcher { feed, batch: Batch::default(), text: 0, run_id: context.run_id };
    let _ = read_all(plan, options, &mut batcher);
}

fn read_all(plan: &Plan, options: &ReadOptions, out: &mut Batcher) -> ControlFlow<()> {
    for reject in &plan.rejects {
        out.reject(reject.clone())?;
    }
    let mut bytes_before = 0;
    for unit in &plan.units {
        let mut in_unit = 0;
        let mut emit = |record: Result<Article, Reject>| {
            let size = record.as_ref().map_or_else(|reject| reject.bytes.unwrap_or(0), |article| article.byte_len);
            // Compressed files hold more than their size, pages less: the bar never runs past the unit.
            in_unit = unit.bytes.min(in_unit + size);
            out.batch.bytes_done = bytes_before + in_unit;
            match record {
                Ok(article) => out.article(article),
                Err(reject) => out.reject(reject),
            }
        };
        let outcome = guard::catch(|| read_unit(unit, options, &mut emit));
        bytes_before += unit.bytes;
        out.batch.bytes_done = bytes_before;
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                out.batch.failed = Some(error);
                break;
            }
            Err(bug) => {
                let row = panic_row(unit, bug, out.run_id);
                out.push(Record::Rejected(Box::new(row)))?;
            }
        }
    }
    out.flush()
}

struct Batcher {
    feed: Feed<Batch>,
    batch: Batch,
    /// Bytes of text in the batch.
    text: usize,
    run_id: Id,
}

impl Batcher {
    fn article(&mut self, article: Article) -> ControlFlow<()> {
        self.text += article.text.len();
        self.push(Record::Article(Box::new(article)))
    }

    fn reject(&mut self, reject: Reject) -> ControlFlow<()> {
        let skipped = reject.reason.is_skip();
        let record = if skipped {
            Record::Skipped(reject.reason.as_str())
        } else {
            Record::Rejected(Box::new(reject_row(reject, self.run_id)))
        };
        self.push(record)
    }

    fn push(&mut self, record: Record) -> ControlFlow<()> {
        self.batch.records.push(record);
        if self.batch.records.len() < BATCH_RECORDS && self.text < BATCH_BYTES {
            return ControlFlow::Continue(());
        }
        self.flush()
    }

    fn flush(&mut self) -> ControlFlow<()> {
        self.text = 0;
        let bytes_done = self.batch.bytes_done;
        let batch = std::mem::replace(&mut self.batch, Batch { bytes_done, ..Batch::default() });
        if self.feed.put(batch) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

fn reject_row(reject: Reject, run_id: Id) -> RejectRow {
    let Reject { source, line, byte_offset, stage, reason, message, excerpt, sha256, bytes, retryable } = reject;
    RejectRow {
        record_no: (stage != "plan").then_some(source.record_no),
        line,
        byte_offset,
        stage,
        reason: reason.as_str(),
        message,
        excerpt: (!excerpt.is_empty()).then_some(excerpt),
        sha256,
        bytes,
        retryable,
        ..blank_row(source, run_id)
    }
    .sealed()
}

/// A unit whose reader has a bug. What it read before is kept.
fn panic_row(unit: &Unit, bug: String, run_id: Id) -> RejectRow {
    let source = Source { path: unit.shown.clone(), ..Source::default() };
    RejectRow { stage: "read", reason: PANIC, message: bug, bytes: Some(unit.bytes), ..blank_row(source, run_id) }
        .sealed()
}

/// A row that says only where.
pub(super) fn blank_row(source: Source, run_id: Id) -> RejectRow {
    RejectRow {
        reject_id: run_id,
        source_path: source.path,
        entry: source.entry,
        record_no: None,
        line: None,
        byte_offset: None,
        stage: "",
        reason: "",
        message: String::new(),
        excerpt: None,
        sha256: None,
        bytes: None,
        retryable: false,
        run_id,
    }
}
