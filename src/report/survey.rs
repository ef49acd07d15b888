//! [`Survey`]: the counts a report shows.

use crate::extract::findings::{EntityType, EventType};
use crate::tables::cell::{Cell, Day};
use crate::tables::documents::DocumentRow;
use crate::tables::dyads::DyadRow;
use crate::tables::entities::EntityRow;
use crate::tables::events::EventRow;
use crate::tables::reader::{ReadTableError, scan};
use crate::tables::rejects::RejectRow;
use crate::tables::schema::TableRow as _;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;

/// Rows of a ranking.
const TOP: usize = 25;
/// Events shown with their sentences: enough to get a feeling for the error rate, few enough to read.
const SAMPLE: usize = 60;
/// Rejects shown for each reason.
const EXAMPLES: usize = 3;
/// Characters of a sentence that are shown.
const SENTENCE: usize = 400;

/// Counts by quad class 1 to 4, and for none.
pub(super) type Quads = [u64; 5];

/// What is in an output folder.
#[derive(Debug, Default)]
pub struct Survey {
    pub(super) documents: u64,
    pub(super) words: u64,
    pub(super) undated_documents: u64,
    pub(super) by_status: BTreeMap<String, u64>,
    pub(super) publishers: Ranking,
    pub(super) events: u64,
    /// By type and status.
    pub(super) types: BTreeMap<String, BTreeMap<String, u64>>,
    pub(super) denied: u64,
    /// By day of publication.
    pub(super) days: BTreeMap<i32, Quads>,
    pub(super) precision: BTreeMap<String, u64>,
    pub(super) basis: BTreeMap<String, u64>,
    /// By tenth of confidence.
    pub(super) confidence: [u64; 10],
    /// Events by country of a party.
    pub(super) countries: BTreeMap<String, Quads>,
    pub(super) pairs: Vec<(String, Quads, String)>,
    pub(super) dyads: u64,
    pub(super) actors: Vec<Actor>,
    pub(super) rejects: u64,
    /// Number and examples (path, message) by reason.
    pub(super) reasons: BTreeMap<String, (u64, Vec<(String, String)>)>,
    pub(super) sample: Vec<Sample>,
}

/// An entity in the ranking.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Actor {
    pub(super) n_docs: u64,
    pub(super) n_mentions: u64,
    pub(super) name: String,
    pub(super) entity_type: String,
    pub(super) country: String,
    pub(super) sector: String,
}

/// An event that is shown with its sentence.
#[derive(Debug)]
pub(super) struct Sample {
    id: String,
    pub(super) event_type: String,
    pub(super) quad: usize,
    pub(super) status: String,
    pub(super) polarity: String,
    pub(super) source: String,
    pub(super) target: String,
    pub(super) date: String,
    pub(super) precision: String,
    pub(super) place: String,
    pub(super) confidence: f64,
    pub(super) rule: String,
    pub(super) trigger: String,
    pub(super) evidence: String,
}

/// Values and how often they occur.
#[derive(Debug, Default)]
pub(super) struct Ranking(FxHashMap<String, u64>);

impl Ranking {
    fn add(&mut self, value: &str) {
        match self.0.get_mut(value) {
            Some(n) => *n += 1,
            None => {
                self.0.insert(value.to_owned(), 1);
            }
        }
    }

    /// The most frequent values; ties in alphabetical order.
    pub(super) fn top(&self) -> Vec<(&str, u64)> {
        let mut all: Vec<_> = self.0.iter().map(|(value, &n)| (value.as_str(), n)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        all.truncate(TOP);
        all
    }
}

impl Survey {
    /// Counts the tables in `out`, one pass over each.
    ///
    /// # Errors
    /// When a table is missing or damaged.
    pub fn of(out: &Path) -> Result<Self, ReadTableError> {
        let mut survey = Self::default();
        survey.count_documents(out)?;
        survey.count_events(out)?;
        survey.count_dyads(out)?;
        survey.count_entities(out)?;
        survey.count_rejects(out)?;
        Ok(survey)
    }

