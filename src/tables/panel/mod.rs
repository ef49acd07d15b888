//! Panels: how much each dyad or country did in each period, counted over the `dyads` of a finished run.
//!
//! A panel is a view that can be computed again at any time, with other filters, from tables that stay as they are.
//! What the filters leave out is counted, so that nobody takes a panel for all there is. Needs memory for one number
//! for each dated event and for the panel itself; the tables are read as a stream.

mod bins;
mod measures;
mod write;

pub use bins::Bin;
pub use write::write;

use super::cell::{Cell, Day};
use super::dyads::DyadRow;
use super::events::EventRow;
use super::reader::{ReadTableError, scan};
use super::schema::TableRow as _;
use crate::extract::findings::{EventType, Expansion, Polarity, Status};
use jiff::civil::Date;
use measures::{Act, Measures};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a row of a panel is about, beside its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A directed pair of countries: who does it, whom it is done to.
    Dyad,
    /// A country that does it.
    Country,
}

impl Unit {
    /// As in the names of panels.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dyad => "dyad",
            Self::Country => "country",
        }
    }
}

/// Which day places an event in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dating {
    /// What the text says of the event; an event without a date is left out.
    Event,
    /// The day of publication.
    Published,
    /// What the text says of the event, and the day of publication where it says nothing.
    EventOrPublished,
}

/// Which events are counted, and how.
#[derive(Debug, Clone)]
pub struct PanelOptions {
    /// What a row is about.
    pub unit: Unit,
    /// Length of a period.
    pub by: Bin,
    /// First day; the panel begins with the period it is in.
    pub from: Option<Date>,
    /// Last day; the panel ends with the period it is in.
    pub to: Option<Date>,
    /// A row for every unit in every period, with zeros where nothing happened.
    pub complete: bool,
    /// Countries the units are made of; empty for all that occur. With `complete`, every pair of them has its rows.
    pub countries: Vec<String>,
    /// Which day counts.
    pub dating: Dating,
    /// Kinds of status that count.
    pub statuses: Vec<Status>,
    /// Kinds of polarity that count.
    pub polarities: Vec<Polarity>,
    /// Count CAMEO 01, which is talk, as well.
    pub statements: bool,
    /// Count pairs that come from the members of a named group.
    pub groups: bool,
    /// Least confidence, 0 to 1.
    pub min_confidence: f64,
}

impl Default for PanelOptions {
    /// Directed dyads by month; what happened, is asserted, and is dated by its text.
    fn default() -> Self {
        Self {
            unit: Unit::Dyad,
            by: Bin::Month,
            from: None,
            to: None,
            complete: false,
            countries: Vec::new(),
            dating: Dating::Event,
            statuses: vec![Status::Past],
            polarities: vec![Polarity::Affirmative],
            statements: false,
            groups: true,
            min_confidence: 0.0,
        }
    }
}

/// Dyad rows that a panel does not count, each under the first reason that applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Statements (CAMEO 01).
    pub statement: u64,
    /// Of another status (planned, hypothetical, …).
    pub status: u64,
    /// Of another polarity (denied).
    pub polarity: u64,
    /// From a group's members.
    pub group: u64,
    /// Below the least confidence.
    pub confidence: u64,
    /// Of other countries.
    pub country: u64,
    /// Without a date.
    pub undated: u64,
    /// With a date that reaches over more than one period.
    pub imprecise: u64,
    /// Before the first day or after the last.
    pub outside: u64,
}

/// A computed panel.
#[derive(Debug)]
pub struct Panel {
    options: PanelOptions,
    /// By unit (one code or two), then by first day of the period.
    rows: BTreeMap<(Vec<String>, Date), Measures>,
    /// Dyad rows that were counted.
    pub counted: u64,
    /// Dyad rows that were not.
    pub left_out: LeftOut,
}

/// What a panel needs of an event.
#[derive(Clone, Copy)]
struct Told {
    days: Option<(Day, Day)>,
    confidence: f64,
}

const DYAD_COLUMNS: [&str; 13] = [
    "event_id",
    "source_country",
    "target_country",
    "expansion",
    "weight",
    "published_at",
    "event_type",
    "status",
    "polarity",
    "quad_class",
    "goldstein",
    "plover_score",
    "doc_id",
];

/// Counts the tables in `out`.
///
/// # Errors
/// When a table is missing or damaged.
pub fn panel(out: &Path, options: PanelOptions) -> Result<Panel, ReadTableError> {
    let events = told(out)?;
    let mut panel = Panel { options, rows: BTreeMap::new(), counted: 0, left_out: LeftOut::default() };
    scan(out, DyadRow::TABLE, &DYAD_COLUMNS, &mut |cells| panel.add(cells, &events))?;
    if panel.options.complete {
        panel.fill();
    }
    Ok(panel)
}

/// Dates and confidence of all events, by the hash in their ids.
fn told(out: &Path) -> Result<FxHashMap<u64, Told>, ReadTableError> {
    let mut events = FxHashMap::default();
    scan(out, EventRow::TABLE, &["event_id", "date_start", "date_end", "confidence"], &mut |cells| {
        let &[id, start, end, confidence] = cells else { return };
        let days = start.day().zip(end.day());
        events.insert(hash_of(id), Told { days, confidence: confidence.float().unwrap_or(0.0) });
    })?;
    Ok(events)
}

