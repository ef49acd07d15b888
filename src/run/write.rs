//! The writer: parts, in order, to files in the staging folder; at the end what describes them.

use super::analyse::Part;
use super::commit::Staging;
use super::error::RunError;
use super::identity::{Identity, VERSION};
use super::manifest::Manifest;
use super::observer::Observer;
use super::settings::Settings;
use super::summary::{Counts, RUN_JSON_VERSION, Summary};
use crate::Pipeline;
use crate::read::Plan;
use crate::report;
use crate::tables::{Corpus, Rows, RunRow, TableWriters, WriteOptions, write_docs};
use jiff::{Timestamp, Unit};
use std::fs;
use std::path::PathBuf;

/// The run's own account of itself.
const RUN_JSON: &str = "run.json";
/// The page about the tables.
const REPORT: &str = "report.html";
/// Folder in the staging folder for observations that wait to be merged; gone before the commit.
const SPILL: &str = ".spill";
/// Observations held in memory: about 20 MB, those of some two thousand articles.
const HELD: usize = 50_000;

/// Writes what the workers made.
pub(super) struct Writer<'a> {
    settings: &'a Settings,
    observer: &'a dyn Observer,
    dir: PathBuf,
    tables: TableWriters,
    corpus: Corpus,
    /// Sorted observations on disk.
    spilled: Vec<PathBuf>,
    counts: Counts,
}

impl<'a> Writer<'a> {
    pub(super) fn create(
        staging: &Staging,
        settings: &'a Settings,
        observer: &'a dyn Observer,
    ) -> Result<Self, RunError> {
        let options =
            WriteOptions { formats: settings.formats, excel: settings.excel, extras: settings.extras.clone() };
        let tables = TableWriters::create(staging.dir(), &options)?;
        let dir = staging.dir().to_owned();
        Ok(Self {
            settings,
            observer,
            dir,
            tables,
            corpus: Corpus::default(),
            spilled: Vec::new(),
            counts: Counts::default(),
        })
    }

    /// Writes the rows of one batch.
    pub(super) fn append(&mut self, part: Part) -> Result<(), RunError> {
        if let Some(signal) = self.observer.stop() {
            return Err(RunError::Interrupted { signal, out: self.settings.out.clone() });
        }
        self.tables.append(&part.rows)?;
        self.corpus += part.corpus;
        if self.corpus.len() >= HELD {
            self.spill()?;
        }
        self.counts += part.counts;
        for reject in &part.rows.rejects {
            self.observer.rejected(reject);
        }
        self.observer.progress(&self.counts, part.bytes_done);
        part.failed.map_or(Ok(()), |error| Err(error.into()))
    }

    /// Writes what is known only at the end, and closes everything.
    ///
    /// # Panics
    /// When a record was lost: better no tables than tables that claim to be complete.
    pub(super) fn finish(
        mut self,
        pipeline: &Pipeline<'_>,
        identity: &Identity,
        plan: &Plan,
        started: Timestamp,
    ) -> Result<(Summary, Manifest), RunError> {
        assert!(self.counts.nothing_is_lost(), "records in and records out differ: {:?}", self.counts);
        self.counts.input_files = plan.units.len() as u64;
        self.counts.bytes = plan.units.iter().map(|unit| unit.bytes).sum();
        let summary = self.summary(identity, started);
        let row = run_row(&summary, identity);
        self.tables.append(&Rows { runs: vec![row], ..Rows::default() })?;

        self.spill()?;
        let scratch = self.dir.join(SPILL);
        let country_name = |code| pipeline.lexicon().countries.get(code).map(|row| row.name.clone());
        self.tables.append_spanning(&self.spilled, &scratch, &country_name)?;
        fs::remove_dir_all(&scratch).map_err(RunError::write("remove", &scratch))?;
        let tables = self.tables.close()?;
        let docs = write_docs(&self.dir, &tables, &self.settings.extras)?;
        let mut manifest = Manifest::of(tables.iter().chain(&docs));
        manifest.add_text(&self.dir, RUN_JSON, &summary.to_json())?;
        let about = serde_json::to_value(&summary).ok();
        manifest.add_text(&self.dir, REPORT, &report::render(&self.dir, about.as_ref(), pipeline.lexicon())?)?;
        manifest.write(&self.dir)?;
        Ok((summary, manifest))
    }

    /// Moves the observations in memory to the disk.
    fn spill(&mut self) -> Result<(), RunError> {
        let folder = self.dir.join(SPILL);
        fs::create_dir_all(&folder).map_err(RunError::create("create", &folder))?;
        let path = folder.join(format!("{:05}", self.spilled.len()));
        self.corpus.spill(&path).map_err(RunError::write("write", &path))?;
        self.spilled.push(path);
        Ok(())
    }

    fn summary(&self, identity: &Identity, started: Timestamp) -> Summary {
        let finished = now();
        let counts = self.counts.clone();
        Summary {
            run_json_version: RUN_JSON_VERSION,
            run_id: identity.run_id.to_string(),
            version: VERSION,
            started_at: started,
            finished_at: finished,
            seconds: finished.duration_since(started).as_secs_f64(),
            exit_code: if counts.reject_share() > self.settings.max_rejects.get() {
                super::exit::TOO_MANY_REJECTS
            } else {
                super::exit::OK
            },
            config_sha256: identity.config_sha256.clone(),
            lexicon_sha256: identity.lexicon_sha256.clone(),
            model_sha256: identity.model_sha256.clone(),
            event_date_policy: self.settings.extract.event_date.as_str(),
            args: self.settings.args.clone(),
            out: self.settings.out.display().to_string(),
            counts,
        }
    }
}

fn run_row(summary: &Summary, identity: &Identity) -> RunRow {
    RunRow {
        run_id: identity.run_id,
        started_at: summary.started_at,
        finished_at: summary.finished_at,
        version: summary.version.to_owned(),
        config_sha256: summary.config_sha256.clone(),
        lexicon_sha256: summary.lexicon_sha256.clone(),
        model_sha256: summary.model_sha256.clone(),
        event_date_policy: summary.event_date_policy.to_owned(),
        input_files: summary.counts.input_files,
        documents: summary.counts.documents,
        events: summary.counts.events,
        rejects: summary.counts.rejects,
        bytes: summary.counts.bytes,
        seconds: summary.seconds,
        shard: None,
        exit_code: summary.exit_code,
        args: summary.args.clone(),
    }
}

/// The time, no finer than anybody can use.
pub(super) fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Millisecond).unwrap_or(now)
}