    fn count_documents(&mut self, out: &Path) -> Result<(), ReadTableError> {
        scan(out, DocumentRow::TABLE, &["n_words", "published_at", "status", "publisher"], &mut |cells| {
            self.documents += 1;
            self.words += cells[0].int().and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
            self.undated_documents += u64::from(cells[1].day().is_none());
            *self.by_status.entry(text(cells[2])).or_default() += 1;
            self.publishers.add(cells[3].text().unwrap_or("(not stated)"));
        })
    }

    fn count_events(&mut self, out: &Path) -> Result<(), ReadTableError> {
        let columns = [
            "event_type",
            "status",
            "polarity",
            "quad_class",
            "published_at",
            "date_precision",
            "date_basis",
            "confidence",
            "source_country",
            "target_country",
            "event_id",
            "source_name",
            "target_name",
            "date_start",
            "date_end",
            "place_name",
            "rule_id",
            "trigger",
            "evidence",
        ];
        scan(out, EventRow::TABLE, &columns, &mut |cells| {
            self.events += 1;
            *self.types.entry(text(cells[0])).or_default().entry(text(cells[1])).or_default() += 1;
            self.denied += u64::from(cells[2].text() == Some("negative"));
            let quad = quad_of(cells[3]);
            if let Some(day) = cells[4].day() {
                self.days.entry(day.since_epoch()).or_default()[quad] += 1;
            }
            *self.precision.entry(text(cells[5])).or_default() += 1;
            *self.basis.entry(text(cells[6])).or_default() += 1;
            let confidence = cells[7].float().unwrap_or(0.0);
            self.confidence[((confidence * 10.0) as usize).min(9)] += 1;
            let mut countries: Vec<&str> =
                [cells[8], cells[9]].iter().filter_map(|cell| cell.text()).flat_map(|codes| codes.split(';')).collect();
            countries.sort_unstable();
            countries.dedup();
            for country in countries {
                match self.countries.get_mut(country) {
                    Some(quads) => quads[quad] += 1,
                    None => self.countries.entry(country.to_owned()).or_default()[quad] += 1,
                }
            }
            self.maybe_sample(cells, quad, confidence);
        })?;
        self.sample.sort_by(|a, b| a.event_type.cmp(&b.event_type).then(a.id.cmp(&b.id)));
        Ok(())
    }

