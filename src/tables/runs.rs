//! `runs`: one row per run that wrote to the output folder.

use super::cell::Id;
use super::schema::table;
use jiff::Timestamp;

table! {
    /// One run.
    RunRow in "runs": "One row per run that wrote to this folder."
    key [run_id]
    references []
    {
        run_id: Id = "Id of the run.",
        started_at: Timestamp = "When it started, UTC.",
        finished_at: Timestamp = "When it finished, UTC.",
        version: String = "Version of tidings.",
        config_sha256: String = "SHA-256 of its settings, lower-case hexadecimal.",
        lexicon_sha256: String = "SHA-256 of the lexicons, lower-case hexadecimal.",
        model_sha256: String = "SHA-256 of the models, lower-case hexadecimal.",
        event_date_policy: String = "Policy by which `events.event_date` is chosen.",
        input_files: u64 = "Number of files it was given.",
        documents: u64 = "Number of rows it wrote to `documents`.",
        events: u64 = "Number of rows it wrote to `events`.",
        rejects: u64 = "Number of rows it wrote to `rejects`.",
        bytes: u64 = "Bytes of input it read.",
        seconds: f64 = "Time it took, in seconds.",
        shard: Option<String> = "Part of a sharded run, such as 3/8.",
        exit_code: u8 = "How it ended: 0 is well.",
        args: String = "Its command line.",
    }
}
