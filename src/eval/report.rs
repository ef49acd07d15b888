//! A whole gold file scored: every level with its interval, macro-F1 of the types, confusions and misses.

use super::levels::LEVELS;
use super::record::{Coded, Gold, system_events};
use super::sample::interval;
use super::spans::{SPAN_LEVELS, tally};
use super::{Tally, ratio};
use crate::pipeline::Worker;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How a file is scored.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// A gold event without a target needs one without a target, too.
    pub strict_target: bool,
    /// Phrases need a word F1 of one half instead of one shared word.
    pub strict_spans: bool,
    /// Follow the pentaclasses, in which statements are a class.
    pub penta: bool,
}

/// Gold and system events of a file.
#[derive(Debug)]
pub struct Evaluation {
    records: Vec<Scored>,
    options: Options,
}

#[derive(Debug)]
struct Scored {
    id: String,
    text: String,
    origin: String,
    relevant: bool,
    judged: bool,
    gold: Vec<Coded>,
    own: Vec<Coded>,
}

impl Evaluation {
    /// Runs the pipeline over `gold`.
    pub fn run(worker: &mut Worker<'_>, gold: &[Gold], options: Options) -> Self {
        let statements = options.penta || gold.iter().flat_map(|g| &g.events).any(super::Answer::is_statement);
        let records = gold
            .iter()
            .map(|record| {
                let (doc, findings) = worker.analyse(record.article());
                Scored {
                    id: record.id.clone(),
                    text: record.text.clone(),
                    origin: record.origin.clone(),
                    relevant: record.relevant.unwrap_or(!record.events.is_empty()),
                    judged: record.relevant.is_some(),
                    gold: record.events.iter().map(|e| e.coded(options.penta)).collect(),
                    own: system_events(doc, findings, statements, options.penta),
                }
            })
            .collect();
        Self { records, options }
    }

    /// Tallies of all records at a level of [`LEVELS`] or [`SPAN_LEVELS`]; `None` for an unknown level.
    fn tallies(&self, level: &str) -> Option<Vec<Tally>> {
        if let Some(level) = LEVELS.iter().find(|l| l.name == level) {
            return Some(
                self.records.iter().map(|r| level.tally(&r.gold, &r.own, !self.options.strict_target)).collect(),
            );
        }
        let (_, keys) = SPAN_LEVELS.iter().find(|(name, _)| *name == level)?;
        Some(self.records.iter().map(|r| tally(*keys, &r.gold, &r.own, self.options.strict_spans)).collect())
    }

    /// The system's events, one record a line, for the reference scorer.
    pub fn lines(&self) -> String {
        self.records.iter().fold(String::new(), |mut out, r| {
            let events: Vec<_> = r.own.iter().map(Coded::json).collect();
            let _ = writeln!(out, "{}", serde_json::json!({"id": r.id, "events": events}));
            out
        })
    }

    /// The sum over all records at a level; `None` for an unknown level.
    pub fn level(&self, level: &str) -> Option<Tally> {
        let mut sum = Tally::default();
        self.tallies(level)?.into_iter().for_each(|t| sum += t);
        Some(sum)
    }

    /// Precision, recall and F1 of telling texts with events from texts without.
    pub fn relevance(&self) -> Tally {
        let mut sum = Tally::default();
        for record in &self.records {
            let coded = !record.own.is_empty();
            let both = f64::from(u8::from(coded && record.relevant));
            sum += Tally {
                found: both,
                right: both,
                gold: f64::from(u8::from(record.relevant)),
                system: f64::from(u8::from(coded)),
                hits: both,
                records: f64::from(u8::from(record.relevant)),
            };
        }
        sum
    }

    /// The one type said of each record that has a gold type: of the surest event, the first of equals.
    fn answers(&self) -> Vec<(&str, &str)> {
        let surest = |own: &[Coded]| -> Option<usize> {
            (0..own.len()).reduce(|best, i| if own[i].confidence > own[best].confidence { i } else { best })
        };
        self.records
            .iter()
            .filter_map(|r| Some((r, r.gold.first().filter(|g| !g.coarse.is_empty())?)))
            .map(|(r, gold)| (gold.coarse.as_str(), surest(&r.own).map_or("", |i| r.own[i].coarse.as_str())))
            .collect()
    }