    /// Ids are hashes: those that sort first are as good as drawn by lot, and the same in every report.
    fn maybe_sample(&mut self, cells: &[Cell<'_>], quad: usize, confidence: f64) {
        let id = cells[10].text().unwrap_or_default();
        let last = self.sample.iter().enumerate().max_by(|a, b| a.1.id.cmp(&b.1.id)).map(|(at, s)| (at, s.id.as_str()));
        match last {
            Some((_, last)) if self.sample.len() == SAMPLE && id > last => return,
            Some((at, _)) if self.sample.len() == SAMPLE => {
                self.sample.swap_remove(at);
            }
            _ => {}
        }
        let evidence = text(cells[18]);
        let cut = evidence.char_indices().nth(SENTENCE).map_or(evidence.len(), |(at, _)| at);
        self.sample.push(Sample {
            id: id.to_owned(),
            event_type: text(cells[0]),
            quad,
            status: text(cells[1]),
            polarity: text(cells[2]),
            source: text(cells[11]),
            target: text(cells[12]),
            date: span(cells[13].day(), cells[14].day()),
            precision: text(cells[5]),
            place: text(cells[15]),
            confidence,
            rule: text(cells[16]),
            trigger: text(cells[17]),
            evidence: if cut < evidence.len() { format!("{}…", &evidence[..cut]) } else { evidence },
        });
    }

    fn count_dyads(&mut self, out: &Path) -> Result<(), ReadTableError> {
        let mut pairs: FxHashMap<String, (Quads, String)> = FxHashMap::default();
        let mut last = (String::new(), String::new());
        scan(out, DyadRow::TABLE, &["pair", "quad_class", "event_id", "event_type"], &mut |cells| {
            self.dyads += 1;
            let (pair, event) = (cells[0].text().unwrap_or_default(), cells[2].text().unwrap_or_default());
            // Both directions of a meeting, or several ministers of one country, are one event for the pair.
            if (last.0.as_str(), last.1.as_str()) == (pair, event) {
                return;
            }
            last = (pair.to_owned(), event.to_owned());
            let entry = pairs.entry(pair.to_owned()).or_default();
            entry.0[quad_of(cells[1])] += 1;
            if entry.1.is_empty() {
                entry.1 = text(cells[3]);
            }
        })?;
        let mut pairs: Vec<_> = pairs.into_iter().map(|(pair, (quads, first))| (pair, quads, first)).collect();
        pairs.sort_by(|a, b| b.1.iter().sum::<u64>().cmp(&a.1.iter().sum()).then(a.0.cmp(&b.0)));
        pairs.truncate(TOP);
        self.pairs = pairs;
        Ok(())
    }

    fn count_entities(&mut self, out: &Path) -> Result<(), ReadTableError> {
        let columns = ["n_docs", "n_mentions", "name", "entity_type", "country", "sector"];
        scan(out, EntityRow::TABLE, &columns, &mut |cells| {
            let number = |cell: Cell<'_>| cell.int().and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
            let n_docs = number(cells[0]);
            // "Company" and "official" are many, not one.
            if cells[3].text() == Some(EntityType::Role.as_str()) {
                return;
            }
            if self.actors.len() >= 2 * TOP {
                self.keep_top_actors();
            }
            if self.actors.len() >= TOP && self.actors.iter().take(TOP).all(|actor| actor.n_docs > n_docs) {
                return;
            }
            self.actors.push(Actor {
                n_docs,
                n_mentions: number(cells[1]),
                name: text(cells[2]),
                entity_type: text(cells[3]),
                country: text(cells[4]),
                sector: text(cells[5]),
            });
        })?;
        self.keep_top_actors();
        Ok(())
    }

    fn keep_top_actors(&mut self) {
        self.actors.sort_by(|a, b| b.cmp(a));
        self.actors.truncate(TOP);
    }

    fn count_rejects(&mut self, out: &Path) -> Result<(), ReadTableError> {
        scan(out, RejectRow::TABLE, &["reason", "source_path", "message"], &mut |cells| {
            self.rejects += 1;
            let (n, examples) = self.reasons.entry(text(cells[0])).or_default();
            *n += 1;
            if examples.len() < EXAMPLES {
                examples.push((text(cells[1]), text(cells[2])));
            }
        })
    }
}

fn text(cell: Cell<'_>) -> String {
    cell.text().unwrap_or_default().to_owned()
}

/// Place in [`Quads`]: 0 to 3 for the classes, 4 for none.
fn quad_of(cell: Cell<'_>) -> usize {
    cell.int().and_then(|quad| usize::try_from(quad - 1).ok()).filter(|&quad| quad < 4).unwrap_or(4)
}

fn span(start: Option<Day>, end: Option<Day>) -> String {
    match (start, end) {
        (Some(start), Some(end)) if start == end => start.date().to_string(),
        (Some(start), Some(end)) => format!("{} – {}", start.date(), end.date()),
        (Some(start), None) => format!("{} –", start.date()),
        (None, Some(end)) => format!("– {}", end.date()),
        (None, None) => String::new(),
    }
}

impl Survey {
    /// Events of a type, over all kinds of status.
    pub(super) fn of_type(&self, event_type: EventType) -> u64 {
        self.types.get(event_type.as_str()).map_or(0, |by_status| by_status.values().sum())
    }
}
