//! [`Summary`]: what a run did, as it is shown, logged and written to `run.json`.

use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Version of the layout of `run.json`. Fields may be added under one version, never renamed or removed.
pub const RUN_JSON_VERSION: u32 = 1;

/// What was counted. Counts of parts add up to the counts of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Files looked at.
    pub input_files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Records found in them: articles, rejects, skipped ones.
    pub records: u64,
    /// Articles with a row in `documents`.
    pub documents: u64,
    /// Of these, articles that were not analysed because they are not in English.
    pub other_language: u64,
    /// Records passed over by rule: hidden files, links, devices.
    pub skipped: u64,
    /// Records that could not be read or analysed.
    pub rejects: u64,
    /// Sentences.
    pub sentences: u64,
    /// Words: tokens with a letter or digit.
    pub words: u64,
    /// Mentions.
    pub mentions: u64,
    /// Events.
    pub events: u64,
    /// Country pairs.
    pub dyads: u64,
    /// Rejects by reason.
    pub rejects_by_reason: BTreeMap<String, u64>,
    /// Skipped records by reason.
    pub skipped_by_reason: BTreeMap<String, u64>,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, part: Self) {
        // Taken apart by name, so that a new field cannot be forgotten here.
        let Self {
            input_files,
            bytes,
            records,
            documents,
            other_language,
            skipped,
            rejects,
            sentences,
            words,
            mentions,
            events,
            dyads,
            rejects_by_reason,
            skipped_by_reason,
        } = part;
        self.input_files += input_files;
        self.bytes += bytes;
        self.records += records;
        self.documents += documents;
        self.other_language += other_language;
        self.skipped += skipped;
        self.rejects += rejects;
        self.sentences += sentences;
        self.words += words;
        self.mentions += mentions;
        self.events += events;
        self.dyads += dyads;
        add_up(&mut self.rejects_by_reason, rejects_by_reason);
        add_up(&mut self.skipped_by_reason, skipped_by_reason);
    }
}

fn add_up(sum: &mut BTreeMap<String, u64>, part: BTreeMap<String, u64>) {
    for (reason, n) in part {
        *sum.entry(reason).or_default() += n;
    }
}

impl Counts {
    /// True when every record became a document, a reject or a skipped one.
    pub fn nothing_is_lost(&self) -> bool {
        self.records == self.documents + self.rejects + self.skipped
    }

    /// Share of rejects among the records that were not skipped.
    pub fn reject_share(&self) -> f64 {
        let tried = self.documents + self.rejects;
        if tried == 0 { 0.0 } else { self.rejects as f64 / tried as f64 }
    }
}

/// What a run did.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// [`RUN_JSON_VERSION`].
    pub run_json_version: u32,
    /// Same program, settings and input listing: same id.
    pub run_id: String,
    /// Of this program.
    pub version: &'static str,
    /// When it began.
    pub started_at: Timestamp,
    /// When everything was written, just before the commit.
    pub finished_at: Timestamp,
    /// Between the two.
    pub seconds: f64,
    /// As the process ends with: 0, or 65 for too many rejects.
    pub exit_code: u8,
    /// Of the settings that shape the tables.
    pub config_sha256: String,
    /// Of the lexicons.
    pub lexicon_sha256: String,
    /// Of the models.
    pub model_sha256: String,
    /// How an event's one day is chosen.
    pub event_date_policy: &'static str,
    /// The command's arguments.
    pub args: String,
    /// The output folder, as given.
    pub out: String,
    /// What was counted.
    #[serde(flatten)]
    pub counts: Counts,
}

impl Summary {
    /// One line of JSON, without a line end.
    pub fn to_json_line(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| unreachable!("strings and numbers are JSON"))
    }

    /// `run.json`: the same on many lines.
    pub(crate) fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self).unwrap_or_else(|_| unreachable!("strings and numbers are JSON"));
        text + "\n"
    }

    /// Words a second.
    pub fn speed(&self) -> f64 {
        self.counts.words as f64 / self.seconds.max(1e-9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(reason: &str, rejects: u64) -> Counts {
        Counts {
            records: 10 + rejects,
            documents: 10,
            rejects,
            rejects_by_reason: BTreeMap::from([(reason.to_owned(), rejects)]),
            ..Counts::default()
        }
    }

    #[test]
    fn counts_of_parts_add_up() {
        let mut sum = part("empty", 2);
        sum += part("csv_ragged", 1);
        sum += part("empty", 3);
        assert_eq!((sum.records, sum.documents, sum.rejects), (36, 30, 6));
        assert_eq!(sum.rejects_by_reason["empty"], 5);
        assert!(sum.nothing_is_lost());
        assert!((sum.reject_share() - 6.0 / 36.0).abs() < 1e-12);
    }

    #[test]
    fn an_empty_input_has_no_share_of_rejects() {
        assert!(Counts::default().reject_share().abs() < f64::EPSILON);
    }
}