    /// Mean F1 of the types, when each record gets one type; concessions and retreats are one (`YIELD`).
    pub fn macro_f1(&self) -> f64 {
        let answers = self.answers();
        let mut types: Vec<&str> = answers.iter().map(|(gold, _)| *gold).collect();
        types.sort_unstable();
        types.dedup();
        let f1 = |kind: &str| {
            let count = |fits: &dyn Fn(&(&str, &str)) -> bool| answers.iter().filter(|a| fits(a)).count() as f64;
            let both = count(&|a| a.0 == kind && a.1 == kind);
            ratio(2.0 * both, count(&|a| a.0 == kind) + count(&|a| a.1 == kind))
        };
        ratio(types.iter().map(|t| f1(t)).sum(), types.len() as f64)
    }

    /// All levels that the gold can tell, one a line.
    pub fn scores(&self) -> String {
        let mut out = String::new();
        let by_code = self.records.iter().flat_map(|r| &r.gold).any(|g| !g.sources.is_empty());
        let by_phrase = self.records.iter().flat_map(|r| &r.gold).any(|g| !g.source_text.is_empty());
        let names = LEVELS
            .iter()
            .map(|l| l.name)
            .filter(|n| by_code || !["src", "tgt", "dyad"].iter().any(|p| n.starts_with(p)))
            .chain(SPAN_LEVELS.iter().map(|(n, _)| *n).filter(|_| by_phrase));
        for name in names {
            let tallies = self.tallies(name).unwrap_or_default();
            let mut sum = Tally::default();
            for tally in &tallies {
                sum += *tally;
            }
            let span = interval(&tallies, Tally::f1);
            line(&mut out, name, &sum);
            let _ = writeln!(out, " [{:.3}, {:.3}]", span.low, span.high);
        }
        if self.records.iter().any(|r| r.judged) {
            line(&mut out, "relevance", &self.relevance());
            out.push('\n');
        }
        let coded = self.records.iter().filter(|r| !r.own.is_empty()).count() as f64;
        let _ = writeln!(out, "  coded share {:.3}", ratio(coded, self.records.len() as f64));
        let _ = writeln!(out, "  root macro-F1, one answer a record {:.3}", self.macro_f1());
        out
    }

    /// F1 of the types by gold type (`type`) or origin (`source`).
    pub fn by(&self, origin: bool) -> String {
        let mut groups: BTreeMap<&str, Tally> = BTreeMap::new();
        let root = LEVELS.iter().find(|l| l.name == "root");
        for (record, level) in self.records.iter().filter_map(|r| Some((r, root?))) {
            let first = record.gold.first().map_or("", |g| g.coarse.as_str());
            let key = if origin { record.origin.as_str() } else { first };
            *groups.entry(key).or_default() += level.tally(&record.gold, &record.own, !self.options.strict_target);
        }
        let mut out = String::new();
        for (name, sum) in groups {
            line(&mut out, if name.is_empty() { "none" } else { name }, &sum);
            out.push('\n');
        }
        out
    }

    /// Gold type, answered type and how often, the most frequent confusions first.
    pub fn confusions(&self) -> String {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        self.answers().into_iter().filter(|(a, b)| a != b).for_each(|pair| *counts.entry(pair).or_default() += 1);
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|&(pair, n)| (std::cmp::Reverse(n), pair));
        counts.iter().fold(String::new(), |mut out, ((gold, own), n)| {
            let _ = writeln!(out, "  {n:4} {gold} read as {}", if own.is_empty() { "nothing" } else { own });
            out
        })
    }

    /// Records that are not wholly right at a level, with what was expected and what was said.
    pub fn misses(&self, level: &str) -> String {
        let mut out = String::new();
        for (record, tally) in self.records.iter().zip(self.tallies(level).unwrap_or_default()) {
            if tally.found >= tally.gold && (!record.judged || tally.right >= tally.system) {
                continue;
            }
            let _ = writeln!(out, "{}: {}", record.id, record.text);
            record.gold.iter().for_each(|g| _ = writeln!(out, "    gold {}", g.shown));
            record.own.iter().for_each(|o| _ = writeln!(out, "    said {}", o.shown));
        }
        out
    }
}

fn line(out: &mut String, name: &str, t: &Tally) {
    let _ = write!(
        out,
        "  {name:13} n={:4} hit {:.3}  P {:.3} R {:.3} F1 {:.3} (gold {}, system {})",
        t.records,
        t.hit(),
        t.precision(),
        t.recall(),
        t.f1(),
        t.gold,
        t.system
    );
}