/// The 60 bits of an id, as a number: a quarter of the memory.
fn hash_of(id: Cell<'_>) -> u64 {
    id.text().and_then(|id| u64::from_str_radix(id.get(1..)?, 16).ok()).unwrap_or(0)
}

impl Panel {
    fn add(&mut self, cells: &[Cell<'_>], events: &FxHashMap<u64, Told>) {
        let &[
            id,
            source,
            target,
            expansion,
            weight,
            published,
            event_type,
            status,
            polarity,
            quad,
            goldstein,
            plover,
            doc,
        ] = cells
        else {
            return;
        };
        let event = hash_of(id);
        let told = events.get(&event).copied().unwrap_or(Told { days: None, confidence: 0.0 });
        let (options, out) = (&self.options, &mut self.left_out);
        let event_type = event_type.text().and_then(EventType::parse);
        let is = |known: bool, slot: &mut u64| {
            *slot += u64::from(!known);
            known
        };
        let kept = is(options.statements || event_type != Some(EventType::Statement), &mut out.statement)
            && is(
                status.text().and_then(Status::parse).is_some_and(|s| options.statuses.contains(&s)),
                &mut out.status,
            )
            && is(
                polarity.text().and_then(Polarity::parse).is_some_and(|p| options.polarities.contains(&p)),
                &mut out.polarity,
            )
            && is(options.groups || expansion.text() != Some(Expansion::Group.as_str()), &mut out.group)
            && is(told.confidence >= options.min_confidence, &mut out.confidence);
        if !kept {
            return;
        }
        let (source, target) = (source.text().unwrap_or_default(), target.text().unwrap_or_default());
        let wanted = |code: &str| options.countries.is_empty() || options.countries.iter().any(|c| c == code);
        let unit = match options.unit {
            Unit::Dyad => vec![source.to_owned(), target.to_owned()],
            Unit::Country => vec![source.to_owned()],
        };
        if !is(unit.iter().all(|code| wanted(code)), &mut out.country) {
            return;
        }
        let published = published.day().map(|day| (day, day));
        let days = match options.dating {
            Dating::Event => told.days,
            Dating::Published => published,
            Dating::EventOrPublished => told.days.or(published),
        };
        let Some(days) = days else {
            out.undated += 1;
            return;
        };
        let Some(start) = options.by.of(days.0, days.1) else {
            out.imprecise += 1;
            return;
        };
        let by = options.by;
        let inside = options.from.is_none_or(|from| start >= by.start(from)) && options.to.is_none_or(|to| start <= to);
        if !is(inside, &mut out.outside) {
            return;
        }
        let Some(event_type) = event_type.and_then(|t| EventType::ALL.iter().position(|&known| known == t)) else {
            return;
        };
        self.counted += 1;
        self.rows.entry((unit, start)).or_default().add(&Act {
            event,
            doc: hash_of(doc),
            event_type,
            quad_class: quad.int().and_then(|quad| u8::try_from(quad).ok()),
            goldstein: goldstein.float(),
            plover_score: plover.float(),
            weight: weight.float().unwrap_or(0.0),
            days: (days.0.since_epoch(), days.1.since_epoch()),
        });
    }

    /// Adds the rows in which nothing happened: every unit in every period from the first to the last.
    fn fill(&mut self) {
        let options = &self.options;
        let by = options.by;
        let first = options.from.map(|from| by.start(from)).or_else(|| self.rows.keys().map(|key| key.1).min());
        let last = options.to.map(|to| by.start(to)).or_else(|| self.rows.keys().map(|key| key.1).max());
        let (Some(first), Some(last)) = (first, last) else { return };
        let units: BTreeSet<Vec<String>> = if options.countries.is_empty() {
            self.rows.keys().map(|key| key.0.clone()).collect()
        } else {
            units_of(options.unit, &options.countries)
        };
        for unit in units {
            let mut period = Some(first);
            while let Some(start) = period.filter(|&start| start <= last) {
                self.rows.entry((unit.clone(), start)).or_default();
                period = by.next(start);
            }
        }
    }

    /// Its name, such as `panel_dyad_month`.
    pub fn name(&self) -> String {
        format!("panel_{}_{}", self.options.unit.as_str(), self.options.by.as_str())
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True when nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// All units that can be made of these countries. No country is paired with itself: what happens within one is
/// between its sectors, and a zero there would claim that nothing did.
fn units_of(unit: Unit, countries: &[String]) -> BTreeSet<Vec<String>> {
    match unit {
        Unit::Country => countries.iter().map(|code| vec![code.clone()]).collect(),
        Unit::Dyad => countries
            .iter()
            .flat_map(|source| countries.iter().map(move |target| vec![source.clone(), target.clone()]))
            .filter(|pair| pair[0] != pair[1])
            .collect(),
    }
}

impl LeftOut {
    /// Reasons with their numbers, those that are not zero.
    pub fn reasons(&self) -> Vec<(&'static str, u64)> {
        let all = [
            ("statements", self.statement),
            ("of another status", self.status),
            ("of another polarity", self.polarity),
            ("from members of groups", self.group),
            ("below the least confidence", self.confidence),
            ("of other countries", self.country),
            ("without a date", self.undated),
            ("dated to more than one period", self.imprecise),
            ("outside the days asked for", self.outside),
        ];
        all.into_iter().filter(|&(_, n)| n > 0).collect()
    }
}

#[cfg(test)]
mod tests;
