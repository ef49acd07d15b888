//! The ontology: PLOVER acts and the patterns that name them, from `data/ontology/*.toml`.
//!
//! Patterns are compiled to numbers and indexed by trigger lemma. Anything a matcher cannot use is an error that
//! names the act and the pattern; nothing is dropped silently.

mod files;
mod pattern;
#[cfg(test)]
mod tests;
mod types;

pub use pattern::{Argument, Complement, Filler, LemmaId, Lemmas, Pattern, Predicate, Slot, Trigger, Words};
pub use types::{EventType, Status};

use crate::text::hex;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// A coded act: what its patterns mean.
#[derive(Debug, Clone)]
pub struct Act {
    /// Unique id; `rule_id` is this, a slash and the number of the pattern.
    pub id: String,
    /// Type of the act.
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Source and target may be exchanged.
    pub reciprocal: bool,
    /// What must resolve to an actor.
    pub needs: Needs,
    /// Index into [`Ontology::vetoes`]: lemmas that forbid the act in their sentence.
    pub vetoes: Vec<usize>,
    /// What the lower act of a clause complement must be.
    pub inner: Option<Inner>,
    /// Sentences that must be coded, as the file gives them.
    pub examples: Vec<String>,
    /// Sentences that must not be coded as this act.
    pub not: Vec<String>,
}

/// Participants without which an act is not coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Needs {
    /// A source.
    Source,
    /// A target.
    Target,
    /// Both.
    Both,
    /// One or the other.
    Either,
    /// A source with political power: a state, an official or armed body, a party, an organisation of states. Acts
    /// that ask for it are the last resort: any other act that fits goes before them.
    Power,
}

/// Kind of lower act a communicative act is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inner {
    /// Quad classes 3 and 4.
    Conflict,
    /// Quad classes 1 and 2.
    Cooperation,
    /// Some coded act.
    Any,
    /// No coded act.
    None,
}

/// What becomes of an outer act about an inner one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InnerRule {
    outer: Kind,
    inner: Kind,
    negated: bool,
    /// Type the outer act turns into ("vowed to attack" is THREATEN).
    pub event_type: Option<EventType>,
    /// Mode of the outer act.
    pub mode: Option<String>,
    /// CAMEO code of the outer act.
    pub cameo: Option<String>,
}

/// `REQUEST`, or `REQUEST:10` for CAMEO codes with that beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kind {
    event_type: EventType,
    prefix: String,
}

impl Kind {
    fn parse(text: &str) -> Option<Self> {
        let (event_type, prefix) = text.split_once(':').unwrap_or((text, ""));
        Some(Self { event_type: EventType::parse(event_type)?, prefix: prefix.to_owned() })
    }

    fn holds(&self, event_type: EventType, cameo: Option<&str>) -> bool {
        self.event_type == event_type && cameo.unwrap_or("").starts_with(&self.prefix)
    }
}

/// How a governing predicate changes the act below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Governs {
    /// Its status becomes this one.
    Status(Status),
    /// It did not happen.
    Negative,
    /// It happened (or not) as the governing verb says.
    Actual,
}

/// CAMEO and PLOVER facts about codes.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    goldstein: FxHashMap<String, f32>,
    types: FxHashMap<String, EventType>,
    plover: FxHashMap<(String, String), f32>,
}

/// The compiled ontology.
#[derive(Debug, Clone, Default)]
pub struct Ontology {
    /// All acts, in file order.
    pub acts: Vec<Act>,
    /// All patterns, act by act.
    pub patterns: Vec<Pattern>,
    /// Lemmas that patterns, vetoes and status words mention.
    pub lemmas: Lemmas,
    /// Sets of lemmas that forbid acts in their sentence.
    pub vetoes: Vec<Vec<LemmaId>>,
    by_trigger: FxHashMap<(Trigger, LemmaId), Vec<u32>>,
    governors: FxHashMap<LemmaId, Governs>,
    inner: Vec<InnerRule>,
    scores: Scores,
    sha256: String,
}

