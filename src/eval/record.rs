//! Gold records, and the system's events in the same form.

use super::codes::{self, Party};
use crate::article::{Article, BlockKind, Published, PublishedBasis};
use crate::extract::Findings;
use crate::extract::findings::{Event, EventType, Participant, Polarity, Side};
use crate::nlp::Doc;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A gold file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The file cannot be read.
    #[error("cannot read {0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// A line is no gold record.
    #[error("{0} line {1}: {2}")]
    Line(PathBuf, usize, serde_json::Error),
}

/// One text and the events a coder wrote for it.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// Id of the record.
    pub id: String,
    /// Day of publication, `YYYY-MM-DD`; empty where unknown.
    #[serde(default)]
    pub date: String,
    /// The text, a sentence or a few.
    pub text: String,
    /// Where it comes from.
    #[serde(default)]
    pub origin: String,
    /// The events. None: nothing to code.
    pub events: Vec<Answer>,
    /// Whether trained coders found something to code.
    #[serde(default)]
    pub relevant: Option<bool>,
}

/// An event as gold files write it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    source: Vec<String>,
    target: Vec<String>,
    source_text: String,
    target_text: String,
    plover: String,
    plover_any: Vec<String>,
    plv_root: String,
    cameo: String,
    quad: Option<i64>,
    reciprocal: bool,
}

/// An event in the form that is compared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coded {
    pub(super) sources: Vec<Party>,
    pub(super) targets: Vec<Party>,
    pub(super) source_text: String,
    pub(super) target_text: String,
    /// PLOVER type; empty for statements.
    pub root: String,
    pub(super) roots: Vec<String>,
    pub(super) cameo: String,
    pub(super) quad: Option<i64>,
    pub(super) reciprocal: bool,
    /// Type in the coarser scheme where concessions and retreats are one (`YIELD`).
    pub coarse: String,
    /// What is printed in the list of misses.
    pub shown: String,
    /// Confidence of the system, 0 to 1; of gold, 1.
    pub confidence: f32,
}

/// Reads a file of gold records, one JSON object a line.
///
/// # Errors
/// When the file cannot be read or a line is no record.
pub fn read_gold(path: &Path) -> Result<Vec<Gold>, GoldError> {
    let text = std::fs::read_to_string(path).map_err(|e| GoldError::Unreadable(path.to_owned(), e))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| serde_json::from_str(line).map_err(|e| GoldError::Line(path.to_owned(), i + 1, e)))
        .collect()
}

impl Gold {
    /// The record as an article of one paragraph.
    pub fn article(&self) -> Article {
        let mut article = Article::default();
        article.push_block(BlockKind::Paragraph, &self.text);
        let date = self.date.parse().ok();
        article.published = date.map(|date| Published { date, time: None, basis: PublishedBasis::Metadata });
        article
    }
}

impl Answer {
    /// CAMEO 01, which PLOVER leaves out.
    pub(super) fn is_statement(&self) -> bool {
        self.plover.is_empty() && self.cameo.starts_with("01")
    }

    /// In the form that is compared; `penta` says which scheme the file's quad classes follow.
    pub fn coded(&self, penta: bool) -> Coded {
        let root = if self.plover.is_empty() { codes::type_of_cameo(&self.cameo) } else { self.plover.clone() };
        let roots = if self.plover_any.is_empty() { vec![root.clone()] } else { self.plover_any.clone() };
        let quad = self.quad.or_else(|| quad_of(&root, &self.cameo, penta));
        let coarse = if self.plv_root.is_empty() { coarse(&root) } else { self.plv_root.clone() };
        let parties = |all: &[String]| all.iter().map(|c| codes::party(c)).collect();
        Coded {
            sources: parties(&self.source),
            targets: parties(&self.target),
            source_text: self.source_text.clone(),
            target_text: self.target_text.clone(),
            shown: format!(
                "{coarse} {} {}[{}] > {}[{}]",
                self.cameo,
                self.source.join("&"),
                self.source_text,
                self.target.join("&"),
                self.target_text
            ),
            root,
            roots,
            cameo: self.cameo.clone(),
            quad,
            reciprocal: self.reciprocal,
            coarse,
            confidence: 1.0,
        }
    }
}

