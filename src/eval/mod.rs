//! Scoring event coding against gold records, by the protocol that `../shared/eval/PROTOCOL.md` describes.
//!
//! A gold file holds one record a line: a short text and the events that trained coders wrote for it. Every record is
//! read as an article of one paragraph, and what the pipeline finds is compared at several levels: what happened, who
//! did it to whom, and both. Levels by country code need gold codes; levels by phrase need gold phrases.

mod codes;
mod levels;
mod record;
mod report;
mod sample;
mod spans;

pub use levels::{LEVELS, Level};
pub use record::{Answer, Coded, Gold, GoldError, read_gold, system_events};
pub use report::{Evaluation, Options};
pub use sample::Interval;
pub use spans::SPAN_LEVELS;

/// Counts at one level. They add up over records, so that a sample of records is a sum.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    /// Weight of the gold events that were found.
    pub found: f64,
    /// Weight of the system's events that are right.
    pub right: f64,
    /// Gold events.
    pub gold: f64,
    /// Events of the system.
    pub system: f64,
    /// Records with gold events of which some was found.
    pub hits: f64,
    /// Records with gold events.
    pub records: f64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.found += other.found;
        self.right += other.right;
        self.gold += other.gold;
        self.system += other.system;
        self.hits += other.hits;
        self.records += other.records;
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

impl Tally {
    /// Share of the system's events that are right, 0 to 1.
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.system)
    }

    /// Share of the gold events that were found, 0 to 1.
    pub fn recall(&self) -> f64 {
        ratio(self.found, self.gold)
    }

    /// Harmonic mean of precision and recall, 0 to 1.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        ratio(2.0 * p * r, p + r)
    }

    /// Share of the records with gold events of which some event was found, 0 to 1.
    pub fn hit(&self) -> f64 {
        ratio(self.hits, self.records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(json: &str) -> Vec<Coded> {
        serde_json::from_str::<Vec<Answer>>(json).unwrap().iter().map(|a| a.coded(false)).collect()
    }

    #[test]
    fn a_compound_counts_by_pairs() {
        let meeting = gold(r#"[{"source":["KOR","POL"],"plover":"CONSULT","cameo":"036","reciprocal":true}]"#);
        let one_way = gold(r#"[{"source":["KOR"],"target":["POL"],"plover":"CONSULT","cameo":"036"}]"#);
        let level = LEVELS.iter().find(|l| l.name == "dyad+root").unwrap();
        let tally = level.tally(&meeting, &one_way, true);
        assert!((tally.recall() - 0.5).abs() < 1e-9 && (tally.precision() - 1.0).abs() < 1e-9, "{tally:?}");
        let level = LEVELS.iter().find(|l| l.name == "root").unwrap();
        assert!((level.tally(&meeting, &one_way, true).precision() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn phrases_agree_by_content_words() {
        let a = gold(r#"[{"source_text":"Foreign Minister Zarif of Iran","plover":"ACCUSE"}]"#);
        let b = gold(r#"[{"source_text":"Iran","plover":"ACCUSE"}]"#);
        assert!((spans::tally([true, true, false, true], &a, &b, false).f1() - 1.0).abs() < 1e-9);
        assert!(spans::tally([true, false, false, false], &a, &b, true).f1() < 1e-9);
    }
}
