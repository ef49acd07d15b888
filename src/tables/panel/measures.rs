//! What is counted for one unit in one period.

use crate::extract::findings::EventType;
use crate::tables::cell::{Cell, Kind};
use crate::tables::extras::ColumnInfo;
use rustc_hash::FxHashSet;

/// One dyad row as a panel needs it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Act {
    /// Hash part of the event's id.
    pub(super) event: u64,
    /// Hash part of the article's id.
    pub(super) doc: u64,
    /// Place of its type in [`EventType::ALL`].
    pub(super) event_type: usize,
    pub(super) quad_class: Option<u8>,
    pub(super) goldstein: Option<f64>,
    pub(super) plover_score: Option<f64>,
    pub(super) weight: f64,
    /// First and last day, in days since 1970: what "one a day" compares.
    pub(super) days: (i32, i32),
}

/// Sums over the acts of one unit in one period. An event that gives the unit several dyad rows (a meeting of two of
/// its ministers with one guest) counts once; its weight is what the rows add up to.
#[derive(Debug, Clone, Default)]
pub(super) struct Measures {
    last_event: Option<u64>,
    last_doc: Option<u64>,
    one_a_day: FxHashSet<(usize, (i32, i32))>,
    events: u32,
    docs: u32,
    by_type: [u32; EventType::ALL.len()],
    by_quad: [u32; 4],
    goldstein: Sum,
    plover: Sum,
    weight: f64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    n: u32,
    sum: f64,
}

impl Sum {
    fn add(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            self.n += 1;
            self.sum += value;
        }
    }

    fn mean(self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / f64::from(self.n))
    }
}

impl Measures {
    /// Adds one dyad row. Rows of an event come together, and so do events of an article: the tables are written so.
    pub(super) fn add(&mut self, act: &Act) {
        self.weight += act.weight;
        if self.last_event == Some(act.event) {
            return;
        }
        self.last_event = Some(act.event);
        if self.last_doc != Some(act.doc) {
            self.last_doc = Some(act.doc);
            self.docs += 1;
        }
        self.events += 1;
        self.one_a_day.insert((act.event_type, act.days));
        self.by_type[act.event_type] += 1;
        if let Some(slot) = act.quad_class.and_then(|quad| self.by_quad.get_mut(usize::from(quad).wrapping_sub(1))) {
            *slot += 1;
        }
        self.goldstein.add(act.goldstein);
        self.plover.add(act.plover_score);
    }

    /// The columns, in the order of [`Self::cells`].
    pub(super) fn columns() -> Vec<ColumnInfo> {
        let mut columns = vec![
            column("n_events", Kind::Int, "Reports of events."),
            column("n_events_oad", Kind::Int, "One a day: reports of the same type and the same days count once."),
            column("n_docs", Kind::Int, "Articles that hold them."),
            column("n_weighted", Kind::Float, "Sum of the weights in `dyads`: events shared out over their pairs."),
        ];
        for event_type in EventType::ALL {
            let name = event_type.as_str();
            columns.push(column(&format!("n_{}", name.to_lowercase()), Kind::Int, &format!("Reports of type {name}.")));
        }
        for (quad, name) in ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
            .into_iter()
            .enumerate()
        {
            columns.push(column(&format!("n_quad{}", quad + 1), Kind::Int, &format!("Reports of {name}.")));
        }
        columns.extend([
            column("goldstein_sum", Kind::Float, "Sum of the Goldstein scores."),
            column("goldstein_mean", Kind::Float, "Mean of the Goldstein scores; empty where there is none."),
            column("plover_sum", Kind::Float, "Sum of the PLOVER scores."),
        ]);
        columns
    }

    /// Calls `each` with every cell, in the order of [`Self::columns`].
    pub(super) fn cells(&self, each: &mut impl FnMut(Cell<'static>)) {
        let int = |n: u32| Cell::Int(i64::from(n));
        // Tenths of tenths add up to 0.30000000000000004; nobody needs more than six decimals.
        let float = |x: f64| Cell::Float((x * 1e6).round() / 1e6 + 0.0);
        each(int(self.events));
        each(Cell::Int(i64::try_from(self.one_a_day.len()).unwrap_or(i64::MAX)));
        each(int(self.docs));
        each(float(self.weight));
        self.by_type.iter().chain(&self.by_quad).for_each(|&n| each(int(n)));
        each(float(self.goldstein.sum));
        each(self.goldstein.mean().map_or(Cell::Null, float));
        each(float(self.plover.sum));
    }
}

/// A column that is never empty, but for means.
pub(super) fn column(name: &str, kind: Kind, description: &str) -> ColumnInfo {
    let nullable = name.ends_with("_mean");
    ColumnInfo { name: name.to_owned(), kind, nullable, values: &[], description: description.to_owned() }
}