/// Why an ontology cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OntologyError {
    /// Not TOML, or not of the form the file needs.
    #[error("cannot read {file}: {message}")]
    Toml {
        /// File name.
        file: String,
        /// What the TOML reader says.
        message: String,
    },
    /// Acts that cannot be used, each with file, id and what is wrong.
    #[error("{}", .0.join("\n"))]
    Acts(Vec<String>),
    /// A table of codes that cannot be read.
    #[error("{file}: {message}")]
    Codes {
        /// File name.
        file: String,
        /// What is wrong.
        message: String,
    },
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    sets: FxHashMap<String, Vec<String>>,
    veto: FxHashMap<String, Vec<String>>,
    status: FxHashMap<String, Vec<String>>,
    inner: Vec<InnerBlock>,
    act: Vec<ActBlock>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InnerBlock {
    outer: String,
    inner: String,
    #[serde(default)]
    r#type: Option<String>,
    #[serde(default)]
    mode: Option<String>,
    #[serde(default)]
    cameo: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActBlock {
    id: String,
    r#type: String,
    #[serde(default)]
    mode: Option<String>,
    #[serde(default)]
    cameo: Option<String>,
    #[serde(default)]
    contexts: Vec<String>,
    #[serde(default)]
    reciprocal: bool,
    #[serde(default = "needs_source")]
    needs: Needs,
    #[serde(default)]
    veto: Vec<String>,
    #[serde(default)]
    inner: Option<Inner>,
    patterns: Vec<String>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

const fn needs_source() -> Needs {
    Needs::Source
}

impl Ontology {
    /// Compiles an ontology from the texts of its TOML files (name, text) and the two tables of codes.
    ///
    /// Sets, vetoes and status words may be used in any file, wherever they are defined.
    ///
    /// # Errors
    /// Everything that cannot be used, with file, act and pattern.
    pub fn compile(files: &[(&str, &str)], cameo_csv: &str, plover_csv: &str) -> Result<Self, OntologyError> {
        let mut parsed = Vec::with_capacity(files.len());
        for (name, text) in files {
            let file: File = toml::from_str(text)
                .map_err(|e| OntologyError::Toml { file: (*name).to_owned(), message: e.to_string() })?;
            parsed.push((*name, file));
        }
        let mut digest = Sha256::new();
        for (name, text) in files.iter().chain(&[("cameo.csv", cameo_csv), ("plover.csv", plover_csv)]) {
            digest.update(format!("{name} {}\n{text}", text.len()));
        }
        let sha256 = hex(&digest.finalize());
        let mut ontology = Self { scores: Scores::parse(cameo_csv, plover_csv)?, sha256, ..Self::default() };
        let mut sets = FxHashMap::default();
        let mut veto_numbers = FxHashMap::default();
        for (name, file) in &mut parsed {
            sets.extend(file.sets.drain());
            let mut vetoes: Vec<_> = file.veto.drain().collect();
            vetoes.sort();
            for (veto, words) in vetoes {
                let mut ids: Vec<_> = words.iter().map(|w| ontology.lemmas.intern(w)).collect();
                ids.sort_unstable();
                veto_numbers.insert(veto, ontology.vetoes.len());
                ontology.vetoes.push(ids);
            }
            let mut status: Vec<_> = file.status.drain().collect();
            status.sort();
            for (kind, words) in status {
                let governs = match kind.as_str() {
                    "planned" => Governs::Status(Status::Planned),
                    "hypothetical" => Governs::Status(Status::Hypothetical),
                    "ongoing" => Governs::Status(Status::Ongoing),
                    "negative" => Governs::Negative,
                    "actual" => Governs::Actual,
                    other => {
                        let message = format!("[status] has no kind {other:?}");
                        return Err(OntologyError::Toml { file: (*name).to_owned(), message });
                    }
                };
                for word in &words {
                    let id = ontology.lemmas.intern(word);
                    ontology.governors.insert(id, governs);
                }
            }
            for rule in &file.inner {
                let rule =
                    inner_rule(rule).map_err(|message| OntologyError::Toml { file: (*name).to_owned(), message })?;
                ontology.inner.push(rule);
            }
        }
        // the longest prefixes first, the outer one before the inner one
        ontology.inner.sort_by_key(|r| std::cmp::Reverse((r.outer.prefix.len(), r.inner.prefix.len())));
        let mut problems = Vec::new();
        for (name, file) in parsed {
            for block in file.act {
                let id = block.id.clone();
                if let Err(message) = ontology.add(block, &sets, &veto_numbers) {
                    problems.push(format!("{name}: act {id:?}: {message}"));
                }
            }
        }
        if !problems.is_empty() {
            return Err(OntologyError::Acts(problems));
        }
        ontology.index();
        Ok(ontology)
    }

    fn add(
        &mut self,
        block: ActBlock,
        sets: &FxHashMap<String, Vec<String>>,
        veto_numbers: &FxHashMap<String, usize>,
    ) -> Result<(), String> {
        if self.acts.iter().any(|a| a.id == block.id) {
            return Err("defined twice".to_owned());
        }
        let event_type = EventType::parse(&block.r#type).ok_or_else(|| format!("unknown type {:?}", block.r#type))?;
        let mode = given(block.mode.as_deref());
        if let Some(mode) = &mode
            && self.scores.plover(event_type, Some(mode)).is_none()
        {
            return Err(format!("{} has no mode {mode:?}", block.r#type));
        }
        let cameo = given(block.cameo.as_deref());
        if let Some(code) = &cameo
            && self.scores.goldstein(code).is_none()
        {
            return Err(format!("unknown CAMEO code {code:?}"));
        }
        let mut vetoes = Vec::new();
        for veto in &block.veto {
            vetoes.push(*veto_numbers.get(veto).ok_or_else(|| format!("unknown veto {veto:?}"))?);
        }
        for (i, text) in block.patterns.iter().enumerate() {
            for text in alternatives(text) {
                let mut reader = pattern::Reader { sets, lemmas: &mut self.lemmas };
                let mut pattern = reader.pattern(&text).map_err(|e| format!("pattern {text:?}: {e}"))?;
                pattern.act = self.acts.len() as u32;
                pattern.number = i as u32 + 1;
                self.patterns.push(pattern);
            }
        }
        self.acts.push(Act {
            id: block.id,
            event_type,
            mode,
            cameo,
            contexts: block.contexts,
            reciprocal: block.reciprocal,
            needs: block.needs,
            vetoes,
            inner: block.inner,
            examples: block.examples,
            not: block.not,
        });
        Ok(())
    }

    fn index(&mut self) {
        for (i, pattern) in self.patterns.iter().enumerate() {
            for lemma in pattern.predicate.words.heads() {
                self.by_trigger.entry((pattern.trigger, lemma)).or_default().push(i as u32);
            }
        }
        for list in self.by_trigger.values_mut() {
            let patterns = &self.patterns;
            list.sort_unstable();
            list.dedup();
            list.sort_by_key(|&i| (std::cmp::Reverse(patterns[i as usize].specificity), i));
        }
    }

    /// Patterns a lemma may trigger, the most specific first.
    pub fn triggered(&self, trigger: Trigger, lemma: LemmaId) -> &[u32] {
        self.by_trigger.get(&(trigger, lemma)).map_or(&[], Vec::as_slice)
    }

    /// What a governing predicate does to the act below it.
    pub fn governs(&self, lemma: LemmaId) -> Option<Governs> {
        self.governors.get(&lemma).copied()
    }

    /// What an outer act about an inner one is; `negated` when the inner one is denied ("urged X not to attack").
    pub fn inner(
        &self,
        outer: (EventType, Option<&str>),
        inner: (EventType, Option<&str>),
        negated: bool,
    ) -> Option<&InnerRule> {
        self.inner
            .iter()
            .find(|r| r.negated == negated && r.outer.holds(outer.0, outer.1) && r.inner.holds(inner.0, inner.1))
    }

    /// Scores of codes.
    pub const fn scores(&self) -> &Scores {
        &self.scores
    }

    /// SHA-256 of all files, lower-case hex.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Number of frames: triggers times constructions, as lexicons are usually counted.
    pub fn frames(&self) -> usize {
        self.patterns.iter().map(|p| p.predicate.words.count()).sum()
    }
}

/// `>to|>that` is two patterns, and so is `T|T's plan`.
fn alternatives(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let joined = |at: usize, with: &[&str], skip: usize| [&words[..at], with, &words[at + skip..]].concat().join(" ");
    if let Some(at) = words.iter().position(|w| matches!(*w, "T|T's" | "S|S's")) {
        let (slot, owner) = words[at].split_once('|').unwrap_or_default();
        return vec![joined(at, &[slot], 2), joined(at, &[owner], 1)];
    }
    let Some(at) = words.iter().position(|w| w.starts_with('>') && w.contains('|')) else {
        return vec![text.to_owned()];
    };
    words[at].split('|').map(|one| joined(at, &[one], 1)).collect()
}

fn inner_rule(block: &InnerBlock) -> Result<InnerRule, String> {
    let unknown = |text: &str| format!("inner: unknown type {text:?}");
    let (inner, negated) = block.inner.strip_prefix("not ").map_or((block.inner.as_str(), false), |i| (i, true));
    let event_type = match block.r#type.as_deref().filter(|t| !t.is_empty()) {
        Some(text) => Some(EventType::parse(text).ok_or_else(|| unknown(text))?),
        None => None,
    };
    Ok(InnerRule {
        outer: Kind::parse(&block.outer).ok_or_else(|| unknown(&block.outer))?,
        inner: Kind::parse(inner).ok_or_else(|| unknown(inner))?,
        negated,
        event_type,
        mode: given(block.mode.as_deref()),
        cameo: given(block.cameo.as_deref()),
    })
}

fn given(text: Option<&str>) -> Option<String> {
    text.filter(|t| !t.is_empty()).map(str::to_owned)
}

impl Scores {
    fn parse(cameo_csv: &str, plover_csv: &str) -> Result<Self, OntologyError> {
        #[derive(Deserialize)]
        struct Cameo {
            code: String,
            goldstein: Option<f32>,
            #[serde(default)]
            plover_type: String,
        }
        #[derive(Deserialize)]
        struct Plover {
            event_type: String,
            mode: String,
            score: f32,
        }
        fn rows<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>, OntologyError> {
            csv::Reader::from_reader(text.as_bytes())
                .deserialize()
                .collect::<Result<_, _>>()
                .map_err(|e| OntologyError::Codes { file: file.to_owned(), message: e.to_string() })
        }
        let mut scores = Self::default();
        for row in rows::<Cameo>("cameo.csv", cameo_csv)? {
            if let Some(event_type) = EventType::parse(&row.plover_type) {
                scores.types.insert(row.code.clone(), event_type);
            }
            scores.goldstein.insert(row.code, row.goldstein.unwrap_or(0.0));
        }
        for row in rows::<Plover>("plover.csv", plover_csv)? {
            scores.plover.insert((row.event_type, row.mode), row.score);
        }
        Ok(scores)
    }

    /// Goldstein score of a CAMEO code, -10 to 10; `None` for an unknown code.
    pub fn goldstein(&self, cameo: &str) -> Option<f32> {
        self.goldstein.get(cameo).copied()
    }

    /// PLOVER type of a CAMEO code, where the table gives one.
    pub fn event_type(&self, cameo: &str) -> Option<EventType> {
        self.types.get(cameo).copied()
    }

    /// PLOVER score of a type and mode, -10 to 10; of the type alone when the mode has none.
    pub fn plover(&self, event_type: EventType, mode: Option<&str>) -> Option<f32> {
        let key = |mode: &str| (event_type.as_str().to_owned(), mode.to_owned());
        match mode {
            Some(mode) => self.plover.get(&key(mode)).copied(),
            None => self.plover.get(&key("")).copied(),
        }
    }
}
