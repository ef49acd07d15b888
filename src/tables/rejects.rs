//! `rejects`: one row per record that did not become an article, and why.

use super::cell::Id;
use super::schema::table;

table! {
    /// One record that was not read. Make it with every field but `reject_id`, then call [`RejectRow::sealed`].
    RejectRow in "rejects": "One row per record that did not become an article, and why."
    key [reject_id]
    references [run_id -> runs.run_id]
    {
        reject_id: Id = "Id of the reject.",
        source_path: String = "File, as given to the run.",
        entry: Option<String> = "Member of the archive, when the file is one.",
        record_no: Option<u64> = "Number of the record in the file or member, from 0.",
        line: Option<u64> = "Line on which the trouble begins, from 1.",
        byte_offset: Option<u64> = "Byte at which the trouble begins, from 0.",
        stage: &'static str = "Stage of the run that gave up.",
        reason: &'static str = "Why, from a closed list.",
        message: String = "Why, in words.",
        excerpt: Option<String> = "Start of the record, at most 200 characters.",
        sha256: Option<String> = "SHA-256 of the bytes of the record, lower-case hexadecimal.",
        bytes: Option<u64> = "Length of the record, in bytes.",
        retryable: bool = "The same record may be readable later (a permission, a file in the making).",
        run_id: Id = "Run that wrote the row.",
    }
}

impl RejectRow {
    /// The row with its id: a hash of where the record is and why it was refused, but not of the run.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let (record_no, line, offset) = (number(self.record_no), number(self.line), number(self.byte_offset));
        self.reject_id = Id::of(
            'x',
            &[
                &self.source_path,
                self.entry.as_deref().unwrap_or_default(),
                &record_no,
                &line,
                &offset,
                self.stage,
                self.reason,
                &self.message,
            ],
        );
        self
    }
}