impl Coded {
    /// As a line of the reference scorer writes an event.
    pub(super) fn json(&self) -> serde_json::Value {
        let side = |all: &[Party]| -> Vec<String> {
            let or_none = |c: &str| if c.is_empty() { "---".to_owned() } else { c.to_owned() };
            all.iter().map(|(country, sector)| format!("{}{sector}", or_none(country))).collect()
        };
        serde_json::json!({
            "source": side(&self.sources), "target": side(&self.targets), "plover": self.root, "cameo": self.cameo,
            "source_text": self.source_text, "target_text": self.target_text, "reciprocal": self.reciprocal,
        })
    }
}

fn quad_of(root: &str, cameo: &str, penta: bool) -> Option<i64> {
    let by_code = if penta { codes::pentaclass(cameo) } else { None };
    by_code.or_else(|| codes::quad(root, penta))
}

fn coarse(root: &str) -> String {
    if matches!(root, "CONCEDE" | "RETREAT") { "YIELD".to_owned() } else { root.to_owned() }
}

/// The events of one article as scorers compare them: what is denied is no event; statements only on demand.
pub fn system_events(doc: &Doc, findings: &Findings, statements: bool, penta: bool) -> Vec<Coded> {
    findings
        .events
        .iter()
        .filter(|e| e.polarity == Polarity::Affirmative)
        .filter(|e| statements || e.event_type != EventType::Statement)
        .map(|e| coded(doc, findings, e, penta))
        .collect()
}

fn coded(doc: &Doc, findings: &Findings, event: &Event, penta: bool) -> Coded {
    let of = |side: Side| event.participants.iter().filter(move |p| p.side == side);
    let parties = |side: Side| of(side).map(|p| codes::party(&code(p, findings))).collect::<Vec<_>>();
    let texts = |side: Side| {
        let own = of(side).map(|p| text(doc, findings, p));
        let thing = event.phrases.iter().filter(|(s, _)| *s == side).map(|(_, span)| span.slice(doc.text()).to_owned());
        own.chain(thing).collect::<Vec<_>>().join(" | ")
    };
    let root = match event.event_type {
        EventType::Statement => String::new(),
        other => other.as_str().to_owned(),
    };
    let cameo = event.cameo.clone().unwrap_or_default();
    let (sources, targets) = (parties(Side::Source), parties(Side::Target));
    let (source_text, target_text) = (texts(Side::Source), texts(Side::Target));
    Coded {
        shown: format!(
            "{} {cameo} {sources:?}[{source_text}] > {targets:?}[{target_text}] {} {} {:.2} {:?}",
            event.event_type.as_str(),
            event.status.as_str(),
            event.rule_id,
            event.confidence,
            event.trigger.slice(doc.text()),
        ),
        sources,
        targets,
        source_text,
        target_text,
        quad: quad_of(&root, &cameo, penta),
        roots: vec![root.clone()],
        coarse: coarse(&root),
        root,
        cameo,
        reciprocal: event.reciprocal,
        confidence: event.confidence,
    }
}

/// Country or PLOVER special code, then the sector.
fn code(p: &Participant, findings: &Findings) -> String {
    let special = || p.entity.and_then(|e| findings.entities[e as usize].plover_country.clone());
    let country = p.country.map(|c| c.to_string()).or_else(special).unwrap_or_else(|| "---".to_owned());
    format!("{country}{}", p.sector.map(|s| s.to_string()).unwrap_or_default())
}

fn text(doc: &Doc, findings: &Findings, p: &Participant) -> String {
    match p.mention {
        Some(m) => findings.mentions[m as usize].span.slice(doc.text()).to_owned(),
        None => p.name.clone(),
    }
}
